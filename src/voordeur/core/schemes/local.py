"""What the municipality (or a fund) decides itself: income supplement, special assistance, study supplement, energy.

No amount here is ours. What a municipality has not configured ends as "ask a person".
"""

from voordeur.core.schemes.decision import NO_DATA, Decision, ask, over, refused, unknown
from voordeur.core.schemes.household import Fact
from voordeur.core.schemes.rounding import PERCENT
from voordeur.core.schemes.situation import Situation, not_said

_SCREEN = 150_000
"""Where a municipality gave no limit, above this share of the norm nobody is asked further: a choice of ours."""


def income_supplement(s: Situation) -> Decision:
    """Individuele inkomenstoeslag (Participatiewet art. 36): long a low income, few assets, 21 up to pension age."""
    local = s.rules.municipal
    if s.age is not None and s.age < 21:
        return refused("too-young")
    if s.pension:
        return refused("pension-age")
    if s.rules.assistance is None:
        return NO_DATA
    if s.home.long_low_income is False:
        return refused("income-not-long-low")
    share = local.supplement_share if local and local.supplement_share else _SCREEN
    if (ended := _means(s, share, Fact.LONG_LOW_INCOME, s.home.long_low_income)) is not None:
        return ended
    year = _supplement(s)
    return (
        ask("municipality")
        if year is None
        else Decision(ask("municipality").outcome, year // 12, year // 12, "supplement")
    )


def _supplement(s: Situation) -> int | None:
    """Cents a year, when the municipality's amount is configured."""
    local = s.rules.municipal
    if local is None:
        return None
    if s.partner:
        return local.supplement_couple
    return local.supplement_single_parent if s.children else local.supplement_single


def special_assistance(s: Situation) -> Decision:
    """Bijzondere bijstand (Participatiewet art. 35): necessary costs that the household cannot pay."""
    local = s.rules.municipal
    if s.age is not None and s.age < 18:
        return refused("too-young")
    if s.rules.assistance is None:
        return NO_DATA
    if s.home.special_costs is False:
        return refused("no-special-costs")
    share = local.special_share if local and local.special_share else _SCREEN
    ended = _means(s, share, Fact.SPECIAL_COSTS, s.home.special_costs)
    return ask("municipality") if ended is None else ended


def _means(s: Situation, share: int, own: Fact, said: bool | None) -> Decision | None:
    """Too rich, or something missing; None when the means are low enough."""
    level, limit, home = s.norm, s.asset_limit, s.home
    if level is not None and s.net is not None and s.net.low * PERCENT > level * share:
        return refused("income-high")
    if home.assets is not None and limit is not None and s.children is not None and over(home.assets, limit):
        return refused("assets")
    if s.unsaid or s.net is None or home.assets is None or said is None:
        return unknown(*s.unsaid, *not_said((Fact.INCOME, s.net), (Fact.ASSETS, home.assets), (own, said)))
    return NO_DATA if level is None else None


def study_supplement(s: Situation) -> Decision:
    """Individuele studietoeslag (Participatiewet art. 36b): student who cannot earn beside the study by illness."""
    rules = s.rules.study
    if rules is None:
        return NO_DATA
    if s.age is not None and (s.age < rules.least_age or s.age > rules.most_age):
        return refused("age")
    missing = not_said((Fact.BORN, s.age), (Fact.STUDY, s.home.study))
    if s.home.study is False:
        return refused("no-study")
    if missing:
        return unknown(*missing)
    amount = rules.month or 0
    return ask("municipality", amount, amount)


def energy_fund(s: Situation) -> Decision:
    """An energy fund, on the days on which it is open."""
    rules = s.rules.energy
    if rules is None or rules.opens is None or not rules.opens <= s.rules.on <= (rules.closes or rules.opens):
        return refused("fund-closed")
    limit = rules.income_couple if s.partner is not False else rules.income_single
    if s.income is not None and s.income.low > limit * 12:
        return refused("income-high")
    missing = not_said(
        (Fact.PARTNER, s.partner), (Fact.INCOME, s.income), (Fact.ENERGY_BILL, s.home.energy_bill)
    )
    if missing or s.income is None or s.home.energy_bill is None:
        return unknown(*missing)
    share = s.home.energy_bill * 12 * PERCENT
    if rules.quota_low is not None and share <= rules.quota_low * s.income.low:
        return refused("bill-low")
    return ask("fund")
