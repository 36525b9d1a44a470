"""Days: months, working days, bank days, and when a statutory term ends.

Which days are holidays is data (`rules/law/holidays.toml`) and comes in as an argument, as does "today". A
`DaySet` knows for which stretch of time it is complete and refuses a day outside it, so that a term is never
computed with holidays that nobody has looked up.
"""

from calendar import monthrange
from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from voordeur.core.words import Words

_DAY = timedelta(days=1)
_SATURDAY = 5


class NotCovered(ValueError):
    """A day was asked for which the holiday data say nothing."""

    def __init__(self, day: date, first: date, last: date) -> None:
        super().__init__(f"no holiday data for {day}: they cover {first} up to and including {last}")
        self.day = day


@dataclass(frozen=True, slots=True)
class DaySet:
    """Special days, complete from `first` up to and including `last`. Use it as a container of dates."""

    days: frozenset[date]
    first: date
    last: date

    def __contains__(self, day: object) -> bool:
        """True for a special day; raises NotCovered for a day that the data do not cover."""
        if not isinstance(day, date) or not self.first <= day <= self.last:
            raise NotCovered(day if isinstance(day, date) else date.min, self.first, self.last)
        return day in self.days


class SpecialKind(StrEnum):
    """Why a day is special. A day can stand in the list more than once, for different reasons."""

    HOLIDAY = "holiday"
    """A recognised holiday (Algemene termijnenwet art. 3 lid 1)."""
    EQUATED = "equated"
    """Counts as one for terms only (art. 3 lid 2 and 3): Good Friday, and days named by royal decision."""
    BANK_CLOSED = "bank_closed"
    """The European payment system (TARGET) is closed: no direct debit is settled."""


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """One day with its name, source and trust mark, for whoever asks why a term moved."""

    day: date
    kind: SpecialKind
    name: Words
    source: str
    trust: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """The two day sets that the rules work with, and the list they were made from."""

    terms: DaySet
    """Recognised holidays and days equated with them: a statutory term does not end there."""
    banks: DaySet
    """Days besides Saturday and Sunday on which banks settle nothing."""
    special_days: tuple[SpecialDay, ...] = ()
    equated_until: date | None = None
    """Up to this day the days named by royal decision are known; later ones are still to be decided."""


def make_calendar(
    days: tuple[SpecialDay, ...], first: date, last: date, equated_until: date | None = None
) -> Calendar:
    """A calendar from a list of special days that is complete from `first` up to and including `last`."""
    banks = frozenset(d.day for d in days if d.kind is SpecialKind.BANK_CLOSED)
    terms = frozenset(d.day for d in days if d.kind is not SpecialKind.BANK_CLOSED)
    return Calendar(DaySet(terms, first, last), DaySet(banks, first, last), days, equated_until)


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the method of Meeus, Jones and Butcher)."""
    century, in_century = divmod(year, 100)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * (year % 19) + century - century // 4 - moon_shift + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (in_century // 4) - epact - in_century % 4) % 7
    correction = (year % 19 + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def month_start(day: date) -> date:
    """The first day of the month of `day`."""
    return day.replace(day=1)


def add_months(day: date, months: int) -> date:
    """The same day `months` later (earlier when negative); the last day of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_working_day(day: date, holidays: Container[date]) -> bool:
    """True unless it is Saturday, Sunday or in `holidays`; with the closing days of banks: a bank day."""
    return day.weekday() < _SATURDAY and day not in holidays


def next_working_day(day: date, holidays: Container[date]) -> date:
    """The first working day on or after `day`."""
    while not is_working_day(day, holidays):
        day += _DAY
    return day


def add_working_days(day: date, count: int, holidays: Container[date]) -> date:
    """The working day that comes `count` working days after `day`; `day` itself does not count.

    With `count` 0 it is the first working day on or after `day`. ValueError when `count` is negative: a term
    that is counted back from an event has its own rules.
    """
    if count < 0:
        raise ValueError("working days are counted forward")
    if count == 0:
        return next_working_day(day, holidays)
    for _ in range(count):
        day = next_working_day(day + _DAY, holidays)
    return day


class Unit(StrEnum):
    """The unit in which an Act or decree sets a term."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


_LONGEST_EXTENDED = {Unit.DAYS: 90, Unit.WEEKS: 12, Unit.MONTHS: 3, Unit.YEARS: 0}


def plain_term_end(start: date, length: int, unit: Unit) -> date:
    """The last day of a term by the calendar alone; `start` is the day of the event and does not count."""
    if unit is Unit.DAYS:
        return start + timedelta(days=length)
    if unit is Unit.WEEKS:
        return start + timedelta(weeks=length)
    return add_months(start, length if unit is Unit.MONTHS else 12 * length)


def is_extended(length: int, unit: Unit) -> bool:
    """False for a term too long to be extended (Algemene termijnenwet art. 4 b and c)."""
    return length <= _LONGEST_EXTENDED[unit]


def statutory_term_end(start: date, length: int, unit: Unit, holidays: Container[date]) -> date:
    """The last day of a term set in an Act or decree, by the Algemene termijnenwet (BWBR0002448).

    - art. 2: a term of three days or more holds at least two days that are no Saturday, Sunday or holiday;
    - art. 1: a term that ends on a Saturday, Sunday or holiday runs on to the next day that is none of these;
    - art. 4: neither goes for terms of over 90 days, 12 weeks or 3 months, or set in years (or in hours).

    Not for terms counted back from an event (art. 1 lid 2), nor for terms in a contract.
    """
    last = plain_term_end(start, length, unit)
    if not is_extended(length, unit):
        return last
    if (last - start).days >= 3:
        last = max(last, add_working_days(start, 2, holidays))
    return next_working_day(last, holidays)
