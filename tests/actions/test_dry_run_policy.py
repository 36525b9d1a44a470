"""Trying a policy: who would move, who may ask, and nothing is changed but the log."""

from dataclasses import replace
from datetime import date

import pytest

from tests.actions.town import TODAY, SmallTown, entry, rent_paid_until, small_town
from voordeur.actions.dry_run_policy import dry_run, facts_of
from voordeur.actions.nightly import nightly
from voordeur.adapters.rules import load_policy
from voordeur.core.compare import DOOR
from voordeur.core.policy import Action
from voordeur.core.problems import Refused
from voordeur.store.models import AuditLine, Entry, Standing, Unassessed

LETTER_FIRST = load_policy("brief-eerst")


@pytest.fixture
def town() -> SmallTown:
    """One household is three weeks behind, one paid, and one has no ledger."""
    town = small_town()
    rent_paid_until(town.veldhuizer, 24, date(2026, 10, 1), 655_15)
    entry(town.veldhuizer, date(2026, 11, 1), Entry.Kind.CHARGE, 655_15)
    rent_paid_until(town.oudshoven, 24, date(2026, 11, 1), 598_00, paid_day=2)
    return town


@pytest.mark.django_db
@pytest.mark.parametrize("looked_tonight", [True, False])
def test_who_moves_from_the_door_to_the_telephone(town: SmallTown, looked_tonight: bool) -> None:
    if looked_tonight:
        nightly(TODAY)
    found = dry_run(town.administrator, LETTER_FIRST, TODAY)
    assert found.matrix == {(Action.VISIT, Action.CALL): 1, (Action.NOTHING, Action.NOTHING): 1}
    [move] = found.moves
    assert (move.id, move.neighbourhood) == (town.veldhuizer.pk, town.molenkwartier.pk)
    door = next(one for one in found.hours if one.neighbourhood == move.neighbourhood and one.place == DOOR)
    assert (door.before, door.after) == (40, 0)


@pytest.mark.django_db
def test_nothing_is_changed_but_the_log(town: SmallTown) -> None:
    nightly(TODAY)
    before = list(Standing.objects.order_by("pk").values())
    dry_run(town.administrator, LETTER_FIRST, TODAY)
    assert list(Standing.objects.order_by("pk").values()) == before
    line = AuditLine.objects.latest("id")
    assert (line.action, line.actor) == ("dry_run_policy", town.administrator)
    assert line.data == {
        "policy": "brief-eerst", "against": "standaard", "on": "2026-11-23", "households": 2, "moves": 1,
    }  # fmt: skip


@pytest.mark.django_db
def test_an_unassessed_standing_is_not_believed(town: SmallTown) -> None:
    nightly(TODAY)
    entry(town.oudshoven, date(2026, 11, 1), Entry.Kind.CHARGE, 700_00)
    Unassessed.objects.create(tenancy=town.oudshoven)
    found = dry_run(town.administrator, LETTER_FIRST, TODAY)
    assert {move.id for move in found.moves} == {town.veldhuizer.pk, town.oudshoven.pk}


@pytest.mark.django_db
def test_other_limits_are_read_with_the_ledger(town: SmallTown) -> None:
    nightly(TODAY)
    standard = load_policy()
    generous = replace(standard, limits=replace(standard.limits, small_amount=1000_00))
    found = dry_run(town.administrator, generous, TODAY)
    assert [(move.id, move.before, move.after) for move in found.moves] == [
        (town.veldhuizer.pk, Action.VISIT, Action.NOTHING)
    ]
    assert facts_of([town.veldhuizer.pk], TODAY, generous)[town.veldhuizer.pk].small


@pytest.mark.django_db
def test_who_may_not_see_policies_may_not_try_one(town: SmallTown) -> None:
    with pytest.raises(Refused):
        dry_run(town.manager, LETTER_FIRST, TODAY)
    assert not AuditLine.objects.filter(action="dry_run_policy").exists()


@pytest.mark.django_db
def test_a_policy_beside_itself_moves_nobody(town: SmallTown) -> None:
    assert dry_run(None, LETTER_FIRST, TODAY, against=LETTER_FIRST).moves == ()
