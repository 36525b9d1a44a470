"""Of households that are behind: position and payment pattern as core values, without a replay in Python.

The position holds the charges that matter to what the core says on this day, and the newest money; `behind_pass.py`
says which.
"""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise, repeat
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from voordeur.core.facts import Contacts
from voordeur.core.facts import Tenancy as Contract
from voordeur.core.ledger import Allocation, Charge, Component, Credit, Entry, Kind, Position
from voordeur.core.limits import Limits
from voordeur.core.pattern import Pattern, RentMonth, episodes_of
from voordeur.engine.behind_pass import (
    CHARGE_COLUMNS,
    COVERED,
    CREDIT_COLUMNS,
    FAULTY,
    MONEY,
    MONTH_COLUMNS,
    MONTHS,
    OWED,
    PART_COLUMNS,
    Copied,
    Scratch,
    copy_behind,
)
from voordeur.engine.columns import Ledger, refuse_faults
from voordeur.engine.day import Key, days_since_epoch, room_for_patterns
from voordeur.engine.memory import NO_DAY, make_work
from voordeur.engine.pattern_pass import WEEKEND, Patterns, make_learning

_KINDS, _COMPONENTS = tuple(Kind), tuple(Component)
_PARTS_PER_ROW = 3
"""An entry leaves at most two parts more than there were, and a payment that went to one charge is one."""
_A_CHARGE = {
    (kind, component): Entry("", date.min, kind, 0, component=component)
    for kind in Kind
    for component in Component
}
"""What kind of charge it is; which entry it was does not matter here."""


class Behind(NamedTuple):
    """Some households that are behind, as numbers: quick to hand to another process."""

    tenancies: Any
    ends: Any
    months: Any
    charges: Any
    parts: Any
    credits: Any
    patterns: Patterns
    needs_core: Any
    """Of each household whether there is more to it than is told here: see `_needs_core`."""

    def told(self) -> pa.Array:
        """The keys of those that do not need the core itself."""
        return pa.array(self.tenancies[~self.needs_core])

    def part(self, first: int, last: int) -> "Behind":
        """The households from number `first` up to `last`."""
        cut = [slice(*(int(end) for end in of[[first, last]])) for of in self.ends]
        return Behind(
            self.tenancies[first:last],
            self.ends[:, first : last + 1] - self.ends[:, first : first + 1],
            self.months[:, cut[MONTHS]],
            self.charges[:, cut[OWED]],
            self.parts[:, cut[COVERED]],
            self.credits[:, cut[MONEY]],
            Patterns(*(values[first:last] for values in self.patterns)),
            self.needs_core[first:last],
        )


class Household(NamedTuple):
    """One of them."""

    tenancy: Key
    at: Position
    """Holds what matters to the core's words, not the whole ledger: its balance says nothing."""
    pattern: Pattern


def look_behind(batch: Ledger, on: date, limits: Limits) -> Behind:
    """All that the core needs to know on day `on` of the households of a batch, which must have something overdue.

    Refused when a value in the batch cannot be.
    """
    count, rows, longest = len(batch.tenancies), len(batch.rows.date), batch.longest
    patterns = room_for_patterns(count)
    copied = Copied(
        np.zeros((4, count + 1), np.int64),
        np.empty((len(MONTH_COLUMNS), rows), np.int64),
        np.empty((len(CHARGE_COLUMNS), rows), np.int64),
        np.empty((len(PART_COLUMNS), _PARTS_PER_ROW * rows), np.int64),
        np.empty((len(CREDIT_COLUMNS), rows), np.int64),
        np.empty(count, np.int32),
        np.empty(count, np.int32),
    )
    scratch = Scratch(*(np.empty(longest + 1, np.int64) for _ in Scratch._fields))
    day = np.int32(days_since_epoch(on))
    learning = make_learning(limits, longest)
    done = copy_behind(batch.rows, batch.starts, day, make_work(longest), learning, scratch, patterns, copied)
    if done == FAULTY:
        refuse_faults(batch)
    last = copied.ends[:, -1]
    return Behind(
        batch.tenancies.to_numpy(zero_copy_only=False),
        copied.ends,
        copied.months[:, : last[MONTHS]],
        copied.charges[:, : last[OWED]],
        copied.parts[:, : last[COVERED]],
        copied.credits[:, : last[MONEY]],
        patterns,
        _needs_core(copied, patterns, int(day), limits),
    )


def _needs_core(copied: Copied, patterns: Patterns, day: int, limits: Limits) -> Any:
    """A payment that was undone lately, costs that stand with a claim, a slide: then the core reads the ledger."""
    undone = (copied.newest_reversal != NO_DAY) & (
        day - copied.newest_reversal.astype(np.int64) <= limits.reversal_days
    )
    return undone | (copied.claims != 0) | (patterns.slide_months != 0)


def households(
    told: Behind, on: date, limits: Limits, who: Callable[[Key], tuple[Contract, Contacts]]
) -> Iterator[Household]:
    """Those that do not need the core itself, as core values; `who` tells of a tenancy what its pattern needs."""
    months, late = _months(told)
    charges, credits = _charges(told), _credits(told)
    figures = zip(*(values.tolist() for values in told.patterns), strict=True)
    bounds = [pairwise(of.tolist()) for of in told.ends]
    tenancies, skip = told.tenancies.tolist(), told.needs_core.tolist()
    for tenancy, needs_core, numbers, of_months, owed, _parts, money in zip(
        tenancies, skip, figures, *bounds, strict=True
    ):
        if needs_core:
            continue
        contract, contacts = who(tenancy)
        own = slice(*of_months)
        pattern = _pattern(on, limits, contract, contacts, Patterns(*numbers), tuple(months[own]), late[own])
        at = Position(on, tuple(charges[slice(*owed)]), tuple(credits[slice(*money)]))
        yield Household(tenancy, at, pattern)


def _days(numbers: Any) -> list[Any]:
    """Days since 1970 as dates; None for NO_DAY."""
    days = numbers.astype("datetime64[D]")
    days[numbers == NO_DAY] = np.datetime64("NaT")
    found: list[Any] = days.tolist()
    return found


def _months(told: Behind) -> tuple[list[RentMonth], list[bool]]:
    """All months, and whether each is late and among the newest that are ripe."""
    due, amount, open_, complete, first_paid, undone, late = told.months
    days = (complete - due).tolist()
    completed = _days(complete)
    took = [None if on is None else late_by for on, late_by in zip(completed, days, strict=True)]
    columns = (
        _days(due), amount.tolist(), open_.tolist(), completed, _days(first_paid), took, (undone != 0).tolist(),
    )  # fmt: skip
    return list(map(RentMonth._make, zip(*columns, strict=True))), (late != 0).tolist()


def _charges(told: Behind) -> list[Charge]:
    money_date, amount, kind = told.parts
    paid_by = [_KINDS[code - 1] for code in kind.tolist()]
    parts = list(
        map(
            Allocation._make,
            zip(repeat(""), repeat(""), amount.tolist(), _days(money_date), paid_by, strict=False),
        )
    )
    row, day, due, kind, component, amount, outstanding, count = told.charges
    columns = zip(
        row.tolist(), _days(day), _days(due), kind.tolist(), component.tolist(), amount.tolist(),
        outstanding.tolist(), count.tolist(), strict=True,
    )  # fmt: skip
    found, at = [], 0
    for number, counts_on, due_on, code, what, cents, left, several in columns:
        place = (due_on, (counts_on, number, 0, False, ""))
        covering = dict(enumerate(parts[at : at + several]))
        entry = _A_CHARGE[_KINDS[code - 1], _COMPONENTS[what - 1]]
        found.append(Charge(entry, due_on, (place, 2, place), cents, left, covering))
        at += several
    return found


def _credits(told: Behind) -> list[Credit]:
    row, day, kind, amount, left = told.credits
    columns = zip(row.tolist(), _days(day), kind.tolist(), amount.tolist(), left.tolist(), strict=True)
    return [
        Credit(_money("", counts_on, _KINDS[code - 1], cents, number), rest)
        for number, counts_on, code, cents, rest in columns
    ]


def _money(id_: str, on: date, kind: Kind, cents: int, row: int) -> Entry:
    signed = -cents if kind is Kind.CORRECTION else cents
    return Entry(id_, on, kind, signed, sequence=row)


def _pattern(
    on: date,
    limits: Limits,
    contract: Contract,
    contacts: Contacts,
    counted: Any,
    months: tuple[RentMonth, ...],
    late: list[bool],
) -> Pattern:
    """`core/pattern.payment_pattern`, of what was counted already."""
    episodes = episodes_of([m for m, was in zip(months, late, strict=True) if was], contacts.contact_days)
    return Pattern(
        on=on,
        method=contract.method,
        months=months[-limits.chart_months :],
        rent=counted.rent,
        usual_days=None if counted.usual_days == NO_DAY else counted.usual_days,
        expected_days=counted.expected_days,
        spread=None if counted.spread == NO_DAY else counted.spread,
        observed=counted.observed,
        late=counted.late,
        missed=counted.missed,
        partial=counted.partial,
        reversed=counted.reversed,
        sliding=(),
        behind=counted.behind,
        on_time=counted.on_time,
        known=counted.known,
        episodes=tuple(episodes),
        late_after=counted.expected_days + limits.bank_margin_days + WEEKEND,
    )
