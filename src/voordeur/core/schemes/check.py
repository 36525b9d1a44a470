"""The check: every scheme for one household on one day."""

from collections.abc import Callable, Mapping

from voordeur.core.schemes import (
    assistance,
    care,
    child_budget,
    childcare,
    housing,
    local,
    remission,
    seizure,
)
from voordeur.core.schemes.decision import Decision
from voordeur.core.schemes.household import Household, Scheme
from voordeur.core.schemes.rules import DayRules
from voordeur.core.schemes.situation import Situation, situation

Decider = Callable[[Situation], Decision]
_DECIDERS: Mapping[Scheme, Decider] = {
    Scheme.HOUSING: housing.decide,
    Scheme.CARE: care.decide,
    Scheme.CHILD_BUDGET: child_budget.decide,
    Scheme.CHILDCARE: childcare.decide,
    Scheme.ASSISTANCE: assistance.decide,
    Scheme.PENSION_SUPPLEMENT: lambda s: assistance.decide(s, Scheme.PENSION_SUPPLEMENT),
    Scheme.INCOME_SUPPLEMENT: local.income_supplement,
    Scheme.SPECIAL_ASSISTANCE: local.special_assistance,
    Scheme.REMISSION: lambda s: remission.decide(s, housing.decide(s).high),
    Scheme.STUDY_SUPPLEMENT: local.study_supplement,
    Scheme.ENERGY_FUND: local.energy_fund,
    Scheme.PROTECTED_INCOME: seizure.decide,
}


def decide_one(s: Situation, scheme: Scheme) -> Decision:
    """What is decided about one scheme."""
    return _DECIDERS[scheme](s)


def decide_all(s: Situation) -> dict[Scheme, Decision]:
    """What is decided about every scheme, in the order of `Scheme`."""
    found: dict[Scheme, Decision] = {}
    for scheme, decider in _DECIDERS.items():
        known = scheme is Scheme.REMISSION  # what was decided about the rent counts in it
        found[scheme] = remission.decide(s, found[Scheme.HOUSING].high) if known else decider(s)
    return found


def check_household(home: Household, rules: DayRules) -> dict[Scheme, Decision]:
    """Every scheme for a household under the rules of a day, without explanation: fast, for lists."""
    return decide_all(situation(home, rules))
