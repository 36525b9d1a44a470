"""The data rows of a recognised table, and the lines between them that are no rows: totals, footers, headers."""

import re
from collections.abc import Iterator

from voordeur.adapters.cells import CellFault
from voordeur.adapters.profiles import plain_name
from voordeur.adapters.recognition import Recognition
from voordeur.adapters.spreadsheet import Table
from voordeur.core.problems import Problem
from voordeur.core.words import Words

TOTAL = re.compile(
    r"\W*((eind|sub|groeps|generaal|general|grand)[\s-]*)?(totaal|totalen|totals?)\b", re.IGNORECASE
)
"""The start of a total line."""
_TOTAL_LINE = Words(
    "Dit is een totaalregel. Wij tellen die niet mee.", "This is a total line. We do not count it."
)
_HEADER_LINE = Words("Hier staat de kop nog een keer.", "Here is the header once more.")
_FOOTER_LINE = Words("Dit is tekst, geen regel van de tabel.", "This is text, not a row of the table.")


class Rows:
    """The data rows of a table as the recognition found it: fitted to the header, or a CellFault for the whole row."""

    def __init__(self, table: Table, found: Recognition) -> None:
        self.table, self.found = table, found
        self.width = found.width
        self._header: list[str] = []

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """Rows below the header, as they stand."""
        start = self.found.header_row
        for row, cells in self.table.rows():
            if row > start:
                yield row, cells
            elif row == start:
                self._header = [plain_name(text) for text in cells[: self.width]]

    def fitted(self, cells: list[str]) -> list[str]:
        """As many cells as the header has, and one empty one at the end that stands for absent columns.

        CellFault when there are more: then a delimiter stands in a text, and the cells after it have shifted.
        """
        if len(cells) < self.width:
            return cells + [""] * (self.width - len(cells) + 1)
        if any(text.strip() for text in cells[self.width :]):
            raise CellFault(
                "too-many-cells",
                Words("Deze rij heeft meer cellen dan de kop.", "This row has more cells than the header."),
                Words(
                    "Staat er een scheidingsteken in een tekst? Zet die tekst tussen aanhalingstekens.",
                    "Is there a delimiter in a text? Put quotes around that text.",
                ),
            )
        return [*cells[: self.width], ""]

    def position(self, name: str) -> int:
        """Position of our field in a fitted row; that of the empty cell at the end when the file has no such column."""
        at = self.found.at(name)
        return self.width if at is None else at

    def problem(
        self, row: int, name: str, cells: list[str], fault: CellFault, *, quote: bool = True
    ) -> Problem:
        """The Problem for a cell; without `name` for the whole row."""
        at = self.found.at(name) if name else None
        value = cells[at].strip()[:80] if quote and at is not None and at < len(cells) else ""
        return Problem(
            fault.code, fault.message, fault.cure, source=self.table.name, row=row,
            column=self.found.header(name) if name else "", value=value,
        )  # fmt: skip

    def set_apart(
        self, row: int, cells: list[str], key: str, *, footers: bool = True
    ) -> list[Problem] | None:
        """What is no row: [] for a blank row, a note for a total line, footer or repeated header; None for a row.

        `key`: the field without which a row is not a row, such as the tenancy. `footers`: a line of text in one
        cell is no row (it is, in a list of names).
        """
        filled = [text.strip() for text in cells if text.strip()]
        if not filled:
            return []
        at = self.position(key)
        own = cells[at].strip() if at < len(cells) else ""
        if TOTAL.match(filled[0]) or TOTAL.match(own) or (not own and any(map(TOTAL.match, filled))):
            return [self._note(row, "total-line", _TOTAL_LINE, filled[0])]
        if [plain_name(text) for text in cells[: self.width]] == self._header:
            return [self._note(row, "repeated-header", _HEADER_LINE, "")]
        if footers and len(filled) == 1 and re.search(r"[^\W\d]{2}", filled[0]) and " " in filled[0]:
            return [self._note(row, "footer-line", _FOOTER_LINE, "")]
        return None

    def _note(self, row: int, code: str, message: Words, value: str) -> Problem:
        cure = Words("Je hoeft niets te doen.", "Nothing to do.")
        return Problem(code, message, cure, source=self.table.name, row=row, value=value[:80])
