"""The protected income (beslagvrije voet) as a warning: is more seized than the law allows? Rv art. 475d-475e."""

from fractions import Fraction

from voordeur.core.money import euros
from voordeur.core.schemes.decision import NO_DATA, Decision, ask, refused, unknown
from voordeur.core.schemes.household import Fact
from voordeur.core.schemes.rounding import PERCENT, half_up
from voordeur.core.schemes.rules import DayRules
from voordeur.core.schemes.situation import Situation, not_said
from voordeur.core.schemes.trace import Operation, Step
from voordeur.core.words import Words

_YEAR = 12 * PERCENT
LIVING = ("single", "single_parent", "couple", "family")


def parts(rules: DayRules, living: str, yearly: int) -> list[tuple[str, Fraction]] | None:
    """The parts of the base amount (art. 475da lid 2) at a yearly taxable income (cents), in cents a month.

    None when a rule it leans on is missing for the day. The printed text has no floor at zero for the parts
    that depend on income; we use one, as a documented choice.
    """
    seizure, norms, care, housing, budget = (
        rules.seizure, rules.assistance, rules.care, rules.housing, rules.child_budget,
    )  # fmt: skip
    if not (seizure and norms and care and housing and budget):
        return None
    couple = living in ("couple", "family")
    plus = norms.institution_plus_couple if couple else norms.institution_plus_single
    effect = housing.effects["single" if living == "single" else "multi"]
    above = max(0, yearly - seizure.threshold)
    premium = Fraction(care.premium * (1 + couple), 12) - (plus or 0)
    rent = Fraction(max(0, yearly - effect.point) * effect.rate, _YEAR)
    found = [
        ("norm", Fraction(seizure.norm_share * (norms.couple if couple else norms.single), PERCENT)),
        ("care", min(Fraction(above * care.taper, _YEAR), premium)),
        ("rent", min(rent, Fraction(housing.maximum - effect.basic_rent - housing.task))),
    ]
    if living in ("single_parent", "family"):
        step = budget.partner_step * couple
        found.append(("children", Fraction(max(0, yearly - seizure.threshold - step) * budget.taper, _YEAR)))
    return found


def protected_income(
    rules: DayRules, living: str, yearly: int, net: int, other_income: int = 0
) -> int | None:
    """Cents a month that must be left; None without rules for the day.

    `net` is the monthly income with holiday allowance (at most 95% of it is protected, art. 475dc), and
    `other_income` the partner's and own income that is not seized; of it at most half of the base amount
    counts (art. 475db).
    """
    found, seizure = parts(rules, living, yearly), rules.seizure
    if found is None or seizure is None:
        return None
    exact = min(sum((amount for _, amount in found), Fraction(0)), Fraction(maximum(rules, living) or 0))
    base = half_up(exact.numerator, exact.denominator)
    less = min(other_income, base // 2)
    return min(base - less, net * seizure.income_share // PERCENT)


def maximum(rules: DayRules, living: str) -> int | None:
    """The most that can be protected (art. 475da lid 1), cents a month."""
    seizure = rules.seizure
    if seizure is None:
        return None
    return {
        "single": seizure.maximum_single,
        "single_parent": seizure.maximum_single_parent,
        "couple": seizure.maximum_couple,
        "family": seizure.maximum_family,
    }[living]


def living_of(s: Situation) -> str:
    """The living situation that the formula knows."""
    if s.partner:
        return "family" if s.children else "couple"
    return "single_parent" if s.children else "single"


def decide(s: Situation) -> Decision:
    """A warning when less is left than the protected income; `low` and `high` are what is missing a month."""
    home = s.home
    if home.seizure is False:
        return refused("no-seizure")
    if home.seizure is None:
        return unknown(Fact.SEIZURE)
    if s.rules.seizure is None:
        return NO_DATA
    if s.net is not None and not s.net.high * s.rules.seizure.income_share // PERCENT:
        return refused("enough-left")  # of nothing, or of one cent, nothing is protected
    if home.after_seizure is None:
        return ask("seizure")._replace(missing=(Fact.AFTER_SEIZURE,))
    if s.partner is None or s.children is None or s.income is None or s.net is None:
        income = s.income if s.net else None
        people = ((Fact.PARTNER, s.partner), (Fact.CHILDREN, s.children))
        return unknown(*not_said(*people, (Fact.INCOME, income)))
    living = living_of(s)
    low = protected_income(s.rules, living, s.income.low, s.net.low)
    high = protected_income(s.rules, living, s.income.high, s.net.high)
    if low is None or high is None:
        return NO_DATA
    if max(low, high) <= home.after_seizure:
        return refused("enough-left")
    left = home.after_seizure
    return ask("too-much-seized", max(0, min(low, high) - left), max(0, max(low, high) - left))


def steps(s: Situation, yearly: int, net: int) -> tuple[Step, ...]:
    """How what is missing comes about (cents a month): what must be left, less what is left."""
    living, seizure = living_of(s), s.rules.seizure
    assert seizure is not None
    cited, found = seizure.cited("formula"), parts(s.rules, living, yearly) or ()
    rows = [Step(Operation.ADD, amount, _PARTS[name], cited) for name, amount in found]
    limit, income, left = maximum(s.rules, living) or 0, euros(net), s.home.after_seizure or 0
    kept = euros(left)
    return (
        *rows,
        Step(Operation.AT_MOST, Fraction(limit), Words("Niet meer dan het maximum.", "Not more than the maximum."),
             seizure.cited("maximum")),
        Step(Operation.ROUND_HALF_UP, Fraction(1), Words("Afgerond op centen.", "Rounded to cents."), cited),
        Step(Operation.AT_MOST, Fraction(net * seizure.income_share // PERCENT),
             Words(f"Nooit meer dan 95% van het inkomen van {income.nl}.",
                   f"Never more than 95% of the income of {income.en}."), seizure.cited("income")),
        Step(Operation.SUBTRACT, Fraction(left),
             Words(f"Er blijft {kept.nl} over.", f"{kept.en} is left."), seizure.cited("income")),
        Step(Operation.AT_LEAST, Fraction(0), Words("Niet minder dan niets.", "Not less than nothing."),
             seizure.cited("income")),
    )  # fmt: skip


_PARTS = {
    "norm": Words("95% van de bijstandsnorm.", "95% of the assistance norm."),
    "care": Words("Voor de zorgpremie.", "For the health premium."),
    "rent": Words("Voor de huur.", "For the rent."),
    "children": Words("Voor de kinderen.", "For the children."),
}
