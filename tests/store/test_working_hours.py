"""Which week there is still something to plan in."""

from datetime import date

import pytest

from voordeur.store.working_hours import week_ahead


@pytest.mark.parametrize(
    ("today", "monday"),
    [
        (date(2026, 11, 23), date(2026, 11, 23)),
        (date(2026, 11, 28), date(2026, 11, 23)),
        (date(2026, 11, 29), date(2026, 11, 30)),
    ],
)
def test_on_a_sunday_the_week_that_comes_is_planned(today: date, monday: date) -> None:
    assert week_ahead(today) == monday
