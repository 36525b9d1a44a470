"""The desk of a consultant: open cases by next step, and what ends this week."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from voordeur.core.words import Words
from voordeur.store.models import Case as CaseRow
from voordeur.store.models import CaseTerm, Proposal


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One case on the desk of a consultant."""

    tenancy: int
    address: str
    number: str
    state: str
    action: str
    title: Words
    reason: Words
    overdue: int
    days: int
    owner: str
    held_until: date | None
    waits: bool
    """A decision waits for a second person."""


@dataclass(frozen=True, slots=True)
class TermLine:
    """Something that ends or is due."""

    tenancy: int
    address: str
    number: str
    kind: str
    day: date
    words: Words
    basis: str
    statutory: bool
    owner: str


@dataclass(frozen=True, slots=True)
class Desk:
    """What waits for a consultant."""

    steps: tuple[tuple[str, tuple[DeskLine, ...], int], ...]
    """Per next step: its code, the most urgent cases, how many in all."""
    terms: tuple[TermLine, ...]
    """Deadlines of the coming week and those that have passed, nearest first."""
    promises: tuple[TermLine, ...]
    """Promises that end this week, or ended and were not kept."""
    holds: tuple[TermLine, ...]
    """Holds that end within two weeks."""
    waiting: tuple[DeskLine, ...]
    """Cases in which a decision waits for a second person."""
    in_all: int


SHOWN = 12
"""Lines of each list of the desk that are shown at first."""
ORDER = ("refer", "letter", "arrangement", "call", "message", "visit", "second_visit", "wait")


def desk(today: date, *, owner: int | None = None, shown: int = SHOWN) -> Desk:
    """The open cases by next step; only those of `owner` when given. A handful of queries, however many cases."""
    found = CaseRow.objects.filter(closed_on=None)
    if owner is not None:
        found = found.filter(owner=owner)
    counts = dict(found.order_by().values_list("tenancy__standing__action").annotate(Count("pk")))
    steps = tuple(
        (action, _desk_lines(found.filter(tenancy__standing__action=action), shown), counts[action])
        for action in ORDER
        if counts.get(action)
    )
    waiting = found.filter(proposals__decided=None, proposals__isnull=False)
    return Desk(
        steps=steps,
        terms=_terms(found, "deadline", today + timedelta(days=7), today),
        promises=_terms(found, "promise", today + timedelta(days=7)),
        holds=_terms(found, "hold", today + timedelta(days=14)),
        waiting=_desk_lines(waiting, MOST_TERMS),
        in_all=sum(counts.values()),
    )


MOST_TERMS = 40


def _desk_lines(found: QuerySet[CaseRow], most: int) -> tuple[DeskLine, ...]:
    waits = Exists(Proposal.objects.filter(case=OuterRef("pk"), decided=None))
    rows = (
        found.select_related("tenancy__home", "tenancy__standing", "owner")
        .defer("tenancy__standing__why_not", "tenancy__standing__buckets")
        .annotate(waits=waits)
        .order_by("-tenancy__standing__urgency", "pk")[:most]
    )
    return tuple(_desk_line(row) for row in rows)


def _desk_line(row: CaseRow) -> DeskLine:
    standing = row.tenancy.standing
    return DeskLine(
        tenancy=row.tenancy_id,
        address=row.tenancy.home.address if row.tenancy.home else row.tenancy.key,
        number=row.number,
        state=row.state,
        action=standing.action,
        title=Words(standing.action_title_nl, standing.action_title_en),
        reason=Words(standing.reason_nl, standing.reason_en),
        overdue=standing.overdue,
        days=standing.days_overdue,
        owner=str(row.owner or ""),
        held_until=row.held_until,
        waits=bool(getattr(row, "waits", False)),
    )


def _terms(
    found: QuerySet[CaseRow], kind: str, until: date, since: date | None = None
) -> tuple[TermLine, ...]:
    """Nearest first. `since`: our own targets from before that day are left out, they are work for the lists."""
    still = Q(statutory=True) | Q(day__gte=since) if since else Q()
    rows = (
        CaseTerm.objects.filter(still, case__in=found, kind=kind, day__lte=until)
        .select_related("case__tenancy__home", "owner")
        .order_by("day", "pk")[:MOST_TERMS]
    )
    return tuple(
        TermLine(
            tenancy=row.case.tenancy_id,
            address=row.case.tenancy.home.address if row.case.tenancy.home else row.case.tenancy.key,
            number=row.case.number,
            kind=row.kind,
            day=row.day,
            words=Words(row.nl, row.en),
            basis=row.basis,
            statutory=row.statutory,
            owner=str(row.owner or ""),
        )
        for row in rows
    )
