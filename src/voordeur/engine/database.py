"""A ledger in the database of this program, read as Arrow (ADBC) in replay order, some tenancies at a time.

It reads what is committed, in connections of its own: not for the middle of a transaction. SQLite is read in a process
of its own (`sqlite_reader.py`).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from functools import partial
from threading import local
from typing import Any, Protocol, TypeVar, Unpack
from urllib.parse import unquote, urlsplit

import pyarrow as pa
import pyarrow.compute as pc

from voordeur.engine.day import Answer, Question
from voordeur.engine.memory import CORRECTION, PAYMENT, REVERSAL, WRITE_OFF
from voordeur.engine.months import Portfolio, TimeMachine
from voordeur.engine.packing import pack
from voordeur.engine.sources import Arrears, Options, ask_packed, gather
from voordeur.engine.sqlite_reader import SqliteReader
from voordeur.engine.stream import ask_whole_pieces

T = TypeVar("T")
TENANCIES_AT_ONCE = 4_000
_AHEAD = 12
"""Pieces that are read while the caller writes what it found of one: so both processors stay at work."""
_ORDER = "ORDER BY " + ", ".join(
    f"store_entry.{name}" for name in ("tenancy_id", "date", "sequence", "kind", "id")
)
"""With the name of the table: `date` alone would be the column of the answer, which no index holds."""
_NUMBERS = """tenancy_id AS tenancy, id, sequence, amount * 64 + component * 8 + kind AS code,
CASE WHEN same_as_id IS NOT NULL THEN -same_as_id
WHEN kind = 3 THEN reverses_id
WHEN kind = 2 OR kind = 6 OR (kind = 5 AND amount <= 0) THEN designates_id
ELSE claim_id END AS named"""
"""The driver spends a tenth of a microsecond on every value, so what fits in one number travels in one."""
_TEN = 10  # characters of a day
_DAYS = ("date", "due", "period")
_DAYS_AS_TEXT = """CASE WHEN period IS NULL AND (due IS NULL OR due = date) THEN date
ELSE date || coalesce(due, date) || coalesce(period, '') END AS days"""
"""SQLite keeps a day as text of ten characters: one for nearly all rows, else the three after each other."""
LEDGER_NUMBERS = dict.fromkeys(("tenancy", "id", "sequence", "code", "named"), pa.int64())
"""The first columns of the query, for a reader that cannot tell; then `days` as text, or the three days."""


def arrears_from_database(
    url: str,
    on: date,
    known: date | None = None,
    *,
    tenancies: Iterable[int] | None = None,
    **options: Unpack[Options],
) -> Arrears:
    """How every tenancy with a ledger (or of these) stands at the end of day `on`; `url` as in DATABASE_URL."""
    question = Question(on, known, **options)
    return gather(answers_from_database(url, question, tenancies))


def answers_from_database(
    url: str, question: Question, tenancies: Iterable[int] | None = None
) -> Iterator[Answer]:
    """`arrears_from_database` piece by piece, in order of tenancy."""
    limited = question.known is not None
    return over_database(url, lambda table: _ask(table, question), tenancies, with_known=limited)


def portfolio_from_database(url: str, asked: Portfolio, tenancies: Iterable[int] | None = None) -> pa.Table:
    """The portfolio month by month; see `TimeMachine.points`."""
    machine = TimeMachine(asked)
    for _ in over_database(url, lambda table: machine.take_in(pack(table, unique_ids=True).table), tenancies):
        pass
    return machine.points()


def over_database(
    url: str,
    ask: Callable[[pa.Table], T],
    tenancies: Iterable[int] | None = None,
    *,
    with_known: bool = False,
) -> Iterator[T]:
    """Ask the entries of some tenancies at a time, as a ledger with ids (`packing.py`); the answers in order."""
    readers = _Readers(url)
    wheres = _ranges(readers) if tenancies is None else _lists(tenancies)
    queries = (_query(where, sqlite=_is_sqlite(url), with_known=with_known) for where in wheres)
    try:
        pieces = (partial(readers.ledger, query) for query in queries)
        yield from ask_whole_pieces(pieces, ask, ahead=_AHEAD)
    finally:
        readers.close()


def over_connection(
    fetch: Callable[[str], pa.Table], ask: Callable[[pa.Table], T], tenancies: Iterable[int], *, sqlite: bool
) -> Iterator[T]:
    """The same through a connection of the caller's own, which sees what is not committed yet; slower."""
    for where in _lists(tenancies):
        table = fetch(_query(where, sqlite=sqlite, with_known=False))
        if table.num_rows:
            yield ask(_unfold(table))


def read_table(url: str, query: str) -> pa.Table:
    """The answer to any query, as Arrow."""
    with closing(_connect(url)) as reader:
        return reader.fetch(query)


def _query(where: str, *, sqlite: bool, with_known: bool) -> str:
    return f"SELECT {_columns(sqlite, with_known)} FROM store_entry WHERE {where} {_ORDER}"


def _ask(table: pa.Table, question: Question) -> Answer:
    return ask_packed(pack(table, unique_ids=True), table["id"], question)


class _Reader(Protocol):
    def fetch(self, query: str) -> pa.Table: ...

    def close(self) -> None: ...


class _PostgresqlReader:
    """A connection that reads by ADBC."""

    def __init__(self, url: str) -> None:
        import adbc_driver_postgresql.dbapi

        self._connection = adbc_driver_postgresql.dbapi.connect(url)

    def fetch(self, query: str) -> pa.Table:
        with self._connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetch_arrow_table()

    def close(self) -> None:
        self._connection.close()


class _Readers:
    """A reader for each thread."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._mine = local()
        self._opened: list[_Reader] = []

    def ledger(self, query: str) -> pa.Table:
        """The entries of some tenancies."""
        return _unfold(self.fetch(query))

    def fetch(self, query: str) -> pa.Table:
        """The answer to a query, through the reader of this thread."""
        if not hasattr(self._mine, "reader"):
            self._mine.reader = _connect(self._url)
            self._opened.append(self._mine.reader)
        return self._mine.reader.fetch(query)

    def close(self) -> None:
        """Close all of them; nobody reads any more."""
        for reader in self._opened:
            reader.close()


def _ranges(readers: _Readers) -> Iterator[str]:
    ends = readers.fetch("SELECT min(tenancy_id) AS first, max(tenancy_id) AS last FROM store_entry")
    first, last = ends["first"][0].as_py(), ends["last"][0].as_py()
    if first is None:
        return
    for low in range(first, last + 1, TENANCIES_AT_ONCE):
        yield f"tenancy_id BETWEEN {low} AND {low + TENANCIES_AT_ONCE - 1}"


def _lists(tenancies: Iterable[int]) -> Iterator[str]:
    wanted = sorted({int(tenancy) for tenancy in tenancies})
    for at in range(0, len(wanted), TENANCIES_AT_ONCE):
        yield of_tenancies(wanted[at : at + TENANCIES_AT_ONCE])


def of_tenancies(some: Sequence[int]) -> str:
    """The condition that an entry is of one of these tenancies, given in ascending order.

    Nearly all numbers of a range are asked for as that range: for a list of numbers the database would sort.
    """
    between, several = f"tenancy_id BETWEEN {some[0]} AND {some[-1]}", ", ".join(map(str, some))
    if some[-1] - some[0] < len(some):
        return between
    if some[-1] - some[0] < 3 * len(some):
        return (
            f"{between} AND tenancy_id + 0 IN ({several})"  # the sum keeps the database from using the list
        )
    return f"tenancy_id IN ({several})"


def _is_sqlite(url: str) -> bool:
    return urlsplit(url).scheme == "sqlite"


def _columns(sqlite: bool, with_known: bool) -> str:
    days = [_DAYS_AS_TEXT] if sqlite else [*_DAYS]
    return ", ".join([_NUMBERS, *days, *(["known"] if with_known else [])])


def _unfold(table: pa.Table) -> pa.Table:
    """The columns of `packing.py` from those of the query."""
    code, named = table["code"].to_numpy(), table["named"]
    kind, amount = code & 7, code >> 6
    is_twin = pc.fill_null(pc.less(named, 0), False).to_numpy()
    is_reversal = kind == REVERSAL
    is_money = (kind == PAYMENT) | (kind == WRITE_OFF) | ((kind == CORRECTION) & (amount <= 0))
    columns = {
        "kind": kind,
        "component": code >> 3 & 7,
        "amount": amount,
        "designates": _where(is_money & ~is_twin, named),
        "reverses": _where(is_reversal & ~is_twin, named),
        "claim": _where(~is_money & ~is_reversal & ~is_twin, named),
        "same_as": _where(is_twin, pc.abs(named)),
    }
    table = table.drop_columns(["code", "named"])
    for name, values in columns.items():
        table = table.append_column(name, values if isinstance(values, pa.ChunkedArray) else pa.array(values))
    return _with_days(table) if "days" in table.schema.names else table


def _with_days(table: pa.Table) -> pa.Table:
    """`date`, `due` and `period` from their text."""
    text, day = table["days"], pa.date32()
    table = table.drop_columns(["days"])
    if pc.max(pc.binary_length(text)).as_py() <= _TEN:
        return table.append_column("date", text.cast(day))
    for at, name in enumerate(_DAYS):
        part = pc.utf8_slice_codeunits(text, _TEN * at, _TEN * (at + 1))
        part = pc.if_else(pc.equal(part, ""), pa.scalar(None, pa.string()), part)
        table = table.append_column(name, part.cast(day))
    return table


def _where(these: Any, values: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.if_else(pa.array(these), values, pa.scalar(None, values.type))


def _connect(url: str) -> _Reader:
    """A connection that only reads. ValueError for anything but SQLite and PostgreSQL."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        path = unquote(parts.path.removeprefix("/"))
        # two slashes in front would be the name of a server
        return SqliteReader(f"/{path.lstrip('/')}" if path.startswith("/") else path)
    if parts.scheme in ("postgresql", "postgres"):
        return _PostgresqlReader(url)
    raise ValueError("a database URL starts with sqlite:/// or postgresql://")
