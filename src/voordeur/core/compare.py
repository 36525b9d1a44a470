"""Two policies beside each other on the same households: who moves where, and do the hours suffice. Nothing is done.

Counts and ids only: no name, no address and no amount goes in or comes out.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from voordeur.core.facts import Facts
from voordeur.core.policy import Action, Policy, advised

DOOR, DESK = "door", "desk"
PLACES = (DOOR, DESK)
"""Where hours are spent: at the door, or at a desk (telephone, messages, letters, arrangements)."""


class Household(NamedTuple):
    """One household with what each policy may look at."""

    id: Hashable
    neighbourhood: Hashable
    facts: Facts
    facts_after: Facts | None = None
    """Only when the second policy reads the ledger with other limits; else the same facts count."""


class Move(NamedTuple):
    """A household whose next step is another one under the second policy."""

    id: Hashable
    neighbourhood: Hashable
    before: Action
    after: Action


@dataclass(frozen=True, slots=True)
class Hours:
    """Work of one week in one neighbourhood, at one place, in minutes."""

    neighbourhood: Hashable
    """None: of no neighbourhood, and in `Comparison.total` all of them together."""
    place: str
    """`door` or `desk`."""
    before: int
    after: int
    available: int | None
    """None when the second policy does not say how many hours there are."""

    @property
    def short(self) -> bool:
        """True when the second policy asks more than there is."""
        return self.available is not None and self.after > self.available


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changes when the second policy takes the place of the first."""

    before: Policy
    after: Policy
    households: int
    matrix: Mapping[tuple[Action, Action], int]
    """Households per step under the first and under the second policy, also those that stay."""
    moves: tuple[Move, ...]
    """In order of step before, step after, neighbourhood and id."""
    total: tuple[Hours, ...]
    """Of all neighbourhoods together; door before desk."""
    hours: tuple[Hours, ...]
    """Per neighbourhood; door before desk."""


def place_of(action: Action) -> str | None:
    """Where the time for an action is spent; None when it takes none."""
    if not action.acts:
        return None
    return DOOR if action.at_door else DESK


def compare(before: Policy, after: Policy, households: Iterable[Household]) -> Comparison:
    """Ask both policies for the next step of every household. ValueError when a policy leaves one without advice."""
    matrix: Counter[tuple[Action, Action]] = Counter()
    per_place: defaultdict[Hashable, Counter[tuple[Action, Action]]] = defaultdict(Counter)
    moves = []
    for one in households:
        step = advised(before, one.facts).action
        then = advised(after, one.facts if one.facts_after is None else one.facts_after).action
        matrix[step, then] += 1
        per_place[one.neighbourhood][step, then] += 1
        if step is not then:
            moves.append(Move(one.id, one.neighbourhood, step, then))
    order = {action: at for at, action in enumerate(Action)}
    moves.sort(
        key=lambda move: (order[move.before], order[move.after], _text(move.neighbourhood), _text(move.id))
    )
    return Comparison(
        before=before,
        after=after,
        households=matrix.total(),
        matrix=dict(matrix),
        moves=tuple(moves),
        total=tuple(_hours_of(None, before, after, matrix)),
        hours=tuple(
            one
            for neighbourhood in sorted(per_place, key=_text)
            for one in _hours_of(neighbourhood, before, after, per_place[neighbourhood])
        ),
    )


def _hours_of(
    neighbourhood: Hashable, before: Policy, after: Policy, matrix: Counter[tuple[Action, Action]]
) -> list[Hours]:
    """Minutes for everything that stands on the list now, against the minutes of one week."""
    found = []
    for place in PLACES:
        hours = after.hours.get(place)
        found.append(
            Hours(
                neighbourhood,
                place,
                sum(_minutes(before, step, place) * count for (step, _), count in matrix.items()),
                sum(_minutes(after, then, place) * count for (_, then), count in matrix.items()),
                None if hours is None else hours.value * 60 * matrix.total() // 1000,
            )
        )
    return found


def _minutes(policy: Policy, action: Action, place: str) -> int:
    setting = policy.minutes.get(action)
    return setting.value if setting is not None and place_of(action) == place else 0


def _text(value: Hashable) -> tuple[int, str]:
    """Sorts numbers as numbers and everything else as text; what is not known comes last."""
    if isinstance(value, int):
        return (0, f"{value:020}")
    return (2, "") if value is None else (1, str(value))
