"""When is somebody in? Learned from earlier attempts at this household, leaning on its neighbourhood.

A rate of few attempts says little. So a part of the day in the neighbourhood leans on the whole day there, and a
household leans on its neighbourhood: (times reached + lean x expected) / (times tried + lean), the mean of a
beta-binomial model. Only our own visits count: a telephone is answered anywhere. About whoever was never tried nothing
is guessed but what the neighbourhood does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from voordeur.core.contacts import Channel, Contact, DayPart
from voordeur.core.plan_rules import PlanRules
from voordeur.core.words import Words


@dataclass(frozen=True, slots=True)
class Tries:
    """How often somebody was tried on a part of the day, and how often somebody answered."""

    tried: int = 0
    reached: int = 0

    def __add__(self, other: "Tries") -> "Tries":
        return Tries(self.tried + other.tried, self.reached + other.reached)

    def rate(self, lean: int, expected: float) -> float:
        """The chance, between 0 and 1, that leans on `expected` as after `lean` attempts."""
        weight = self.tried + lean
        return (self.reached + lean * expected) / weight if weight else expected


Counts = Mapping[DayPart, Tries]


def counted(contacts: Iterable[Contact], on: date, rules: PlanRules) -> dict[DayPart, Tries]:
    """Own visits of the stretch that is looked back on, per part of the day."""
    since = on - timedelta(days=rules.look_back_days)
    found = dict.fromkeys(DayPart, Tries())
    for one in contacts:
        ours = one.channel is Channel.VISIT and not one.incoming
        if ours and one.part is not None and since <= one.day <= on:
            found[one.part] += Tries(1, int(one.reached))
    return found


def added(counts: Sequence[Counts]) -> dict[DayPart, Tries]:
    """Those of several households together: of their neighbourhood."""
    return {part: sum((one[part] for one in counts), Tries()) for part in DayPart}


def place_chances(place: Counts, rules: PlanRules) -> dict[DayPart, float]:
    """The chance in a neighbourhood per part of the day, between 0 and 1."""
    whole = sum(place.values(), Tries()).rate(rules.place_lean, rules.chance_percent / 100)
    return {part: place[part].rate(rules.place_lean, whole) for part in DayPart}


def chances(own: Counts, place: Mapping[DayPart, float], rules: PlanRules) -> dict[DayPart, int]:
    """Per part of the day the chance that somebody opens here, in whole percents."""
    return {part: round(100 * own[part].rate(rules.own_lean, place[part])) for part in DayPart}


def evening_only(own: Counts, rules: PlanRules) -> bool:
    """Known from the diary: by day nobody, often enough, and in the evening somebody. Nothing else tells that."""
    by_day = own[DayPart.MORNING] + own[DayPart.AFTERNOON]
    return by_day.tried >= rules.evening_tries and by_day.reached == 0 and own[DayPart.EVENING].reached > 0


def advice(own: Counts) -> Words | None:
    """What earlier visits to this household say, with the numbers; None when there were none."""
    parts = [part for part in DayPart if own[part].tried]
    if not parts:
        return None
    return Words(
        " ".join(_own_nl(part, own[part]) for part in parts),
        " ".join(_own_en(part, own[part]) for part in parts),
    )


def place_advice(name: str, place: Counts, rules: PlanRules) -> Words | None:
    """When somebody is in most often in a neighbourhood, with the numbers; None when nobody was ever visited there."""
    expected = place_chances(place, rules)
    tried = [part for part in DayPart if place[part].tried]
    if not tried:
        return None
    best = max(tried, key=lambda part: (expected[part], place[part].tried))
    tries = place[best]
    return Words(
        f"In {name} deed {_in_nl(best)} {tries.reached} van de {tries.tried} keer iemand open.",
        f"In {name} somebody opened {tries.reached} of {tries.tried} times {_in_en(best)}.",
    )


def _in_nl(part: DayPart) -> str:
    return {DayPart.MORNING: "’s ochtends", DayPart.AFTERNOON: "’s middags", DayPart.EVENING: "’s avonds"}[
        part
    ]


def _in_en(part: DayPart) -> str:
    return f"in the {part.words.en}"


def _own_nl(part: DayPart, tries: Tries) -> str:
    when = f"’s {part.words.nl.capitalize()}s"
    if tries.reached == 0:
        return f"{when} {tries.tried} keer niemand."
    return f"{when} {tries.reached} van de {tries.tried} keer iemand."


def _own_en(part: DayPart, tries: Tries) -> str:
    when = f"In the {part.words.en}"
    if tries.reached == 0:
        return f"{when} nobody, {tries.tried} time{'' if tries.tried == 1 else 's'}."
    return f"{when} somebody {tries.reached} of {tries.tried} times."
