"""May this letter go to this household now? The case is asked, the wishes of the tenant, and the letter's own sense."""

from datetime import date

from voordeur.actions import case_book
from voordeur.actions.letter_contents import Contents
from voordeur.core import cases
from voordeur.core.case_table import row_of
from voordeur.core.cases import Duty, Event, EventKind, State
from voordeur.core.contacts import Channel, ContactException, blocked
from voordeur.core.letter_clauses import LetterKind
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.convert_diary import wish_of
from voordeur.store.models import User

BY_LAW = frozenset({LetterKind.REMINDER, LetterKind.COSTS_NOTICE})
"""Letters that the law demands before anything else may follow: they go even to who wants no letters."""

_PRESSING = frozenset({LetterKind.REFERRAL_NOTICE, LetterKind.EVICTION_PREVENTION})


def event(book: case_book.Book, kind: LetterKind, made: Contents, user: User, evidence: str) -> Event:
    """What sending this letter is in the case. Its arrival is presumed until somebody records it."""
    on, by = book.at.on, case_book.actor(user)
    if kind is LetterKind.REMINDER:
        return Event(
            EventKind.REMINDER_SENT, on, by, evidence=evidence, delivered=made.expected_on, presumed=True,
            offer=True, help_told=True, amount=made.data.total or 0,
        )  # fmt: skip
    if kind is LetterKind.COSTS_NOTICE:
        return Event(
            EventKind.LETTER_SENT, on, by, evidence=evidence, delivered=made.expected_on, presumed=True,
            amount=made.data.total or 0, fee=made.fee, all_claims=True,
        )  # fmt: skip
    return Event(EventKind.MESSAGED, on, by, evidence=evidence, channel=channel(kind))


def channel(kind: LetterKind) -> Channel:
    """How it reaches the household."""
    return Channel.CARD if kind is LetterKind.MISSED_YOU else Channel.LETTER


def ground(kind: LetterKind, given: ContactException | None = None) -> ContactException | None:
    """The ground on which a wish may be passed over."""
    return ContactException.DUTY_TO_WARN if kind in BY_LAW else given


def check_gate(
    book: case_book.Book, kind: LetterKind, planned: Event, exception: ContactException | None
) -> None:
    """Refused with everything that keeps this letter in the house."""
    problems = [*_of_case(book, planned), *_of_kind(book, kind)]
    against = against_wish(book.row.tenancy_id, book.at.on, channel(kind), ground(kind, exception))
    if against:
        problems.append(against)
    if problems:
        raise Refused(problems)


def against_wish(
    tenancy: int, on: date, how: Channel, exception: ContactException | None = None
) -> Problem | None:
    """What the tenant asked of us that stands in the way."""
    words = blocked(wish_of(tenancy, on), on, how, None, exception)
    if words is None:
        return None
    return Problem(
        "against-wish",
        words,
        Words("Kies een weg die de huurder wel wil.", "Choose a way that the tenant does want."),
    )


def _of_case(book: case_book.Book, planned: Event) -> list[Problem]:
    try:
        cases.step(book.case, planned, book.at, book.law)
    except Refused as refusal:
        return refusal.problems
    return []


def _of_kind(book: case_book.Book, kind: LetterKind) -> list[Problem]:
    case = book.case
    if kind in _PRESSING and case.holds_on(book.at.on):
        return [_not_now("De zaak is onderbroken.", "The case is on hold.")]
    unfit = case.proof(Duty.OFFER) is None or case.objection is not None or bool(case.signals_now)
    if kind is LetterKind.REFERRAL_NOTICE and unfit:
        return [_not_now(
            "Aankondigen kan na een herinnering met aanbod, zonder bezwaar en voor de melding.",
            "An announcement comes after a reminder with an offer, without an objection and before the signal.",
        )]  # fmt: skip
    near = case.state is State.PRE_COURT or row_of(case.state, EventKind.COURT_PROPOSED) is not None
    if kind is LetterKind.EVICTION_PREVENTION and not near:
        return [_not_now(
            "Deze brief is de laatste voor de rechter. Zover is deze zaak niet.",
            "This letter is the last before court. This case has not come so far.",
        )]  # fmt: skip
    return []


def _not_now(nl: str, en: str) -> Problem:
    return Problem(
        "letter-not-now", Words(nl, en), Words("Kies een andere brief.", "Choose another letter."), fatal=True
    )
