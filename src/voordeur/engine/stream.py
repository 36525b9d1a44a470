"""A ledger in pieces, asked by whole tenancies, in order, with two hands.

A piece (a row group of Parquet, a batch of a database) may begin or end in the middle of a tenancy. What lies between
its first and its last tenancy is asked at once, in the thread that read the piece; the two ends are joined to those of
the neighbours. So memory holds a few pieces, whatever the size of the ledger.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, NamedTuple, TypeVar

import pyarrow as pa

from voordeur.core.problems import Refused
from voordeur.engine.columns import unsorted_problem

T = TypeVar("T")
Piece = Callable[[], pa.Table]
"""Reads a piece of a ledger; called in another thread."""
Ask = Callable[[pa.Table], T]
"""Asks a table of whole tenancies; called in any thread."""
WORKERS = 2


class _Cut(NamedTuple):
    """A piece with its first tenancy, what lies between (already asked) and its last tenancy."""

    first: pa.Table
    keys: tuple[Any, Any] | None
    """First and last key of what lies between; None when nothing does."""
    between: Any
    last: pa.Table | None
    """None when the whole piece is one tenancy."""


class _Ascending:
    """Refuses a tenancy that does not come after the ones before."""

    def __init__(self, source: str) -> None:
        self._source, self._reached = source, None

    def check(self, first: Any, last: Any) -> None:
        if self._reached is not None and not self._reached < first:
            raise Refused(unsorted_problem(self._source))
        self._reached = last


def ask_whole_pieces(
    pieces: Iterable[Piece], ask: Ask[T], *, source: str = "", ahead: int = WORKERS
) -> Iterator[T]:
    """The answers about pieces that hold whole tenancies, in order of the ledger. Refused when that is not so.

    `ahead`: so many answers are there or in the making while the caller is busy with one.
    """
    ascending = _Ascending(source)

    def work(table: pa.Table) -> tuple[Any, Any, T]:
        return _key(table, 0), _key(table, table.num_rows - 1), ask(table)

    for first, last, found in _in_order(pieces, work, ahead=ahead):
        ascending.check(first, last)
        yield found


def ask_pieces(
    pieces: Iterable[Piece], ask: Ask[T], *, source: str = "", workers: int = WORKERS
) -> Iterator[T]:
    """The answers about pieces that were cut anywhere, in order of the ledger. Refused when they are not in order."""
    ascending = _Ascending(source)
    held: list[pa.Table] = []  # of one tenancy, which may go on in the next piece

    def ask_held() -> T:
        table = pa.concat_tables(held)
        ascending.check(_key(table, 0), _key(table, table.num_rows - 1))
        held.clear()
        return ask(table)

    for cut in _in_order(pieces, lambda table: _cut(table, ask), workers, workers):
        if held and _key(held[-1], 0) != _key(cut.first, 0):
            yield ask_held()
        held.append(cut.first)
        if cut.last is None:
            continue
        yield ask_held()
        if cut.keys is not None:
            ascending.check(*cut.keys)
            yield cut.between
        held.append(cut.last)
    if held:
        yield ask_held()


def _in_order(
    pieces: Iterable[Piece], work: Callable[[pa.Table], T], workers: int = WORKERS, ahead: int = WORKERS
) -> Iterator[T]:
    """Read some pieces and work on them at the same time; the results in order. Empty pieces are passed over."""

    def read_and_work(piece: Piece) -> T | None:
        table = piece()
        return work(table) if table.num_rows else None

    waiting: deque[Future[T | None]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        try:
            for piece in pieces:
                waiting.append(pool.submit(read_and_work, piece))
                if len(waiting) > ahead and (done := waiting.popleft().result()) is not None:
                    yield done
            while waiting:
                if (done := waiting.popleft().result()) is not None:
                    yield done
        finally:
            for future in waiting:
                future.cancel()


def _cut(table: pa.Table, ask: Ask[T]) -> _Cut:
    length = table.num_rows
    begin, end = _end_of_first(table), _begin_of_last(table)
    if begin >= length:
        return _Cut(table, None, None, None)
    first, between, last = table.slice(0, begin), table.slice(begin, end - begin), table.slice(end)
    if begin >= end:
        return _Cut(first, None, None, last)
    keys = (_key(table, begin), _key(table, end - 1))
    return _Cut(first, keys, ask(between), last)


def _key(table: pa.Table, row: int) -> Any:
    return table["tenancy"][row].as_py()


def _end_of_first(table: pa.Table) -> int:
    """The row after the first tenancy, by halving; in a table that is not sorted: after a row of that tenancy."""
    low, high = 0, int(table.num_rows)
    key = _key(table, low)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _key(table, middle) == key else (low, middle)
    return high


def _begin_of_last(table: pa.Table) -> int:
    low, high = -1, int(table.num_rows) - 1
    key = _key(table, high)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _key(table, middle) == key else (middle, high)
    return high
