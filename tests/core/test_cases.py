"""The case: what the table says, what a step refuses and why, what a history adds up to.

Examples that a counsellor reads stand in tests/examples/zaken, the random walk in test_cases_walk.py.
"""

import json
from dataclasses import fields, replace
from datetime import date, timedelta

import pytest

from tests.core.case_road import (
    ANNE,
    BEN,
    CARE,
    DUE,
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
)
from tests.core.case_walk import AGREEMENT, walk
from voordeur.core.case_asks import OWN_PAGE
from voordeur.core.case_table import TABLE, Caution, Where, row_of
from voordeur.core.case_values import CaseLaw, Setting
from voordeur.core.case_words import CAUTION_WORDS, DEED_WORDS, HOLD_WORDS, OUTCOME_WORDS, STATE_WORDS
from voordeur.core.cases import (
    Actor,
    Answer,
    Case,
    Circumstances,
    Duty,
    Event,
    EventKind,
    Help,
    HoldReason,
    Outcome,
    State,
    allowed,
    as_dict,
    fold,
    from_dict,
    gate,
    step,
    warnings,
)
from voordeur.core.contacts import Channel, DayPart
from voordeur.core.problems import Refused


def test_the_long_road_is_remembered_with_its_proofs() -> None:
    case = lived(OPENED, RANG, SPOKE, REMINDED, READY, SIGNAL)
    assert case.state is State.SIGNALLED
    assert case.since == date(2026, 10, 2)
    assert case.overdue_since == DUE
    assert case.previous == "zaak-17", "a relapse knows the earlier case"
    assert {one.duty for one in case.proofs} == {Duty.HELP, Duty.REMINDER, Duty.OFFER}
    assert [one.reached for one in case.attempts] == [False, True]
    assert case.signal is not None
    assert case.signal.amount == 65515
    assert len(case.history) == 6


def test_everything_that_is_lacking_is_said_at_once_with_its_article() -> None:
    case = lived(OPENED, RANG)
    with pytest.raises(Refused) as refused:
        step(
            case, Event(E.GATE_OPENED, date(2026, 9, 10)), replace(at(date(2026, 9, 10)), agreement=None), LAW
        )
    problems = refused.value.problems
    assert [one.code for one in problems] == [
        "help-pointed", "reminded", "offered", "agreement-valid", "effort-spread", "old-enough"
    ]  # fmt: skip
    assert problems[0].cure.nl == "Grond: Bgs art. 2 onder b."
    assert all(one.message.nl and one.message.en for one in problems)


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        (State.OVERDUE, E.SIGNAL_SENT),
        (State.REMINDED, E.SIGNAL_SENT),
        (State.BLOCKED_OBJECTION, E.SIGNAL_SENT),
        (State.BLOCKED_OBJECTION, E.GATE_OPENED),
        (State.PAUSED, E.SUMMONS_SERVED),
        (State.PAUSED, E.COURT_PROPOSED),
        (State.PAUSED, E.LETTER_SENT),
        (State.PLAN_ACTIVE, E.LETTER_SENT),
        (State.OVERDUE, E.COSTS_ADDED),
        (State.OVERDUE, E.LETTER_SENT),
        (State.SIGNALLED, E.SUMMONS_SERVED),
        (State.ON_HOLD, E.EVICTION_DATED),
        (State.IN_COURT, E.EVICTED),
    ],
)
def test_what_the_process_forbids_has_no_row(state: State, kind: EventKind) -> None:
    assert row_of(state, kind) is None


def test_nothing_happens_in_a_closed_case() -> None:
    assert [row for row in TABLE if State.CLOSED in row.states] == []


def test_every_row_names_its_ground_and_every_guard_its_own() -> None:
    assert [row.kind for row in TABLE if not row.basis] == []
    assert all(guard.basis for row in TABLE for guard in (*row.guards, *row.asks))


def test_every_state_event_hold_outcome_and_caution_has_words() -> None:
    assert set(STATE_WORDS) == set(State)
    assert set(DEED_WORDS) == set(EventKind)
    assert set(HOLD_WORDS) == set(HoldReason)
    assert set(OUTCOME_WORDS) == set(Outcome)
    assert set(CAUTION_WORDS) == set(Caution)


# --- days ---


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (said(E.SPOKE, date(2026, 9, 21), channel=Channel.PHONE), "day-in-future"),
        (said(E.SPOKE, date(2026, 8, 20), channel=Channel.PHONE), "before-the-case"),
        (said(E.PLAN_AGREED, date(2026, 9, 8), until=date(2026, 10, 8), affordable=True), "dated-back"),
        (said(E.REMINDER_SENT, date(2026, 9, 18), delivered=date(2026, 9, 21)), "not-decided-that-day"),
    ],
)
def test_days_that_cannot_be_are_refused(event: Event, code: str) -> None:
    assert code in codes(lived(OPENED, RANG, SPOKE), event, at(date(2026, 9, 20)))


def test_before_the_law_held_there_is_no_case() -> None:
    event = Event(E.OPENED, date(2020, 12, 31), since=date(2020, 12, 1))
    assert codes(Case(), event, Circumstances(event.day, 100, 30)) == ["before-the-rules"]


def test_what_somebody_heard_may_come_in_later() -> None:
    """The objection of the 20th is entered on 5 October, after the signal: it counts, and it warns."""
    case = lived(OPENED, RANG, SPOKE, REMINDED, READY, SIGNAL)
    late = step(case, said(E.OBJECTED, date(2026, 9, 20)), at(date(2026, 10, 5)), LAW)
    assert late.state is State.SIGNALLED
    assert late.objection == date(2026, 9, 20)
    assert CAUTION_WORDS[Caution.LATE_OBJECTION] in warnings(late, at(date(2026, 10, 5)), LAW)


def test_a_term_in_days_without_holidays_is_refused_in_words() -> None:
    far = date(2032, 12, 20)
    circumstances = Circumstances(far, 65515, 40, agreement=AGREEMENT)
    case = Case()
    for event in (
        Event(E.OPENED, far, since=far - timedelta(days=40)),
        said(E.SPOKE, far, channel=Channel.PHONE, help_told=True),
        said(E.REMINDER_SENT, far, offer=True, delivered=far),
    ):
        case = step(case, event, circumstances, LAW)
    assert codes(case, Event(E.GATE_OPENED, far), circumstances) == ["no-holidays-known"]
    with pytest.raises(Refused, match="no-holidays-known"):
        allowed(case, circumstances, LAW)


# --- people ---


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"by": None}, "decider"),
        ({"by": CARE}, "decider"),
        ({"reason": " "}, "reason-or-consent"),
        ({"evidence": ""}, "evidence"),
        ({"municipality": "Elders"}, "same-municipality"),
        ({"amount": 65514}, "amount-now"),
    ],
)
def test_a_signal_is_sent_by_a_person_who_may_with_what_belongs_to_it(
    change: dict[str, object], code: str
) -> None:
    event = replace(SIGNAL, **change)  # type: ignore[arg-type]
    assert codes(lived(OPENED, RANG, SPOKE, REMINDED, READY), event) == [code]


@pytest.mark.parametrize(
    ("by", "second", "code"),
    [
        (ANNE, None, "second"),
        (ANNE, ANNE, "second"),
        (ANNE, CARE, "second"),
        (BEN, ANNE, "second-fresh"),
        (ANNE, BEN, None),
    ],
    ids=["alone", "herself", "who may not decide", "who proposed it", "another"],
)
def test_a_summons_takes_a_second_person(by: Actor, second: Actor | None, code: str | None) -> None:
    """Anne proposed it."""
    event = said(E.SUMMONS_SERVED, date(2026, 12, 3), by=by, second=second)
    case = lived(*LONG_ROAD)
    if code is None:
        assert step(case, event, at(event.day), LAW).state is State.IN_COURT
    else:
        assert code in codes(case, event)


# --- setting a guard of the house aside ---

EARLY = said(E.COURT_PROPOSED, date(2026, 11, 27), overrules=("signal_aged",), second=BEN)
BEFORE = lived(*LONG_ROAD[:-1])


def test_two_persons_with_a_reason_may_set_a_rule_of_the_house_aside() -> None:
    assert codes(BEFORE, replace(EARLY, overrules=())) == ["signal-aged"]
    assert step(BEFORE, EARLY, at(EARLY.day), LAW).state is State.PRE_COURT


@pytest.mark.parametrize(
    "change",
    [{"second": None}, {"second": ANNE}, {"second": CARE}, {"reason": ""}, {"by": CARE}],
    ids=["alone", "twice the same", "who may not", "no reason", "by who may not"],
)
def test_not_by_one_and_not_without_a_reason(change: dict[str, object]) -> None:
    assert "overrule-by-two" in codes(BEFORE, replace(EARLY, **change))  # type: ignore[arg-type]


def test_the_law_is_never_set_aside() -> None:
    case = lived(*LONG_ROAD[:7])
    event = replace(EARLY, overrules=("bundle_approved", "signal_aged"))
    assert codes(case, event) == ["law-not-overruled", "bundle-approved"]


def test_what_does_not_stand_in_the_way_is_not_set_aside() -> None:
    event = replace(EARLY, overrules=("signal_aged", "recent_contact"))
    assert codes(BEFORE, event) == ["nothing-to-overrule"]


# --- help ---


def test_help_that_was_accepted_stops_costs_letters_and_court_while_the_rent_is_paid() -> None:
    case = lived(OPENED, RANG, SPOKE, REMINDED, READY, SIGNAL)
    case = step(case, said(E.SIGNAL_ANSWERED, date(2026, 10, 9), answer=Answer.HELP_ACCEPTED),
                at(date(2026, 10, 9)), LAW)  # fmt: skip
    assert case.help is Help.ACCEPTED
    day = date(2026, 10, 12)
    letter = said(E.LETTER_SENT, day, delivered=day, fee=9827, all_claims=True)
    assert codes(case, letter) == ["not-helped"]
    assert step(case, letter, at(day, paid=False), LAW).state is State.FOURTEEN_DAY_LETTER


def test_a_pause_ends_once_and_is_not_begun_again_without_new_word() -> None:
    case = lived(OPENED, RANG, SPOKE, REMINDED, READY, SIGNAL)
    day = date(2026, 10, 12)
    for event in (
        said(E.SIGNAL_ANSWERED, day, answer=Answer.HELP_ACCEPTED),
        said(E.PAUSE_STARTED, day, until=day + timedelta(days=30)),
        said(E.PAUSE_ENDED, day + timedelta(days=31)),
    ):
        case = step(case, event, at(event.day), LAW)
    assert case.state is State.SIGNALLED
    again = said(E.PAUSE_STARTED, day + timedelta(days=31), until=day + timedelta(days=40))
    assert codes(case, again) == ["help-accepted"]


# --- the end ---


def test_a_payment_that_is_taken_back_goes_on_in_the_same_case() -> None:
    case = lived(OPENED, RANG, SPOKE)
    paid = step(case, Event(E.PAID_OFF, date(2026, 9, 12)), at(date(2026, 9, 12), 0), LAW)
    assert paid.state is State.CURRENT
    assert codes(paid, replace(OPENED, day=date(2026, 9, 18))) == ["not-begun"]
    back = step(paid, Event(E.FELL_BACK, date(2026, 9, 18)), at(date(2026, 9, 18)), LAW)
    assert back.state is State.OVERDUE
    assert len(back.attempts) == 2, "what was done counts still"


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        (E.WRITTEN_OFF, Outcome.WRITTEN_OFF),
        (E.OPENED_IN_ERROR, Outcome.ERROR),
        (E.TENANCY_ENDED, Outcome.LEFT),
    ],
)
def test_a_case_closes_with_its_outcome(kind: EventKind, outcome: Outcome) -> None:
    event = said(kind, date(2026, 9, 20), second=BEN)
    over = replace(at(event.day), tenancy_ended=True)
    closed = step(lived(OPENED, RANG), event, over, LAW)
    assert (closed.state, closed.outcome) == (State.CLOSED, outcome)


# --- the history decides ---


def test_a_history_adds_up_to_the_same_case() -> None:
    assert fold(LONG_ROAD) == lived(*LONG_ROAD)
    assert fold(LONG_ROAD[4:], fold(LONG_ROAD[:4])) == fold(LONG_ROAD)


def test_a_history_that_cannot_be_is_refused() -> None:
    with pytest.raises(Refused, match="history-broken"):
        fold((OPENED, SIGNAL))


def test_events_go_to_json_and_come_back() -> None:
    full = Event(
        E.HELD, date(2026, 9, 12), by=ANNE, second=BEN, reason="x", overrules=("signal_aged",), evidence="stuk",
        channel=Channel.PHONE, part=DayPart.EVENING, help_told=True, offer=True, delivered=date(2026, 9, 13),
        amount=1, fee=2, presumed=True, all_claims=True, affordable=True, since=DUE, until=date(2026, 10, 1),
        owner="anne",
        hold=HoldReason.DISPUTE, municipality="Lindewaard", answer=Answer.SOLVED,
        eviction_day=date(2027, 3, 9), previous="zaak-1", objected=date(2026, 9, 11), doubted=True,
    )  # fmt: skip
    assert [one.name for one in fields(Event) if getattr(full, one.name) == one.default] == [], "all are set"
    for event in (full, OPENED, SIGNAL):
        assert from_dict(json.loads(json.dumps(as_dict(event)))) == event
    assert as_dict(Event(E.PAID_OFF, DUE)) == {"kind": "paid_off", "day": "2026-09-01"}


# --- what the screen asks ---


def test_the_gate_is_a_checklist() -> None:
    list_of = gate(lived(OPENED, RANG, SPOKE), at(date(2026, 9, 20)), LAW)
    assert {guard.name: unmet is None for guard, unmet in list_of} == {
        "effort": True, "help_pointed": True, "reminded": False, "offered": False, "reaction_over": True,
        "no_objection": True, "agreement_valid": True, "overdue_now": True, "effort_spread": True,
        "old_enough": False, "not_repeated": True, "not_yet_helped": True, "no_plan_kept": True,
    }  # fmt: skip


def test_every_possible_step_says_what_is_asked_and_where_it_leads() -> None:
    steps = {one.kind: one for one in allowed(lived(*LONG_ROAD), at(date(2026, 12, 3)), LAW)}
    summons = steps[E.SUMMONS_SERVED]
    assert summons.open
    assert summons.to == State.IN_COURT
    assert summons.asks[0].nl == "Een consulent of manager beslist dit."
    assert steps[E.SPOKE].to == Where.SAME
    assert E.SIGNAL_SENT not in steps


def test_an_open_step_that_is_brought_what_it_asks_is_taken() -> None:
    """What `allowed` calls open and `step` refuses can only be because something was not brought."""
    asked = {ask.name.replace("_", "-") for row in TABLE for ask in row.asks}
    case = lived(OPENED, RANG, SPOKE, REMINDED, READY)
    for one in allowed(case, at(date(2026, 10, 3)), LAW):
        if one.open and one.asks:
            assert set(codes(case, Event(one.kind, date(2026, 10, 3), amount=-1))) <= asked


@pytest.mark.parametrize(
    ("case", "now", "caution"),
    [
        (lived(*LONG_ROAD[:6]), at(date(2026, 11, 5)), Caution.UNANSWERED),
        (lived(*LONG_ROAD[:6]), at(date(2027, 4, 1)), Caution.STALE_SIGNAL),
        (lived(*LONG_ROAD[:6]), at(date(2026, 10, 5), 30000), Caution.LOWER_SIGNAL),
        (lived(OPENED, RANG), at(date(2026, 9, 20), 5000), Caution.BELOW_FLOOR),
        (lived(OPENED, RANG, said(E.OBJECTED, date(2026, 9, 8))), at(date(2026, 9, 20)), Caution.NO_SIGNAL),
        (lived(OPENED, held(HoldReason.DISPUTE, date(2026, 9, 5), 3)), at(date(2026, 9, 20)), Caution.HOLD_OVER),
        (lived(OPENED, held(HoldReason.COOLING_OFF, date(2026, 9, 5), 30)), at(date(2026, 9, 20)),
         Caution.COOLING_OFF),
        (lived(OPENED, held(HoldReason.ADMINISTRATOR, date(2026, 9, 5), 30)), at(date(2026, 9, 20)),
         Caution.ADMINISTRATOR),
        (lived(OPENED, said(E.DISPUTE_NOTED, date(2026, 9, 5), amount=100)), at(date(2026, 9, 20)),
         Caution.DISPUTED),
    ],
)  # fmt: skip
def test_what_must_be_said_is_said(case: Case, now: Circumstances, caution: Caution) -> None:
    assert CAUTION_WORDS[caution] in warnings(case, now, LAW)
    assert CAUTION_WORDS[caution] not in warnings(lived(OPENED), at(date(2026, 9, 5)), LAW)


def test_the_numbers_come_from_the_data_and_each_says_where_from() -> None:
    names = {one.name for one in fields(CaseLaw)} - {
        "first",
        "calendar",
        "hold_days",
        "hold_months",
        "sources",
        "fees",
    }
    assert names | {f"hold.{reason}" for reason in HoldReason} == set(LAW.sources)
    assert all(isinstance(one, Setting) and one.source and one.trust for one in LAW.sources.values())


def test_another_number_makes_another_law() -> None:
    strict = replace(LAW, reaction_days=28)
    event = Event(E.GATE_OPENED, date(2026, 10, 5))
    case = lived(OPENED, RANG, SPOKE, REMINDED)
    assert step(case, event, at(event.day), LAW).state is State.SIGNAL_ELIGIBLE
    with pytest.raises(Refused, match="reaction-over"):
        step(case, event, at(event.day), strict)


def test_the_same_walk_twice_is_the_same() -> None:
    assert walk(500, seed=1).seen == walk(500, seed=1).seen


def test_a_tenant_says_no_on_the_own_page_and_the_program_does_not_by_itself() -> None:
    case, on = lived(OPENED, RANG), at(date(2026, 9, 20))
    by_page = Event(E.OBJECTED, date(2026, 9, 20), evidence=f"{OWN_PAGE}12")
    assert step(case, by_page, on, LAW).objection == date(2026, 9, 20)
    for event in (replace(by_page, evidence=""), replace(by_page, evidence="contact:12")):
        assert "person" in codes(case, event, on)
    by_people = {row.kind for row in TABLE for ask in row.asks if ask.name in ("person", "decider")} - {
        E.OBJECTED
    }
    assert len(by_people) > 20
    for kind in by_people:
        with pytest.raises(Refused):
            step(case, replace(by_page, kind=kind), on, LAW)
