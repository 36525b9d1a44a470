"""When guessing closes an account, and for how long."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from voordeur.core.lockout import LOCKOUT, closed_until

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def minutes(*past_noon: float) -> list[datetime]:
    return [NOON + MINUTE * minute for minute in past_noon]


def test_four_mistakes_close_nothing() -> None:
    assert closed_until([]) is None
    assert closed_until(minutes(0, 1, 2, 3)) is None


def test_the_fifth_within_a_quarter_closes_for_a_quarter() -> None:
    assert closed_until(minutes(0, 1, 2, 3, 15)) == NOON + 30 * MINUTE


def test_five_mistakes_over_a_longer_time_close_nothing() -> None:
    assert closed_until(minutes(0, 4, 8, 12, 16)) is None


def test_older_mistakes_do_not_make_it_longer() -> None:
    assert closed_until(minutes(-300, 0, 1, 2, 3, 4)) == NOON + 19 * MINUTE


def test_twenty_on_one_day_close_for_a_day() -> None:
    slowly = minutes(*range(0, 20 * 20, 20))
    assert closed_until(slowly) == slowly[-1] + timedelta(hours=24)


@given(st.lists(st.integers(0, 3 * 24 * 60), max_size=60))
def test_whatever_the_rhythm_nobody_gets_more_than_twenty_guesses_a_day(wanted: list[int]) -> None:
    """Somebody who guesses at these minutes: what counts is what was tried while the account was open."""
    tried: list[datetime] = []
    for now in minutes(*sorted(wanted)):
        until = closed_until([moment for moment in tried if now - moment < timedelta(hours=24)])
        if until is None or until <= now:
            tried.append(now)
    for moment in tried:
        day = [other for other in tried if timedelta(0) <= other - moment < timedelta(hours=24)]
        assert len(day) <= LOCKOUT[-1].failures


@given(st.lists(st.integers(0, 2000), max_size=30))
def test_the_order_makes_no_difference(when: list[int]) -> None:
    assert closed_until(minutes(*when)) == closed_until(minutes(*reversed(when)))
