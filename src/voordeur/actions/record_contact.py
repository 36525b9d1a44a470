"""Write down one contact: who was tried, how, what came of it, what was promised. It also moves the case on."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from voordeur.actions import case_book
from voordeur.actions.audit import write_line
from voordeur.actions.follow import follow
from voordeur.actions.reach_tenancy import check_reach
from voordeur.actions.today import part_now
from voordeur.core.access import Deed
from voordeur.core.case_asks import HOLD_STOPS
from voordeur.core.cases import Event, EventKind, State
from voordeur.core.contacts import Channel, ContactException, ContactOutcome, DayPart, blocked
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.convert_diary import wish_of
from voordeur.store.models import CaseTerm, Contact, PlannedContact, Promise, Standing, User

BACK_DAYS = 31
"""A contact is written down at most so long after it took place."""
LONGEST_WORDS = 1_000
AGAINST_WISH = "against_wish"
"""The contact took place though the tenant wished otherwise and the law gave no ground: that is written down too."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody writes down of one contact."""

    id: UUID
    """Made where it was written: sending it twice adds it once."""
    day: date
    channel: Channel
    outcome: ContactOutcome
    part: DayPart | None = None
    reached: bool = False
    incoming: bool = False
    help_told: bool = False
    """The household was told what debt help there is."""
    agreed: str = ""
    objects: bool = False
    """The tenant does not want data to be passed on to the municipality."""
    promise_until: date | None = None
    promise_amount: int = 0
    """Cents; 0: all that is overdue."""
    disputed: int = 0
    """Cents; 0 with the outcome "disputes": all that is overdue."""
    exception: ContactException | None = None
    against_wish: bool = False


@transaction.atomic
def record_contact(user: User, tenancy_id: int, said: Said, today: date) -> Contact:
    """Keep the contact, its promise and what it does to the case. The same id again changes nothing."""
    check_reach(user, Deed.RECORD_CONTACT, tenancy_id, today)
    return put_down(user, tenancy_id, said, today)


@transaction.atomic
def put_down(user: User, tenancy_id: int, said: Said, today: date) -> Contact:
    """The same, for whoever had this household on a phone that day: that it was there is the leave to write."""
    known = Contact.objects.filter(pk=said.id).first()
    if known is not None:
        return known
    _check(tenancy_id, said, today)
    case = case_book.open_case_of(tenancy_id)
    row = Contact.objects.create(
        id=said.id,
        tenancy_id=tenancy_id,
        case=case,
        day=said.day,
        channel=said.channel,
        part=said.part or "",
        reached=said.reached,
        outcome=said.outcome,
        incoming=said.incoming,
        help_told=said.help_told,
        agreed=said.agreed.strip(),
        exception=said.exception or (AGAINST_WISH if said.against_wish else ""),
        by=user,
        recorded=timezone.now(),
    )
    if case is not None:
        _move_on(case_book.read(case, today), user, said, row)
    _keep_promise(row, said, user)
    PlannedContact.objects.filter(
        tenancy=tenancy_id, channel=said.channel, day__lte=said.day, done=None, dropped=None
    ).update(done=row)
    write_line(
        user,
        "record_contact",
        subject=f"tenancy:{tenancy_id}",
        data={"contact": str(row.pk), "channel": said.channel, "exception": row.exception},
    )
    follow([tenancy_id], today)
    return row


def _move_on(book: case_book.Book, user: User, said: Said, row: Contact) -> None:
    """What this contact is in the case: an attempt, a talk, a message; and what was said in it.

    It stands in the diary whatever the case says. Before these arrears began, after all was paid, and while a hold
    forbids it, it moves nothing in the case; a no to passing data on counts from then on all the same.
    """
    early = book.case.overdue_since is not None and said.day < book.case.overdue_since
    rests = early or book.case.state is State.CURRENT
    for kind, amount in _events(book, said):
        if kind is not EventKind.OBJECTED and (rests or _held(book, said.day, kind)):
            continue
        day = max(said.day, book.case.overdue_since or said.day)
        event = Event(
            kind, day, case_book.actor(user), evidence=f"contact:{row.pk}", channel=said.channel,
            part=said.part, help_told=said.help_told, amount=amount,
        )  # fmt: skip
        case_book.add(book, event)


def _held(book: case_book.Book, day: date, kind: EventKind) -> bool:
    running = [hold for hold in book.case.holds if hold.active(day) or hold.active(book.at.on)]
    return any(kind in HOLD_STOPS[hold.reason] for hold in running)


def _events(book: case_book.Book, said: Said) -> list[tuple[EventKind, int]]:
    """Kinds, each with an amount in cents."""
    found: list[tuple[EventKind, int]] = []
    if said.channel.personal:
        found.append((EventKind.SPOKE if said.reached else EventKind.ATTEMPTED, 0))
    elif said.channel in (Channel.CARD, Channel.MESSAGE, Channel.EMAIL) and not said.incoming:
        found.append((EventKind.MESSAGED, 0))
    if said.objects:
        found.append((EventKind.OBJECTED, 0))
    if said.outcome is ContactOutcome.DISPUTES:
        found.append((EventKind.DISPUTE_NOTED, said.disputed or book.at.amount))
    return found


def _keep_promise(row: Contact, said: Said, user: User) -> None:
    """A new promise replaces those that still run."""
    if said.promise_until is None:
        return
    open_before = Promise.objects.filter(tenancy=row.tenancy_id, withdrawn=None, until__gte=said.day)
    open_before.update(withdrawn=said.day)
    standing = Standing.objects.filter(pk=row.tenancy_id).first()
    amount = said.promise_amount or (standing.overdue if standing else 0)
    Promise.objects.create(
        tenancy_id=row.tenancy_id,
        contact=row,
        made_on=said.day,
        until=said.promise_until,
        amount=amount,
        by=user,
    )
    if row.case is not None:
        row.case.terms.filter(kind="promise").delete()
        words = Words("De huurder zou betalen", "The tenant would pay")
        CaseTerm.objects.create(
            case=row.case,
            kind="promise",
            day=said.promise_until,
            nl=words.nl,
            en=words.en,
            owner=row.case.owner,
        )


def _check(tenancy_id: int, said: Said, today: date) -> None:
    """Refused with everything that is wrong at once."""
    found = list(filter(None, (_day(said, today), _part(said), _outcome(said), _promise(said), _words(said))))
    against = None if said.incoming else blocked(
        wish_of(tenancy_id, said.day), said.day, said.channel, said.part, said.exception
    )  # fmt: skip
    if against is not None and not said.against_wish:
        cure = Words(
            "Kies waarom de wet dit toch toelaat, of zeg dat het niet had gemogen.",
            "Choose why the law allows it all the same, or say that it should not have been done.",
        )
        found.append(Problem("against-wish", against, cure, column="exception"))
    if found:
        raise Refused(found)


def _day(said: Said, today: date) -> Problem | None:
    if today - timedelta(days=BACK_DAYS) <= said.day <= today:
        return None
    return Problem(
        "day-of-contact",
        Words("Deze dag kan niet.", "That day cannot be."),
        Words(f"Kies vandaag of een dag in de afgelopen {BACK_DAYS} dagen.",
              f"Choose today or one of the past {BACK_DAYS} days."),
        column="day",
    )  # fmt: skip


def _part(said: Said) -> Problem | None:
    now, order = part_now(said.day), list(DayPart)
    if said.part is not None and now is not None and order.index(said.part) > order.index(now):
        return Problem(
            "part-not-come-yet",
            Words("Dit deel van de dag is nog niet geweest.", "That part of the day has not come yet."),
            Words("Kies het deel van de dag waarop het was.", "Choose the part of the day at which it was."),
            column="part",
        )
    if said.part is not None or not said.channel.personal:
        return None
    return Problem(
        "part-of-day",
        Words("Het deel van de dag ontbreekt.", "The part of the day is missing."),
        Words("Kies ochtend, middag of avond.", "Choose morning, afternoon or evening."),
        column="part",
    )


def _outcome(said: Said) -> Problem | None:
    talked = said.outcome not in (ContactOutcome.NO_ANSWER, ContactOutcome.CARD_LEFT)
    if talked == said.reached:
        return None
    return Problem(
        "outcome-does-not-fit",
        Words("Wat eruit kwam past niet bij wel of niet gesproken.",
              "The outcome does not fit with having spoken or not."),
        Words("Kies opnieuw wat eruit kwam.", "Choose the outcome again."),
        column="outcome",
    )  # fmt: skip


def _promise(said: Said) -> Problem | None:
    if said.promise_until is None or (said.promise_until >= said.day and said.promise_amount >= 0):
        return None
    return Problem(
        "promise-before-talk",
        Words("De belofte ligt voor het gesprek.", "The promise lies before the talk."),
        Words("Kies een dag na het gesprek.", "Choose a day after the talk."),
        column="promise_until",
    )


def _words(said: Said) -> Problem | None:
    if len(said.agreed) <= LONGEST_WORDS:
        return None
    return Problem(
        "too-long",
        Words(
            f"Dit is langer dan {LONGEST_WORDS} tekens.", f"This is longer than {LONGEST_WORDS} characters."
        ),
        Words("Schrijf korter op wat jullie afspraken.", "Write down more briefly what you agreed."),
        column="agreed",
    )
