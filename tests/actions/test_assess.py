"""Assessing: what is stored of a tenancy follows its ledger, and nothing else."""

from datetime import date

import pytest

from tests.actions.town import TODAY, SmallTown, entry, rent_paid_until, small_town
from voordeur.actions import assess as assess_module
from voordeur.actions.assess import assess
from voordeur.actions.findings import urgency_number
from voordeur.actions.follow import follow_unassessed
from voordeur.core.policy import Urgency
from voordeur.core.words import Words
from voordeur.store.models import Entry, Pause, Signal, Standing, Unassessed

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> SmallTown:
    town = small_town()
    rent_paid_until(town.veldhuizer, 48, date(2026, 10, 1), 655_15)
    entry(town.veldhuizer, date(2026, 11, 1), Entry.Kind.CHARGE, 655_15)
    rent_paid_until(town.de_wit, 48, date(2026, 11, 1), 598_00)
    return town


def test_missed_rent_gives_a_signal_in_words_and_a_personal_step(town: SmallTown) -> None:
    assert assess([town.veldhuizer.pk, town.de_wit.pk], TODAY) == 2
    standing = Standing.objects.get(pk=town.veldhuizer.pk)
    assert standing.overdue == 655_15
    assert "november" in standing.reason_nl
    assert "November" in standing.reason_en
    assert standing.action in ("message", "call", "visit")
    assert {no["action"] for no in standing.why_not} >= {"letter", "refer"}


def test_who_paid_in_time_has_no_signal_and_no_step(town: SmallTown) -> None:
    assess([town.de_wit.pk], TODAY)
    standing = Standing.objects.get(pk=town.de_wit.pk)
    assert (standing.balance, standing.action) == (0, "nothing")
    assert not Signal.objects.filter(tenancy=town.de_wit).exists()


def test_assessing_twice_gives_the_same(town: SmallTown) -> None:
    assess([town.veldhuizer.pk], TODAY)
    first = Standing.objects.filter(pk=town.veldhuizer.pk).values().get()
    assess([town.veldhuizer.pk], TODAY)
    assert Standing.objects.filter(pk=town.veldhuizer.pk).values().get() == first
    assert Signal.objects.filter(tenancy=town.veldhuizer).count() == 1


def test_a_pause_silences(town: SmallTown) -> None:
    Pause.objects.create(tenancy=town.veldhuizer, start=date(2026, 11, 2), reason="dispute")
    assess([town.veldhuizer.pk], TODAY)
    standing = Standing.objects.get(pk=town.veldhuizer.pk)
    assert standing.technical
    assert standing.action in ("nothing", "wait")


def test_only_unassessed_tenancies_are_looked_at_again(town: SmallTown) -> None:
    assess([town.veldhuizer.pk, town.de_wit.pk], TODAY)
    Unassessed.objects.create(tenancy=town.de_wit)
    assert follow_unassessed(TODAY) == 1
    assert not Unassessed.objects.exists()


def test_a_ledger_that_grew_meanwhile_is_left_to_who_made_it_grow(
    town: SmallTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    assess([town.veldhuizer.pk], TODAY)
    think = assess_module.assess_household

    def slow_thinker(*args: object, **more: object) -> object:
        entry(town.veldhuizer, date(2026, 11, 20), Entry.Kind.PAYMENT, 655_15)
        return think(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(assess_module, "assess_household", slow_thinker)
    assert assess([town.veldhuizer.pk], date(2026, 11, 30)) == 0
    assert Standing.objects.get(pk=town.veldhuizer.pk).on == TODAY


def test_the_urgency_number_sorts_as_the_urgency_does() -> None:
    said = Words("", "")
    ordered = [
        Urgency(0, 3, 100, said),
        Urgency(1, 90, 5_000, said),
        Urgency(1, 90, 4_000, said),
        Urgency(1, 3, 999_999, said),
        Urgency(2, 400, 1, said),
    ]
    assert sorted(ordered, key=lambda one: one.order) == ordered
    numbers = [urgency_number(one) for one in ordered]
    assert numbers == sorted(numbers, reverse=True)
