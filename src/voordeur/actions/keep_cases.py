"""What the program itself may do to cases: begin, rest and end them as the ledger says, and see that the gate opens.

Nothing here is a decision about people. Steps go through the same table as those of persons; what the table
refuses is left for a person.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from voordeur.actions import case_book
from voordeur.core import cases
from voordeur.core.case_table import TABLE
from voordeur.core.cases import Event, EventKind, Outcome, State
from voordeur.core.problems import Refused
from voordeur.store.bulk import chunks
from voordeur.store.convert_arrangements import running_plans
from voordeur.store.convert_diary import events_of, folded
from voordeur.store.models import Case, CaseEvent, Standing

R = TypeVar("R", Standing, Case)
AT_ONCE = 500
REST_DAYS = 28
"""A case that is paid stays open so long, in case the bank takes a direct debit back; then it is closed."""
_MAY_OPEN = next(row.states for row in TABLE if row.kind is EventKind.GATE_OPENED)


def keep_cases(tenancies: Iterable[int] | None, today: date) -> set[int]:
    """Bring the cases of these tenancies (None: of all) up to date with their standings. Safe to repeat.

    Returns the tenancies of which a fact changed that a policy may ask about: they want a new advice.
    """
    chosen = None if tenancies is None else frozenset(tenancies)
    changed: set[int] = set()
    begin = [one for one in _chosen(_without_case(), "pk", chosen) if _is_new(one, today)]
    for rows in chunks(begin, AT_ONCE):
        _begin(rows, today)
    for rows_ in chunks(_chosen(_with_work(today), "tenancy_id", chosen), AT_ONCE):
        with transaction.atomic():
            changed |= {row.tenancy_id for row in rows_ if _bring_up_to_date(row, today)}
    return changed


def _chosen(rows: QuerySet[R], name: str, chosen: frozenset[int] | None) -> list[R]:
    """The rows of these tenancies (None: all); of many, all are asked for and the others left out."""
    if chosen is None:
        return list(rows)
    if len(chosen) <= AT_ONCE:
        return list(rows.filter(**{f"{name}__in": chosen}))
    return [row for row in rows if getattr(row, name) in chosen]


def _without_case() -> QuerySet[Standing]:
    """Households that are really in arrears and have no open case."""
    has_case = Exists(Case.objects.filter(tenancy=OuterRef("pk"), closed_on=None))
    found = Standing.objects.filter(
        ~has_case, overdue__gt=0, technical=False, oldest_unpaid_due__isnull=False
    )
    settled = Case.objects.filter(tenancy=OuterRef("pk")).exclude(outcome=Outcome.PAID)
    found = found.annotate(settled_on=Subquery(settled.order_by("-closed_on").values("closed_on")[:1]))
    return found.order_by("pk")


def _is_new(standing: Standing, today: date) -> bool:
    """False for a debt whose case was ended by a decision, as long as the rent since then is paid."""
    settled_on: date | None = getattr(standing, "settled_on", None)
    return settled_on is None or not case_book.rent_is_paid_since(standing.pk, settled_on, today)


@transaction.atomic
def _begin(standings: Sequence[Standing], today: date) -> None:
    """Open a case for each; one that had a case before is a relapse and says so."""
    before = dict(
        Case.objects.filter(tenancy_id__in=[one.pk for one in standings])
        .values_list("tenancy_id")
        .annotate(Max("pk"))
    )
    numbers = _numbers(today.year)
    rows, events = [], []
    for standing in standings:
        since = case_book.behind_since(standing) or today
        row = Case(
            tenancy_id=standing.pk, number=next(numbers), previous_id=before.get(standing.pk), opened_on=today,
            overdue_since=since, state=State.OVERDUE, since=today,
        )  # fmt: skip
        objected, costs = _carried(row.previous_id, since)
        event = Event(
            EventKind.OPENED, today, since=since, previous=str(row.previous_id or ""), objected=objected, fee=costs
        )  # fmt: skip
        rows.append(row)
        events.append(event)
    Case.objects.bulk_create(rows)
    now = timezone.now()
    CaseEvent.objects.bulk_create(
        CaseEvent(case=row, sequence=1, kind=one.kind, day=one.day, details=cases.as_dict(one), recorded=now)
        for row, one in zip(rows, events, strict=True)
    )
    at, law = case_book.no_circumstances(today), case_book.law()
    case_book.keep_terms(
        case_book.Book(row, cases.fold([one]), at, law) for row, one in zip(rows, events, strict=True)
    )


def _carried(previous: int | None, since: date) -> tuple[date | None, int]:
    """What an earlier case about these same arrears leaves behind: the objection that stands, and costs asked."""
    row = previous and Case.objects.filter(pk=previous, closed_on__gte=since).first()
    if not row:
        return None, 0
    case = folded(events_of(row))
    return case.objection, case.costs


def _numbers(year: int) -> Iterator[str]:
    """The next numbers of this year: 2026-0417, 2026-0418, ..."""
    newest = (
        Case.objects.filter(number__startswith=f"{year}-").order_by("-pk").values_list("number", flat=True)
    )
    at = int(newest[0].split("-")[1]) if newest else 0
    while True:
        at += 1
        yield f"{year}-{at:04}"


def _with_work(today: date) -> QuerySet[Case]:
    """Open cases for which the day or the ledger may have changed something."""
    moving = (
        Q(tenancy__standing__overdue__lte=case_book.tolerance(today))
        | Q(state=State.CURRENT)
        | Q(state__in=(*_MAY_OPEN, State.SIGNAL_ELIGIBLE), events__kind=EventKind.REMINDER_SENT)
        | Q(held_until__lte=today)
        | Q(state=State.ON_HOLD)
        | (Q(state=State.PLAN_ACTIVE) & ~Exists(running_plans(OuterRef("tenancy"))))
    )
    found = Case.objects.filter(moving, closed_on=None).distinct().select_related("tenancy__standing")
    return found.order_by("pk")


def _bring_up_to_date(row: Case, today: date) -> bool:
    """Take every step that the program may take now. True when an answer to a policy changed."""
    book = case_book.read(row, today)
    before = (row.gate_open, row.held_until)
    taken = False
    for kind in _steps(book):
        try:
            since = case_book.behind_since(row.tenancy.standing) if kind is EventKind.FELL_BACK else None
            case_book.add(book, Event(kind, today, since=since))
            taken = True
        except Refused:
            continue
    if not taken and (row.held_until is not None or row.gate_open):
        case_book.keep(book)
    return before != (row.gate_open, row.held_until)


def _steps(book: case_book.Book) -> Iterator[EventKind]:
    """What the ledger and the day ask for, one at a time: each looks at the case as the step before left it."""
    on, row = book.at.on, book.row
    if book.case.state is State.ON_HOLD and not book.case.holds_on(on):
        yield EventKind.RELEASED
    if book.at.amount <= 0 and book.case.state not in (State.CURRENT, State.CLOSED):
        yield EventKind.PAID_OFF
    elif book.at.amount > 0 and book.case.state is State.CURRENT and _is_real(row):
        yield EventKind.FELL_BACK
    if (
        book.case.state is State.CURRENT
        and book.case.since
        and on >= book.case.since + timedelta(days=REST_DAYS)
    ):
        yield EventKind.CLOSED_PAID
    if book.case.state is State.PLAN_ACTIVE and book.at.plan_over:
        yield EventKind.PLAN_ENDED
    if book.case.state in _MAY_OPEN:
        yield EventKind.GATE_OPENED
    if book.case.state is State.SIGNAL_ELIGIBLE and not case_book.gate_open(book):
        yield EventKind.GATE_CLOSED


def _is_real(row: Case) -> bool:
    return not row.tenancy.standing.technical
