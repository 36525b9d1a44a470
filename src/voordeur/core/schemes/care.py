"""Care allowance (zorgtoeslag): Wet op de zorgtoeslag art. 2, one formula for single people and one for couples."""

from fractions import Fraction
from typing import NamedTuple

from voordeur.core.money import euros
from voordeur.core.schemes.decision import NO_DATA, Decision, calculated, over, refused, surely_below, unknown
from voordeur.core.schemes.granting import granting
from voordeur.core.schemes.household import Fact, Insured
from voordeur.core.schemes.rounding import EURO, PERCENT, half_up, month_of_year
from voordeur.core.schemes.rules import CareRules
from voordeur.core.schemes.situation import Situation, not_said, years_by_month
from voordeur.core.schemes.trace import Operation, Step
from voordeur.core.words import Words

_SCALE = 2 * PERCENT


class CareYear(NamedTuple):
    """A year amount before granting, in cents x 200,000: never below zero, and half of it is still a whole number."""

    exact: int

    def year(self, least_year: int) -> int:
        """Cents a year to the nearest euro, or nothing below `least_year` (Awir art. 14 lid 4 and 5)."""
        year = half_up(self.exact, _SCALE * EURO) * EURO
        return year if year >= least_year else 0

    def month(self, least_year: int) -> int:
        """Cents a month."""
        return month_of_year(self.year(least_year))


def care_year(rules: CareRules, couple: bool, income: int, *, half: bool = False) -> CareYear:
    """The allowance at a yearly income (cents, joint for a couple); `half` when the partner is not insured (lid 4)."""
    share = rules.share_couple if couple else rules.share_single
    own = share * rules.threshold + rules.taper * max(0, income - rules.threshold)
    exact = max(0, rules.premium * (1 + couple) * PERCENT - own)
    return CareYear(exact if half else 2 * exact)


def decide(s: Situation) -> Decision:
    """Care allowance of the month for the tenant (and partner)."""
    rules, home = s.rules.care, s.home
    if rules is None:
        return NO_DATA
    if home.born is not None and years_by_month(home.born, s.month) < 18:
        return refused("too-young")
    if home.insured is Insured.NOBODY:
        return refused("not-insured")
    limit = rules.assets_single if s.partner is False else rules.assets_couple
    if home.assets is not None and over(home.assets, limit):
        return refused("assets")
    least = s.rules.general.least_year
    if (
        s.partner is None
        or home.born is None
        or s.income is None
        or home.assets is None
        or home.insured is None
    ):
        missing = not_said(
            (Fact.PARTNER, s.partner), (Fact.BORN, home.born), (Fact.INCOME, s.income),
            (Fact.ASSETS, home.assets), (Fact.INSURED, home.insured),
        )  # fmt: skip
        never = s.income is not None and not care_year(rules, s.partner is not False, s.income.low).month(
            least
        )
        return refused("income-high") if never else unknown(*missing)
    couple = bool(s.partner)
    half = couple and home.insured is Insured.TENANT
    high = care_year(rules, couple, s.income.low, half=half).month(least)
    exact = s.income.low == s.income.high
    low = high if exact else care_year(rules, couple, s.income.high, half=half).month(least)
    return calculated(low if surely_below(home.assets, limit) else 0, high, "income-high")


def steps(s: Situation, income: int) -> tuple[Step, ...]:
    """How the month amount comes about at this joint yearly income (cents)."""
    rules, couple = s.rules.care, bool(s.partner)
    assert rules is not None
    share = rules.share_couple if couple else rules.share_single
    premium, fixed = rules.premium * (1 + couple), Fraction(share * rules.threshold, PERCENT)
    said, own = euros(premium), euros(half_up(fixed.numerator, fixed.denominator))
    rows = [
        Step(Operation.ADD, Fraction(premium),
             Words(f"De standaardpremie is {said.nl} per jaar.", f"The standard premium is {said.en} a year."),
             rules.cited("premium")),
        Step(Operation.SUBTRACT, fixed,
             Words(f"Daarvan betaalt iedereen zelf {own.nl}.", f"Of that everybody pays {own.en} himself."),
             rules.cited("shares")),
    ]  # fmt: skip
    if income > rules.threshold:
        cut = Fraction(rules.taper * (income - rules.threshold), PERCENT)
        above = euros(income - rules.threshold)
        rows.append(
            Step(Operation.SUBTRACT, cut,
                 Words(f"Het inkomen is {above.nl} hoger dan het drempelinkomen: daar gaat een deel van af.",
                       f"The income is {above.en} above the threshold: a part of that is taken off."),
                 rules.cited("shares")))  # fmt: skip
    rows.append(Step(Operation.AT_LEAST, Fraction(0), Words("Niet minder dan niets.", "Not less than nothing."),
                     rules.cited("shares")))  # fmt: skip
    if couple and s.home.insured is Insured.TENANT:
        rows.append(
            Step(Operation.DIVIDE, Fraction(2),
                 Words("De helft, omdat uw partner niet verzekerd is.", "Half, because your partner is not insured."),
                 rules.cited("shares")))  # fmt: skip
    return (*rows, *granting(s.rules.general))
