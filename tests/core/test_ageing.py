"""Ageing: whatever the buckets, they add up to the balance."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.ledger_tables import on
from tests.core.ledgers import days, ledgers
from tests.core.test_pauses import pause, some_pauses
from voordeur.core.ageing import STANDARD, Bucket, ageing, check_buckets
from voordeur.core.ledger import Entry, position
from voordeur.core.pauses import Pause, days_counted, normalised

HALF_A_YEAR = """
    january  1 jan  charge  600
    april    1 apr  charge  610
    may      1 may  charge  620
    june     1 jun  charge  630
    july     1 jul  charge  640
    p1       5 jun  payment 100
"""


@st.composite
def buckets(draw: st.DrawFn) -> list[Bucket]:
    """Any buckets that follow each other from day 1."""
    ends = sorted(draw(st.sets(st.integers(1, 60), max_size=5)))
    return [*(Bucket(start + 1, end) for start, end in pairwise([0, *ends])), Bucket(max([0, *ends]) + 1)]


def test_each_charge_stands_in_the_bucket_of_its_own_days() -> None:
    found = ageing(on("30 jun", HALF_A_YEAR))
    assert found.by_bucket == (630_00, 620_00, 610_00, 500_00)  # 29, 60, 90 and 180 days
    assert (found.not_overdue, found.credit, found.balance) == (0, 0, 2360_00)


def test_due_today_is_not_overdue() -> None:
    assert ageing(on("1 jul", HALF_A_YEAR)).not_overdue == 640_00
    assert ageing(on("2 jul", HALF_A_YEAR)).by_bucket[0] == 640_00


def test_credit_stands_apart_and_is_part_of_the_sum() -> None:
    found = ageing(on("9 mar", "march 1 mar charge 650\np1 2 mar payment 700 for=april"))
    assert (found.by_bucket, found.credit, found.balance) == ((650_00, 0, 0, 0), 700_00, -50_00)


def test_a_pause_keeps_a_charge_in_its_bucket() -> None:
    at = on("15 jul", HALF_A_YEAR)
    assert ageing(at).by_bucket == (640_00, 630_00, 620_00, 610_00 + 500_00)
    paused = ageing(at, pauses=[pause("30 jun", "15 jul")])
    assert paused.by_bucket == (630_00, 620_00, 610_00, 500_00)
    assert paused.not_overdue == 640_00, "it fell due during the pause: no day has counted yet"


@given(ledgers(), days, buckets(), some_pauses)
def test_the_buckets_always_add_up_to_the_balance(
    entries: list[Entry], day: date, chosen: list[Bucket], pauses: list[Pause]
) -> None:
    at = position(entries, day)
    found = ageing(at, chosen, normalised(pauses))
    assert found.not_overdue + sum(found.by_bucket) - found.credit == found.balance == at.balance


@given(ledgers(), days, buckets(), some_pauses)
def test_every_open_charge_stands_in_one_bucket(
    entries: list[Entry], day: date, chosen: list[Bucket], pauses: list[Pause]
) -> None:
    at = position(entries, day)
    found = ageing(at, chosen, normalised(pauses))
    for place, bucket in enumerate(chosen):
        inside = [
            charge.outstanding
            for charge in at.charges
            if bucket.first <= days_counted(charge.due, day, normalised(pauses)) <= (bucket.last or 10**6)
        ]
        assert found.by_bucket[place] == sum(inside)


@given(ledgers(), days)
def test_without_pauses_the_overdue_amount_is_all_buckets_together(entries: list[Entry], day: date) -> None:
    at = position(entries, day)
    assert sum(ageing(at).by_bucket) == at.overdue


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ([], "no last day"),
        ([Bucket(1, 30)], "no last day"),
        ([Bucket(0)], "start at day 1"),
        ([Bucket(2)], "start at day 1"),
        ([Bucket(1, 30), Bucket(32)], "without gap"),
        ([Bucket(1, 30), Bucket(30)], "without gap or overlap"),
        ([Bucket(1, 0), Bucket(1)], "without gap"),
        ([Bucket(1), Bucket(31)], "without gap"),
    ],
)
def test_buckets_with_a_gap_an_overlap_or_an_end_are_refused(wrong: list[Bucket], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        check_buckets(wrong)
    with pytest.raises(ValueError, match=why):
        ageing(on("1 mar", ""), wrong)


def test_the_standard_buckets_are_in_order() -> None:
    check_buckets(STANDARD)
