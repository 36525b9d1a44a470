"""How a household pays: its own payment day, learned from its own months."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.rents import LIMITS, RENT, household, paid, pattern_of, undone
from voordeur.core.ledger import Component, Entry, Kind, position
from voordeur.core.pattern import rent_months, weighted_quantile

ON = date(2026, 11, 10)
lateness = st.lists(st.one_of(st.none(), st.integers(-10, 70)), min_size=1, max_size=30)


def test_who_pays_on_the_12th_is_expected_on_the_12th() -> None:
    pattern = pattern_of(household([11] * 24 + [None]), ON)
    assert pattern.usual_days == 11
    assert pattern.expected_days == 11
    assert pattern.late == 0
    assert pattern.on_time == 24


def test_who_pays_before_the_first_is_expected_on_the_first() -> None:
    pattern = pattern_of(household([-6] * 24 + [None]), ON)
    assert pattern.usual_days == -6
    assert pattern.expected_days == 0


@pytest.mark.parametrize("months", range(LIMITS.min_observations + 2))
def test_a_habit_needs_half_a_year(months: int) -> None:
    pattern = pattern_of(household([11] * months + [None]), ON)
    assert (pattern.usual_days is not None) == (months >= LIMITS.min_observations)


def test_one_or_two_late_months_change_no_expectation_three_do() -> None:
    assert pattern_of(household([0] * 11 + [15, None]), ON).expected_days == 0
    assert pattern_of(household([0] * 10 + [15, 15, None]), ON).expected_days == 0
    assert pattern_of(household([0] * 9 + [15, 15, 15, None]), ON).expected_days == 15


def test_months_paid_after_the_limit_teach_nothing() -> None:
    limit = LIMITS.grace_limit_days
    assert pattern_of(household([limit] * 12 + [None]), ON).expected_days == limit
    beyond = pattern_of(household([limit + 1] * 12 + [None]), ON)
    assert beyond.usual_days is None
    assert beyond.expected_days == 0


def test_the_newest_months_weigh_most() -> None:
    getting_better = pattern_of(household([14] * 6 + [0] * 6 + [None]), ON)
    getting_worse = pattern_of(household([0] * 6 + [14] * 6 + [None]), ON)
    assert getting_better.usual_days == 0
    assert getting_worse.usual_days == 14


def test_only_the_last_year_counts() -> None:
    assert pattern_of(household([14] * 30 + [0] * 12), ON).expected_days == 0


def test_a_small_rest_does_not_make_a_month_late() -> None:
    """A tenner too little in March moves on to every later month; the rent still came on the 1st."""
    entries = household([0] * 24)
    short = [replace(e, amount=RENT - 10_00) if e.id == "betaald 05" else e for e in entries]
    assert pattern_of(short, ON).usual_days == 0
    assert pattern_of(short, ON).late == 0


def test_rent_and_service_costs_of_a_month_are_one_rent_month() -> None:
    due = date(2026, 10, 1)
    entries = [
        Entry("huur", due, Kind.CHARGE, 500_00),
        Entry("service", due, Kind.CHARGE, 50_00, component=Component.SERVICE),
        Entry("voor reparatie", due, Kind.CHARGE, 80_00, component=Component.OTHER),
        paid(date(2026, 10, 5), 500_00),
        paid(date(2026, 10, 9), 50_00),
    ]
    (month,) = rent_months(position(entries, ON).charges, ON)
    assert (month.amount, month.open, month.days) == (550_00, 0, 8)
    assert month.first_paid_on == date(2026, 10, 5)


def test_a_written_off_month_was_not_paid() -> None:
    entries = [*household([None]), Entry("afgeboekt", ON, Kind.WRITE_OFF, RENT)]
    (month,) = rent_months(position(entries, ON).charges, ON)
    assert (month.open, month.days) == (0, None)


def test_the_present_rent_is_not_thrown_off_by_one_odd_bill() -> None:
    odd = Entry("naheffing", date(2026, 11, 20), Kind.CHARGE, 35_00, due=date(2026, 12, 1))
    pattern = pattern_of([*household([0] * 6), odd], date(2026, 12, 3))
    assert pattern.rent == RENT


def test_a_reversal_is_booked_to_the_month_that_was_due() -> None:
    entries = [*household([0] * 12), undone(date(2026, 11, 4), "betaald 11")]
    pattern = pattern_of(entries, ON, reversed_payments=[date(2026, 11, 1)])
    assert pattern.reversed == 1
    assert pattern.months[-1].reversed
    first = pattern_of(entries, ON, reversed_payments=[date(2025, 12, 1)])
    assert first.months[0].reversed
    before = pattern_of(entries, ON, reversed_payments=[date(2025, 11, 20)])
    assert not any(month.reversed for month in before.months)
    early = pattern_of(household([0] * 12), ON, reversed_payments=[date(2026, 10, 28)])
    assert [month.due for month in early.months if month.reversed] == [date(2026, 11, 1)]


def test_months_that_came_later_and_later_are_a_slide() -> None:
    assert pattern_of(household([0] * 9 + [2, 6, 11, None]), ON).sliding == (0, 2, 6, 11)


@pytest.mark.parametrize(
    ("days", "why"),
    [
        ([0] * 10 + [6, 11, None], "two steps are no slide"),
        ([0] * 9 + [1, 2, 3, None], "less than six days in all"),
        ([12] + [0] * 8 + [2, 6, 11, None], "it was later before"),
        ([0] * 9 + [8, 15, 22, None], "beyond the limit it is arrears"),
        ([0] * 9 + [11, 6, 2, None], "it gets better"),
        ([0] * 8 + [2, 6, 11, 11, None], "the last step is no step"),
        ([-20, -15, -9, -1, None], "all of it before the due day"),
    ],
)
def test_what_is_no_slide(days: Sequence[int | None], why: str) -> None:
    assert pattern_of(household(days), ON).sliding == (), why


def test_late_months_that_touch_are_one_episode() -> None:
    pattern = pattern_of(household([0, 9, 0, 40, 20, 0, 0, 0, None]), ON)
    assert [episode.days for episode in pattern.episodes] == [9, 50]
    on_the_due_day = pattern_of(
        household([0, 0, 30, 9, 0, 0, 0, None]), ON
    )  # June came on 1 July, July on the 10th
    assert [episode.days for episode in on_the_due_day.episodes] == [39]
    apart = pattern_of(household([0, 0, 29, 9, 0, 0, 0, None]), ON)
    assert [episode.days for episode in apart.episodes] == [29, 9]


def test_an_episode_that_ended_after_contact_did_not_end_by_itself() -> None:
    entries = household([0, 0, 0, 10, 0, 0, 10, 0, None])
    contacted = pattern_of(entries, ON, contacts=[date(2026, 6, 8)])
    assert [episode.by_itself for episode in pattern_of(entries, ON).episodes] == [True, True]
    assert [episode.by_itself for episode in contacted.episodes] == [False, True]
    assert contacted.self_cure_share == 0.5


def test_the_usual_recovery_covers_three_quarters_of_the_episodes() -> None:
    pattern = pattern_of(household([8, 0, 0, 10, 0, 0, 0, 12, *[0] * 8, 18, 0, None]), ON)
    assert [episode.days for episode in pattern.episodes] == [8, 10, 12, 18]
    assert pattern.usual_cure_days == 12


def test_what_is_open_now_is_no_past_episode() -> None:
    assert pattern_of(household([0] * 12 + [None]), date(2026, 11, 25)).episodes == ()
    assert pattern_of(household([0] * 12 + [None, None]), date(2026, 11, 25)).episodes == ()


def test_counts_of_missed_and_partial_months() -> None:
    entries = [*household([0] * 10 + [None, None]), paid(date(2026, 10, 5), 200_00)]
    pattern = pattern_of(entries, date(2026, 11, 25))
    assert pattern.missed == 1
    assert pattern.partial == 1


def test_months_far_too_late_in_a_row() -> None:
    assert pattern_of(household([0] * 5 + [25, 30, 28, None]), ON).behind == 3
    assert pattern_of(household([0] * 5 + [25, 30, 28, None]), date(2026, 11, 25)).behind == 4
    assert pattern_of(household([25, 30, 28, 2]), ON).behind == 0
    assert pattern_of(household([0] * 5 + [25, 30, 21]), date(2026, 11, 30)).behind == 0, (
        "the limit itself is not too late"
    )
    assert pattern_of(household([0] * 5 + [25, None]), date(2026, 11, 22)).behind == 1


@given(st.lists(st.integers(-50, 50), min_size=1), st.floats(0, 1))
def test_a_weighted_quantile_with_equal_weights_is_the_plain_one(values: list[int], share: float) -> None:
    found = weighted_quantile(values, [1.0] * len(values), share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-6
    assert sum(value < found for value in values) <= share * len(values) + 1e-6


def test_a_quantile_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="needs values"):
        weighted_quantile([], [], 0.5)


@given(lateness, st.integers(-40, 60))
def test_the_pattern_of_any_household_holds_together(days: list[int | None], shift: int) -> None:
    pattern = pattern_of(household(days), ON + timedelta(days=shift))
    assert 0 <= pattern.expected_days <= LIMITS.grace_limit_days
    assert pattern.late <= pattern.observed <= LIMITS.window_months
    assert len(pattern.months) <= LIMITS.chart_months
    assert 0 <= pattern.self_cure_share <= 1
    assert 0 <= pattern.late_share <= 1
    assert pattern.on_time <= pattern.known
    assert all(episode.days > pattern.late_after for episode in pattern.episodes)
    assert (pattern.usual_days is None) == (pattern.spread is None)
