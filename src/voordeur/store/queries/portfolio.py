"""The portfolio: sums per neighbourhood, how long it has been open, the trend, and what waits in the office.

Read from the points that were drawn at the last assessment, never from the standings: a page is as fast for a hundred
thousand households as for ten.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Sum

from voordeur.core.money import split
from voordeur.store.models import (
    BankLine,
    ImportProblem,
    ImportRun,
    Neighbourhood,
    PortfolioPoint,
    User,
)
from voordeur.store.queries.worklist import FORMER, VISITS, steps_by_place

MONTHS = 24
BUCKETS = 4


@dataclass(frozen=True, slots=True)
class NeighbourhoodLine:
    """One neighbourhood as it stands today."""

    id: int | None
    name: str
    tenancies: int
    in_arrears: int
    overdue: int
    """Cents."""
    buckets: tuple[int, ...]
    """Cents overdue up to 30, 60, 90 days and longer."""
    visits_asked: int
    visits_possible: int

    @property
    def too_many(self) -> int:
        """Visits asked for beyond the hours there are."""
        return max(0, self.visits_asked - self.visits_possible)


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """All neighbourhoods together on one day."""

    on: date
    tenancies: int
    in_arrears: int
    overdue: int
    entered: int = 0
    """Households that fell behind in the month that ended on the day."""
    cured: int = 0
    """Households that were behind and are not any more."""
    relapsed: int = 0
    """Of those that fell behind: who was behind before, within the last twelve months."""


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Everything the portfolio page shows about money. No addresses, no names."""

    lines: tuple[NeighbourhoodLine, ...]
    total: NeighbourhoodLine
    former_tenants: int
    """People who no longer rent and still owe; not in the lines."""
    former_owe: int
    """Cents."""
    trend: tuple[TrendPoint, ...]
    """Month ends, oldest first; the last point is that of the day on which the standings were drawn."""
    on: date | None
    """The day of the figures; None when nothing was assessed yet."""


@dataclass(frozen=True, slots=True)
class OfficeWork:
    """What waits for somebody in the office, counted."""

    proposals: int
    unknown_payments: int
    problems: int
    steps: dict[str, int]
    """Households per next step."""
    former: int
    """Former tenants to ring."""


def portfolio(today: date) -> Portfolio:
    """The portfolio as it was drawn last (`actions/draw_portfolio.py`). Five queries over points, whatever the size."""
    names = dict(Neighbourhood.objects.values_list("pk", "name"))
    possible, trend = _visits_possible(), _trend(today)
    points = _points(trend[-1].on if trend else today)
    lines = [_line(key, names, points.get(key), possible) for key in {*names, *points}]
    lines.sort(key=lambda line: (-line.overdue, line.name))
    return Portfolio(
        lines=tuple(line for line in lines if line.id is not None or line.tenancies),
        total=_together(lines),
        former_tenants=sum(point.former_in_arrears for point in points.values()),
        former_owe=sum(point.former_overdue for point in points.values()),
        trend=trend,
        on=trend[-1].on if trend else None,
    )


def _points(on: date) -> dict[int | None, PortfolioPoint]:
    """Per neighbourhood the point of one day."""
    return {point.neighbourhood_id: point for point in PortfolioPoint.objects.filter(on=on)}


def _line(
    key: int | None, names: dict[int, str], point: PortfolioPoint | None, possible: dict[int | None, int]
) -> NeighbourhoodLine:
    buckets = point.buckets if point else []
    return NeighbourhoodLine(
        id=key,
        name=names.get(key, "") if key else "",
        tenancies=point.tenancies if point else 0,
        in_arrears=point.in_arrears if point else 0,
        overdue=point.overdue if point else 0,
        buckets=(*buckets[:BUCKETS], *[0] * (BUCKETS - len(buckets))),
        visits_asked=sum(point.steps.get(step, 0) for step in VISITS) if point else 0,
        visits_possible=possible.get(key, 0),
    )


def _visits_possible() -> dict[int | None, int]:
    """Visits a week per neighbourhood. Somebody with several spreads the hours evenly over them."""
    possible: dict[int | None, int] = {}
    managers = User.objects.filter(is_active=True, neighbourhoods__isnull=False).distinct()
    for manager in managers.prefetch_related("neighbourhoods"):
        own = sorted(place.pk for place in manager.neighbourhoods.all())
        for place, share in zip(own, split(manager.weekly_visits, len(own)), strict=True):
            possible[place] = possible.get(place, 0) + share
    return possible


def _together(lines: list[NeighbourhoodLine]) -> NeighbourhoodLine:
    return NeighbourhoodLine(
        id=None,
        name="",
        tenancies=sum(line.tenancies for line in lines),
        in_arrears=sum(line.in_arrears for line in lines),
        overdue=sum(line.overdue for line in lines),
        buckets=tuple(sum(line.buckets[at] for line in lines) for at in range(BUCKETS)),
        visits_asked=sum(line.visits_asked for line in lines),
        visits_possible=sum(line.visits_possible for line in lines),
    )


def _trend(today: date) -> tuple[TrendPoint, ...]:
    """The last two years of points, all neighbourhoods together."""
    sums = ("tenancies", "in_arrears", "overdue", "entered", "cured", "relapsed")
    days = (
        PortfolioPoint.objects.filter(on__range=(today - timedelta(days=31 * (MONTHS + 1)), today))
        .order_by("-on")
        .values_list("on")
        .annotate(*(Sum(name) for name in sums))[: MONTHS + 1]
    )
    return tuple(TrendPoint(*row) for row in reversed(days))


def office_work(today: date) -> OfficeWork:
    """What waits in the office. Three queries."""
    lines = dict(
        BankLine.objects.order_by()
        .filter(state__in=(BankLine.State.PROPOSED, BankLine.State.UNKNOWN))
        .values_list("state")
        .annotate(n=Count("pk"))
    )
    steps = steps_by_place(today).values()
    total = sum((Counter(one) for one in steps), Counter[str]())
    former = total.pop(FORMER, 0)
    return OfficeWork(
        proposals=lines.get(BankLine.State.PROPOSED, 0),
        unknown_payments=lines.get(BankLine.State.UNKNOWN, 0),
        problems=ImportProblem.objects.filter(solved=False, run__state=ImportRun.State.BOOKED).count(),
        steps=dict(total),
        former=former,
    )
