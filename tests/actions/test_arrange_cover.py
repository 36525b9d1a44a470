"""Whoever stands in sees the other neighbourhood from the first up to and including the last day."""

from datetime import timedelta

import pytest

from tests.actions.town import TODAY, SmallTown, small_town
from voordeur.actions.arrange_cover import LONGEST_DAYS, arrange_cover, end_cover
from voordeur.core.access import Role
from voordeur.core.problems import Refused
from voordeur.store.models import Cover, User
from voordeur.store.queries.reach import own_neighbourhoods, sees

pytestmark = pytest.mark.django_db
WEEK = TODAY + timedelta(days=6)


@pytest.fixture
def town() -> SmallTown:
    return small_town()


@pytest.fixture
def ruben(town: SmallTown) -> User:
    """Works on the other side of the water."""
    found = User.objects.create(username="ruben", role=Role.NEIGHBOURHOOD_MANAGER)
    found.neighbourhoods.set([town.havenkant])
    return found


def test_it_opens_and_closes_by_itself(town: SmallTown, ruben: User) -> None:
    arrange_cover(
        town.administrator, absent=town.manager.pk, cover=ruben.pk, first=TODAY, last=WEEK, today=TODAY
    )
    household, day = town.veldhuizer.pk, timedelta(days=1)
    seen = [sees(ruben, household, on) for on in (TODAY - day, TODAY, WEEK, WEEK + day)]
    assert seen == [False, True, True, False]
    assert own_neighbourhoods(ruben, TODAY) == {town.havenkant.pk, town.molenkwartier.pk}


def test_back_early_it_closes_at_once(town: SmallTown, ruben: User) -> None:
    cover = arrange_cover(
        town.administrator, absent=town.manager.pk, cover=ruben.pk, first=TODAY, last=WEEK, today=TODAY
    )
    end_cover(town.administrator, cover.pk, TODAY)
    assert not sees(ruben, town.veldhuizer.pk, TODAY)
    with pytest.raises(Refused):
        end_cover(town.administrator, cover.pk, TODAY)


def test_somebody_who_left_cannot_stand_in(town: SmallTown, ruben: User) -> None:
    User.objects.filter(pk=ruben.pk).update(is_active=False)
    with pytest.raises(Refused):
        arrange_cover(
            town.administrator, absent=town.manager.pk, cover=ruben.pk, first=TODAY, last=WEEK, today=TODAY
        )
    assert not Cover.objects.exists()


def test_half_a_year_is_the_longest(town: SmallTown, ruben: User) -> None:
    people = {"absent": town.manager.pk, "cover": ruben.pk, "first": TODAY, "today": TODAY}
    with pytest.raises(Refused) as refusal:
        arrange_cover(town.administrator, last=TODAY + timedelta(days=LONGEST_DAYS + 1), **people)  # type: ignore[arg-type]
    assert [one.column for one in refusal.value.problems] == ["last"]
    arrange_cover(town.administrator, last=TODAY + timedelta(days=LONGEST_DAYS), **people)  # type: ignore[arg-type]


def test_a_neighbourhood_manager_does_not_arrange_it(town: SmallTown, ruben: User) -> None:
    with pytest.raises(Refused):
        arrange_cover(ruben, absent=town.manager.pk, cover=ruben.pk, first=TODAY, last=WEEK, today=TODAY)
