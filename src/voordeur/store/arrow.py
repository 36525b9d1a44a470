"""Columns out of the database as Arrow: by ADBC, or inside a transaction through the connection that is in it.

Loads the engine: for bulk work only, never for a screen.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, islice
from typing import TypeVar
from urllib.parse import quote, urlencode

import pyarrow as pa
from django.db import connection

from voordeur.engine.database import LEDGER_NUMBERS, over_connection, over_database, read_table
from voordeur.store.models import Tenancy

T = TypeVar("T")
Types = Mapping[str, pa.DataType]
DAY, NUMBER, TEXT = pa.date32(), pa.int64(), pa.string()


def columns(query: str, types: Types) -> pa.Table:
    """The answer to a query, with these columns of these types; `query` holds no values from outside."""
    if connection.in_atomic_block:
        return _through_django(query, types)
    found = read_table(database_url(), query)
    return pa.table({name: _typed(found[name], type_) for name, type_ in types.items()})


def over_ledgers(ask: Callable[[pa.Table], T], tenancies: Iterable[int] | None = None) -> Iterator[T]:
    """Ask the ledgers of these tenancies (None: all), some at a time, as tables with ids (`engine/packing.py`).

    Each table holds whole tenancies, in order. Outside a transaction `ask` is called in other threads, and reading
    begins at once: before the first answer is asked for.
    """
    if not connection.in_atomic_block:
        return _begun(over_database(database_url(), ask, tenancies))
    sqlite = connection.vendor == "sqlite"
    days = {"days": TEXT} if sqlite else {"date": DAY, "due": DAY, "period": DAY}
    types = LEDGER_NUMBERS | days
    wanted = Tenancy.objects.values_list("pk", flat=True) if tenancies is None else tenancies
    return over_connection(lambda query: _through_django(query, types), ask, wanted, sqlite=sqlite)


def _begun(answers: Iterator[T]) -> Iterator[T]:
    pool = ThreadPoolExecutor(1)
    first = pool.submit(list, islice(answers, 1))
    pool.shutdown(wait=False)
    return chain.from_iterable(part() for part in (first.result, lambda: answers))


def database_url() -> str:
    """The database of this process as a DATABASE_URL."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:////{quote(str(settings['NAME']))}"
    user = f"{quote(settings['USER'])}:{quote(settings['PASSWORD'])}"
    options = settings["OPTIONS"] | {"host": settings["HOST"], "port": settings["PORT"]}
    options = urlencode({name: value for name, value in options.items() if value})
    return f"postgresql://{user}@/{quote(settings['NAME'])}?{options}"


def _through_django(query: str, types: Types) -> pa.Table:
    with connection.cursor() as cursor:
        cursor.execute(query)
        rows = cursor.fetchall()
    values = list(zip(*rows, strict=True)) or [()] * len(types)
    return pa.table(
        {name: pa.array(column, type_) for (name, type_), column in zip(types.items(), values, strict=True)}
    )


def _typed(column: pa.ChunkedArray, type_: pa.DataType) -> pa.ChunkedArray:
    """The driver for SQLite gives days as text, and numbers for a column without any value."""
    if column.null_count == len(column):
        return pa.chunked_array([pa.nulls(len(column), type_)])
    return column.cast(type_)
