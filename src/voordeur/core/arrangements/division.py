"""What each payment is for while an arrangement runs: the current rent and the arrangement never eat each other.

The terms of the arrangement are a designation (BW 6:43 lid 1). Money that bears the reference of the arrangement is
for the arrangement; money that names a month is for that month. Of money that names nothing:
- exactly the next instalment, all that are due, or all that is left is for those, unless it is also exactly a rent;
- otherwise the current rent that is open comes first, then a whole next rent if there is so much left, and what is
  left goes to the instalments, early or late; what is more than all of them waits for the rent.
A whole rent is what is charged for one due day: rent and service costs together, in the amount of that month.

A reversal takes back exactly what its payment did. Every cent of a payment has one place.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

from voordeur.core.arrangements.values import Instalment
from voordeur.core.calendar import add_months
from voordeur.core.ledger import Component, Entry, Kind, position

BEFORE = "before"
"""Stands for the payments from before the agreement."""
_HABIT = 2
"""So many rents before tell the own day."""
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
    """A current rent that was not paid from `since` until `until` (that day it was); None: it still is not.

    `own_day` is the day on which this household pays its rent: a month after the rent before came in, and no later than
    the one before that says; so one late month stretches nothing, and it never lies beyond the next due day. Who pays
    one rent each month on the same day is not in trouble anew every month. None: unknown, or the bank took it back.
    """

    charge: str
    since: date
    until: date | None
    own_day: date | None = None


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
    rent: int = 0
    """The last whole rent that was charged; 0 when there was none."""
    paid_on: date | None = None
    """The last day on which at least a whole rent came in."""


@dataclass(frozen=True, slots=True)
class Covered:
    """What the arrangement is about."""

    agreed_on: date
    debts: Mapping[str, int]
    """Cents per charge that was open when it was agreed, oldest first."""
    plans: Sequence[tuple[date, tuple[Instalment, ...]]]
    """The instalments that count from each day."""
    rent: int = 0
    """Cents a month, where the ledger does not tell; 0 when it is not known."""
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
    taken_back: bool = False
    """It was paid, and the bank took that back: late at once."""


@dataclass(slots=True)
class _Walk:
    about: Covered
    small: int
    """Cents that may lack of a rent without it being late."""
    begun: Beginning
    charged: Mapping[date, int]
    """Cents of current rent per due day, oldest first: what a whole rent was and will be."""
    rents: list[_Open] = field(default_factory=list)
    debts: dict[str, int] = field(default_factory=dict)
    ahead: list[Part] = field(default_factory=list)
    rent_days: dict[str, date] = field(default_factory=dict)
    """Payment -> day, of payments that made a rent complete."""
    parts: dict[str, list[Part]] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)
    gaps: list[RentGap] = field(default_factory=list)
    paid: int = 0

    @property
    def to_pay(self) -> int:
        return max(0, self.about.total - self.paid)

    def next_rent(self, day: date) -> int:
        """Cents of the first rent after `day` that is not charged yet; as much as the last one where nobody knows."""
        last = max([day, *(one.due for one in self.rents)])
        if last < self.about.agreed_on:
            last = self.about.agreed_on - timedelta(days=1)
        coming = (cents for due, cents in self.charged.items() if due > last)
        before = [cents for due, cents in self.charged.items() if due <= last]
        return next(coming, before[-1] if before else self.begun.rent or self.about.rent)

    def gap(self, rent: _Open, until: date | None) -> RentGap:
        """What is known of a rent that came late, or did not come."""
        earlier = sorted((day for day in self.rent_days.values() if day <= rent.due), reverse=True)
        days = [add_months(day, back) for back, day in enumerate(earlier[:_HABIT], 1)]
        own_day = min(days, default=None) if not rent.taken_back else None
        return RentGap(rent.id, rent.since, until, own_day)

    def keep(self, part: Part) -> None:
        """Write down where a part of a payment went."""
        if part.amount:
            self.parts.setdefault(part.payment, []).append(part)


def divide(
    entries: Iterable[Entry], about: Covered, until: date | None = None, *, small: int = 0
) -> Division:
    """Give every payment since the agreement its purpose. `entries`: the ledger of the tenancy, in any order.

    `small`: cents that may lack of a rent without it being late (`ArrangementRules.small_cents`).

    A payment counts when it came, or came to our knowledge, after the day of the agreement: what was known on that
    day is in the total already.
    """
    entries = list(entries)
    begun = about.begun or beginning(entries, about.agreed_on)
    walk = _Walk(about, small, begun, _charged(entries, until), debts=dict(about.debts))
    if begun.paid_on:
        walk.rent_days[BEFORE] = begun.paid_on
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
    open_now = [walk.gap(one, None) for one in walk.rents if one.left > small]
    parts = [part for payment, found in walk.parts.items() if payment != BEFORE for part in found]
    return Division(tuple(parts), tuple(walk.received), tuple(walk.gaps + open_now))


def beginning(entries: Iterable[Entry], agreed_on: date) -> Beginning:
    """What was paid ahead of an agreement, as it was known on that day."""
    at = position(entries, agreed_on, agreed_on)
    covered = {
        charge.id: charge.covered for charge in at.charges if charge.due >= agreed_on and charge.covered
    }
    rent = next(reversed(_charged(entries, agreed_on).values()), 0)
    undone = {entry.reverses for entry in entries if entry.kind is Kind.REVERSAL and entry.date <= agreed_on}
    paid = [
        entry.date
        for entry in entries
        if entry.kind is Kind.PAYMENT and entry.date <= agreed_on and entry.id not in undone
        and 0 < rent <= entry.amount
    ]  # fmt: skip
    return Beginning(at.credit, covered, rent, max(paid, default=None))


def _charged(entries: Iterable[Entry], until: date | None) -> dict[date, int]:
    """Cents of rent and service costs per due day, of before the agreement too."""
    found: dict[date, int] = {}
    for entry in entries:
        if (
            entry.kind is Kind.CHARGE
            and entry.component in _CURRENT
            and (until is None or entry.date <= until)
        ):
            due = entry.due or entry.date
            found[due] = found.get(due, 0) + entry.amount
    return dict(sorted(found.items()))


def _since(entries: Iterable[Entry], about: Covered, until: date | None) -> Iterable[Entry]:
    """Current rents, and money that was not known yet when the arrangement was agreed."""
    for entry in entries:
        if until is not None and entry.date > until:
            continue
        if entry.kind is Kind.CHARGE:
            due = entry.due or entry.date
            counts = entry.id not in about.debts and due >= about.agreed_on and entry.component in _CURRENT
        else:
            is_money = not entry.owes or entry.kind is Kind.REVERSAL
            counts = is_money and max(entry.date, entry.known or entry.date) > about.agreed_on
        if counts:
            yield entry


def _charge(walk: _Walk, entry: Entry) -> None:
    due = entry.due or entry.date
    one = _Open(entry.id, due, entry.amount, max(0, entry.amount - walk.begun.covered.get(entry.id, 0)), due)
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
    _lay(walk, one, amount, part.payment, max(part.day, min(day, one.due)))


def _take(walk: _Walk, part: Part, amount: int) -> None:
    """Make a part that waits smaller."""
    walk.ahead.remove(part)
    walk.parts[part.payment].remove(part)
    smaller = part._replace(amount=part.amount - amount)
    if smaller.amount:
        walk.ahead.insert(0, smaller)
        walk.parts[part.payment].append(smaller)


def _lay(walk: _Walk, one: _Open, amount: int, payment: str, day: date) -> None:
    """Lay money on a rent. One that is paid by it was late until now, or not at all."""
    was_open = one.left > walk.small
    one.left -= amount
    if not was_open or one.left > walk.small:
        return
    if day > one.since:
        walk.gaps.append(walk.gap(one, day))
    walk.rent_days[payment] = day


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
    lacking = walk.next_rent(entry.date) - sum(part.amount for part in walk.ahead)
    if entry.designates is None and 0 < lacking <= left:
        left -= _keep_ahead(walk, entry, lacking)
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
    if amount in (walk.about.rent, walk.next_rent(entry.date)) or _is_a_rent(walk, amount):
        return False
    open_ones = _open_instalments(walk, entry.date)
    due = sum(left for due_day, left in open_ones if due_day <= entry.date)
    return bool(open_ones) and amount in (open_ones[0][1], due or None, walk.to_pay)


def _is_a_rent(walk: _Walk, amount: int) -> bool:
    """Exactly a rent of before, or what is open of it: one line of it, or all that was due on its day."""
    whole: dict[date, int] = {}
    left: dict[date, int] = {}
    for one in walk.rents:
        whole[one.due] = whole.get(one.due, 0) + one.amount
        left[one.due] = left.get(one.due, 0) + one.left
    lines = {one.amount for one in walk.rents} | {one.left for one in walk.rents}
    return amount in {*whole.values(), *left.values(), *lines}


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
            left -= amount
            _lay(walk, one, amount, entry.id, entry.date)
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
            if one.left <= walk.small:
                one.since, one.taken_back = max(one.due, day), True
                walk.rent_days.pop(part.payment, None)
            one.left += amount
