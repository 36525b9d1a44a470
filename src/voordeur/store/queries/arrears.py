"""The households of one neighbourhood that are behind, a page at a time."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator

from voordeur.core.words import Words
from voordeur.store.models import Standing
from voordeur.store.queries.worklist import address_of, running

PAGE = 50
SORTS = {
    "open": ("-overdue", "tenancy_id"),
    "dagen": ("-days_overdue", "tenancy_id"),
    "adres": ("tenancy__home__street", "tenancy__home__number", "tenancy__home__addition", "tenancy_id"),
    "stap": ("-urgency", "tenancy_id"),
}


@dataclass(frozen=True, slots=True)
class ArrearsLine:
    """One household that is behind."""

    tenancy: int
    address: str
    overdue: int
    """Cents."""
    days: int
    open_charges: int
    last_payment_on: date | None
    action: str
    title: Words
    reason: Words


@dataclass(frozen=True, slots=True)
class ArrearsPage:
    """A page of the list, and how long the list is."""

    lines: tuple[ArrearsLine, ...]
    in_all: int
    overdue_in_all: int
    page: int
    pages: int


def arrears_page(neighbourhood: int | None, today: date, sort: str = "open", page: int = 1) -> ArrearsPage:
    """Page `page` (from 1; out of range gives the nearest) of who is behind; None: homes without a neighbourhood."""
    found = Standing.objects.filter(running(today), neighbourhood=neighbourhood, overdue__gt=0)
    amounts = list(found.values_list("overdue", flat=True))
    ordered = found.select_related("tenancy__home").defer("buckets", "why_not").order_by(*SORTS[sort])
    paginator = Paginator(ordered, PAGE)
    paginator.__dict__["count"] = len(amounts)  # known already: saves a query
    shown = paginator.get_page(page)
    lines = tuple(
        ArrearsLine(
            tenancy=row.tenancy_id,
            address=address_of(row),
            overdue=row.overdue,
            days=row.days_overdue,
            open_charges=row.open_charges,
            last_payment_on=row.last_payment_on,
            action=row.action,
            title=Words(row.action_title_nl, row.action_title_en),
            reason=Words(row.reason_nl, row.reason_en),
        )
        for row in shown.object_list
    )
    return ArrearsPage(lines, len(amounts), sum(amounts), shown.number, paginator.num_pages)
