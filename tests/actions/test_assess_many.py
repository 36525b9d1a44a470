"""Many at once is the same as one by one: the engine only spares the core those of whom nothing is overdue."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.actions.town import TODAY, SmallTown, entry, rent_paid_until, small_town
from tests.core.ledgers import FIRST_DAY, ledgers
from tests.demo.conftest import hamlet as hamlet  # a fixture
from tests.elsewhere import elsewhere
from voordeur.actions import assess_many as module
from voordeur.actions.assess import AT_ONCE, assess, assess_piece
from voordeur.actions.assess_many import assess_many
from voordeur.core.ledger import Entry as CoreEntry
from voordeur.core.ledger import Kind
from voordeur.demo.load import load_town
from voordeur.demo.town import Town
from voordeur.store.bulk import chunks
from voordeur.store.convert import COMPONENT_CODES, KIND_CODES
from voordeur.store.models import Entry, Neighbourhood, Pause, Signal, Standing, Tenancy

CENTS = 50_00
"""The made-up ledgers count to thirty; a policy lets anything below 50 euros be."""
STRETCH = 18
"""Days for each of their days: so that months go by."""

Kept = tuple[list[dict[str, Any]], list[dict[str, Any]]]


def kept() -> Kept:
    """Standings and signals as they stand in the database."""
    signals = Signal.objects.order_by("tenancy_id", "kind", "since", "amount").values()
    told = [{name: value for name, value in one.items() if name != "id"} for one in signals]
    return [dict(one) for one in Standing.objects.order_by("pk").values()], told


def one_by_one(days: Sequence[date]) -> Kept:
    """What a run over everybody on each of these days leaves, by the core alone."""
    for day in days:
        for piece in chunks(Tenancy.objects.order_by("pk").values_list("pk", flat=True), AT_ONCE):
            assess_piece(piece, day)
    return _taken_away()


def all_at_once(days: Sequence[date]) -> Kept:
    """The same, with the engine first."""
    for day in days:
        assess_many(None, day)
    return _taken_away()


def _taken_away() -> Kept:
    found = kept()
    Signal.objects.all().delete()
    Standing.objects.all().delete()
    return found


@st.composite
def towns(draw: st.DrawFn) -> list[tuple[list[CoreEntry], str, date | None, dict[str, str]]]:
    """A few households: ledger, method, last day, and payments that are told twice."""
    found = []
    for _ in range(draw(st.integers(1, 5))):
        entries = draw(ledgers())
        payments = [one.id for one in entries if one.kind is Kind.PAYMENT]
        twins = dict(zip(payments[1::2], payments[::2], strict=False)) if draw(st.booleans()) else {}
        ended = draw(st.none() | st.integers(0, 900).map(lambda offset: FIRST_DAY + timedelta(days=offset)))
        found.append((entries, draw(st.sampled_from(Tenancy.Method.values)), ended, twins))
    return found


def build(town: Sequence[tuple[list[CoreEntry], str, date | None, dict[str, str]]]) -> None:
    """The rows of such a town."""
    place = Neighbourhood.objects.create(name="Molenkwartier")
    for number, (entries, method, ended, twins) in enumerate(town):
        tenancy = Tenancy.objects.create(
            key=f"H{number}", method=method, end=ended, neighbourhood=place if number else None
        )
        rows = {one.id: _row(tenancy, one) for one in entries}
        for row in rows.values():
            row.save()
        for one in entries:
            row = rows[one.id]
            row.designates = rows.get(one.designates or "")
            row.reverses, row.claim = rows.get(one.reverses or ""), rows.get(one.claim or "")
            row.same_as = rows.get(twins.get(one.id, ""))
            row.save()


def _row(tenancy: Tenancy, one: CoreEntry) -> Entry:
    def day(when: date) -> date:
        return FIRST_DAY + STRETCH * (when - FIRST_DAY)

    return Entry(
        tenancy=tenancy,
        date=day(one.date),
        known=day(one.date),
        due=day(one.date) + (one.due - one.date) if one.due else None,
        kind=KIND_CODES[one.kind],
        component=COMPONENT_CODES[one.component],
        amount=one.amount * CENTS,
        sequence=one.sequence,
        source=Entry.Source.LEDGER,
        key=f"{tenancy.pk}-{one.id}",
        reason="AM04" if one.kind is Kind.REVERSAL and one.amount % 2 else "",
    )


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(town=towns(), after=st.integers(0, 900), later=st.integers(0, 40))
def test_on_any_ledgers_both_keep_the_same(
    town: list[tuple[list[CoreEntry], str, date | None, dict[str, str]]], after: int, later: int
) -> None:
    first = FIRST_DAY + timedelta(days=after)
    days = [first, first + timedelta(days=later)]
    with transaction.atomic():
        build(town)
        alone = one_by_one(days)
        assert all_at_once(days) == alone
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_in_the_made_up_town_both_keep_the_same(hamlet: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read as committed, in processes of their own; on a quiet day, on the day after rent fell due and one later."""
    load_town(hamlet)
    monkeypatch.setattr(module, "WORTH_SPREADING", 1)
    monkeypatch.setattr(module, "_AT_ONCE", 7)
    days = [hamlet.today, date(2026, 12, 2), date(2026, 12, 3)]
    alone = one_by_one(days)
    together = all_at_once(days)
    assert len(alone[0]) > 40
    assert len(alone[1]) > 0
    assert together == alone


@pytest.fixture
def town() -> SmallTown:
    town = small_town()
    rent_paid_until(town.veldhuizer, 24, date(2026, 10, 1), 655_15)
    entry(town.veldhuizer, date(2026, 11, 1), Entry.Kind.CHARGE, 655_15)
    rent_paid_until(town.de_wit, 24, date(2026, 11, 1), 598_00)
    return town


@pytest.mark.django_db
def test_a_quiet_standing_is_only_written_when_it_changed(town: SmallTown) -> None:
    assess_many(None, TODAY)
    with_queries = _statements(TODAY + timedelta(days=1))
    assert not any("INSERT" in one and f"{town.de_wit.pk}," in one for one in with_queries)
    assert Standing.objects.get(pk=town.de_wit.pk).on == TODAY + timedelta(days=1)


def _statements(day: date) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assess_many(None, day)
    return [one["sql"] for one in captured]


@pytest.mark.django_db
def test_who_paid_leaves_the_list_and_is_told_so(town: SmallTown) -> None:
    assess_many(None, TODAY)
    assert Standing.objects.get(pk=town.veldhuizer.pk).action != "nothing"
    tomorrow = TODAY + timedelta(days=1)
    entry(town.veldhuizer, tomorrow, Entry.Kind.PAYMENT, 655_15)
    assess_many(None, tomorrow)
    standing = Standing.objects.get(pk=town.veldhuizer.pk)
    assert (standing.action, standing.paid_off_on) == ("nothing", tomorrow)
    assert not Signal.objects.filter(tenancy=town.veldhuizer).exists()


@pytest.mark.django_db
def test_only_those_asked_for_are_looked_at(town: SmallTown) -> None:
    Pause.objects.create(tenancy=town.veldhuizer, start=date(2026, 11, 2), reason="dispute")
    assert assess_many([town.veldhuizer.pk], TODAY) == 1
    assert Standing.objects.get().technical


@pytest.mark.django_db
def test_an_amount_that_the_engine_cannot_hold_is_left_to_the_core(town: SmallTown) -> None:
    entry(town.de_wit, date(2026, 11, 2), Entry.Kind.CHARGE, 30_000_000_00)
    assert assess_many(None, TODAY) == 2
    assert Standing.objects.get(pk=town.de_wit.pk).overdue == 30_000_000_00


@pytest.mark.django_db(transaction=True)
def test_a_ledger_that_changed_meanwhile_is_looked_at_anew(
    town: SmallTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = module._Run.keep

    def late_news(run: Any, asked: Any) -> int:
        if not Entry.objects.filter(date=TODAY).exists():
            elsewhere(lambda: entry(town.veldhuizer, TODAY, Entry.Kind.PAYMENT, 655_15))
        return keep(run, asked)

    monkeypatch.setattr(module._Run, "keep", late_news)
    assess_many(None, TODAY)
    assert Standing.objects.get(pk=town.veldhuizer.pk).overdue == 0


@pytest.mark.django_db
def test_from_many_on_the_engine_goes_first(town: SmallTown, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Sequence[int] | None] = []
    monkeypatch.setattr("voordeur.actions.assess.MANY", 2)

    def many(some: Sequence[int], today: date) -> int:
        asked.append(some)
        return len(some)

    monkeypatch.setattr(module, "assess_many", many)
    assess([town.de_wit.pk], TODAY)
    assert assess([town.de_wit.pk, town.veldhuizer.pk], TODAY) == 2
    assert asked == [sorted([town.de_wit.pk, town.veldhuizer.pk])]
