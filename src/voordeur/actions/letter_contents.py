"""What a letter to one household says today: who writes, to whom, what is open, and the days that follow from it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from voordeur.actions import case_book
from voordeur.adapters.law_rules import load_fees
from voordeur.core.access import Role
from voordeur.core.calendar import add_months
from voordeur.core.case_terms import reaction_until, summons_from
from voordeur.core.cases import EventKind
from voordeur.core.contacts import Channel, DayPart
from voordeur.core.costs import EarlierDemand, OpenClaim, collection_fee, letter_fee
from voordeur.core.ledger import Charge, Component, position
from voordeur.core.letter_clauses import LetterKind
from voordeur.core.letter_data import (
    Addressee,
    Appointment,
    ContactPerson,
    Costs,
    Help,
    Landlord,
    LetterData,
    OpenLine,
)
from voordeur.core.problems import Problem, Refused
from voordeur.core.terms import in_tenants_favour
from voordeur.core.words import Words, month_in_words
from voordeur.store import convert
from voordeur.store.models import CaseEvent, Contact, LetterHead, PlannedContact, Tenancy, User

MOST_LINES = 8
"""Open claims that a letter names one by one; older ones stand together on the first line."""
VISIT_DAYS = 7
"""So long after a visit a card about it still makes sense."""
OFFERS = (LetterKind.REMINDER, LetterKind.REFERRAL_NOTICE)
"""Letters with which the tenant can say no to passing data on."""
WITHOUT_DEBT = (LetterKind.MISSED_YOU, LetterKind.APPOINTMENT)

_ROLES = {
    Role.CONSULTANT: Words("huurconsulent", "rent consultant"),
    Role.NEIGHBOURHOOD_MANAGER: Words("wijkbeheerder", "neighbourhood manager"),
    Role.MANAGER: Words("teamleider", "team leader"),
}
_WHAT = {
    Component.RENT: Words("Huur van", "Rent for"),
    Component.SERVICE: Words("Servicekosten van", "Service costs for"),
    Component.OTHER: Words("Overige kosten van", "Other costs for"),
    Component.COSTS: Words("Incassokosten van", "Collection costs of"),
    Component.INTEREST: Words("Rente van", "Interest of"),
}
_PART = {
    DayPart.MORNING: Words("in de ochtend", "in the morning"),
    DayPart.AFTERNOON: Words("in de middag", "in the afternoon"),
    DayPart.EVENING: Words("in de avond", "in the evening"),
}


@dataclass(frozen=True, slots=True)
class Contents:
    """The data of a letter, with what the case must know of it."""

    data: LetterData
    expected_on: date
    """The day on which the letter presumably arrives."""
    free_until: date | None = None
    """The last day to pay without costs, of a fourteen-day letter."""

    @property
    def fee(self) -> int:
        """Collection costs that it announces, cents."""
        return self.data.costs.cents if self.data.costs else 0


def letter_head() -> LetterHead:
    """What every letter says about us. Refused while nobody filled it in."""
    head = LetterHead.objects.order_by("-pk").first()
    if head is None:
        raise Refused(
            Problem(
                "no-letter-head",
                Words("Er is nog geen briefhoofd.", "There is no letter head yet."),
                Words("Vraag een beheerder om het in te vullen, bij Brieven en teksten.",
                      "Ask an administrator to fill it in, at Letters and texts."),
            )
        )  # fmt: skip
    return head


def contents(book: case_book.Book, kind: LetterKind, user: User, code: str) -> Contents:
    """What a letter of this kind says about this case on `book.at.on`: amounts from the ledger, days from the law."""
    on, law, head = book.at.on, book.law, letter_head()
    expected = on + timedelta(days=law.mail_days)
    free_until = in_tenants_favour(expected, law.letter_days, law.calendar.terms)
    data = _known(book, kind, user, head)
    if kind in OFFERS:
        until = _react_until(book, kind, expected)
        data = replace(
            data, react_until=until, pass_on_from=until + timedelta(days=1), object_at=head.object_at, object_code=code
        )  # fmt: skip
    if kind is LetterKind.COSTS_NOTICE:
        cents = fee_now(book)
        data = replace(
            data, costs=Costs(cents) if cents else None, delivered_on=expected, pay_by=free_until
        )  # fmt: skip
        return Contents(data, expected, free_until)
    if kind is LetterKind.EVICTION_PREVENTION:
        after = free_until + timedelta(days=1)
        data = replace(data, court_from=max(after, summons_from(book.case, law) or after))
    return Contents(data, expected)


def message_data(tenancy: Tenancy, on: date, user: User) -> LetterData:
    """What an SMS or e-mail can be filled in with: people and an appointment, nothing about money."""
    head = letter_head()
    return LetterData(
        landlord=_landlord(head), contact=_person(user, head), day=on, addressee=addressee(tenancy),
        appointment=_appointment(tenancy, on, head),
    )  # fmt: skip


def _known(book: case_book.Book, kind: LetterKind, user: User, head: LetterHead) -> LetterData:
    """What every letter about a case may say."""
    tenancy, on = book.row.tenancy, book.at.on
    lines = () if kind in WITHOUT_DEBT else open_lines(tenancy.pk, on)
    visit = _missed_visit(tenancy, on) if kind is LetterKind.MISSED_YOU else None
    attempts = [one.day for one in book.case.attempts if not one.reached]
    return LetterData(
        landlord=_landlord(head),
        contact=_person(user, head),
        day=on,
        addressee=addressee(tenancy),
        reference=book.row.number,
        lines=lines,
        total=sum(line.cents for line in lines) if lines else None,
        payment_reference=tenancy.payment_reference or tenancy.key,
        help=Help(head.municipality, head.help_desk, head.help_phone),
        appointment=_appointment(tenancy, on, head),
        spoken_on=book.case.spoken,
        tried_on=tuple(sorted(set(attempts))[-3:]),
        visited_on=visit.day if visit else None,
        visited_at=_PART.get(DayPart(visit.part)) if visit and visit.part else None,
    )


def _landlord(head: LetterHead) -> Landlord:
    return Landlord(head.name, head.street, head.town, head.iban, head.registration)


def _person(user: User, head: LetterHead) -> ContactPerson:
    words = _ROLES.get(Role(user.role), _ROLES[Role.CONSULTANT])
    return ContactPerson(str(user), words, head.phone, Words(head.hours_nl, head.hours_en))


def addressee(tenancy: Tenancy) -> Addressee | None:
    """All who signed, at the address of the home; None where either is not known."""
    names = list(tenancy.tenants.order_by("pk").values_list("name", flat=True))
    home = tenancy.home
    if not names or home is None or not home.street:
        return None
    spoken = [_salutation(name) for name in names]
    said = Words(" en ".join(one.nl for one in spoken), " and ".join(one.en for one in spoken))
    joined = " en ".join(names)
    return Addressee(
        joined[:1].upper() + joined[1:], said, home.address, f"{home.postcode} {home.town}".strip()
    )


def _salutation(name: str) -> Words:
    for title, nl, en in (("de heer", "meneer", "Mr"), ("mevrouw", "mevrouw", "Ms")):
        if name.lower().startswith(f"{title} "):
            rest = name[len(title) + 1 :]
            return Words(f"{nl} {rest}", f"{en} {rest}")
    return Words(name, name)


def open_charges(tenancy: int, on: date) -> list[Charge]:
    """What is overdue on a day, oldest first."""
    return position(convert.core_entries(convert.ledger(tenancy)), on).overdue_charges


def charge_words(charge: Charge) -> Words:
    """`Huur van oktober 2026`."""
    what = _WHAT[charge.entry.component]
    rent = charge.entry.component is Component.RENT
    month = month_in_words(convert.period_of(charge.due) if rent else charge.due, year=True)
    return Words(f"{what.nl} {month.nl}", f"{what.en} {month.en}")


def open_lines(tenancy: int, on: date) -> tuple[OpenLine, ...]:
    """What is open, claim by claim, with what was paid on it; the oldest together when there are many."""
    lines = [line for charge in open_charges(tenancy, on) for line in _lines(charge)]
    if len(lines) <= MOST_LINES:
        return tuple(lines)
    older, rest = lines[: 1 - MOST_LINES], lines[1 - MOST_LINES :]
    before = Words("Wat eerder open bleef", "What stayed open before")
    return (OpenLine(before, sum(line.cents for line in older)), *rest)


def _lines(charge: Charge) -> list[OpenLine]:
    line = OpenLine(charge_words(charge), charge.amount)
    paid = charge.amount - charge.outstanding
    return [line, OpenLine(Words("Daarop is al betaald", "Already paid on it"), -paid)] if paid else [line]


def fee_now(book: case_book.Book) -> int:
    """Cents that a fourteen-day letter of today may announce (BW 6:96 lid 5-8), 0 when it may announce none.

    Worked out on rent and other principal only. With what was asked before, in this case or in the landlord's own
    books, it is never more than the law allows.
    """
    fees, on = book.law.fees or load_fees(), book.at.on
    charges = open_charges(book.row.tenancy_id, on)
    claims = [OpenClaim(one.due, one.outstanding) for one in charges if one.is_principal]
    asked = sum(one.outstanding for one in charges if one.entry.component is Component.COSTS)
    fee = letter_fee(claims, on, fees, _earlier(book.row.tenancy_id, on, fees.small.months)).total
    most = collection_fee(sum(one.open for one in claims), on, fees).total
    return max(0, min(fee, most - max(book.case.costs, asked)))


def _earlier(tenancy: int, on: date, months: int) -> Sequence[EarlierDemand]:
    rows = CaseEvent.objects.filter(
        case__tenancy=tenancy, kind=EventKind.LETTER_SENT, day__gte=add_months(on, -months)
    )
    return [EarlierDemand(row.day, int(row.details.get("fee", 0))) for row in rows]


def _react_until(book: case_book.Book, kind: LetterKind, expected: date) -> date:
    """The announcement of a referral keeps the day of the reminder when that is still to come."""
    until = in_tenants_favour(expected, book.law.reaction_days, book.law.calendar.terms)
    named = reaction_until(book.case, book.law)
    keeps = kind is LetterKind.REFERRAL_NOTICE and named is not None and named > expected
    return named if keeps and named is not None else until


def _missed_visit(tenancy: Tenancy, on: date) -> Contact | None:
    """The newest visit of the past days at which nobody was in."""
    tried = Contact.objects.filter(tenancy=tenancy, channel=Channel.VISIT, reached=False, day__lte=on)
    return tried.filter(day__gte=on - timedelta(days=VISIT_DAYS)).order_by("-day", "-recorded").first()


def _appointment(tenancy: Tenancy, on: date, head: LetterHead) -> Appointment | None:
    """The first visit or meeting that is planned."""
    row = (
        PlannedContact.objects.filter(
            tenancy=tenancy,
            channel__in=(Channel.VISIT, Channel.APPOINTMENT),
            day__gte=on,
            done=None,
            dropped=None,
        )
        .order_by("day")
        .first()
    )
    if row is None:
        return None
    time = _PART[DayPart(row.part)] if row.part else Words("in de loop van de dag", "during the day")
    home = tenancy.home.address if tenancy.home else ""
    at_home = Words(f"bij u thuis, {home}", f"at your home, {home}")
    office = Words(f"bij ons, {head.street}", f"at our office, {head.street}")
    return Appointment(row.day, time, at_home if row.channel == Channel.VISIT else office)
