"""The rows of a file that were refused, as a file to correct: CSV or Excel. No cell can start a formula."""

import csv
import io
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import xlsxwriter
from django.http import HttpResponse

from voordeur.store.queries import RunView

_HEADINGS = ("Rij", "Wat is er mis", "Zo maak je het goed", "Kolom")
_STARTS = ("=", "+", "-", "@", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # also those of full width
Refusals = Iterable[tuple[int | None, str, str, str, list[Any]]]


def harmless(cell: object) -> str:
    """Text that no spreadsheet takes for a formula: a quote stands before it when it looks like one.

    Amounts with a minus sign keep it: a number is no formula.
    """
    text = "" if cell is None else str(cell)
    looks_like_one = text.startswith(("\t", "\r", "\n")) or text.lstrip().startswith(_STARTS)
    return f"'{text}" if looks_like_one and not _is_number(text) else text


def _is_number(text: str) -> bool:
    bare = text.strip()
    return bare[:1] in "+-" and bare[1:].replace(".", "").replace(",", "").isdecimal()


def answer(run: RunView, rows: Refusals, form: str) -> HttpResponse | None:
    """The download, or None for a kind of file that we do not make."""
    if form not in ("csv", "xlsx"):
        return None
    columns = [str(column["theirs"]) for column in run.preview.get("columns", [])]
    body = _csv(columns, rows) if form == "csv" else _xlsx(columns, rows)
    kinds = {
        "csv": "text/csv; charset=utf-8",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
    response = HttpResponse(body, content_type=kinds[form])
    name = f"verbeteren-{run.file_name.rsplit('.', 1)[0]}.{form}"
    response["Content-Disposition"] = (
        f"attachment; filename=\"verbeteren.{form}\"; filename*=UTF-8''{quote(name)}"
    )
    response["Cache-Control"] = "no-store"
    return response


def _lines(columns: list[str], rows: Refusals) -> Iterable[list[str]]:
    yield [*_HEADINGS, *(harmless(name) for name in columns)]
    for row, message, cure, column, cells in rows:
        yield [
            "" if row is None else str(row),
            message,
            cure,
            harmless(column),
            *(harmless(cell) for cell in cells),
        ]


def _csv(columns: list[str], rows: Refusals) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(_lines(columns, rows))
    return out.getvalue().encode("utf-8-sig")


def _xlsx(columns: list[str], rows: Refusals) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("Verbeteren")
    for at, line in enumerate(_lines(columns, rows)):
        for place, cell in enumerate(line):
            sheet.write_string(at, place, cell)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()
