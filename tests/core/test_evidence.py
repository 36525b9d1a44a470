"""The evidence file: what a judge reads in it, step by step, when something is done late, weakly or not at all."""

import json
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.evidence_case import DATA, KIM, LAW, MARIT, ROAD, SAM, SIGNALLED, file_of
from voordeur.core.case_fold import fold
from voordeur.core.case_values import Event, EventKind
from voordeur.core.contacts import Channel, DayPart
from voordeur.core.evidence import (
    EvidenceFile,
    EvidenceStep,
    ProofState,
    StatementLine,
    fingerprint,
    to_json,
)
from voordeur.core.evidence_steps import evidence_file
from voordeur.core.words import Words

E = EventKind
PROVEN, THIN, MISSING = ProofState.PROVEN, ProofState.THIN, ProofState.MISSING
BARRED, NOT_NEEDED = ProofState.BARRED, ProofState.NOT_NEEDED


def without(*kinds: EventKind) -> list[Event]:
    return [event for event in ROAD if event.kind not in kinds]


def changed(kind: EventKind, **details: object) -> list[Event]:
    return [replace(event, **details) if event.kind is kind else event for event in ROAD]  # type: ignore[arg-type]


def also(*events: Event) -> list[Event]:
    """The road with more events, each where its day puts it."""
    return sorted([*ROAD, *events], key=lambda event: event.day)


def step_of(file: EvidenceFile, name: str) -> EvidenceStep:
    return next(step for step in file.steps if step.name == name)


def test_a_case_done_well_is_proven_from_the_first_attempt_to_the_answer() -> None:
    file = file_of()
    assert file.complete
    assert file.summary.nl == "Alle 10 stappen zijn bewezen."
    assert [(step.name, step.state) for step in file.steps] == [
        ("effort", PROVEN),
        ("help", PROVEN),
        ("reminder", PROVEN),
        ("offer", PROVEN),
        ("agreement", PROVEN),
        ("statement", PROVEN),
        ("signal", PROVEN),
        ("answer", PROVEN),
        ("time_given", PROVEN),
        ("last_contact", PROVEN),
        ("costs", NOT_NEEDED),
        ("plans", NOT_NEEDED),
    ]


def test_an_attempt_says_how_when_at_which_part_of_the_day_and_by_whom() -> None:
    first, second, card, _ = step_of(file_of(), "effort").items
    assert (first.day, first.words.nl, first.by) == (
        date(2026, 3, 5),
        "telefoon, ochtend, niet bereikt",
        "S. de Boer",
    )
    assert (second.words.nl, second.evidence) == ("huisbezoek, middag, niet bereikt", "c-104")
    assert card.words.nl == "kaartje, gestuurd"


def test_the_reminder_shows_its_delivery_its_document_and_the_last_day_to_say_no() -> None:
    (sent,) = step_of(file_of(), "reminder").items
    assert sent.words.nl == "verstuurd, bezorgd op 18 maart 2026"
    assert (sent.evidence, sent.sha256, sent.by) == ("brief-7", "ab" * 32, "S. de Boer")
    assert [(item.day, item.words.nl) for item in step_of(file_of(), "offer").items][1] == (
        date(2026, 4, 1),
        "laatste dag om nee te zeggen",
    )


HELP_LATE = Event(E.HELP_POINTED, date(2026, 6, 1), SAM, evidence="c-130")
CONSENT = Event(E.CONSENTED, date(2026, 3, 20), SAM, evidence="strook-1")
OBJECTED = Event(E.OBJECTED, date(2026, 3, 20), SAM, evidence="strook-1")
ONE_PART = replace(ROAD[2], part=DayPart.MORNING)


@pytest.mark.parametrize(
    ("events", "name", "state", "missing"),
    [
        (without(E.ATTEMPTED), "effort", MISSING, "Niemand belde of kwam langs"),
        ([*also(ONE_PART)[:2], ONE_PART, *ROAD[3:]], "effort", THIN, "hetzelfde deel van de dag"),
        (changed(E.REMINDER_SENT, help_told=False), "help", MISSING, "op hulp is gewezen"),
        ([*changed(E.REMINDER_SENT, help_told=False), HELP_LATE], "help", MISSING, "pas na de melding"),
        (changed(E.ATTEMPTED, evidence=""), "effort", THIN, "niets bewaard"),
        (without(E.REMINDER_SENT), "reminder", MISSING, "geen schriftelijke herinnering"),
        (changed(E.REMINDER_SENT, evidence=""), "reminder", THIN, "niets bewaard"),
        (changed(E.REMINDER_SENT, delivered=None), "reminder", THIN, "geen bewijs dat de brief aankwam"),
        (changed(E.REMINDER_SENT, offer=False), "offer", MISSING, "geen aanbod"),
        (
            changed(E.SIGNAL_SENT, day=date(2026, 4, 1)),
            "offer",
            MISSING,
            "voordat de tijd om nee te zeggen om was",
        ),
        (without(E.SIGNAL_SENT, E.SIGNAL_ANSWERED), "signal", MISSING, "niet gemeld"),
        (changed(E.SIGNAL_SENT, evidence=""), "signal", THIN, "niets bewaard"),
        (
            changed(E.SIGNAL_SENT, amount=130000),
            "statement",
            THIN,
            "€\u00a01.300,00, het overzicht telt €\u00a01.236,80",
        ),
        (without(E.SIGNAL_ANSWERED), "answer", THIN, "meldde nog niets terug"),
        ([*ROAD, Event(E.COSTS_ADDED, date(2026, 7, 8), SAM, fee=37104)], "costs", MISSING, "te vroeg"),
        (
            [*ROAD, Event(E.PLAN_AGREED, date(2026, 7, 8), SAM, until=date(2026, 12, 1))],
            "plans",
            THIN,
            "dit kon betalen",
        ),
    ],
)
def test_what_a_judge_would_miss(events: list[Event], name: str, state: ProofState, missing: str) -> None:
    file = file_of(events)
    step = step_of(file, name)
    assert step.state is state
    assert step.missing
    assert step.meaning
    assert missing in step.missing.nl
    assert step in file.gaps
    assert file.complete is (state is not MISSING) or any(other.state is MISSING for other in file.gaps)


def test_silence_is_enough_and_consent_needs_no_waiting() -> None:
    early = changed(E.SIGNAL_SENT, day=date(2026, 3, 27))
    data = replace(DATA, statement_on=date(2026, 3, 27))
    assert step_of(file_of(early, data), "offer").state is MISSING
    with_consent = [*early[:5], CONSENT, *early[5:]]
    assert step_of(file_of(with_consent, data), "offer").state is PROVEN


def test_a_signal_after_a_no_is_called_what_it_is() -> None:
    """The program does not let it happen; a file that came from elsewhere can hold it."""
    case = replace(fold(list(ROAD)), objection=date(2026, 3, 20))
    step = step_of(evidence_file(case, LAW, DATA), "offer")
    assert step.state is MISSING
    assert step.missing
    assert step.meaning
    assert "nadat de huurder nee zei" in step.missing.nl
    assert "AVG art. 6" in step.meaning.nl


def test_no_signal_because_the_tenant_said_no_is_no_lack() -> None:
    events = [
        event
        for event in also(OBJECTED)
        if event.kind not in (E.GATE_OPENED, E.SIGNAL_SENT, E.SIGNAL_ANSWERED)
    ]
    file = file_of(events, replace(DATA, statement_on=DATA.made_on))
    assert step_of(file, "signal").state is BARRED
    assert step_of(file, "answer").state is NOT_NEEDED
    assert step_of(file, "time_given").state is NOT_NEEDED
    assert file.complete


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (LAW.summons_days - 1, MISSING),
        (LAW.summons_days, PROVEN),
        (LAW.stale_days, PROVEN),
        (LAW.stale_days + 1, THIN),
    ],
)
def test_the_municipality_gets_its_time_and_a_signal_grows_old(days: int, state: ProofState) -> None:
    data = replace(DATA, made_on=SIGNALLED + timedelta(days=days))
    assert step_of(file_of(ROAD, data), "time_given").state is state


@pytest.mark.parametrize(("later", "state"), [(30, PROVEN), (31, THIN)])
def test_the_last_attempt_is_recent(later: int, state: ProofState) -> None:
    data = replace(DATA, made_on=date(2026, 6, 20) + timedelta(days=later))
    assert step_of(file_of(ROAD, data), "last_contact").state is state


def test_costs_asked_in_time_after_a_delivered_letter_are_proven() -> None:
    file = file_of([*ROAD, Event(E.COSTS_ADDED, date(2026, 7, 9), SAM, fee=37104)])
    letter, asked = step_of(file, "costs").items
    assert step_of(file, "costs").state is PROVEN
    assert "veertiendagenbrief, kosten €\u00a0371,04, verstuurd, bezorgd op 24 juni 2026" in letter.words.nl
    assert asked.words.nl == "kosten gevraagd: €\u00a0371,04"


@pytest.mark.parametrize("agreement", [None, replace(DATA.agreement, last=date(2026, 4, 2))])  # type: ignore[type-var]
def test_without_a_valid_agreement_it_says_so(agreement: object) -> None:
    file = file_of(ROAD, replace(DATA, agreement=agreement))  # type: ignore[arg-type]
    assert step_of(file, "agreement").state is MISSING


@pytest.mark.parametrize("data", [replace(DATA, statement=()), replace(DATA, statement_on=date(2026, 4, 4))])
def test_a_statement_of_another_day_is_no_statement(data: object) -> None:
    assert step_of(file_of(ROAD, data), "statement").state is MISSING  # type: ignore[arg-type]


def test_what_was_set_aside_is_shown_before_a_judge_finds_it() -> None:
    court = Event(
        E.BUNDLE_APPROVED, date(2026, 7, 9), SAM, KIM, "Spoed: de woning staat leeg", ("recent_contact",)
    )
    step = step_of(file_of([*ROAD, court]), "set_aside")
    assert step.items[0].words.nl == "recent_contact: Spoed: de woning staat leeg"


def test_the_same_case_gives_the_same_bytes_and_another_case_others() -> None:
    file = file_of()
    assert to_json(file) == to_json(file_of(list(ROAD)))
    assert fingerprint(file) == sha256(to_json(file)).hexdigest()
    assert fingerprint(file_of(changed(E.SIGNAL_SENT, amount=123681))) != fingerprint(file)
    assert fingerprint(file_of(ROAD, replace(DATA, documents={}))) != fingerprint(file)


def test_what_is_owed_today_stands_beside_what_was_owed_on_the_day_of_the_signal() -> None:
    """A court asks for both, and how many months of rent it is."""
    now = (*DATA.statement, StatementLine(date(2026, 7, 1), Words("Huur van juli", "Rent for July"), 64230))
    file = file_of(ROAD, replace(DATA, now=now, rent=64230))
    assert (file.total, file.total_now) == (123680, 187910)
    assert file.months_of_rent is not None
    assert file.months_of_rent.nl == "Dat is 2,9 keer wat nu per maand in rekening komt (€\u00a0642,30)."
    assert json.loads(to_json(file))["now"]["total"] == 187910
    today = file_of(ROAD, replace(DATA, statement_on=DATA.made_on, rent=61840))
    assert today.months_of_rent is not None
    assert today.months_of_rent.en.startswith("That is 2.0 times")
    assert file_of(ROAD, replace(DATA, now=now)).months_of_rent is None, "the rent is not known"
    assert file_of(ROAD, replace(DATA, rent=64230)).months_of_rent is None, "nothing is open any more"


def test_the_json_can_be_read_by_another_program() -> None:
    read = json.loads(to_json(file_of()))
    assert read["format"] == "voordeur-evidence/1"
    assert read["statement"] == {
        "on": "2026-04-03",
        "total": 123680,
        "lines": [
            {"due": "2026-03-01", "what": {"nl": "Huur van maart", "en": "Rent for March"}, "cents": 61840},
            {"due": "2026-04-01", "what": {"nl": "Huur van april", "en": "Rent for April"}, "cents": 61840},
        ],
    }
    assert [step["name"] for step in read["steps"]][:4] == ["effort", "help", "reminder", "offer"]
    assert len(read["timeline"]) == len(ROAD)


@given(st.integers(1, len(ROAD)), st.sets(st.integers(0, len(ROAD) - 1)), st.integers(0, 200))
def test_wherever_a_case_stops_nothing_proven_rests_on_nothing(
    length: int, lost: set[int], days: int
) -> None:
    """Cut the history anywhere and lose any proof: proven is only what shows a fact, and a gap says what it means."""
    events = [replace(event, evidence="") if at in lost else event for at, event in enumerate(ROAD)]
    file = file_of(events[:length], replace(DATA, made_on=date(2026, 7, 10) + timedelta(days=days)))
    for step in file.steps:
        assert step.items or step.state is not PROVEN
        assert (step.meaning is not None) or step.state in (PROVEN, NOT_NEEDED)
    for name in ("effort", "help", "reminder", "offer", "signal"):
        step = step_of(file, name)
        assert step.state is not PROVEN or any(item.evidence for item in step.items)
    assert file.complete is (not any(step.state is MISSING for step in file.steps))


def test_a_visit_at_the_door_proves_an_effort_and_a_card_does_not() -> None:
    card = Event(E.MESSAGED, date(2026, 3, 9), MARIT, evidence="c-1", channel=Channel.CARD)
    assert step_of(file_of([ROAD[0], card, *without(E.ATTEMPTED, E.MESSAGED)[1:]]), "effort").state is MISSING


ASKED = Event(E.COSTS_ADDED, date(2026, 7, 9), SAM, evidence="besluit-3", fee=37104)


@pytest.mark.parametrize(
    "since",
    [
        [Event(E.PLAN_AGREED, date(2026, 7, 10), SAM, affordable=True, until=date(2026, 12, 1))],
        [Event(E.PAID_OFF, date(2026, 7, 10))],
        [
            Event(
                E.LETTER_SENT, date(2026, 7, 10), SAM, evidence="brief-22", fee=1, delivered=date(2026, 7, 13)
            )
        ],
    ],
)
def test_costs_that_were_asked_in_time_stay_so_whatever_happens_after(since: list[Event]) -> None:
    assert step_of(file_of([*ROAD, ASKED, *since]), "costs").state is PROVEN


def test_costs_on_a_letter_that_turns_out_not_to_count_are_not_owed() -> None:
    failed = Event(E.LETTER_FAILED, date(2026, 7, 10), SAM, evidence="brief-19", reason="kwam terug")
    assert step_of(file_of([*ROAD, ASKED, failed]), "costs").state is MISSING


def test_a_summons_in_a_claim_that_was_dismissed_is_not_the_way_to_court_of_today() -> None:
    """Served in July, dismissed in August; in December nobody has been at the door for five months."""
    history = [
        *ROAD,
        Event(E.BUNDLE_APPROVED, date(2026, 7, 9), SAM, evidence="dossier-1"),
        Event(E.COURT_PROPOSED, date(2026, 7, 9), SAM, reason="omdat"),
        Event(E.SUMMONS_SERVED, date(2026, 7, 10), SAM, second=KIM, reason="omdat"),
    ]
    dismissed = Event(E.CLAIM_DISMISSED, date(2026, 8, 20), SAM, evidence="vonnis-1")
    assert step_of(file_of(history), "last_contact").state is PROVEN
    later = replace(DATA, made_on=date(2026, 12, 10))
    assert step_of(file_of([*history, dismissed], later), "last_contact").state is THIN
