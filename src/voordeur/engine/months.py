"""The time machine: the portfolio as it stood at the end of every month, per group, in one pass over the entries.

As it stood by what is known now: an entry counts from its date. What came to our knowledge later is in it.
"""

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import Lock, local
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from voordeur.core.ageing import STANDARD, Bucket, check_buckets
from voordeur.core.pauses import Pause
from voordeur.engine.columns import DAY, Ledger, is_packed, ledger
from voordeur.engine.day import CENTS, Key, bucket_ends, bucket_name, days_since_epoch, pause_columns
from voordeur.engine.month_pass import BUCKETS, add_months
from voordeur.engine.packing import pack
from voordeur.engine.replay import make_work

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
    """Columns `tenancy` and `group`, in order of tenancy. Tenancies that are not in it are in the group null."""
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
    """Takes in tables of whole tenancies, from several threads at a time; `points` gives the sums at the end.

    Columns: group, on (last day of the month), tenancies (a charge is dated in that month), in_arrears, of which
    former_in_arrears (no charge in that month), overdue, former_overdue and credit in cents, entered, cured and
    relapsed (of those that entered: in arrears within the twelve months before), and the cents overdue per bucket.
    """

    def __init__(self, asked: Portfolio) -> None:
        self._asked = asked
        self._ends = month_ends(asked.last, asked.months + LOOK_BACK)
        self._mine = local()
        self._lock = Lock()
        self._sums: list[Any] = []
        self._names = _names(asked.groups)

    def take_in(self, table: pa.Table, source: str = "") -> int:
        """Add a table of whole tenancies, packed or with ids; how many tenancies. Refused when it is not in order."""
        packed = table if is_packed(table.schema) else pack(table, source=source).table
        batch = ledger(packed, source=source)
        if len(batch.tenancies) == 0:
            return 0
        groups, sums = self._groups_of(batch.tenancies), self._my_sums()
        parts = 2 * batch.longest + 64
        before = sums.copy() if parts < 0 else None
        del before
        while not self._add(batch, groups, parts, sums):
            parts *= 2
        return len(batch.tenancies)

    def _add(self, batch: Ledger, groups: Any, parts: int, sums: Any) -> bool:
        raise NotImplementedError
