"""The compiled pass behind the time machine: every tenancy replayed once, with a look at the end of every month."""

from typing import Any

import numpy as np
from numpy import uint64

from voordeur.engine.columns import is_faulty
from voordeur.engine.compiled import Int, compiled, inlined
from voordeur.engine.day_pass import Pauses, count_days
from voordeur.engine.memory import CHARGE, CHARGES, CREDIT, FIRST, NO_DAY, Rows, Work, begin
from voordeur.engine.replay import advance

# Places in the last dimension of `sums`; the buckets come after these.
RUNNING, IN_ARREARS, FORMER_IN_ARREARS, OVERDUE, FORMER_OVERDUE, CREDITS, ENTERED, CURED, RELAPSED = range(9)
BUCKETS = 9


@compiled
def add_months(
    rows: Rows,
    starts: Any,
    groups: Any,
    last_days: Any,
    ends: Any,
    first_shown: Any,
    look_back: Any,
    at_least: Any,
    bucket_ends: Any,
    pauses: Pauses,
    work: Work,
    sums: Any,
) -> Any:
    """Add every tenancy to `sums[group, month, ...]` for each month from `first_shown`. False when a value cannot be.

    `ends` are the last days of months in a row. A tenancy runs from its first entry up to its last day; when that is
    NO_DAY, in the months in which a charge is dated. It is in arrears with at least `at_least` cents overdue, and
    relapses when it was so within `look_back` months before.
    """
    for tenancy in range(len(starts) - 1):
        start, end = uint64(starts[tenancy]), uint64(starts[tenancy + 1])
        if is_faulty(rows, start, end):
            return False
        begin(work)
        at = start
        last_in_arrears = NO_DAY
        for month in range(len(ends)):
            before = at
            at = advance(rows, work, start, at, end, ends[month], np.int32(0), False)
            overdue = _overdue(rows, work, start, ends[month])
            in_arrears = overdue >= at_least
            if month >= first_shown:
                shown = sums[groups[tenancy], month - first_shown]
                if last_days[tenancy] == NO_DAY:
                    runs = _charged(rows, before, at, ends[month - 1] if month > 0 else NO_DAY)
                else:
                    runs = at > start and ends[month] <= last_days[tenancy]
                _look(rows, work, start, tenancy, ends[month], bucket_ends, pauses, shown)
                shown[RUNNING] += runs
                shown[OVERDUE] += overdue
                shown[CREDITS] += work.at[CREDIT]
                shown[IN_ARREARS] += in_arrears
                if not runs:
                    shown[FORMER_IN_ARREARS] += in_arrears
                    shown[FORMER_OVERDUE] += overdue
                if month > 0:
                    was = last_in_arrears == month - 1
                    shown[ENTERED] += in_arrears and not was
                    shown[CURED] += was and not in_arrears
                    shown[RELAPSED] += in_arrears and not was and last_in_arrears >= month - look_back
            if in_arrears:
                last_in_arrears = month
    return True


@inlined
def _overdue(rows: Rows, work: Work, start: Any, day: Any) -> Any:
    overdue = np.int64(0)
    for place in range(work.at[FIRST], work.at[CHARGES]):
        charge = uint64(work.row[uint64(place)].order)
        left = work.row[charge].left
        if left > 0 and rows.due[start + charge] < day:
            overdue += left
    return overdue


@inlined
def _look(
    rows: Rows, work: Work, start: Any, tenancy: Int, day: Any, ends: Any, pauses: Pauses, shown: Any
) -> None:
    for place in range(work.at[FIRST], work.at[CHARGES]):
        charge = uint64(work.row[uint64(place)].order)
        left = work.row[charge].left
        if left > 0:
            days = count_days(rows.due[start + charge], day, pauses, tenancy)
            if days > 0:
                bucket = 0
                while days > ends[bucket]:
                    bucket += 1
                shown[BUCKETS + bucket] += left


@inlined
def _charged(rows: Rows, before: Any, at: Any, since: Any) -> Int:
    """True when a charge between these rows is dated after `since`."""
    i = at
    while i > before and rows.date[i - uint64(1)] > since:
        i -= uint64(1)
        if rows.kind[i] == CHARGE:
            return True
    return False
