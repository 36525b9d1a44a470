"""Reads one workbook (XLSX, XLS, ODS) in a process of its own and writes its rows to standard output.

A workbook is a stranger's file: a few kilobytes can ask for hundreds of gigabytes (a cell in the last row and the last
column, one long text used a million times, a repeat count). Here that costs this process its life, not the server's.
`adapters.workbook` starts it; it imports nothing of this package.

    python workbook_process.py PATH SHEET

Output, one JSON value a line: first `{"sheet": ..., "sheets": [...]}` or `{"problem": ...}`, then a list per row of
the sheet, from its first row. Text is a JSON string; a number cell is a JSON number, so that the reader can tell a
number from a text that looks like one; a day is ISO text; a formula error is its code (`#N/A`).
"""

import datetime
import json
import os
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from typing import Any, TextIO

MEMORY = 4 << 30
"""Bytes of address space: a full sheet of a million rows and ten columns needs about half of it."""
OUTPUT = 4 << 30
"""Bytes that it may write."""
SECONDS = 180
"""Seconds of processor time."""

_XML_LIMIT = 3 << 30  # bytes of unpacked XML that we are willing to look at
_ALWAYS_READ = 256 << 20  # bytes of unpacked XML that never are too many
_SWELLS = 200
"""Times larger than the file that its XML may be beyond that; an honest sheet swells 10 to 20 times."""
_ERROR_CELL = re.compile(
    rb'<c [^>]{0,80}?t="e"[^>]{0,80}>(?:<f[^>]{0,80}(?:/>|>[^<]{0,8000}</f>))?<v>([^<]{1,20})</v>'
)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_CHUNK, _OVERLAP = 1 << 20, 1 << 14


def main(path: str, wanted: str, out: TextIO) -> None:
    """Write the rows of the sheet called (or numbered) `wanted`, or of the fullest visible sheet when it is empty."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        if zipfile.is_zipfile(path) and _unpacked(path) > _most(path):
            _say(out, {"problem": "too-large"})
            return
        workbook = CalamineWorkbook.from_path(path)
        name, sheet, names = _choose(workbook, wanted)
    except PasswordError:
        _say(out, {"problem": "password"})
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError):
        _say(out, {"problem": "corrupt"})
    else:
        _say(
            out,
            {"sheet": name, "sheets": names}
            if sheet is not None
            else {"problem": "no-sheet", "sheets": names},
        )
        if sheet is not None:
            _write(sheet, _error_cells(path, name), out)


def _most(path: str) -> int:
    """Bytes of XML that we are willing to look at in a file of this size."""
    return min(_XML_LIMIT, max(_ALWAYS_READ, _SWELLS * os.path.getsize(path)))


def _unpacked(path: str) -> int:
    with zipfile.ZipFile(path) as archive:
        return sum(part.file_size for part in archive.infolist())


def _choose(workbook: Any, wanted: str) -> tuple[str, Any, list[str]]:
    """The sheet to read, and the names of all sheets that a person can see."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    hidden = (SheetVisibleEnum.Hidden, SheetVisibleEnum.VeryHidden)
    names = [
        about.name
        for about in workbook.sheets_metadata
        if about.visible not in hidden and about.typ == SheetTypeEnum.WorkSheet
    ]
    if wanted:
        if wanted not in names and wanted.isdecimal() and 0 < int(wanted) <= len(names):
            wanted = names[int(wanted) - 1]
        return wanted, workbook.get_sheet_by_name(wanted) if wanted in names else None, names
    best_name, best = "", None
    for name in names:
        sheet = workbook.get_sheet_by_name(name)
        if best is None or sheet.height > best.height:
            best_name, best = name, sheet
    return best_name, best, names


def _write(sheet: Any, errors: dict[int, dict[int, str]], out: TextIO) -> None:
    if sheet.start is None:
        return
    left = [""] * sheet.start[1]
    # calamine yields the empty rows above the first filled one too, but not the empty columns left of it.
    for number, row in enumerate(sheet.iter_rows()):
        cells = left + [_cell(value) for value in row]
        for column, code in errors.get(number, {}).items():
            cells += [""] * (column + 1 - len(cells))
            cells[column] = code
        while cells and cells[-1] == "":
            cells.pop()
        _say(out, cells)


def _cell(value: Any) -> str | int | float:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return value if isinstance(value, (int, str)) else str(value)


def _number(value: float) -> int | float:
    """As a spreadsheet shows it: 15 digits (so 0.1 + 0.2 is 0.3), whole numbers without a decimal point."""
    if value.is_integer() and abs(value) < 1e18:
        return int(value)
    return float(f"{value:.15g}")


def _error_cells(path: str, sheet: str) -> dict[int, dict[int, str]]:
    """Formula errors of an XLSX sheet as row -> column -> code, from 0; calamine hands them over as empty cells.

    Those of an old XLS stay empty cells: its records are not read here.
    """
    found: dict[int, dict[int, str]] = {}
    if not zipfile.is_zipfile(path):
        return found
    with zipfile.ZipFile(path) as archive:
        part = _sheet_part(archive, sheet)
        if part is None:
            return found
        for match in _matches(archive, part):
            place = _PLACE.search(match[0])
            if place is not None:
                row, column = int(place[2]) - 1, _column(place[1])
                found.setdefault(row, {})[column] = match[1].decode("ascii", "replace")
    return found


def _matches(archive: zipfile.ZipFile, part: str) -> Iterator[re.Match[bytes]]:
    """Error cells in the XML of a sheet, read in overlapping pieces; a cell in an overlap may come twice."""
    with archive.open(part) as xml:
        tail = b""
        while chunk := xml.read(_CHUNK):
            piece = tail + chunk
            if b't="e"' in piece:
                yield from _ERROR_CELL.finditer(piece)
            tail = piece[-_OVERLAP:]


def _sheet_part(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The name inside the archive of the XML of a sheet; None when this is not an XLSX."""
    from defusedxml import ElementTree

    if "xl/workbook.xml" not in archive.namelist():
        return None
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for element in book.iter():
        if element.tag.endswith("}sheet") and element.get("name") == sheet:
            link_id = next((value for key, value in element.items() if key.endswith("}id")), "")
            target = targets.get(link_id, "")
            part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            return part if part in archive.namelist() else None
    return None


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _say(out: TextIO, value: object) -> None:
    out.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT, OUTPUT))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    main(sys.argv[1], sys.argv[2], sys.stdout)
