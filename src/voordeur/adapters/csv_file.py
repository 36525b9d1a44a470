"""Text tables: which encoding, which delimiter, and the rows as a stream.

Encoding: a byte order mark decides; else the whole file is tried as strict UTF-8 in one pass of small pieces, because
one `é` on the last line is enough to make it Windows-1252. Quotes: a quote that is opened and never closed would
swallow the rows after it; such a record is noticed and its lines are read one by one, with the quote as a plain sign.
"""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from voordeur.adapters.profiles import plain_name
from voordeur.core.problems import Problem
from voordeur.core.words import Words

DELIMITERS = (";", "\t", "|", ",")
"""In order of preference: a comma is often a decimal comma."""

_PIECE = 1 << 16  # less than the 131,072 signs of a field that the csv module allows
_HEAD = 1 << 16
_SHAPE_ROWS = 60
_SEP_LINE = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_UTF8_SIGN = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = bytes(range(0x80, 0x100))
_ENOUGH = 10_000  # foreign bytes that show well enough what they are


def _windows_byte(error: UnicodeError) -> tuple[str, int]:
    """Codec error handler: a byte that is no UTF-8 (or not in Windows-1252) is read as Windows-1252, else as �."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.start + 1].decode("windows-1252", "replace"), error.start + 1


codecs.register_error("voordeur-windows", _windows_byte)


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes of a text file are read."""

    encoding: str
    errors: str
    quotes: bool
    """True when there is a quote anywhere; without one, lines are records."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """How the lines of a text file are split."""

    delimiter: str
    width: int
    """Cells in the header row, or in most rows when no header is found."""
    sep_line: bool
    """The first line says `sep=;`. A spreadsheet does not show it, so it has no row number."""


def find_encoding(path: Path) -> Encoding | Problem:
    """One pass over the file. A Problem when it is empty, binary, or has a line that is no line of a table."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if not head.strip():
            return _refused("empty-file", "Dit bestand is leeg.", "This file is empty.")
        encoding = _by_mark(head)
        decoder = codecs.getincrementaldecoder(encoding)("strict")
        quotes, strict, piece = False, True, head
        while piece:
            quotes = quotes or b'"' in piece
            if len(piece) == _PIECE and b"\n" not in piece and b"\r" not in piece:
                return _refused(
                    "no-lines", "Dit is geen tabel: er zijn geen regels.", "No table: it has no lines."
                )
            if b"\0" in piece and not encoding.startswith("utf-16"):
                return _refused("not-text", "Dit is geen tabel maar een ander bestand.", "This is no table.")
            if strict:
                strict = _decodes(decoder, piece)
            piece = file.read(_PIECE)
        strict = strict and _decodes(decoder, b"", final=True)
    if strict:
        return Encoding(encoding, "strict", quotes)
    if encoding.startswith("utf-16"):
        return _refused("not-text", "De letters in dit bestand zijn beschadigd.", "The text is damaged.")
    return _not_utf8(path, encoding, quotes)


def _by_mark(head: bytes) -> str:
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # UTF-16 without a mark: every other byte of ordinary text is zero.
    half = len(head) // 2
    if head[1::2].count(0) > half * 0.7:
        return "utf-16-le"
    return "utf-16-be" if head[0::2].count(0) > half * 0.7 else "utf-8"


def _decodes(decoder: codecs.IncrementalDecoder, piece: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(piece, final)
    except UnicodeDecodeError:
        return False
    return True


def _not_utf8(path: Path, encoding: str, quotes: bool) -> Encoding:
    """Windows-1252; or UTF-8 with a few foreign bytes, as happens when files were pasted together."""
    good = high = 0
    with path.open("rb") as file:
        for piece in iter(lambda: file.read(_PIECE), b""):
            good += sum(len(sign) for sign in _UTF8_SIGN.findall(piece))
            high += len(piece) - len(piece.translate(None, delete=_HIGH))
            if high > _ENOUGH:
                break
    if encoding == "utf-8" and good * 2 <= high:
        return Encoding("windows-1252", "voordeur-windows", quotes)
    note = Problem(
        "mixed-encoding",
        Words(
            "In dit bestand staan twee soorten lettertekens door elkaar.", "This file mixes two encodings."
        ),
        Words("Kijk of namen met é en ë goed staan.", "Check that names with é and ë look right."),
    )
    return Encoding(encoding, "voordeur-windows", quotes, (note,))


def find_shape(path: Path, text: Encoding, names: frozenset[str]) -> Shape:
    """Delimiter and usual width, from the first 64 kB: most known column names in a row, then most regular."""
    with _open(path, text) as file:
        lines = file.read(_HEAD).splitlines(keepends=True)
    said = _SEP_LINE.fullmatch(lines[0]) if lines else None
    if said:
        lines = lines[1:]
    if len(lines) > 1:
        lines = lines[:-1]  # the last one may have been cut
    lines = lines[:_SHAPE_ROWS]
    if said:
        return Shape(said[1], _width(_split(lines, said[1]), names)[0], True)
    best, best_score = Shape(DELIMITERS[0], 1, False), (0, 0)
    for delimiter in DELIMITERS:
        split = _split(lines, delimiter)
        width, known = _width(split, names)
        regular = sum(len(row) == width for row in split) * (width - 1)
        score = (known, regular)
        if score > best_score:
            best, best_score = Shape(delimiter, width, False), score
    return best


def _split(lines: list[str], delimiter: str) -> list[list[str]]:
    try:
        return [row for row in csv.reader(lines, delimiter=delimiter) if row]
    except csv.Error:
        return [line.split(delimiter) for line in lines]


def _width(split: list[list[str]], names: frozenset[str]) -> tuple[int, int]:
    """Cells in a row, and how many known names the header has: that of the header when it is found, else the usual."""
    known, width = max(
        ((sum(plain_name(cell) in names for cell in row), len(row)) for row in split), default=(0, 1)
    )
    if known > 1:
        return width, known
    widths = Counter(len(row) for row in split if len(row) > 1)
    return (widths.most_common(1)[0][0] if widths else 1), 0


def _open(path: Path, text: Encoding) -> TextIO:
    return path.open(encoding=text.encoding, errors=text.errors, newline="")


def rows(path: Path, text: Encoding, shape: Shape) -> Iterator[tuple[int, list[str]]]:
    """All rows with their number from 1."""
    with _open(path, text) as file:
        if shape.sep_line:
            file.readline()
        if not text.quotes:
            yield from enumerate(csv.reader(file, delimiter=shape.delimiter, quoting=csv.QUOTE_NONE), 1)
        else:
            yield from enumerate(_quoted_records(_Lines(file), shape), 1)


class _Lines(Iterator[str]):
    """The lines of a file; remembers those of the record being read, so that they can be put back."""

    __slots__ = ("_back", "_file", "record")

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._back: list[str] = []
        self.record: list[str] = []

    def __next__(self) -> str:
        line = self._back.pop() if self._back else next(self._file)
        self.record.append(line)
        return line

    def keep_first(self) -> str:
        """Put all lines of this record back but the first, and give that one."""
        first, *rest = self.record
        self._back.extend(reversed(rest))
        return first


def _quoted_records(lines: _Lines, shape: Shape) -> Iterator[list[str]]:
    reader = csv.reader(lines, delimiter=shape.delimiter)
    while True:
        lines.record.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:  # a field longer than the csv module allows: a quote ran away
            cells = []
        if len(lines.record) > 1 and _ran_away(lines.record, cells, shape):
            first = lines.keep_first()
            reader = csv.reader(lines, delimiter=shape.delimiter)
            cells = next(csv.reader([first], delimiter=shape.delimiter, quoting=csv.QUOTE_NONE), [])
        yield cells


def _ran_away(record: list[str], cells: list[str], shape: Shape) -> bool:
    """Is this record of several lines really several records, joined by a quote that was never closed?

    Yes, when a line inside it looks like a whole row, when there are more cells than usual, or when the closing
    quote is followed by text: then it was the opening quote of another cell.
    """
    if not cells or len(cells) > shape.width:
        return True
    inside = csv.reader(record[1:-1], delimiter=shape.delimiter, quoting=csv.QUOTE_NONE)
    if shape.width > 1 and any(len(row) >= shape.width and '"' not in row[0] for row in inside):
        return True
    try:
        list(csv.reader(record, delimiter=shape.delimiter, strict=True))
    except csv.Error:
        return True
    return False


def _refused(code: str, nl: str, en: str) -> Problem:
    cure = Words("Kies een CSV-, XLSX- of ODS-bestand.", "Choose a CSV, XLSX or ODS file.")
    return Problem(code, Words(nl, en), cure, fatal=True)
