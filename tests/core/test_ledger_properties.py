"""What holds for every ledger, however strange: shown on made-up ledgers with every kind of entry."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.ledgers import FIRST_DAY, LAST_DAY, days, ledgers
from tests.core.naive_ledger import Book, naive
from voordeur.core.ledger import (
    Entry,
    Kind,
    Position,
    Replay,
    history,
    known_by,
    position,
    totals,
)

EVERY_DAY = [FIRST_DAY + timedelta(days=n) for n in range(0, (LAST_DAY - FIRST_DAY).days, 3)]
many = settings(max_examples=100, deadline=None)
very_many = settings(max_examples=400, deadline=None)


def picture(at: Position) -> object:
    """Everything that a position says, as plain values."""
    return (
        at.on,
        [
            (c.entry, c.due, c.amount, c.outstanding, c.allocations, c.paid_on, c.days_late)
            for c in at.charges
        ],
        [(c.entry, c.left, c.waits_for, c.parts) for c in at.credits],
        (at.balance, at.credit, at.overdue, at.oldest_unpaid_due, at.days_overdue, at.last_payment),
    )


def outstanding(at: Position) -> dict[str, int]:
    """Per charge what is open."""
    return {charge.id: charge.outstanding for charge in at.charges}


# --- nothing is created or lost -----------------------------------------------------------------------------


@many
@given(ledgers())
def test_the_balance_is_the_sum_of_all_entries_at_every_moment(entries: list[Entry]) -> None:
    replay, expected = Replay(), 0
    for entry in known_by(entries, date.max):
        replay.add(entry)
        expected += entry.effect
        assert replay.position(entry.date).balance == replay.balance == expected


@many
@given(ledgers())
def test_what_covers_a_charge_is_what_its_payments_laid_out(entries: list[Entry]) -> None:
    replay = Replay()
    for entry in known_by(entries, date.max):
        replay.add(entry)
        at = replay.position(entry.date)
        from_charges = Counter(part for charge in at.charges for part in charge.allocations)
        from_money = Counter(part for credit in at.credits for part in credit.parts)
        assert from_charges == from_money
        for charge in at.charges:
            assert charge.covered == sum(part.amount for part in charge.allocations)
            assert 0 <= charge.outstanding <= charge.amount <= abs(charge.entry.amount)
        for credit in at.credits:
            assert 0 <= credit.left + sum(part.amount for part in credit.parts) <= abs(credit.entry.amount)


@many
@given(ledgers())
def test_no_money_lies_idle_while_a_charge_is_open(entries: list[Entry]) -> None:
    replay = Replay()
    for entry in known_by(entries, date.max):
        replay.add(entry)
        at = replay.position(entry.date)
        free = sum(credit.left for credit in at.credits if credit.waits_for is None)
        assert not (free and at.open_charges)
        assert not any(credit.waits_for in replay.charges for credit in at.credits)


@very_many
@given(ledgers(), days, st.none() | days)
def test_it_agrees_with_the_same_rules_written_as_plainly_as_possible(
    entries: list[Entry], on: date, known: date | None
) -> None:
    at, book = position(entries, on, known), naive(entries, on, known)
    assert _charges_of(at) == _charges_in(book)
    assert [(c.entry.id, c.left, c.waits_for) for c in at.credits] == [
        (money.entry.id, money.left, money.waits_for) for money in book.money
    ]


def _charges_of(at: Position) -> list[object]:
    return [
        (
            c.id,
            c.due,
            c.amount,
            c.outstanding,
            [[p.credit, p.amount, p.money_date, p.kind] for p in c.allocations],
        )
        for c in at.charges
    ]


def _charges_in(book: Book) -> list[object]:
    return [(owed.id, owed.due, owed.amount, owed.left, owed.cover) for owed in book.owed]


# --- order and time -----------------------------------------------------------------------------------------


@many
@given(ledgers().flatmap(lambda entries: st.tuples(st.just(entries), st.permutations(entries))), days)
def test_the_order_of_import_does_not_matter(both: tuple[list[Entry], list[Entry]], on: date) -> None:
    entries, shuffled = both
    assert picture(position(shuffled, on)) == picture(position(entries, on))


@many
@given(ledgers())
def test_the_history_says_of_each_day_what_a_replay_up_to_that_day_says(entries: list[Entry]) -> None:
    assert history(entries, EVERY_DAY) == [totals(position(entries, on)) for on in EVERY_DAY]


@many
@given(ledgers(), days)
def test_a_replay_that_pauses_to_look_ends_the_same(entries: list[Entry], stop: date) -> None:
    replay = Replay()
    for entry in known_by(entries, stop):
        replay.add(entry)
    assert picture(replay.position(stop)) == picture(position(entries, stop))
    assert replay.totals(stop) == totals(position(entries, stop))
    for entry in known_by(entries, date.max):
        if entry.date > stop:
            replay.add(entry)
    assert picture(replay.position(LAST_DAY)) == picture(position(entries, LAST_DAY))


@many
@given(ledgers(), days, days)
def test_what_we_learn_later_does_not_show(entries: list[Entry], on: date, known: date) -> None:
    in_time = [entry for entry in entries if (entry.known or entry.date) <= known]
    assert picture(position(entries, on, known)) == picture(position(in_time, on))


@many
@given(ledgers(), days)
def test_once_everything_is_known_the_two_views_are_one(entries: list[Entry], on: date) -> None:
    assert picture(position(entries, on, LAST_DAY)) == picture(position(entries, on))


# --- reversals ----------------------------------------------------------------------------------------------


@many
@given(ledgers(), st.integers(0, 30), st.sampled_from([None, "e0", "e1", "e2", "to come"]))
def test_a_payment_that_is_reversed_at_once_never_was(
    entries: list[Entry], amount: int, named: str | None
) -> None:
    before = position(entries, LAST_DAY)
    payment = Entry("payment", LAST_DAY, Kind.PAYMENT, amount, designates=named, sequence=8)
    reversal = Entry("reversal", LAST_DAY, Kind.REVERSAL, amount, reverses="payment", sequence=9)
    assert picture(position([*entries, payment, reversal], LAST_DAY)) == picture(before)


@many
@given(ledgers(), days, st.integers(1, 30), st.integers(0, 9))
def test_a_payment_that_was_reversed_before_it_came_leaves_no_trace(
    entries: list[Entry], on: date, amount: int, later: int
) -> None:
    payment = Entry("payment", on + timedelta(days=later), Kind.PAYMENT, amount, sequence=9)
    reversal = Entry("reversal", on, Kind.REVERSAL, amount, reverses="payment", sequence=8)
    replay = Replay()
    for entry in known_by([*entries, payment, reversal], LAST_DAY):
        replay.add(entry)
    at = replay.position(LAST_DAY)
    assert "payment" not in replay.credits
    assert "reversal" not in replay.charges
    assert not {"payment", "reversal"} & {part.credit for charge in at.charges for part in charge.allocations}
    assert at.balance == position(entries, LAST_DAY).balance


@many
@given(ledgers(), days, st.integers(1, 30), st.integers(0, 9))
def test_a_reversed_payment_leaves_no_trace(entries: list[Entry], on: date, amount: int, later: int) -> None:
    others = [entry for entry in entries if entry.reverses != "payment"]
    payment = Entry("payment", on, Kind.PAYMENT, amount, sequence=5)
    reversal = Entry(
        "reversal", on + timedelta(days=later), Kind.REVERSAL, amount, reverses="payment", sequence=5
    )
    at = position([*others, payment, reversal], LAST_DAY)
    assert "payment" not in {credit.entry.id for credit in at.credits}
    assert "payment" not in {part.credit for charge in at.charges for part in charge.allocations}
    assert "reversal" not in {charge.id for charge in at.charges}
    assert at.balance == position(others, LAST_DAY).balance


@many
@given(ledgers(), st.lists(st.integers(1, 9), min_size=1, max_size=5), st.integers(0, 5))
def test_a_reversal_in_parts_is_the_reversal_as_a_whole(
    entries: list[Entry], parts: list[int], kept: int
) -> None:
    payment = Entry("payment", LAST_DAY, Kind.PAYMENT, sum(parts) + kept, sequence=8)
    whole = Entry("w", LAST_DAY, Kind.REVERSAL, sum(parts), reverses="payment", sequence=9)
    pieces = [
        Entry(f"piece {n}", LAST_DAY, Kind.REVERSAL, amount, reverses="payment", sequence=9)
        for n, amount in enumerate(parts)
    ]
    at_once = position([*entries, payment, whole], LAST_DAY)
    in_parts = position([*entries, payment, *pieces], LAST_DAY)
    assert outstanding(in_parts) == outstanding(at_once)
    assert in_parts.balance == at_once.balance


@many
@given(ledgers())
def test_what_is_larger_than_the_payment_is_owed(entries: list[Entry]) -> None:
    payment = Entry("payment", LAST_DAY, Kind.PAYMENT, 10, sequence=8)
    reversal = Entry("reversal", LAST_DAY, Kind.REVERSAL, 13, reverses="payment", sequence=9)
    before = position(entries, LAST_DAY)
    after = position([*entries, payment, reversal], LAST_DAY)
    owed = {charge.id: charge for charge in after.charges}["reversal"]
    assert owed.amount == 3
    assert after.balance == before.balance + 3


# --- what a charge says -------------------------------------------------------------------------------------


@many
@given(ledgers(), days)
def test_overdue_speaks_of_days_before_today_only(entries: list[Entry], on: date) -> None:
    at = position(entries, on)
    late = [charge for charge in at.charges if charge.due < on and charge.outstanding > 0]
    assert at.overdue == sum(charge.outstanding for charge in late)
    assert {charge.id for charge in at.overdue_charges} == {charge.id for charge in late}
    assert at.oldest_unpaid_due == min((charge.due for charge in late), default=None)
    assert at.days_overdue == max(((on - charge.due).days for charge in late), default=0)
    assert (at.days_overdue > 0) == (at.overdue > 0)


@many
@given(ledgers(), days)
def test_a_charge_is_paid_on_the_day_of_its_last_money_or_not_at_all(entries: list[Entry], on: date) -> None:
    for charge in position(entries, on).charges:
        written_off = any(part.kind is Kind.WRITE_OFF for part in charge.allocations)
        if charge.outstanding or written_off or not charge.amount:
            assert charge.paid_on is None
            assert charge.days_late is None
        else:
            assert charge.paid_on == max(part.money_date for part in charge.allocations)
            assert charge.days_late == (charge.paid_on - charge.due).days
