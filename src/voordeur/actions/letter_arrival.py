"""What became of a letter: it arrived on a day, or came back. What rested on a letter that came back falls away."""

from datetime import date, timedelta

from django.db import transaction

from voordeur.actions import case_book
from voordeur.actions.audit import write_line
from voordeur.actions.follow import follow
from voordeur.actions.guard import NOT_FOUND, check
from voordeur.actions.make_letter import said
from voordeur.actions.reach_tenancy import check_reach
from voordeur.core.access import Deed
from voordeur.core.cases import Event, EventKind
from voordeur.core.letter_clauses import LetterKind
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.models import SentLetter, User

LONGEST_PROOF = 200
_COUNTS = (LetterKind.REMINDER, LetterKind.COSTS_NOTICE)
"""Letters on which something in the case rests."""
_CAME_BACK = Problem(
    "letter-returned",
    Words("De brief kwam terug.", "The letter came back."),
    Words("Ga langs, zoek het juiste adres en stuur hem opnieuw.", "Visit, find the right address and send it anew."),
)  # fmt: skip


@transaction.atomic
def record_delivered(user: User, letter_id: int, arrived: date, proof: str, today: date) -> SentLetter:
    """The letter reached the household on this day; `proof` says how we know. Its terms run from that day.

    A fourteen-day letter that came so late that its own last day gives less than the law does not count: that is
    recorded instead, and the letter says why.
    """
    row = _sent(user, letter_id, today)
    _check_day(row, arrived, today)
    if not proof.strip() or len(proof) > LONGEST_PROOF:
        raise Refused(_no_proof())
    too_late = _too_late(row, arrived)
    row.delivered_on, row.proof, row.recorded_by = arrived, proof.strip(), user
    row.state = SentLetter.State.RETURNED if too_late else SentLetter.State.DELIVERED
    row.failure = [said(too_late)] if too_late else []
    row.save(update_fields=["delivered_on", "proof", "recorded_by", "state", "failure"])
    _tell_case(row, user, today, too_late)
    write_line(
        user, "letter_delivered", subject=f"tenancy:{row.tenancy_id}",
        data={"letter": row.pk, "counts": too_late is None},
    )  # fmt: skip
    follow([row.tenancy_id], today)
    return row


@transaction.atomic
def record_returned(user: User, letter_id: int, today: date) -> SentLetter:
    """The letter came back: it proves nothing any more, in the case nor for the policy."""
    row = _sent(user, letter_id, today)
    row.state, row.failure, row.delivered_on, row.recorded_by = (
        SentLetter.State.RETURNED, [said(_CAME_BACK)], None, user
    )  # fmt: skip
    row.save(update_fields=["state", "failure", "delivered_on", "recorded_by"])
    _tell_case(row, user, today, _CAME_BACK)
    write_line(user, "letter_returned", subject=f"tenancy:{row.tenancy_id}", data={"letter": row.pk})
    follow([row.tenancy_id], today)
    return row


def _sent(user: User, letter_id: int, today: date) -> SentLetter:
    check(user, Deed.SEND_LETTER)
    known = (SentLetter.State.SENT, SentLetter.State.DELIVERED)
    row = (
        SentLetter.objects.select_for_update(of=("self",))
        .select_related("case__tenancy")
        .filter(pk=letter_id, state__in=known)
        .first()
    )
    if row is None:
        raise Refused(NOT_FOUND)
    check_reach(user, Deed.SEND_LETTER, row.tenancy_id, today)
    return row


def _tell_case(row: SentLetter, user: User, today: date, problem: Problem | None) -> None:
    """The case hears it while it is open; a letter of a closed case changes nothing any more."""
    if row.kind not in _COUNTS or row.case.closed_on is not None:
        return
    book = case_book.read(row.case, today)
    evidence, by = f"letter:{row.pk}", case_book.actor(user)
    if problem is None:
        event = Event(EventKind.LETTER_DELIVERED, today, by, evidence=evidence, delivered=row.delivered_on)
    else:
        event = Event(EventKind.LETTER_FAILED, today, by, evidence=evidence, reason=problem.message.nl)
    case_book.add(book, event)


def _too_late(row: SentLetter, arrived: date) -> Problem | None:
    """The term of the law runs from the day after arrival; the day that the letter names must leave room for it."""
    if row.free_until is None:
        return None
    days = case_book.law().letter_days
    if arrived + timedelta(days=days) <= row.free_until:
        return None
    return Problem(
        "letter-too-late",
        Words(f"De brief kwam te laat: hij gaf minder dan {days} dagen (BW 6:96 lid 6).",
              f"The letter came too late: it gave less than {days} days (BW 6:96(6))."),
        Words("Stuur een nieuwe.", "Send a new one."),
    )  # fmt: skip


def _check_day(row: SentLetter, arrived: date, today: date) -> None:
    if row.sent_on is None or not row.sent_on <= arrived <= today:
        raise Refused(
            Problem(
                "day-of-arrival",
                Words("Deze dag kan niet.", "That day cannot be."),
                Words("Kies een dag vanaf het versturen, tot en met vandaag.",
                      "Choose a day from the sending on, up to and including today."),
                column="arrived",
            )
        )  # fmt: skip


def _no_proof() -> Problem:
    return Problem(
        "no-proof-of-arrival",
        Words("Hoe weet je dat de brief aankwam?", "How do you know that the letter arrived?"),
        Words(
            f"Schrijf het op in hooguit {LONGEST_PROOF} tekens.",
            f"Write it down in at most {LONGEST_PROOF} signs.",
        ),
        column="proof",
    )
