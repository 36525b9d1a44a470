"""Small sums and readings of a request that more than one view needs."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from django.http import Http404, HttpRequest

from voordeur.store.queries import Portfolio, TrendPoint

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Trend:
    """How the portfolio compares with a month and with a year ago. None: not known."""

    month_ago: int | None
    """Cents more (positive) or less (negative) than a month ago."""
    year_ago: int | None
    year_ago_on: date | None


def trend(portfolio: Portfolio, today: date) -> Trend:
    """Today's sum against the point nearest to a month and to a year ago."""
    month = _near(portfolio.trend, today - timedelta(days=30))
    year = _near(portfolio.trend, today - timedelta(days=365))
    now = portfolio.total.overdue
    return Trend(
        month_ago=now - month.overdue if month else None,
        year_ago=now - year.overdue if year else None,
        year_ago_on=year.on if year else None,
    )


def _near(points: tuple[TrendPoint, ...], day: date) -> TrendPoint | None:
    """The point nearest to `day`, within half a month."""
    near = [point for point in points if abs((point.on - day).days) <= 16]
    return min(near, key=lambda point: abs((point.on - day).days), default=None)


def page_of(request: HttpRequest) -> int:
    """The page that was asked for; the first when it is not a number."""
    asked = request.GET.get("pagina", "1")
    return int(asked) if asked.isdecimal() and len(asked) < 7 else 1


def number_in(request: HttpRequest, field: str) -> int:
    """A number from a form; 0, which no row has, when it is none."""
    given = request.POST.get(field, "")
    return int(given) if given.isdecimal() and len(given) < 19 else 0


def found_or_404(found: T | None) -> T:
    """What was found; the 404 page when it is nothing."""
    if found is None:
        raise Http404
    return found
