"""What each payment is for while an arrangement runs: the current rent and the arrangement never eat each other.

The terms of the arrangement are a designation (BW 6:43 lid 1). Money that bears the reference of the arrangement is
for the arrangement; money that names a month is for that month. Of money that names nothing:
- exactly the next instalment, all that are due, or all that is left is for those, unless it is also exactly a rent;
- otherwise the current rent that is open comes first, then a whole next rent if there is so much left, and what is
  left goes to the instalments, early or late; what is more than all of them waits for the rent.

A reversal takes back exactly what its payment did. Every cent of a payment has one place.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

from voordeur.core.arrangements.values import Instalment
from voordeur.core.ledger import Component, Entry, Kind, position

BEFORE = "before"
"""Stands for the payments from before the agreement."""
_CURRENT = frozenset({Component.RENT, Component.SERVICE})


class Purpose(StrEnum):
    """What a part of a payment is for."""

    ARRANGEMENT = "arrangement"
    RENT = "rent"
    AHEAD = "ahead"
    """Kept for a rent that is still to come."""


class Part(NamedTuple):
    """A part of one payment. Cents."""

    payment: str
    day: date
    amount: int
    purpose: Purpose
    charge: str | None = None
    """The charge it covers: the rent, or the old debt of the arrangement."""


class Received(NamedTuple):
    """Money for the arrangement that came in, or (negative) went back. Cents."""

    day: date
    amount: int
    payment: str = ""


class RentGap(NamedTuple):
    """A current rent that was not paid from `since` until `until` (that day it was); None: it still is not."""

    charge: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Division:
    """All money since the agreement, each part with its purpose."""

    parts: tuple[Part, ...]
    """Of payments that stayed, in order of arrival."""
    received: tuple[Received, ...]
    gaps: tuple[RentGap, ...]


class Beginning(NamedTuple):
    """What was paid ahead when an arrangement was agreed. Cents."""

    ahead: int
    """Money that waited for a rent to come."""
    covered: Mapping[str, int]
    """Of rents that were charged and not due yet."""


@dataclass(frozen=True, slots=True)
class Covered:
    """What the arrangement is about."""

    agreed_on: date
    debts: Mapping[str, int]
    """Cents per charge that was open when it was agreed, oldest first."""
    plans: Sequence[tuple[date, tuple[Instalment, ...]]]
    """The instalments that count from each day."""
    rent: int = 0
    """Cents a month; 0 when it is not known."""
    begun: Beginning | None = None
    """What was paid ahead; None: it is read from the ledger."""

    @property
    def total(self) -> int:
        """Cents in all."""
        return sum(one.amount for one in self.plans[0][1]) if self.plans else 0


@dataclass(slots=True)
class _Open:
    """A current charge with what is open of it."""

    id: str
    due: date
    amount: int
    left: int
    since: date
    """It is late from this day on, as long as something is left."""


@dataclass(slots=True)
class _Walk:
    about: Covered
    rents: list[_Open] = field(default_factory=list)
    debts: dict[str, int] = field(default_factory=dict)
    ahead: list[Part] = field(default_factory=list)
    before: dict[str, int] = field(default_factory=dict)
    """Cents of rents to come that were paid before the agreement."""
    parts: dict[str, list[Part]] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)
    gaps: list[RentGap] = field(default_factory=list)
    paid: int = 0

    @property
    def to_pay(self) -> int:
        return max(0, self.about.total - self.paid)

    def keep(self, part: Part) -> None:
        """Write down where a part of a payment went."""
        if part.amount:
            self.parts.setdefault(part.payment, []).append(part)


def divide(entries: Iterable[Entry], about: Covered, until: date | None = None) -> Division:
    """Give every payment since the agreement its purpose. `entries`: the ledger of the tenancy, in any order.

    A payment counts when it came, or came to our knowledge, after the day of the agreement: what was known on that
    day is in the total already.
    """
    entries = list(entries)
    begun = about.begun or beginning(entries, about.agreed_on)
    walk = _Walk(about, debts=dict(about.debts), before=dict(begun.covered))
    if begun.ahead:
        walk.ahead.append(Part(BEFORE, about.agreed_on, begun.ahead, Purpose.AHEAD))
        walk.parts[BEFORE] = list(walk.ahead)
    for entry in sorted(_since(entries, about, until), key=attrgetter("order")):
        if entry.kind is Kind.REVERSAL:
            _reverse(walk, entry)
        elif entry.owes:
            _charge(walk, entry)
        else:
            _pay(walk, entry)
    open_now = [RentGap(one.id, one.since, None) for one in walk.rents if one.left]
    parts = [part for payment, found in walk.parts.items() if payment != BEFORE for part in found]
    return Division(tuple(parts), tuple(walk.received), tuple(walk.gaps + open_now))


def beginning(entries: Iterable[Entry], agreed_on: date) -> Beginning:
    """What was paid ahead of an agreement, as it was known on that day."""
    at = position(entries, agreed_on, agreed_on)
    covered = {
        charge.id: charge.covered for charge in at.charges if charge.due > agreed_on and charge.covered
    }
    return Beginning(at.credit, covered)


def _since(entries: Iterable[Entry], about: Covered, until: date | None) -> Iterable[Entry]:
    """Current rents, and money that was not known yet when the arrangement was agreed."""
    for entry in entries:
        if until is not None and entry.date > until:
            continue
        if entry.kind is Kind.CHARGE:
            due = entry.due or entry.date
            counts = entry.id not in about.debts and due > about.agreed_on and entry.component in _CURRENT
        else:
            is_money = not entry.owes or entry.kind is Kind.REVERSAL
            counts = is_money and max(entry.date, entry.known or entry.date) > about.agreed_on
        if counts:
            yield entry


def _charge(walk: _Walk, entry: Entry) -> None:
    due = entry.due or entry.date
    one = _Open(entry.id, due, entry.amount, max(0, entry.amount - walk.before.get(entry.id, 0)), due)
    walk.rents.append(one)
    walk.rents.sort(key=lambda rent: (rent.due, rent.id))
    for part in list(walk.ahead):
        _use_ahead(walk, part, one, entry.date)


def _use_ahead(walk: _Walk, part: Part, one: _Open, day: date) -> None:
    """Money that waited for this rent pays it."""
    amount = min(part.amount, one.left)
    if not amount:
        return
    _take(walk, part, amount)
    walk.keep(Part(part.payment, part.day, amount, Purpose.RENT, one.id))
    one.left -= amount
    _close(walk, one, max(part.day, min(day, one.due)))


def _take(walk: _Walk, part: Part, amount: int) -> None:
    """Make a part that waits smaller."""
    walk.ahead.remove(part)
    walk.parts[part.payment].remove(part)
    smaller = part._replace(amount=part.amount - amount)
    if smaller.amount:
        walk.ahead.insert(0, smaller)
        walk.parts[part.payment].append(smaller)


def _close(walk: _Walk, one: _Open, day: date) -> None:
    """A rent that is paid was late from its due day until now, or not at all."""
    if not one.left and day > one.since:
        walk.gaps.append(RentGap(one.id, one.since, day))


def _pay(walk: _Walk, entry: Entry) -> None:
    """Give one payment (or correction, or write-off) its purposes."""
    left = abs(entry.amount)
    if entry.kind is Kind.WRITE_OFF:
        left = _to_arrangement(walk, entry, left)
    elif entry.designates is not None:
        left = _as_named(walk, entry, left)
    elif entry.kind is Kind.PAYMENT and _is_instalment(walk, entry, left):
        left = _to_arrangement(walk, entry, left)
    left = _to_rents(walk, entry, left)
    if entry.designates is None and 0 < walk.about.rent <= left and not walk.ahead:
        left -= _keep_ahead(walk, entry, walk.about.rent)
    left = _to_arrangement(walk, entry, left)
    _keep_ahead(walk, entry, left)


def _as_named(walk: _Walk, entry: Entry, left: int) -> int:
    """What the payer names comes first; a charge that is still to come takes all of it."""
    if entry.designates in walk.about.debts:
        return _to_arrangement(walk, entry, left)
    named = [one for one in walk.rents if one.id == entry.designates]
    if named:
        return _to_rents(walk, entry, left, named)
    return left - _keep_ahead(walk, entry, left)


def _is_instalment(walk: _Walk, entry: Entry, amount: int) -> bool:
    """Exactly the next open instalment, all that are due, or all that is left; and not exactly a rent."""
    if amount == walk.about.rent or any(amount == one.amount or amount == one.left for one in walk.rents):
        return False
    open_ones = _open_instalments(walk, entry.date)
    due = sum(left for due_day, left in open_ones if due_day <= entry.date)
    return bool(open_ones) and amount in (open_ones[0][1], due or None, walk.to_pay)


def _open_instalments(walk: _Walk, day: date) -> list[tuple[date, int]]:
    """Day and open amount of each instalment of the plan of that day that is not paid, in order."""
    plans = [plan for since, plan in walk.about.plans if since <= day] or [walk.about.plans[0][1]]
    plan = plans[-1]
    left = walk.paid - (walk.about.total - sum(one.amount for one in plan))
    found = []
    for one in plan:
        paid = min(max(0, left), one.amount)
        left -= paid
        if paid < one.amount:
            found.append((one.due, one.amount - paid))
    return found


def _to_rents(walk: _Walk, entry: Entry, left: int, rents: Collection[_Open] | None = None) -> int:
    """Lay money on current rents, oldest first; what is left of it."""
    for one in list(walk.rents if rents is None else rents):
        amount = min(left, one.left)
        if amount:
            walk.keep(Part(entry.id, entry.date, amount, Purpose.RENT, one.id))
            one.left -= amount
            left -= amount
            _close(walk, one, entry.date)
    return left


def _to_arrangement(walk: _Walk, entry: Entry, left: int) -> int:
    """Lay money on the debts of the arrangement, oldest first; what is left of it."""
    amount = min(left, walk.to_pay)
    if not amount:
        return left
    walk.received.append(Received(entry.date, amount, entry.id))
    walk.paid += amount
    rest = amount
    for charge, open_amount in walk.debts.items():
        part = min(rest, open_amount)
        if part:
            walk.debts[charge] -= part
            walk.keep(Part(entry.id, entry.date, part, Purpose.ARRANGEMENT, charge))
            rest -= part
    walk.keep(Part(entry.id, entry.date, rest, Purpose.ARRANGEMENT))
    return left - amount


def _keep_ahead(walk: _Walk, entry: Entry, amount: int) -> int:
    """Keep money for a rent that is still to come."""
    if amount:
        part = Part(entry.id, entry.date, amount, Purpose.AHEAD)
        walk.ahead.append(part)
        walk.keep(part)
    return amount


def _reverse(walk: _Walk, entry: Entry) -> None:
    """Take back what the payment did, the last part first; a reversal of older money is no matter of ours."""
    back = entry.amount
    parts = walk.parts.get(entry.reverses or "", [])
    while back and parts:
        part = parts.pop()
        amount = min(back, part.amount)
        back -= amount
        if part in walk.ahead:
            walk.ahead.remove(part)
        if part.purpose is Purpose.ARRANGEMENT:
            walk.paid -= amount
            walk.received.append(Received(entry.date, -amount, part.payment))
            if part.charge is not None:
                walk.debts[part.charge] += amount
        elif part.purpose is Purpose.RENT:
            _reopen(walk, part, amount, entry.date)
        if amount < part.amount:
            kept = part._replace(amount=part.amount - amount)
            parts.append(kept)
            if part.purpose is Purpose.AHEAD:
                walk.ahead.append(kept)


def _reopen(walk: _Walk, part: Part, amount: int, day: date) -> None:
    for one in walk.rents:
        if one.id == part.charge:
            if not one.left:
                one.since = max(one.due, day)
            one.left += amount
