"""One row of a bare ledger file -> one Entry, or everything that is wrong with that row.

Rows come as eleven cells in the order of COLUMNS. A cell is text as it stands in a CSV file, or a value as it stands
in a Parquet column; the Readers of the source turn it into text, a day or cents. None or empty text is "nothing".
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from voordeur.core.ledger import Component, Entry, Kind
from voordeur.core.problems import Problem
from voordeur.core.words import Words

NEEDED = ("id", "tenancy", "date", "kind", "amount")
COLUMNS = (*NEEDED, "due", "designates", "reverses", "known", "component", "claim")
"""Every column that is read, in the order of the cells of a row."""

Cells = Sequence[Any]

_KINDS = {str(kind): kind for kind in Kind}
_COMPONENTS = {str(component): component for component in Component}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_AMOUNT = re.compile(r"([+-]?)(\d{1,13})(?:\.(\d{1,2}))?", re.ASCII)
_UNPRINTABLE = re.compile(r"[^\x20-\x7e\xa0-\uffff]")
_CHARGE, _CORRECTION, _REVERSAL = Kind.CHARGE, Kind.CORRECTION, Kind.REVERSAL
_LAYS_OUT = frozenset({Kind.PAYMENT, Kind.CORRECTION, Kind.WRITE_OFF})


class Fault(Exception):
    """What is wrong with a cell. It becomes a Problem as soon as row and column are known."""

    def __init__(self, code: str, message: Words, cure: Words) -> None:
        super().__init__(code)
        self.code, self.message, self.cure = code, message, cure


def quoted(cell: object) -> str:
    """A cell as it may be shown: at most 80 characters, none of which can steer a terminal."""
    return _UNPRINTABLE.sub("·", str(cell))[:80]


# --- cells of text ---------------------------------------------------------------------------------------------


def text_of(cell: str) -> str:
    """The text without the spaces around it."""
    return cell.strip()


@lru_cache(maxsize=65_536)  # in a ledger the same days and amounts come back thousands of times
def day_of_text(cell: str) -> date | None:
    """`2026-03-01`; None for an empty cell. Raises Fault."""
    text = cell.strip()
    if not text:
        return None
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # 2026-02-30 has the right shape
    raise not_a_day(text)


@lru_cache(maxsize=65_536)
def cents_of_text(cell: str) -> int | None:
    """`650.00`, `650`, `-12.5`; None for an empty cell. Raises Fault for anything else, `1,234.56` included."""
    text = cell.strip()
    if not text:
        return None
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise not_an_amount(text)
    sign, whole, part = match.groups("")
    cents = int(whole) * 100 + int((part + "00")[:2])
    return -cents if sign == "-" else cents


def not_a_day(cell: object) -> Fault:
    """The fault of a cell that is no day."""
    return Fault(
        "not-a-day",
        Words(f"'{quoted(cell)}' is geen datum.", f"'{quoted(cell)}' is no date."),
        Words("Schrijf de dag als 2026-03-01.", "Write the day as 2026-03-01."),
    )


def not_an_amount(cell: object) -> Fault:
    """The fault of a cell that is no amount."""
    return Fault(
        "not-an-amount",
        Words(f"'{quoted(cell)}' is geen bedrag.", f"'{quoted(cell)}' is no amount."),
        Words(
            "Schrijf euro's met een punt en hoogstens twee cijfers erachter: 650.00.",
            "Write euros with a point and at most two decimals: 650.00.",
        ),
    )


# --- rows ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Readers:
    """How the cells of one source are read. Each raises Fault; empty is "" for text and None for the others."""

    text: Callable[[Any], str] = text_of
    day: Callable[[Any], date | None] = day_of_text
    cents: Callable[[Any], int | None] = cents_of_text


def tenancy_and_entry(row: int, cells: Cells, read: Readers) -> tuple[str, Entry]:
    """Tenancy and entry of a row; the row number is the order within a day. Raises Fault at the first bad cell.

    `due`, `component` and `claim` count on charges only, `designates` on what pays, `reverses` on reversals;
    elsewhere they are ignored.
    """
    id_, tenancy, on, kind, amount, due, designates, reverses, known, component, claim = cells
    of_kind = _KINDS.get(kind) or _kind(read.text(kind))
    charge = of_kind is _CHARGE
    return _needed(read.text(tenancy)), Entry(
        _needed(read.text(id_)),
        _needed_day(read.day(on)),
        of_kind,
        _signed(read.cents(amount), of_kind),
        read.day(due) if charge and due else None,
        read.day(known) if known else None,
        _component(read.text(component)) if charge and component else Component.RENT,
        (read.text(claim) or None) if charge and claim else None,
        (read.text(designates) or None) if designates and of_kind in _LAYS_OUT else None,
        (read.text(reverses) or None) if reverses and of_kind is _REVERSAL else None,
        row,
    )


def problems_of(row: int, cells: Cells, read: Readers, source: str) -> list[Problem]:
    """Everything that is wrong with a row, cell by cell."""
    by_name = dict(zip(COLUMNS, cells, strict=True))
    kind = Kind.CORRECTION  # allows any amount, for when the kind itself cannot be read
    found: list[Problem] = []
    for column in ("id", "tenancy", "date", "kind", "amount", "due", "known", "component"):
        cell = by_name[column]
        try:
            if column in ("id", "tenancy"):
                _needed(read.text(cell))
            elif column == "date":
                _needed_day(read.day(cell))
            elif column == "kind":
                kind = _kind(read.text(cell))
            elif column == "amount":
                _signed(read.cents(cell), kind)
            elif column == "known" or (column == "due" and kind is _CHARGE):
                read.day(cell) if cell else None
            elif column == "component" and kind is _CHARGE:
                _component(read.text(cell)) if cell else None
        except Fault as fault:
            found.append(Problem(fault.code, fault.message, fault.cure, source, row, column, quoted(cell)))
    return found


def _needed(text: str) -> str:
    if not text:
        raise _empty()
    return text


def _needed_day(day: date | None) -> date:
    if day is None:
        raise _empty()
    return day


def _empty() -> Fault:
    return Fault(
        "empty-cell",
        Words("Deze cel is leeg.", "This cell is empty."),
        Words("Elke boeking heeft hier een waarde nodig.", "Every entry needs a value here."),
    )


def _kind(text: str) -> Kind:
    kind = _KINDS.get(text.lower())
    if kind is None:
        choices = ", ".join(_KINDS)
        raise Fault(
            "unknown-kind",
            Words(f"'{quoted(text)}' is geen soort boeking.", f"'{quoted(text)}' is no kind of entry."),
            Words(f"Kies uit: {choices}.", f"Choose one of: {choices}."),
        )
    return kind


def _component(text: str) -> Component:
    component = _COMPONENTS.get(text.lower()) if text else Component.RENT
    if component is None:
        choices = ", ".join(_COMPONENTS)
        raise Fault(
            "unknown-component",
            Words(f"'{quoted(text)}' is geen soort post.", f"'{quoted(text)}' is no kind of charge."),
            Words(f"Kies uit: {choices}; leeg is rent.", f"Choose one of: {choices}; empty is rent."),
        )
    return component


def _signed(cents: int | None, kind: Kind) -> int:
    if cents is None:
        raise _empty()
    if cents <= 0 and kind is not _CORRECTION:
        raise Fault(
            "amount-not-positive",
            Words("Dit bedrag is niet groter dan nul.", "This amount is not above zero."),
            Words(
                "De soort zegt al of het erbij of eraf gaat; alleen een correction heeft een teken.",
                "The kind says whether it adds or takes off; only a correction is signed.",
            ),
        )
    return cents
