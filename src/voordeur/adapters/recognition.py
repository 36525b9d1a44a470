"""How one file is read: a value that can be shown, kept as JSON and turned into a profile."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from voordeur.adapters.profiles import Direction, Meaning, Profile
from voordeur.core.problems import Problem
from voordeur.core.words import Words


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: place from 0, and its name as it stands there."""

    position: int
    header: str


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a table is and how its columns are read. Reading is allowed only when it is `certain`."""

    kind: str
    """`ledger`, `tenancies`, `homes`, `neighbourhoods`; empty when nothing fits."""
    profile: str
    header_row: int
    width: int
    """Columns: a row with something behind them has slipped."""
    columns: Mapping[str, Column] = field(default_factory=dict)
    """Our field -> their column."""
    words: Mapping[str, Meaning] = field(default_factory=dict)
    """Every kind word that is understood, as the profiles write it."""
    value_map: Mapping[str, Meaning | None] = field(default_factory=dict)
    """Kind words that stand in the file (as far as looked at) -> ours; None when not understood."""
    sides: Mapping[str, str] = field(default_factory=dict)
    """D/C words, small letters -> `debit` or `credit`."""
    decimal: str | None = None
    """`,` or `.`; None when no amount shows a decimal sign."""
    dates: str = "dmy"
    """Order of day and month where a date does not show it itself: dmy, mdy or ymd."""
    serial: frozenset[str] = frozenset()
    """Date fields that hold Excel day numbers."""
    direction: Direction | None = None
    every_row: Meaning | None = None
    certain: bool = False
    doubts: tuple[Problem, ...] = ()
    """What stands in the way; each cure says what to put in a profile."""
    notes: tuple[Problem, ...] = ()
    """What a person should know and need not mend: columns that are never read, other sheets."""
    unused: tuple[Column, ...] = ()
    """Columns for which there is no purpose. They are not read."""

    def at(self, name: str) -> int | None:
        """Position of the column for one of our fields; None when the file has none."""
        column = self.columns.get(name)
        return None if column is None else column.position

    def header(self, name: str) -> str:
        """Their name of the column for one of our fields; empty when the file has none."""
        column = self.columns.get(name)
        return "" if column is None else column.header


def as_data(recognition: Recognition) -> dict[str, Any]:
    """The recognition as JSON-able data, without doubts and notes. `from_data` reads it back."""
    return {
        "kind": recognition.kind,
        "profile": recognition.profile,
        "header_row": recognition.header_row,
        "width": recognition.width,
        "columns": {name: [column.position, column.header] for name, column in recognition.columns.items()},
        "words": {theirs: str(ours) for theirs, ours in recognition.words.items()},
        "value_map": {theirs: ours and str(ours) for theirs, ours in recognition.value_map.items()},
        "sides": dict(recognition.sides),
        "decimal": recognition.decimal,
        "dates": recognition.dates,
        "serial": sorted(recognition.serial),
        "direction": recognition.direction and str(recognition.direction),
        "every_row": recognition.every_row and str(recognition.every_row),
        "certain": recognition.certain,
        "unused": [[column.position, column.header] for column in recognition.unused],
    }


def from_data(data: Mapping[str, Any]) -> Recognition:
    """A recognition from `as_data`. KeyError or ValueError when the data is something else."""
    return Recognition(
        kind=data["kind"],
        profile=data["profile"],
        header_row=data["header_row"],
        width=data["width"],
        columns={name: Column(*column) for name, column in data["columns"].items()},
        words={theirs: Meaning(ours) for theirs, ours in data["words"].items()},
        value_map={theirs: Meaning(ours) if ours else None for theirs, ours in data["value_map"].items()},
        sides=dict(data["sides"]),
        decimal=data["decimal"],
        dates=data["dates"],
        serial=frozenset(data["serial"]),
        direction=Direction(data["direction"]) if data["direction"] else None,
        every_row=Meaning(data["every_row"]) if data["every_row"] else None,
        certain=data["certain"],
        unused=tuple(Column(*column) for column in data["unused"]),
    )


def profile_from(recognition: Recognition, name: str, title: Words | None = None) -> Profile:
    """A profile that reads the next file of this shape without a question: only its own columns, all settled."""
    understood = {theirs: ours for theirs, ours in recognition.value_map.items() if ours is not None}
    return Profile(
        name=name,
        kind=recognition.kind,
        title=title or Words(name, name),
        columns={ours: (column.header,) for ours, column in recognition.columns.items()},
        words={**recognition.words, **understood},
        sides=recognition.sides,
        decimal=recognition.decimal,
        dates=recognition.dates,
        direction=recognition.direction,
        every_row=recognition.every_row,
        exact=True,
    )
