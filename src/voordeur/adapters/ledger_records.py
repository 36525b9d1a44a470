"""Rows of a recognised ledger -> LedgerRecords and Problems.

The good row is the common row and takes the short way: a few look-ups in what was read before. A row with a fault is
read a second time, cell by cell, to find everything that is wrong with it.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date

from voordeur.adapters.booking import CHARGES, Booked, book_bare, book_owed, meaning_reader
from voordeur.adapters.cells import (
    CellFault,
    Remembered,
    amount_reader,
    clean_text,
    date_reader,
    optional,
    read_month,
    refuse_formula_error,
    typed_amounts,
)
from voordeur.adapters.evidence import plain_side
from voordeur.adapters.profiles import Direction, Meaning
from voordeur.adapters.recognition import Recognition
from voordeur.adapters.records import LedgerRecord
from voordeur.adapters.row_stream import TOTAL, Rows
from voordeur.adapters.spreadsheet import Table
from voordeur.core.ledger import Component, Kind
from voordeur.core.problems import Problem
from voordeur.core.words import Words

_DESCRIPTION_LENGTH = 140
_KIND_FAULTS = {"bundle", "empty-kind"}


def read_ledger(table: Table, found: Recognition) -> Iterator[LedgerRecord | Problem]:
    """The records and the Problems, in the order of the rows."""
    rows = Rows(table, found)
    reader = _Reader(rows, found, typed=table.format != "csv")
    read = reader.record_maker()
    for row, cells in rows:
        try:
            yield read(row, cells)
        except CellFault:
            yield from reader.problems(row, cells)


def read_tenancy(text: str) -> str:
    """The number of a tenancy; the last part when it is a URI. A CellFault when it is empty or a total line."""
    text = text.strip()
    if not text or TOTAL.match(text):
        raise CellFault(
            "empty-tenancy",
            Words("Het contractnummer is leeg.", "The tenancy number is empty."),
            Words("Vul het contractnummer in.", "Fill in the tenancy number."),
        )
    refuse_formula_error(text)
    return text.rstrip("/").rsplit("/", 1)[-1] if text.startswith(("http://", "https://")) else text


_BALANCE_LINE = re.compile(r"(eind|slot|nieuw )?saldo( per [\d.\-/]+)?:?", re.IGNORECASE)
"""A closing balance repeats what the rows above it say. An opening balance is owed, and counts."""


def read_description(text: str) -> str:
    """The description of a row. A CellFault when it says that the row is a closing balance."""
    description = clean_text(text) or ""
    if _BALANCE_LINE.fullmatch(description):
        raise CellFault(
            "balance-line",
            Words("Deze regel lijkt een eindsaldo.", "This row looks like a closing balance."),
            Words(
                "Haal de regel weg, of geef hem een andere omschrijving.",
                "Remove it, or describe it otherwise.",
            ),
        )
    return description


class _Reader:
    """Everything that is the same for all rows of one file."""

    def __init__(self, rows: Rows, found: Recognition, *, typed: bool) -> None:
        self.rows, self.found = rows, found
        self.tenancies = Remembered(read_tenancy)
        self.dates = self._dates("date")
        self.dues = Remembered(optional(date_reader(found.dates, serial="due" in found.serial)))
        self.known = Remembered(optional(date_reader(found.dates, serial="known" in found.serial)))
        self.meanings = Remembered(meaning_reader(found.words, found.every_row))
        self.sides = Remembered(_side_reader(found))
        amounts = (
            typed_amounts(found.decimal) if typed else Remembered(amount_reader(found.decimal)).__getitem__
        )
        self.amounts: Callable[[str], int] = amounts
        self.book = self._booker()

    def _dates(self, name: str) -> Remembered[date]:
        return Remembered(date_reader(self.found.dates, serial=name in self.found.serial))

    def record_maker(self) -> Callable[[int, list[str]], LedgerRecord]:
        """The short way: row number and cells -> record; CellFault for the first thing that is wrong."""
        position, width, fitted, book = self.rows.position, self.rows.width, self.rows.fitted, self.book
        tenancies, dates, dues, known = self.tenancies, self.dates, self.dues, self.known
        months, texts = Remembered(read_month), clean_text
        components = Remembered(self._component)
        at_tenancy, at_date, at_due, at_known = map(position, ("tenancy", "date", "due", "known"))
        at_period, at_component, at_description = map(position, ("period", "component", "description"))
        at_id, at_designates, at_reverses, at_claim = map(position, ("id", "designates", "reverses", "claim"))
        charge = Kind.CHARGE

        def record(row: int, cells: list[str]) -> LedgerRecord:
            if len(cells) == width:
                cells.append("")
            else:
                cells = fitted(cells)
            kind, component, amount = book(cells)
            description = read_description(cells[at_description])
            return LedgerRecord(
                row,
                tenancies[cells[at_tenancy]],
                dates[cells[at_date]],
                kind,
                amount,
                dues[cells[at_due]] if kind is charge else None,
                (components[cells[at_component]] or component) if kind is charge else component,
                months[cells[at_period]],
                texts(cells[at_id]),
                texts(cells[at_designates]),
                texts(cells[at_reverses]),
                texts(cells[at_claim]),
                known[cells[at_known]],
                description[:_DESCRIPTION_LENGTH],
            )

        return record

    def _component(self, text: str) -> Component | None:
        """What a charge is for, when a column says so in a word that we know."""
        try:
            meaning = self.meanings[text] if text.strip() else None
        except CellFault:
            return None
        return CHARGES.get(meaning) if meaning else None

    def _booker(self) -> Callable[[list[str]], Booked]:
        """Cells -> kind, component and amount, by the direction of the file."""
        meaning, amounts, sides = self._meaning_of_row(), self.amounts, self.sides
        at_amount, at_side, at_text = map(self.rows.position, ("amount", "side", "description"))
        direction = self.found.direction

        def by_kind(cells: list[str]) -> Booked:
            return book_bare(meaning(cells), amounts(cells[at_amount]))

        def by_sign(cells: list[str]) -> Booked:
            return book_owed(meaning(cells), amounts(cells[at_amount]), cells[at_text])

        def by_reversed_sign(cells: list[str]) -> Booked:
            return book_owed(meaning(cells), -amounts(cells[at_amount]), cells[at_text])

        def by_side(cells: list[str]) -> Booked:
            return book_owed(
                meaning(cells), sides[cells[at_side]] * amounts(cells[at_amount]), cells[at_text]
            )

        def by_columns(cells: list[str]) -> Booked:
            return book_owed(meaning(cells), self._two_columns(cells), cells[at_text])

        return {
            Direction.SIGNED: by_sign,
            Direction.SIGNED_REVERSED: by_reversed_sign,
            Direction.SIDE: by_side,
            Direction.COLUMNS: by_columns,
            Direction.COLUMNS_SIGNED: by_columns,
        }.get(direction or Direction.KIND, by_kind)

    def _meaning_of_row(self) -> Callable[[list[str]], Meaning | None]:
        at_kind, at_detail = self.rows.position("kind"), self.rows.position("detail")
        meanings = self.meanings
        if at_detail == self.rows.width:
            return lambda cells: meanings[cells[at_kind]]
        return lambda cells: meanings[f"{cells[at_kind]} {cells[at_detail]}".strip()]

    def _two_columns(self, cells: list[str]) -> int:
        """What is owed by a debit and a credit column, of which one is filled."""
        debit, credit = (self._filled(cells[self.rows.position(name)]) for name in ("debit", "credit"))
        if debit is None and credit is None:
            return self.amounts("")
        if debit and credit:
            raise CellFault(
                "two-amounts",
                Words("Debet en credit zijn allebei ingevuld.", "Debit and credit are both filled in."),
                Words("Laat er één staan, of maak er twee rijen van.", "Keep one, or make it two rows."),
            )
        if self.found.direction is Direction.COLUMNS_SIGNED:
            return (debit or 0) + (credit or 0)
        return (debit or 0) - (credit or 0)

    def _filled(self, text: str) -> int | None:
        return None if text.strip() in ("", "-") else self.amounts(text)

    # The long way

    def problems(self, row: int, cells: list[str]) -> list[Problem]:
        """Everything that is wrong with a row, or the note that it is no row at all."""
        apart = self.rows.set_apart(row, cells, "tenancy")
        if apart is not None:
            return apart
        try:
            cells = self.rows.fitted(cells)
        except CellFault as fault:
            return [self.rows.problem(row, "", cells, fault)]
        return [self.rows.problem(row, name, cells, fault) for name, fault in self._faults(cells)]

    def _faults(self, cells: list[str]) -> Iterator[tuple[str, CellFault]]:
        """Our field and what is wrong with it."""
        position, charge = self.rows.position, True
        checks: list[tuple[str, Callable[[str], object]]] = [
            ("tenancy", self.tenancies.__getitem__),
            ("date", self.dates.__getitem__),
            ("known", self.known.__getitem__),
            ("description", read_description),
        ]
        faults = [(name, fault) for name, read in checks if (fault := _fault(read, cells[position(name)]))]
        booking = list(self._booking_faults(cells))
        if not booking:
            charge = self.book(cells)[0] is Kind.CHARGE
        if charge and position("due") != position("date"):
            fault = _fault(self.dues.__getitem__, cells[position("due")])
            faults += [("due", fault)] if fault else []
        return iter(faults + booking)

    def _booking_faults(self, cells: list[str]) -> Iterator[tuple[str, CellFault]]:
        """What is wrong with kind, side and amount; only when each is good by itself, with what they say together."""
        direction, position = self.found.direction, self.rows.position
        columns = direction in (Direction.COLUMNS, Direction.COLUMNS_SIGNED)
        checks: list[tuple[str, Callable[[list[str]], object]]] = [("kind", self._meaning_of_row())]
        if direction is Direction.SIDE:
            checks.append(("side", lambda cells: self.sides[cells[position("side")]]))
        if columns:
            checks.append(("debit", lambda cells: self._filled(cells[position("debit")])))
            checks.append(("credit", lambda cells: self._filled(cells[position("credit")])))
        else:
            checks.append(("amount", lambda cells: self.amounts(cells[position("amount")])))
        found = [(name, fault) for name, read in checks if (fault := _fault(read, cells))]
        if not found and (fault := _fault(self.book, cells)):
            name = "kind" if fault.code in _KIND_FAULTS else "debit" if columns else "amount"
            found.append((name, fault))
        return iter(found)


def _fault(read: Callable[..., object], cell: object) -> CellFault | None:
    try:
        read(cell)
    except CellFault as fault:
        return fault
    return None


def _side_reader(found: Recognition) -> Callable[[str], int]:
    """Reads a D/C cell: 1 when the tenant owes more, -1 when less."""
    signs = {word: 1 if ours == "debit" else -1 for word, ours in found.sides.items()}

    def read(text: str) -> int:
        sign = signs.get(plain_side(text))
        if sign is None:
            known = " of ".join(sorted(word.upper() for word in signs)[:2])
            raise CellFault(
                "unknown-side",
                Words(
                    "Wij zien niet of dit debet of credit is.",
                    "We cannot see whether this is debit or credit.",
                ),
                Words(f"Vul {known} in.", f"Fill in {known.replace(' of ', ' or ')}."),
            )
        return sign

    return read
