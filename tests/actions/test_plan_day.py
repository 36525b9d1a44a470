"""A week within the hours there are: every door planned or waiting, pinned and done stay, whoever paid drops out."""

from datetime import timedelta

import pytest

from tests.actions.camt import Line, camt
from tests.actions.plan_town import (
    MONDAY,
    PlanTown,
    day,
    door,
    hours,
    plan_town,
    planned,
    stop_of,
    violations,
    waiting,
)
from tests.actions.town import TODAY, entry, rent_paid_until
from voordeur.actions import import_file
from voordeur.actions.arrange_cover import arrange_cover, end_cover
from voordeur.actions.follow import follow
from voordeur.actions.keep_wish import keep_wish
from voordeur.actions.move_stop import pin_stop
from voordeur.actions.pair_visit import go_with_two
from voordeur.actions.plan_contact import drop_planned, plan_contact
from voordeur.actions.plan_day import agree_week, plan_team, plan_week
from voordeur.actions.record_contact import Said, record_contact
from voordeur.actions.set_hours import DayHours, set_hours
from voordeur.actions.settle_plans import settle_plans
from voordeur.core.contacts import Channel, ContactOutcome, DayPart
from voordeur.core.left_out import LeftOutCode
from voordeur.core.planning import Mode
from voordeur.core.problems import Refused
from voordeur.store.models import (
    AuditLine,
    Contact,
    DayPlan,
    Entry,
    PlanStop,
    Standing,
    User,
    WaitingDoor,
    Wish,
    Workday,
)
from voordeur.store.queries import day_stops, week_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> PlanTown:
    return plan_town()


def test_every_door_is_planned_within_the_hours_or_waits_with_a_reason(town: PlanTown) -> None:
    made = plan_week(town.manager, MONDAY, TODAY)
    found, left = planned(town.manager), waiting(town.manager)
    assert set(found) | set(left) == {one.pk for one in town.doors}
    assert set(found) & set(left) == set()
    assert (made.visits, made.waiting) == (len(found), len(left))
    assert len(found) >= 10
    assert violations(town.manager) == []
    assert {one for one, _at in found.values()} <= {day(0), day(1), day(3)}


def test_with_fewer_hours_the_least_urgent_wait_and_each_gets_a_new_day(town: PlanTown) -> None:
    Workday.objects.exclude(weekday=0).delete()
    plan_week(town.manager, MONDAY, TODAY)
    rows = list(WaitingDoor.objects.filter(user=town.manager).order_by("place"))
    assert {row.code for row in rows} == {LeftOutCode.FULL}
    assert rows[0].why_nl.startswith("Er blijft ")
    assert {row.new_day for row in rows} <= {day(7), day(14)}
    assert violations(town.manager) == []


def test_the_same_rows_give_the_same_plan(town: PlanTown) -> None:
    plan_week(town.manager, MONDAY, TODAY)
    first = planned(town.manager)
    plan_week(town.manager, MONDAY, TODAY)
    assert planned(town.manager) == first


def test_pinned_and_done_stay_when_the_week_is_planned_anew(town: PlanTown) -> None:
    plan_week(town.manager, MONDAY, TODAY)
    pinned, done = (PlanStop.objects.filter(plan__day=day(at)).order_by("start")[0] for at in (1, 0))
    pin_stop(town.manager, pinned.pk, TODAY, pinned=True)
    PlanStop.objects.filter(pk=done.pk).update(state=PlanStop.State.DONE)
    for at in range(20, 30):
        door(town.small.molenkwartier, at, urgency=900)
    plan_week(town.manager, MONDAY, TODAY)
    assert planned(town.manager)[pinned.tenancy_id] == (day(1), pinned.start)
    assert stop_of(town.manager, done.tenancy).state == PlanStop.State.DONE
    later = [at for on, at in planned(town.manager).values() if on == day(0)]
    assert min(later) >= done.start + done.minutes
    assert violations(town.manager) == []


def test_a_pin_that_no_longer_fits_to_the_minute_shifts_a_little(town: PlanTown) -> None:
    plan_week(town.manager, MONDAY, TODAY)
    pinned = PlanStop.objects.filter(plan__day=day(3)).order_by("start")[0]
    pin_stop(town.manager, pinned.pk, TODAY, pinned=True)
    Workday.objects.filter(user=town.manager, weekday=3).update(first=1_090)
    plan_week(town.manager, MONDAY, TODAY)
    on, at = planned(town.manager)[pinned.tenancy_id]
    assert on == day(3)
    assert 1_090 <= at <= pinned.start + 30
    assert stop_of(town.manager, pinned.tenancy).pinned


def test_in_mid_week_what_is_over_is_left_alone_and_what_was_not_done_comes_again(town: PlanTown) -> None:
    plan_week(town.manager, MONDAY, TODAY)
    monday = list(
        PlanStop.objects.filter(plan__day=day(0)).order_by("pk").values_list("pk", "tenancy", "start")
    )
    PlanStop.objects.filter(pk=monday[0][0]).update(state=PlanStop.State.DONE)
    Standing.objects.filter(pk=monday[0][1]).update(action="wait")
    plan_week(town.manager, MONDAY, day(1))
    assert (
        list(PlanStop.objects.filter(plan__day=day(0)).order_by("pk").values_list("pk", "tenancy", "start"))
        == monday
    )
    missed = {tenancy for _pk, tenancy, _start in monday[1:]}
    again = PlanStop.objects.filter(plan__day__gt=day(0), tenancy__in=missed).values_list(
        "tenancy", flat=True
    )
    assert missed == set(again) | (missed & set(waiting(town.manager)))
    shown = [stop.tenancy for one in week_plan(town.manager, MONDAY, day(1)).days for stop in one.stops]
    assert len(shown) == len(set(shown)), "nobody stands in the week twice"


def test_a_week_that_is_over_or_far_off_and_another_role_are_refused(town: PlanTown) -> None:
    for monday in (MONDAY - timedelta(days=7), MONDAY + timedelta(days=35), MONDAY + timedelta(days=1)):
        with pytest.raises(Refused) as refusal:
            plan_week(town.manager, monday, TODAY)
        assert refusal.value.problems[0].code == "week-not-to-plan"
    with pytest.raises(Refused):
        plan_week(town.small.consultant, MONDAY, TODAY)
    assert DayPlan.objects.count() == 0


def test_making_a_plan_is_one_line_in_the_log_without_an_address(town: PlanTown) -> None:
    plan_week(town.manager, MONDAY, TODAY)
    line = AuditLine.objects.get(action="plan_week")
    assert (line.actor, line.subject) == (town.manager, f"user:{town.manager.pk}")
    assert set(line.data) == {"week", "visits", "waiting"}


# --- appointments, wishes, evenings ---


def test_an_appointment_stands_at_its_moment_and_leaves_with_the_appointment(town: PlanTown) -> None:
    agreed = town.doors[11]
    row = plan_contact(
        town.manager, agreed.pk, TODAY, channel=Channel.VISIT, day=day(3), who=town.manager.pk, at=1_110
    )
    assert row.part == DayPart.EVENING
    Standing.objects.update_or_create(tenancy=agreed, defaults={"action": "wait", "on": TODAY})
    plan_week(town.manager, MONDAY, TODAY)
    assert planned(town.manager)[agreed.pk] == (day(3), 1_110)
    assert stop_of(town.manager, agreed).appointment
    drop_planned(town.manager, row.pk, TODAY)
    assert stop_of(town.manager, agreed).state == PlanStop.State.GONE


def test_an_appointment_takes_its_place_in_a_week_that_is_planned_or_waits_for_a_new_plan(
    town: PlanTown,
) -> None:
    plan_week(town.manager, MONDAY, TODAY)
    agreed = next(pk for pk, (on, _at) in planned(town.manager).items() if on == day(0))
    plan_contact(
        town.manager, agreed, TODAY, channel=Channel.VISIT, day=day(3), who=town.manager.pk, at=1_085
    )
    full = waiting(town.manager).get(agreed)
    assert (planned(town.manager).get(agreed), full) in (((day(3), 1_085), None), (None, LeftOutCode.FULL))
    plan_week(town.manager, MONDAY, TODAY)
    assert planned(town.manager)[agreed] == (day(3), 1_085)
    PlanStop.objects.filter(plan__day=day(1)).delete()
    free = next(pk for pk, (on, _at) in planned(town.manager).items() if on == day(0))
    plan_contact(town.manager, free, TODAY, channel=Channel.VISIT, day=day(1), who=town.manager.pk, at=600)
    assert planned(town.manager)[free] == (day(1), 600)
    assert day_stops(town.manager.pk, day(1))[0].fixed
    assert violations(town.manager) == []


def test_an_appointment_with_somebody_who_paid_stands_and_is_not_about_money(town: PlanTown) -> None:
    agreed = town.doors[0]
    plan_contact(
        town.manager, agreed.pk, TODAY, channel=Channel.VISIT, day=day(1), who=town.manager.pk, at=600
    )
    Standing.objects.filter(pk=agreed.pk).update(action="nothing", overdue=0)
    plan_week(town.manager, MONDAY, TODAY)
    settle_plans(None, TODAY)
    stop = stop_of(town.manager, agreed)
    assert stop.state == PlanStop.State.PLANNED
    assert stop.why_nl.startswith("Heeft betaald. De afspraak blijft staan, niet voor geld.")


def test_a_wish_is_kept_to_and_a_later_one_takes_a_planned_visit_off(town: PlanTown) -> None:
    quiet, by_phone = town.doors[0], town.doors[1]
    keep_wish(town.manager, quiet.pk, TODAY, parts=frozenset({DayPart.EVENING}))
    plan_week(town.manager, MONDAY, TODAY)
    assert planned(town.manager)[quiet.pk][0] == day(3)
    assert by_phone.pk in planned(town.manager)
    keep_wish(town.manager, by_phone.pk, TODAY, channels=frozenset({Channel.PHONE}))
    assert stop_of(town.manager, by_phone).state == PlanStop.State.GONE
    plan_week(town.manager, MONDAY, TODAY)
    row = WaitingDoor.objects.get(tenancy=by_phone)
    assert (row.code, row.new_day) == (LeftOutCode.WISH, None)
    assert row.why_nl == "De huurder wil alleen contact per telefoon."


def test_who_is_only_in_in_the_evening_by_the_diary_is_planned_in_the_evening_and_it_is_said(
    town: PlanTown,
) -> None:
    working = town.doors[0]
    for days_ago, part, reached in ((30, "morning", False), (20, "afternoon", False), (10, "evening", True)):
        Contact.objects.create(
            tenancy=working, day=TODAY - timedelta(days=days_ago), channel="visit", part=part, reached=reached,
            outcome="spoken" if reached else "no_answer", recorded="2026-11-01T12:00Z",
        )  # fmt: skip
    plan_week(town.manager, MONDAY, TODAY)
    assert planned(town.manager)[working.pk][0] == day(3)
    assert "’s Avonds 1 van de 1 keer iemand." in stop_of(town.manager, working).why_nl


# --- who paid drops out ---


def owing(town: PlanTown) -> int:
    """The real ledger of one household that did not pay November, assessed: it asks for a visit or not."""
    tenancy = town.small.veldhuizer
    rent_paid_until(tenancy, 24, TODAY.replace(month=10), 655_15)
    entry(tenancy, TODAY.replace(day=1), Entry.Kind.CHARGE, 655_15)
    follow([tenancy.pk], TODAY)
    Standing.objects.filter(pk=tenancy.pk).update(action="visit", urgency=1_000 * 10**13 + 99 * 10**9)
    plan_week(town.manager, MONDAY, TODAY)
    assert tenancy.pk in planned(town.manager)
    return int(tenancy.pk)


def test_a_payment_that_is_booked_takes_the_door_off_at_once(town: PlanTown) -> None:
    pk = owing(town)
    needed = stop_of(town.manager, town.small.veldhuizer).plan.needed
    paid = camt([Line(655_15, "A1", reference="5000056789012345")], day=TODAY)
    run = import_file.receive(None, "bank.xml", [paid])
    import_file.read(run.pk, TODAY)
    import_file.book(None, run.pk)
    import_file.carry_out(run.pk, TODAY)
    assert pk not in planned(town.manager)
    stop = stop_of(town.manager, town.small.veldhuizer)
    assert stop.state == PlanStop.State.PAID
    assert stop.plan.needed < needed
    found = week_plan(town.manager, MONDAY, TODAY)
    assert [address for one in found.days for address in one.paid] == ["Molenstraat 14"]
    plan_week(town.manager, MONDAY, TODAY)
    assert pk not in planned(town.manager)


def test_a_visit_that_is_written_down_is_done(town: PlanTown) -> None:
    plan_week(town.manager, MONDAY, TODAY)
    pk = next(pk for pk, (on, _at) in planned(town.manager).items() if on == day(0))
    said = Said(
        "0c8f7b2e-0000-4000-8000-000000000001",
        TODAY,
        Channel.VISIT,
        ContactOutcome.NO_ANSWER,
        DayPart.AFTERNOON,  # type: ignore[arg-type]
    )
    record_contact(town.manager, pk, said, TODAY)
    assert PlanStop.objects.get(tenancy=pk).state == PlanStop.State.DONE
    assert [stop.tenancy_id for stop in day_stops(town.manager.pk, day(0))].count(pk) == 0


def test_what_asks_for_something_else_now_goes_and_waits_no_longer(town: PlanTown) -> None:
    Workday.objects.filter(user=town.manager).exclude(weekday=0).delete()
    plan_week(town.manager, MONDAY, TODAY)
    gone, waits = next(iter(planned(town.manager))), next(iter(waiting(town.manager)))
    Standing.objects.filter(pk__in=[gone, waits]).update(action="call")
    assert settle_plans([gone, waits], TODAY) == 1
    assert PlanStop.objects.get(tenancy=gone).state == PlanStop.State.GONE
    assert waits not in waiting(town.manager)
    assert AuditLine.objects.get(action="settle_plans").data == {"paid": 0, "gone": 1}


def test_the_doors_of_a_day_for_the_phone(town: PlanTown) -> None:
    plan_week(town.manager, MONDAY, TODAY)
    stops = day_stops(town.manager.pk, day(1))
    assert [stop.order for stop in stops] == list(range(1, len(stops) + 1))
    assert [stop.start for stop in stops] == sorted(stop.start or 0 for stop in stops)
    assert stops[0].why.nl.startswith("De huur is niet binnen.")
    assert not any(stop.fixed or stop.two_persons for stop in stops)


# --- colleagues ---


def test_two_colleagues_in_one_neighbourhood_do_not_plan_the_same_door(town: PlanTown) -> None:
    town.colleague.neighbourhoods.add(town.small.molenkwartier)
    plan_week(town.manager, MONDAY, TODAY)
    mine = set(planned(town.manager))
    plan_week(town.colleague, MONDAY, TODAY)
    assert mine & set(planned(town.colleague)) == set()


def test_a_door_for_two_waits_without_a_companion_and_is_agreed_with_one(town: PlanTown) -> None:
    heavy = town.doors[0]
    go_with_two(town.manager, heavy.pk, TODAY, two=True)
    plan_week(town.manager, MONDAY, TODAY)
    assert planned(town.manager)[heavy.pk][0] == day(1), "the one day on which both work"
    stop = stop_of(town.manager, heavy)
    assert (stop.companion, stop.pinned) == (town.colleague, True)
    assert [one.two_persons for one in day_stops(town.manager.pk, day(1)) if one.tenancy_id == heavy.pk] == [
        True
    ]
    along = week_plan(town.colleague, MONDAY, TODAY).days[1].along
    assert [(one.start, one.address, one.who) for one in along] == [(stop.start, "Weverslaan 100", "marit")]
    assert day_stops(town.colleague.pk, day(1)) == (), "the file is not of the companion"
    Workday.objects.filter(user=town.colleague).delete()
    PlanStop.objects.update(pinned=False)
    plan_week(town.manager, MONDAY, TODAY)
    assert waiting(town.manager)[heavy.pk] == LeftOutCode.NO_PAIR


def test_who_comes_along_makes_room(town: PlanTown) -> None:
    for at in range(8):
        door(town.small.havenkant, 50 + at)
    plan_week(town.colleague, MONDAY, TODAY)
    before = planned(town.colleague)
    go_with_two(town.manager, town.doors[0].pk, TODAY, two=True)
    plan_week(town.manager, MONDAY, TODAY)
    stop = stop_of(town.manager, town.doors[0])
    busy = [(at, at + 30) for _day, at in planned(town.colleague).values()]
    assert all(end <= stop.start or stop.start + stop.minutes <= begin for begin, end in busy)
    assert len(planned(town.colleague)) < len(before)
    assert violations(town.colleague) == []


def test_cover_brings_the_doors_of_a_colleague_for_those_days_only(town: PlanTown) -> None:
    theirs = door(town.small.havenkant, 60, urgency=500)
    plan_week(town.colleague, MONDAY, TODAY)
    assert theirs.pk in planned(town.colleague)
    row = arrange_cover(
        town.chief, absent=town.colleague.pk, cover=town.manager.pk, first=day(1), last=day(1), today=TODAY
    )
    assert planned(town.colleague) == {}, "they are the stand-in's now"
    plan_week(town.manager, MONDAY, TODAY)
    assert planned(town.manager)[theirs.pk][0] == day(1)
    assert theirs.pk in {one.tenancy_id for one in day_stops(town.manager.pk, day(1))}
    end_cover(town.chief, row.pk, TODAY)
    assert theirs.pk not in {one.tenancy_id for one in day_stops(town.manager.pk, day(1))}
    found = week_plan(town.manager, MONDAY, TODAY)
    assert theirs.pk not in {stop.tenancy for one in found.days for stop in one.stops}


def test_nobody_plans_for_a_holiday_or_while_away(town: PlanTown) -> None:
    hours(town.manager, 4, 540, 700)
    christmas = MONDAY + timedelta(days=28)
    plan_week(town.manager, christmas, TODAY)
    assert day(32) not in {on for on, _at in planned(town.manager).values()}, "Friday 25 December"
    assert week_plan(town.manager, christmas, TODAY).days[4].holiday is not None


# --- the night ---


def test_the_night_plans_everybody_and_leaves_alone_what_was_agreed(town: PlanTown) -> None:
    assert plan_team(TODAY) == 2
    assert agree_week(town.manager, MONDAY, TODAY) == 3
    first = planned(town.manager)
    newest = door(town.small.molenkwartier, 70, urgency=900)
    assert plan_team(TODAY) == 1
    assert planned(town.manager) == first
    assert week_plan(town.manager, MONDAY, TODAY).agreed
    plan_week(town.manager, MONDAY, TODAY)
    assert newest.pk in planned(town.manager)
    assert not week_plan(town.manager, MONDAY, TODAY).agreed


# --- hours ---


def test_hours_replace_those_before_and_start_at_a_home(town: PlanTown) -> None:
    days = [DayHours(2, 540, 700, Mode.FOOT), DayHours(4, 540, 960, Mode.CAR, 720, 750)]
    set_hours(town.chief, town.manager.pk, days, "weverslaan 103")
    rows = {row.weekday: row for row in Workday.objects.filter(user=town.manager)}
    assert set(rows) == {2, 4}
    assert rows[4].start_home is not None
    assert rows[4].start_home.address == "Weverslaan 103"
    plan_week(town.manager, MONDAY, TODAY)
    assert {on for on, _at in planned(town.manager).values()} <= {day(2), day(4)}
    assert violations(town.manager) == []


@pytest.mark.parametrize(
    ("hours_of_day", "start", "code", "column"),
    [
        (DayHours(1, 700, 540, Mode.FOOT), "", "hours-do-not-fit", "last_1"),
        (DayHours(1, 540, 700, Mode.FOOT, 500, 560), "", "break-does-not-fit", "break_last_1"),
        (DayHours(1, 540, 700, Mode.FOOT, 600, None), "", "break-does-not-fit", "break_last_1"),
        (DayHours(1, 540, 700, Mode.FOOT), "Nergensweg 1", "unknown-address", "start"),
    ],
)
def test_hours_that_cannot_be_are_told_at_their_field(
    town: PlanTown, hours_of_day: DayHours, start: str, code: str, column: str
) -> None:
    with pytest.raises(Refused) as refusal:
        set_hours(town.chief, town.manager.pk, [hours_of_day], start)
    assert [(one.code, one.column) for one in refusal.value.problems] == [(code, column)]
    assert Workday.objects.filter(user=town.manager).count() == 3


def test_hours_are_for_neighbourhood_managers_and_set_by_who_may(town: PlanTown) -> None:
    for user, member in ((town.manager, town.manager), (town.chief, town.chief)):
        with pytest.raises(Refused):
            set_hours(user, member.pk, [DayHours(1, 540, 700, Mode.FOOT)])
    assert User.objects.filter(workdays__weekday=1).count() == 2
    assert Wish.objects.count() == 0
