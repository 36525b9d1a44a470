"""A record is kept through the last day of its term, and longer only for a reason that can be named."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voordeur.core.retention import (
    FATE_WORDS,
    HOLDBACK_WORDS,
    MOMENT_WORDS,
    STRUCTURAL,
    Fate,
    Holdback,
    Moment,
    Record,
    RetentionRule,
    is_over,
    last_day,
    newest_due,
    sift,
    why_kept,
)
from voordeur.core.words import Words

NOTES = RetentionRule(
    name="notes", what=Words("notities", "notes"), whose=Words("huurders", "tenants"), tables=("store.Contact",),
    fate=Fate.ERASE, months=24, days=0, moment=Moment.CASE_CLOSED, holds=frozenset({Holdback.RUNNING_CASE}),
    basis=Words("AVG", "GDPR"), source="eigen keuze", trust="choice",
)  # fmt: skip
LOG = replace(NOTES, fate=Fate.KEEP, months=0, moment=Moment.ALWAYS)
DAY = date(2026, 11, 23)

days = st.dates(date(1990, 1, 1), date(2090, 12, 31))
rules = st.one_of(
    st.builds(lambda months: replace(NOTES, months=months), st.integers(1, 240)),
    st.builds(lambda days: replace(NOTES, months=0, days=days), st.integers(1, 4000)),
)
records = st.builds(
    Record, id=st.uuids().map(str), since=st.none() | days, held=st.frozensets(st.sampled_from(Holdback))
)


@pytest.mark.parametrize(
    ("months", "days", "since", "last"),
    [
        (24, 0, date(2024, 11, 22), date(2026, 11, 22)),
        (1, 0, date(2026, 1, 31), date(2026, 2, 28)),
        (12, 0, date(2024, 2, 29), date(2025, 2, 28)),
        (0, 30, date(2026, 1, 31), date(2026, 3, 2)),
    ],
)
def test_on_its_last_day_it_is_kept_and_on_the_next_it_is_due(
    months: int, days: int, since: date, last: date
) -> None:
    rule = replace(NOTES, months=months, days=days)
    assert last_day(rule, since) == last
    assert not is_over(rule, since, last)
    assert is_over(rule, since, last + timedelta(days=1))


def test_what_has_not_begun_to_count_and_what_is_kept_are_never_due() -> None:
    assert not is_over(NOTES, None, DAY)
    assert last_day(LOG, date(1990, 1, 1)) is None
    assert newest_due(LOG, DAY) is None
    assert sift(LOG, [Record("1", date(1990, 1, 1))], DAY).due == ()


@given(rules, days, days)
def test_the_newest_due_day_splits_what_is_over_from_what_is_not(
    rule: RetentionRule, day: date, since: date
) -> None:
    """So that a database can be asked by one day, and gives the same answer as record by record."""
    newest = newest_due(rule, day)
    assert newest is not None
    assert is_over(rule, since, day) == (since <= newest)
    assert is_over(rule, newest, day)
    assert not is_over(rule, newest + timedelta(days=1), day)


@given(rules, days, days, st.integers(0, 5000))
def test_what_is_due_stays_due(rule: RetentionRule, since: date, day: date, later: int) -> None:
    if is_over(rule, since, day):
        assert is_over(rule, since, day + timedelta(days=later))


@given(rules, st.lists(records, max_size=20, unique_by=lambda one: one.id), days)
def test_every_record_is_due_or_held_or_not_over(rule: RetentionRule, some: list[Record], day: date) -> None:
    found = sift(rule, some, day)
    over = [one for one in some if is_over(rule, one.since, day)]
    assert len(found.due) + sum(count for _, count in found.held) == len(over)
    assert all(not one.held & (rule.holds | STRUCTURAL) for one in found.due)
    assert found.oldest == min((one.since for one in found.due if one.since), default=None)


@given(st.frozensets(st.sampled_from(Holdback), min_size=1), days)
def test_only_reasons_that_the_rule_names_hold_and_those_of_structure_always(
    held: frozenset[Holdback], since: date
) -> None:
    record = Record("1", since, held)
    reason = why_kept(NOTES, record)
    counting = held & {Holdback.RUNNING_CASE, Holdback.UNDECIDED, Holdback.NEEDED}
    assert (reason in counting) if counting else reason is None


def test_the_program_carries_out_only_what_it_keeps_itself() -> None:
    carried = {fate for fate in Fate if replace(NOTES, fate=fate).is_carried_out}
    assert carried == {Fate.ERASE, Fate.ANONYMISE}


def test_a_court_file_is_named_before_anything_else() -> None:
    rule = replace(NOTES, holds=frozenset(Holdback))
    record = Record("1", date(2020, 1, 1), frozenset({Holdback.RUNNING_CASE, Holdback.COURT_FILE}))
    assert why_kept(rule, record) is Holdback.COURT_FILE
    assert sift(rule, [record], DAY).held == ((Holdback.COURT_FILE, 1),)


@pytest.mark.parametrize(
    ("months", "days", "said"),
    [(24, 0, "2 jaar"), (6, 0, "6 maanden"), (1, 0, "1 maand"), (0, 30, "30 dagen"), (0, 1, "1 dag")],
)
def test_a_term_in_words(months: int, days: int, said: str) -> None:
    assert replace(NOTES, months=months, days=days).term.nl == said
    assert LOG.term.nl == "geen"


def test_every_code_has_words() -> None:
    assert (set(FATE_WORDS), set(MOMENT_WORDS), set(HOLDBACK_WORDS)) == (
        set(Fate),
        set(Moment),
        set(Holdback),
    )
