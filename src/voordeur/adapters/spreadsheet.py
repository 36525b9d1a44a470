"""A file with a table in it (CSV, XLSX, XLS, ODS) -> a stream of rows of text, numbered as a spreadsheet shows them.

What a cell means is no business of this module: see `adapters.mapping`. A CSV is never held in memory: one pass finds
its encoding, the first 64 kB its delimiter, and `rows()` reads it again from the start. Workbooks are read by
`adapters.workbook` in a process of their own. What makes a file unusable comes back as fatal Problems in the Table,
which then has no rows.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from voordeur.adapters import csv_file
from voordeur.adapters.profiles import known_names
from voordeur.adapters.workbook import NumberCell, open_workbook
from voordeur.core.problems import Problem
from voordeur.core.words import Words

__all__ = ["NumberCell", "Row", "Table", "open_table"]

Row = tuple[int, list[str]]
"""Row number from 1 as a spreadsheet shows it, and the cells."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the name of the stream that holds a protected XLSX


def _no_rows() -> Iterator[Row]:
    return iter(())


@dataclass(frozen=True, slots=True)
class Table:
    """A table in a file, opened but not read."""

    name: str
    """File name without its folder."""
    format: str
    """`csv`, `xlsx`, `xls` or `ods`; empty when we cannot tell."""
    encoding: str = ""
    """CSV: `utf-8`, `utf-8-sig`, `utf-16` or `windows-1252`."""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    """All visible sheets of a workbook."""
    problems: tuple[Problem, ...] = ()
    read: Callable[[], Iterator[Row]] = _no_rows

    def rows(self) -> Iterator[Row]:
        """Every row from the top, header lines and blank lines (no or only empty cells) included. Repeatable.

        A workbook gives `NumberCell` for a cell that it calls a number.
        """
        return self.read()

    @property
    def usable(self) -> bool:
        """False when a fatal Problem kept us from the rows."""
        return not any(problem.fatal for problem in self.problems)


def open_table(path: Path, *, sheet: str | None = None, names: frozenset[str] | None = None) -> Table:
    """Open a table. Which format it is follows from its content, not from its name.

    `sheet`: name or number of a sheet; default the visible sheet with most rows. `names`: plain column names
    (`profiles.names_of`) by which a delimiter is recognised; default those of the shipped profiles.
    """
    table = Table(path.name, "")
    try:
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError:
        return _unusable(
            table, "unreadable-file", "Dit bestand is niet te openen.", "This file cannot be opened."
        )
    if start.startswith(b"PK\x03\x04"):
        return _open_workbook(table, path, "ods" if b"opendocument" in start else "xlsx", sheet)
    if start.startswith(_OLE):
        if _holds(path, _ENCRYPTED):
            said = ("Dit bestand is beveiligd met een wachtwoord.", "This file is protected by a password.")
            cure = Words("Bewaar het zonder wachtwoord.", "Save it without a password.")
            return _unusable(table, "workbook-password", *said, cure=cure)
        return _open_workbook(table, path, "xls", sheet)
    return _open_csv(table, path, start, known_names() if names is None else names)


def _open_workbook(table: Table, path: Path, kind: str, sheet: str | None) -> Table:
    workbook = open_workbook(path, sheet or "")
    problems = [workbook.problem] if workbook.problem else []
    others = [name for name in workbook.sheets if name != workbook.sheet]
    if others and not sheet and not problems:
        listed = ", ".join(f"“{name}”" for name in others[:5])
        note = Problem(
            "other-sheets",
            Words(
                f"Wij lezen alleen het tabblad “{workbook.sheet}”.",
                f"We only read the sheet “{workbook.sheet}”.",
            ),
            Words(
                f"Kies een tabblad als je een ander bedoelt: {listed}.", f"Choose a sheet if not: {listed}."
            ),
            source=table.name,
        )
        problems.append(note)
    return replace(
        table,
        format=kind,
        sheet=workbook.sheet,
        sheets=workbook.sheets,
        problems=tuple(problems),
        read=workbook.rows,
    )


def _open_csv(table: Table, path: Path, start: bytes, names: frozenset[str]) -> Table:
    if start.lstrip()[:1] == b"<":
        cure = Words(
            "Open het in Excel en bewaar het als CSV of XLSX.", "Open it in Excel and save it as CSV or XLSX."
        )
        return _unusable(
            table, "markup", "Dit is een webpagina of XML.", "This is a web page or XML.", cure=cure
        )
    text = csv_file.find_encoding(path)
    if isinstance(text, Problem):
        return replace(table, problems=(replace(text, source=table.name),))
    shape = csv_file.find_shape(path, text, names)
    problems = tuple(replace(problem, source=table.name) for problem in text.problems)
    return replace(
        table,
        format="csv",
        encoding=text.encoding,
        delimiter=shape.delimiter,
        problems=problems,
        read=partial(csv_file.rows, path, text, shape),
    )


def _unusable(table: Table, code: str, nl: str, en: str, *, cure: Words | None = None) -> Table:
    again = Words("Kies een CSV-, XLSX- of ODS-bestand.", "Choose a CSV, XLSX or ODS file.")
    problem = Problem(code, Words(nl, en), cure or again, source=table.name, fatal=True)
    return replace(table, problems=(problem,))


def _holds(path: Path, wanted: bytes) -> bool:
    """True when these bytes are somewhere in the file."""
    tail = b""
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            if wanted in tail + piece:
                return True
            tail = piece[-len(wanted) :]
    return False
