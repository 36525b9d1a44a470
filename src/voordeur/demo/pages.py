"""The calendar of the town: one page per month, with the days on which money of that month is booked and known."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from voordeur.core.calendar import add_months
from voordeur.core.words import month_in_words
from voordeur.demo import assumptions
from voordeur.demo.bank_days import BankDays

EARLIEST, LATEST = -40, 120
"""Days around the due day that a page knows."""


class Page(NamedTuple):
    """One month."""

    due: date
    """The first of the month: rent is paid in advance."""
    month: str
    """`maart 2026`."""
    days: Sequence[tuple[date, date]]
    """(booked, known) of money sent EARLIEST + i days after due; known is the bank day after it was booked."""
    level: int
    """Which rent level is in force: one more after each 1 July."""
    rise: bool
    """The rent went up on this due day."""
    mishap: float
    """How often something goes wrong this month, against the mean."""


def make_pages(first: date, months: int, bank: BankDays) -> list[Page]:
    """The pages from month `first` on."""
    pages = []
    for at in range(months):
        due = add_months(first, at)
        booked = [bank.on_or_after(due + timedelta(days=day)) for day in range(EARLIEST, LATEST + 1)]
        season = assumptions.JANUARY.value if due.month == 1 else 1.0
        pages.append(
            Page(
                due=due,
                month=month_in_words(due, year=True).nl,
                days=[(day, bank.after(day)) for day in booked],
                level=level_of(due) - level_of(first),
                rise=due.month == 7,
                mishap=season * (1 + assumptions.YEARLY_TREND.value) ** (at / 12),
            )
        )
    return pages


def level_of(due: date) -> int:
    """Number of the rent year that runs from 1 July: the year in which it began."""
    return due.year if due.month >= 7 else due.year - 1


def rent_factors(first: date, months: int) -> list[float]:
    """Per rent level in these months: rent against that of RENT_BASE_YEAR, by the yearly rises."""
    first_year, last_year = level_of(first), level_of(add_months(first, months))
    return [_factor(year) for year in range(first_year, last_year + 1)]


def _factor(year: int) -> float:
    base, factor = assumptions.RENT_BASE_YEAR, 1.0
    for rise in range(min(year, base) + 1, max(year, base) + 1):
        factor *= 1 + assumptions.RENT_RISES.get(rise, assumptions.RENT_RISE_ELSE).value
    return factor if year >= base else 1 / factor
