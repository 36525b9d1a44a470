"""The week of one colleague as the page shows it: a column per day with its doors, and the doors that wait."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from voordeur.adapters.plan_rules import load_plan_rules
from voordeur.adapters.rules import load_calendar
from voordeur.core import home_times
from voordeur.core.contacts import Contact
from voordeur.core.planning import Mode, Spot
from voordeur.core.words import Words
from voordeur.store import working_hours
from voordeur.store.models import (
    Cover,
    DayPlan,
    Home,
    Neighbourhood,
    PlanStop,
    Tenancy,
    User,
    WaitingDoor,
    Workday,
)
from voordeur.store.past_visits import past_visits

WEEK = 7
_State = PlanStop.State


@dataclass(frozen=True, slots=True)
class WeekStop:
    """One door in a column."""

    id: int
    tenancy: int
    place: int
    """1, 2, 3, ... as it is numbered in its column and on the map."""
    address: str
    start: int
    """Minutes after midnight."""
    minutes: int
    why: Words
    pinned: bool
    appointment: bool
    companion: str
    """Who comes along; empty where one goes alone."""
    done: bool
    spot: Spot | None

    @property
    def shown_at(self) -> int:
        """The moment as one says it: an appointment to the minute, the rest in steps of five."""
        return self.start if self.appointment else round(self.start / 5) * 5


@dataclass(frozen=True, slots=True)
class Along:
    """A visit of a colleague at which one is the second."""

    start: int
    address: str
    who: str


@dataclass(frozen=True, slots=True)
class CoverNote:
    """A neighbourhood that one looks after for somebody who is away."""

    place: str
    absent: str
    last: date


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One column."""

    day: date
    room: int
    """Minutes for visits; 0 on a day without."""
    needed: int
    metres: int
    mode: Mode | None
    start: Spot | None
    stops: tuple[WeekStop, ...]
    along: tuple[Along, ...]
    paid: tuple[str, ...]
    """Addresses that left the plan because money came in."""
    gone: tuple[str, ...]
    """Addresses that left the plan because something else is advised now."""
    covers: tuple[CoverNote, ...]
    stand_in: str
    """Who stands in on this day; empty when one is there."""
    holiday: Words | None
    over: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """An address that is not in the week."""

    id: int
    tenancy: int
    address: str
    code: str
    why: Words
    new_day: date | None


@dataclass(frozen=True, slots=True)
class WeekPlan:
    """The page of one week."""

    monday: date
    days: tuple[WeekDay, ...]
    waiting: tuple[Waiting, ...]
    places: tuple[str, ...]
    says: tuple[Words, ...]
    """When somebody opens most often, per own neighbourhood, with the numbers."""
    made: datetime | None
    agreed: bool
    has_hours: bool
    """False as long as nobody said when this colleague makes visits."""

    @property
    def visits(self) -> int:
        """Doors that are still to come."""
        return sum(not stop.done for day in self.days if not day.over for stop in day.stops)

    @property
    def done(self) -> int:
        """Doors of this week that were done."""
        return sum(stop.done for day in self.days for stop in day.stops)

    @property
    def room(self) -> int:
        """Minutes for visits in this week."""
        return sum(day.room for day in self.days)

    @property
    def needed(self) -> int:
        """Minutes that the plan takes, travelling included."""
        return sum(day.needed for day in self.days)


def week_plan(user: User, monday: date, today: date) -> WeekPlan:
    """The own week. About fifteen queries, however many doors."""
    rules, holidays = load_plan_rules(), load_calendar()
    shifts = [one for one in working_hours.shifts_of(user, monday, rules, holidays.terms) if one.day < WEEK]
    plans = {row.day: row for row in days_of([user.pk], monday)}
    stops = _stops(user, monday)
    along, covers = _along(user, monday), _covers(user, monday)
    modes = dict(Workday.objects.filter(user=user).values_list("weekday", "mode"))
    away = Cover.objects.filter(absent=user, last__gte=monday).select_related("cover").order_by("first")
    named = {one.day: one.name for one in holidays.special_days if one.day in holidays.terms.days}
    days = []
    for at in range(WEEK):
        day = monday + timedelta(days=at)
        mine = [one for one in shifts if one.day == at]
        plan = plans.get(day)
        days.append(
            WeekDay(
                day=day, room=sum(one.last - one.first for one in mine), needed=plan.needed if plan else 0,
                metres=plan.metres if plan else 0, mode=Mode(modes[at]) if at in modes else None,
                start=mine[0].start if mine else None, stops=_numbered(stops[day]), along=tuple(along[day]),
                paid=_left(stops[day], _State.PAID), gone=_left(stops[day], _State.GONE),
                covers=tuple(note for first, note in covers if first <= day <= note.last),
                stand_in=next((str(row.cover) for row in away if row.first <= day <= row.last), ""),
                holiday=named.get(day), over=day < today,
            )
        )  # fmt: skip
    coming = [row for day, row in plans.items() if day >= today]
    return WeekPlan(
        monday, tuple(days), _waiting(user, monday, today), _places(user), _says(user, today),
        max((row.made for row in plans.values()), default=None),
        bool(coming) and all(row.agreed for row in coming), bool(modes),
    )  # fmt: skip


def days_of(users: Sequence[int], monday: date) -> list[DayPlan]:
    """The day plans of some colleagues in one week."""
    until = monday + timedelta(days=WEEK)
    return list(DayPlan.objects.filter(user__in=users, day__gte=monday, day__lt=until).order_by("day"))


def _stops(user: User, monday: date) -> dict[date, list[PlanStop]]:
    """Per day, only of neighbourhoods that this colleague looks after on that day."""
    until = monday + timedelta(days=WEEK)
    rows = PlanStop.objects.filter(plan__user=user, plan__day__gte=monday, plan__day__lt=until)
    reach = working_hours.places_of(user, monday)
    found: dict[date, list[PlanStop]] = defaultdict(list)
    for row in rows.select_related("plan", "tenancy__home", "companion").order_by("start", "place"):
        if (row.plan.day - monday).days in reach.get(row.tenancy.neighbourhood_id or 0, ()):
            found[row.plan.day].append(row)
    return _once(found)


def _once(found: dict[date, list[PlanStop]]) -> dict[date, list[PlanStop]]:
    """Who was not visited on one day and is planned again on another stands there only."""
    last = {row.tenancy_id: day for day in sorted(found) for row in found[day] if row.state == _State.PLANNED}
    kept: dict[date, list[PlanStop]] = defaultdict(list)
    for day, rows in found.items():
        kept[day] = [row for row in rows if _stands_here(row, day, last)]
    return kept


def _stands_here(row: PlanStop, day: date, last: dict[int, date]) -> bool:
    """Done and paid stay where they were; off the list is only who is on no other day."""
    if row.state == _State.GONE:
        return row.tenancy_id not in last
    return row.state != _State.PLANNED or last[row.tenancy_id] == day


def _numbered(rows: Sequence[PlanStop]) -> tuple[WeekStop, ...]:
    shown = [row for row in rows if row.state in (_State.PLANNED, _State.DONE)]
    return tuple(
        WeekStop(
            row.pk, row.tenancy_id, place, _address(row.tenancy), row.start, row.minutes, Words(row.why_nl, row.why_en),
            row.pinned, row.appointment, str(row.companion or ""), row.state == _State.DONE, _spot(row.tenancy.home),
        )
        for place, row in enumerate(shown, 1)
    )  # fmt: skip


def _left(rows: Sequence[PlanStop], state: PlanStop.State) -> tuple[str, ...]:
    return tuple(_address(row.tenancy) for row in rows if row.state == state)


def _address(tenancy: Tenancy) -> str:
    return tenancy.home.address if tenancy.home else tenancy.key


def _spot(home: Home | None) -> Spot | None:
    if home is None or home.latitude is None or home.longitude is None:
        return None
    return Spot(home.latitude, home.longitude)


def _along(user: User, monday: date) -> dict[date, list[Along]]:
    until = monday + timedelta(days=WEEK)
    rows = PlanStop.objects.filter(
        companion=user, state=_State.PLANNED, plan__day__gte=monday, plan__day__lt=until
    ).select_related("plan__user", "tenancy__home").order_by("start")  # fmt: skip
    found: dict[date, list[Along]] = defaultdict(list)
    for row in rows:
        found[row.plan.day].append(Along(row.start, _address(row.tenancy), str(row.plan.user)))
    return found


def _covers(user: User, monday: date) -> list[tuple[date, CoverNote]]:
    """First day and note of each neighbourhood that is looked after for somebody else."""
    until = monday + timedelta(days=WEEK)
    rows = Cover.objects.filter(cover=user, last__gte=monday, first__lt=until).select_related("absent")
    return [
        (row.first, CoverNote(place.name, str(row.absent), row.last))
        for row in rows.order_by("first", "pk")
        for place in Neighbourhood.objects.filter(managers=row.absent_id).order_by("name")
    ]


def _places(user: User) -> tuple[str, ...]:
    return tuple(user.neighbourhoods.order_by("name").values_list("name", flat=True))


def _says(user: User, today: date) -> tuple[Words, ...]:
    names = dict(user.neighbourhoods.order_by("name").values_list("pk", "name"))
    visits: dict[int, list[Contact]] = {place: [] for place in names}
    for _tenancy, place, one in past_visits(names, today, load_plan_rules()):
        visits[place].append(one)
    found = (
        home_times.place_advice(
            names[place], home_times.counted(some, today, load_plan_rules()), load_plan_rules()
        )
        for place, some in visits.items()
    )
    return tuple(one for one in found if one is not None)


def _waiting(user: User, monday: date, today: date) -> tuple[Waiting, ...]:
    """In the order of the work list; only what is asked for and may be seen now."""
    reach = [
        place
        for place, days in working_hours.places_of(user, monday).items()
        if any(day < WEEK for day in days)
    ]
    rows = WaitingDoor.objects.filter(user=user, week=monday, tenancy__neighbourhood__in=reach)
    return tuple(
        Waiting(
            row.pk,
            row.tenancy_id,
            _address(row.tenancy),
            row.code,
            Words(row.why_nl, row.why_en),
            row.new_day,
        )
        for row in rows.select_related("tenancy__home").order_by("place", "pk")
    )
