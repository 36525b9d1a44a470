"""Childcare allowance (kinderopvangtoeslag): a pointer. A wrong amount here means a large repayment later."""

from collections.abc import Sequence

from voordeur.core.schemes.decision import NO_DATA, Decision, ask, refused, unknown
from voordeur.core.schemes.household import CareHours, Fact
from voordeur.core.schemes.rounding import EURO, PERCENT
from voordeur.core.schemes.rules import CareBand, ChildcareRules
from voordeur.core.schemes.situation import Situation, not_said

OLDEST = 13
"""From this age on a child does not go to out-of-school care any more."""


def band_of(rules: ChildcareRules, income: int) -> CareBand:
    """The row of the table for a joint yearly income (cents); the table is written in whole euros."""
    return next((band for band in rules.bands if income // EURO * EURO <= band.upto), rules.bands[-1])


def care_month(rules: ChildcareRules, income: int, care: Sequence[CareHours]) -> int:
    """Cents a month for the care of all children, down to whole euros.

    The first child is the one with the most hours that count, then with the highest costs; hours above the
    maximum and money above the hourly maximum do not count.
    """
    kinds = {"dagopvang": rules.dagopvang, "bso": rules.bso, "gastouder": rules.gastouder}
    counted = [(min(one.hours, rules.hours * 100), min(one.rate, kinds[one.kind])) for one in care]
    counted.sort(key=lambda one: (one[0], one[0] * one[1]), reverse=True)
    band = band_of(rules, income)
    shares = [band.first] + [band.following] * len(counted)
    exact = sum(hours * rate * share for (hours, rate), share in zip(counted, shares, strict=False))
    return exact // (100 * PERCENT * EURO) * EURO


def decide(s: Situation) -> Decision:
    """A person must look at it when a child goes to registered care; an amount only when hours and rates are given."""
    rules = s.rules.childcare
    if s.home.childcare is False:
        return refused("no-childcare")
    if s.children is not None and not any(s.month.year - born.year <= OLDEST for born in s.children):
        return refused("no-children")
    missing = not_said((Fact.CHILDREN, s.children), (Fact.CHILDCARE, s.home.childcare))
    if missing:
        return unknown(*missing)
    if rules is None:
        return NO_DATA
    if s.home.care_hours and s.income is not None:
        low, high = (care_month(rules, income, s.home.care_hours) for income in (s.income.high, s.income.low))
        return ask("childcare", low, high)
    return ask("childcare")
