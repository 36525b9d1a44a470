"""Ages to the day and to the month, and what follows from the number of registered persons."""

from datetime import date

import pytest

from tests.core.schemes.households import on
from voordeur.core.schemes.household import Fact, Household
from voordeur.core.schemes.situation import at_pension_age, is_child, situation, years_by_month, years_on


@pytest.mark.parametrize(
    ("born", "day", "years"),
    [
        (date(2005, 3, 1), date(2026, 3, 1), 21), (date(2005, 3, 2), date(2026, 3, 1), 20),
        (date(2004, 2, 29), date(2025, 2, 28), 20), (date(2004, 2, 29), date(2025, 3, 1), 21),
    ],
)  # fmt: skip
def test_years_on_a_day(born: date, day: date, years: int) -> None:
    assert years_on(born, day) == years


def test_by_month_a_birthday_counts_from_the_month_after_it() -> None:
    born = date(2014, 1, 1)
    assert [years_by_month(born, date(2026, month, 1)) for month in (1, 2)] == [11, 12]


def test_a_child_counts_from_the_month_after_birth_up_to_the_month_of_the_18th_birthday() -> None:
    born = date(2008, 6, 30)
    months = [date(2008, 6, 1), date(2008, 7, 1), date(2026, 6, 1), date(2026, 7, 1)]
    assert [is_child(born, month) for month in months] == [False, True, True, False]


@pytest.mark.parametrize(
    ("born", "day", "reached"),
    [
        (date(1957, 2, 28), date(2023, 12, 27), False), (date(1957, 2, 28), date(2023, 12, 28), True),
        (date(1957, 3, 1), date(2024, 2, 29), False), (date(1957, 3, 1), date(2024, 3, 1), True),
    ],
)  # fmt: skip
def test_pension_age_goes_by_the_day_of_birth(born: date, day: date, reached: bool) -> None:
    assert at_pension_age(born, day, on().general) is reached


def test_who_is_registered_alone_has_no_partner_children_or_others() -> None:
    s = situation(Household(size=1), on())
    assert (s.partner, s.children, s.others, s.unsaid) == (False, (), (), (Fact.BORN,))


def test_when_everybody_is_accounted_for_there_are_no_others() -> None:
    home = Household(size=3, partner=True, children=(date(2020, 1, 1),))
    assert situation(home, on()).others == ()
    assert situation(Household(size=4, partner=True, children=(date(2020, 1, 1),)), on()).others is None
    assert situation(Household(partner=True, children=()), on()).others is None
