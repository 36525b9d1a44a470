"""The portfolio: sums per neighbourhood, how long it has been open, the trend, and what waits in the office."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max, Q, Sum

from voordeur.core.money import split
from voordeur.store.models import (
    BankLine,
    ImportProblem,
    ImportRun,
    Neighbourhood,
    PortfolioPoint,
    Standing,
    Tenancy,
    User,
)
from voordeur.store.queries.worklist import CONTACTS, NO_STEP, VISITS, running

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
    """Month ends, oldest first; the last point is today's when the nightly run made one."""
    on: date | None
    """The day of the standings; None when nothing was assessed yet."""


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
    """The portfolio of tenancies that run today, as of the last assessment. Nine queries, whatever the size."""
    names = dict(Neighbourhood.objects.values_list("pk", "name"))
    possible, tenancies, visits = _visits_possible(), _tenancies(today), _visits_asked(today)
    owed, former = _owed(today)
    lines = [
        NeighbourhoodLine(
            id=key,
            name=names.get(key, "") if key else "",
            tenancies=tenancies.get(key, 0),
            in_arrears=owed[key].households if key in owed else 0,
            overdue=owed[key].cents if key in owed else 0,
            buckets=tuple(owed[key].buckets) if key in owed else (0,) * BUCKETS,
            visits_asked=visits.get(key, 0),
            visits_possible=possible.get(key, 0),
        )
        for key in {*names, *tenancies}
    ]
    lines.sort(key=lambda line: (-line.overdue, line.name))
    newest = Standing.objects.aggregate(on=Max("on"))["on"]
    return Portfolio(tuple(lines), _together(lines), former.households, former.cents, _trend(today), newest)


def _tenancies(today: date) -> dict[int | None, int]:
    """Running tenancies per neighbourhood."""
    run = Tenancy.objects.filter(Q(end=None) | Q(end__gte=today)).filter(Q(start=None) | Q(start__lte=today))
    return dict(run.order_by().values_list("neighbourhood_id").annotate(n=Count("pk")))


def _visits_asked(today: date) -> dict[int | None, int]:
    asked = Standing.objects.filter(running(today), action__in=VISITS).order_by()
    return dict(asked.values_list("neighbourhood_id").annotate(n=Count("pk")))


@dataclass(slots=True)
class _Owed:
    households: int = 0
    cents: int = 0
    buckets: list[int] = field(default_factory=lambda: [0] * BUCKETS)


def _owed(today: date) -> tuple[dict[int | None, _Owed], _Owed]:
    """What is overdue: per neighbourhood, and apart what former tenants owe.

    Buckets of a standing add up to its overdue sum, so rows and columns add up too.
    """
    sums: dict[int | None, _Owed] = {}
    former = _Owed()
    behind = Standing.objects.filter(overdue__gt=0)
    rows = behind.values_list("neighbourhood_id", "overdue", "buckets", "tenancy__end")
    for neighbourhood, cents, buckets, end in rows.iterator(chunk_size=5000):
        gone = end is not None and end < today
        owed = former if gone else sums.setdefault(neighbourhood, _Owed())
        owed.households += 1
        owed.cents += cents
        for at, part in enumerate(buckets[:BUCKETS]):
            owed.buckets[at] += part
    return sums, former


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
    days = (
        PortfolioPoint.objects.filter(on__lte=today)
        .order_by("-on")
        .values_list("on")
        .annotate(Sum("tenancies"), Sum("in_arrears"), Sum("overdue"))[: MONTHS + 1]
    )
    return tuple(TrendPoint(*row) for row in reversed(days))


def office_work(today: date) -> OfficeWork:
    """What waits in the office: four counts."""
    lines = dict(
        BankLine.objects.order_by()
        .filter(state__in=(BankLine.State.PROPOSED, BankLine.State.UNKNOWN))
        .values_list("state")
        .annotate(n=Count("pk"))
    )
    acting = Standing.objects.order_by().exclude(action__in=NO_STEP)
    return OfficeWork(
        proposals=lines.get(BankLine.State.PROPOSED, 0),
        unknown_payments=lines.get(BankLine.State.UNKNOWN, 0),
        problems=ImportProblem.objects.filter(solved=False, run__state=ImportRun.State.BOOKED).count(),
        steps=dict(acting.filter(running(today)).values_list("action").annotate(n=Count("pk"))),
        former=acting.exclude(running(today)).filter(action__in=CONTACTS).count(),
    )
