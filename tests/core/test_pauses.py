"""Pauses of the day count: only while overdue, overlaps once, and however late they were entered."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.ledger_tables import day
from voordeur.core.pauses import Pause, PauseAction, days_counted, effective_pauses, normalised, paused_days

START = date(2026, 1, 1)
days = st.integers(0, 60).map(lambda n: START + timedelta(days=n))


@st.composite
def _pauses(draw: st.DrawFn) -> Pause:
    start = draw(days)
    length = draw(st.none() | st.integers(0, 20))
    return Pause(start, None if length is None else start + timedelta(days=length))


some_pauses = st.lists(_pauses(), max_size=6)


def pause(start: str, end: str | None = None) -> Pause:
    return Pause(day(start), day(end) if end else None)


def action(what: str, start: str, end: str | None = None) -> PauseAction:
    return PauseAction(what, day(start), day(end) if end else None)


# --- counting -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "counted"),
    [
        ("1 mar", 0),  # due today
        ("2 mar", 1),
        ("6 mar", 5),  # the pause starts: from here no day is added
        ("8 mar", 5),
        ("9 mar", 5),  # the last day of the pause: the next day counts again
        ("10 mar", 6),
    ],
)
def test_no_day_is_added_from_the_start_of_a_pause_to_its_end(on: str, counted: int) -> None:
    assert days_counted(day("1 mar"), day(on), [pause("6 mar", "9 mar")]) == counted


def test_a_pause_before_anything_was_overdue_takes_nothing_off() -> None:
    assert days_counted(day("10 mar"), day("20 mar"), [pause("1 mar", "8 mar")]) == 10


def test_of_a_pause_that_began_before_the_due_day_only_the_rest_counts() -> None:
    assert days_counted(day("10 mar"), day("20 mar"), [pause("1 mar", "14 mar")]) == 6


def test_a_pause_until_further_notice_stops_the_count() -> None:
    assert days_counted(day("1 mar"), day("20 may"), [pause("11 mar")]) == 10


def test_a_pause_that_is_still_to_come_takes_nothing_off() -> None:
    assert days_counted(day("1 mar"), day("5 mar"), [pause("5 mar", "30 mar")]) == 4


def test_without_pauses_it_is_the_calendar() -> None:
    assert days_counted(day("1 mar"), day("1 apr")) == 31
    assert days_counted(day("1 apr"), day("1 mar")) == 0


def test_a_pause_is_active_on_both_its_days() -> None:
    moratorium = pause("6 mar", "9 mar")
    assert [moratorium.active(day(on)) for on in ("5 mar", "6 mar", "9 mar", "10 mar")] == [
        False,
        True,
        True,
        False,
    ]
    assert pause("6 mar").active(day("31 dec"))


def naive_days(due: date, on: date, pauses: list[Pause]) -> int:
    """Night by night: a night counts unless it lies within a pause."""
    nights = [due + timedelta(days=n) for n in range((on - due).days)]
    return sum(1 for night in nights if not any(p.start <= night < (p.end or date.max) for p in pauses))


@given(days, days, some_pauses)
def test_counting_is_night_by_night(due: date, on: date, pauses: list[Pause]) -> None:
    assert days_counted(due, on, normalised(pauses)) == naive_days(due, on, pauses)


# --- normalising --------------------------------------------------------------------------------------------


def test_overlapping_pauses_are_one() -> None:
    given_pauses = [pause("10 mar", "20 mar"), pause("1 mar", "12 mar"), pause("15 mar", "17 mar")]
    assert normalised(given_pauses) == [pause("1 mar", "20 mar")]


def test_pauses_that_only_touch_stay_two_and_count_the_same() -> None:
    two = [pause("1 mar", "5 mar"), pause("5 mar", "9 mar")]
    assert normalised(two) == two
    assert paused_days(two, day("1 mar"), day("31 mar")) == 8


def test_a_pause_until_further_notice_swallows_what_follows() -> None:
    assert normalised([pause("20 mar", "25 mar"), pause("1 mar")]) == [pause("1 mar")]
    assert normalised([pause("1 mar", "9 mar"), pause("5 mar")]) == [pause("1 mar")]


@given(some_pauses.flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_the_order_in_which_pauses_were_entered_does_not_matter(
    both: tuple[list[Pause], list[Pause]],
) -> None:
    assert normalised(both[0]) == normalised(both[1])


@given(some_pauses)
def test_normalised_pauses_do_not_overlap_and_stay_as_they_are(pauses: list[Pause]) -> None:
    once = normalised(pauses)
    assert normalised(once) == once
    assert all(a.end is not None and a.end <= b.start for a, b in pairwise(once))
    for on in (START + timedelta(days=n) for n in range(90)):
        assert any(p.active(on) for p in once) == any(p.active(on) for p in pauses)


@given(some_pauses, _pauses(), days, days)
def test_a_pause_entered_late_gives_the_same_count_as_one_entered_in_time(
    pauses: list[Pause], late: Pause, due: date, on: date
) -> None:
    """Whenever it was entered, and also when it was normalised before and again after."""
    in_time = normalised([late, *pauses])
    assert days_counted(due, on, normalised([*normalised(pauses), late])) == days_counted(due, on, in_time)


@given(some_pauses, days)
def test_days_never_run_backwards(pauses: list[Pause], due: date) -> None:
    ran = [days_counted(due, START + timedelta(days=n), normalised(pauses)) for n in range(90)]
    assert all(later - earlier in (0, 1) for earlier, later in pairwise(ran))


# --- pause and resume ---------------------------------------------------------------------------------------


def test_a_resume_ends_the_pause_on_its_day() -> None:
    actions = [action("pause", "6 mar", "30 mar"), action("resume", "20 mar")]
    assert effective_pauses(actions) == [pause("6 mar", "20 mar")]


def test_a_resume_leaves_pauses_of_other_days_alone() -> None:
    actions = [
        action("pause", "1 mar", "5 mar"),
        action("pause", "10 mar", "30 mar"),
        action("pause", "1 apr", "9 apr"),
        action("resume", "20 mar"),
    ]
    assert effective_pauses(actions) == [
        pause("1 mar", "5 mar"),
        pause("10 mar", "20 mar"),
        pause("1 apr", "9 apr"),
    ]


def test_a_resume_ends_every_pause_that_is_active_that_day() -> None:
    actions = [action("pause", "1 mar", "30 mar"), action("pause", "5 mar"), action("resume", "20 mar")]
    assert normalised(effective_pauses(actions)) == [pause("1 mar", "20 mar")]


def test_a_resume_may_be_set_right_to_an_earlier_day() -> None:
    actions = [action("pause", "1 mar"), action("resume", "20 mar"), action("resume", "12 mar")]
    assert effective_pauses(actions) == [pause("1 mar", "12 mar")]


@pytest.mark.parametrize(
    ("actions", "why"),
    [
        ([action("resume", "1 mar")], "no pause"),
        ([action("pause", "1 mar", "5 mar"), action("resume", "6 mar")], "no pause"),
        ([action("pause", "5 mar", "1 mar")], "ends on or after"),
        ([action("stop", "5 mar")], "unknown action"),
    ],
)
def test_an_impossible_action_is_refused(actions: list[PauseAction], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        effective_pauses(actions)
