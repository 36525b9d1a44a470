"""Look at many tenancies anew: the engine finds out of whom nothing is overdue, the core speaks about the others.

One pass over the ledgers gives the figures of every tenancy. Of a household of which nothing is overdue there is
nothing to say but those figures, and they are written only when they changed. All that is said in words comes from
`core/assessment.py`, in processes of their own: one per processor.
"""

import gc
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection, connections, transaction
from django.db.models import Model

from voordeur.actions.assess import AT_ONCE, assess_piece, reversal_codes
from voordeur.actions.findings import (
    SIGNAL_COLUMNS,
    STANDING_COLUMNS,
    Finding,
    finding,
    signal_rows,
    standing_row,
)
from voordeur.actions.policy_now import policy_now
from voordeur.actions.quiet_standings import NO_ROWS, Town
from voordeur.adapters.rules import load_calendar
from voordeur.core.assessment import assess as assess_household
from voordeur.core.facts import NOTHING_RECORDED, Contacts
from voordeur.core.facts import Tenancy as Contract
from voordeur.core.pauses import Pause
from voordeur.core.policy import Policy
from voordeur.core.problems import Refused
from voordeur.engine.columns import ledger
from voordeur.engine.database import of_tenancies
from voordeur.engine.day import Question, answer
from voordeur.engine.months import TimeMachine
from voordeur.engine.packing import pack
from voordeur.store.arrow import over_ledgers
from voordeur.store.bulk import chunks, insert_rows
from voordeur.store.convert import Row, core_entries, pauses
from voordeur.store.convert_diary import contacts_of
from voordeur.store.models import Signal, Standing, Tenancy

_AT_ONCE = 250
"""Households that a process speaks about at a time."""
_IN_HAND = 8
"""Pieces of which the figures are there while the core still speaks: more would only fill the memory."""
WORTH_SPREADING = 2_000
"""Fewer tenancies than this are spoken about here: starting processes takes longer."""
_NONE = -(1 << 31)
"""In a column of ids or days that goes to another process: empty."""


class Piece(NamedTuple):
    """Some thousands of tenancies in order of number, as the engine saw them."""

    tenancies: list[int]
    entries: int
    sum_of_ids: int
    """With the number of entries: what tells whether a ledger changed since."""
    quiet: pa.Table | None
    """Figures of those of whom nothing is overdue; None: the engine could not read this piece."""
    loud: list[int]
    ledgers: pa.Table
    """The entries of the loud."""


class Job(NamedTuple):
    """Some households to speak about: all a process needs, for it does not look in the database."""

    on: date
    policy: Policy
    columns: dict[str, Any]
    """Of their entries, in order of tenancy: numbers, days as days since 1970."""
    contracts: dict[int, Contract]
    pauses: dict[int, list[Pause]]
    codes: dict[int, dict[str, str]]
    contacts: dict[int, Contacts]


class _Asked(NamedTuple):
    piece: Piece
    said: "list[Future[dict[int, Finding]]]"


class _Run:
    """One run over many tenancies: what was known when it began, and who speaks."""

    def __init__(self, today: date, pool: Executor) -> None:
        self._today, self._pool, self._policy = today, pool, policy_now(today)
        self._town = Town(today, self._policy)
        self._pauses = pauses()
        self._contacts = contacts_of(None, today, load_calendar().banks, self._policy.window_days)

    def ask(self, piece: Piece) -> _Asked:
        """Have the core speak about the loud of a piece."""
        codes = reversal_codes(piece.loud)
        jobs = (self._job(some, piece.ledgers, codes) for some in chunks(piece.loud, _AT_ONCE))
        return _Asked(piece, [self._pool.submit(speak, job) for job in jobs])

    def _job(self, some: list[int], ledgers: pa.Table, codes: dict[int, dict[str, str]]) -> Job:
        keys = ledgers["tenancy"].to_numpy()
        first, last = np.searchsorted(keys, some[0]), np.searchsorted(keys, some[-1], "right")
        own = ledgers.slice(first, last - first)
        return Job(
            self._today,
            self._policy,
            {name: _numbers(own, name) for name in _COLUMNS},
            {tenancy: self._town.contract(tenancy)[0] for tenancy in some},
            {tenancy: self._pauses[tenancy] for tenancy in some if tenancy in self._pauses},
            {tenancy: codes[tenancy] for tenancy in some if tenancy in codes},
            {tenancy: self._contacts[tenancy] for tenancy in some if tenancy in self._contacts},
        )

    def keep(self, asked: _Asked) -> int:
        """Write what was found of a piece, in one short transaction; how many tenancies.

        When a ledger changed in the meantime the piece is looked at anew, household by household.
        """
        piece, town = asked.piece, self._town
        said = {tenancy: one for part in asked.said for tenancy, one in part.result().items()}
        quiet = town.quiet(piece.quiet) if piece.quiet is not None and piece.quiet.num_rows else NO_ROWS
        rows = [
            standing_row(t, town.contract(t)[1], one, town.before(t), self._today) for t, one in said.items()
        ]
        signals = [row for tenancy, one in said.items() for row in signal_rows(tenancy, one)]
        with transaction.atomic():
            if _changed(piece):
                return sum(assess_piece(some, self._today) for some in chunks(piece.tenancies, AT_ONCE))
            _delete(Signal, piece.tenancies)
            _delete(Standing, [*said, *quiet.changed_ids])
            insert_rows(Standing, STANDING_COLUMNS, [*quiet.changed, *rows])
            insert_rows(Signal, SIGNAL_COLUMNS, signals)
            _only_another_day(quiet.same_ids, self._today)
        return len(piece.tenancies)


def assess_many(
    tenancies: Sequence[int] | None,
    today: date,
    *,
    machine: TimeMachine | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> int:
    """Assess these tenancies (None: all) for `today`; how many have a ledger. `machine` is shown every ledger."""
    count, in_hand = 0, deque[_Asked]()
    look = _Look(Question(today, limits=policy_now(today).limits), machine)
    with _speakers(Tenancy.objects.count() if tenancies is None else len(tenancies)) as pool:
        run = _Run(today, pool)
        for piece in over_ledgers(look, tenancies):
            in_hand.append(run.ask(piece))
            while len(in_hand) > _IN_HAND or (in_hand and all(one.done() for one in in_hand[0].said)):
                count += run.keep(in_hand.popleft())
                progress(count)
        for asked in in_hand:
            count += run.keep(asked)
            progress(count)
    return count


class _Look:
    """What the engine is asked of each table of ledgers; called in the threads that read them."""

    def __init__(self, question: Question, machine: TimeMachine | None) -> None:
        self._question, self._machine = question, machine

    def __call__(self, table: pa.Table) -> Piece:
        keys = pc.unique(table["tenancy"])
        quiet, loud = None, keys
        # Refused: an amount that the engine cannot hold. The core can, one household at a time.
        with suppress(Refused):
            packed = pack(table, unique_ids=True).table
            found = answer(ledger(packed), self._question).tenancies
            if self._machine is not None:
                self._machine.take_in(packed)
            quiet = found.filter(pc.equal(found["overdue"], 0))
            loud = keys.filter(pc.invert(pc.is_in(keys, value_set=quiet["tenancy"].combine_chunks())))
        rows = table.filter(pc.is_in(table["tenancy"], value_set=loud))
        ids = pc.sum(table["id"]).as_py()
        return Piece(keys.to_pylist(), table.num_rows, ids, quiet, loud.to_pylist(), rows)


_DAYS = ("date", "due", "period")
_COLUMNS = tuple(name for name in Row._fields if name != "known")


def _numbers(table: pa.Table, name: str) -> Any:
    """A column as numbers; a column that is not there is empty."""
    if name not in table.schema.names:
        return np.full(table.num_rows, _NONE, np.int64)
    column = table[name]
    column = column.cast(pa.int32()) if pa.types.is_date32(column.type) else column
    return pc.fill_null(column.cast(pa.int64()), _NONE).to_numpy()


def speak(job: Job) -> dict[int, Finding]:
    """What the core says about these households. Runs in a process of its own, without a database."""
    calendar = load_calendar()
    return {
        tenancy: finding(
            assess_household(
                core_entries(list(rows)),
                job.on,
                job.policy,
                calendar,
                pauses=job.pauses.get(tenancy, ()),
                tenancy=job.contracts[tenancy],
                contacts=job.contacts.get(tenancy, NOTHING_RECORDED),
                reversal_codes=job.codes.get(tenancy, {}),
            )
        )
        for tenancy, rows in groupby(_rows(job.columns), key=itemgetter(0))
    }


def _rows(columns: dict[str, Any]) -> Iterator[Row]:
    """The rows of store_entry; when they were known does not matter to who asks what is known now."""
    lists = {name: values.tolist() for name, values in columns.items()}
    days = {
        number: date.fromordinal(number + _EPOCH) for name in _DAYS for number in set(lists[name]) - {_NONE}
    }
    for name in _DAYS:
        lists[name] = [days.get(number) for number in lists[name]]
    for name in ("designates", "reverses", "claim", "same_as"):
        lists[name] = [None if number == _NONE else number for number in lists[name]]
    lists["known"] = lists["date"]
    return map(Row._make, zip(*(lists[name] for name in Row._fields), strict=True))


_EPOCH = date(1970, 1, 1).toordinal()


def _changed(piece: Piece) -> bool:
    """Whether an entry came or went since the ledgers of a piece were read."""
    with connection.cursor() as cursor:
        where = of_tenancies(piece.tenancies)
        cursor.execute(f"SELECT COUNT(*), SUM(id) FROM store_entry WHERE {where}")
        count, ids = cursor.fetchone()
    return (count, int(ids or 0)) != (piece.entries, piece.sum_of_ids)


def _delete(model: type[Model], tenancies: Sequence[int]) -> None:
    if tenancies:
        with connection.cursor() as cursor:
            cursor.execute(f'DELETE FROM "{model._meta.db_table}" WHERE {of_tenancies(sorted(tenancies))}')


def _only_another_day(tenancies: Sequence[int], today: date) -> None:
    if tenancies:
        with connection.cursor() as cursor:
            where = of_tenancies(tenancies)
            cursor.execute(f'UPDATE store_standing SET "on" = %s, stale = %s WHERE {where}', [today, False])


@contextmanager
def _speakers(tenancies: int) -> Iterator[Executor]:
    """Processes to speak in, one per processor, started before any thread is; none for a few or in a transaction."""
    if tenancies < WORTH_SPREADING or connection.in_atomic_block:
        yield _Here()
        return
    connections.close_all()  # a connection cannot be shared with the processes that are started now
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(os.cpu_count(), mp_context=context, initializer=_begin) as pool:
        pool.submit(_begin).result()
        yield pool


def _begin() -> None:
    """A process of our own: nothing it makes goes round in circles, so nobody need look for what can be thrown away."""
    gc.freeze()
    gc.disable()


class _Here(Executor):
    """Speaks at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """Do it now."""
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done
