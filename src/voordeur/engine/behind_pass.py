"""Compiled: of households that are behind, all that the core needs to speak about them: no replay, no rows.

A household pays most months in time, and those say nothing that `pattern_pass.py` has not counted already. What is left
is copied out: the newest rent months; the charges that are open, or were paid late so lately that they tell since when
something is open or what was a few months ago; and the money since then. The questions in `core/arrears.py`,
`core/signals.py` and `core/facts.py` are answered by these as by the whole ledger: `core/assessment.assess_read` says
what they look at.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy import uint64

from voordeur.engine.columns import is_faulty
from voordeur.engine.compiled import Int, compiled, step
from voordeur.engine.memory import (
    CHARGE,
    CLAIMS,
    NO_DAY,
    PAYMENT,
    RENT,
    REVERSAL,
    SERVICE,
    WHOLE,
    Rows,
    Work,
    begin,
    owes,
)
from voordeur.engine.pattern_pass import CHART, EARLY_DAYS, MARGIN, WEEKEND, Learning, Patterns, learn
from voordeur.engine.replay import advance
from voordeur.engine.resolve import month_of

MONTH_COLUMNS = ("due", "amount", "open", "complete_on", "first_paid_on", "reversed", "was_late")
CHARGE_COLUMNS = ("row", "date", "due", "kind", "component", "amount", "outstanding", "parts")
PART_COLUMNS = ("money_date", "amount", "kind")
CREDIT_COLUMNS = ("row", "date", "kind", "amount", "left")
MONTHS, OWED, COVERED, MONEY = range(4)
"""Places in `Copied.ends`."""
FAULTY = -1
_EARLIER = 93
"""The core looks at what was overdue up to three months before: money since then must be told."""
_NEVER = 1 << 40
_NEWEST = 2
"""Of so many payments the core looks at the amount, however long ago they came."""


class Copied(NamedTuple):
    """What is copied out: 64-bit numbers in [column, row], the rows of each household after each other."""

    ends: Any
    """[MONTHS, OWED, COVERED or MONEY, household]: the row with which its part ends."""
    months: Any
    charges: Any
    parts: Any
    """Of each charge in turn as many as its column `parts` says."""
    credits: Any
    newest_reversal: Any
    """Per household the day of the newest reversal, or NO_DAY; 32 bits."""
    claims: Any
    """Per household 1 when costs or interest stand with a claim, so that charges go in another order."""


class Scratch(NamedTuple):
    """Per row of a household, and per month that is open."""

    wanted: Any
    parts: Any
    last_money: Any
    at: Any
    open_months: Any


@compiled
def copy_behind(
    rows: Rows,
    starts: Any,
    day: Any,
    work: Work,
    learning: Learning,
    scratch: Scratch,
    patterns: Patterns,
    copied: Copied,
) -> Any:
    """Fill `patterns` and `copied` for each household on `day`; how many, or FAULTY when a value cannot be."""
    for tenancy in range(len(starts) - 1):
        start, end = uint64(starts[tenancy]), uint64(starts[tenancy + 1])
        if is_faulty(rows, start, end):
            return np.int64(FAULTY)
        begin(work)
        stopped = advance(rows, work, start, start, end, day, np.int32(0), False)
        taken, first = np.int64(stopped - start), np.int64(start)
        months = learn(rows, work, first, taken, tenancy, day, learning, patterns)
        late_after = patterns.expected_days[tenancy] + learning.limits[MARGIN] + WEEKEND
        copied.claims[tenancy] = work.at[CLAIMS]
        copied.newest_reversal[tenancy] = _newest_reversal(rows, first, taken)
        since = _find_wanted(rows, work, first, taken, day, scratch)
        at = tenancy + 1
        copied.ends[MONTHS, at] = copied.ends[MONTHS, tenancy] + _copy_months(
            learning, months, late_after, day, copied.months, copied.ends[MONTHS, tenancy]
        )
        copied.ends[OWED, at], copied.ends[COVERED, at] = _copy_charges(
            rows,
            work,
            first,
            taken,
            scratch,
            copied,
            copied.ends[OWED, tenancy],
            copied.ends[COVERED, tenancy],
        )
        copied.ends[MONEY, at] = _copy_credits(
            rows, work, first, taken, since - EARLY_DAYS, copied.credits, copied.ends[MONEY, tenancy]
        )
    return np.int64(len(starts) - 1)


@step
def _newest_reversal(rows: Rows, start: Int, taken: Int) -> Int:
    for i in range(start + taken - 1, start - 1, -1):
        if rows.kind[i] == REVERSAL:
            return rows.date[i]
    return np.int32(NO_DAY)


@step
def _copy_months(learning: Learning, count: Int, late_after: Int, day: Int, out: Any, first: Int) -> Int:
    """The months of the chart, and older ones that were late among as many that are ripe; how many."""
    months, chart = learning.months, learning.limits[CHART]
    ripe, marked = 0, 0
    for at in range(count - 1, -1, -1):
        complete = months[at].complete_on != NO_DAY
        days = np.int64(months[at].complete_on if complete else day) - months[at].due
        months[at].was_late = 0
        if complete or days > late_after:
            months[at].was_late = ripe < chart and days > late_after
            ripe += 1
        marked += count - at <= chart or months[at].was_late
    place = first
    for at in range(count):
        if count - at > chart and not months[at].was_late:
            continue
        out[0, place] = months[at].due
        out[1, place] = months[at].amount
        out[2, place] = months[at].open
        out[3, place] = months[at].complete_on
        out[4, place] = months[at].first_paid_on
        out[5, place] = months[at].reversed
        out[6, place] = months[at].was_late
        place += 1
    return marked


@step
def _is_owed(rows: Rows, work: Work, start: Int, row: Int) -> Int:
    return work.row[row].left >= 0 and owes(rows.kind[start + row], rows.amount[start + row])


@step
def _is_money(rows: Rows, work: Work, start: Int, row: Int) -> Int:
    return work.row[row].left >= 0 and not owes(rows.kind[start + row], rows.amount[start + row])


@step
def _is_rent(rows: Rows, i: Int) -> Int:
    component = rows.component[i] if len(rows.component) > 0 else RENT
    return rows.kind[i] == CHARGE and (component in (RENT, SERVICE))


@step
def _find_wanted(rows: Rows, work: Work, start: Int, taken: Int, day: Int, scratch: Scratch) -> Int:
    """Mark the charges to copy and count their parts; the due day of the first of them, or `day`."""
    _find_last_money(rows, work, start, taken, scratch)
    horizon = min(_began(rows, work, start, taken, scratch), np.int64(day) - _EARLIER)
    open_months = _open_months(rows, work, start, taken, day, scratch)
    since = np.int64(day)
    for row in range(taken):
        scratch.wanted[row] = 0
        if not _is_owed(rows, work, start, row):
            continue
        i = start + row
        late = scratch.last_money[row] > rows.due[i] and scratch.last_money[row] >= horizon
        wanted = work.row[row].left > 0 or late
        if not wanted and open_months and _is_rent(rows, i):
            number, at = month_of(rows.due[i]), open_months - 1
            while at >= 0 and scratch.open_months[at] != number:
                at -= 1
            wanted = at >= 0
        if wanted:
            scratch.wanted[row] = 1
            since = min(since, np.int64(rows.due[i]))
    return since


@step
def _find_last_money(rows: Rows, work: Work, start: Int, taken: Int, scratch: Scratch) -> None:
    """Of each charge how many parts cover it, and the day of the newest."""
    for row in range(taken):
        scratch.parts[row] = 0
        scratch.last_money[row] = NO_DAY
    for credit in range(taken):
        if not _is_money(rows, work, start, credit):
            continue
        part, money_date = np.int64(work.row[credit].last), np.int64(rows.date[start + credit])
        while part >= 0 or part <= WHOLE:
            charge = WHOLE - part if part < 0 else np.int64(work.part[part].charge)
            scratch.parts[charge] += 1
            scratch.last_money[charge] = max(scratch.last_money[charge], money_date)
            part = np.int64(work.part[part].before) if part >= 0 else np.int64(-1)


@step
def _began(rows: Rows, work: Work, start: Int, taken: Int, scratch: Scratch) -> Int:
    """The day from which something was open without a break: no later than what the core finds.

    `core/arrears.in_arrears_since` may let small rests be: then its charges were paid earlier than here, and its break
    comes sooner.
    """
    began = np.int64(_NEVER)
    for row in range(taken):
        if _is_owed(rows, work, start, row) and work.row[row].left > 0:
            began = min(began, np.int64(rows.due[start + row]))
    longer = True
    while longer:
        longer = False
        for row in range(taken - 1, -1, -1):
            due = np.int64(rows.due[start + row])
            if due < began <= scratch.last_money[row] and _is_owed(rows, work, start, row):
                began, longer = due, True
    return began


@step
def _open_months(rows: Rows, work: Work, start: Int, taken: Int, day: Int, scratch: Scratch) -> Int:
    """List the months of which rent is overdue; how many, some perhaps twice."""
    count = 0
    for row in range(taken):
        i = start + row
        if rows.due[i] < day and work.row[row].left > 0 and _is_rent(rows, i):
            scratch.open_months[count] = month_of(rows.due[i])
            count += 1
    return count


@step
def _copy_charges(
    rows: Rows,
    work: Work,
    start: Int,
    taken: Int,
    scratch: Scratch,
    copied: Copied,
    place: Int,
    part_place: Int,
) -> Any:
    """The charges that were marked and what covers them; where the two lists end."""
    out = copied.charges
    for row in range(taken):
        if not scratch.wanted[row]:
            continue
        i = start + row
        out[0, place] = row
        out[1, place] = rows.date[i]
        out[2, place] = rows.due[i]
        out[3, place] = rows.kind[i]
        out[4, place] = rows.component[i] if len(rows.component) > 0 else RENT
        out[5, place] = work.rare[row].size if rows.kind[i] == REVERSAL else abs(np.int64(rows.amount[i]))
        out[6, place] = work.row[row].left
        out[7, place] = scratch.parts[row]
        scratch.at[row] = part_place
        place += 1
        part_place += scratch.parts[row]
    for credit in range(taken):
        if not _is_money(rows, work, start, credit):
            continue
        i = start + credit
        part = np.int64(work.row[credit].last)
        while part >= 0 or part <= WHOLE:
            charge = WHOLE - part if part < 0 else np.int64(work.part[part].charge)
            amount = abs(np.int64(rows.amount[i])) if part < 0 else np.int64(work.part[part].amount)
            if scratch.wanted[charge]:
                to = scratch.at[charge]
                copied.parts[0, to] = rows.date[i]
                copied.parts[1, to] = amount
                copied.parts[2, to] = rows.kind[i]
                scratch.at[charge] += 1
            part = np.int64(work.part[part].before) if part >= 0 else np.int64(-1)
    return place, part_place


@step
def _copy_credits(rows: Rows, work: Work, start: Int, taken: Int, since: Int, out: Any, place: Int) -> Int:
    """The payments from `since` on and the newest two, and whatever money is left; where the list ends."""
    newest, seen = taken, 0
    while newest > 0 and seen < _NEWEST:
        newest -= 1
        seen += rows.kind[start + newest] == PAYMENT and work.row[newest].left >= 0
    for row in range(taken):
        i = start + row
        if not _is_money(rows, work, start, row):
            continue
        wanted = rows.kind[i] == PAYMENT and (rows.date[i] >= since or row >= newest)
        if not wanted and work.row[row].left == 0:
            continue
        out[0, place] = row
        out[1, place] = rows.date[i]
        out[2, place] = rows.kind[i]
        out[3, place] = abs(np.int64(rows.amount[i]))
        out[4, place] = work.row[row].left
        place += 1
    return place
