"""The portfolio on each month end of ten years and today, per neighbourhood: what the portfolio page shows.

Month ends come from the time machine (`engine/months.py`), as they stood by what is known now; today comes from the
standings. The page reads these points and never the standings themselves.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet, Sum

from voordeur.actions.findings import NO_STEP
from voordeur.store.bulk import insert_rows
from voordeur.store.models import PortfolioPoint, Standing
from voordeur.store.queries.worklist import CONTACTS, FORMER

if TYPE_CHECKING:
    import pyarrow as pa

    from voordeur.engine.months import TimeMachine

MONTHS_BACK = 120
_COLUMNS = (
    "neighbourhood_id", "on", "tenancies", "in_arrears", "overdue", "buckets", "former_in_arrears",
    "former_overdue", "credit", "entered", "cured", "relapsed", "steps",
)  # fmt: skip


def month_end_before(today: date) -> date:
    """The last day of the month before this one."""
    return today.replace(day=1) - timedelta(days=1)


def time_machine(today: date) -> "TimeMachine":
    """What has to be shown every ledger to know each month end before `today`, per neighbourhood."""
    from voordeur.engine.months import Portfolio, TimeMachine
    from voordeur.store.arrow import DAY, NUMBER, columns

    contracts = columns(
        'SELECT id AS tenancy, neighbourhood_id AS "group", "end" AS ended FROM store_tenancy ORDER BY id',
        {"tenancy": NUMBER, "group": NUMBER, "ended": DAY},
    )
    return TimeMachine(Portfolio(month_end_before(today), MONTHS_BACK, contracts))


@transaction.atomic
def draw_portfolio(today: date, past: "pa.Table") -> int:
    """Keep the month ends of the time machine, and today; whatever else was drawn goes. How many points."""
    PortfolioPoint.objects.all().delete()
    rows = list(_month_ends(past))
    insert_rows(PortfolioPoint, _COLUMNS, rows)
    return len(rows) + draw_today(today)


def _month_ends(past: "pa.Table") -> Iterator[tuple[Any, ...]]:
    """Rows of `_COLUMNS` from `TimeMachine.points`; a month in which nothing ran and nobody owed is no point."""
    for point in past.to_pylist():
        buckets = [cents for name, cents in point.items() if name.startswith("open_")]
        if not (point["tenancies"] or point["overdue"] or point["credit"]):
            continue
        yield (
            point["group"], point["on"], point["tenancies"],
            point["in_arrears"] - point["former_in_arrears"], point["overdue"] - point["former_overdue"],
            json.dumps(buckets), point["former_in_arrears"], point["former_overdue"], point["credit"],
            point["entered"], point["cured"], point["relapsed"], "{}",
        )  # fmt: skip


@dataclass(slots=True)
class _Today:
    tenancies: int = 0
    in_arrears: int = 0
    overdue: int = 0
    buckets: list[int] = field(default_factory=list)
    former_in_arrears: int = 0
    former_overdue: int = 0
    credit: int = 0
    steps: Counter[str] = field(default_factory=Counter)

    def row(self, place: int | None, on: date) -> tuple[Any, ...]:
        steps = json.dumps({step: count for step, count in self.steps.items() if count})
        return (
            place, on, self.tenancies, self.in_arrears, self.overdue, json.dumps(self.buckets),
            self.former_in_arrears, self.former_overdue, self.credit, 0, 0, 0, steps,
        )  # fmt: skip


@transaction.atomic
def draw_today(today: date, places: Iterable[int | None] | None = None) -> int:
    """Draw today's points anew from the standings: of these neighbourhoods, or (None, or no points today yet) of all.

    Points of another day that is no month end go: a portfolio has one today. How many were drawn.
    """
    days = set(PortfolioPoint.objects.order_by("on").values_list("on", flat=True).distinct())
    PortfolioPoint.objects.filter(on__in=[day for day in days - {today} if not _is_month_end(day)]).delete()
    points, standings = PortfolioPoint.objects.filter(on=today), Standing.objects.order_by()
    if places is not None and today in days:
        wanted = set(places)
        here = Q(neighbourhood__in=wanted - {None})
        here = here | Q(neighbourhood=None) if None in wanted else here
        points, standings = points.filter(here), standings.filter(here)
    points.delete()
    rows = [one.row(place, today) for place, one in _from_standings(standings, today).items()]
    return insert_rows(PortfolioPoint, _COLUMNS, rows)


def _is_month_end(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def _from_standings(standings: "QuerySet[Standing]", today: date) -> dict[int | None, _Today]:
    found: dict[int | None, _Today] = defaultdict(_Today)
    running = standings.filter(Q(tenancy__end=None) | Q(tenancy__end__gte=today))
    for place, count, credit in running.values_list("neighbourhood_id").annotate(Count("pk"), Sum("credit")):
        found[place].tenancies, found[place].credit = count, credit
    behind = standings.filter(overdue__gt=0).values_list(
        "neighbourhood_id", "overdue", "buckets", "tenancy__end"
    )
    for place, overdue, buckets, end in behind.iterator(chunk_size=5_000):
        one = found[place]
        if end is not None and end < today:
            one.former_in_arrears += 1
            one.former_overdue += overdue
            continue
        one.in_arrears += 1
        one.overdue += overdue
        one.buckets = [a + b for a, b in zip(one.buckets or [0] * len(buckets), buckets, strict=True)]
    acting = standings.exclude(action__in=NO_STEP)
    for place, action, count in acting.values_list("neighbourhood_id", "action").annotate(Count("pk")):
        found[place].steps[action] = count
    former = acting.filter(tenancy__end__lt=today).values_list("neighbourhood_id", "action")
    for place, action, count in former.annotate(Count("pk")):
        found[place].steps[action] -= count
        found[place].steps[FORMER] += count if action in CONTACTS else 0
    return found
