"""What the replay reads and what it remembers: columns of a batch, and arrays that are made once and used again."""

from typing import Any, NamedTuple

import numpy as np

from voordeur.engine.compiled import Int, inlined

# Kinds and components, numbered as in the database, in the order in which entries of one day are replayed.
CHARGE, PAYMENT, REVERSAL, REFUND, CORRECTION, WRITE_OFF = range(1, 7)
RENT, SERVICE, OTHER, COSTS, INTEREST = range(1, 6)

GONE = -1
"""In ROW.left: undone altogether, or a reversal of which nothing is owed."""
UNKNOWN = -2
"""In ROW.left: not known yet on the day we look from."""
NO_PART = -1
"""In ROW.last: a credit that covers nothing."""
WHOLE = -2
"""In ROW.last, WHOLE - row: the credit went to that one charge and nothing is left of it. Saves a part."""

# Places in `work.at`
FIRST, CHARGES, CREDIT, LAST_DUE, PARTS, FREE, WAITING, EARLY, CLAIMS, REPAIR, WRITTEN_OFF, SETTLED = range(
    12
)
_AT = 12
NO_CHARGE = -1
"""In `Entries.outstanding`."""
NO_DAY = -(1 << 31)
"""In a column of days: none. Before all days."""


class Rows(NamedTuple):
    """The columns of a batch, whole tenancies in replay order; 32 bits each. See `columns.SCHEMA`."""

    date: Any
    due: Any
    kind: Any
    amount: Any
    refers: Any
    component: Any
    """Empty when everything is rent."""
    known: Any
    """Empty when it does not matter what was known when."""


ROW = np.dtype(
    [
        ("left", np.int32),  # cents open of a charge; cents left of a credit; GONE; UNKNOWN
        ("paid", np.int32),  # of a charge that is covered: the day of the newest money
        (
            "last",
            np.int32,
        ),  # of a credit: the newest part, NO_PART, or WHOLE - the one charge that it went to
        ("order", np.uint32),  # list: all charges in order of payment; before `at[FIRST]` all are covered
    ]
)
RARE = np.dtype(
    [
        ("size", np.int32),  # of a reversal that is owed: cents owed in all
        (
            "waits",
            np.int32,
        ),  # of a credit in `waiting`: the row that it waits for, perhaps outside the tenancy
        ("head", np.uint32),  # of a charge, when `at[CLAIMS]`: the first charge of its claim, mostly itself
        ("free", np.uint32),  # list: credits with money that waits for nothing, oldest first
        ("waiting", np.uint32),  # list: credits that wait for a charge to come, oldest first
        ("early_payment", np.uint32),  # list: payments to come of which the reversal came first
        ("early_charge", np.uint32),  # list: those reversals
        ("month", np.uint32),  # of a charge: used by `pattern_pass.py`
    ]
)
PART = np.dtype(
    [
        ("charge", np.uint32),  # which charge is covered ...
        ("credit", np.uint32),  # ... by which credit ...
        ("amount", np.int32),  # ... for how many cents; 0: taken back
        ("before", np.int32),  # the part that the same credit covered before, or NO_PART
        ("moved", np.uint32),  # while closing up: its new place
    ]
)
# Rows and places in a list are unsigned: numba then leaves out the wrap-around of negative indices.


class Work(NamedTuple):
    """The memory of a replay. A list stands in the same records as values per row, to save on addresses."""

    row: Any
    """ROW per row of the tenancy."""
    rare: Any
    """RARE per row of the tenancy."""
    part: Any
    """PART per part in which money was laid out, oldest first."""
    at: Any
    """How far each of the lists goes, cents of credit in all, and flags: see the places above."""


def make_work(rows: int) -> Work:
    """Memory for tenancies of at most `rows` entries."""
    return Work(
        np.zeros(rows, ROW), np.zeros(rows, RARE), np.zeros(4 * rows + 16, PART), np.zeros(_AT, np.int64)
    )


@inlined
def begin(work: Work) -> None:
    """Forget the tenancy before."""
    for place in range(_AT):
        work.at[place] = 0
    work.at[LAST_DUE] = NO_DAY


@inlined
def owes(kind: Int, amount: Int) -> Int:
    """`Entry.owes`."""
    return kind in (CHARGE, REVERSAL, REFUND) or (kind == CORRECTION and amount > 0)
