"""The case of a household as a person may see it: what may happen now, and why the rest may not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from voordeur.actions import case_book
from voordeur.actions.guard import NOT_FOUND
from voordeur.actions.letter_contents import fee_now
from voordeur.adapters.rules import load_calendar
from voordeur.core import cases
from voordeur.core.case_letter_guards import highest_fee
from voordeur.core.case_table import Caution, Row, row_of
from voordeur.core.case_terms import Deadline
from voordeur.core.case_values import Case, CaseLaw, Circumstances
from voordeur.core.case_warnings import cautions, warnings
from voordeur.core.case_words import HOLD_WORDS
from voordeur.core.cases import EventKind, Possible
from voordeur.core.checklist import Line, checklist
from voordeur.core.contacts import Channel
from voordeur.core.ledger import Entry
from voordeur.core.problems import Refused
from voordeur.core.rights import Request
from voordeur.core.words import Words
from voordeur.store.queries.cases import CaseFile, case_file
from voordeur.store.queries.staff import staff_names

BY_PROGRAM = frozenset(
    {
        EventKind.OPENED, EventKind.FELL_BACK, EventKind.PAID_OFF, EventKind.GATE_OPENED, EventKind.GATE_CLOSED,
        EventKind.PLAN_MISSED, EventKind.PLAN_ENDED, EventKind.CLOSED_PAID,
    }
)  # fmt: skip
"""The nightly run does these."""
IN_DIARY = frozenset({EventKind.ATTEMPTED, EventKind.SPOKE, EventKind.MESSAGED})
"""Written down as a contact."""
IN_LETTERS = frozenset({EventKind.LETTER_DELIVERED, EventKind.LETTER_FAILED})
"""Recorded with the letter itself."""

ELSEWHERE = BY_PROGRAM | IN_DIARY | IN_LETTERS
BESIDE_THE_POINT = frozenset(
    {
        "signal_open", "help_accepted", "admitted_or_scheme", "term_missed", "title", "tenancy_over", "pause_over",
        "letter_arrived", "respite_over",
    }
)  # fmt: skip
"""A step that waits for one of these waits for something that has not even begun: it is no answer to "why not yet"."""


@dataclass(frozen=True, slots=True)
class HoldNow:
    """One reason for which a case rests."""

    reason: Words
    since: date
    until: date
    """The last day."""
    owner: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with its choices. Reached after `open_file` only: that is where looking is written down."""

    file: CaseFile
    open: bool
    gate: tuple[Line, ...]
    possible: tuple[Possible, ...]
    """Steps a person may take now."""
    closed: tuple[Possible, ...]
    """Steps that come next and wait for something, with what that is."""
    holds: tuple[HoldNow, ...]
    """Why the case rests today, until when, and who looks after it."""
    deadlines: tuple[Deadline, ...]
    warnings: tuple[Words, ...]
    at: Circumstances


def show_case(
    tenancy_id: int,
    today: date,
    entries: Sequence[Entry] | None = None,
    asked: Sequence[Request] | None = None,
) -> CaseView:
    """The case of a tenancy today; an empty one when there never was any.

    `entries`: its ledger, if read already; `asked`: so too what the tenant asked about the own data.
    """
    file = case_file(tenancy_id, today, load_calendar().banks, asked)
    row = file.row
    if row is None or row.closed_on is not None:
        return CaseView(file, False, (), (), (), (), (), (), Circumstances(today))
    visits = [one.day for one in file.planned if one.channel is Channel.VISIT]
    read = case_book.AlreadyRead(entries, visits, file.benefit_pending, file.plans)
    at, law = case_book.circumstances(row, today, file.case, read), case_book.law()
    steps = [one for one in cases.allowed(file.case, at, law) if one.kind not in ELSEWHERE]
    return CaseView(
        file=file,
        open=True,
        gate=checklist(file.case, at, law),
        possible=tuple(one for one in steps if one.open),
        closed=tuple(one for one in steps if not one.open and _to_the_point(one)),
        holds=_holds(file.case, today),
        deadlines=tuple(case_book.coming(file.case, row.opened_on, law)),
        warnings=tuple(warnings(file.case, at, law)),
        at=at,
    )


def _to_the_point(one: Possible) -> bool:
    return not any(lack.guard in BESIDE_THE_POINT for lack in one.unmet)


def _holds(case: Case, today: date) -> tuple[HoldNow, ...]:
    running = case.holds_on(today)
    names = staff_names(int(hold.owner) for hold in running if hold.owner.isdigit())
    return tuple(
        HoldNow(HOLD_WORDS[hold.reason], hold.since, hold.until, names.get(hold.owner, ""))
        for hold in running
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One step that somebody wants to take: what the table asks, and what may be set aside by two."""

    row: Row
    case: Case
    at: Circumstances
    law: CaseLaw
    unmet: tuple[cases.Unmet, ...]
    cautions: tuple[Caution, ...]
    fee: int
    """Collection costs that this step announces or asks, cents; 0 for a step without."""


def show_step(tenancy_id: int, kind: EventKind, today: date) -> Step:
    """What a step of the open case takes. Refused (not found) for one that the case does not have now."""
    row = case_book.open_case_of(tenancy_id)
    book = case_book.read(row, today) if row else None
    found = row_of(book.case.state, kind) if book and kind not in ELSEWHERE else None
    if book is None or found is None:
        raise Refused(NOT_FOUND)
    one = next(one for one in cases.allowed(book.case, book.at, book.law) if one.kind is kind)
    known = cautions(book.case, book.at, book.law)
    return Step(
        found,
        book.case,
        book.at,
        book.law,
        one.unmet,
        tuple(c for c in found.cautions if c in known),
        _fee(book, kind),
    )


def _fee(book: case_book.Book, kind: EventKind) -> int:
    if kind is EventKind.LETTER_SENT:
        return fee_now(book)
    return highest_fee(book.case, book.at, book.at.on, book.law) if kind is EventKind.COSTS_ADDED else 0
