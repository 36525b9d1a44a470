"""Small sums and readings of a request that more than one view needs."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from django.http import Http404, HttpRequest, QueryDict

from voordeur.store.queries import Portfolio

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Trend:
    """How the portfolio compares with earlier days. None: not known."""

    since: date | None
    """The last month end."""
    more: int | None
    """Cents more (positive) or less (negative) than on `since`."""
    year_more: int | None
    """Cents that the last month end was above (positive) or below the month end a year before."""


def trend(portfolio: Portfolio) -> Trend:
    """Today against the last month end, and that month end against the one a year before: like with like."""
    ends = [point for point in portfolio.trend if is_month_end(point.on)]
    last = ends[-1] if ends else None
    before = next(
        (p for p in ends if last and (p.on.year, p.on.month) == (last.on.year - 1, last.on.month)), None
    )
    return Trend(
        since=last.on if last else None,
        more=portfolio.total.overdue - last.overdue if last else None,
        year_more=last.overdue - before.overdue if last and before else None,
    )


def is_month_end(day: date) -> bool:
    """True on the last day of a month."""
    return (day + timedelta(days=1)).month != day.month


def page_of(request: HttpRequest) -> int:
    """The page that was asked for; the first when it is not a number."""
    asked = request.GET.get("pagina", "1")
    return int(asked) if asked.isdecimal() and len(asked) < 7 else 1


def number_in(request: HttpRequest, field: str) -> int:
    """A number from a form; 0, which no row has, when it is none."""
    given = request.POST.get(field, "")
    return int(given) if given.isdecimal() and len(given) < 19 else 0


def text_in(request: HttpRequest, field: str, most: int = 4000) -> str:
    """A text from a form, at most so long. Without null characters: PostgreSQL keeps none."""
    return request.POST.get(field, "").replace("\0", "")[:most]


def found_or_404(found: T | None) -> T:
    """What was found; the 404 page when it is nothing."""
    if found is None:
        raise Http404
    return found


def posted(request: HttpRequest) -> QueryDict | None:
    """What was filled in; None when the form is only being opened."""
    return request.POST if request.method == "POST" else None
