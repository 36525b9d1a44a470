"""Rows as core values: months that a payer names, money that was seen twice, and pauses."""

from datetime import date

import pytest

from tests.actions.town import SmallTown, entry, small_town
from voordeur.core.ledger import position
from voordeur.store.convert import Row, core_entries, entry_id, ledger, ledgers, pauses, period_of
from voordeur.store.models import Entry, Pause

CHARGE, PAYMENT, REVERSAL = Entry.Kind.CHARGE.value, Entry.Kind.PAYMENT.value, Entry.Kind.REVERSAL.value


def row(pk: int, day: date, kind: int, amount: int, **more: object) -> Row:
    empty = Row(
        1, pk, day, day, day if kind == CHARGE else None, kind, 1, amount, None, None, None, None, None, 0
    )
    return empty._replace(**more)  # type: ignore[arg-type]


MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


def test_a_named_month_becomes_the_charge_of_that_month() -> None:
    rows = [
        row(1, MARCH, CHARGE, 600_00),
        row(2, APRIL, CHARGE, 600_00),
        row(3, date(2026, 4, 2), PAYMENT, 600_00, period=APRIL),
    ]
    assert core_entries(rows)[2].designates == entry_id(2)


def test_a_named_month_that_is_still_to_come_waits_for_it() -> None:
    rows = [row(1, MARCH, CHARGE, 600_00), row(2, date(2026, 3, 28), PAYMENT, 600_00, period=APRIL)]
    at = position(core_entries(rows), date(2026, 3, 31))
    assert (at.overdue, at.credit) == (600_00, 600_00)


def test_a_named_month_that_never_was_charged_is_no_designation() -> None:
    rows = [row(1, APRIL, CHARGE, 600_00), row(2, date(2026, 4, 2), PAYMENT, 600_00, period=MARCH)]
    assert core_entries(rows)[1].designates is None


def test_rent_due_at_the_end_of_a_month_is_for_the_next() -> None:
    assert period_of(date(2026, 3, 31)) == APRIL
    assert period_of(date(2026, 3, 28)) == date(2026, 3, 1)
    assert period_of(date(2026, 3, 1)) == MARCH


def test_money_seen_twice_counts_once_and_its_reversal_finds_the_one_that_counts() -> None:
    rows = [
        row(1, MARCH, CHARGE, 600_00),
        row(2, date(2026, 3, 2), PAYMENT, 600_00),
        row(3, date(2026, 3, 3), PAYMENT, 600_00, same_as=2),
        row(4, date(2026, 3, 9), REVERSAL, 600_00, reverses=3),
    ]
    entries = core_entries(rows)
    assert [one.id for one in entries] == [entry_id(pk) for pk in (1, 2, 4)]
    assert entries[2].reverses == entry_id(2)
    assert position(entries, date(2026, 3, 31)).overdue == 600_00


@pytest.mark.django_db
class TestFromTheDatabase:
    @pytest.fixture
    def town(self) -> SmallTown:
        town = small_town()
        entry(town.de_wit, APRIL, Entry.Kind.CHARGE, 598_00)
        entry(town.de_wit, MARCH, Entry.Kind.CHARGE, 598_00)
        entry(town.veldhuizer, MARCH, Entry.Kind.CHARGE, 655_15)
        return town

    def test_ledgers_come_whole_and_in_order(self, town: SmallTown) -> None:
        found = dict(ledgers())
        assert set(found) == {town.de_wit.pk, town.veldhuizer.pk}
        assert [one.date for one in found[town.de_wit.pk]] == [MARCH, APRIL]
        assert [one.due for one in found[town.de_wit.pk]] == [MARCH, APRIL]

    def test_one_ledger_and_a_tenancy_without_any(self, town: SmallTown) -> None:
        assert [one.amount for one in ledger(town.veldhuizer.pk)] == [655_15]
        assert ledger(town.oudshoven.pk) == []
        assert [tenancy for tenancy, _ in ledgers([town.oudshoven.pk])] == []

    def test_pauses_that_overlap_are_one(self, town: SmallTown) -> None:
        for start, end in ((1, 10), (5, 20)):
            Pause.objects.create(
                tenancy=town.de_wit, start=date(2026, 3, start), end=date(2026, 3, end), reason="dispute"
            )
        assert pauses([town.de_wit.pk]) == {town.de_wit.pk: [(date(2026, 3, 1), date(2026, 3, 20))]}
