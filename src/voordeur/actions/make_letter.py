"""Make a letter, look at it, let a person send it, and record what became of it. Each letter its own transaction."""

import base64
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from voordeur.actions import case_book, letter_gate
from voordeur.actions.audit import write_line
from voordeur.actions.follow import follow
from voordeur.actions.guard import NOT_FOUND, check
from voordeur.actions.letter_contents import OFFERS, WITHOUT_DEBT, Contents, contents
from voordeur.actions.reach_tenancy import check_reach, purpose_in_log
from voordeur.actions.text_now import text_now
from voordeur.adapters.letters import render
from voordeur.core.access import Deed
from voordeur.core.contacts import Channel, ContactException, ContactOutcome
from voordeur.core.letter_clauses import TITLES, LetterKind
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.convert_diary import wish_of
from voordeur.store.models import Contact, SentLetter, TextVersion, User

MOST_AT_ONCE = 200
_SIGNS = "ACDEFHJKMNPRTUVWXY34679"
"""For a code that people copy: no sign looks like another."""
_LATER = Problem(
    "letter-of-another-day",
    Words("Deze brief is van een andere dag of er staat nu iets anders open.",
          "This letter is of another day, or something else is open now."),
    Words("Maak hem opnieuw: dan kloppen de bedragen en de dagen.", "Make it anew: then amounts and days are right."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Made:
    """A letter on paper that nobody keeps yet."""

    pdf: bytes
    contents: Contents
    version: TextVersion | None
    language: str
    code: str


def preview(user: User, tenancy_id: int, kind: LetterKind, today: date, *, language: str = "") -> bytes:
    """The letter as it would be now, as PDF. Its gate is asked; nothing is kept but the line that somebody looked."""
    check_reach(user, Deed.SEND_LETTER, tenancy_id, today)
    with transaction.atomic():
        book = _book(tenancy_id, today)
        made = _compose(book, kind, user, language, None)
        write_line(
            user, "preview_letter", subject=f"tenancy:{tenancy_id}", purpose=purpose_in_log(user),
            data={"kind": kind},
        )  # fmt: skip
    return made.pdf


@transaction.atomic
def make_letter(
    user: User,
    tenancy_id: int,
    kind: LetterKind,
    today: date,
    *,
    language: str = "",
    exception: ContactException | None = None,
) -> SentLetter:
    """Make a letter and keep it, ready to send. Refused with all that keeps it in the house.

    An earlier one of this kind that was never sent makes way.
    """
    check_reach(user, Deed.SEND_LETTER, tenancy_id, today)
    follow([tenancy_id], today)
    book = _book(tenancy_id, today)
    made = _compose(book, kind, user, language, exception)
    SentLetter.objects.filter(case=book.row, kind=kind, state=SentLetter.State.DRAFTED).delete()
    row = SentLetter.objects.create(
        tenancy_id=tenancy_id, case=book.row, kind=kind, language=made.language, text=made.version,
        code=made.code, day=today, total=made.contents.data.total or 0, fee=made.contents.fee,
        expected_on=made.contents.expected_on, free_until=made.contents.free_until,
        pdf=base64.b64encode(made.pdf).decode(), sha256=hashlib.sha256(made.pdf).hexdigest(),
        made=timezone.now(), made_by=user,
    )  # fmt: skip
    write_line(user, "make_letter", subject=f"tenancy:{tenancy_id}", data={"letter": row.pk, "kind": kind})
    return row


@transaction.atomic
def send_letter(
    user: User, letter_id: int, today: date, *, route: str, exception: ContactException | None = None
) -> SentLetter:
    """A person says that this letter goes out today: from now on it counts in the case, arrival presumed."""
    row = _letter(user, letter_id, today, SentLetter.State.DRAFTED)
    follow([row.tenancy_id], today)
    book, kind = _book(row.tenancy_id, today), LetterKind(row.kind)
    made = contents(book, kind, user, row.code)
    if row.day != today or (made.data.total or 0, made.fee) != (row.total, row.fee):
        raise Refused(_LATER)
    event = letter_gate.event(book, kind, made, user, f"letter:{row.pk}")
    letter_gate.check_gate(book, kind, event, exception)
    case_book.add(book, event)
    row.contact = _diary_line(row, kind, user, letter_gate.ground(kind, exception))
    row.state, row.sent_on, row.sent_by, row.route = (
        SentLetter.State.SENT,
        today,
        user,
        SentLetter.Route(route),
    )
    row.save(update_fields=["contact", "state", "sent_on", "sent_by", "route"])
    data = {"letter": row.pk, "kind": kind, "sha256": row.sha256}
    write_line(user, "send_letter", subject=f"tenancy:{row.tenancy_id}", data=data)
    follow([row.tenancy_id], today)
    return row


@dataclass(frozen=True, slots=True)
class Failure:
    """One letter of a batch that did not go, and why."""

    tenancy: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of a batch."""

    sent: tuple[int, ...]
    """Ids of the letters."""
    failed: tuple[Failure, ...]


def send_batch(user: User, tenancies: Sequence[int], kind: LetterKind, today: date, *, route: str) -> Batch:
    """Make and send a letter for each. One that cannot go stays out whole, with the reason; the others go."""
    check(user, Deed.SEND_LETTER)
    if len(tenancies) > MOST_AT_ONCE:
        raise Refused(_too_many())
    sent, failed = [], []
    for tenancy_id in dict.fromkeys(tenancies):
        try:
            with transaction.atomic():
                letter = make_letter(user, tenancy_id, kind, today)
                sent.append(send_letter(user, letter.pk, today, route=route).pk)
        except Refused as refusal:
            failed.append(Failure(tenancy_id, tuple(refusal.problems)))
            _keep_failure(user, tenancy_id, kind, today, refusal.problems)
    write_line(user, "send_batch", data={"kind": kind, "sent": len(sent), "failed": len(failed)})
    return Batch(tuple(sent), tuple(failed))


@transaction.atomic
def drop_letter(user: User, letter_id: int, today: date) -> int:
    """Throw away a letter that was never sent. The tenancy it was for."""
    row = _letter(user, letter_id, today, SentLetter.State.DRAFTED)
    write_line(user, "drop_letter", subject=f"tenancy:{row.tenancy_id}", data={"letter": row.pk})
    row.delete()
    return row.tenancy_id


@transaction.atomic
def letter_file(user: User, letter_id: int, today: date) -> tuple[SentLetter, bytes]:
    """The letter as it was made, to the byte. Who looks is written down."""
    row = _letter(user, letter_id, today)
    if not row.pdf:
        raise Refused(NOT_FOUND)
    write_line(
        user, "see_letter", subject=f"tenancy:{row.tenancy_id}", purpose=purpose_in_log(user),
        data={"letter": row.pk},
    )  # fmt: skip
    return row, base64.b64decode(row.pdf)


def _letter(user: User, letter_id: int, today: date, *states: SentLetter.State) -> SentLetter:
    """A letter within reach, in one of these states (none named: in any), locked where the database can."""
    check(user, Deed.SEND_LETTER)
    row = (
        SentLetter.objects.select_for_update(of=("self",)).select_related("case").filter(pk=letter_id).first()
    )
    if row is None or (states and row.state not in states):
        raise Refused(NOT_FOUND)
    check_reach(user, Deed.SEND_LETTER, row.tenancy_id, today)
    return row


def _book(tenancy_id: int, today: date) -> case_book.Book:
    row = case_book.open_case_of(tenancy_id)
    if row is None:
        raise Refused(
            Problem(
                "no-case",
                Words("Er loopt geen zaak.", "There is no open case."),
                Words("Zonder zaak gaat er geen brief.", "Without a case no letter goes out."),
            )
        )
    return case_book.read(row, today)


def _compose(
    book: case_book.Book, kind: LetterKind, user: User, language: str, exception: ContactException | None
) -> _Made:
    """The letter on paper; Refused first for all that keeps it in the house, then for what it lacks."""
    version, words = text_now(kind, book.at.on)
    code = "".join(secrets.choice(_SIGNS) for _ in range(6)) if kind in OFFERS else ""
    made = contents(book, kind, user, code)
    planned = letter_gate.event(book, kind, made, user, "letter:0")
    letter_gate.check_gate(book, kind, planned, exception)
    if kind not in WITHOUT_DEBT and not made.data.lines:
        raise Refused(_nothing_open())
    chosen = language or _language(book)
    return _Made(render(kind, made.data, words, chosen), made, version, chosen, code)


def _language(book: case_book.Book) -> str:
    """English for who wishes it or is known to read it; everybody else gets Dutch."""
    wish = wish_of(book.row.tenancy_id, book.at.on)
    languages = [wish.language] if wish else book.row.tenancy.tenants.values_list("language", flat=True)
    return "en" if "en" in languages else "nl"


def _diary_line(row: SentLetter, kind: LetterKind, user: User, ground: ContactException | None) -> Contact:
    """The letter in the diary, so that a policy counts it."""
    how = letter_gate.channel(kind)
    return Contact.objects.create(
        tenancy_id=row.tenancy_id, case=row.case, day=row.day, channel=how,
        outcome=ContactOutcome.CARD_LEFT if how is Channel.CARD else ContactOutcome.NO_ANSWER,
        agreed=TITLES[kind].nl, exception=ground or "", by=user, recorded=timezone.now(),
    )  # fmt: skip


def _keep_failure(
    user: User, tenancy_id: int, kind: LetterKind, today: date, problems: Sequence[Problem]
) -> None:
    """The failure stays with the letters of the case."""
    if any(one.code == NOT_FOUND.code for one in problems):
        return
    with transaction.atomic():
        case = case_book.open_case_of(tenancy_id)
        if case is not None:
            SentLetter.objects.create(
                tenancy_id=tenancy_id, case=case, kind=kind, language="nl", day=today, expected_on=today,
                state=SentLetter.State.FAILED, failure=[said(one) for one in problems],
                made=timezone.now(), made_by=user,
            )  # fmt: skip


def said(problem: Problem) -> dict[str, str]:
    """A problem as it is kept with a letter."""
    return {"code": problem.code, "nl": problem.message.nl, "en": problem.message.en}


def _nothing_open() -> Problem:
    return Problem(
        "nothing-open",
        Words("Er staat niets open.", "Nothing is open."),
        Words("Dan gaat deze brief niet.", "Then this letter does not go out."),
    )


def _too_many() -> Problem:
    return Problem(
        "too-many-letters",
        Words(f"Dit zijn er meer dan {MOST_AT_ONCE}.", f"These are more than {MOST_AT_ONCE}."),
        Words("Verstuur ze in delen.", "Send them in parts."),
    )
