"""Workbooks (XLSX, XLS, ODS): starts `workbook_process` and hands on its rows.

The rows wait in a temporary file without a name, which disappears with the process that made it; memory here stays
small whatever the workbook holds.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from voordeur.core.problems import Problem
from voordeur.core.words import Words

_PROCESS = Path(__file__).with_name("workbook_process.py")
_TIMEOUT = 240  # seconds on the clock; the process limits its own processor time
_PIECE = 1 << 20


class NumberCell(str):
    """A cell that the workbook itself calls a number, with a decimal point; other cells are plain text."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """The rows of one sheet, or the Problem that kept us from them."""

    sheet: str
    sheets: tuple[str, ...]
    problem: Problem | None
    _rows: IO[bytes] | None
    _start: int

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Row number from 1 and cells; can be called again and again."""
        if self._rows is None:
            return
        decoder = json.JSONDecoder(parse_int=NumberCell, parse_float=NumberCell, parse_constant=str)
        for number, line in enumerate(_lines(self._rows.fileno(), self._start), 1):
            yield number, decoder.decode(line.decode())


def open_workbook(path: Path, sheet: str = "") -> Workbook:
    """Read a sheet by name or number from 1; without one, the visible sheet with most rows."""
    rows = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the Workbook
    command = [sys.executable, "-I", str(_PROCESS), str(path.absolute()), sheet]
    try:
        done = subprocess.run(command, stdout=rows, stderr=subprocess.DEVNULL, timeout=_TIMEOUT, check=False)
    except subprocess.TimeoutExpired:
        return _refused("too-large", path)
    first = next(_lines(rows.fileno(), 0), None)
    if first is None or done.returncode != 0:
        return _refused("too-large", path)
    about: dict[str, Any] = json.loads(first)
    if "problem" in about:
        return _refused(about["problem"], path, tuple(about.get("sheets", ())), sheet)
    return Workbook(about["sheet"], tuple(about["sheets"]), None, rows, len(first) + 1)


def _lines(descriptor: int, start: int) -> Iterator[bytes]:
    """Lines from a place in the file; reads by position, so that several readers do not disturb each other."""
    rest = b""
    while piece := os.pread(descriptor, _PIECE, start):
        start += len(piece)
        *whole, rest = (rest + piece).split(b"\n")
        yield from whole


def _refused(code: str, path: Path, sheets: tuple[str, ...] = (), sheet: str = "") -> Workbook:
    listed = ", ".join(f"“{name}”" for name in sheets[:5])
    said, cure = {
        "password": (
            Words("Dit bestand is beveiligd met een wachtwoord.", "This file is protected by a password."),
            Words("Bewaar het zonder wachtwoord.", "Save it without a password."),
        ),
        "no-sheet": (
            Words("Dit tabblad staat niet in het bestand.", "This sheet is not in the file."),
            Words(f"Kies uit: {listed}.", f"Choose from: {listed}."),
        ),
        "corrupt": (
            Words("Dit bestand is beschadigd of geen werkblad.", "This file is damaged or not a workbook."),
            Words("Open het in Excel en bewaar het opnieuw.", "Open it in Excel and save it again."),
        ),
    }.get(
        code,
        (
            Words("Dit werkblad is te groot of beschadigd.", "This workbook is too large or damaged."),
            Words("Bewaar het tabblad met de regels als CSV.", "Save the sheet with the rows as CSV."),
        ),
    )
    problem = Problem(f"workbook-{code}", said, cure, source=path.name, value=sheet[:80], fatal=True)
    return Workbook("", sheets, problem, None, 0)
