"""Suites of a London council: one recommended action per tenancy, and arrears without the current week.

Its rules stand in our own form in `tests/vectors/packs/hackney.toml`. Here its attributes become the facts of that
pack, as `core.facts.gather` does for a household. The rules compare days with moments: what was noted as a
moment counts as newer than its own day (see `as_compared`).
"""

from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from tests.conformance.allocation import payment
from tests.conformance.published import OWN_FOLDER, Case, cents
from voordeur.adapters.pack_file import read_pack
from voordeur.core.calendar import add_months
from voordeur.core.conditions import before
from voordeur.core.ledger import Entry, Kind, position
from voordeur.core.packs import Pack, Situation, choose

WRITTEN = datetime(2021, 7, 15, 12, 0)  # noqa: DTZ001  the cases are offsets from a moment without a time zone
EVALUATED = WRITTEN + timedelta(seconds=1)
"""Offsets are taken a moment before the rules look at them."""
TODAY = EVALUATED.date()
LIVE, BREACHED = "live", "breached"


@cache
def the_pack() -> Pack:
    """The rules of the peer in our own form."""
    path = OWN_FOLDER / "packs" / "hackney.toml"
    pack, problems = read_pack(path.read_text("utf-8"), path.name)
    assert pack is not None, [problem.line("en") for problem in problems]
    return pack


def moment(value: Any) -> datetime | None:
    """An offset or a date as a moment; a calendar day is its midnight, empty is unknown."""
    if not value:
        return None
    if "date" in value:
        return datetime.fromisoformat(value["date"])
    day = WRITTEN.date()
    for unit in ("years", "months", "weeks", "days"):
        day = before(day, -value.get(unit, 0), unit)
    keeps = value.get("keeps_time_of_day") is True
    return datetime.combine(day, WRITTEN.time() if keeps else datetime.min.time())


def as_compared(at: datetime | None) -> date | None:
    """The day that gives the same answers as the moment: `within 7 days` holds of a moment 7 days ago, not of a day."""
    if at is None:
        return None
    return at.date() + timedelta(days=1) if at.time() != datetime.min.time() else at.date()


def attributes_as_facts(given: dict[str, Any]) -> dict[str, Any]:
    """The facts of the pack."""
    hearing, contact = moment(given.get("courtdate")), moment(given.get("last_communication_date"))
    outcome = given.get("court_outcome") or None
    paused = moment(given.get("is_paused_until"))
    return {
        "eviction_recorded": moment(given.get("eviction_date")) is not None,
        "hearing_ahead": hearing is not None and hearing > EVALUATED,
        "paused": paused is not None and paused > EVALUATED,
        "last_action": given.get("last_communication_action") or None,
        "last_contact": as_compared(contact),
        "days_since_payment": given.get("days_since_last_payment") or 0,
        "hearing": hearing.date() if hearing else None,
        "hearing_recorded": hearing is not None,
        "hearing_after_contact": hearing is not None and contact is not None and hearing > contact,
        "outcome_recorded": outcome is not None,
        "outcome": outcome,
        **_money(given),
        **_notice(moment(given.get("nosp_served_date"))),
        **_agreement(given, outcome, hearing),
    }


def _money(given: dict[str, Any]) -> dict[str, Any]:
    """A week of rent less what came in this week is grace; the rent counts in whole pounds."""
    if given.get("collectable_arrears") is None:
        return {}
    rent, arrears = int(given.get("weekly_rent") or 0), given["collectable_arrears"]
    left = arrears - max(0, rent + (given.get("total_payment_amount_in_week") or 0))
    weeks = left / rent if rent else (99.0 if left >= 0 else 0.0)
    return {"arrears": arrears, "arrears_after_grace": left, "weeks_after_grace": weeks}


def _notice(served: datetime | None) -> dict[str, bool]:
    """Active from three months after it was served, valid until 52 weeks after that."""
    if served is None:
        return {"notice_served": False, "notice_active": False, "notice_valid": False}
    active_from = datetime.combine(add_months(served.date(), 3), served.time())
    valid = active_from + timedelta(weeks=52) > EVALUATED
    return {"notice_served": True, "notice_valid": valid, "notice_active": valid and active_from < EVALUATED}


def _agreement(given: dict[str, Any], outcome: str | None, hearing: datetime | None) -> dict[str, bool]:
    """An agreement is the court's when the outcome carries terms, which only AGP does here."""
    newest = given.get("most_recent_agreement")
    state = BREACHED if newest and newest.get("breached") is True else LIVE
    start = moment(newest.get("start_date")) if newest else None
    return {
        "agreement_active": bool(newest) or given.get("active_agreement") is True,
        "agreement_formal": bool(newest) and outcome == "AGP",
        "agreement_breached": state == BREACHED and start is not None,
        "agreement_after_hearing": start is not None and hearing is not None and start >= hearing,
    }


def check_recommended_action(case: Case) -> None:
    """One action, by the first rule of the pack that holds."""
    found = choose(the_pack(), Situation(TODAY, attributes_as_facts(case.case["given"])))
    expected = case.case["expect"]
    unknown = set(expected) - {"recommended_action", "recommended_action_not"}
    assert expected, "this case expects nothing"
    assert not unknown, f"an expectation of an unknown kind: {unknown}"
    if "recommended_action" in expected:
        assert found.action == expected["recommended_action"], f"by rule {found.rule}"
    if "recommended_action_not" in expected:
        assert found.action != expected["recommended_action_not"], f"by rule {found.rule}"


# --- arrears without the current week --------------------------------------------------------------------------

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONDAY = date(2021, 7, 12)
"""Of the current week; the question is asked at the end of its Sunday."""


def movement_day(text: str) -> date:
    """`tuesday this week`, `monday last week`."""
    weekday, which, week = text.lower().split()
    assert week == "week", text
    return MONDAY + timedelta(days=WEEKDAYS.index(weekday) - 7 * {"this": 0, "last": 1}[which])


def ours_and_theirs(case: Case) -> tuple[int, int, int]:
    """In cents: what is due without this week's charges, what the peer's own formula gives, what it publishes."""
    given = case.case["given"]
    balance = cents(given["current_balance"])
    moves = [(movement_day(one["day"]), cents(one["amount"])) for one in given["movements"]]
    this_week = [(on, amount) for on, amount in moves if on >= MONDAY]
    old = balance - sum(amount for _, amount in moves)
    long_ago = MONDAY - timedelta(days=30)
    entries = [Entry("old", long_ago, Kind.CHARGE, old)] if old > 0 else []
    entries += [payment(0, long_ago, -old)] if old < 0 else []
    for nr, (on, amount) in enumerate(moves, start=1):
        entries.append(
            Entry(f"rent {nr}", on, Kind.CHARGE, amount, due=on, sequence=nr)
            if amount > 0
            else payment(nr, on, -amount)
        )
    at = position(entries, MONDAY + timedelta(days=6))
    assert at.balance == balance
    ours = sum(charge.outstanding for charge in at.open_charges if charge.due < MONDAY)
    formula = balance - abs(sum(amount for _, amount in this_week))
    return ours, formula, cents(case.case["expect"]["collectable_arrears"])


def differs(case: Case) -> bool:
    """True when this week's money came in, which the peer takes off a second time."""
    ours, _, published = ours_and_theirs(case)
    return ours != published


def check_collectable_arrears(case: Case) -> None:
    """The same figure, or a difference that decision 0007 explains: money counted twice, and never below zero."""
    ours, formula, published = ours_and_theirs(case)
    assert formula == published, "the peer's own formula does not give what it publishes"
    if ours != published:
        money = [one for one in case.case["given"]["movements"] if one["amount"] < 0 and "this" in one["day"]]
        assert money or published < 0 == ours, "we differ although no money came in this week"
