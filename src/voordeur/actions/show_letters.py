"""The letters of a household: what went out, and which letter can be made now, or why not."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from voordeur.actions import case_book, letter_gate
from voordeur.actions.audit import write_line
from voordeur.actions.letter_contents import OFFERS, contents
from voordeur.actions.reach_tenancy import check_reach, purpose_in_log
from voordeur.actions.text_now import text_now
from voordeur.core.access import Deed
from voordeur.core.correspondence import compose
from voordeur.core.letter_clauses import TITLES, LetterKind
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store import queries
from voordeur.store.models import User
from voordeur.store.queries.letters import LetterLine, MessageLine, letters_of, messages_of


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind of letter: it can be made now, or what keeps it in the house."""

    kind: LetterKind
    problems: tuple[Problem, ...]

    @property
    def title(self) -> Words:
        """What kind of letter it is."""
        return TITLES[self.kind]


@dataclass(frozen=True, slots=True)
class Letters:
    """All there is to see of the correspondence with a household."""

    place: str
    number: str
    """Of the open case; empty when there is none."""
    choices: tuple[Choice, ...]
    letters: tuple[LetterLine, ...]
    messages: tuple[MessageLine, ...]


@transaction.atomic
def show_letters(user: User, tenancy_id: int, today: date) -> Letters:
    """The correspondence of a tenancy. Who looks is written down."""
    check_reach(user, Deed.SEND_LETTER, tenancy_id, today)
    write_line(user, "see_letters", subject=f"tenancy:{tenancy_id}", purpose=purpose_in_log(user))
    row = case_book.open_case_of(tenancy_id)
    book = case_book.read(row, today) if row else None
    choices = tuple(Choice(kind, _problems(book, kind, user)) for kind in LetterKind) if book else ()
    return Letters(
        queries.place(tenancy_id), row.number if row else "", choices, letters_of(tenancy_id),
        messages_of(tenancy_id),
    )  # fmt: skip


def _problems(book: case_book.Book, kind: LetterKind, user: User) -> tuple[Problem, ...]:
    """Everything that keeps this letter in the house, without printing it."""
    try:
        made = contents(book, kind, user, "000000" if kind in OFFERS else "")
        letter_gate.check_gate(book, kind, letter_gate.event(book, kind, made, user, "letter:0"), None)
        compose(kind, made.data, text_now(kind, book.at.on)[1], "nl")
    except Refused as refusal:
        return tuple(refusal.problems)
    return ()
