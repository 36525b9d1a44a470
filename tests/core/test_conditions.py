"""Conditions: nine shapes that can be printed and read back, and what each says of what is not known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voordeur.core.conditions import (
    OPS,
    UNITS,
    Condition,
    FactKind,
    Op,
    before,
    parse_condition,
    parse_conditions,
)
from voordeur.core.packs import Situation

VOCABULARY = {
    "spoken": FactKind.FLAG,
    "visits": FactKind.NUMBER,
    "last_action": FactKind.CODE,
    "last_contact": FactKind.DAY,
}
TODAY = date(2026, 11, 20)


def holds(text: str, **facts: object) -> bool:
    condition = parse_condition(text, VOCABULARY)
    assert condition is not None
    return condition.holds(Situation(TODAY, facts))


@pytest.mark.parametrize(
    "text",
    [
        "spoken",
        "not spoken",
        "visits >= 2",
        "visits <= 2.5",
        "visits = 12345678",
        "last_action in IC1, S01",
        "last_action not in IC1",
        "last_contact within 14 days",
        "last_contact older than 3 months",
    ],
)
def test_a_condition_is_printed_as_it_is_read(text: str) -> None:
    assert str(parse_condition(text, VOCABULARY)) == text


@pytest.mark.parametrize(
    "text",
    [
        "last_contact within 14",
        "last_contact within 14 moons",
        "last_contact >= 3",
        "last_action",
        "last_action in",
        "last_action in IC1,",
        "visits in 1, 2",
        "visits within 3 days",
        "spoken in yes",
        "spoken and visits >= 1",
        "visits > 3",
        "someone",
    ],
)
def test_what_does_not_fit_the_fact_is_no_condition(text: str) -> None:
    assert parse_condition(text, VOCABULARY) is None


conditions = st.one_of(
    st.builds(Condition, st.just("spoken"), st.sampled_from(OPS[FactKind.FLAG])),
    st.builds(
        Condition,
        st.just("visits"),
        st.sampled_from(OPS[FactKind.NUMBER]),
        st.integers(0, 10**9).map(float) | st.floats(0, 999).map(lambda x: round(x, 2)),
    ),
    st.builds(
        Condition,
        st.just("last_contact"),
        st.sampled_from(OPS[FactKind.DAY]),
        st.integers(0, 10**6).map(float),
        st.sampled_from(UNITS),
    ),
    st.builds(
        lambda op, codes: Condition("last_action", op, codes=tuple(codes)),
        st.sampled_from(OPS[FactKind.CODE]),
        st.lists(st.from_regex(r"[A-Z0-9]{1,4}", fullmatch=True), min_size=1, max_size=3),
    ),
)


@given(conditions)
def test_every_condition_can_be_written_and_read_back(condition: Condition) -> None:
    assert parse_condition(str(condition), VOCABULARY) == condition


@given(st.lists(conditions, min_size=1, max_size=3))
def test_so_can_several_joined_by_and(group: list[Condition]) -> None:
    assert parse_conditions(" and ".join(map(str, group)), VOCABULARY) == tuple(group)


def test_within_seven_days_starts_the_day_after_the_seventh() -> None:
    assert holds("last_contact within 7 days", last_contact=date(2026, 11, 14))
    assert not holds("last_contact within 7 days", last_contact=date(2026, 11, 13))
    assert holds("last_contact older than 7 days", last_contact=date(2026, 11, 13))
    assert holds("last_contact within 1 weeks", last_contact=date(2026, 11, 14))
    assert holds("last_contact within 3 months", last_contact=date(2026, 8, 21))
    assert not holds("last_contact within 3 months", last_contact=date(2026, 8, 20))
    assert holds("last_contact within 6 years", last_contact=date(2020, 11, 21))


@pytest.mark.parametrize("op", ["within", "older than"])
def test_a_day_that_is_not_known_is_neither_new_nor_old(op: str) -> None:
    assert not holds(f"last_contact {op} 7 days", last_contact=None)
    assert not holds("last_action in IC1", last_action=None)
    assert not holds("last_action not in IC1", last_action=None)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 10**9), st.sampled_from(UNITS))
def test_a_known_day_is_one_of_the_two_however_long_the_stretch(day: date, count: int, unit: str) -> None:
    facts = Situation(TODAY, {"last_contact": day})
    newer, older = (Condition("last_contact", op, count, unit).holds(facts) for op in (Op.WITHIN, Op.OLDER))
    assert newer != older
    assert before(TODAY, count, unit) <= TODAY


def test_what_has_no_sentence_of_its_own_says_the_condition() -> None:
    condition = parse_condition("last_action in IC1", VOCABULARY)
    assert condition is not None
    assert condition.unmet_words(Situation(TODAY, {})).en == "Not met: last_action in IC1."
