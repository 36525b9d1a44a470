"""Many rows at once, the fastest way each database has: executemany on SQLite, COPY on PostgreSQL."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

from voordeur.store.encrypted import EncryptedText

T = TypeVar("T")
CHUNK = 20_000


def insert_rows(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert rows (values in the order of `columns`, database column names) in the caller's transaction.

    Encrypted columns are encrypted on the way.
    """
    rows = _sealed(model, columns, rows)
    if connection.vendor == "postgresql":
        return _copy(model._meta.db_table, columns, rows)
    marks = ", ".join(["%s"] * len(columns))
    quoted = ", ".join(f'"{column}"' for column in columns)
    statement = f'INSERT INTO "{model._meta.db_table}" ({quoted}) VALUES ({marks})'
    count = 0
    with connection.cursor() as cursor:
        for chunk in chunks(rows, CHUNK):
            cursor.executemany(statement, chunk)
            count += len(chunk)
    return count


@contextmanager
def in_bulk() -> Iterator[None]:
    """While much is read or written: more room for pages of SQLite, and no search for what can be thrown away.

    Rows do not refer to each other in circles, so nobody need look for those; it took a tenth of the time.
    """
    sqlite, collecting = connection.vendor == "sqlite", gc.isenabled()
    gc.disable()
    _set_room(sqlite, _MUCH_ROOM)
    try:
        yield
    finally:
        _set_room(sqlite, _USUAL_ROOM)
        if collecting:
            gc.enable()


_MUCH_ROOM, _USUAL_ROOM = 262_144, 65_536
"""KiB of pages that SQLite keeps in memory; the second as in `settings.database`."""


def _set_room(sqlite: bool, kibibytes: int) -> None:
    if sqlite:
        connection.ensure_connection()
        connection.connection.execute(f"PRAGMA cache_size = -{kibibytes}")  # also when a transaction failed


def writes_of_others() -> int | None:
    """A number that is another one as soon as any other connection wrote something; None: this database cannot tell."""
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        return int(cursor.fetchone()[0])


def _sealed(
    model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> Iterable[Sequence[Any]]:
    """The rows with the values of encrypted columns as the database keeps them."""
    fields = {field.column: field for field in model._meta.local_fields}
    places = [
        (at, field)
        for at, column in enumerate(columns)
        if isinstance(field := fields.get(column), EncryptedText)
    ]
    return (_with(row, places) for row in rows) if places else rows


def _with(row: Sequence[Any], places: Sequence[tuple[int, EncryptedText[str, str]]]) -> Sequence[Any]:
    changed = list(row)
    for at, field in places:
        changed[at] = field.get_prep_value(changed[at])
    return changed


def _copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    quoted = ", ".join(f'"{column}"' for column in columns)
    count = 0
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{table}" ({quoted}) FROM STDIN') as copy,
    ):
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


def among(column: str, numbers: Iterable[int]) -> str:
    """The SQL condition that a column is one of these whole numbers; there must be one at least.

    They stand in the text itself: Django spends more time on ten thousand parameters than a database on the answer.
    """
    return f"{column} IN ({', '.join(str(int(number)) for number in numbers)})"


def chunks(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of at most `size` rows."""
    each = iter(rows)
    while chunk := list(islice(each, size)):
        yield chunk
