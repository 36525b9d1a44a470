"""Moments of the day as people write and say them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voordeur.core.clock import in_clock, in_hours, to_minute


@given(st.integers(0, 24 * 60 - 1))
def test_what_is_said_is_read_back(minute: int) -> None:
    assert to_minute(in_clock(minute)) == minute


@pytest.mark.parametrize(
    ("text", "minute"),
    [("9:40", 580), ("09.40", 580), ("0940", 580), (" 9 ", 540), ("24:00", None), ("9:4", None), ("x", None),
     ("", None), ("9:60", None), ("²:00", None)],
)  # fmt: skip
def test_moments_as_people_write_them(text: str, minute: int | None) -> None:
    assert to_minute(text) == minute


@pytest.mark.parametrize(
    ("minutes", "nl", "en"),
    [(500, "8 uur en 20 minuten", "8 hours and 20 minutes"), (60, "1 uur", "1 hour"), (1, "1 minuut", "1 minute"),
     (0, "0 minuten", "0 minutes")],
)  # fmt: skip
def test_stretches_in_words(minutes: int, nl: str, en: str) -> None:
    assert (in_hours(minutes).nl, in_hours(minutes).en) == (nl, en)
