"""From what is known of a household to a visit that can be planned: when it may begin, and what it is worth then.

The wish of the tenant really blocks. Who is only known to be in in the evening is only visited in the evening. What a
visit is worth comes from the policy's order of the work list (`core.plan_rules`) and from the chance that somebody
opens (`core.home_times`).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from voordeur.core.contacts import Channel, DayPart, Wish, blocked
from voordeur.core.home_times import Counts, chances, evening_only
from voordeur.core.plan_rules import PlanRules
from voordeur.core.planning import DAY, Moment, Spot, Visit
from voordeur.core.words import Words

PARTS: Mapping[DayPart, tuple[int, int]] = {
    DayPart.MORNING: (0, 719),
    DayPart.AFTERNOON: (720, 1_079),
    DayPart.EVENING: (1_080, 1_439),
}
"""First and last minute of the day on which a part of the day begins and ends (DDAS dagdeel)."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """What was agreed with the household: a day of the question, and perhaps a moment or a part of that day."""

    day: int
    at: int | None = None
    """Minutes after midnight."""
    part: DayPart | None = None


@dataclass(frozen=True, slots=True)
class Door:
    """One household that asks for a visit. Days are counted from the Monday of the question, 0 is that Monday."""

    key: int
    spot: Spot
    days: frozenset[int]
    """Days on which this colleague may go there."""
    places_below: int = 0
    """How many places the order of the policy has below that of this household."""
    days_late: int = 0
    again: bool = False
    """Not the first visit."""
    wish: Wish | None = None
    own: Counts = field(default_factory=dict)
    """Earlier visits to this household."""
    place: Mapping[DayPart, float] = field(default_factory=dict)
    """The chance per part of the day in its neighbourhood, between 0 and 1."""
    appointment: Appointment | None = None
    pinned: int | None = None
    """The minute of the week at which the colleague said that it stays."""
    slack: int = 0
    """Minutes by which a pin may shift when the hours or the way there have changed since."""
    pairs: tuple[tuple[int, int], ...] | None = None
    """Stretches in which somebody can come along; None where one goes alone."""

    @property
    def firm(self) -> bool:
        """Agreed or pinned: goes before what is not."""
        return self.appointment is not None or self.pinned is not None

    def minutes(self, rules: PlanRules) -> int:
        """How long the visit takes."""
        if self.appointment is not None:
            return rules.appointment_minutes
        return rules.second_visit_minutes if self.again else rules.visit_minutes


def visit_of(door: Door, monday: date, days: Collection[int], rules: PlanRules) -> Visit:
    """The visit with the moments that it has on these days."""
    minutes = door.minutes(rules)
    found: Iterator[Moment] = (one for day in sorted(days) for one in _moments(door, monday, day, rules))
    if door.pairs is not None and door.pinned is None:
        found = _together(found, door.pairs, minutes)
    return Visit(door.key, door.spot, minutes, tuple(found), door.firm)


def parts_of(door: Door, rules: PlanRules) -> frozenset[DayPart]:
    """The parts of the day in which one may go there, as far as the diary and the wish say."""
    wished = door.wish.parts if door.wish is not None and door.wish.parts else frozenset(DayPart)
    if door.own and evening_only(door.own, rules) and not door.firm:
        return wished & {DayPart.EVENING} or wished
    return wished


def against(door: Door, monday: date, days: Iterable[int]) -> Words | None:
    """Which wish stands in the way on all of these days; None when it does not on at least one."""
    found = [_against(door, monday, day, None) for day in sorted(days)]
    return found[0] if found and all(found) else None


def _moments(door: Door, monday: date, day: int, rules: PlanRules) -> Iterator[Moment]:
    """When the visit may begin on one day, per part of the day."""
    if day not in door.days or (door.appointment is not None and door.appointment.day != day):
        return
    chance = chances(door.own, door.place, rules) if door.own and door.place else {}
    worth = rules.worth(door.places_below, door.days_late)
    for part in DayPart:
        if part not in parts_of(door, rules) or _against(door, monday, day, part) is not None:
            continue
        first, last = _stretch(door, day, part)
        if first <= last:
            here = worth * chance.get(part, rules.chance_percent) // 100
            yield Moment(first, last, max(1, here - rules.later_day * (day % 7)))


def _stretch(door: Door, day: int, part: DayPart) -> tuple[int, int]:
    """The first and last minute of a part of the day; of an appointment or a pin only what was agreed."""
    first, last = (day * DAY + minute for minute in PARTS[part])
    agreed = door.appointment
    if agreed is not None and agreed.part not in (None, part):
        return 1, 0
    if agreed is not None and agreed.at is not None:
        first, last = max(first, day * DAY + agreed.at), min(last, day * DAY + agreed.at)
    elif door.pinned is not None:
        first, last = max(first, door.pinned - door.slack), min(last, door.pinned + door.slack)
    return first, last


def _against(door: Door, monday: date, day: int, part: DayPart | None) -> Words | None:
    """An appointment was looked at when it was made: only a wish that came later stands in its way."""
    if door.appointment is not None and door.wish is None:
        return None
    return blocked(door.wish, monday + timedelta(days=day), Channel.VISIT, part)


def _together(moments: Iterable[Moment], pairs: Iterable[tuple[int, int]], minutes: int) -> Iterator[Moment]:
    """Only where somebody can come along, from the beginning to the end of the visit."""
    stretches = sorted(set(pairs))
    for moment in moments:
        for first, last in stretches:
            begin, end = max(moment.first, first), min(moment.last, last - minutes)
            if begin <= end:
                yield Moment(begin, end, moment.worth)
