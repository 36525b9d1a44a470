"""A visit or a call stands on somebody's list for a day, and only for somebody who may see the household."""

from datetime import timedelta
from typing import Any

import pytest

from tests.actions.town import TODAY, SmallTown, small_town
from voordeur.actions.keep_wish import keep_wish
from voordeur.actions.plan_contact import FARTHEST_DAYS, drop_planned, plan_contact
from voordeur.core.contacts import Channel, DayPart
from voordeur.core.problems import Refused
from voordeur.store.models import PlannedContact

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> SmallTown:
    return small_town()


def plan(town: SmallTown, **more: Any) -> PlannedContact:
    """A visit by the neighbourhood manager today, unless said otherwise."""
    values: dict[str, Any] = {"channel": Channel.VISIT, "day": TODAY, "who": town.manager.pk} | more
    return plan_contact(town.consultant, town.veldhuizer.pk, TODAY, **values)


def test_the_same_channel_moves_and_another_is_added(town: SmallTown) -> None:
    plan(town)
    plan(town, day=TODAY + timedelta(days=2))
    plan(town, channel=Channel.PHONE)
    waiting = PlannedContact.objects.filter(done=None, dropped=None).order_by("pk")
    assert [(row.channel, row.day) for row in waiting] == [
        ("visit", TODAY + timedelta(days=2)), ("phone", TODAY),
    ]  # fmt: skip


@pytest.mark.parametrize("days", [-1, FARTHEST_DAYS + 1])
def test_a_day_in_the_past_or_far_off_is_refused(town: SmallTown, days: int) -> None:
    with pytest.raises(Refused) as refusal:
        plan(town, day=TODAY + timedelta(days=days))
    assert [one.code for one in refusal.value.problems] == ["day-not-to-plan"]
    plan(town, day=TODAY + timedelta(days=FARTHEST_DAYS))


def test_nobody_is_sent_to_a_household_they_may_not_see(town: SmallTown) -> None:
    with pytest.raises(Refused):
        plan_contact(
            town.consultant, town.oudshoven.pk, TODAY, channel=Channel.VISIT, day=TODAY, who=town.manager.pk
        )
    with pytest.raises(Refused):
        plan(town, who=town.administrator.pk)
    assert not PlannedContact.objects.exists()


def test_a_wish_for_a_part_of_the_day_blocks_the_others(town: SmallTown) -> None:
    keep_wish(town.manager, town.veldhuizer.pk, TODAY, parts=frozenset({DayPart.EVENING}))
    with pytest.raises(Refused) as refusal:
        plan(town, part=DayPart.MORNING)
    assert [(one.code, one.column) for one in refusal.value.problems] == [("against-wish", "exception")]
    assert plan(town, part=DayPart.EVENING).part == "evening"


def test_off_the_list_once(town: SmallTown) -> None:
    row = plan(town)
    assert drop_planned(town.manager, row.pk, TODAY) == town.veldhuizer.pk
    with pytest.raises(Refused):
        drop_planned(town.manager, row.pk, TODAY)
