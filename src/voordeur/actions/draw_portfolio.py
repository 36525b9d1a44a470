"""The portfolio on each month end and today, per neighbourhood: what the charts draw.

Tenancies that run on the day; what former tenants owe is another story and is not in these figures.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from voordeur.core.ledger import Entry, history
from voordeur.store.models import PortfolioPoint, Standing, Tenancy

MONTHS_BACK = 36


def month_ends(today: date, months: int = MONTHS_BACK) -> list[date]:
    """The last day of each of the `months` months before this one, ascending."""
    ends, day = [], today.replace(day=1) - timedelta(days=1)
    for _ in range(months):
        ends.append(day)
        day = day.replace(day=1) - timedelta(days=1)
    return ends[::-1]


def missing_month_ends(today: date) -> list[date]:
    """The month ends that the portfolio does not hold yet."""
    have = set(PortfolioPoint.objects.values_list("on", flat=True))
    return [end for end in month_ends(today) if end not in have]


class MonthEnds:
    """Gathers, while ledgers pass by, how each neighbourhood stood on each of some month ends."""

    def __init__(self, days: list[date]) -> None:
        self.days = days
        self.sums: dict[tuple[int | None, date], list[int]] = defaultdict(_nothing)
        self._contracts: dict[int, tuple[int | None, date | None]] = {}

    def of(self, tenancies: Sequence[int]) -> "MonthEnds":
        """Learn where these tenancies are and until when they run, before their ledgers pass."""
        if self.days:
            rows = Tenancy.objects.filter(pk__in=tenancies).values_list("pk", "neighbourhood_id", "end")
            self._contracts = {pk: (place, end) for pk, place, end in rows}
        return self

    def watch(self, tenancy: int, entries: Sequence[Entry]) -> None:
        """Count one tenancy, on the days on which it ran."""
        if not self.days:
            return
        first, (place, end) = min(entry.date for entry in entries), self._contracts[tenancy]
        for at in history(entries, self.days):
            if first <= at.on and (end is None or at.on <= end):
                cell = self.sums[place, at.on]
                cell[0] += 1
                cell[1] += at.overdue > 0
                cell[2] += at.overdue

    def add(self, other: "MonthEnds") -> None:
        """Take in what another one gathered."""
        for key, cell in other.sums.items():
            self.sums[key] = [a + b for a, b in zip(self.sums[key], cell, strict=True)]

    def points(self) -> list[PortfolioPoint]:
        """One point per neighbourhood and month end; not saved."""
        return [
            PortfolioPoint(neighbourhood_id=place, on=day, tenancies=count, in_arrears=late, overdue=overdue)
            for (place, day), (count, late, overdue) in self.sums.items()
        ]


def _nothing() -> list[int]:
    return [0, 0, 0]


@transaction.atomic
def draw_portfolio(today: date, past: MonthEnds) -> int:
    """Keep the month ends that were gathered, and today; what is no month end and not today goes."""
    points = [*past.points(), *_now(today)]
    kept = [end for end in month_ends(today) if end not in past.days]
    PortfolioPoint.objects.exclude(on__in=kept).delete()
    PortfolioPoint.objects.bulk_create(points, batch_size=1000)
    return len(points)


def _now(today: date) -> list[PortfolioPoint]:
    found: dict[int | None, PortfolioPoint] = {}
    running = Standing.objects.filter(Q(tenancy__end=None) | Q(tenancy__end__gte=today))
    for place, overdue, buckets in running.values_list("neighbourhood_id", "overdue", "buckets"):
        point = found.setdefault(
            place,
            PortfolioPoint(
                neighbourhood_id=place, on=today, tenancies=0, in_arrears=0, overdue=0, buckets=[]
            ),
        )
        point.tenancies += 1
        point.in_arrears += overdue > 0
        point.overdue += overdue
        point.buckets = [a + b for a, b in zip(point.buckets or [0] * len(buckets), buckets, strict=True)]
    return list(found.values())
