"""Child budget (kindgebonden budget): Wet op het kindgebonden budget art. 2, with the ages of the month."""

from collections.abc import Sequence
from fractions import Fraction

from voordeur.core.money import euros
from voordeur.core.schemes.decision import NO_DATA, Decision, calculated, over, refused, surely_below, unknown
from voordeur.core.schemes.granting import granting
from voordeur.core.schemes.household import Fact
from voordeur.core.schemes.rounding import EURO, PERCENT, half_up, month_of_year
from voordeur.core.schemes.rules import ChildBudgetRules
from voordeur.core.schemes.situation import Situation, not_said, years_by_month
from voordeur.core.schemes.trace import Operation, Step
from voordeur.core.words import Words


def most(rules: ChildBudgetRules, ages: Sequence[int], couple: bool) -> int:
    """Cents a year for children of these ages, before income counts (art. 2 lid 2, 3, 5 and 6)."""
    if not ages:
        return 0
    amount = rules.first_child + rules.next_child * (len(ages) - 1)
    amount += rules.from_twelve * sum(1 for age in ages if 12 <= age < 16)
    amount += rules.from_sixteen * sum(1 for age in ages if 16 <= age < 18)
    return amount if couple else amount + rules.single_parent


def budget_exact(rules: ChildBudgetRules, ages: Sequence[int], couple: bool, income: int) -> int:
    """The year amount in cents x 100,000 at a joint yearly income (cents); never below zero."""
    point = rules.threshold + rules.partner_step * couple
    return max(0, most(rules, ages, couple) * PERCENT - rules.taper * max(0, income - point))


def budget_year(exact: int, least_year: int) -> int:
    """Cents a year to the nearest euro, or nothing below `least_year` (Awir art. 14 lid 4 and 5)."""
    year = half_up(exact, PERCENT * EURO) * EURO
    return year if year >= least_year else 0


def decide(s: Situation) -> Decision:
    """Child budget of the month."""
    rules, home = s.rules.child_budget, s.home
    if rules is None:
        return NO_DATA
    if s.children == ():
        return refused("no-children")
    single, pair = rules.assets_single, rules.assets_couple
    limit = single if s.partner is False else pair
    if home.assets is not None and limit is not None and over(home.assets, limit):
        return refused("assets")
    if s.children is None or s.partner is None or s.income is None or home.assets is None:
        people = ((Fact.PARTNER, s.partner), (Fact.CHILDREN, s.children))
        return unknown(*not_said(*people, (Fact.INCOME, s.income), (Fact.ASSETS, home.assets)))
    high = _month(s, rules, s.income.low)
    low = high if s.income.low == s.income.high else _month(s, rules, s.income.high)
    return calculated(low if surely_below(home.assets, limit) else 0, high, "income-high")


def _month(s: Situation, rules: ChildBudgetRules, income: int) -> int:
    exact = budget_exact(rules, ages_of(s), bool(s.partner), income)
    return month_of_year(budget_year(exact, s.rules.general.least_year))


def ages_of(s: Situation) -> list[int]:
    """Ages of the children as they count this month."""
    return [years_by_month(born, s.month) for born in s.children or ()]


def steps(s: Situation, income: int) -> tuple[Step, ...]:
    """How the month amount comes about at this joint yearly income (cents)."""
    rules, couple, ages = s.rules.child_budget, bool(s.partner), ages_of(s)
    assert rules is not None
    cited = rules.cited("amounts")
    rows = [
        Step(
            Operation.ADD,
            Fraction(rules.first_child),
            _for("Voor het eerste kind", "For the first child"),
            cited,
        )
    ]
    rows += _extra(
        rules.next_child, len(ages) - 1, _for("Voor elk volgend kind", "For each next child"), rules
    )
    twelve, sixteen = sum(1 for age in ages if 12 <= age < 16), sum(1 for age in ages if 16 <= age < 18)
    rows += _extra(
        rules.from_twelve, twelve, _for("Extra van 12 tot en met 15 jaar", "Extra from 12 to 15"), rules
    )
    rows += _extra(rules.from_sixteen, sixteen, _for("Extra van 16 en 17 jaar", "Extra at 16 and 17"), rules)
    if not couple:
        words = _for("Extra omdat u zonder partner opvoedt", "Extra because you raise them without a partner")
        rows.append(Step(Operation.ADD, Fraction(rules.single_parent), words, cited))
    point = rules.threshold + rules.partner_step * couple
    if income > point:
        above = euros(income - point)
        rows.append(
            Step(Operation.SUBTRACT, Fraction(rules.taper * (income - point), PERCENT),
                 Words(f"Het inkomen is {above.nl} hoger dan het drempelinkomen: daar gaat een deel van af.",
                       f"The income is {above.en} above the threshold: a part of that is taken off."),
                 rules.cited("taper")))  # fmt: skip
    rows.append(
        Step(
            Operation.AT_LEAST, Fraction(0), Words("Niet minder dan niets.", "Not less than nothing."), cited
        )
    )
    return (*rows, *granting(s.rules.general))


def _extra(amount: int, times: int, words: Words, rules: ChildBudgetRules) -> list[Step]:
    return [Step(Operation.ADD, Fraction(amount), words, rules.cited("amounts"))] * times


def _for(nl: str, en: str) -> Words:
    return Words(f"{nl}.", f"{en}.")
