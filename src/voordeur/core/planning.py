"""Planning visits: the question (hours, doors, moments, what they are worth) and the answer (tours, what is left out).

A week is one line of minutes: 0 is Monday 00:00, 1,440 is Tuesday 00:00. A shift is a stretch of work without a
break; it begins and ends at the place one starts from, so that a day with a break is two shifts. A visit has moments:
stretches in which it may begin, each with what it is worth there in minutes of travel. Of all plans within the hours
the best is the one whose visits are worth most, after the travelling is taken off. Whole minutes everywhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, cos, hypot, radians

from voordeur.core.words import Words

DAY = 1_440
"""Minutes."""
FIRM = 100_000
"""What an appointment or a pinned visit is worth above any other: it is only left out where it cannot be done."""
_METRES_PER_DEGREE = 111_320.0


class Mode(StrEnum):
    """How somebody travels between doors."""

    FOOT = "foot"
    BICYCLE = "bicycle"
    CAR = "car"

    @property
    def words(self) -> Words:
        """The way of travelling, as people say it."""
        return _MODE_WORDS[self]


_MODE_WORDS = {
    Mode.FOOT: Words("lopend", "on foot"),
    Mode.BICYCLE: Words("met de fiets", "by bicycle"),
    Mode.CAR: Words("met de auto", "by car"),
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place, WGS84 degrees."""

    latitude: float
    longitude: float


def straight_metres(one: Spot, other: Spot) -> float:
    """Metres as the crow flies. On the scale of a town the earth is flat: the error is under one in a thousand."""
    middle = radians((one.latitude + other.latitude) / 2)
    east = (one.longitude - other.longitude) * cos(middle)
    return _METRES_PER_DEGREE * hypot(one.latitude - other.latitude, east)


def middle_of(spots: Iterable[Spot]) -> Spot | None:
    """The average of some places; None of none."""
    found = list(spots)
    if not found:
        return None
    return Spot(
        sum(one.latitude for one in found) / len(found), sum(one.longitude for one in found) / len(found)
    )


@dataclass(frozen=True, slots=True)
class Way:
    """How fast somebody gets around. A short stretch goes on foot where that is quicker."""

    kmh: int
    walking_kmh: int
    detour_percent: int
    """How much longer the road is than the straight line: 130 is three tenths longer."""
    extra_minutes: int = 0
    """Per stretch: locking the bicycle, finding a place for the car."""

    def metres(self, one: Spot, other: Spot) -> int:
        """Metres along the road, as estimated."""
        return round(straight_metres(one, other) * self.detour_percent / 100)

    def minutes(self, one: Spot, other: Spot) -> int:
        """Whole minutes, upwards; nothing within the same place."""
        metres = self.metres(one, other)
        if metres == 0:
            return 0
        walking = ceil(metres * 60 / (self.walking_kmh * 1_000))
        return min(walking, ceil(metres * 60 / (self.kmh * 1_000)) + self.extra_minutes)


@dataclass(frozen=True, slots=True)
class Shift:
    """A stretch of work without a break, from and back to one place."""

    first: int
    """Minutes on the line of the week, as everywhere here."""
    last: int
    """Back at the start at the latest."""
    start: Spot
    way: Way

    @property
    def day(self) -> int:
        """0 is the first day of the question."""
        return self.first // DAY


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch in which a visit may begin, both ends included, and what it is worth then."""

    first: int
    last: int
    worth: int
    """Minutes of travel."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One door: where, how long, and when it may begin. Without a moment it cannot be planned at all."""

    key: int
    spot: Spot
    minutes: int
    moments: tuple[Moment, ...]
    firm: bool = False
    """Agreed with the household or pinned by the manager: goes before whatever is not."""


@dataclass(frozen=True, slots=True)
class Question:
    """Whose hours are to be filled, and with which doors."""

    shifts: tuple[Shift, ...]
    visits: tuple[Visit, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """One visit in a tour."""

    visit: Visit
    start: int
    worth: int
    """Of the moment in which it begins, without what being firm adds."""
    travel: int
    """Minutes from the place before."""
    metres: int

    @property
    def end(self) -> int:
        """When one leaves again."""
        return self.start + self.visit.minutes


@dataclass(frozen=True, slots=True)
class Tour:
    """The visits of one shift in their order, and when one is back."""

    shift: Shift
    calls: tuple[Call, ...]
    back: int
    travel: int
    """Minutes in all, the way back included."""
    metres: int

    @property
    def worth(self) -> int:
        """What the visits are worth, less the travelling."""
        return sum(call.worth + FIRM * call.visit.firm for call in self.calls) - self.travel

    @property
    def needed(self) -> int:
        """Minutes from setting out as late as the first visit allows, until being back."""
        return self.back - (self.calls[0].start - self.calls[0].travel) if self.calls else 0


@dataclass(frozen=True, slots=True)
class Plan:
    """The answer: a tour per shift, in the order of the shifts, and the keys of what is left out."""

    tours: tuple[Tour, ...]
    left_out: tuple[int, ...]

    @property
    def worth(self) -> int:
        """What is compared between plans: more is better."""
        return sum(tour.worth for tour in self.tours)

    @property
    def calls(self) -> tuple[Call, ...]:
        """All visits, in the order of the week."""
        return tuple(call for tour in self.tours for call in tour.calls)


@dataclass(frozen=True, slots=True)
class _Label:
    """How one may stand after a few visits: free from, worth so far, and how one came there."""

    free: int
    worth: int
    start: int
    moment: Moment | None
    before: "_Label | None"


def timed(shift: Shift, visits: Sequence[Visit]) -> Tour | None:
    """The best times of these visits in this order within one shift; None when the order does not fit.

    Of two ways that are worth the same the earlier one counts.
    """
    labels, place = [_Label(shift.first, 0, shift.first, None, None)], shift.start
    for visit in visits:
        travel = shift.way.minutes(place, visit.spot)
        labels = _undominated(
            _Label(start + visit.minutes, label.worth + moment.worth, start, moment, label)
            for label in labels
            for moment, start in begins(visit, label.free + travel)
        )
        place = visit.spot
    home = shift.way.minutes(place, shift.start)
    fitting = [label for label in labels if label.free + home <= shift.last]
    if not fitting:
        return None
    best = max(fitting, key=lambda label: (label.worth, -label.free))
    return _tour(shift, visits, best)


def begins(visit: Visit, arrival: int) -> list[tuple[Moment, int]]:
    """For each moment that is not over yet: when the visit begins in it."""
    return [(moment, max(arrival, moment.first)) for moment in visit.moments if arrival <= moment.last]


def _undominated(labels: Iterable[_Label]) -> list[_Label]:
    """Those that no other beats in both time and worth, earliest first."""
    kept: list[_Label] = []
    for label in sorted(labels, key=lambda one: (one.free, -one.worth)):
        if not kept or label.worth > kept[-1].worth:
            kept.append(label)
    return kept


def _tour(shift: Shift, visits: Sequence[Visit], last: _Label) -> Tour:
    steps: list[_Label] = []
    label: _Label | None = last
    while label is not None and label.moment is not None:
        steps.insert(0, label)
        label = label.before
    calls, place = [], shift.start
    for visit, step in zip(visits, steps, strict=True):
        worth = step.moment.worth if step.moment else 0
        travel, metres = shift.way.minutes(place, visit.spot), shift.way.metres(place, visit.spot)
        calls.append(Call(visit, step.start, worth, travel, metres))
        place = visit.spot
    home = shift.way.minutes(place, shift.start)
    return Tour(
        shift,
        tuple(calls),
        last.free + home if calls else shift.first,
        sum(call.travel for call in calls) + home,
        sum(call.metres for call in calls) + shift.way.metres(place, shift.start),
    )


def possible(visit: Visit, shift: Shift) -> Visit | None:
    """The visit with only the moments in which it could be the one visit of this shift; None when there are none."""
    way = shift.way.minutes(shift.start, visit.spot)
    earliest = shift.first + way
    latest = shift.last - shift.way.minutes(visit.spot, shift.start) - visit.minutes
    moments = tuple(
        Moment(max(moment.first, earliest), min(moment.last, latest), moment.worth)
        for moment in visit.moments
        if max(moment.first, earliest) <= min(moment.last, latest)
    )
    if not moments:
        return None
    return Visit(visit.key, visit.spot, visit.minutes, moments, visit.firm)


def answer(question: Question, tours: Sequence[Tour]) -> Plan:
    """A plan from its tours: what is in none of them is left out, in the order of the question."""
    planned = {call.visit.key for tour in tours for call in tour.calls}
    return Plan(tuple(tours), tuple(one.key for one in question.visits if one.key not in planned))
