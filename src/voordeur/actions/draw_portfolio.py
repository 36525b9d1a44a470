"""The portfolio on each month end and today, per neighbourhood: what the charts draw.

Tenancies that run on the day; what former tenants owe is another story and is not in these figures.
"""

from collections import defaultdict
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from voordeur.core.ledger import history
from voordeur.store.convert import core_entries, ledgers
from voordeur.store.models import PortfolioPoint, Standing, Tenancy

MONTHS_BACK = 36


def draw_portfolio(today: date, *, anew: bool = False) -> int:
    """Add the month ends that are missing (all of them with `anew`) and today; returns the number of points made."""
    ends = month_ends(today, MONTHS_BACK)
    have = set() if anew else set(PortfolioPoint.objects.values_list("on", flat=True))
    missing = [end for end in ends if end not in have]
    points = [*(_past(missing) if missing else []), *_now(today)]
    with transaction.atomic():
        PortfolioPoint.objects.exclude(on__in=[end for end in ends if end not in missing]).delete()
        PortfolioPoint.objects.bulk_create(points, batch_size=1000)
    return len(points)


def month_ends(today: date, months: int) -> list[date]:
    """The last day of each of the `months` months before this one, ascending."""
    ends, day = [], today.replace(day=1) - timedelta(days=1)
    for _ in range(months):
        ends.append(day)
        day = day.replace(day=1) - timedelta(days=1)
    return ends[::-1]


def _past(days: list[date]) -> list[PortfolioPoint]:
    contracts = {
        pk: (place, end) for pk, place, end in Tenancy.objects.values_list("pk", "neighbourhood_id", "end")
    }
    sums: dict[tuple[int | None, date], list[int]] = defaultdict(lambda: [0, 0, 0])
    for tenancy, rows in ledgers():
        first, (place, end) = rows[0].date, contracts[tenancy]
        for totals in history(core_entries(rows), days):
            if first <= totals.on and (end is None or totals.on <= end):
                cell = sums[place, totals.on]
                cell[0] += 1
                cell[1] += totals.overdue > 0
                cell[2] += totals.overdue
    return [
        PortfolioPoint(neighbourhood_id=place, on=day, tenancies=count, in_arrears=late, overdue=overdue)
        for (place, day), (count, late, overdue) in sums.items()
    ]


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
