"""The evidence file of a case of the made-up town: what a judge reads, the same to the byte, approved by a person."""

import hashlib
import json
from datetime import date

import pytest

from tests.actions.letter_town import LetterTown, later, letter_town, visit
from tests.actions.town import TODAY
from voordeur.actions.decide import decide
from voordeur.actions.follow import follow
from voordeur.actions.keep_agreement import keep_agreement
from voordeur.actions.letter_arrival import record_delivered, record_returned
from voordeur.actions.make_evidence import approve_evidence, show_evidence, take_evidence
from voordeur.actions.make_letter import make_letter, send_letter
from voordeur.core.cases import Answer, Event, EventKind
from voordeur.core.contacts import DayPart
from voordeur.core.evidence import ProofState
from voordeur.core.letter_clauses import LetterKind
from voordeur.core.problems import Refused
from voordeur.store.models import AuditLine, SentLetter, Standing

pytestmark = pytest.mark.django_db
SIGNALLED, ANSWERED, LAST_VISIT, READ = later(30), later(70), later(95), later(100)


@pytest.fixture
def here() -> LetterTown:
    found = letter_town()
    keep_agreement(found.town.administrator, municipality="Lindewaard", first=date(2026, 1, 1), last=None)
    return found


def letter(here: LetterTown, kind: LetterKind, on: date) -> SentLetter:
    """Made and sent on one day."""
    made = make_letter(here.town.consultant, here.household, kind, on)
    return send_letter(here.town.consultant, made.pk, on, route="post")


def step(here: LetterTown, event: Event) -> None:
    """A person takes this step on its day."""
    follow([here.household], event.day)
    decide(here.town.consultant, here.household, event, event.day)


def road(here: LetterTown, *, arrival: bool = True) -> SentLetter:
    """From the visit to just before court; the reminder's arrival recorded or left to presumption."""
    reminder = letter(here, LetterKind.REMINDER, TODAY)
    if arrival:
        record_delivered(
            here.town.consultant, reminder.pk, later(2), "gezien door de wijkbeheerder", later(4)
        )
    follow([here.household], SIGNALLED)
    amount = Standing.objects.get(pk=here.household).overdue
    step(here, Event(EventKind.SIGNAL_SENT, SIGNALLED, reason="hulp nodig", evidence="ontvangst 55",
                     municipality="Lindewaard", amount=amount))  # fmt: skip
    step(here, Event(EventKind.SIGNAL_ANSWERED, ANSWERED, evidence="bericht 9", answer=Answer.NO_CONTACT))
    visit(here.town, here.household, LAST_VISIT, DayPart.EVENING)
    return reminder


def states(here: LetterTown, on: date = READ) -> dict[str, ProofState]:
    file = show_evidence(here.town.consultant, here.household, on).file
    return {one.name: one.state for one in file.steps}


def test_a_case_in_which_all_was_done_and_proven(here: LetterTown) -> None:
    reminder = road(here)
    made = show_evidence(here.town.consultant, here.household, READ)
    assert made.file.complete
    assert made.file.gaps == ()
    proof = next(one for one in made.file.steps if one.name == "reminder").items[0]
    assert (proof.evidence, proof.sha256) == (f"letter:{reminder.pk}", reminder.sha256)
    assert proof.by == "tarek"
    assert made.file.total == 3 * 655_15


def test_an_arrival_that_nobody_recorded_is_weak_proof(here: LetterTown) -> None:
    road(here, arrival=False)
    assert states(here)["reminder"] is ProofState.THIN
    said = next(
        one
        for one in show_evidence(here.town.consultant, here.household, READ).file.steps
        if one.name == "reminder"
    )
    assert "vermoedelijk bezorgd op 26 november 2026" in said.items[0].words.nl


def test_a_reminder_that_came_back_is_missing_and_the_file_says_so(here: LetterTown) -> None:
    reminder = road(here)
    record_returned(here.town.consultant, reminder.pk, later(98))
    assert states(here)["reminder"] is ProofState.MISSING
    timeline = show_evidence(here.town.consultant, here.household, READ).file.timeline
    assert "Brief telt niet mee" in [one.words.nl for one in timeline]


def test_the_same_data_and_day_give_the_same_bytes_in_both_forms(here: LetterTown) -> None:
    road(here)
    for form in ("pdf", "json"):
        first = take_evidence(here.town.consultant, here.household, READ, form, "nl")
        assert take_evidence(here.town.consultant, here.household, READ, form, "nl") == first
    name, content = take_evidence(here.town.consultant, here.household, READ, "json", "nl")
    assert name == "bewijsdossier-2026-0001.json"
    fingerprint = show_evidence(here.town.consultant, here.household, READ).fingerprint
    assert hashlib.sha256(content).hexdigest() == fingerprint
    assert json.loads(content)["reference"] == "2026-0001"


def test_approving_opens_the_way_to_court_and_only_for_what_was_read(here: LetterTown) -> None:
    road(here)
    seen = show_evidence(here.town.consultant, here.household, READ).fingerprint
    court = Event(EventKind.COURT_PROPOSED, READ, reason="alles geprobeerd")
    with pytest.raises(Refused):
        step(here, court)
    with pytest.raises(Refused) as refusal:
        approve_evidence(here.town.consultant, here.household, "0" * 64, READ)
    assert refusal.value.problems[0].code == "evidence-changed"
    approve_evidence(here.town.consultant, here.household, seen, READ)
    step(here, court)
    assert seen[:16] in show_evidence(here.town.consultant, here.household, READ).file.timeline[-2].evidence


def test_only_who_may_see_it_and_every_look_is_written_down(here: LetterTown) -> None:
    for user in (here.town.manager, here.town.administrator):
        with pytest.raises(Refused) as refusal:
            show_evidence(user, here.household, TODAY)
        assert refusal.value.problems[0].code == "not-allowed"
    show_evidence(here.town.consultant, here.household, TODAY)
    line = AuditLine.objects.get(action="see_evidence")
    assert (line.subject, line.purpose) == (f"tenancy:{here.household}", "collection")
