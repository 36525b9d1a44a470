"""Rows <-> core values of working hours: the shifts of a colleague in three weeks from a Monday."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Avg, Q

from voordeur.core.access import Role
from voordeur.core.calendar import DaySet
from voordeur.core.plan_rules import PlanRules
from voordeur.core.planning import DAY, Mode, Shift, Spot, middle_of
from voordeur.store.models import Cover, Home, Neighbourhood, User, Workday

LOOK_AHEAD = 21
"""Days that are looked at: the week itself, and two for whatever has to wait."""
NOWHERE = Spot(0.0, 0.0)
"""Where no place is known at all: everything is at the same place, and travelling takes no time."""


@dataclass(frozen=True, slots=True)
class Start:
    """The first moment that can still be planned: a day of the question and a minute of that day."""

    day: int = 0
    minute: int = 0


def monday_of(day: date) -> date:
    """The Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def week_ahead(today: date) -> date:
    """The Monday of the week that there is still something to plan in: on a Sunday that is the coming one."""
    return monday_of(today + timedelta(days=1))


def middles(places: Iterable[int]) -> dict[int, Spot]:
    """The middle of the homes of each neighbourhood, where coordinates are known. One query."""
    rows = (
        Home.objects.filter(neighbourhood__in=list(places), latitude__isnull=False, longitude__isnull=False)
        .order_by()
        .values_list("neighbourhood")
        .annotate(Avg("latitude"), Avg("longitude"))
    )
    return {place: Spot(latitude, longitude) for place, latitude, longitude in rows}


def start_spot(user: User) -> Spot:
    """The middle of somebody's own neighbourhoods: from there one starts when nothing else is said.

    Where their homes have no coordinates, the middle of all homes that have them.
    """
    own = middle_of(middles(user.neighbourhoods.values_list("pk", flat=True)).values())
    if own is not None:
        return own
    return middle_of(middles(Neighbourhood.objects.values_list("pk", flat=True)).values()) or NOWHERE


def shifts_of(
    user: User, monday: date, rules: PlanRules, holidays: DaySet, start: Start | None = None
) -> list[Shift]:
    """The shifts in `LOOK_AHEAD` days from `monday`: not on holidays, and not while somebody stands in. Four queries.

    Nothing before `start`. Raises NotCovered for days of which the holidays are not known.
    """
    rows = {row.weekday: row for row in Workday.objects.filter(user=user).select_related("start_home")}
    if not rows:
        return []
    from_when, middle, away = start or Start(), start_spot(user), absences(user, monday)
    found = []
    for day in range(from_when.day, LOOK_AHEAD):
        on, row = monday + timedelta(days=day), rows.get(day % 7)
        if row is None or on in holidays or any(first <= on <= last for first, last in away):
            continue
        least = from_when.minute if day == from_when.day else 0
        spot = _spot_of(row.start_home) or middle
        way = rules.way(Mode(row.mode))
        found += [
            Shift(day * DAY + max(first, least), day * DAY + last, spot, way)
            for first, last in stretches(row)
            if max(first, least) < last
        ]
    return found


def stretches(row: Workday) -> list[tuple[int, int]]:
    """The stretches of work of a day, in minutes after midnight: two around a break."""
    if row.break_first is None or row.break_last is None:
        return [(row.first, row.last)]
    return [(row.first, row.break_first), (row.break_last, row.last)]


def absences(user: User, monday: date) -> list[tuple[date, date]]:
    """When somebody stands in for this colleague."""
    until = monday + timedelta(days=LOOK_AHEAD)
    rows = Cover.objects.filter(absent=user, last__gte=monday, first__lt=until)
    return list(rows.values_list("first", "last"))


def places_of(user: User, monday: date) -> dict[int, frozenset[int]]:
    """The neighbourhoods that somebody looks after, each with its days: cover begins and ends. Three queries."""
    every = frozenset(range(LOOK_AHEAD))
    found = dict.fromkeys(user.neighbourhoods.values_list("pk", flat=True), every)
    for row in Cover.objects.filter(cover=user, last__gte=monday).order_by("first", "pk"):
        days = frozenset(day for day in every if row.first <= monday + timedelta(days=day) <= row.last)
        for place in Neighbourhood.objects.filter(managers=row.absent_id).values_list("pk", flat=True):
            found[place] = found.get(place, frozenset()) | days
    return {place: days for place, days in sorted(found.items()) if days}


def visitors() -> list[User]:
    """Colleagues whose week can be planned: they have hours. In the order in which that is done."""
    has_hours = Q(pk__in=Workday.objects.values("user"))
    rows = User.objects.filter(has_hours, is_active=True, role=Role.NEIGHBOURHOOD_MANAGER)
    return list(rows.order_by("pk"))


def _spot_of(home: Home | None) -> Spot | None:
    if home is None or home.latitude is None or home.longitude is None:
        return None
    return Spot(home.latitude, home.longitude)


def spot_of(home: Home | None, middle: Spot | None, fallback: Spot) -> Spot:
    """Where a door is: the home, else the middle of its neighbourhood, else where one starts."""
    return _spot_of(home) or middle or fallback
