"""Visits recorded without network: the clock, contradictions, and a card that comes from outside."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voordeur.core.contacts import Channel, ContactOutcome, DayPart
from voordeur.core.visit_card import Agreed, VisitCard, read_visit
from voordeur.core.visits import (
    Clock,
    Reason,
    Record,
    VisitResult,
    contradicted,
    contradiction,
    put_right_by,
    when_it_was,
)

BEGUN = datetime(2026, 11, 23, 8, tzinfo=UTC)
RECEIVED = BEGUN + timedelta(hours=8)
records = st.builds(
    Record,
    id=st.uuids().map(str),
    phone=st.sampled_from(["one", "other"]),
    order=st.integers(1, 9),
    card=st.sampled_from(["a", "b"]),
    happened=st.integers(0, 480).map(lambda minutes: BEGUN + timedelta(minutes=minutes)),
    result=st.sampled_from(VisitResult),
    promise=st.none() | st.tuples(st.integers(1, 3), st.just(date(2026, 11, 27))),
    consent=st.none() | st.booleans(),
)


@given(records, records)
def test_a_contradiction_is_the_same_from_both_sides(one: Record, other: Record) -> None:
    assert contradiction(one, other) == contradiction(other, one)


@given(records, st.lists(records, max_size=4))
def test_the_order_in_which_events_come_does_not_matter(one: Record, others: list[Record]) -> None:
    found = {str(contradicted(one, some)) for some in permutations(others)}
    assert len(found) <= 1


@given(records)
def test_nobody_contradicts_the_own_record(one: Record) -> None:
    assert contradiction(one, one) is None


def record(phone: str, minutes: int, result: VisitResult, **more: Any) -> Record:
    at = BEGUN + timedelta(minutes=minutes)
    return Record(f"{phone}{minutes}", phone, 1, phone, at, result, **more)


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (
            record("a", 0, VisitResult.MET),
            record("b", 20, VisitResult.NOT_MET),
            "Eén bezoek, twee uitkomsten.",
        ),
        (record("a", 0, VisitResult.MET), record("b", 31, VisitResult.NOT_MET), None),
        (
            record("a", 0, VisitResult.MOVED),
            record("b", 300, VisitResult.MET),
            "Verhuisd, en toch gesproken.",
        ),
        (record("a", 0, VisitResult.MOVED), record("b", 300, VisitResult.NOT_MET), None),
        (record("a", 0, VisitResult.MET), record("a", 5, VisitResult.NOT_MET), None),
        (
            record("a", 0, VisitResult.MET, consent=True),
            record("b", 90, VisitResult.MET, consent=False),
            "Ja en nee op dezelfde vraag.",
        ),
        (
            record("a", 0, VisitResult.MET, promise=(100, date(2026, 11, 27))),
            record("b", 90, VisitResult.MET, promise=(200, date(2026, 11, 27))),
            "Twee verschillende beloften op één dag.",
        ),
    ],
)
def test_what_contradicts_what(one: Record, other: Record, said: str | None) -> None:
    found = contradiction(one, other)
    assert (found.nl if found else None) == said


def test_of_one_card_the_last_version_counts() -> None:
    first, last = (Record(f"{at}", "a", at, "card", BEGUN, VisitResult.MET) for at in (1, 2))
    assert put_right_by(first, [last]) == last
    assert put_right_by(last, [first]) is None


@pytest.mark.parametrize(
    ("said", "offset", "moment", "clock"),
    [
        (timedelta(hours=2), 0, timedelta(hours=2), Clock.RIGHT),
        (timedelta(hours=5), 3 * 3_600_000, timedelta(hours=2), Clock.SHIFTED),
        (timedelta(hours=9), None, timedelta(hours=8), Clock.AHEAD),
        (timedelta(days=-2), None, timedelta(), Clock.BEHIND),
        # 12:01 on the phone is no afternoon when it came at 11:59
        (timedelta(hours=8, seconds=90), None, timedelta(hours=8), Clock.RIGHT),
    ],
)
def test_the_clock_of_the_phone(said: timedelta, offset: int | None, moment: timedelta, clock: Clock) -> None:
    assert when_it_was(BEGUN + said, offset, BEGUN, RECEIVED) == (BEGUN + moment, clock)


@given(st.integers(-10_000_000, 10_000_000), st.none() | st.integers(-(10**11), 10**11))
def test_no_event_lies_before_the_packet_or_after_it_came(seconds: int, offset: int | None) -> None:
    moment, _ = when_it_was(BEGUN + timedelta(seconds=seconds), offset, BEGUN, RECEIVED)
    assert BEGUN - timedelta(minutes=2) <= moment <= RECEIVED


# --- the card ---


def read(**payload: Any) -> VisitCard:
    found = read_visit({"card": "1", "result": "met", **payload})
    assert isinstance(found, VisitCard), found
    return found


def test_a_card_in_words() -> None:
    card = read(
        reasons=["family", "less_income"], needs=["papers"], agreed=["check"], words=" Belt zelf. ",
        promise_cents=655_15, promise_until="2026-11-27", wish={"channels": ["phone"], "parts": ["evening"]},
    )  # fmt: skip
    assert card.told() == (
        "Wat speelt er: minder inkomen, gezin veranderd. Ook nodig: hulp bij post en formulieren."
        " Afgesproken: samen de regelingen nakijken. Betaalt €\u00a0655,15 op uiterlijk 27 november. Belt zelf."
    )
    assert card.wish is not None
    assert (card.wish.channels, card.wish.parts) == ({Channel.PHONE}, {DayPart.EVENING})


@pytest.mark.parametrize(
    ("payload", "outcome"),
    [
        ({}, ContactOutcome.SPOKEN),
        ({"reasons": [Reason.DISPUTES], "promise_until": "2026-11-27"}, ContactOutcome.DISPUTES),
        ({"promise_until": "2026-11-27", "wants_help": True}, ContactOutcome.PROMISED),
        ({"agreed": [Agreed.MUNICIPALITY]}, ContactOutcome.WANTS_HELP),
        ({"result": "refused"}, ContactOutcome.DECLINED),
        ({"result": "not_met"}, ContactOutcome.NO_ANSWER),
        ({"result": "not_met", "card_left": True}, ContactOutcome.CARD_LEFT),
        ({"result": "moved"}, ContactOutcome.NO_ANSWER),
    ],
)
def test_what_the_diary_calls_it(payload: dict[str, Any], outcome: ContactOutcome) -> None:
    assert read(**payload).outcome is outcome


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30) | st.floats(allow_nan=False),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=9), inside, max_size=3),
    max_leaves=6,
)
FIELDS = (
    "card", "result", "reasons", "needs", "agreed", "words", "wants_help", "promise_cents", "promise_until",
    "next_part", "wish", "consent", "danger",
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(FIELDS), ANYTHING))
def test_whatever_comes_in_is_read_or_refused_in_words(payload: dict[str, Any]) -> None:
    found = read_visit(payload)
    if not isinstance(found, VisitCard):
        assert all(one.code == "card-not-readable" and one.column for one in found)


def test_what_a_newer_app_adds_is_not_looked_at() -> None:
    assert read(mood="sunny").result is VisitResult.MET
