"""The time machine: the portfolio as it stood at the end of every month, per group, in one pass over the entries.

As it stood by what is known now: an entry counts from its date. What came to our knowledge later is in it.
"""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Lock, local
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from voordeur.core.ageing import STANDARD, Bucket, check_buckets
from voordeur.core.pauses import Pause
from voordeur.engine.columns import DAY, NEEDED, is_packed, ledger, refuse_faults
from voordeur.engine.compiled import frozen
from voordeur.engine.day import CENTS, ENDLESS, Key, bucket_ends, bucket_name, days_since_epoch, pause_columns
from voordeur.engine.memory import NO_DAY, make_work
from voordeur.engine.month_pass import BUCKETS, add_months
from voordeur.engine.packing import pack
from voordeur.engine.sources import over_parquet

LOOK_BACK = 12
"""Months: arrears that come back within so many months after the last are a relapse."""
COUNTED = (
    "tenancies",
    "in_arrears",
    "former_in_arrears",
    "overdue",
    "former_overdue",
    "credit",
    "entered",
    "cured",
    "relapsed",
)
"""The columns, in the order of `month_pass.py`."""


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What is asked of a portfolio."""

    last: date
    """A day in the last month."""
    months: int = 120
    groups: pa.Table | None = None
    """Columns `tenancy`, `group` and perhaps `ended` (the last day, or null), in order of tenancy.

    Tenancies that are not in it are in the group null. A tenancy runs from its first entry until it ended; without the
    column `ended`, in the months in which a charge is dated.
    """
    at_least: int = 1
    """Cents overdue from which a tenancy is in arrears."""
    buckets: tuple[Bucket, ...] = STANDARD
    pauses: Mapping[Key, Sequence[Pause]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check_buckets(self.buckets)


def month_ends(last: date, count: int) -> list[date]:
    """The last days of `count` months in a row, up to and including the month of `last`."""
    found = []
    for back in range(count - 1, -1, -1):
        year, month = divmod(last.year * 12 + last.month - 1 - back, 12)
        found.append(date(year, month + 1, monthrange(year, month + 1)[1]))
    return found


class TimeMachine:
    """Takes in tables of whole tenancies, from several threads at a time; `points` gives the sums at the end."""

    def __init__(self, asked: Portfolio) -> None:
        self._asked = asked
        self._ends = month_ends(asked.last, asked.months + LOOK_BACK)
        self._names = _group_names(asked.groups)
        self._mine = local()
        self._lock = Lock()
        self._sums: list[Any] = []

    def take_in(self, table: pa.Table, source: str = "") -> int:
        """Add a table of whole tenancies, packed or with ids; how many tenancies. Refused when it is not in order."""
        packed = table if is_packed(table.schema.names) else pack(table, source=source).table
        batch = ledger(packed, source=source)
        if len(batch.tenancies):
            groups, last_days = self._contracts(batch.tenancies)
            right = add_months(
                batch.rows,
                batch.starts,
                frozen(groups, np.int32),
                frozen(last_days, np.int32),
                np.array([days_since_epoch(end) for end in self._ends], np.int32),
                LOOK_BACK,
                LOOK_BACK,
                self._asked.at_least,
                bucket_ends(self._asked.buckets),
                pause_columns(self._asked.pauses, batch.tenancies),
                make_work(batch.longest),
                self._my_sums(),
            )
            if not right:
                refuse_faults(batch)
        return len(batch.tenancies)

    def points(self) -> pa.Table:
        """One row per group and month, in that order; groups without any tenancy are there with zeros.

        Columns: group, on (the last day of the month), tenancies (that run), in_arrears, of them former_in_arrears
        (that run no longer), overdue, former_overdue and credit in cents, entered, cured, relapsed (of those that
        entered: in arrears within the twelve months before), and cents overdue per bucket.
        """
        shape = (len(self._names), self._asked.months, BUCKETS + len(self._asked.buckets))
        sums = sum(self._sums, np.zeros(shape, np.int64)).reshape(-1, shape[-1])
        days = self._ends[LOOK_BACK:]
        names = [*COUNTED, *(bucket_name(bucket) for bucket in self._asked.buckets)]
        columns: dict[str, pa.Array] = {
            "group": self._names.take(pa.array(np.repeat(np.arange(shape[0]), shape[1]))),
            "on": pa.array(days * shape[0], DAY),
        }
        columns |= {name: pa.array(sums[:, at].copy(), CENTS) for at, name in enumerate(names)}
        return pa.table(columns)

    def _my_sums(self) -> Any:
        """Sums of this thread alone."""
        if not hasattr(self._mine, "sums"):
            shape = (len(self._names), self._asked.months, BUCKETS + len(self._asked.buckets))
            self._mine.sums = np.zeros(shape, np.int64)
            with self._lock:
                self._sums.append(self._mine.sums)
        return self._mine.sums

    def _contracts(self, keys: pa.Array) -> tuple[Any, Any]:
        """Of each of these tenancies, which stand in order: the number of its group, the last of which is no group;
        and its last day: NO_DAY when nothing is known of ends, endless when it runs."""
        groups, unknown = self._asked.groups, len(self._names) - 1
        if groups is None or not groups.num_rows:
            return np.full(len(keys), unknown, np.int32), np.full(len(keys), NO_DAY, np.int32)
        first = bisect_left(groups["tenancy"], keys[0].as_py(), key=_value)
        last = bisect_right(groups["tenancy"], keys[-1].as_py(), key=_value)
        near = groups.slice(first, last - first).combine_chunks()
        at = pc.index_in(keys, value_set=near["tenancy"].cast(keys.type))
        numbers = pc.fill_null(pc.index_in(near["group"], value_set=self._names), unknown)
        number = pc.fill_null(numbers.take(at), unknown).combine_chunks().cast(pa.int32())
        if "ended" not in groups.schema.names:
            return number.to_numpy(zero_copy_only=False), np.full(len(keys), NO_DAY, np.int32)
        ended = pc.fill_null(near["ended"].take(at).cast(pa.int32()), ENDLESS).combine_chunks()
        return number.to_numpy(zero_copy_only=False), ended.to_numpy(zero_copy_only=False)


def _value(scalar: pa.Scalar) -> Any:
    return scalar.as_py()


def _group_names(groups: pa.Table | None) -> pa.Array:
    """The groups in order, and null for tenancies without one."""
    if groups is None:
        return pa.nulls(1, pa.string())
    names = pc.unique(groups["group"]).drop_null()
    return pa.concat_arrays([names.take(pc.sort_indices(names)), pa.nulls(1, names.type)])


def portfolio_from_parquet(path: str | Path, asked: Portfolio) -> pa.Table:
    """The portfolio month by month of a ledger in Parquet; see `TimeMachine.points`. Refused as `over_parquet` is."""
    machine = TimeMachine(asked)
    for _ in over_parquet(path, machine.take_in, ["tenancy", *NEEDED, "component"]):
        pass
    return machine.points()
