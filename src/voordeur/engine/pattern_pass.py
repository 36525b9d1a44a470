"""Compiled: how a household pays, from a replay that has come to the day that is asked about.

`core/pattern.payment_pattern` says what the figures mean; the names are the same. Months go from
old to new.
"""

from typing import Any, NamedTuple

import numpy as np

from voordeur.engine.compiled import Int, step
from voordeur.engine.memory import (
    CHARGE,
    CHARGES,
    NO_DAY,
    PAYMENT,
    RENT,
    REVERSAL,
    SERVICE,
    UNKNOWN,
    WHOLE,
    WRITE_OFF,
    Rows,
    Work,
    owes,
)
from voordeur.engine.resolve import month_of

NO_MONTH = (1 << 32) - 1
WEEKEND, MONTH_DAYS, EARLY_DAYS = 2, 31, 7
_OF_MONTH = np.dtype(
    [
        ("number", np.int32),  # 12 x year + month - 1
        ("due", np.int32),
        ("amount", np.int64),
        ("came_in", np.int64),
        ("open", np.int64),
        ("complete_on", np.int32),
        ("first_paid_on", np.int32),
        ("has_rent", np.int32),
        ("reversed", np.int32),
        ("was_late", np.int32),  # used by `behind_pass.py`
    ]
)


class Learning(NamedTuple):
    """What the policy says, and the memory to learn in."""

    limits: Any
    """The numbers of `core/limits.Limits` that matter here, in the order of LIMITS."""
    weights: Any
    """What a month weighs, by its age."""
    needed: Any
    """Weight to reach, by share (habit, quarter, half, three quarters) and number of months learned from."""
    months: Any
    """_OF_MONTH per month."""
    days: Any
    by_weight: Any
    """The days learned from and their weights, while they are sorted."""


LIMITS = (
    "chart_months",
    "window_months",
    "min_observations",
    "grace_limit_days",
    "bank_margin_days",
    "small_amount",
    "slide_months",
    "slide_days",
)
CHART, WINDOW, LEAST, GRACE, MARGIN, SMALL, SLIDE_MONTHS, SLIDE_DAYS = range(8)
HABIT, QUARTER, HALF, THREE_QUARTERS = range(4)


class Patterns(NamedTuple):
    """One value per tenancy, as in `core/pattern.Pattern`; cents are 64 bits, the others 32."""

    rent: Any
    usual_days: Any
    """NO_DAY when there is no habit; so is `spread`."""
    spread: Any
    expected_days: Any
    observed: Any
    late: Any
    missed: Any
    partial: Any
    reversed: Any
    slide_months: Any
    """0 when it does not come later and later; else it went from `slide_from` to `slide_to` days late."""
    slide_from: Any
    slide_to: Any
    behind: Any
    on_time: Any
    known: Any


def make_learning(limits: Any, longest: int) -> Learning:
    """The memory for tenancies of at most `longest` entries, and what `limits` (core/limits.Limits) says."""
    window = limits.window_months
    weights = [(limits.recency_percent / 100) ** age for age in range(window)]
    shares = (limits.habit_percent / 100, 0.25, 0.5, 0.75)
    needed = [[share * sum(weights[:count]) - 1e-9 for count in range(window + 1)] for share in shares]
    return Learning(
        np.array([getattr(limits, name) for name in LIMITS], np.int64),
        np.array(weights, np.float64),
        np.array(needed, np.float64),
        np.zeros(longest + 1, _OF_MONTH),
        np.zeros(window, np.int64),
        np.zeros(window, np.float64),
    )


@step
def learn(
    rows: Rows,
    work: Work,
    start: Int,
    taken: Int,
    tenancy: Int,
    day: Int,
    learning: Learning,
    found: Patterns,
) -> Int:
    """Fill `found` for one tenancy of which the first `taken` rows were taken in, up to and including `day`.

    How many rent months there are; they stand in `learning.months`.
    """
    count = _gather_months(rows, work, start, day, learning.months)
    _gather_money(rows, work, start, taken, learning)
    count = _keep_rent(learning.months, count)
    _mark_reversed(rows, work, start, taken, learning.months, count)
    found.rent[tenancy] = _present_rent(learning.months, count, min(count, learning.limits[CHART]))
    learned = _sort_days(learning, count, day)
    habit = learned >= learning.limits[LEAST] and learned > 0
    expected = max(0, _quantile(learning, learned, HABIT)) if habit else 0
    found.usual_days[tenancy] = _quantile(learning, learned, HALF) if habit else NO_DAY
    found.spread[tenancy] = (
        _quantile(learning, learned, THREE_QUARTERS) - _quantile(learning, learned, QUARTER)
        if habit
        else NO_DAY
    )
    found.expected_days[tenancy] = expected
    _count(learning, count, day, expected + learning.limits[MARGIN] + WEEKEND, tenancy, found)
    _find_slide(learning, count, tenancy, found)
    return count


@step
def _gather_months(rows: Rows, work: Work, start: Int, day: Int, months: Any) -> Int:
    """The months in which rent or service costs fell due; of each charge which month it belongs to."""
    count = 0
    for place in range(work.at[CHARGES]):
        charge = np.int64(work.row[place].order)
        i = start + charge
        work.rare[charge].month = NO_MONTH
        component = rows.component[i] if len(rows.component) > 0 else RENT
        rent_part = component in (RENT, SERVICE)
        if rows.kind[i] != CHARGE or not rent_part or rows.due[i] > day or rows.amount[i] == 0:
            continue
        number = month_of(rows.due[i])
        at = count
        while at > 0 and months[at - 1].number > number:
            at -= 1
        if at == 0 or months[at - 1].number != number:
            _insert_month(work, months, at, count, place, number, rows.due[i])
            count += 1
        else:
            at -= 1
        months[at].due = min(months[at].due, rows.due[i])
        months[at].amount += rows.amount[i]
        months[at].open += work.row[charge].left
        months[at].has_rent |= component == RENT
        work.rare[charge].month = at
    return count


@step
def _insert_month(work: Work, months: Any, at: Int, count: Int, places: Int, number: Int, due: Int) -> None:
    """Make room for a month at `at`; charges of later months know their new place."""
    for later in range(count, at, -1):
        months[later] = months[later - 1]
    if at < count:
        for place in range(places):
            charge = work.row[place].order
            if work.rare[charge].month != NO_MONTH and work.rare[charge].month >= at:
                work.rare[charge].month += 1
    months[at].number = number
    months[at].due = due
    months[at].amount = 0
    months[at].came_in = 0
    months[at].open = 0
    months[at].complete_on = NO_DAY
    months[at].first_paid_on = NO_DAY
    months[at].has_rent = 0
    months[at].reversed = 0


@step
def _gather_money(rows: Rows, work: Work, start: Int, taken: Int, learning: Learning) -> None:
    """Lay the money, oldest first, beside the months that it paid."""
    for credit in range(taken):
        i = start + credit
        if work.row[credit].left < 0 or rows.kind[i] == WRITE_OFF or owes(rows.kind[i], rows.amount[i]):
            continue
        part = work.row[credit].last
        if part <= WHOLE:
            _pay_month(work, learning, WHOLE - part, rows.date[i], abs(np.int64(rows.amount[i])))
        while part >= 0:
            _pay_month(work, learning, work.part[part].charge, rows.date[i], work.part[part].amount)
            part = work.part[part].before


@step
def _pay_month(work: Work, learning: Learning, charge: Int, day: Int, amount: Int) -> None:
    at = work.rare[charge].month
    if at == NO_MONTH:
        return
    months = learning.months
    months[at].came_in += amount
    if months[at].first_paid_on == NO_DAY:
        months[at].first_paid_on = day
    if months[at].complete_on == NO_DAY and months[at].came_in >= months[at].amount - learning.limits[SMALL]:
        months[at].complete_on = day


@step
def _keep_rent(months: Any, count: Int) -> Int:
    """A month with service costs alone is no rent month."""
    kept = 0
    for at in range(count):
        if months[at].has_rent:
            if kept < at:
                months[kept] = months[at]
            kept += 1
    return kept


@step
def _mark_reversed(rows: Rows, work: Work, start: Int, taken: Int, months: Any, count: Int) -> None:
    """A payment that was undone belongs to the month that was due at the time, a few days early included."""
    for row in range(taken):
        i = start + row
        if rows.kind[i] != REVERSAL or work.row[row].left == UNKNOWN:
            continue
        day, named = rows.date[i], row + rows.refers[i]
        known = named != row and 0 <= named < taken and work.row[named].left != UNKNOWN
        if known and rows.kind[start + named] == PAYMENT:
            day = rows.date[start + named]
        at = count - 1
        while at >= 0 and months[at].due > day + EARLY_DAYS:
            at -= 1
        if at >= 0:
            months[at].reversed = 1


@step
def _present_rent(months: Any, count: Int, shown: Int) -> Int:
    """The middle of the last three months, of those that are shown."""
    if count == 0:
        return np.int64(0)
    one = months[count - 1].amount
    two = months[count - 2].amount if shown > 1 else one
    if shown < 3:
        return max(one, two)
    return max(min(one, two), min(max(one, two), months[count - 3].amount))


@step
def _sort_days(learning: Learning, count: Int, day: Int) -> Int:
    """Sort the days late of the months that can teach a habit; how many. None when fewer than half of them can."""
    months, limits = learning.months, learning.limits
    learned, seen = 0, 0
    for at in range(count - 1, max(-1, count - 1 - min(limits[WINDOW], limits[CHART])), -1):
        if months[at].due >= day:
            continue
        seen += 1
        late = np.int64(months[at].complete_on) - months[at].due
        if months[at].complete_on == NO_DAY or late > limits[GRACE]:
            continue
        weight = learning.weights[learned]
        place = learned
        while place > 0 and _goes_before(late, weight, learning, place - 1):
            learning.days[place] = learning.days[place - 1]
            learning.by_weight[place] = learning.by_weight[place - 1]
            place -= 1
        learning.days[place] = late
        learning.by_weight[place] = weight
        learned += 1
    return learned if 2 * learned >= seen else 0


@step
def _goes_before(days: Int, weight: Any, learning: Learning, other: Int) -> Int:
    if days != learning.days[other]:
        return days < learning.days[other]
    return weight < learning.by_weight[other]


@step
def _quantile(learning: Learning, count: Int, share: Int) -> Int:
    """`core/pattern.weighted_quantile`, of days that were sorted."""
    reached = 0.0
    for at in range(count):
        reached += learning.by_weight[at]
        if reached >= learning.needed[share, count]:
            return learning.days[at]
    return learning.days[count - 1]


@step
def _days_late(months: Any, at: Int, day: Int) -> Int:
    """Days from due to complete; for a month that is still open the days until now."""
    if months[at].complete_on == NO_DAY:
        return np.int64(day) - months[at].due
    return np.int64(months[at].complete_on) - months[at].due


@step
def _count(learning: Learning, count: Int, day: Int, late_after: Int, tenancy: Int, found: Patterns) -> None:
    months, limits = learning.months, learning.limits
    ripe, paid, late, missed, partial, undone = 0, 0, 0, 0, 0, 0
    behind, on_time, still_behind, still_on_time = 0, 0, True, True
    for at in range(count - 1, -1, -1):
        days, complete = _days_late(months, at, day), months[at].complete_on != NO_DAY
        if count - at <= min(limits[WINDOW], limits[CHART]):
            undone += months[at].reversed
        if complete or days > limits[GRACE]:
            still_behind = still_behind and days > limits[GRACE]
            behind += still_behind
        if complete:
            still_on_time = still_on_time and days <= late_after
            on_time += still_on_time
            late += paid < limits[WINDOW] and days > late_after
            paid += 1
        if complete or days > late_after:
            if ripe < limits[WINDOW]:
                missed += days > MONTH_DAYS
                partial += _in_parts(months, at) and days > late_after
            ripe += 1
    found.observed[tenancy] = min(paid, limits[WINDOW])
    found.late[tenancy] = late
    found.missed[tenancy] = missed
    found.partial[tenancy] = partial
    found.reversed[tenancy] = undone
    found.behind[tenancy] = behind
    found.on_time[tenancy] = on_time
    found.known[tenancy] = paid


@step
def _in_parts(months: Any, at: Int) -> Int:
    return months[at].first_paid_on != NO_DAY and months[at].first_paid_on != months[at].complete_on


@step
def _find_slide(learning: Learning, count: Int, tenancy: Int, found: Patterns) -> None:
    """The newest paid months that each came later than the one before, if that is a slide by the limits."""
    months, limits = learning.months, learning.limits
    seen, length, first, last, latest = 0, 0, np.int64(0), np.int64(0), np.int64(NO_DAY)
    sliding = True
    for at in range(count - 1, -1, -1):
        if months[at].complete_on == NO_DAY or seen == limits[WINDOW]:
            continue
        days = np.int64(months[at].complete_on) - months[at].due
        latest = max(latest, days)
        if seen == 0:
            last, first, length = days, days, 1
        elif sliding and days < first:
            first = days
            length += 1
        else:
            sliding = False
        seen += 1
    slide = (
        length > limits[SLIDE_MONTHS]
        and last - first >= limits[SLIDE_DAYS]
        and last >= latest
        and 0 < last <= limits[GRACE]
    )
    found.slide_months[tenancy] = length if slide else 0
    found.slide_from[tenancy] = first if slide else 0
    found.slide_to[tenancy] = last if slide else 0
