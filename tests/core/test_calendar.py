"""Days: months, working days, and when a statutory term ends."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voordeur.core.calendar import (
    DaySet,
    NotCovered,
    Unit,
    add_months,
    add_working_days,
    easter,
    is_working_day,
    month_start,
    next_working_day,
    plain_term_end,
    statutory_term_end,
)

HOLIDAYS_2026 = frozenset(
    {
        date(2026, 1, 1), date(2026, 1, 2), date(2026, 4, 3), date(2026, 4, 6), date(2026, 4, 27),
        date(2026, 5, 5), date(2026, 5, 14), date(2026, 5, 15), date(2026, 5, 25),
        date(2026, 12, 25), date(2026, 12, 26),
    }
)  # fmt: skip
days = st.dates(date(2015, 1, 1), date(2031, 12, 31))


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(1961, 4, 2), (2000, 4, 23), (2008, 3, 23), (2011, 4, 24), (2018, 4, 1), (2024, 3, 31), (2025, 4, 20),
     (2026, 4, 5), (2038, 4, 25)],
)  # fmt: skip
def test_easter_is_on_the_days_that_the_church_calendar_names(year: int, month: int, day: int) -> None:
    assert easter(year) == date(year, month, day)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 3, 31), -13, date(2025, 2, 28)),
        (date(2026, 6, 30), 0, date(2026, 6, 30)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_day(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


@given(days, st.integers(-60, 60))
def test_months_never_skip_a_month(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
    assert month_start(later).day == 1


def test_working_days_around_easter() -> None:
    thursday = date(2026, 4, 2)
    assert next_working_day(date(2026, 4, 3), HOLIDAYS_2026) == date(2026, 4, 7)
    assert add_working_days(thursday, 1, HOLIDAYS_2026) == date(2026, 4, 7)
    assert add_working_days(thursday, 0, HOLIDAYS_2026) == thursday
    with pytest.raises(ValueError, match="forward"):
        add_working_days(thursday, -1, HOLIDAYS_2026)


@given(days, st.integers(0, 15), st.frozensets(days, max_size=30))
def test_adding_working_days_passes_exactly_that_many(
    day: date, count: int, holidays: frozenset[date]
) -> None:
    end = add_working_days(day, count, holidays)
    assert is_working_day(end, holidays)
    passed = [day + timedelta(days=n) for n in range(1, (end - day).days + 1)]
    working = sum(is_working_day(one, holidays) for one in passed)
    assert working == count or (count == 0 and working == (0 if end == day else 1))


def test_a_day_that_no_data_cover_is_refused() -> None:
    known = DaySet(HOLIDAYS_2026, date(2026, 1, 1), date(2026, 12, 31))
    assert next_working_day(date(2026, 12, 24), known) == date(2026, 12, 24)
    with pytest.raises(NotCovered, match="2027-01-01"):
        add_working_days(date(2026, 12, 30), 2, known)


@pytest.mark.parametrize(
    ("start", "length", "unit", "end", "why"),
    [
        # first talk within 4 weeks after receipt of a signal (Wgs art. 4 lid 1)
        ((2, 3), 4, Unit.WEEKS, (30, 3), "an ordinary Monday stays"),
        ((5, 3), 4, Unit.WEEKS, (2, 4), "an ordinary Thursday stays"),
        ((6, 3), 4, Unit.WEEKS, (7, 4), "Good Friday, Easter weekend and Easter Monday pass"),
        ((28, 3), 4, Unit.WEEKS, (28, 4), "from Saturday past King's Day on Monday"),
        ((16, 4), 4, Unit.WEEKS, (18, 5), "Ascension Day and the equated Friday after it pass"),
        ((7, 4), 4, Unit.WEEKS, (6, 5), "5 May counts every year"),
        # decision within 8 weeks after the first talk (Wgs art. 4a lid 3)
        ((30, 3), 8, Unit.WEEKS, (26, 5), "Whit Monday passes"),
        ((30, 10), 8, Unit.WEEKS, (28, 12), "Christmas on Friday and Saturday, then Sunday"),
        # two weeks
        ((13, 4), 14, Unit.DAYS, (28, 4), "King's Day passes"),
        ((9, 3), 14, Unit.DAYS, (23, 3), "an ordinary Monday stays"),
        ((7, 3), 14, Unit.DAYS, (23, 3), "a Saturday passes"),
        # art. 2: a term of three days or more holds two ordinary days
        ((2, 4), 3, Unit.DAYS, (8, 4), "three days over Easter become Tuesday and Wednesday"),
        ((24, 12), 3, Unit.DAYS, (29, 12), "three days over Christmas"),
        ((2, 4), 2, Unit.DAYS, (7, 4), "two days only move to the first ordinary day"),
        # art. 4: long terms are not extended
        ((25, 1), 90, Unit.DAYS, (28, 4), "90 days are extended: Saturday, Sunday, King's Day"),
        ((24, 1), 92, Unit.DAYS, (26, 4), "92 days end on a Sunday and stay there"),
        ((3, 1), 12, Unit.WEEKS, (30, 3), "12 weeks are extended"),
        ((10, 1), 13, Unit.WEEKS, (11, 4), "13 weeks end on a Saturday and stay there"),
        ((5, 2), 3, Unit.MONTHS, (6, 5), "3 months are extended"),
        ((3, 1), 4, Unit.MONTHS, (3, 5), "4 months end on a Sunday and stay there"),
    ],
)  # fmt: skip
def test_when_a_statutory_term_ends(
    start: tuple[int, int], length: int, unit: Unit, end: tuple[int, int], why: str
) -> None:
    began, ends = (date(2026, month, day) for day, month in (start, end))
    assert statutory_term_end(began, length, unit, HOLIDAYS_2026) == ends, why


def test_a_term_in_years_ends_on_its_day_whatever_day_that_is() -> None:
    assert statutory_term_end(date(2021, 4, 27), 5, Unit.YEARS, HOLIDAYS_2026) == date(2026, 4, 27)


@given(days, st.integers(1, 120), st.sampled_from([Unit.DAYS, Unit.WEEKS, Unit.MONTHS]), st.frozensets(days))
def test_a_term_is_never_shortened_and_an_extended_one_ends_on_a_working_day(
    start: date, length: int, unit: Unit, holidays: frozenset[date]
) -> None:
    plain = plain_term_end(start, length, unit)
    end = statutory_term_end(start, length, unit, holidays)
    assert end >= plain
    assert end == plain or is_working_day(end, holidays)
