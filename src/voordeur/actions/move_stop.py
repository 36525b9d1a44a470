"""Change the own week by hand: pin, drop, earlier, later, another day, put back. Every step also works from a keyboard.

What is moved by hand stays where it was put: it is pinned. An order that does not fit is refused, and says why; then
nothing changes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils import timezone

from voordeur.actions.audit import write_line
from voordeur.actions.guard import NOT_FOUND, check
from voordeur.actions.plan_day import check_week, load_week, make_room, measures, one_at_a_time, put_stops
from voordeur.adapters.plan_rules import load_plan_rules
from voordeur.core.access import Deed
from voordeur.core.doors import Door, visit_of
from voordeur.core.left_out import DROPPED, Diversion, LeftOutCode, day_of
from voordeur.core.planning import Call, Shift, Tour, Visit, timed
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.models import DayPlan, PlanStop, User, WaitingDoor
from voordeur.store.week_question import Week, planned_stops
from voordeur.store.working_hours import monday_of

_AGREED = Problem(
    "agreed-with-tenant",
    Words("Dit is een afspraak met de huurder.", "This was agreed with the tenant."),
    Words("Verzet of schrap de afspraak in het dossier.", "Move or drop the appointment in the file."),
)


_FULL_DAY = Words(
    "Deze afspraak past niet tussen wat er al staat. Plan de week opnieuw.",
    "This appointment does not fit between what is planned. Plan the week anew.",
)


@transaction.atomic
def pin_stop(user: User, stop_id: int, today: date, *, pinned: bool) -> PlanStop:
    """This stop stays where it is when the week is planned anew, or no longer."""
    row = _own(user, stop_id, today)
    row.pinned = pinned
    row.save(update_fields=["pinned"])
    _log(user, "pin_stop" if pinned else "unpin_stop", row)
    return row


@transaction.atomic
def drop_stop(user: User, stop_id: int, today: date) -> PlanStop:
    """Leave this address out this week; it waits with a new day where there is one."""
    row = _own(user, stop_id, today)
    if row.appointment:
        raise Refused(_AGREED)
    change = _Change(user, monday_of(row.plan.day), today)
    order = [one for one in change.order(row.plan.day) if one != row.tenancy_id]
    change.put(row.plan.day, order)
    change.wait(row.tenancy_id)
    _log(user, "drop_stop", row)
    return row


@transaction.atomic
def move_stop(user: User, stop_id: int, today: date, places: int) -> PlanStop:
    """One place earlier (-1) or later (1) on its day. Refused when the order does not fit, with what is in the way."""
    row = _own(user, stop_id, today)
    change = _Change(user, monday_of(row.plan.day), today)
    order = change.order(row.plan.day)
    at = order.index(row.tenancy_id)
    to = at + places
    if not 0 <= to < len(order):
        return row
    order[at], order[to] = order[to], order[at]
    change.put(row.plan.day, order, moved=row.tenancy_id)
    _log(user, "move_stop", row)
    return change.now(row.tenancy_id)


@transaction.atomic
def move_to_day(user: User, stop_id: int, today: date, day: date) -> PlanStop:
    """To another day of the same week, where it fits best. Refused when it does not fit there."""
    row = _own(user, stop_id, today)
    if row.appointment:
        raise Refused(_AGREED)
    if day == row.plan.day:
        return row
    change = _Change(user, monday_of(row.plan.day), today)
    left_behind = [one for one in change.order(row.plan.day) if one != row.tenancy_id]
    change.put(row.plan.day, left_behind)
    change.put_where_it_fits(row.tenancy_id, [day])
    _log(user, "move_stop", row)
    return change.now(row.tenancy_id)


@transaction.atomic
def put_back(user: User, waiting_id: int, today: date) -> PlanStop:
    """Plan an address that waits in this week after all. Refused when it fits nowhere."""
    check(user, Deed.PLAN_WEEK)
    waiting = WaitingDoor.objects.filter(pk=waiting_id, user=user).first()
    if waiting is None:
        raise Refused(NOT_FOUND)
    check_week(waiting.week, today)
    one_at_a_time(user)
    WaitingDoor.objects.filter(pk=waiting.pk).delete()
    change = _Change(user, waiting.week, today)
    change.put_where_it_fits(waiting.tenancy_id, [day_of(waiting.week, one) for one in change.week.days])
    row = change.now(waiting.tenancy_id)
    _log(user, "put_back", row)
    return row


def fit_appointment(user: User, tenancy_id: int, day: date, today: date) -> bool:
    """Give an appointment its place in a week that is planned already; False when it has to wait for a new plan.

    Part of making the appointment, which asked whether that may.
    """
    if not DayPlan.objects.filter(user=user, day=day).exists():
        return True
    one_at_a_time(user)
    monday = monday_of(day)
    change = _Change(user, monday, today)
    rows = WaitingDoor.objects.filter(user=user, week=monday, tenancy=tenancy_id)
    try:
        change.put_where_it_fits(tenancy_id, [day])
    except Refused:
        rows.delete()
        WaitingDoor.objects.create(
            user=user, week=monday, tenancy_id=tenancy_id, code=LeftOutCode.FULL, place=0,
            why_nl=_FULL_DAY.nl, why_en=_FULL_DAY.en,
        )  # fmt: skip
        return False
    rows.delete()
    return True


def _own(user: User, stop_id: int, today: date) -> PlanStop:
    """A stop of the own plan that is still to come; one of somebody else is not found."""
    check(user, Deed.PLAN_WEEK)
    one_at_a_time(user)
    rows = PlanStop.objects.filter(pk=stop_id, plan__user=user, plan__day__gte=today)
    row = rows.filter(state=PlanStop.State.PLANNED).select_related("plan").first()
    if row is None:
        raise Refused(NOT_FOUND)
    return row


def _log(user: User, action: str, row: PlanStop) -> None:
    write_line(user, action, subject=f"tenancy:{row.tenancy_id}", data={"day": row.plan.day.isoformat()})


class _Change:
    """The week as it stands, and the days that are put in another order."""

    def __init__(self, user: User, monday: date, today: date) -> None:
        self.user, self.monday, self.today = user, monday, today
        self.week: Week = load_week(user, monday, today)
        self.rules = load_plan_rules()
        self.stops = {row.tenancy_id: row for row in planned_stops(user, monday, today)}

    def order(self, day: date) -> list[int]:
        """The households of one day in the order of the plan."""
        return [key for key, row in self.stops.items() if row.plan.day == day]

    def now(self, tenancy: int) -> PlanStop:
        """The stop of a household as it is written now."""
        rows = PlanStop.objects.filter(plan__user=self.user, tenancy=tenancy, state=PlanStop.State.PLANNED)
        return rows.select_related("plan").filter(plan__day__gte=self.monday).order_by("plan__day")[0]

    def wait(self, tenancy: int) -> None:
        """This household waits from now on: left out by hand."""
        door = self.week.doors.get(tenancy)
        new_day = Diversion(self.monday, self.week.later, self.rules).day_for(door) if door else None
        WaitingDoor.objects.update_or_create(
            user=self.user, week=self.monday, tenancy_id=tenancy,
            defaults={
                "code": LeftOutCode.DROPPED, "why_nl": DROPPED.nl, "why_en": DROPPED.en, "place": 0,
                "new_day": day_of(self.monday, new_day),
            },
        )  # fmt: skip

    def put(self, day: date, order: Sequence[int], moved: int | None = None) -> None:
        """Time a day in this order and write it down; `moved` is pinned. Refused when it does not fit."""
        tours = self._tours(day, order)
        if tours is None:
            raise Refused(self._does_not_fit(day, order, moved))
        self._write(day, tours, moved)

    def put_where_it_fits(self, tenancy: int, days: Sequence[date | None]) -> None:
        """On whichever of these days, and at whichever place, it is worth most."""
        best: tuple[int, date, list[Tour]] | None = None
        for day in days:
            if day is None or tenancy not in self.week.doors:
                continue
            order = [one for one in self.order(day) if one != tenancy]
            for at in range(len(order) + 1):
                tours = self._tours(day, [*order[:at], tenancy, *order[at:]])
                worth = sum(tour.worth for tour in tours or ()) - sum(
                    t.worth for t in self._tours(day, order) or ()
                )
                if tours is not None and (best is None or worth > best[0]):
                    best = (worth, day, tours)
        if best is None:
            raise Refused(self._does_not_fit(days[0] if len(days) == 1 else None, [tenancy], tenancy))
        self._write(best[1], best[2], tenancy)

    def _tours(self, day: date, order: Sequence[int]) -> list[Tour] | None:
        """The best division of this order over the shifts of the day; None when it does not fit."""
        at = (day - self.monday).days
        shifts = [shift for shift in self.week.shifts if shift.day == at]
        if any(key not in self.week.doors for key in order) or not shifts:
            return [] if not order and not shifts else None
        visits = [visit_of(self._loose(self.week.doors[key]), self.monday, [at], self.rules) for key in order]
        fitting = list(_divided(shifts, self._with_along(visits, order, at)))
        return max(fitting, key=lambda tours: sum(tour.worth for tour in tours), default=None)

    def _loose(self, door: Door) -> Door:
        """What is pinned by hand may be moved by hand; what was agreed with somebody may not."""
        row = self.stops.get(door.key)
        agreed = row is not None and (row.appointment or row.companion_id is not None)
        return door if agreed else replace(door, pinned=None)

    def _with_along(self, visits: Sequence[Visit], order: Sequence[int], at: int) -> list[Visit]:
        """The visits at which one goes along keep their place in time among the others."""
        along = [one for one in self.week.along if one.moments[0].first // 1_440 == at]
        starts = [row.start for key in order if (row := self.stops.get(key)) is not None]
        found = list(visits)
        for one in along:
            before = sum(start < one.moments[0].first % 1_440 for start in starts)
            found.insert(min(before, len(found)), one)
        return found

    def _write(self, day: date, tours: Sequence[Tour], moved: int | None) -> None:
        row = DayPlan.objects.filter(user=self.user, day=day).first()
        calls: list[Call] = [call for tour in tours for call in tour.calls if call.visit.key > 0]
        keys = [call.visit.key for call in calls]
        old = [one.pk for one in self.stops.values() if one.plan.day == day or one.tenancy_id in keys]
        pins = {key for key, one in self.stops.items() if one.pinned} | {moved}
        if row is None:
            made = min((one.plan.made for one in self.stops.values()), default=None)
            row = DayPlan(user=self.user, day=day, made=made or timezone.now(), **measures(tours))
        else:
            for name, value in measures(tours).items():
                setattr(row, name, value)
        row.save()
        PlanStop.objects.filter(pk__in=old).delete()
        stops = put_stops(row, calls, self.week, self.stops)
        for stop in stops:
            stop.pinned = stop.pinned or stop.tenancy_id in pins
        PlanStop.objects.bulk_create(stops)
        self._tell_companions(stops)
        self.stops = {one.tenancy_id: one for one in planned_stops(self.user, self.monday, self.today)}

    def _tell_companions(self, stops: Sequence[PlanStop]) -> None:
        """Who comes along has that hour fixed; who no longer does is free again."""
        before = {one.companion_id for one in self.stops.values()}
        now = {one.companion_id for one in stops}
        changed = User.objects.filter(pk__in=[pk for pk in before ^ now | now if pk is not None])
        if any(one.companion_id for one in stops):
            make_room(changed.order_by("pk"), self.monday, self.today)

    def _does_not_fit(self, day: date | None, order: Sequence[int], moved: int | None) -> Problem:
        """What stands in the way of this order, as far as one can say."""
        return Problem(
            "does-not-fit",
            Words("Zo past het niet: de tijden, de reis of je uren laten het niet toe.",
                  "It does not fit like this: the times, the travelling or your hours do not allow it."),
            Words("Laat iets anders weg, kies een andere dag, of plan opnieuw.",
                  "Leave something else out, choose another day, or plan anew."),
        )  # fmt: skip


def _divided(shifts: Sequence[Shift], visits: Sequence[Visit]) -> Iterator[list[Tour]]:
    """Every way to do these visits in this order over the shifts, as far as it fits."""
    if not shifts:
        if not visits:
            yield []
        return
    for many in range(len(visits) + 1):
        tour = timed(shifts[0], visits[:many])
        if tour is None:
            continue
        for rest in _divided(shifts[1:], visits[many:]):
            yield [tour, *rest]
