"""A case that lasts: the rent of the next month stays away too, or all is paid and something is overdue again."""

from dataclasses import replace
from datetime import date, timedelta

from tests.core.case_road import DUE, LAW, LONG_ROAD, SIGNAL, E, at, codes, lived, said
from tests.core.case_walk import AGREEMENT
from voordeur.core.case_table import Caution
from voordeur.core.case_terms import deadlines
from voordeur.core.case_warnings import cautions
from voordeur.core.cases import Answer, Case, Circumstances, Duty, Event, State, fold, gate, step
from voordeur.core.contacts import Channel, DayPart
from voordeur.core.evidence import EvidenceData, ProofState
from voordeur.core.evidence_steps import evidence_file

GROWN = (
    *LONG_ROAD[:6],
    Event(E.GATE_OPENED, date(2026, 10, 12)),
)
"""The signal went out, the next rent stayed away too: the gate opened again."""


def grown() -> Case:
    case = lived(*GROWN[:-1])
    return step(case, GROWN[-1], at(GROWN[-1].day, 131030), LAW)


def test_help_that_is_accepted_pauses_the_case_wherever_it_stands_by_then() -> None:
    day = date(2026, 10, 14)
    answered = said(E.SIGNAL_ANSWERED, day, answer=Answer.HELP_ACCEPTED)
    pause = said(E.PAUSE_STARTED, day, until=day + timedelta(days=30))
    case = step(grown(), answered, at(day, 131030), LAW)
    assert case.state is State.SIGNAL_ELIGIBLE
    assert step(case, pause, at(day, 131030), LAW).state is State.PAUSED
    shut = step(case, Event(E.GATE_CLOSED, day), at(day, 131030), LAW)
    assert step(shut, pause, at(day, 131030), LAW).state is State.PAUSED


def test_who_waits_for_the_municipality_is_reminded_of_it_wherever_the_case_stands() -> None:
    asked = [one for one in deadlines(grown(), LAW) if "gemeente" in one.words.nl]
    assert [one.day for one in asked] == [SIGNAL.day + timedelta(days=LAW.chase_days)]


def fell_back(since: date | None) -> tuple[Case, date]:
    """All of September was paid in October while the signal ran; now something is overdue again."""
    paid = step(lived(*LONG_ROAD[:6]), Event(E.PAID_OFF, date(2026, 10, 20)), at(date(2026, 10, 20), 0), LAW)
    day = date(2026, 11, 2)
    return step(paid, Event(E.FELL_BACK, day, since=since), at(day), LAW), day


def test_money_taken_back_is_the_same_arrears_and_what_was_done_counts() -> None:
    case, _ = fell_back(DUE)
    assert case.overdue_since == DUE
    assert len(case.attempts) == 2
    assert case.proof(Duty.REMINDER) is not None
    assert case.first_signal is not None


def test_rent_that_fell_due_after_all_was_paid_is_other_arrears_and_needs_the_four_duties_anew() -> None:
    case, _ = fell_back(date(2026, 11, 1))
    assert case.overdue_since == date(2026, 11, 1)
    now = Circumstances(date(2026, 12, 5), 65515, 34, agreement=AGREEMENT)
    lacking = {guard.name for guard, lack in gate(case, now, LAW) if lack is not None}
    assert lacking == {"effort", "help_pointed", "reminded", "offered", "effort_spread"}


def test_a_signal_about_arrears_that_were_paid_brings_nobody_before_a_judge() -> None:
    """The signal of 2 October was 60 days old on 1 December; it was about September, which was paid."""
    case, day = fell_back(date(2026, 11, 1))
    for event in (
        said(E.ATTEMPTED, day, channel=Channel.PHONE, part=DayPart.MORNING),
        said(E.SPOKE, day, channel=Channel.PHONE, help_told=True),
        said(E.REMINDER_SENT, day, offer=True, delivered=date(2026, 11, 5)),
        said(E.LETTER_SENT, day, delivered=date(2026, 11, 5), fee=9827, all_claims=True),
        said(E.SPOKE, date(2026, 12, 10), channel=Channel.PHONE),
        said(E.BUNDLE_APPROVED, date(2026, 12, 10)),
    ):
        case = step(case, event, at(event.day), LAW)
    assert codes(case, said(E.COURT_PROPOSED, date(2026, 12, 10))) == ["signal-aged"]


def test_a_paid_case_asks_to_withdraw_a_signal_that_is_still_open() -> None:
    paid = step(lived(*LONG_ROAD[:6]), Event(E.PAID_OFF, date(2026, 10, 20)), at(date(2026, 10, 20), 0), LAW)
    assert [one.day for one in deadlines(paid, LAW)] == [date(2026, 10, 20)]
    gone = step(paid, said(E.SIGNAL_WITHDRAWN, date(2026, 10, 21)), at(date(2026, 10, 21), 0), LAW)
    assert deadlines(gone, LAW) == []


def test_the_evidence_file_proves_nothing_with_what_was_done_about_paid_arrears() -> None:
    case, day = fell_back(date(2026, 11, 1))
    file = evidence_file(
        case, LAW, EvidenceData("2026-0417", day, "De Linde", "B. Veldhuizer", "Molenstraat 14")
    )
    states = {step.name: step.state for step in file.steps}
    duties = ("effort", "help", "reminder", "offer", "signal")
    assert {states[name] for name in duties} == {ProofState.MISSING}
    assert len(file.timeline) == len(case.history), "what happened stays to be read"


def test_no_signal_while_a_plan_is_kept() -> None:
    """Agreed on while the case was on hold, so that the case itself knows of none."""
    case = lived(*LONG_ROAD[:5])
    day = SIGNAL.day
    kept = replace(at(day), plan_kept=True)
    assert codes(case, SIGNAL, kept) == ["no-plan-kept"]
    assert step(case, Event(E.GATE_CLOSED, day), kept, LAW).state is State.REMINDED


def test_rent_of_more_than_five_years_ago_is_named_as_lapsed_unless_it_was_demanded() -> None:
    """Due on 1 June 2021: the last day is 1 June 2026. A reminder that arrived in May 2026 begins five new years."""
    due = date(2021, 6, 1)

    def told(day: date, *events: Event) -> bool:
        case = fold((Event(E.OPENED, date(2021, 6, 4), since=due), *events))
        return Caution.LAPSED in cautions(case, Circumstances(day, 65515, 100, oldest_due=due), LAW)

    rang = said(E.ATTEMPTED, date(2026, 5, 4), channel=Channel.PHONE, part=DayPart.MORNING)
    reminder = said(E.REMINDER_SENT, date(2026, 5, 5), delivered=date(2026, 5, 8))
    assert not told(date(2026, 6, 1))
    assert told(date(2026, 6, 2))
    assert not told(date(2031, 5, 8), rang, reminder)
    assert told(date(2031, 5, 9), rang, reminder)
    failed = said(E.LETTER_FAILED, date(2026, 5, 20))
    assert told(date(2026, 6, 2), rang, reminder, failed), "a letter that came back demanded nothing"
