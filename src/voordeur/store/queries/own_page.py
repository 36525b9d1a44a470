"""What the own page of a tenant shows beside the ledger, and what staff see of links and of what was asked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from voordeur.adapters.arrangement_table import plan_of
from voordeur.core.access import Purpose, Role
from voordeur.core.arrangements.plain import terms_in
from voordeur.core.arrangements.schedule import in_words
from voordeur.core.arrangements.values import ArrangementState
from voordeur.core.contacts import DayPart
from voordeur.core.log_words import in_words as done_in_words
from voordeur.core.personal_links import Handed
from voordeur.core.register import ROLE_WORDS
from voordeur.core.tenant_asks import AskKind, AskState
from voordeur.core.words import Words
from voordeur.store.models import (
    Arrangement,
    AuditLine,
    Case,
    LetterHead,
    Tenancy,
    TenantAsk,
    TenantLink,
    User,
)


@dataclass(frozen=True, slots=True)
class Host:
    """The landlord, as the head of the page names it. The only thing that is seen before a link is opened."""

    name: str
    phone: str
    hours: Words
    iban: str


@dataclass(frozen=True, slots=True)
class AskLine:
    """One thing that a tenant asked."""

    id: int
    tenancy: int
    address: str
    kind: AskKind
    made: datetime
    day: date | None
    part: DayPart | None
    words: str
    state: AskState
    answer: str
    planned_day: date | None
    """PLANNED: on which day it stands on somebody's list."""
    planned_part: DayPart | None
    who: str
    """First name of whom it stands with."""


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A link as staff see it: never the code."""

    made: datetime
    by: str
    handed: Handed
    last: date
    opened: datetime | None
    revoked: datetime | None
    wrong: int


@dataclass(frozen=True, slots=True)
class LookLine:
    """Somebody who looked at the file or did something: what work that person does, not who it is."""

    at: datetime
    role: Words
    did: Words


def host() -> Host:
    """The landlord; without a letter head only an empty name."""
    head = LetterHead.objects.order_by("-pk").first()
    if head is None:
        return Host("", "", Words("", ""), "")
    return Host(head.name, head.phone, Words(head.hours_nl, head.hours_en), head.iban)


def reference(tenancy_id: int) -> str:
    """What somebody writes with a payment so that it is known again."""
    row = Tenancy.objects.only("payment_reference", "key").get(pk=tenancy_id)
    return row.payment_reference or row.key


def looked_after_by(tenancy_id: int) -> str:
    """First name of who looks after the open case, or of the manager of the neighbourhood; empty: nobody does."""
    case = Case.objects.filter(tenancy=tenancy_id, closed_on=None).select_related("owner").first()
    if case is not None and case.owner is not None:
        return case.owner.first_name
    place = Tenancy.objects.filter(pk=tenancy_id).values("neighbourhood")
    near = User.objects.filter(neighbourhoods__in=place, role=Role.NEIGHBOURHOOD_MANAGER, is_active=True)
    return near.order_by("pk").values_list("first_name", flat=True).first() or ""


def last_link(tenancy_id: int) -> LinkLine | None:
    """The newest link of a household."""
    row = TenantLink.objects.filter(tenancy=tenancy_id).select_related("made_by").order_by("-pk").first()
    if row is None:
        return None
    return LinkLine(
        row.made, str(row.made_by or ""), Handed(row.handed), row.last, row.opened, row.revoked, row.wrong
    )


def asks_of(tenancy_id: int, most: int = 5) -> tuple[AskLine, ...]:
    """What this household asked, newest first."""
    rows = _with_more(TenantAsk.objects.filter(tenancy=tenancy_id))
    return tuple(_ask(row) for row in rows.order_by("-made")[:most])


def _open_asks(neighbourhoods: Collection[int] | None, most: int = 40) -> tuple[AskLine, ...]:
    """The oldest first."""
    rows = _with_more(TenantAsk.objects.filter(state=AskState.OPEN))
    if neighbourhoods is not None:
        rows = rows.filter(tenancy__neighbourhood__in=neighbourhoods)
    return tuple(_ask(row) for row in rows.order_by("made", "pk")[:most])


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """A plan that a tenant proposed and that nobody decided on yet."""

    id: int
    address: str
    plan: Words


@dataclass(frozen=True, slots=True)
class Waiting:
    """What tenants asked and proposed, and that a person has to decide on."""

    asks: tuple[AskLine, ...]
    proposals: tuple[ProposalLine, ...]


def waiting(neighbourhoods: Collection[int] | None = None) -> Waiting:
    """What waits for a person; only of these neighbourhoods when given. Two queries."""
    return Waiting(_open_asks(neighbourhoods), _open_proposals(neighbourhoods))


def _open_proposals(neighbourhoods: Collection[int] | None, most: int = 40) -> tuple[ProposalLine, ...]:
    """The oldest first."""
    rows = Arrangement.objects.filter(state=ArrangementState.PROPOSED, origin="tenant", agreed_on=None)
    if neighbourhoods is not None:
        rows = rows.filter(tenancy__neighbourhood__in=neighbourhoods)
    rows = rows.select_related("tenancy__home").order_by("made_on", "pk")
    return tuple(_proposal(row) for row in rows[:most])


def _proposal(row: Arrangement) -> ProposalLine:
    address = row.tenancy.home.address if row.tenancy.home else row.tenancy.key
    return ProposalLine(row.pk, address, in_words(plan_of(terms_in(row.terms))))


def one_ask(row: TenantAsk) -> AskLine:
    """The same of one that `actions.answer_ask.see_ask` found."""
    return _ask(_with_more(TenantAsk.objects.filter(pk=row.pk)).get())


def last_looks(tenancy_id: int, most: int = 5) -> tuple[LookLine, ...]:
    """The newest looks and deeds of staff, for the tenant."""
    rows = (
        AuditLine.objects.filter(subject=f"tenancy:{tenancy_id}")
        .exclude(actor=None)
        .exclude(purpose=Purpose.OWN)
    )
    return tuple(
        LookLine(row.at, ROLE_WORDS[Role(row.actor.role)], done_in_words(row.action))
        for row in rows.select_related("actor").order_by("-id")[:most]
        if row.actor is not None
    )


def _with_more(rows: QuerySet[TenantAsk]) -> QuerySet[TenantAsk]:
    return rows.select_related("tenancy__home", "planned__who")


def _ask(row: TenantAsk) -> AskLine:
    planned = row.planned
    return AskLine(
        id=row.pk,
        tenancy=row.tenancy_id,
        address=row.tenancy.home.address if row.tenancy.home else row.tenancy.key,
        kind=AskKind(row.kind),
        made=row.made,
        day=row.day,
        part=DayPart(row.part) if row.part else None,
        words=row.words,
        state=AskState(row.state),
        answer=row.answer,
        planned_day=planned.day if planned else None,
        planned_part=DayPart(planned.part) if planned and planned.part else None,
        who=planned.who.first_name if planned else "",
    )
