"""What a policy would change, as tables: who moves where, hours needed against hours there are. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from voordeur.core.compare import Comparison, Hours
from voordeur.core.policy import Action

MOST_MOVES = 100


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """Households with one step now, by its code: how many go where."""

    step: str
    cells: tuple[tuple[int, bool], ...]
    """Per step of the new policy: how many, and whether they stay."""
    in_all: int


@dataclass(frozen=True, slots=True)
class Trial:
    """A comparison as a page shows it."""

    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    hours: tuple[tuple[str, Hours], ...]
    moved: int
    moves: tuple[tuple[int, str, str, str], ...]
    """Tenancy, neighbourhood, step now, step then; the first of them."""


def trial(found: Comparison, places: Mapping[int, str]) -> Trial:
    """Rows and columns that are all zero are left out."""
    steps = [one for one in Action if any(one in pair and count for pair, count in found.matrix.items())]
    rows = tuple(
        MatrixRow(
            before.value,
            tuple((found.matrix.get((before, after), 0), before is after) for after in steps),
            sum(found.matrix.get((before, after), 0) for after in steps),
        )
        for before in steps
        if any(found.matrix.get((before, after), 0) for after in steps)
    )
    return Trial(
        columns=tuple(one.value for one in steps),
        rows=rows,
        hours=(*(("", one) for one in found.total), *((_name(one, places), one) for one in found.hours)),
        moved=len(found.moves),
        moves=tuple(
            (int(str(one.id)), places.get(_number(one.neighbourhood), ""), one.before.value, one.after.value)
            for one in found.moves[:MOST_MOVES]
        ),
    )


def _name(hours: Hours, places: Mapping[int, str]) -> str:
    return places.get(_number(hours.neighbourhood), "–")


def _number(neighbourhood: object) -> int:
    return neighbourhood if isinstance(neighbourhood, int) else 0
