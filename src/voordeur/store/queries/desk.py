"""The desk of a consultant: open cases by next step, and what ends this week."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from voordeur.core.calendar import DaySet
from voordeur.core.case_terms import TermKind
from voordeur.core.contacts import PromiseState, promise_state
from voordeur.core.money import euros
from voordeur.core.words import Words
from voordeur.store import convert_diary
from voordeur.store.models import Case as CaseRow
from voordeur.store.models import CaseTerm, Cover, Promise, Proposal, User
from voordeur.store.queries.team import SecondOpinion, opinions


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
    """Days of the coming week that matter, and what had to be done before today and was not; nearest first."""
    promises: tuple[TermLine, ...]
    """Promises that end this week, or ended in the past month and were not kept: the newest of each household."""
    holds: tuple[TermLine, ...]
    """Holds that end within two weeks."""
    waiting: tuple[SecondOpinion, ...]
    """Decisions that wait for a second person, oldest first."""
    in_all: int


SHOWN = 6
"""Lines of each list of the desk that are shown at first."""
STEPS = ("refer", "letter", "arrangement", "call", "message", "visit", "second_visit", "wait")


def desk(
    today: date, *, owners: Collection[int] | None = None, shown: int = SHOWN, banks: DaySet | None = None
) -> Desk:
    """The open cases by next step; only those of `owners` when given. A handful of queries, however many cases."""
    found = _open(owners)
    counts = dict(found.order_by().values_list("tenancy__standing__action").annotate(Count("pk")))
    steps = tuple(
        (action, _desk_lines(found.filter(tenancy__standing__action=action), shown), counts[action])
        for action in STEPS
        if counts.get(action)
    )
    return Desk(
        steps=steps,
        terms=_terms(found, _DAYS, today + timedelta(days=7), today),
        promises=_promises(found, today, banks),
        holds=_terms(found, ("hold",), today + timedelta(days=14)),
        waiting=opinions(Proposal.objects.filter(decided=None, case__in=found)),
        in_all=sum(counts.values()),
    )


def _open(owners: Collection[int] | None) -> QuerySet[CaseRow]:
    found = CaseRow.objects.filter(closed_on=None)
    return found if owners is None else found.filter(owner__in=owners)


def works_for(user: User, today: date) -> frozenset[int]:
    """Whose cases somebody looks after today: the own, and those of colleagues they stand in for."""
    away = Cover.objects.filter(cover=user, first__lte=today, last__gte=today)
    return frozenset({user.pk, *away.values_list("absent", flat=True)})


@dataclass(frozen=True, slots=True)
class DeskPage:
    """One page of all the cases with one next step, the most urgent first."""

    lines: tuple[DeskLine, ...]
    number: int
    pages: int
    in_all: int


PAGE = 50


def desk_step(
    step: str, *, owners: Collection[int] | None = None, page: int = 1, size: int = PAGE
) -> DeskPage:
    """All the cases of which this is the next step; a page that is not there becomes the nearest that is."""
    found = _open(owners).filter(tenancy__standing__action=step)
    in_all = found.count()
    pages = max(1, -(-in_all // size))
    number = min(max(page, 1), pages)
    lines = _desk_lines(found, number * size, (number - 1) * size)
    return DeskPage(lines, number, pages, in_all)


MOST_TERMS = 40


def _desk_lines(found: QuerySet[CaseRow], most: int, first: int = 0) -> tuple[DeskLine, ...]:
    waits = Exists(Proposal.objects.filter(case=OuterRef("pk"), decided=None))
    rows = (
        found.select_related("tenancy__home", "tenancy__standing", "owner")
        .defer("tenancy__standing__why_not", "tenancy__standing__buckets")
        .annotate(waits=waits)
        .order_by("-tenancy__standing__urgency", "pk")[first:most]
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


def _promises(found: QuerySet[CaseRow], today: date, banks: DaySet | None) -> tuple[TermLine, ...]:
    """Those that somebody has to look at; what was kept is no work any more."""
    rows = (
        Promise.objects.filter(
            withdrawn=None, tenancy__cases__in=found, until__gte=today - timedelta(days=31)
        )
        .select_related("tenancy__home")
        .order_by("made_on", "pk")
        .distinct()
    )
    newest = {row.tenancy_id: row for row in rows}
    paid = convert_diary.credited(newest)
    cases = {case.tenancy_id: case for case in found.filter(tenancy__in=newest).select_related("owner")}
    lines = [
        (row, promise_state(convert_diary.promise(row), paid.get(tenancy, []), today, banks))
        for tenancy, row in newest.items()
    ]
    due = [
        _promise_line(row, cases[row.tenancy_id], state)
        for row, state in lines
        if state is PromiseState.BROKEN
        or (state is PromiseState.OPEN and row.until <= today + timedelta(days=7))
    ]
    return tuple(sorted(due, key=lambda one: (one.day, one.tenancy))[:MOST_TERMS])


def _promise_line(row: Promise, case: CaseRow, state: PromiseState) -> TermLine:
    sum_, said = euros(row.amount), state.words
    return TermLine(
        tenancy=row.tenancy_id,
        address=row.tenancy.home.address if row.tenancy.home else row.tenancy.key,
        number=case.number,
        kind="promise",
        day=row.until,
        words=Words(f"{sum_.nl}: {said.nl}", f"{sum_.en}: {said.en}"),
        basis="",
        statutory=False,
        owner=str(case.owner or ""),
    )


_DAYS = (TermKind.DEADLINE, TermKind.TARGET, TermKind.THEIRS)


def _terms(
    found: QuerySet[CaseRow], kinds: Sequence[str], until: date, since: date | None = None
) -> tuple[TermLine, ...]:
    """Nearest first. `since`: of what lay before that day, only what somebody still has to do."""
    still = Q(kind=TermKind.DEADLINE) | Q(day__gte=since) if since else Q()
    rows = (
        CaseTerm.objects.filter(still, case__in=found, kind__in=kinds, day__lte=until)
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
