"""The compiled pass that answers how every tenancy of a batch stands on one day, and when each charge was paid.

`core/ledger.Position`, `core/ageing.ageing` and `core/pauses.days_counted` say what the figures mean.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy import uint64

from voordeur.engine.columns import is_faulty
from voordeur.engine.compiled import Int, compiled, inlined, step
from voordeur.engine.memory import (
    CHARGES,
    CREDIT,
    FIRST,
    NO_CHARGE,
    NO_DAY,
    PAYMENT,
    REPAIR,
    REVERSAL,
    SETTLED,
    WRITE_OFF,
    WRITTEN_OFF,
    Rows,
    Work,
    begin,
    owes,
)
from voordeur.engine.paid_on import repair_paid
from voordeur.engine.pattern_pass import Learning, Patterns, learn
from voordeur.engine.replay import advance
from voordeur.engine.settled import pass_settled


class Pauses(NamedTuple):
    """Normalised pauses: those of tenancy t are `start[at[t]:at[t + 1]]`. `at` is empty when there are none at all."""

    at: Any
    start: Any
    end: Any


class Standings(NamedTuple):
    """One value per tenancy; cents are 64 bits, days 32."""

    balance: Any
    overdue: Any
    not_overdue: Any
    credit: Any
    open_charges: Any
    oldest_unpaid_due: Any
    days_overdue: Any
    days_counted: Any
    last_payment_on: Any
    last_payment: Any
    buckets: Any
    """Cents per bucket: [bucket, tenancy]."""


class Entries(NamedTuple):
    """One value per row of the batch; 32 bits."""

    outstanding: Any
    """Cents open of a charge; NO_CHARGE for other rows."""
    paid_on: Any
    """Charges: NO_DAY while a part is open, or when a part was written off. NO_DAY for other rows."""
    reversal: Any
    owed: Any
    """List: rows of reversals that are owed, and the cents that are; of other charges it is their amount."""


FAULTY = -1
"""What the pass returns when it stopped at a value that cannot be."""


@compiled
def stand_on_day(
    rows: Rows,
    starts: Any,
    day: Any,
    known: Any,
    limited: Any,
    bucket_ends: Any,
    pauses: Pauses,
    per_charge: Any,
    with_pattern: Any,
    work: Work,
    learning: Learning,
    found: Standings,
    patterns: Patterns,
    entries: Entries,
) -> Any:
    """Fill `found` for each tenancy, and `patterns` and `entries` when asked; how many reversals are owed.

    Tenancy t is rows `starts[t]` up to `starts[t + 1]`. FAULTY when something in them cannot be.
    """
    owed = np.int64(0)
    quick = not limited and not per_charge and not with_pattern
    for tenancy in range(len(starts) - 1):
        start, end = uint64(starts[tenancy]), uint64(starts[tenancy + 1])
        if is_faulty(rows, start, end):
            return np.int64(FAULTY)
        stop = end
        while not limited and stop > start and rows.date[stop - uint64(1)] > day:
            stop -= uint64(1)
        if quick and _is_settled(rows, start, stop) and _fill_settled(rows, start, stop, tenancy, found):
            continue
        at = start
        if not limited and not with_pattern:
            at = pass_settled(rows, start, stop, entries)
            if at == stop and _fill_settled(rows, start, stop, tenancy, found):
                if per_charge:
                    _leave_out(stop, end, entries)
                continue
        begin(work)
        work.at[SETTLED] = np.int64(at - start)
        stopped = advance(rows, work, start, at, stop, day, known, limited)
        _sum_up(rows, work, np.int64(start), tenancy, day, bucket_ends, pauses, found)
        _last_payment(rows, work, np.int64(start), np.int64(stopped), tenancy, found)
        if with_pattern:
            learn(rows, work, np.int64(start), np.int64(stopped - start), tenancy, day, learning, patterns)
        if per_charge:
            if work.at[REPAIR] or work.at[WRITTEN_OFF]:
                repair_paid(rows, work, np.int64(start), np.int64(stopped - start))
            owed = _copy_out(rows, work, start, stopped, end, entries, owed)
    return owed


@inlined
def _is_settled(rows: Rows, start: Any, end: Any) -> Int:
    """True when the sums alone tell that nothing is open and no credit is left: most tenancies on most days.

    Unless credit waits for a charge to come, there is never credit left beside something open, so a balance of zero
    means that there is neither. Only an entry that names a later one, or one that is not there, can wait.
    """
    balance, forward, length = np.int64(0), np.int32(0), np.int32(end - start)
    for i in range(start, end):
        amount, kind, refers = np.int64(rows.amount[i]), rows.kind[i], rows.refers[i]
        balance += -amount if (kind == PAYMENT) | (kind == WRITE_OFF) else amount
        forward |= np.int32((refers > 0) | (refers < -length))
    return balance == 0 and forward == 0


@inlined
def _fill_settled(rows: Rows, start: Any, end: Any, tenancy: Int, found: Standings) -> Int:
    """Nothing is open. False when it must be replayed to know the last payment, because a reversal came after it."""
    at = end
    while at > start and rows.kind[at - uint64(1)] != PAYMENT:
        at -= uint64(1)
        if rows.kind[at] == REVERSAL:
            return False
    found.last_payment_on[tenancy] = rows.date[at - uint64(1)] if at > start else NO_DAY
    found.last_payment[tenancy] = rows.amount[at - uint64(1)] if at > start else 0
    found.balance[tenancy] = 0
    found.overdue[tenancy] = 0
    found.not_overdue[tenancy] = 0
    found.credit[tenancy] = 0
    found.open_charges[tenancy] = 0
    found.oldest_unpaid_due[tenancy] = NO_DAY
    found.days_overdue[tenancy] = 0
    found.days_counted[tenancy] = 0
    for bucket in range(len(found.buckets)):
        found.buckets[bucket, tenancy] = 0
    return True


@inlined
def _sum_up(
    rows: Rows, work: Work, start: Int, tenancy: Int, day: Any, ends: Any, pauses: Pauses, found: Standings
) -> None:
    owed, overdue, not_overdue, count = np.int64(0), np.int64(0), np.int64(0), np.int64(0)
    oldest = np.int32(day)
    for bucket in range(len(ends)):
        found.buckets[bucket, tenancy] = 0
    for at in range(work.at[FIRST], work.at[CHARGES]):
        charge = np.int64(work.row[at].order)
        left = work.row[charge].left
        if left <= 0:
            continue
        due = rows.due[start + charge]
        owed += left
        count += 1
        if due < day:
            overdue += left
            oldest = min(oldest, due)
        days = count_days(due, day, pauses, tenancy)
        if days == 0:
            not_overdue += left
        else:
            bucket = 0
            while days > ends[bucket]:
                bucket += 1
            found.buckets[bucket, tenancy] += left
    found.balance[tenancy] = owed - work.at[CREDIT]
    found.overdue[tenancy] = overdue
    found.not_overdue[tenancy] = not_overdue
    found.credit[tenancy] = work.at[CREDIT]
    found.open_charges[tenancy] = count
    found.oldest_unpaid_due[tenancy] = oldest if oldest < day else NO_DAY
    found.days_overdue[tenancy] = day - oldest
    found.days_counted[tenancy] = count_days(oldest, day, pauses, tenancy)


@inlined
def count_days(due: Any, day: Any, pauses: Pauses, tenancy: Int) -> Any:
    """`core/pauses.days_counted`: calendar days from due to day less paused days; 0 when not overdue."""
    if day <= due:
        return np.int64(0)
    days = np.int64(day) - due
    if len(pauses.at) > 0:
        days -= _paused(due, day, pauses, tenancy)
    return days


@step
def _paused(due: Any, day: Any, pauses: Pauses, tenancy: Int) -> Any:
    days = np.int64(0)
    for at in range(pauses.at[tenancy], pauses.at[tenancy + 1]):
        days += max(0, min(pauses.end[at], day) - max(pauses.start[at], due))
    return days


@inlined
def _last_payment(rows: Rows, work: Work, start: Int, stopped: Int, tenancy: Int, found: Standings) -> None:
    """The newest payment that was not undone."""
    i = stopped - 1
    settled = start + work.at[SETTLED]
    while i >= start and (rows.kind[i] != PAYMENT or (i >= settled and work.row[i - start].left < 0)):
        i -= 1
    found.last_payment_on[tenancy] = rows.date[i] if i >= start else NO_DAY
    found.last_payment[tenancy] = rows.amount[i] if i >= start else 0


@inlined
def _copy_out(rows: Rows, work: Work, start: Any, stopped: Any, end: Any, entries: Entries, owed: Int) -> Int:
    """Write how the rows stand that were replayed. How many reversals are owed by now."""
    for i in range(start + uint64(work.at[SETTLED]), stopped):
        left, amount, paid_on = work.row[i - start].left, abs(rows.amount[i]), work.row[i - start].paid
        if left < 0 or not owes(rows.kind[i], rows.amount[i]):
            entries.outstanding[i] = NO_CHARGE
            entries.paid_on[i] = NO_DAY
            continue
        if rows.kind[i] == REVERSAL:
            amount = work.rare[i - start].size
            entries.reversal[owed] = i
            entries.owed[owed] = amount
            owed += 1
        entries.outstanding[i] = left
        entries.paid_on[i] = paid_on if left == 0 and amount > 0 else NO_DAY
    _leave_out(stopped, end, entries)
    return owed


@inlined
def _leave_out(first: Any, end: Any, entries: Entries) -> None:
    """Rows that do not count yet are no charges."""
    for i in range(first, end):
        entries.outstanding[i] = NO_CHARGE
        entries.paid_on[i] = NO_DAY
