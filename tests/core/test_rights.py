"""By when a request is answered, and what it stops until then."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voordeur.core.problems import Refused
from voordeur.core.rights import (
    Request,
    RequestKind,
    RequestState,
    answer_by,
    check_received,
    why_not_extend,
)

DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))
RECEIVED = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("received", "first", "extended"),
    [
        (date(2026, 11, 2), date(2026, 12, 2), date(2027, 2, 2)),
        (date(2026, 1, 31), date(2026, 2, 28), date(2026, 4, 30)),  # a month that is too short
        (date(2027, 11, 30), date(2027, 12, 30), date(2028, 2, 29)),
        (
            date(2026, 10, 22),
            date(2026, 11, 22),
            date(2027, 1, 22),
        ),  # ends on a Sunday: we keep the earlier day
    ],
)
def test_an_answer_comes_within_a_month_or_three(received: date, first: date, extended: date) -> None:
    assert answer_by(received) == first
    assert answer_by(received, extended=True) == extended


@given(DAYS)
def test_the_first_month_never_ends_later_than_the_calendar_month_after_it(day: date) -> None:
    assert timedelta(days=28) <= answer_by(day) - day <= timedelta(days=31)
    assert answer_by(day) < answer_by(day, extended=True)


@pytest.mark.parametrize(
    ("on", "left"),
    [
        (date(2026, 11, 23), "nog negen dagen"),
        (date(2026, 12, 1), "nog één dag"),
        (date(2026, 12, 2), "vandaag is de laatste dag"),
        (date(2026, 12, 5), "drie dagen te laat"),
    ],
)
def test_the_time_that_is_left_in_words(on: date, left: str) -> None:
    assert Request(RequestKind.ACCESS, RECEIVED).time_left(on).nl == left


@pytest.mark.parametrize(
    ("request_", "on", "code"),
    [
        (Request(RequestKind.ACCESS, RECEIVED), date(2026, 12, 2), None),
        (Request(RequestKind.ACCESS, RECEIVED), date(2026, 12, 3), "first-month-over"),
        (
            Request(RequestKind.ACCESS, RECEIVED, extended=date(2026, 11, 9)),
            date(2026, 11, 10),
            "extended-before",
        ),
        (
            Request(RequestKind.ACCESS, RECEIVED, state=RequestState.GRANTED, closed=RECEIVED),
            RECEIVED,
            "request-closed",
        ),
    ],
)
def test_the_term_is_extended_once_and_within_the_first_month(
    request_: Request, on: date, code: str | None
) -> None:
    problem = why_not_extend(request_, on)
    assert (problem.code if problem else None) == code


@pytest.mark.parametrize("kind", RequestKind)
def test_only_an_objection_stops_contact(kind: RequestKind) -> None:
    assert Request(kind, RECEIVED).stops_contact(RECEIVED) == (kind is RequestKind.OBJECTION)


def test_an_objection_stops_contact_until_somebody_decides() -> None:
    asked = Request(RequestKind.OBJECTION, RECEIVED)
    decided = date(2026, 11, 20)
    before, after = decided - timedelta(days=1), decided + timedelta(days=400)
    assert not asked.stops_contact(RECEIVED - timedelta(days=1))
    assert asked.stops_contact(after), "silence never lifts it"
    refused = Request(RequestKind.OBJECTION, RECEIVED, state=RequestState.REFUSED, closed=decided)
    assert refused.stops_contact(before)
    assert not refused.stops_contact(decided)
    granted = Request(RequestKind.OBJECTION, RECEIVED, state=RequestState.GRANTED, closed=decided)
    assert granted.stops_contact(after)
    on_a_ground = Request(RequestKind.OBJECTION, RECEIVED, resumed=decided)
    assert on_a_ground.stops_contact(before)
    assert not on_a_ground.stops_contact(decided)


def test_a_request_is_not_of_tomorrow_and_not_of_last_year() -> None:
    check_received(RECEIVED, RECEIVED)
    for day, code in ((RECEIVED + timedelta(days=1), "day-to-come"), (date(2026, 6, 1), "too-long-ago")):
        with pytest.raises(Refused) as refused:
            check_received(day, RECEIVED)
        assert refused.value.problems[0].code == code
