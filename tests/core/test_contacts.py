"""The contact diary: attempts, "no contact", wishes that block, promises that are kept or not."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voordeur.adapters.rules import load_calendar
from voordeur.core.contacts import (
    Channel,
    Contact,
    ContactException,
    Credited,
    DayPart,
    Held,
    Promise,
    PromiseState,
    Wish,
    blocked,
    day_after,
    day_part,
    last_day,
    no_contact,
    promise_state,
    summarise,
    unwanted,
    wish_on,
)

ON = date(2026, 11, 10)
MORNING, AFTERNOON, EVENING = DayPart


def tried(day: int, channel: Channel, part: DayPart | None = None, *, reached: bool = False) -> Contact:
    return Contact(date(2026, 11, day), channel, part, reached)


@pytest.mark.parametrize(
    ("hour", "part"),
    [(0, MORNING), (11, MORNING), (12, AFTERNOON), (17, AFTERNOON), (18, EVENING), (23, EVENING)],
)
def test_parts_of_the_day_are_those_of_the_national_model(hour: int, part: DayPart) -> None:
    assert day_part(hour) is part


@pytest.mark.parametrize(
    ("contacts", "lacking"),
    [
        ([], "Nog 2 keer"),
        ([tried(3, Channel.PHONE, MORNING)], "Nog 1 keer"),
        ([tried(3, Channel.LETTER), tried(4, Channel.CARD), tried(5, Channel.MESSAGE)], "Nog 2 keer"),
        ([tried(3, Channel.PHONE, MORNING), tried(4, Channel.VISIT, MORNING)], "hetzelfde deel van de dag"),
        ([tried(3, Channel.PHONE), tried(4, Channel.VISIT)], "hetzelfde deel van de dag"),
        ([tried(3, Channel.PHONE, MORNING), tried(4, Channel.VISIT, EVENING, reached=True)], "gesproken"),
        ([tried(3, Channel.PHONE, MORNING), tried(20, Channel.VISIT, EVENING)], "Nog 1 keer"),
    ],
)
def test_no_contact_takes_two_attempts_at_different_parts_of_the_day(
    contacts: list[Contact], lacking: str
) -> None:
    said = no_contact(contacts, ON)
    assert said is not None
    assert lacking in said.nl


def test_two_attempts_at_different_parts_of_the_day_are_no_contact() -> None:
    assert no_contact([tried(3, Channel.PHONE, MORNING), tried(4, Channel.VISIT, EVENING)], ON) is None


def test_who_rings_us_without_being_reached_does_not_count_as_our_attempt() -> None:
    theirs = Contact(date(2026, 11, 4), Channel.PHONE, EVENING, incoming=True)
    assert no_contact([tried(3, Channel.PHONE, MORNING), theirs], ON) is not None


ALONE = Wish(date(2026, 11, 1), leave_alone_until=date(2026, 11, 30))
PHONE_IN_THE_EVENING = Wish(
    date(2026, 11, 1), channels=frozenset({Channel.PHONE}), parts=frozenset({EVENING}), language="tr"
)


@pytest.mark.parametrize(
    ("wish", "on", "channel", "part", "exception", "why"),
    [
        (None, ON, Channel.VISIT, None, None, None),
        (ALONE, ON, Channel.VISIT, None, None, "met rust"),
        (ALONE, ON, Channel.MESSAGE, None, None, "met rust"),
        (ALONE, date(2026, 11, 30), Channel.PHONE, None, None, "met rust"),
        (ALONE, date(2026, 12, 1), Channel.PHONE, None, None, None),
        (ALONE, date(2026, 10, 31), Channel.PHONE, None, None, None),
        (ALONE, ON, Channel.PHONE, None, ContactException.THEY_ASKED, None),
        (ALONE, ON, Channel.LETTER, None, ContactException.DUTY_TO_WARN, None),
        (ALONE, ON, Channel.VISIT, None, ContactException.DUTY_TO_WARN, "met rust"),
        (ALONE, ON, Channel.VISIT, None, ContactException.COURT_PAPER, "met rust"),
        (ALONE, ON, Channel.VISIT, None, ContactException.EVICTION_NEAR, None),
        (ALONE, ON, Channel.VISIT, None, ContactException.DANGER, None),
        (PHONE_IN_THE_EVENING, ON, Channel.PHONE, EVENING, None, None),
        (PHONE_IN_THE_EVENING, ON, Channel.PHONE, MORNING, None, "in de avond"),
        (PHONE_IN_THE_EVENING, ON, Channel.VISIT, EVENING, None, "per telefoon"),
        (PHONE_IN_THE_EVENING, ON, Channel.LETTER, None, None, "per telefoon"),
    ],
)
def test_a_wish_blocks_unless_a_named_exception_lifts_it(
    wish: Wish | None,
    on: date,
    channel: Channel,
    part: DayPart | None,
    exception: ContactException | None,
    why: str | None,
) -> None:
    said = blocked(wish, on, channel, part, exception)
    assert (said is None) == (why is None)
    assert said is None or (why or "") in said.nl


def test_every_exception_names_its_ground() -> None:
    for one in ContactException:
        assert any(word in one.words.nl for word in ("AVG", "Bgs", "Rv", "Wgs"))


def test_the_newest_wish_counts_until_it_is_withdrawn() -> None:
    later = Wish(date(2026, 11, 5), withdrawn=date(2026, 11, 8))
    assert wish_on([ALONE, later], date(2026, 11, 6)) is later
    assert wish_on([ALONE, later], date(2026, 11, 8)) is ALONE
    assert wish_on([ALONE, later], date(2026, 10, 1)) is None


def test_a_policy_hears_which_ways_are_shut() -> None:
    assert unwanted([ALONE], ON) == {"message", "call", "visit", "letter"}
    assert unwanted([PHONE_IN_THE_EVENING], ON) == {"message", "visit", "letter"}
    assert unwanted([], ON) == frozenset()


FRIDAY = Promise(date(2026, 11, 3), date(2026, 11, 6), 30000)


@pytest.mark.parametrize(
    ("credited", "on", "state"),
    [
        ([], date(2026, 11, 6), PromiseState.OPEN),
        ([], date(2026, 11, 7), PromiseState.BROKEN),
        ([(6, 30000)], date(2026, 11, 7), PromiseState.KEPT),
        ([(4, 10000), (6, 20000)], date(2026, 11, 6), PromiseState.KEPT),
        ([(4, 10000), (6, 19999)], date(2026, 11, 7), PromiseState.BROKEN),
        ([(7, 30000)], date(2026, 11, 10), PromiseState.BROKEN),
        ([(2, 30000)], date(2026, 11, 7), PromiseState.BROKEN),
        ([(6, 30000)], date(2026, 11, 5), PromiseState.OPEN),
    ],
)
def test_i_pay_on_friday_is_known_on_saturday(
    credited: list[tuple[int, int]], on: date, state: PromiseState
) -> None:
    money = [Credited(date(2026, 11, day), cents) for day, cents in credited]
    assert promise_state(FRIDAY, money, on) is state


def test_a_promise_for_a_sunday_is_kept_by_money_on_monday() -> None:
    banks = load_calendar().banks
    sunday = Promise(date(2026, 11, 3), date(2026, 11, 8), 30000)
    assert last_day(sunday, banks) == date(2026, 11, 9)
    assert day_after(sunday, banks) == date(2026, 11, 10)
    assert promise_state(sunday, [], date(2026, 11, 9), banks) is PromiseState.OPEN
    assert promise_state(sunday, [Credited(date(2026, 11, 9), 30000)], ON, banks) is PromiseState.KEPT


@given(
    st.lists(st.tuples(st.integers(-3, 12), st.integers(0, 20000)), max_size=5),
    st.integers(0, 12),
)
def test_a_promise_never_comes_back(money: list[tuple[int, int]], later: int) -> None:
    """Kept stays kept and broken stays broken, whatever day is asked."""
    credited = [Credited(FRIDAY.made_on + timedelta(days=day), cents) for day, cents in money]
    first = promise_state(FRIDAY, credited, FRIDAY.made_on + timedelta(days=later))
    after = promise_state(FRIDAY, credited, FRIDAY.made_on + timedelta(days=later + 1))
    assert first is PromiseState.OPEN or after is first


DIARY = [
    Contact(date(2026, 9, 20), Channel.VISIT, EVENING, reached=True),
    tried(3, Channel.MESSAGE),
    tried(4, Channel.PHONE, MORNING),
    tried(5, Channel.PHONE, AFTERNOON),
    tried(6, Channel.CARD),
    tried(7, Channel.VISIT, AFTERNOON, reached=True),
    tried(8, Channel.LETTER),
    Contact(date(2026, 11, 9), Channel.PHONE, MORNING, reached=True, incoming=True),
    tried(20, Channel.VISIT, EVENING),
]


def test_the_diary_becomes_facts_for_a_policy() -> None:
    now = summarise(DIARY, [], [], ON, since=date(2026, 11, 1), window_days=4, wishes=[ALONE])
    assert (now.messages, now.calls, now.visits, now.letters) == (2, 2, 1, 1)
    assert now.day_parts == 2
    assert now.spoken
    assert now.last_contact == date(2026, 11, 9)
    assert (now.last_message, now.last_visit) == (date(2026, 11, 6), date(2026, 11, 7))
    assert now.last_letter == date(2026, 11, 8)
    assert now.contacts_in_window == 2, "7 and 8 November; who rings us costs nothing"
    assert now.contact_days == (date(2026, 9, 20), date(2026, 11, 7), date(2026, 11, 9))
    assert now.unwanted == {"message", "call", "visit", "letter"}
    assert not now.hold


def test_a_promise_is_a_fact_until_it_is_kept() -> None:
    money = [Credited(date(2026, 11, 6), 30000)]
    assert summarise([], [FRIDAY], [], date(2026, 11, 5)).promise_until == date(2026, 11, 6)
    assert summarise([], [FRIDAY], [], ON).promise_until == date(2026, 11, 6)
    assert summarise([], [FRIDAY], [], ON, money).promise_until is None
    assert summarise([], [FRIDAY], [], ON, since=date(2026, 11, 4)).promise_until is None
    newer = Promise(date(2026, 11, 7), date(2026, 11, 14), 30000)
    assert summarise([], [FRIDAY, newer], [], ON).promise_until == date(2026, 11, 14)


@pytest.mark.parametrize(
    ("hold", "held"),
    [
        (Held(date(2026, 11, 1), date(2026, 11, 10)), True),
        (Held(date(2026, 11, 1), date(2026, 11, 9)), False),
        (Held(date(2026, 11, 11), date(2026, 11, 30)), False),
        (Held(date(2026, 11, 1), date(2026, 11, 30), ended=date(2026, 11, 10)), False),
        (Held(date(2026, 11, 1), date(2026, 11, 30), ended=date(2026, 11, 11)), True),
    ],
)
def test_a_hold_is_a_fact_on_its_days(hold: Held, held: bool) -> None:
    assert summarise([], [], [hold], ON).hold is held


def test_a_visit_that_was_planned_for_a_day_gone_by_is_no_fact() -> None:
    assert summarise([], [], [], ON, visit_planned=date(2026, 11, 9)).visit_planned is None
    assert summarise([], [], [], ON, visit_planned=ON).visit_planned == ON
