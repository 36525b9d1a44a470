"""`core/ledger.Replay`, compiled: entries of one tenancy go in, what is open and who paid it comes out.

The rules are those of `core/ledger.py` and are explained there; the names of the steps are the same. Here an entry is a
row number within its tenancy, counted from 0. `rows` are the columns of a batch, `work` is what the replay remembers
(see `memory.py`), `start` is the row of the batch with which the tenancy begins.

Nearly every entry is a charge that comes after all others, or a payment that fits in the oldest open charge.
`_take_in_easy` does those two, in a few nanoseconds; everything else goes through `take_in`.
"""

from typing import Any

import numpy as np
from numpy import uint64

from voordeur.engine.compiled import Int, inlined, step
from voordeur.engine.memory import (
    CHARGE,
    CHARGES,
    CLAIMS,
    COSTS,
    CREDIT,
    EARLY,
    FIRST,
    FREE,
    GONE,
    INTEREST,
    LAST_DUE,
    NO_PART,
    PARTS,
    PAYMENT,
    REPAIR,
    REVERSAL,
    SETTLED,
    UNKNOWN,
    WAITING,
    WHOLE,
    WRITE_OFF,
    WRITTEN_OFF,
    Rows,
    Work,
    begin,
    owes,
)


@inlined
def advance(rows: Rows, work: Work, start: Any, at: Any, end: Any, day: Any, known: Any, limited: Any) -> Any:
    """Take in the rows from `at` up to the first after `day` (or `end`); the row where it stopped.

    With `limited` only what was known by `known`. All are rows of the batch, as uint64. When an entry names one before
    `work.at[SETTLED]` the tenancy is replayed again, from `start`.
    """
    i = at
    while True:
        i = _take_in_easy(rows, work, start, i, end, day, known, limited)
        if i >= end or rows.date[i] > day:
            return i
        row = np.int64(i - start)
        if limited and rows.known[i] > known:
            work.row[i - start].left = UNKNOWN
        elif rows.refers[i] < 0 and 0 <= row + rows.refers[i] < work.at[SETTLED]:
            begin(work)
            i = start
            continue
        else:
            take_in(rows, work, np.int64(start), np.int64(i - start))
        i += uint64(1)


@inlined
def _take_in_easy(
    rows: Rows, work: Work, start: Any, at: Any, end: Any, day: Any, known: Any, limited: Any
) -> Any:
    """Charges that come after all others and payments that fit in the oldest open charge, as long as they come."""
    first, charges, last_due = uint64(work.at[FIRST]), uint64(work.at[CHARGES]), np.int32(work.at[LAST_DUE])
    calm = work.at[FREE] == 0 and work.at[WAITING] == 0 and work.at[CLAIMS] == 0
    early = work.at[EARLY] != 0 or work.at[WAITING] != 0
    i = at
    while i < end and rows.date[i] <= day:
        if limited and rows.known[i] > known:
            break
        row, kind, amount, refers = i - start, rows.kind[i], rows.amount[i], rows.refers[i]
        if kind == CHARGE:
            due = rows.due[i]
            if refers != 0 or due < last_due or not calm:
                break
            work.row[charges].order = np.uint32(row)
            last_due = due
            charges += uint64(1)
            work.row[row].left = amount
        elif kind == PAYMENT:
            if first >= charges or early:
                break
            oldest = uint64(work.row[first].order)
            if refers != 0 and np.int64(row) + refers != np.int64(oldest):
                break
            owed = work.row[oldest].left
            if amount > owed:
                if refers != 0:
                    break
                first = _spread(rows, work, i, row, first, charges)
                calm = calm and work.at[FREE] == 0
            elif amount == 0:
                break
            else:
                work.row[oldest].left = owed - amount
                work.row[oldest].paid = rows.date[i]
                work.row[row].left = 0
                work.row[row].last = WHOLE - np.int32(oldest)
                first += uint64(amount == owed)
        else:
            break
        i += uint64(1)
    work.at[FIRST], work.at[CHARGES] = np.int64(first), np.int64(charges)
    work.at[LAST_DUE] = np.int64(last_due)
    return i


@inlined
def _spread(rows: Rows, work: Work, i: Any, row: Any, first: Any, charges: Any) -> Any:
    """Lay out a payment that is more than the oldest open charge; the place of the first charge still open."""
    money = rows.amount[i]
    work.row[row].last = NO_PART
    while money > 0 and first < charges:
        oldest = uint64(work.row[first].order)
        part = min(money, work.row[oldest].left)
        if part > 0:
            money -= part
            work.row[oldest].left -= part
            work.row[oldest].paid = rows.date[i]
            _add_part(work, oldest, row, part)
        first += uint64(work.row[oldest].left <= 0)
    work.row[row].left = money
    if money > 0:
        work.rare[0].free = row  # while a charge was open no other credit was free
        work.at[FREE] = 1
        work.at[CREDIT] += money
    return first


@step
def take_in(rows: Rows, work: Work, start: Int, row: Int) -> None:
    """`Replay.add`: one entry of any kind."""
    kind, amount = rows.kind[start + row], rows.amount[start + row]
    if kind == REVERSAL:
        _reverse(rows, work, start, row)
    elif owes(kind, amount):
        _charge(rows, work, start, row, amount)
    else:
        _pay(rows, work, start, row)
    if work.at[WAITING]:
        _end_waiting(rows, work, start, row)
    _settle(rows, work, start)
    while work.at[FIRST] < work.at[CHARGES] and work.row[work.row[work.at[FIRST]].order].left <= 0:
        work.at[FIRST] += 1


@step
def _charge(rows: Rows, work: Work, start: Int, row: Int, amount: Int) -> None:
    kind, refers = rows.kind[start + row], rows.refers[start + row]
    work.row[row].left = amount
    if kind == REVERSAL:
        work.rare[row].size = amount
    head = row
    if kind != REVERSAL and refers != 0:
        named = row + refers
        if _is_charge(rows, work, start, row, named):
            if not work.at[CLAIMS]:
                for before in range(row):
                    work.rare[before].head = before
                work.at[CLAIMS] = 1
            head = work.rare[named].head
    if work.at[CLAIMS]:
        work.rare[row].head = head
    _place(rows, work, start, row)


@step
def _is_charge(rows: Rows, work: Work, start: Int, row: Int, named: Int) -> Int:
    """True when `named` is something owed that was taken in before `row`."""
    if not 0 <= named < row or work.row[named].left < 0:
        return False
    return owes(rows.kind[start + named], rows.amount[start + named])


@step
def _is_credit(rows: Rows, work: Work, start: Int, row: Int, named: Int) -> Int:
    """True when `named` is money that was taken in before `row`."""
    if not 0 <= named < row or work.row[named].left < 0:
        return False
    return not owes(rows.kind[start + named], rows.amount[start + named])


@step
def _place(rows: Rows, work: Work, start: Int, row: Int) -> None:
    """Put a charge where it belongs in the order of payment."""
    at = work.at[CHARGES]
    while at > 0 and _goes_before(rows, work, start, row, work.row[at - 1].order):
        work.row[at].order = work.row[at - 1].order
        at -= 1
    work.row[at].order = row
    work.at[FIRST] = min(work.at[FIRST], at)
    work.at[CHARGES] += 1
    last = work.row[work.at[CHARGES] - 1].order
    if work.at[CLAIMS]:
        last = work.rare[last].head
    work.at[LAST_DUE] = rows.due[start + last]


@step
def _goes_before(rows: Rows, work: Work, start: Int, one: Int, other: Int) -> Int:
    """`Rank`: the claim that is due first; in it costs, interest, principal; of those the one that is due first."""
    if work.at[CLAIMS]:
        head, other_head = work.rare[one].head, work.rare[other].head
        if head != other_head:
            due, other_due = rows.due[start + head], rows.due[start + other_head]
            return due < other_due or (due == other_due and head < other_head)
        part, other_part = _part(rows, work, start, one), _part(rows, work, start, other)
        if part != other_part:
            return part < other_part
    due, other_due = rows.due[start + one], rows.due[start + other]
    return due < other_due or (due == other_due and one < other)


@step
def _part(rows: Rows, work: Work, start: Int, row: Int) -> Int:
    """The part of its claim that a charge is: 0 costs, 1 interest, 2 principal or a charge by itself (BW 6:44)."""
    if work.rare[row].head == row or len(rows.component) == 0:
        return 2
    component = rows.component[start + row]
    return 0 if component == COSTS else 1 if component == INTEREST else 2


@step
def _pay(rows: Rows, work: Work, start: Int, row: Int) -> None:
    amount, refers = abs(rows.amount[start + row]), rows.refers[start + row]
    work.row[row].left = amount
    work.row[row].last = NO_PART
    work.at[CREDIT] += amount
    if rows.kind[start + row] == WRITE_OFF:
        work.at[WRITTEN_OFF] = 1
    if work.at[EARLY]:
        _meet(rows, work, start, row)
        if amount > 0 and work.row[row].left == 0:
            work.row[row].left = GONE
            return
    if refers != 0:
        named = row + refers
        if named > row:
            work.rare[row].waits = named
            work.rare[work.at[WAITING]].waiting = row
            work.at[WAITING] += 1
            return
        if named < 0 or work.row[named].left == UNKNOWN:
            return  # it waits for something that never comes
        _lay_out_as_named(rows, work, start, row, row, named)
    if work.row[row].left > 0:
        _make_free(work, row)


@step
def _make_free(work: Work, credit: Int) -> None:
    """Put a credit among those with free money, oldest first."""
    at = work.at[FREE]
    while at > 0 and work.rare[at - 1].free > credit:
        work.rare[at].free = work.rare[at - 1].free
        at -= 1
    work.rare[at].free = credit
    work.at[FREE] += 1


@step
def _end_waiting(rows: Rows, work: Work, start: Int, row: Int) -> None:
    """The entry that money waited for has come; if it is no charge the money is free all the same."""
    kept = 0
    for at in range(work.at[WAITING]):
        credit = work.rare[at].waiting
        if work.rare[credit].waits != row:
            work.rare[kept].waiting = credit
            kept += 1
            continue
        _lay_out_as_named(rows, work, start, row + 1, credit, row)
        if work.row[credit].left > 0:
            _make_free(work, credit)
    work.at[WAITING] = kept


@step
def _settle(rows: Rows, work: Work, start: Int) -> None:
    """Lay free credit on open charges: oldest money on the oldest due charge."""
    used, first = 0, work.at[FIRST]
    while used < work.at[FREE] and first < work.at[CHARGES]:
        charge, credit = work.row[first].order, work.rare[used].free
        if work.row[charge].left <= 0:
            first += 1
            continue
        _lay_out(rows, work, start, credit, charge)
        if work.row[credit].left == 0:
            used += 1
    work.at[FIRST] = first
    if used:
        work.at[FREE] -= used
        for at in range(work.at[FREE]):
            work.rare[at].free = work.rare[at + used].free


@step
def _lay_out_as_named(rows: Rows, work: Work, start: Int, taken: Int, credit: Int, named: Int) -> None:
    """Lay credit on the open charges of the claim that the payer named, in the order of BW 6:44."""
    if work.row[credit].left <= 0 or not _is_charge(rows, work, start, taken, named):
        return  # nothing to lay out, or the payer named something that is no charge
    if not work.at[CLAIMS]:
        if work.row[named].left > 0:
            _lay_out(rows, work, start, credit, named)
        return
    head = work.rare[named].head
    for at in range(work.at[FIRST], work.at[CHARGES]):
        charge = work.row[at].order
        if work.rare[charge].head == head and work.row[charge].left > 0:
            _lay_out(rows, work, start, credit, charge)
            if work.row[credit].left == 0:
                return


@step
def _lay_out(rows: Rows, work: Work, start: Int, credit: Int, charge: Int) -> None:
    owed, day = work.row[charge].left, rows.date[start + credit]
    part = min(work.row[credit].left, owed)
    if owed == _owed_in_all(rows, work, start, charge) or day >= work.row[charge].paid:
        work.row[charge].paid = day
    else:
        work.at[REPAIR] = 1  # older money: `paid` may still speak of money that was taken back
    work.row[charge].left = owed - part
    work.row[credit].left -= part
    work.at[CREDIT] -= part
    _add_part(work, charge, credit, part)


@step
def _owed_in_all(rows: Rows, work: Work, start: Int, charge: Int) -> Int:
    if rows.kind[start + charge] == REVERSAL:
        return work.rare[charge].size
    return abs(rows.amount[start + charge])


@step
def _add_part(work: Work, charge: Int, credit: Int, amount: Int) -> None:
    if work.at[PARTS] == len(work.part):
        _close_up(work)
    part = work.at[PARTS]
    work.part[part].charge = charge
    work.part[part].credit = credit
    work.part[part].amount = amount
    work.part[part].before = work.row[credit].last
    work.row[credit].last = part
    work.at[PARTS] += 1


@step
def _close_up(work: Work) -> None:
    """Make room: parts that were taken back go. An entry leaves at most two parts more than there were."""
    kept = 0
    for at in range(work.at[PARTS]):
        if work.part[at].amount == 0:
            continue
        credit, before = work.part[at].credit, work.part[at].before
        work.part[at].moved = kept
        work.part[kept].charge = work.part[at].charge
        work.part[kept].credit = credit
        work.part[kept].amount = work.part[at].amount
        work.part[kept].before = NO_PART if before == NO_PART else work.part[before].moved
        if work.row[credit].last == at:
            work.row[credit].last = kept
        kept += 1
    work.at[PARTS] = kept


@step
def _reverse(rows: Rows, work: Work, start: Int, row: Int) -> None:
    """Undo a payment. What is larger than the payment, or undoes unknown money, is owed from its day."""
    amount, refers = rows.amount[start + row], rows.refers[start + row]
    named = row + refers
    if refers != 0 and _is_credit(rows, work, start, row, named):
        more = amount - _undo(rows, work, start, named, amount)
        work.row[row].left = GONE
        if more > 0:
            _charge(rows, work, start, row, more)
        return
    _charge(rows, work, start, row, amount)
    if refers != 0 and named > row:
        work.rare[work.at[EARLY]].early_payment = named
        work.rare[work.at[EARLY]].early_charge = row
        work.at[EARLY] += 1


@step
def _undo(rows: Rows, work: Work, start: Int, credit: Int, amount: Int) -> Int:
    """Take back up to `amount` of a payment: the unused part, then last covered first. Cents undone."""
    undone = min(amount, work.row[credit].left)
    work.row[credit].left -= undone
    work.at[CREDIT] -= undone
    if undone > 0 and work.row[credit].left == 0:
        _no_longer_free(work, credit)
    if undone < amount and work.row[credit].last <= WHOLE:
        charge = WHOLE - work.row[credit].last
        whole = abs(rows.amount[start + credit])
        part = min(amount - undone, whole)
        undone += part
        _reopen(work, charge, part)
        work.row[credit].last = NO_PART
        if part < whole:
            _add_part(work, charge, credit, whole - part)
    while undone < amount and work.row[credit].last != NO_PART:
        newest = work.row[credit].last
        part = min(amount - undone, work.part[newest].amount)
        undone += part
        _reopen(work, work.part[newest].charge, part)
        work.part[newest].amount -= part
        if work.part[newest].amount == 0:
            work.row[credit].last = work.part[newest].before
            if newest == work.at[PARTS] - 1:
                work.at[PARTS] = newest
    if work.row[credit].left == 0 and work.row[credit].last == NO_PART:
        work.row[credit].left = GONE
    return undone


@step
def _no_longer_free(work: Work, credit: Int) -> None:
    kept = 0
    for at in range(work.at[FREE]):
        if work.rare[at].free != credit:
            work.rare[kept].free = work.rare[at].free
            kept += 1
    work.at[FREE] = kept


@step
def _reopen(work: Work, charge: Int, amount: Int) -> None:
    """Make a charge open again for `amount`."""
    if work.row[charge].left == 0:
        at = work.at[FIRST] - 1
        while at >= 0 and work.row[at].order != charge:
            at -= 1
        if at >= 0:
            work.at[FIRST] = at
    work.row[charge].left += amount


@step
def _meet(rows: Rows, work: Work, start: Int, payment: Int) -> None:
    """The reversals that came before this payment, oldest first."""
    kept = 0
    for at in range(work.at[EARLY]):
        if work.rare[at].early_payment == payment:
            _set_off(work, payment, work.rare[at].early_charge)
        else:
            work.rare[kept].early_payment = work.rare[at].early_payment
            work.rare[kept].early_charge = work.rare[at].early_charge
            kept += 1
    work.at[EARLY] = kept


@step
def _set_off(work: Work, payment: Int, reversal: Int) -> None:
    """A payment that was reversed before it came: as far as it was, neither of the two has happened."""
    amount = min(work.row[payment].left, work.rare[reversal].size)
    part = work.at[PARTS] - 1
    while part >= 0 and work.row[reversal].left < amount:
        if work.part[part].charge == reversal and work.part[part].amount > 0:
            _release(work, part, min(amount - work.row[reversal].left, work.part[part].amount))
        part -= 1
    work.row[payment].left -= amount
    work.at[CREDIT] -= amount
    work.rare[reversal].size -= amount
    work.row[reversal].left -= amount
    if work.rare[reversal].size == 0:
        work.row[reversal].left = GONE
    work.at[REPAIR] = 1


@step
def _release(work: Work, part: Int, amount: Int) -> None:
    """Take a part of a charge back and leave it with its credit, free for another charge."""
    credit = work.part[part].credit
    _reopen(work, work.part[part].charge, amount)
    work.part[part].amount -= amount
    if work.part[part].amount == 0:
        if work.row[credit].last == part:
            work.row[credit].last = work.part[part].before
        else:
            newer = work.row[credit].last
            while work.part[newer].before != part:
                newer = work.part[newer].before
            work.part[newer].before = work.part[part].before
    if work.row[credit].left == 0:
        _make_free(work, credit)
    work.row[credit].left += amount
    work.at[CREDIT] += amount
