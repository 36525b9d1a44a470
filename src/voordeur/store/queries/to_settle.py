"""What phones recorded and a person still has to look at; which phones carry a day; who said yes to a handover."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from voordeur.core.access import Role
from voordeur.core.visit_card import VisitCard, read_visit
from voordeur.core.visits import ConsentFor, DangerKind, EventState
from voordeur.core.words import Words
from voordeur.store.field_content import payload_of
from voordeur.store.models import CaseEvent, Consent, FieldEvent, PhoneDay, SafetyNote, User, VisitConflict
from voordeur.store.queries.reach import own_neighbourhoods

WAITING = (EventState.CONTRADICTS, EventState.REFUSED, EventState.UNFINISHED)
MOST = 100


@dataclass(frozen=True, slots=True)
class ToSettle:
    """One line of the list: no words of the tenant, no name of the tenant."""

    id: UUID
    address: str
    who: str
    """The colleague."""
    happened: datetime
    state: str
    why: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Recorded:
    """One record of a visit, as its reader sees it."""

    id: UUID
    who: str
    happened: datetime
    received: datetime
    said_at: datetime
    clock: str
    card: VisitCard | None
    raw: Mapping[str, Any]
    """What came in, where it is no readable card."""


@dataclass(frozen=True, slots=True)
class VisitToSettle:
    """One thing to decide on, with both versions when there are two."""

    id: UUID
    tenancy: int | None
    address: str
    state: str
    settled: bool
    why: tuple[tuple[Words, Words], ...]
    """What stood in the way, and what to do."""
    record: Recorded
    other: Recorded | None
    """The record that counts until somebody chooses."""
    contradiction: Words | None
    case_step: bool
    """What counts until somebody chooses is a step in the case, which stays there."""


@dataclass(frozen=True, slots=True)
class Handover:
    """A tenant who said yes: the municipality may be rung."""

    id: int
    tenancy: int
    address: str
    day: date
    who: str


@dataclass(frozen=True, slots=True)
class Warned:
    """A safety note that still counts."""

    id: int
    tenancy: int
    address: str
    kind: Words
    until: date


@dataclass(frozen=True, slots=True)
class CarriedPhone:
    """A phone that carries a day, or may still hold something."""

    id: UUID
    who: str
    label: str
    begun: datetime
    until: datetime
    last_contact: datetime
    waiting: int
    stops: int
    state: str
    """`active`, `revoked` (not heard since) or `over`."""


def to_settle(user: User, today: date) -> tuple[ToSettle, ...]:
    """What waits for a person, oldest first: of the own neighbourhoods, or everywhere for the office."""
    rows = _within(FieldEvent.objects.filter(settled=None), user, today)
    rows = rows.filter(Q(state__in=WAITING) | ~Q(problems=[])).exclude(state=EventState.SET_ASIDE)
    found = rows.select_related("tenancy__home", "phone__user").order_by("received", "pk")[:MOST]
    return tuple(_line(row) for row in found)


def one_to_settle(event: FieldEvent) -> VisitToSettle:
    """All that a person has to see to decide."""
    conflict = VisitConflict.objects.filter(second=event).select_related("first__phone__user").first()
    return VisitToSettle(
        id=event.pk,
        tenancy=event.tenancy_id,
        address=_address(event),
        state=event.state,
        settled=event.settled is not None,
        why=tuple((Words(nl, en), Words(cure_nl, cure_en)) for _, nl, en, cure_nl, cure_en in event.problems),
        record=_recorded(event),
        other=_recorded(conflict.first) if conflict else None,
        contradiction=Words(conflict.nl, conflict.en) if conflict else None,
        case_step=conflict is not None and _in_case(conflict.first),
    )


def _in_case(event: FieldEvent) -> bool:
    """Did this record become a step in a case?"""
    return (
        event.contact_id is not None
        and CaseEvent.objects.filter(
            case__tenancy=event.tenancy_id, details__evidence=f"contact:{event.contact_id}"
        ).exists()
    )


def handovers(today: date) -> tuple[Handover, ...]:
    """Who said yes and was not handed over yet, oldest first."""
    rows = Consent.objects.filter(purpose=ConsentFor.HANDOVER, given=True, withdrawn=None, passed_on=None)
    newer_no = Consent.objects.filter(tenancy=OuterRef("tenancy"), pk__gt=OuterRef("pk"), given=False)
    rows = rows.filter(~Exists(newer_no)).select_related("tenancy__home", "by").order_by("day", "pk")
    return tuple(Handover(one.pk, one.tenancy_id, _home(one), one.day, str(one.by)) for one in rows[:MOST])


def warned_doors(user: User, today: date) -> tuple[Warned, ...]:
    """Safety notes that count today, for who goes there: of the own neighbourhoods only."""
    rows = _within(SafetyNote.objects.filter(until__gte=today, withdrawn=None), user, today)
    return tuple(
        Warned(one.pk, one.tenancy_id, _home(one), DangerKind(one.kind).words, one.until)
        for one in rows.select_related("tenancy__home").order_by("until", "pk")[:MOST]
    )


def carried_phones(now: datetime) -> tuple[CarriedPhone, ...]:
    """Phones that can still read a day, and those that were revoked and have not said that they are wiped."""
    open_days = Q(until__gt=now, ended=None) | Q(waiting__gt=0)
    rows = PhoneDay.objects.filter(open_days, wiped=None).select_related("user").order_by("-begun")[:MOST]
    return tuple(_phone(row, now) for row in rows)


def _phone(row: PhoneDay, now: datetime) -> CarriedPhone:
    state = "revoked" if row.revoked else "over" if row.ended or row.until <= now else "active"
    return CarriedPhone(
        row.pk, str(row.user), row.label, row.begun, row.until, row.last_contact, row.waiting, row.stops.count(), state
    )  # fmt: skip


def _within(rows: QuerySet[Any], user: User, today: date) -> QuerySet[Any]:
    if Role(user.role) is not Role.NEIGHBOURHOOD_MANAGER:
        return rows
    return rows.filter(tenancy__neighbourhood__in=own_neighbourhoods(user, today))


def _line(row: FieldEvent) -> ToSettle:
    why = tuple(Words(nl, en) for _, nl, en, _cure_nl, _cure_en in row.problems)
    return ToSettle(row.pk, _address(row), str(row.phone.user), row.happened, row.state, why)


def _recorded(row: FieldEvent) -> Recorded:
    raw = payload_of(row)
    card = read_visit(raw) if row.kind == "visit" else None
    return Recorded(
        row.pk, str(row.phone.user), row.happened, row.received, row.said_at, row.clock,
        card if isinstance(card, VisitCard) else None, raw,
    )  # fmt: skip


def _address(row: FieldEvent) -> str:
    return _home(row) if row.tenancy is not None else ""


def _home(row: Any) -> str:
    home = row.tenancy.home
    return str(home.address if home else row.tenancy.key)
