"""Arrears: since when, how much, and whether they are real or only look like it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.rents import CALENDAR, LIMITS, RENT, household, paid, seen, undone
from voordeur.core.arrears import Technical, overdue_at, undone_days, undone_payment
from voordeur.core.ledger import Component, Entry, Kind, history, position
from voordeur.core.pattern import Method
from voordeur.core.pauses import Pause

ON = date(2026, 11, 10)
GOOD = [0] * 24


def test_nothing_open_is_no_arrears_at_all() -> None:
    stand, _ = seen(household([*GOOD, 2]), ON)
    assert not stand.in_arrears
    assert not stand.real
    assert stand.since is None
    assert stand.months_owed == 0


def test_rent_that_is_due_today_is_not_overdue() -> None:
    assert not seen(household([*GOOD, None]), date(2026, 11, 1))[0].in_arrears


def test_two_missed_months_are_two_months_owed() -> None:
    stand, _ = seen(household([*GOOD, None, None]), ON)
    assert (stand.overdue, stand.months_owed) == (2 * RENT, 2.0)
    assert stand.since == stand.oldest_due == date(2026, 10, 1)
    assert stand.days_overdue == 40


def test_days_count_from_the_day_the_household_usually_pays() -> None:
    """Due on Sunday 1 November, usually paid 11 days later: expected on Thursday the 12th."""
    stand, _ = seen(household([11] * 24 + [None]), date(2026, 11, 20))
    assert stand.expected_on == date(2026, 11, 12)
    assert stand.allowed_until == date(2026, 11, 16)
    assert stand.days_past_expected == 8
    assert stand.days_overdue == 19
    assert stand.real


@pytest.mark.parametrize(
    ("days", "method", "on", "technical"),
    [
        ([11] * 24, Method.TRANSFER, date(2026, 11, 12), Technical.HABIT),
        ([0] * 24, Method.TRANSFER, date(2026, 11, 4), Technical.BANK_CLOSED),
        ([1] * 24, Method.DIRECT_DEBIT, date(2026, 11, 4), Technical.DEBIT_RUNNING),
        ([], Method.UNKNOWN, date(2026, 11, 3), Technical.BANK_CLOSED),
    ],
)
def test_why_the_money_may_still_come(
    days: list[int], method: Method, on: date, technical: Technical
) -> None:
    stand, signals = seen(household([*days, None]), on, method=method)
    assert stand.technical is technical
    assert stand.reason is not None
    assert signals == []
    assert stand.due_now == 0


def test_a_transfer_on_an_ordinary_day_has_two_bank_days() -> None:
    due = household([*GOOD, None], last_due=date(2026, 10, 1))  # a Thursday
    assert seen(due, date(2026, 10, 5))[0].technical is Technical.TRANSFER
    assert seen(due, date(2026, 10, 6))[0].real


def test_easter_holds_up_a_direct_debit() -> None:
    """1 April 2024 was Easter Monday: drawn on Tuesday the 2nd, seen on Thursday the 4th at the latest."""
    entries = household([1] * 24 + [None], last_due=date(2024, 4, 1))
    assert seen(entries, date(2024, 4, 4), method=Method.DIRECT_DEBIT)[0].technical is Technical.DEBIT_RUNNING
    assert seen(entries, date(2024, 4, 5), method=Method.DIRECT_DEBIT)[0].real


@given(st.integers(0, LIMITS.grace_limit_days), st.sampled_from(range(1, 13)))
def test_grace_never_passes_the_limit_of_the_policy(habit: int, month: int) -> None:
    due = date(2026, month, 1)
    stand, _ = seen(household([habit] * 12 + [None], last_due=due), due + timedelta(days=1))
    assert stand.allowed_until is not None
    assert stand.allowed_until <= due + timedelta(days=LIMITS.grace_limit_days)


def test_habit_covers_rent_and_nothing_else() -> None:
    bill = Entry("rekening", date(2026, 11, 2), Kind.CHARGE, 180_00, component=Component.OTHER)
    stand, _ = seen([*household([11] * 24 + [None]), bill], ON)
    assert stand.real
    assert [one.charge.id for one in stand.ripe] == ["rekening"]
    assert stand.due_now == 180_00
    assert stand.overdue == 180_00 + RENT


@pytest.mark.parametrize(("rest", "technical"), [(50_00, Technical.SMALL), (50_01, None)])
def test_a_small_amount_is_no_reason_to_contact_anyone(rest: int, technical: Technical | None) -> None:
    entries = [*household([*GOOD, None]), paid(date(2026, 11, 1), RENT - rest)]
    assert seen(entries, date(2026, 11, 25))[0].technical is technical


def test_money_that_waits_for_another_month_covers_what_is_open() -> None:
    waiting = paid(date(2026, 11, 5), RENT, for_="huur december")
    stand, signals = seen([*household([*GOOD, None]), waiting], ON)
    assert stand.technical is Technical.CREDIT
    assert stand.overdue == RENT
    assert stand.credit == RENT
    assert signals == []


@pytest.mark.parametrize("end", [None, date(2026, 12, 1), ON])
def test_a_pause_stops_everything(end: date | None) -> None:
    stand, signals = seen(household([*GOOD, None]), ON, pauses=[Pause(date(2026, 11, 3), end)])
    assert stand.technical is Technical.PAUSE
    assert signals == []


def test_days_in_a_pause_do_not_count_afterwards() -> None:
    pauses = [Pause(date(2026, 11, 2), date(2026, 11, 16))]
    stand, _ = seen(household([*GOOD, None]), date(2026, 11, 20), pauses=pauses)
    assert stand.real
    assert stand.days_past_expected == 4
    assert stand.days_overdue == 5


def test_arrears_that_never_quite_ended_began_with_the_first_late_month() -> None:
    """Every month's rent comes when the next is due: something was open all the time."""
    stand, _ = seen(household([0, 0, 31, 31, 30, 31, None]), ON)
    assert stand.since == date(2026, 7, 1)


def test_one_day_without_anything_open_begins_a_new_time_in_arrears() -> None:
    stand, _ = seen(household([0, 0, 20, 30, 25, None]), ON)
    assert stand.since == date(2026, 11, 1)


def test_who_pays_on_while_an_old_month_is_open_is_not_waiting_for_this_month() -> None:
    """September was missed. Every payment since went to the month before, so November looks open; it was paid."""
    entries = [*household([*GOOD, None, 0, 0])]
    stand, _ = seen(entries, date(2026, 11, 3))
    assert stand.since == date(2026, 9, 1)
    assert stand.oldest_due == date(2026, 11, 1)
    assert stand.real
    assert stand.days_past_expected == 63
    assert stand.due_now == RENT


def test_one_late_month_before_is_not_enough_to_say_so() -> None:
    """October came on 2 November. That November's own rent is still to come cannot be ruled out yet."""
    stand, _ = seen(household([*GOOD, 32, None]), date(2026, 11, 3))
    assert stand.since == date(2026, 10, 1)
    assert stand.technical is Technical.BANK_CLOSED


@pytest.mark.parametrize(
    ("day", "amount", "paid_this_month"),
    [
        (date(2026, 10, 25), RENT - 50_00, True),
        (date(2026, 10, 24), RENT - 50_00, False),
        (date(2026, 10, 25), RENT - 50_01, False),
    ],
)
def test_which_money_is_this_months(day: date, amount: int, paid_this_month: bool) -> None:
    """From a week before the due day, and all but a small amount of the rent."""
    entries = [*household([*[11] * 23, None, None, 11, None]), paid(day, amount)]
    stand, _ = seen(entries, date(2026, 11, 3))
    assert stand.since == date(2026, 8, 1)
    assert stand.due_now == stand.overdue - (0 if paid_this_month else RENT)


def test_without_this_months_money_this_month_may_still_come() -> None:
    stand, _ = seen(household([*[11] * 24, None, 11, None]), date(2026, 11, 3))
    assert stand.since == date(2026, 9, 1)
    assert stand.overdue == 2 * RENT
    assert stand.due_now == RENT, "only the old month counts"


def test_a_small_rest_that_moves_on_is_no_time_in_arrears() -> None:
    """Twenty euros were missing in March; November is missed altogether."""
    entries = [
        replace(e, amount=RENT - 20_00) if e.id == "betaald 16" else e for e in household([*GOOD, None])
    ]
    stand, _ = seen(entries, date(2026, 11, 20))
    assert stand.since == date(2026, 11, 1)
    small, _ = seen(entries, date(2026, 10, 20))
    assert small.technical is Technical.SMALL
    assert small.since == date(2026, 3, 1), "as a small amount it has been open since March"


@pytest.mark.parametrize(("rest", "since"), [(50_00, date(2026, 11, 1)), (50_01, date(2026, 3, 1))])
def test_how_small_a_rest_must_be(rest: int, since: date) -> None:
    entries = [
        replace(e, amount=RENT - rest) if e.id == "betaald 16" else e for e in household([*GOOD, None])
    ]
    assert seen(entries, date(2026, 11, 20))[0].since == since


def test_a_small_amount_that_was_paid_is_no_longer_open() -> None:
    """Twenty euros in March and paid in May; another twenty in September."""
    entries = [replace(e, amount=RENT - 20_00) if e.id in ("betaald 16", "betaald 22") else e
               for e in household([*GOOD, 0])]  # fmt: skip
    entries.append(paid(date(2026, 5, 1), 20_00))
    assert seen(entries, date(2026, 10, 20))[0].since == date(2026, 9, 1)


def test_arrears_from_before_the_holiday_data_are_no_obstacle() -> None:
    old = Entry("oude rekening", date(2009, 5, 1), Kind.CHARGE, 900_00, component=Component.OTHER)
    waiting = [replace(e, designates=e.id.replace("betaald", "huur")) if e.kind is Kind.PAYMENT else e
               for e in household([0] * 12)]  # fmt: skip
    stand, _ = seen([old, *waiting], ON)
    assert stand.real
    assert stand.since == date(2009, 5, 1)
    assert stand.days_past_expected == stand.days_overdue == (ON - date(2009, 5, 1)).days


def test_a_reversal_counts_its_days_from_the_day_the_money_went_back() -> None:
    entries = [*household([*GOOD, 1]), undone(date(2026, 11, 18), "betaald 24")]
    stand, _ = seen(entries, date(2026, 11, 20), method=Method.DIRECT_DEBIT)
    assert stand.real
    assert stand.days_past_expected == 2
    assert stand.days_overdue == 19


def test_a_reversal_that_was_made_good_is_no_news() -> None:
    entries = [*household([*GOOD, 1, None]), undone(date(2026, 11, 4), "betaald 24")]
    at = position(entries, ON)
    news = undone_payment(entries, at, LIMITS, {"storno betaald 24": "AM04"})
    assert news is not None
    assert (news.on, news.paid_on, news.code) == (date(2026, 11, 4), date(2026, 10, 2), "AM04")
    again = [*entries, paid(date(2026, 11, 9), RENT)]
    assert undone_payment(again, position(again, ON), LIMITS) is None


def test_an_old_reversal_is_no_news() -> None:
    entries = [*household([*GOOD, 1]), undone(date(2026, 11, 4), "betaald 24")]
    on = date(2026, 11, 4) + timedelta(days=LIMITS.reversal_days)
    assert undone_payment(entries, position(entries, on), LIMITS) is not None
    later = on + timedelta(days=1)
    assert undone_payment(entries, position(entries, later), LIMITS) is None


def test_a_reversal_of_an_unknown_payment_has_its_own_day() -> None:
    reversal = undone(date(2026, 11, 4), "onbekend")
    assert undone_days([reversal], [reversal]) == [date(2026, 11, 4)]


def test_what_falls_due_on_a_day_was_not_overdue_on_that_day() -> None:
    charges = position(household([None, None]), ON).charges
    assert [overdue_at(charges, date(2026, 11, day)) for day in (1, 2)] == [RENT, 2 * RENT]


@given(st.lists(st.one_of(st.none(), st.integers(-5, 60)), min_size=2, max_size=14), st.integers(0, 400))
def test_what_was_overdue_earlier_is_what_a_replay_says(days: list[int | None], back: int) -> None:
    """Without reversals and designations the allocation of today is that of then."""
    entries = household(days)
    earlier = ON - timedelta(days=back)
    at = position(entries, ON)
    (then,) = history(entries, [earlier])
    covered = sum(e.amount for e in entries if e.kind is Kind.PAYMENT and e.date <= earlier)
    if covered <= sum(
        c.amount for c in at.charges if c.entry.date <= earlier
    ):  # no money came before its rent
        assert overdue_at(at.charges, earlier) == then.overdue


@given(st.lists(st.one_of(st.none(), st.integers(-5, 60)), min_size=1, max_size=30), st.integers(0, 60))
def test_the_standing_of_any_household_holds_together(days: list[int | None], shift: int) -> None:
    on = date(2026, 11, 1) + timedelta(days=shift)
    stand, signals = seen(household(days), on)
    assert stand.in_arrears == (position(household(days), on).overdue > 0)
    assert (stand.technical is None) == (stand.reason is None)
    assert 0 <= stand.due_now <= stand.overdue
    assert stand.days_past_expected <= stand.days_overdue or stand.since != stand.oldest_due
    if stand.in_arrears:
        assert stand.since is not None
        assert stand.oldest_due is not None
        assert stand.since <= stand.oldest_due < on
        assert stand.expected_on is not None
        assert CALENDAR.banks.first <= stand.expected_on
    if not stand.real:
        assert {signal.kind.value for signal in signals} <= {"sliding", "reversed"}
