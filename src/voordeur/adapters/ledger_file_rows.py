"""The rows of a bare ledger file, CSV or Parquet, as a stream of cells in one fixed order.

CSV: comma or semicolon, UTF-8 with or without a byte order mark. Parquet: text, integer, decimal, floating point
and date columns. Which of the two it is shows in the first bytes, not in the name.
"""

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from itertools import repeat
from operator import itemgetter
from pathlib import Path
from typing import Any

from voordeur.adapters.ledger_file_cells import (
    COLUMNS,
    NEEDED,
    Cells,
    Readers,
    cents_of_text,
    day_of_text,
    not_a_day,
    not_an_amount,
    quoted,
)
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words

_BATCH = 50_000  # rows of a Parquet file in memory at once
_DAYS = ("date", "due", "known")


class LedgerRows:
    """The rows of one file. Opening it reads the header only; Refused when the file cannot be used at all."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.readers = Readers()
        self.problems: list[Problem] = []
        """Rows that are no rows; filled while the rows are read."""
        self._line = 1  # where the row starts that is being read
        try:
            with path.open("rb") as file:
                self._is_parquet = file.read(4) == b"PAR1"
        except OSError:
            raise Refused(self._refused(*_NO_SUCH_FILE)) from None
        names = self._parquet_columns() if self._is_parquet else self._csv_columns()
        self._places = self._find_places(names)
        self.unknown_columns = [name for name in names if name.strip().lower() not in COLUMNS]

    def __iter__(self) -> Iterator[tuple[int, Cells]]:
        """Row number (of a CSV file: the line it starts on) and its cells in the order of COLUMNS."""
        return self._parquet_rows() if self._is_parquet else self._csv_rows()

    def _find_places(self, names: list[str]) -> list[int | None]:
        plain = [name.strip().lower() for name in names]
        missing = [column for column in NEEDED if column not in plain]
        twice = sorted({name for name in plain if name in COLUMNS and plain.count(name) > 1})
        problems = [self._refused(*_missing(column)) for column in missing]
        problems += [self._refused(*_twice(column)) for column in twice]
        if problems:
            raise Refused(problems)
        return [plain.index(column) if column in plain else None for column in COLUMNS]

    def _refused(
        self, code: str, message: Words, cure: Words, row: int | None = None, column: str = ""
    ) -> Problem:
        return Problem(code, message, cure, self.path.name, row, column, fatal=True)

    # CSV

    @contextmanager
    def _csv(self) -> Iterator[Any]:
        """A csv reader; what it cannot read is Refused, with the line on which the bad row starts."""
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            try:
                yield csv.reader(file, delimiter=self._delimiter(), strict=True)
            except UnicodeDecodeError:
                raise Refused(self._refused(*_NOT_UTF8)) from None
            except csv.Error:
                raise Refused(self._refused(*_BAD_QUOTES, row=self._line)) from None

    def _delimiter(self) -> str:
        """The sign that splits the header in the most columns that we know."""
        with self.path.open(encoding="utf-8-sig", errors="replace") as file:
            header = file.readline(10_000)

        def known(sign: str) -> int:
            return len({name.strip(' "\r\n').lower() for name in header.split(sign)} & {*COLUMNS})

        return max(",;", key=known)

    def _csv_columns(self) -> list[str]:
        with self._csv() as reader:
            for header in reader:
                return list(header)
        raise Refused(self._refused(*_EMPTY))

    def _csv_rows(self) -> Iterator[tuple[int, Cells]]:
        with self._csv() as reader:
            width = len(next(reader))
            pick = itemgetter(*(width if place is None else place for place in self._places))
            self._line = reader.line_num + 1
            for row in reader:
                if len(row) != width:
                    row = self._fitted(row, width)
                if row:
                    row.append("")  # stands in for the columns that the file does not have
                    yield self._line, pick(row)
                self._line = reader.line_num + 1

    def _fitted(self, row: list[str], width: int) -> list[str]:
        """Cells left out at the end are empty; cells too many are a problem. An empty line is no row."""
        if any(row[width:]):
            self.problems.append(
                Problem("too-many-cells", *_TOO_MANY, self.path.name, self._line, "", quoted(row[width]))
            )
            return []
        return row and (row + [""] * width)[:width]

    # Parquet

    def _parquet_columns(self) -> list[str]:
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            self._file = pq.ParquetFile(self.path)
        except (pa.ArrowException, OSError):
            raise Refused(self._refused(*_NOT_PARQUET)) from None
        self.readers = Readers(str, _day_of_value, _cents_of_value)
        return list(self._file.schema_arrow.names)

    def _parquet_rows(self) -> Iterator[tuple[int, Cells]]:
        schema = self._file.schema_arrow
        names = {
            column: schema.names[at]
            for column, at in zip(COLUMNS, self._places, strict=True)
            if at is not None
        }
        wrong = [
            self._refused(*_wrong_type(str(schema.field(name).type)), column=column)
            for column, name in names.items()
            if not _can_be_read(column, schema.field(name).type)
        ]
        if wrong:
            raise Refused(wrong)
        row = 0
        for batch in self._batches(list(names.values())):
            columns = [
                _values(column, batch.column(names[column]))
                if column in names
                else repeat("", batch.num_rows)
                for column in COLUMNS
            ]
            for cells in zip(*columns, strict=True):
                row += 1
                yield row, cells

    def _batches(self, columns: list[str]) -> Iterator[Any]:
        import pyarrow as pa

        try:
            yield from self._file.iter_batches(_BATCH, columns=columns)
        except (pa.ArrowException, OSError):
            raise Refused(self._refused(*_NOT_PARQUET)) from None


# --- values of Parquet columns ---------------------------------------------------------------------------------


def _can_be_read(column: str, kind: Any) -> bool:
    """True when a column of this Arrow type can be read exactly."""
    from pyarrow import types

    if types.is_dictionary(kind):
        kind = kind.value_type
    text = (types.is_string, types.is_large_string, types.is_string_view, types.is_null)
    if any(is_text(kind) for is_text in text):
        return True
    if column in _DAYS:
        return bool(types.is_date(kind) or (types.is_timestamp(kind) and kind.tz is None))
    if types.is_integer(kind) or types.is_floating(kind):
        return True
    return bool(column == "amount" and types.is_decimal(kind))


def _values(column: str, array: Any) -> Sequence[Any]:
    """The values of a column, empty as "". Text columns as text, so that a number is an id too."""
    import pyarrow as pa

    if pa.types.is_timestamp(array.type):
        array = array.cast(pa.date32(), safe=False)  # a point in time counts on the day it falls on
    values: list[Any] = array.to_pylist()
    if column in _DAYS or column == "amount":
        return ["" if value is None else value for value in values]
    return [_text_of_value(value) for value in values]


def _text_of_value(value: Any) -> str:
    if value is None or value != value:  # a float column holds NaN where it is empty
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a column of whole numbers with gaps is stored as floating point
    return str(value).strip()


def _day_of_value(value: Any) -> date | None:
    if isinstance(value, str):
        return day_of_text(value)
    if isinstance(value, date):
        return value
    raise not_a_day(value)


def _cents_of_value(value: Any) -> int | None:
    """Exact cents. Floating point may be off by a millionth of a euro; NaN is empty."""
    if isinstance(value, str):
        return cents_of_text(value)
    if isinstance(value, int):
        return value * 100
    if value != value:
        return None
    if isinstance(value, Decimal) and value * 100 == int(value * 100):
        return int(value * 100)
    if isinstance(value, float) and abs(value) < 1e13 and abs(round(value * 100) / 100 - value) <= 1e-6:
        return round(value * 100)
    raise not_an_amount(value)


# --- words -----------------------------------------------------------------------------------------------------

_NO_SUCH_FILE = (
    "no-such-file",
    Words("Dit bestand is er niet of is niet te lezen.", "There is no such file, or it cannot be read."),
    Words("Controleer de naam, de map en je rechten.", "Check the name, the folder and your rights."),
)
_EMPTY = (
    "empty-file",
    Words("Dit bestand is leeg.", "This file is empty."),
    Words("Begin met een regel met kolomnamen.", "Begin with a line of column names."),
)
_NOT_UTF8 = (
    "not-utf8",
    Words("De letters in dit bestand zijn geen UTF-8.", "The text of this file is not UTF-8."),
    Words("Bewaar het opnieuw als 'CSV UTF-8'.", "Save it again as 'CSV UTF-8'."),
)
_NOT_PARQUET = (
    "not-parquet",
    Words("Dit Parquet-bestand is beschadigd.", "This Parquet file is damaged."),
    Words("Maak het opnieuw.", "Make it again."),
)
_BAD_QUOTES = (
    "bad-quotes",
    Words("Hier klopt een aanhalingsteken niet.", "A quote is wrong here."),
    Words(
        "Zet aanhalingstekens om de hele cel en schrijf een aanhalingsteken erin dubbel.",
        "Put quotes around the whole cell and double a quote inside it.",
    ),
)
_TOO_MANY = (
    Words(
        "Deze regel heeft meer cellen dan er kolommen zijn.",
        "This row has more cells than there are columns.",
    ),
    Words(
        "Zet aanhalingstekens om een cel waarin het scheidingsteken staat.",
        "Put quotes around a cell that holds the separator.",
    ),
)


def _missing(column: str) -> tuple[str, Words, Words]:
    return (
        "missing-column",
        Words(f"Kolom '{column}' ontbreekt.", f"Column '{column}' is missing."),
        Words(
            f"Zet op de eerste regel de namen {', '.join(NEEDED)}, met komma's of puntkomma's ertussen.",
            f"Put the names {', '.join(NEEDED)} on the first line, with commas or semicolons between them.",
        ),
    )


def _twice(column: str) -> tuple[str, Words, Words]:
    return (
        "column-twice",
        Words(f"Kolom '{column}' staat er twee keer in.", f"Column '{column}' is there twice."),
        Words("Geef een van de twee een andere naam.", "Give one of the two another name."),
    )


def _wrong_type(kind: str) -> tuple[str, Words, Words]:
    return (
        "wrong-type",
        Words(f"Een kolom van het type {kind} kan hier niet.", f"A column of type {kind} cannot be here."),
        Words(
            "Gebruik tekst, een geheel getal, een decimaal getal of een datum zonder tijdzone.",
            "Use text, an integer, a decimal or a date without time zone.",
        ),
    )
