"""Changing the week by hand: earlier, later, another day, pin, drop, put back; what does not fit changes nothing."""

import pytest

from tests.actions.plan_town import MONDAY, PlanTown, day, plan_town, planned, stop_of, violations, waiting
from tests.actions.town import TODAY
from voordeur.actions.change_week import DEEDS
from voordeur.actions.keep_wish import keep_wish
from voordeur.actions.move_stop import drop_stop, move_stop, move_to_day, pin_stop, put_back
from voordeur.actions.pair_visit import go_with_two
from voordeur.actions.plan_contact import plan_contact
from voordeur.actions.plan_day import plan_week
from voordeur.core.contacts import Channel, DayPart
from voordeur.core.left_out import LeftOutCode
from voordeur.core.problems import Refused
from voordeur.store.models import AuditLine, PairVisit, PlanStop, WaitingDoor, Workday
from voordeur.store.queries import day_stops

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> PlanTown:
    made = plan_town()
    plan_week(made.manager, MONDAY, TODAY)
    return made


def order(town: PlanTown, at: int = 0) -> list[int]:
    return [stop.tenancy_id for stop in day_stops(town.manager.pk, day(at))]


def stops(town: PlanTown, at: int = 0) -> list[PlanStop]:
    rows = PlanStop.objects.filter(plan__user=town.manager, plan__day=day(at))
    return list(rows.order_by("start"))


def test_one_place_later_and_back_again(town: PlanTown) -> None:
    before = order(town)
    moved = move_stop(town.manager, stops(town)[0].pk, TODAY, 1)
    assert order(town) == [before[1], before[0], *before[2:]]
    assert moved.pinned, "what is moved by hand stays where it was put"
    assert violations(town.manager) == []
    move_stop(town.manager, moved.pk, TODAY, -1)
    assert order(town) == before
    assert AuditLine.objects.filter(action="move_stop").count() == 2


def test_the_first_cannot_be_earlier_and_the_last_not_later(town: PlanTown) -> None:
    before = planned(town.manager)
    move_stop(town.manager, stops(town)[0].pk, TODAY, -1)
    move_stop(town.manager, stops(town)[-1].pk, TODAY, 1)
    assert planned(town.manager) == before


def test_over_the_break_a_day_is_divided_anew(town: PlanTown) -> None:
    """On Tuesday there is a break from 11:00 to 11:30; a stop moves from before it to after it."""
    rows = stops(town, 1)
    last_before = [row for row in rows if row.start < 660][-1]
    move_stop(town.manager, last_before.pk, TODAY, 1)
    assert violations(town.manager) == []


def test_an_order_that_an_appointment_forbids_is_refused_and_changes_nothing(town: PlanTown) -> None:
    agreed = next(pk for pk, (on, _at) in planned(town.manager).items() if on == day(0))
    plan_contact(town.manager, agreed, TODAY, channel=Channel.VISIT, day=day(0), who=town.manager.pk, at=895)
    plan_week(town.manager, MONDAY, TODAY)
    before = planned(town.manager)
    assert before[agreed] == (day(0), 895)
    last = stop_of(town.manager, next(one for one in town.doors if one.pk == agreed))
    with pytest.raises(Refused) as refusal:
        move_stop(town.manager, last.pk, TODAY, -1)
    assert refusal.value.problems[0].code == "does-not-fit"
    assert planned(town.manager) == before
    for deed in (
        lambda: drop_stop(town.manager, last.pk, TODAY),
        lambda: move_to_day(town.manager, last.pk, TODAY, day(1)),
    ):
        with pytest.raises(Refused) as refusal:
            deed()
        assert refusal.value.problems[0].code == "agreed-with-tenant"


def test_to_another_day_where_it_fits_best(town: PlanTown) -> None:
    row = drop_stop(town.manager, stops(town, 3)[0].pk, TODAY)  # makes room on Thursday
    moved = move_to_day(town.manager, stops(town)[0].pk, TODAY, day(3))
    assert (moved.plan.day, moved.pinned) == (day(3), True)
    assert violations(town.manager) == []
    assert row.tenancy_id in waiting(town.manager)
    plan_week(town.manager, MONDAY, TODAY)
    assert planned(town.manager)[moved.tenancy_id] == (day(3), moved.start), "pinned: planning anew leaves it"


def test_a_day_without_hours_or_against_a_wish_is_refused(town: PlanTown) -> None:
    first = stops(town)[0]
    before = planned(town.manager)
    with pytest.raises(Refused):
        move_to_day(town.manager, first.pk, TODAY, day(2))
    keep_wish(town.manager, first.tenancy_id, TODAY, parts=frozenset({DayPart.AFTERNOON}))
    with pytest.raises(Refused):
        move_to_day(town.manager, first.pk, TODAY, day(3))
    assert planned(town.manager) == before


def test_what_is_dropped_waits_with_a_new_day_and_stays_out_until_it_is_put_back(town: PlanTown) -> None:
    gone = stops(town)[0]
    drop_stop(town.manager, gone.pk, TODAY)
    row = WaitingDoor.objects.get(tenancy=gone.tenancy_id)
    assert (row.code, row.why_nl, row.new_day) == (
        LeftOutCode.DROPPED, "Jij liet dit adres deze week weg.", day(7),
    )  # fmt: skip
    plan_week(town.manager, MONDAY, TODAY)
    assert gone.tenancy_id not in planned(town.manager)
    back = put_back(town.manager, row.pk, TODAY)
    assert gone.tenancy_id in planned(town.manager)
    assert back.pinned
    assert not WaitingDoor.objects.filter(tenancy=gone.tenancy_id).exists()
    assert violations(town.manager) == []


def test_what_does_not_fit_cannot_be_put_back_and_keeps_waiting(town: PlanTown) -> None:
    Workday.objects.filter(user=town.manager).exclude(weekday=0).delete()
    plan_week(town.manager, MONDAY, TODAY)
    waits = WaitingDoor.objects.filter(user=town.manager)[0]
    with pytest.raises(Refused) as refusal:
        put_back(town.manager, waits.pk, TODAY)
    assert refusal.value.problems[0].code == "does-not-fit"
    assert WaitingDoor.objects.filter(pk=waits.pk).exists()


def test_a_pin_comes_and_goes(town: PlanTown) -> None:
    row = stops(town)[1]
    assert pin_stop(town.manager, row.pk, TODAY, pinned=True).pinned
    assert not pin_stop(town.manager, row.pk, TODAY, pinned=False).pinned
    assert [line.action for line in AuditLine.objects.order_by("pk")][-2:] == ["pin_stop", "unpin_stop"]


def test_somebody_elses_stop_one_that_is_done_and_one_of_yesterday_are_not_found(town: PlanTown) -> None:
    row = stops(town)[0]
    for user, today in ((town.colleague, TODAY), (town.manager, day(1))):
        with pytest.raises(Refused) as refusal:
            move_stop(user, row.pk, today, 1)
        assert refusal.value.problems[0].code == "not-found"
    PlanStop.objects.filter(pk=row.pk).update(state=PlanStop.State.DONE)
    with pytest.raises(Refused):
        pin_stop(town.manager, row.pk, TODAY, pinned=True)


def test_every_key_does_its_deed(town: PlanTown) -> None:
    row = stops(town, 1)[0]
    pk = DEEDS["vast"](town.manager, row.pk, TODAY, "")
    pk = DEEDS["los"](town.manager, pk, TODAY, "")
    pk = DEEDS["later"](town.manager, pk, TODAY, "")
    pk = DEEDS["eerder"](town.manager, pk, TODAY, "")
    assert order(town, 1)[0] == row.tenancy_id
    with pytest.raises(Refused) as refusal:
        DEEDS["dag"](town.manager, pk, TODAY, "morgen")
    assert refusal.value.problems[0].code == "no-such-day"
    assert DEEDS["weg"](town.manager, pk, TODAY, "") == 0
    assert row.tenancy_id in waiting(town.manager)


def test_with_two_and_alone_again_plans_the_week_anew(town: PlanTown) -> None:
    row = stops(town)[0]
    pk = DEEDS["samen"](town.manager, row.pk, TODAY, "")
    stop = PlanStop.objects.get(pk=pk)
    assert (stop.companion, stop.plan.day) == (town.colleague, day(1))
    assert PairVisit.objects.get(tenancy=row.tenancy_id).until.year == 2027
    pk = DEEDS["alleen"](town.manager, pk, TODAY, "")
    assert PlanStop.objects.get(pk=pk).companion is None
    assert not PairVisit.objects.exists()
    with pytest.raises(Refused):
        go_with_two(town.colleague, row.tenancy_id, TODAY, two=True)
