"""Compiled: is a ledger in replay order, and how far away are the entries that its entries name.

A tenancy is searched from its first row to its last for each name; tenancies are short and names are few.
"""

from typing import Any, NamedTuple

from voordeur.engine.compiled import Int, compiled, step
from voordeur.engine.memory import CHARGE, NO_DAY, PAYMENT, RENT, REVERSAL, owes

NONE = -(1 << 63)
"""In a column of ids: no id."""
NOWHERE = -(1 << 30)
"""In `refers`: it names something that is not in this ledger."""
IN_ORDER, TIED, NOT_IN_ORDER = range(3)


class Named(NamedTuple):
    """A ledger with ids, one value per row; ids are 64-bit numbers, days 32-bit, codes 32-bit."""

    tenancy: Any
    date: Any
    due: Any
    kind: Any
    amount: Any
    component: Any
    known: Any
    sequence: Any
    """64 bits."""
    period: Any
    """Month as a day in it, or NO_DAY."""
    id: Any
    designates: Any
    reverses: Any
    claim: Any
    same_as: Any


@compiled
def replay_order(rows: Named, ids_tell: Any) -> Any:
    """Whether rows stand in order of tenancy and `Entry.order`; TIED when the order of ids matters and is not told."""
    state = IN_ORDER
    for i in range(1, len(rows.id)):
        order = _compare(rows, i - 1, i)
        if order > 0 or (order == 0 and ids_tell and rows.id[i] < rows.id[i - 1]):
            return NOT_IN_ORDER
        if order == 0 and not ids_tell:
            state = TIED
    return state


@step
def _compare(rows: Named, one: Int, other: Int) -> Int:
    """Negative when `one` comes first by everything but its id, positive when `other` does."""
    if rows.tenancy[one] != rows.tenancy[other]:
        return -1 if rows.tenancy[one] < rows.tenancy[other] else 1
    if rows.date[one] != rows.date[other]:
        return -1 if rows.date[one] < rows.date[other] else 1
    if rows.sequence[one] != rows.sequence[other]:
        return -1 if rows.sequence[one] < rows.sequence[other] else 1
    if rows.kind[one] != rows.kind[other]:
        return -1 if rows.kind[one] < rows.kind[other] else 1
    return int(rows.claim[one] != NONE) - int(rows.claim[other] != NONE)


@compiled
def resolve(rows: Named, starts: Any, counts: Any, refers: Any) -> None:
    """Fill `counts` (whether a row is kept: not a second sighting) and `refers`, in distances between kept rows."""
    for tenancy in range(len(starts) - 1):
        start, end = starts[tenancy], starts[tenancy + 1]
        last_month = _last_month(rows, start, end)
        for i in range(start, end):
            counts[i] = rows.same_as[i] == NONE
            refers[i] = 0
            if not counts[i]:
                continue
            target = _named_row(rows, start, end, i, last_month)
            if target == NOWHERE:
                refers[i] = NOWHERE
            elif target >= 0:
                refers[i] = _distance(
                    rows, i, target
                )  # 0 for an entry that names itself, which means nothing


@step
def _named_row(rows: Named, start: Int, end: Int, i: Int, last_month: Int) -> Int:
    """The row that row i names; NOWHERE when it names something else; -1 when it names nothing."""
    kind = rows.kind[i]
    if kind == REVERSAL:
        return _row_of_payment(rows, start, end, rows.reverses[i])
    if owes(kind, rows.amount[i]):
        return _row_of(rows, start, end, rows.claim[i])
    if rows.designates[i] != NONE or kind != PAYMENT or rows.period[i] == NO_DAY:
        return _row_of(rows, start, end, rows.designates[i])
    return _row_of_month(rows, start, end, month_of(rows.period[i]), last_month)


@step
def _row_of(rows: Named, start: Int, end: Int, id_: Int) -> Int:
    if id_ == NONE:
        return -1
    for i in range(start, end):
        if rows.id[i] == id_:
            return i if rows.same_as[i] == NONE else NOWHERE
    return NOWHERE


@step
def _row_of_payment(rows: Named, start: Int, end: Int, id_: Int) -> Int:
    """The payment that is undone. A second sighting stands for the first."""
    if id_ == NONE:
        return -1
    for i in range(start, end):
        if rows.id[i] == id_:
            return i if rows.same_as[i] == NONE else _row_of(rows, start, end, rows.same_as[i])
    return NOWHERE


@step
def _row_of_month(rows: Named, start: Int, end: Int, month: Int, last_month: Int) -> Int:
    """The first rent charge of a month. Money for a month still to come waits; for another unknown month it is free."""
    for i in range(start, end):
        if rows.kind[i] == CHARGE and rows.component[i] == RENT and _rent_month(rows, i) == month:
            return i if rows.same_as[i] == NONE else NOWHERE
    return NOWHERE if month > last_month else -1


@step
def _last_month(rows: Named, start: Int, end: Int) -> Int:
    """The last month of which there is a rent charge; before all time when there is none."""
    last = NO_DAY
    for i in range(start, end):
        if rows.kind[i] == CHARGE and rows.component[i] == RENT:
            last = max(last, _rent_month(rows, i))
    return last


@step
def _rent_month(rows: Named, i: Int) -> Int:
    """The month a rent charge is for; rent due in the last three days of a month is for the next."""
    if rows.period[i] != NO_DAY:
        return month_of(rows.period[i])
    return month_of(rows.due[i] + 3)


@step
def month_of(day: Int) -> Int:
    """12 x year + month - 1 of a day since 1 January 1970 (days to civil, after Howard Hinnant)."""
    shifted = day + 719468  # days since 1 March of year 0
    era = shifted // 146097
    of_era = shifted - era * 146097
    year_of_era = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    from_march = (5 * of_year + 2) // 153
    return (year_of_era + era * 400) * 12 + from_march + 2


@step
def _distance(rows: Named, i: Int, target: Int) -> Int:
    """How many rows that count the target stands further."""
    first, last = min(i, target), max(i, target)
    distance = 0
    for between in range(first, last):
        distance += rows.same_as[between] == NONE
    return distance if target > i else -distance
