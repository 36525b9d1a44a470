"""Suites of a London council about payment arrangements: states by balance, and the day of the last instalment.

The cases run through our own fold with the peer's numbers: one missed instalment is a breach, and no contact is asked
first. A balance that goes down is a payment of that day, one that goes up money that went back.
"""

from datetime import date, timedelta
from typing import Any

from tests.conformance.published import Case, a_day, cents
from voordeur.core.arrangements.division import Received
from voordeur.core.arrangements.schedule import end_day, instalments, planned_day
from voordeur.core.arrangements.values import (
    ArrangementEvent,
    ArrangementEventKind,
    ArrangementRules,
    Rhythm,
    Terms,
)
from voordeur.core.arrangements.watching import Watched, watch

RHYTHMS = {
    "weekly": Rhythm.WEEKLY,
    "fortnightly": Rhythm.FORTNIGHTLY,
    "4 weekly": Rhythm.FOUR_WEEKLY,
    "monthly": Rhythm.MONTHLY,
}
SAID = {"agreed": "live", "recovered": "live"}


def rules_of_the_peer(tolerance_days: int) -> ArrangementRules:
    """Its numbers; limits that it does not have are out of the way."""
    return ArrangementRules(
        minimum_month=0, longest_months=1200, longest_small_months=1200, most_rents=10**6, first_within_days=10**4,
        again_months=1, most_again=10**6, tolerance_days=tolerance_days, rent_tolerance_days=0, small_cents=0,
        breach_misses=1, contact_first=False, pay_after_days=0, living_first=0, living_partner=0, living_child=0,
    )  # fmt: skip


def terms_of(given: dict[str, Any], total: str, amount: str, initial: str, initial_day: str) -> Terms:
    """The terms as the peer writes them; without its own day the lump sum comes on the first day."""
    lump = cents(given.get(initial) or 0)
    first = a_day(given["start_date"])
    lump_on = a_day(given[initial_day]) if given.get(initial_day) else first
    return Terms(
        cents(given[total]), cents(given[amount]), RHYTHMS[given["frequency"].lower()], first, lump,
        lump_on if lump else None,
    )  # fmt: skip


def check_state(case: Case) -> None:
    """Every check of a case, on one arrangement that goes on; or the whole months since a start."""
    if "full_months" in case.case:
        for one in case.case["full_months"]:
            assert whole_months(a_day(one["start"]), a_day(one["today"])) == one["months"], one
        return
    given = case.case["agreement"]
    terms = terms_of(given, "starting_balance", "amount", "initial_payment_amount", "initial_payment_date")
    agreed = ArrangementEvent(
        ArrangementEventKind.AGREED, min(terms.first, terms.lump_on or terms.first), instalments(terms)
    )
    before = given.get("state_before")
    balance = cents(before["checked_balance"]) if before else terms.total
    money = [Received(agreed.day, terms.total - balance)] if balance != terms.total else []
    assert case.case["checks"], "this case expects nothing"
    for check in case.case["checks"]:
        now = cents(check["current_balance"])
        if now != balance:
            money.append(Received(a_day(check["on"]), balance - now))
        balance = now
        found = watch([agreed], money, (), a_day(check["on"]), rules_of_the_peer(given["tolerance_days"]))
        assert found is not None, "the agreement has not begun"
        _compare(found, check, terms)


def _compare(found: Watched, check: dict[str, Any], terms: Terms) -> None:
    unknown = set(check) - {"on", "current_balance", "state", "expected_balance", "breached_by"}
    assert not unknown, f"an expectation of an unknown kind: {unknown}"
    if "state" in check:
        assert SAID.get(found.state, found.state) == check["state"], check
    if "expected_balance" in check:
        assert terms.total - found.expected == cents(check["expected_balance"]), check
    if "breached_by" in check:
        assert found.behind == cents(check["breached_by"]), check


def whole_months(start: date, today: date) -> int:
    """How many monthly turns after the first lie between two days, the last day included."""
    turns = 0
    while planned_day(start, Rhythm.MONTHLY, turns + 1) <= today:
        turns += 1
    return turns


def check_end_date(case: Case) -> None:
    """The day of the last instalment. A lump sum without a day is paid when it is agreed: it makes no instalment."""
    given, expected = case.case["given"], case.case["expect"]
    lump = cents(given.get("initial_payment") or 0)
    terms = Terms(
        cents(given["total_arrears"]), cents(given["instalment"]), RHYTHMS[given["frequency"].lower()],
        a_day(given["start_date"]), lump, a_day(given["start_date"]) - timedelta(days=1) if lump else None,
    )  # fmt: skip
    unknown = set(expected) - {"end_date"}
    assert not unknown, f"an expectation of an unknown kind: {unknown}"
    assert end_day(instalments(terms)) == a_day(expected["end_date"])
