"""Plan the visits of a week: within the hours there are, pinned and done stay, and whatever waits knows why.

The same rows give the same plan. Who has a companion on a visit gets that hour as a fixed one in the own week.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from voordeur.actions.audit import write_line
from voordeur.actions.guard import check
from voordeur.actions.policy_now import policy_now
from voordeur.actions.today import minute_of_today
from voordeur.adapters import routing
from voordeur.adapters.plan_rules import load_plan_rules
from voordeur.adapters.rules import load_calendar
from voordeur.core.access import Deed
from voordeur.core.doors import Door, visit_of
from voordeur.core.left_out import NOT_WEIGHED, Diversion, LeftOut, LeftOutCode, day_of, left_out
from voordeur.core.planning import DAY, Call, Plan, Question, Tour, Visit, possible
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.models import DayPlan, PlanStop, User, WaitingDoor
from voordeur.store.week_question import Week, planned_stops, week_of
from voordeur.store.working_hours import monday_of, visitors, week_ahead

FARTHEST_WEEKS = 4
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Planned:
    """What a plan came to."""

    visits: int
    waiting: int


@transaction.atomic
def plan_week(user: User, monday: date, today: date) -> Planned:
    """Make or remake the own week. Refused for a week that is over or too far off, and to who plans no visits."""
    check(user, Deed.PLAN_WEEK)
    check_week(monday, today)
    one_at_a_time(user)
    made = _plan(user, monday, today)
    write_line(
        user, "plan_week", subject=f"user:{user.pk}",
        data={"week": monday.isoformat(), "visits": made.visits, "waiting": made.waiting},
    )  # fmt: skip
    return made


@transaction.atomic
def agree_week(user: User, monday: date, today: date) -> int:
    """This is how I do it: from now on only the colleague changes this week, and whoever paid. Number of days."""
    check(user, Deed.PLAN_WEEK)
    check_week(monday, today)
    days = week_days(user, monday).filter(day__gte=today).update(agreed=timezone.now())
    write_line(user, "agree_week", subject=f"user:{user.pk}", data={"week": monday.isoformat(), "days": days})
    return days


def plan_team(today: date) -> int:
    """Plan the week of everybody who has hours and did not agree on it yet; how many weeks. The system itself."""
    monday, done = week_ahead(today), 0
    for user in visitors():
        with transaction.atomic():
            if week_days(user, monday).filter(agreed__isnull=False, day__gte=today).exists():
                continue
            _plan(user, monday, today)
            done += 1
    with transaction.atomic():
        write_line(None, "plan_team", data={"week": monday.isoformat(), "weeks": done})
    return done


def week_days(user: User, monday: date) -> QuerySet[DayPlan]:
    """The day plans of one week of one colleague."""
    return DayPlan.objects.filter(user=user, day__gte=monday, day__lt=monday + 7 * _DAY)


def one_at_a_time(user: User) -> None:
    """Whoever presses twice waits for the first press. SQLite has one writer anyway."""
    User.objects.select_for_update().get(pk=user.pk)


def check_week(monday: date, today: date) -> None:
    """Refused unless it is a Monday of this week or one of the next few."""
    if monday.weekday() == 0 and monday_of(today) <= monday <= monday_of(today) + FARTHEST_WEEKS * 7 * _DAY:
        return
    raise Refused(
        Problem(
            "week-not-to-plan",
            Words("Deze week kun je niet plannen.", "This week cannot be planned."),
            Words(f"Kies deze week of een van de volgende {FARTHEST_WEEKS}.",
                  f"Choose this week or one of the next {FARTHEST_WEEKS}."),
        )
    )  # fmt: skip


def load_week(user: User, monday: date, today: date) -> Week:
    """Everything the plan of this week is made of, as it is now."""
    minute = minute_of_today() if monday <= today else 0
    return week_of(
        user, monday, today, load_plan_rules(), load_calendar().terms,
        tiers=len(policy_now(today).order), minute=minute,
    )  # fmt: skip


def make_room(companions: Iterable[User], monday: date, today: date) -> None:
    """Plan the week of who comes along anew, where there is one: that hour is fixed for them now."""
    for companion in companions:
        if week_days(companion, monday).exists():
            _plan(companion, monday, today, chain=False)


def _plan(user: User, monday: date, today: date, *, chain: bool = True) -> Planned:
    """Load, think, save. `chain`: companions make room for a visit that takes two."""
    week, rules = load_week(user, monday, today), load_plan_rules()
    visits = [_visit(door, week) for door in week.doors.values()]
    plan = routing.plan(Question(week.shifts, (*week.along, *visits)))
    companions = _save(user, week, plan, today)
    later = Diversion(monday, week.later, rules)
    waiting = left_out(_without_along(plan), week.doors, week.shifts, later, week.days)
    waiting += [LeftOut(key, LeftOutCode.NOT_WEIGHED, NOT_WEIGHED, None) for key in week.not_weighed]
    _keep_waiting(user, monday, waiting)
    make_room(companions if chain else (), monday, today)
    return Planned(sum(call.visit.key > 0 for call in plan.calls), len(waiting))


def _visit(door: Door, week: Week) -> Visit:
    """The visit; a pin that no longer fits to the minute may shift a little before it is given up."""
    rules = load_plan_rules()
    visit = visit_of(door, week.monday, week.days, rules)
    if door.pinned is None or any(possible(visit, shift) for shift in week.shifts):
        return visit
    return visit_of(replace(door, slack=rules.pin_slack), week.monday, week.days, rules)


def _without_along(plan: Plan) -> Plan:
    return Plan(plan.tours, tuple(key for key in plan.left_out if key > 0))


def _save(user: User, week: Week, plan: Plan, today: date) -> list[User]:
    """Put the plan in the place of what was still to come; the companions of new visits for two."""
    stops = planned_stops(user, week.monday, today)
    before = {row.tenancy_id: row for row in stops}
    PlanStop.objects.filter(pk__in=[row.pk for row in stops]).delete()
    made, rows = timezone.now(), []
    for day in week.days:
        tours = [tour for tour in plan.tours if tour.shift.day == day]
        on = week.monday + day * _DAY
        if not tours:
            DayPlan.objects.filter(user=user, day=on, stops=None).delete()
            continue
        calls = [call for tour in tours for call in tour.calls if call.visit.key > 0]
        row, _new = DayPlan.objects.update_or_create(
            user=user, day=on, defaults={"made": made, "agreed": None, **measures(tours)}
        )
        row.stops.filter(
            tenancy__in=[call.visit.key for call in calls]
        ).delete()  # paid or gone before, and back
        first = row.stops.count()
        rows += [
            _stop(row, place, call, week, before.get(call.visit.key))
            for place, call in enumerate(calls, first + 1)
        ]
    PlanStop.objects.bulk_create(rows)
    return list(
        User.objects.filter(pk__in={row.companion_id for row in rows if row.companion_id}).order_by("pk")
    )


def put_stops(
    day: DayPlan, calls: Sequence[Call], week: Week, before: Mapping[int, PlanStop]
) -> list[PlanStop]:
    """The stops of one day, still to be written; rows of households that paid before and are back go."""
    day.stops.filter(tenancy__in=[call.visit.key for call in calls]).delete()
    first = day.stops.count()
    return [
        _stop(day, place, call, week, before.get(call.visit.key))
        for place, call in enumerate(calls, first + 1)
    ]


def measures(tours: Sequence[Tour]) -> dict[str, int]:
    """Minutes there are, minutes that are needed, and metres, of the shifts of one day."""
    return {
        "room": sum(tour.shift.last - tour.shift.first for tour in tours),
        "needed": sum(tour.travel + sum(call.visit.minutes for call in tour.calls) for tour in tours),
        "metres": sum(tour.metres for tour in tours),
    }


def _stop(day: DayPlan, place: int, call: Call, week: Week, before: PlanStop | None) -> PlanStop:
    door, known = week.doors[call.visit.key], week.known[call.visit.key]
    companion = _companion(door, call, week, before)
    return PlanStop(
        plan=day, tenancy_id=door.key, place=place, start=call.start % DAY, minutes=call.visit.minutes,
        pinned=door.pinned is not None or companion is not None, appointment=known.appointment,
        companion_id=companion, why_nl=known.why.nl, why_en=known.why.en,
    )  # fmt: skip


def _companion(door: Door, call: Call, week: Week, before: PlanStop | None) -> int | None:
    """Who comes along: whoever was going to, else the first colleague who can."""
    if door.pairs is None:
        return None
    if door.pinned is not None and before is not None and before.companion_id is not None:
        return before.companion_id
    return week.colleagues.who(door.spot, call.start, call.end)


def _keep_waiting(user: User, monday: date, waiting: Sequence[LeftOut]) -> None:
    """What waits, in the place of what waited; what the colleague left out stays left out."""
    rows = WaitingDoor.objects.filter(user=user, week=monday)
    rows.exclude(code=LeftOutCode.DROPPED).delete()
    WaitingDoor.objects.bulk_create(
        WaitingDoor(
            user=user, week=monday, tenancy_id=one.key, code=one.code, why_nl=one.why.nl[:400],
            why_en=one.why.en[:400], new_day=day_of(monday, one.new_day), place=place,
        )
        for place, one in enumerate(waiting, 1)
    )  # fmt: skip
