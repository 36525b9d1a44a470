"""Holds of a case: who may begin and end them, what they stop, and where the case goes on."""

from dataclasses import replace
from datetime import date

from tests.core.case_road import (
    BEN,
    LAW,
    LONG_ROAD,
    OPENED,
    RANG,
    SPOKE,
    E,
    at,
    codes,
    held,
    lived,
    said,
)
from voordeur.core.cases import Event, HoldReason, State, deadlines, step


def test_a_hold_has_a_reason_an_end_and_somebody_who_looks_after_it() -> None:
    case, day = lived(OPENED, RANG, SPOKE), date(2026, 9, 12)
    whole = held(HoldReason.DISPUTE, day, 30)
    assert codes(case, replace(whole, owner="")) == ["hold-named"]
    assert codes(case, replace(whole, until=None)) == ["hold-length"]
    assert codes(case, held(HoldReason.DISPUTE, day, 61)) == ["hold-length"]
    after = step(case, whole, at(day), LAW)
    assert after.state is State.ON_HOLD
    assert [one.day for one in deadlines(after, LAW)] == [date(2026, 10, 12)]


def test_after_the_last_day_the_program_may_go_on_and_not_before() -> None:
    case = lived(OPENED, RANG, SPOKE, held(HoldReason.DISPUTE, date(2026, 9, 12), 30))
    assert codes(case, Event(E.RELEASED, date(2026, 10, 12))) == ["may-release"]
    assert (
        step(case, Event(E.RELEASED, date(2026, 10, 13)), at(date(2026, 10, 13)), LAW).state is State.IN_TALK
    )


def test_a_person_may_end_a_dispute_early_but_a_moratorium_only_with_the_court() -> None:
    day = date(2026, 9, 20)
    dispute = lived(OPENED, RANG, SPOKE, held(HoldReason.DISPUTE, date(2026, 9, 12), 30))
    moratorium = lived(OPENED, RANG, SPOKE, held(HoldReason.MORATORIUM, date(2026, 9, 12), 150))
    release = said(E.RELEASED, day, evidence="")
    assert step(dispute, release, at(day), LAW).state is State.IN_TALK
    assert codes(moratorium, release) == ["may-release"]
    assert step(moratorium, replace(release, evidence="uitspraak"), at(day), LAW).state is State.IN_TALK


def test_two_holds_the_case_waits_for_the_last() -> None:
    case = lived(
        OPENED, RANG, SPOKE,
        held(HoldReason.DISPUTE, date(2026, 9, 12), 30),
        held(HoldReason.MORATORIUM, date(2026, 9, 14), 150),
    )  # fmt: skip
    day = date(2026, 9, 20)
    after = step(case, said(E.RELEASED, day, hold=HoldReason.DISPUTE, evidence=""), at(day), LAW)
    assert after.state is State.ON_HOLD
    assert [one.reason for one in after.holds_on(day)] == [HoldReason.MORATORIUM]


def test_a_hold_that_was_entered_late_stops_what_is_dated_before_it_was_entered() -> None:
    case = lived(OPENED, RANG, SPOKE)
    case = step(case, held(HoldReason.DISPUTE, date(2026, 9, 12), 30), at(date(2026, 9, 16)), LAW)
    paid = step(case, Event(E.PAID_OFF, date(2026, 9, 16)), at(date(2026, 9, 16), 0), LAW)
    back = step(paid, Event(E.FELL_BACK, date(2026, 9, 18)), at(date(2026, 9, 18)), LAW)
    letter = said(E.REMINDER_SENT, date(2026, 9, 18), delivered=date(2026, 9, 21))
    assert back.state is State.OVERDUE
    assert codes(back, letter) == ["hold-dispute"], "the hold still runs, whatever the state is called"


def test_after_a_hold_an_announced_eviction_needs_a_new_day() -> None:
    road = (
        *LONG_ROAD,
        said(E.SUMMONS_SERVED, date(2026, 12, 3), second=BEN),
        said(E.TITLE_GIVEN, date(2027, 1, 15), until=date(2027, 2, 15)),
        said(E.EVICTION_DATED, date(2027, 2, 25), second=BEN, eviction_day=date(2027, 3, 9)),
        said(E.COLLEGE_INFORMED, date(2027, 2, 26)),
        held(HoldReason.MORATORIUM, date(2027, 3, 1), 180),
    )
    case = lived(*road)
    day = date(2027, 9, 1)
    after = step(case, Event(E.RELEASED, day), at(day), LAW)
    assert after.state is State.IN_COURT
    assert after.eviction_day is None
    assert after.college_informed is None
