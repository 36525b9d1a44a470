"""Look at many tenancies anew: the engine finds out of whom nothing is overdue, the core speaks about the others.

One pass over the ledgers gives the figures of every tenancy. Of a household of which nothing is overdue there is
nothing to say but those figures, and they are written only when they changed. All that is said in words comes from
`core/assessment.py`, in processes of their own: one per processor.
"""

import gc
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from datetime import date
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
    signal_rows,
    standing_row,
)
from voordeur.actions.policy_now import policy_now
from voordeur.actions.quiet_standings import NO_ROWS, Town
from voordeur.actions.speak import (
    About,
    Told,
    Whole,
    columns_of,
    speak_of_told,
    speak_of_whole,
    sums_of,
)
from voordeur.adapters.rules import load_calendar
from voordeur.core.pauses import Pause
from voordeur.core.problems import Refused
from voordeur.engine.behind import Behind, look_behind
from voordeur.engine.columns import ledger
from voordeur.engine.database import of_tenancies
from voordeur.engine.day import Question, answer
from voordeur.engine.months import TimeMachine
from voordeur.engine.packing import pack
from voordeur.store.arrow import over_ledgers
from voordeur.store.bulk import chunks, in_bulk, insert_rows, writes_of_others
from voordeur.store.convert import pauses
from voordeur.store.convert_diary import contacts_of
from voordeur.store.models import Signal, Standing, Tenancy, Unassessed

_AT_ONCE = 250
"""Households whose whole ledger a process reads at a time."""
_TOLD_AT_ONCE = 500
"""Households that a process speaks about at a time when the engine read their ledgers."""
_IN_HAND = 8
"""Pieces of which the figures are there while the core still speaks: more would only fill the memory."""
WORTH_SPREADING = 2_000
"""Fewer tenancies than this are spoken about here: starting processes takes longer."""


class Piece(NamedTuple):
    """Some thousands of tenancies in order of number, as the engine saw them."""

    tenancies: list[int]
    entries: int
    sum_of_ids: int
    """With the number of entries: what tells whether a ledger changed since."""
    quiet: pa.Table | None
    """Figures of those of whom nothing is overdue; None: the engine could not read this piece."""
    behind: Behind | None
    """What the engine read of the others."""
    sums: dict[str, list[Any]]
    """Their figures."""
    whole: list[int]
    """Those of whom the core reads the whole ledger."""
    ledgers: pa.Table
    """The entries of these."""


class _Asked(NamedTuple):
    piece: Piece
    said: "list[Future[dict[int, Finding]]]"


class _Run:
    """One run over many tenancies: what was known when it began, and who speaks."""

    def __init__(
        self, today: date, pool: Executor, paused: Mapping[int, Sequence[Pause]], written: int | None
    ) -> None:
        self._today, self._pool, self._policy = today, pool, policy_now(today)
        self._written = written
        self._town = Town(today, self._policy)
        self._pauses = paused
        self._contacts = contacts_of(None, today, load_calendar().banks, self._policy.window_days)

    def ask(self, piece: Piece) -> _Asked:
        """Have the core speak about who is behind in a piece."""
        codes = reversal_codes(piece.whole)
        said = [self._pool.submit(speak_of_told, job) for job in self._told(piece)]
        for some in chunks(piece.whole, _AT_ONCE):
            keys = piece.ledgers["tenancy"].to_numpy()
            first, last = np.searchsorted(keys, some[0]), np.searchsorted(keys, some[-1], "right")
            own = columns_of(piece.ledgers.slice(first, last - first))
            said.append(self._pool.submit(speak_of_whole, Whole(self._about(some, codes), own)))
        return _Asked(piece, said)

    def _told(self, piece: Piece) -> Iterator[Told]:
        if piece.behind is None:
            return
        in_all = len(piece.behind.tenancies)
        for first in range(0, in_all, _TOLD_AT_ONCE):
            last = min(in_all, first + _TOLD_AT_ONCE)
            some = piece.behind.part(first, last)
            sums = {name: values[first:last] for name, values in piece.sums.items()}
            yield Told(self._about(some.tenancies.tolist(), {}), some, sums)

    def _about(self, some: list[int], codes: dict[int, dict[str, str]]) -> About:
        return About(
            self._today,
            self._policy,
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
            if self._changed(piece):
                return sum(assess_piece(some, self._today) for some in chunks(piece.tenancies, AT_ONCE))
            _delete(Signal, piece.tenancies)
            _delete(Standing, [*said, *quiet.changed_ids])
            insert_rows(Standing, STANDING_COLUMNS, [*quiet.changed, *rows])
            insert_rows(Signal, SIGNAL_COLUMNS, signals)
            _only_another_day(quiet.same_ids, self._today)
            _delete(Unassessed, piece.tenancies)
        return len(piece.tenancies)

    def _changed(self, piece: Piece) -> bool:
        """Whether an entry came or went since the ledgers of a piece were read; no when nobody wrote anything."""
        if self._written is not None and self._written == writes_of_others():
            return False
        with connection.cursor() as cursor:
            where = of_tenancies(piece.tenancies)
            cursor.execute(f"SELECT COUNT(*), SUM(id) FROM store_entry WHERE {where}")
            count, ids = cursor.fetchone()
        return (count, int(ids or 0)) != (piece.entries, piece.sum_of_ids)


def assess_many(
    tenancies: Sequence[int] | None,
    today: date,
    *,
    machine: TimeMachine | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> int:
    """Assess these tenancies (None: all) for `today`; how many have a ledger. `machine` is shown every ledger."""
    count, in_hand = 0, deque[_Asked]()
    paused = pauses()
    look = _Look(Question(today, limits=policy_now(today).limits), machine, paused)
    with _speakers(Tenancy.objects.count() if tenancies is None else len(tenancies)) as pool, in_bulk():
        written = writes_of_others()
        pieces = over_ledgers(look, tenancies)
        run = _Run(today, pool, paused, written)  # in the meantime the first ledgers are read
        for piece in pieces:
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

    def __init__(self, question: Question, machine: TimeMachine | None, paused: Iterable[int]) -> None:
        self._question, self._machine, self._paused = question, machine, np.array(list(paused), np.int64)

    def __call__(self, table: pa.Table) -> Piece:
        keys = pc.unique(table["tenancy"])
        quiet, behind, sums, whole = None, None, {}, keys
        # Refused: an amount that the engine cannot hold. The core can, one household at a time.
        with suppress(Refused):
            packed = pack(table, unique_ids=True).table
            found = answer(ledger(packed), self._question).tenancies
            if self._machine is not None:
                self._machine.take_in(packed)
            quiet = found.filter(pc.equal(found["overdue"], 0))
            loud = found.filter(pc.not_equal(found["overdue"], 0))
            behind, sums = self._behind(packed, loud["tenancy"].combine_chunks()), sums_of(loud)
            known = pa.chunked_array([quiet["tenancy"].combine_chunks(), behind.told()])
            whole = keys.filter(pc.invert(pc.is_in(keys, value_set=known.combine_chunks())))
        rows = table.filter(pc.is_in(table["tenancy"], value_set=whole))
        ids = pc.sum(table["id"]).as_py()
        return Piece(keys.to_pylist(), table.num_rows, ids, quiet, behind, sums, whole.to_pylist(), rows)

    def _behind(self, packed: pa.Table, loud: pa.Array) -> Behind:
        """What the engine reads of the loud; the paused among them are left to the core."""
        on, limits = self._question.on, self._question.limits
        assert limits is not None
        found = look_behind(ledger(packed.filter(pc.is_in(packed["tenancy"], value_set=loud))), on, limits)
        return found._replace(needs_core=found.needs_core | np.isin(found.tenancies, self._paused))


def _delete(model: type[Model], tenancies: Sequence[int]) -> None:
    if tenancies:
        with connection.cursor() as cursor:
            cursor.execute(f'DELETE FROM "{model._meta.db_table}" WHERE {of_tenancies(sorted(tenancies))}')


def _only_another_day(tenancies: Sequence[int], today: date) -> None:
    if tenancies:
        with connection.cursor() as cursor:
            where = of_tenancies(tenancies)
            cursor.execute(f'UPDATE store_standing SET "on" = %s WHERE {where}', [today])


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
