"""A made-up social rental sector as one packed ledger: rents, payments, designations and reversals. Nobody is real.

Each tenancy is simulated month by month: most pay in time, some late, a few fall behind, pay in parts, or pay the new
month while an old one stays open, and say so. About 5 % of the payments name their charge, 1 % are reversed.

The oldest-due-first answer can also be worked out with sums alone (which SQL can do), because a payment only names a
charge that nothing has been paid of yet, and no other money comes in between a payment and its reversal.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numba
import numpy as np
import pyarrow as pa

from voordeur.engine.columns import schema
from voordeur.engine.sources import ROW_GROUP, write_packed

LAST_MONTH = 2025 * 12 + 11
"""December 2025."""
ON = date(2025, 12, 20)
"""The day that is asked about."""
_COLUMNS = 6


def make_sector(path: Path, tenancies: int, months: int, seed: int = 1) -> int:
    """Write the ledger; the number of entries."""
    shape = schema(pa.int32(), component=False, known=False)
    part = path.with_suffix(".part")
    entries = write_packed(part, _tables(tenancies, months, seed, shape), shape)
    part.rename(path)
    return entries


def _tables(tenancies: int, months: int, seed: int, shape: pa.Schema) -> Iterator[pa.Table]:
    due = month_starts(months)
    random = np.random.Generator(np.random.PCG64(seed))
    at_once = max(1, ROW_GROUP // (2 * months))
    for first in range(0, tenancies, at_once):
        count = min(at_once, tenancies - first)
        dice = random.random((count, months, 6), dtype=np.float32)
        room = np.empty((count * (3 * months + 2), _COLUMNS), np.int32)
        used = _live(first, dice, due, room)
        yield _table(room[:used], shape)


def month_starts(months: int) -> Any:
    """First days of the months up to LAST_MONTH, as days since 1970."""
    numbers = range(LAST_MONTH - months + 1, LAST_MONTH + 1)
    return np.array([(date(n // 12, n % 12 + 1, 1) - date(1970, 1, 1)).days for n in numbers], np.int32)


def _table(rows: Any, shape: pa.Schema) -> pa.Table:
    columns = [pa.array(np.ascontiguousarray(rows[:, at])).view(field.type) for at, field in enumerate(shape)]
    return pa.table(columns, schema=shape)


@numba.njit(cache=True)
def _live(first: int, dice: Any, due: Any, rows: Any) -> int:
    """Simulate tenancies and write their entries: tenancy, date, due, kind, amount, refers."""
    count, months = dice.shape[0], dice.shape[1]
    used = 0
    left = np.empty(months, np.int64)
    charge_at = np.empty(months, np.int64)
    for number in range(count):
        rent = 30000 + int(dice[number, 0, 5] * 70000)
        nature = dice[number, 0, 4]  # how this household pays
        habit = 3 if nature < 0.7 else int(dice[number, 1 % months, 5] * 20)
        behind = nature > 0.93
        credit, oldest = 0, 0
        day = due[0]
        for month in range(months):
            chance, how, when, named, back, _ = dice[number, month]
            day = due[month]
            if month > 0 and month % 12 == 6:
                rent += rent // 25
            charge_at[month] = used
            used = _write(rows, used, first + number, day, day, 1, rent, 0)
            left[month] = rent
            take = min(credit, rent)
            left[month] -= take
            credit -= take
            if behind and chance < 0.15:
                continue  # nothing comes in this month
            amount = rent
            if behind and how < 0.2:
                amount = rent // 2
            elif behind and how > 0.5:
                amount = rent + rent // 3
            elif nature < 0.02 and how > 0.97:
                amount = 3 * rent  # in advance
            if credit > 0 or (left[month] == 0 and nature < 0.05):
                continue
            paid_on = day + min(habit + int(when * 4), 27)
            designated = left[month] == rent and amount == rent and named < (0.05 if nature < 0.9 else 0.1)
            target = charge_at[month] - used if designated else 0
            used = _write(rows, used, first + number, paid_on, paid_on, 2, amount, target)
            if back < 0.01 and paid_on + 3 < day + 28:
                used = _write(rows, used, first + number, paid_on + 2, paid_on + 2, 3, amount, -1)
                if how < 0.1:
                    continue
                used = _write(rows, used, first + number, paid_on + 3, paid_on + 3, 2, amount, 0)
                designated = False
            if designated:
                left[month] = 0
                continue
            while amount > 0 and oldest <= month:
                take = min(amount, left[oldest])
                left[oldest] -= take
                amount -= take
                if left[oldest] == 0:
                    oldest += 1
            credit += amount
    return used


@numba.njit(cache=True, inline="always")
def _write(rows: Any, at: int, tenancy: int, day: int, due: int, kind: int, amount: int, refers: int) -> int:
    rows[at, 0] = tenancy
    rows[at, 1] = day
    rows[at, 2] = due
    rows[at, 3] = kind
    rows[at, 4] = amount
    rows[at, 5] = refers
    return at + 1
