"""The norms of social assistance (Participatiewet art. 20-23): which one holds, and what cost sharing makes of it."""

from collections.abc import Iterable
from datetime import date

from voordeur.core.schemes.household import CoResident
from voordeur.core.schemes.rounding import PERCENT, half_up
from voordeur.core.schemes.rules import AssistanceRules

LIVING = (
    "single", "couple", "pension_single", "pension_couple", "pension_mixed", "youth_single", "youth_couple",
    "youth_mixed", "youth_mixed_child", "youth_couple_child", "institution_single", "institution_couple",
)  # fmt: skip
"""The ways of living for which the Act gives a norm."""
SHARING = LIVING[:5]
"""Those in which costs are shared: until 20 and in an institution they are not (art. 22a)."""


def norm(rules: AssistanceRules, living: str, sharers: int = 0) -> int | None:
    """Cents a month, holiday allowance included; None when that norm is not in our data.

    `sharers` are co-residents who share costs, besides the tenant and the partner (art. 22a).
    """
    own: int | None = getattr(rules, living)
    if not sharers or living not in SHARING:
        return own
    base: int | None = getattr(
        rules, {"pension_single": "pension_couple", "single": "couple"}.get(living, living)
    )
    if base is None:
        return None
    claimants = persons(living)
    together = sharers + claimants
    share = half_up((rules.share_fixed + together * rules.share_each) * base, together * PERCENT)
    return claimants * share


def persons(living: str) -> int:
    """The tenant, or the tenant and the partner."""
    return 1 if living in ("single", "pension_single") else 2


def without_holiday(rules: AssistanceRules, amount: int) -> int:
    """The norm without the part that is paid as holiday allowance once a year (art. 19 lid 3), in cents."""
    return half_up(amount * (PERCENT - rules.holiday_share), PERCENT)


def living_of(age: int, pension: bool, partner: tuple[int, bool] | None, *, child: bool) -> str:
    """The way of living that decides the norm; `partner` is his age and whether he has reached pension age."""
    if partner is None:
        return "pension_single" if pension else "single" if age >= 21 else "youth_single"
    partner_age, partner_pension = partner
    if pension or partner_pension:
        return "pension_couple" if pension and partner_pension else "pension_mixed"
    young = (age < 21) + (partner_age < 21)
    kind = ("couple", "youth_mixed", "youth_couple")[young]
    return f"{kind}_child" if young and child else kind


def count_sharers(others: Iterable[CoResident], rules: AssistanceRules, day: date) -> int:
    """Co-residents who share costs: old enough, no student, no commercial tenant (art. 19a).

    Somebody whose birthday is not known is taken to be old enough.
    """
    youngest = date(
        day.year - rules.sharer_age, day.month, 28 if (day.month, day.day) == (2, 29) else day.day
    )
    return sum(
        1
        for one in others
        if not one.student and not one.commercial and (one.born is None or one.born <= youngest)
    )
