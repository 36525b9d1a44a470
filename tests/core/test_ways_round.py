"""Somebody who looks for a way round the law, or round our own care: each way is tried here, and none leads through.

The ways through the database (accounts, cover, planned visits) are in `tests/actions/test_ways_round.py`.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.core.case_road import (
    ANNE,
    BEN,
    LAW,
    LONG_ROAD,
    OPENED,
    RANG,
    READY,
    REMINDED,
    SIGNAL,
    SPOKE,
    E,
    at,
    codes,
    held,
    lived,
    said,
)  # fmt: skip
from voordeur.core.case_letter_guards import highest_fee
from voordeur.core.case_table import TABLE, row_of
from voordeur.core.case_terms import costs_from, deadlines
from voordeur.core.cases import DECIDED_THAT_DAY, Case, Event, EventKind, HoldReason, State, step
from voordeur.core.contacts import Channel

LETTER_DAY = date(2026, 9, 14)
LETTER = said(
    E.LETTER_SENT,
    LETTER_DAY,
    delivered=LETTER_DAY + timedelta(days=3),
    fee=98_27,
    all_claims=True,
    evidence="brief-9",
)
DAY_15 = date(2026, 10, 2)
COSTS = said(E.COSTS_ADDED, DAY_15, fee=98_27)


def lettered() -> Case:
    """The fourteen-day letter is on its way."""
    return lived(OPENED, RANG, SPOKE, LETTER)


# --- days ---


@pytest.mark.parametrize("kind", sorted(DECIDED_THAT_DAY - {E.CLAUSE_JUDGED}))
def test_nothing_that_starts_a_term_or_presses_is_entered_as_if_done_days_ago(kind: EventKind) -> None:
    """Were it so, fourteen days to pay or to say no could be over before they began."""
    case = next((one for one in _in_every_state() if kind in _kinds(one)), None)
    assert case is not None
    assert case.last_day is not None
    on = case.last_day + timedelta(days=20)
    event = said(kind, case.last_day, second=BEN)
    assert "not-decided-that-day" in codes(case, event, at(on))


def test_a_letter_cannot_arrive_before_post_travels() -> None:
    tomorrow = replace(LETTER, delivered=LETTER_DAY + timedelta(days=1))
    assert codes(lived(OPENED, RANG, SPOKE), tomorrow) == ["arrival"]
    claimed = replace(LETTER, delivered=LETTER_DAY, presumed=True)
    assert codes(lived(OPENED, RANG, SPOKE), claimed) == ["arrival"], (
        "a presumption is not a hand at the door"
    )
    by_hand = replace(LETTER, delivered=LETTER_DAY)
    assert costs_from(lived(OPENED, RANG, SPOKE, by_hand), LAW) == date(2026, 9, 29)


def test_no_arrival_is_recorded_that_lies_ahead() -> None:
    arrived = said(E.LETTER_DELIVERED, date(2026, 9, 18), evidence="brief-9", delivered=date(2026, 9, 20))
    assert codes(lettered(), arrived) == ["arrived-on"]


def test_a_contact_that_comes_in_late_proves_nothing_for_a_day_before_it() -> None:
    """The reminder went out on the 13th; an attempt of the 20th does not make that right backwards."""
    case = lived(OPENED, RANG, REMINDED)
    told = step(
        case,
        said(E.SPOKE, date(2026, 9, 20), channel=Channel.PHONE, help_told=True),
        at(date(2026, 9, 20)),
        LAW,
    )
    before = Event(E.GATE_OPENED, date(2026, 9, 19))
    assert "help-pointed" not in codes(told, replace(before, day=date(2026, 9, 21)), at(date(2026, 9, 21)))
    assert "not-decided-that-day" in codes(told, before, at(date(2026, 9, 21)))


# --- costs ---


def test_no_costs_on_day_fourteen_and_costs_on_day_fifteen() -> None:
    day_14 = replace(COSTS, day=DAY_15 - timedelta(days=1))
    assert codes(lettered(), day_14) == ["free-term-over"]
    assert step(lettered(), COSTS, at(DAY_15), LAW).costs == 98_27


def test_who_paid_what_the_letter_asked_owes_no_costs_over_new_rent() -> None:
    """Paid on day 10; the rent of October is late by now. That is another claim, for another letter."""
    now = replace(at(DAY_15), demand_open=0)
    assert codes(lettered(), COSTS, now) == ["demand-unpaid", "fee-of-letter"]


def test_who_paid_a_part_in_time_owes_costs_over_the_rest_only() -> None:
    now = replace(at(DAY_15), demand_open=300_00)
    assert highest_fee(lettered(), now, DAY_15, LAW) == 45_00
    assert codes(lettered(), COSTS, now) == ["fee-of-letter"]
    assert step(lettered(), replace(COSTS, fee=45_00), now, LAW).costs == 45_00


def test_costs_of_one_letter_are_asked_once() -> None:
    asked = step(lettered(), COSTS, at(DAY_15), LAW)
    assert codes(asked, COSTS, at(DAY_15)) == ["no-costs-yet", "fee-of-letter"]


def test_a_new_case_about_the_same_arrears_starts_no_new_costs() -> None:
    again = lived(replace(OPENED, fee=98_27), RANG, SPOKE)
    assert "letter-right" in codes(again, LETTER)


# --- a letter in the way of a talk ---


@pytest.mark.parametrize("letter", [REMINDED, LETTER], ids=["reminder", "fourteen-day letter"])
def test_no_letter_while_a_visit_is_planned(letter: Event) -> None:
    case, day = lived(OPENED, RANG, SPOKE), letter.day
    for visit in (day, day + timedelta(days=4)):
        assert codes(case, letter, replace(at(day), visit_planned=visit)) == ["no-visit-planned"]
    two = replace(letter, second=BEN, overrules=("no_visit_planned",))
    assert step(case, two, replace(at(day), visit_planned=day), LAW).state is not case.state


def test_no_letter_while_a_benefit_is_being_decided_on() -> None:
    waits = replace(at(LETTER_DAY), benefit_pending=True)
    assert codes(lived(OPENED, RANG, SPOKE), LETTER, waits) == ["no-benefit-pending"]


# --- an objection ---


def test_a_new_case_about_the_same_arrears_is_no_way_round_an_objection() -> None:
    again = lived(replace(OPENED, objected=date(2026, 9, 2)), RANG, SPOKE, REMINDED)
    assert codes(again, READY) == ["no-objection"]


def test_a_new_reminder_is_no_way_round_an_objection() -> None:
    objected = lived(OPENED, RANG, SPOKE, REMINDED, said(E.OBJECTED, date(2026, 9, 20)))
    again = step(
        objected,
        replace(REMINDED, day=date(2026, 9, 21), delivered=date(2026, 9, 24)),
        at(date(2026, 9, 21)),
        LAW,
    )
    assert again.state is State.BLOCKED_OBJECTION
    assert codes(again, replace(READY, day=date(2026, 11, 1))) == ["forbidden-transition"]


def test_a_hold_and_its_end_are_no_way_round_an_objection() -> None:
    case = lived(OPENED, RANG, SPOKE, REMINDED, held(HoldReason.DISPUTE, date(2026, 9, 20), 5))
    said_no = step(case, said(E.OBJECTED, date(2026, 9, 22)), at(date(2026, 9, 22)), LAW)
    after = step(said_no, Event(E.RELEASED, date(2026, 9, 26)), at(date(2026, 9, 26)), LAW)
    assert after.state is State.BLOCKED_OBJECTION


def test_consent_without_a_paper_lifts_nothing_and_an_older_paper_neither() -> None:
    objected = lived(OPENED, RANG, SPOKE, REMINDED, said(E.OBJECTED, date(2026, 9, 20)))
    assert codes(objected, said(E.CONSENTED, date(2026, 9, 21), evidence="")) == ["evidence"]
    older = step(objected, said(E.CONSENTED, date(2026, 9, 19)), at(date(2026, 9, 22)), LAW)
    assert older.objection == date(2026, 9, 20)


def test_an_eviction_that_threatens_is_no_way_round_an_objection() -> None:
    assert "no-objection" in {
        guard.name.replace("_", "-") for guard in _guards(State.IN_COURT, E.CRISIS_SIGNAL)
    }


# --- one person as two ---


def test_one_account_in_two_roles_is_one_person() -> None:
    case = lived(*LONG_ROAD)
    twice = replace(ANNE, role=BEN.role)
    assert "second" in codes(
        case, said(E.SUMMONS_SERVED, date(2026, 12, 3), by=BEN, second=replace(BEN, role=ANNE.role))
    )
    assert "second-fresh" in codes(case, said(E.SUMMONS_SERVED, date(2026, 12, 3), by=BEN, second=twice))


# --- the municipality ---


def test_a_signal_goes_to_the_municipality_of_the_agreement_with_today_s_amount() -> None:
    ready = lived(OPENED, RANG, SPOKE, REMINDED, READY)
    assert codes(ready, replace(SIGNAL, municipality="Elders")) == ["same-municipality"]
    assert codes(ready, replace(SIGNAL, amount=1)) == ["amount-now"]
    ended = replace(at(SIGNAL.day), agreement=replace(at(SIGNAL.day).agreement, last=date(2026, 10, 1)))  # type: ignore[type-var]
    assert "agreement-valid" in codes(ready, SIGNAL, ended)


def test_while_the_letter_runs_the_days_of_the_signal_still_show() -> None:
    case = lived(OPENED, RANG, SPOKE, REMINDED, READY, SIGNAL)
    day = date(2026, 10, 5)
    lettered = step(case, replace(LETTER, day=day, delivered=day + timedelta(days=3)), at(day), LAW)
    words = {one.words.nl for one in deadlines(lettered, LAW)}
    assert {"Vraag de gemeente hoe het staat", "Dagvaarden kan vanaf"} <= words


def _kinds(case: Case) -> set[EventKind]:
    return {row.kind for row in TABLE if case.state in row.states}


def _guards(state: State, kind: EventKind) -> tuple[object, ...]:
    row = row_of(state, kind)
    assert row is not None
    return row.guards


def _in_every_state() -> list[Case]:
    """A case in every state that has a decision in it; only the state matters here."""
    base = lived(OPENED, RANG, SPOKE)
    return [replace(base, state=state) for state in State if state is not State.CLOSED]
