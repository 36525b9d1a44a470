"""Why an address is not in the week, in words, and on which day it can be instead. Nobody drops off the list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from voordeur.core.clock import in_hours
from voordeur.core.contacts import DayPart
from voordeur.core.doors import Door, against, parts_of, visit_of
from voordeur.core.plan_rules import PlanRules
from voordeur.core.planning import DAY, Plan, Shift, Tour, Visit, possible, timed
from voordeur.core.words import Words


class LeftOutCode(StrEnum):
    """Why an address is left out."""

    DROPPED = "dropped"
    """The manager left it out."""
    WISH = "wish"
    """The tenant wishes otherwise."""
    NO_HOURS = "no_hours"
    NO_PAIR = "no_pair"
    """It takes two, and nobody can come along."""
    NO_PART = "no_part"
    """Nobody works in the part of the day, or on the days, on which it can be done."""
    FULL = "full"
    """Something more urgent takes the hours."""
    FAR = "far"
    """It fits, but the way there takes more than the visit is worth now."""
    NOT_WEIGHED = "not_weighed"
    """So far down the list that it was not weighed for this week."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One address that is not in the week."""

    key: int
    code: LeftOutCode
    why: Words
    new_day: int | None
    """Counted from the Monday of the question; None when no day is known."""


DROPPED = Words("Jij liet dit adres deze week weg.", "You left this address out this week.")
_NO_HOURS = Words(
    "Je hebt deze week geen uren meer voor bezoeken.", "You have no more hours for visits this week."
)
_NO_PAIR = Words(
    "Hier gaan jullie met zijn tweeën. Deze week kan niemand mee.",
    "One goes here with two. Nobody can come along this week.",
)
_NOT_THEN = Words(
    "Dan werk je deze week niet, of niet lang genoeg.", "You do not work then this week, or not long enough."
)
NOT_WEIGHED = Words(
    "Andere adressen zijn dringender en vullen je uren.",
    "Other addresses are more urgent and fill your hours.",
)


@dataclass(slots=True)
class Diversion:
    """The weeks after the question: each address that waits takes its place, the most urgent first."""

    monday: date
    shifts: Sequence[Shift]
    rules: PlanRules
    taken: dict[int, int] = field(default_factory=dict)
    """Minutes taken per shift."""

    def day_for(self, door: Door) -> int | None:
        """The first later day with room for this door; that room is then taken."""
        for at, shift in enumerate(self.shifts):
            visit = visit_of(door, self.monday, [shift.day], self.rules)
            asked = visit.minutes + shift.way.minutes(shift.start, door.spot)
            used = self.taken.get(at, 0)
            if possible(visit, shift) is not None and used + asked <= shift.last - shift.first:
                self.taken[at] = used + asked
                return shift.day
        return None


def left_out(
    plan: Plan, doors: Mapping[int, Door], shifts: Sequence[Shift], later: Diversion, days: Sequence[int]
) -> list[LeftOut]:
    """Every door that the plan leaves out, with why and a new day where there is one.

    `days`: the days of this week that could still be planned.
    """
    found = []
    for key in plan.left_out:
        code, why = _why(doors[key], plan, shifts, later, days)
        found.append(LeftOut(key, code, why, later.day_for(doors[key])))
    return found


def _why(
    door: Door, plan: Plan, shifts: Sequence[Shift], later: Diversion, days: Sequence[int]
) -> tuple[LeftOutCode, Words]:
    wish = against(door, later.monday, [day for day in days if day in door.days] or days)
    if wish is not None:
        return LeftOutCode.WISH, wish
    if not shifts:
        return LeftOutCode.NO_HOURS, _NO_HOURS
    if door.pairs is not None and not any(first < days[-1] * DAY + DAY for first, _ in door.pairs):
        return LeftOutCode.NO_PAIR, _NO_PAIR
    visit = visit_of(door, later.monday, days, later.rules)
    fitting = [tour for tour in plan.tours if possible(visit, tour.shift) is not None]
    only = _only(parts_of(door, later.rules))
    if not fitting:
        return LeftOutCode.NO_PART, _joined(only, _NOT_THEN)
    detour = _detour(visit, fitting)
    if detour is not None:
        return LeftOutCode.FAR, _joined(only, _far(detour))
    room = max(_room(tour) for tour in fitting)
    left, asked = in_hours(room), in_hours(visit.minutes)
    if room >= visit.minutes:
        tail = Words(
            f"Er blijft {left.nl} over, maar niet aan één stuk met de weg erheen: dit bezoek duurt {asked.nl}.",
            f"There is {left.en} left, but not in one stretch with the way there: this visit takes {asked.en}.",
        )
    else:
        tail = Words(
            f"Er blijft {left.nl} over en dit bezoek duurt {asked.nl}. Wat er staat is dringender.",
            f"There is {left.en} left and this visit takes {asked.en}. What is planned is more urgent.",
        )
    return LeftOutCode.FULL, _joined(only, tail)


def _detour(visit: Visit, tours: Sequence[Tour]) -> int | None:
    """Minutes of travel that the visit adds where it fits among the others; None where it fits nowhere."""
    found = []
    for tour in tours:
        order = [call.visit for call in tour.calls]
        for at in range(len(order) + 1):
            longer = timed(tour.shift, [*order[:at], visit, *order[at:]])
            if longer is not None:
                found.append(longer.travel - tour.travel)
    return min(found, default=None)


def _far(detour: int) -> Words:
    took = in_hours(detour)
    return Words(
        f"De weg erheen kost {took.nl}. Dat is nu meer dan dit bezoek waard is.",
        f"The way there takes {took.en}. That is more than this visit is worth now.",
    )


def _room(tour: Tour) -> int:
    """Minutes of a shift that nothing takes: no visit and no travelling."""
    busy = tour.travel + sum(call.visit.minutes for call in tour.calls)
    return tour.shift.last - tour.shift.first - busy


def _only(parts: frozenset[DayPart]) -> Words:
    """`Alleen in de avond.` Empty when every part of the day will do."""
    if len(parts) == len(DayPart):
        return Words("", "")
    named = [part for part in DayPart if part in parts]
    nl, en = (" of ".join(one.words.nl for one in named), " or ".join(one.words.en for one in named))
    return Words(f"Alleen in de {nl}.", f"Only in the {en}.")


def _joined(first: Words, then: Words) -> Words:
    return first + then if first.nl else then


def day_of(monday: date, day: int | None) -> date | None:
    """The date of a day that is counted from the Monday."""
    return None if day is None else monday + timedelta(days=day)
