"""Compiled: how far a tenancy was settled month by month, so that the replay can begin after that.

Most households pay each charge with the next entry. Of such rows nothing need be remembered: nothing is open there, no
money is left, and only an entry that names one of them can still change anything (`replay.advance` watches for that).
"""

from typing import Any

import numpy as np
from numpy import uint64

from voordeur.engine.compiled import inlined
from voordeur.engine.memory import CHARGE, NO_CHARGE, NO_DAY, PAYMENT, REVERSAL, Rows

_AT_ONCE = 16
"""Rows that are looked at together for pairs."""


@inlined
def pass_settled(rows: Rows, start: Any, end: Any, entries: Any) -> Any:
    """The row up to which every charge has its payment right after it, as most have; so nothing is open there.

    A payment may have been taken back and made again at once. When `entries` has room these rows are written to it. All
    rows up to `end` must count. A replay can begin at that row, with `work.at[SETTLED]`: nothing before it matters to
    what comes after, unless a later entry names it.
    """
    i = start
    while True:
        begun = i
        while i + uint64(_AT_ONCE) <= end and _all_pairs(rows, i):
            i += uint64(_AT_ONCE)
        while _is_pair(rows, i, end):
            i += uint64(2)
        if len(entries.paid_on) > 0:
            for charge in range(begun, i, 2):
                _write_pair(rows, charge, charge + uint64(1), entries)
        if i == start or i >= end or not _takes_back(rows, i):
            return i
        again = i + uint64(1)
        if again >= end or not _pays_again(rows, again):
            return i - uint64(2)
        if len(entries.paid_on) > 0:
            _write_pair(rows, i - uint64(2), again, entries)
            entries.outstanding[i], entries.paid_on[i] = NO_CHARGE, NO_DAY
        i = again + uint64(1)


@inlined
def _write_pair(rows: Rows, charge: Any, payment: Any, entries: Any) -> None:
    entries.outstanding[charge], entries.paid_on[charge] = 0, rows.date[payment]
    entries.outstanding[payment], entries.paid_on[payment] = NO_CHARGE, NO_DAY


@inlined
def _is_pair(rows: Rows, i: Any, end: Any) -> Any:
    paid = i + uint64(1)
    if paid >= end:
        return False
    return (
        (rows.kind[i] == CHARGE)
        & (rows.kind[paid] == PAYMENT)
        & (rows.amount[i] == rows.amount[paid])
        & (rows.amount[i] > 0)
        & (rows.refers[i] == 0)
        & ((rows.refers[paid] == 0) | (rows.refers[paid] == -1))
    )


@inlined
def _all_pairs(rows: Rows, i: Any) -> Any:
    """True when the next _AT_ONCE rows are pairs; worked out without a jump."""
    other = np.int32(0)
    for at in range(0, _AT_ONCE, 2):
        charge = i + uint64(at)
        paid = charge + uint64(1)
        amount, refers = rows.amount[charge], rows.refers[paid]
        other |= (rows.kind[charge] ^ CHARGE) | (rows.kind[paid] ^ PAYMENT) | (amount ^ rows.amount[paid])
        other |= rows.refers[charge] | (refers ^ (refers >> 31)) | np.int32(amount <= 0)  # of 0 and -1: 0
    return other == 0


@inlined
def _takes_back(rows: Rows, i: Any) -> Any:
    """True for a reversal of the payment just before it, which paid the charge before that."""
    return (
        (rows.kind[i] == REVERSAL)
        & (rows.refers[i] == -1)
        & (rows.amount[i] == rows.amount[i - uint64(1)])
        & (rows.kind[i - uint64(2)] == CHARGE)
    )


@inlined
def _pays_again(rows: Rows, i: Any) -> Any:
    """True for a payment of the same amount, for that charge, right after such a reversal."""
    return (
        (rows.kind[i] == PAYMENT)
        & (rows.amount[i] == rows.amount[i - uint64(1)])
        & ((rows.refers[i] == 0) | (rows.refers[i] == -3))
    )
