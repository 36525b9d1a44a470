"""What is owed: the reference arithmetic of a rent ledger, per tenancy, on any day and as known on any day.

Every entry has two days: `date`, when it counts, and `known`, when it came to our knowledge. `position()`
replays the entries that count by a day and were known by a day; nothing is ever stored that a replay could
contradict.

Which payment pays what (Dutch Civil Code, BW):
- the payer's own designation decides (6:43 lid 1); money for a charge that is still to come waits for it;
- otherwise the oldest due charge first (6:43 lid 2), also charges that are not due yet;
- within a claim costs, then interest, then the principal (6:44);
- what is left is credit, carried forward to the next charge;
- a reversal (storno) undoes exactly what its payment had covered, and older credit then steps in.

Amounts are integer cents. Days are calendar dates; a charge due today is not overdue, it is 0 days late.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple


class Kind(StrEnum):
    """What an entry is. `correction` is signed; all other amounts are positive."""

    CHARGE = "charge"
    PAYMENT = "payment"
    REVERSAL = "reversal"
    REFUND = "refund"
    CORRECTION = "correction"
    WRITE_OFF = "write_off"


class Component(StrEnum):
    """What a charge is for. Costs and interest of a claim are paid before its principal (BW 6:44)."""

    RENT = "rent"
    SERVICE = "service"
    OTHER = "other"
    COSTS = "costs"
    INTEREST = "interest"


BESIDE_PRINCIPAL = frozenset({Component.COSTS, Component.INTEREST})
"""What comes on top of a claim."""
_PRINCIPAL = 2
_COMPONENT_RANK = {Component.COSTS: 0, Component.INTEREST: 1}
_KIND_RANK = {kind: rank for rank, kind in enumerate(Kind)}
_OWING = frozenset({Kind.CHARGE, Kind.REVERSAL, Kind.REFUND})
_Day = date  # for the fields of Entry: in there `date` is the name of one of them
# Reading a member of an enumeration is slow in Python 3.11, and a replay does it for every entry.
_CHARGE, _REVERSAL, _CORRECTION, _WRITE_OFF = Kind.CHARGE, Kind.REVERSAL, Kind.CORRECTION, Kind.WRITE_OFF


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a ledger of one tenancy."""

    id: str
    date: _Day
    """The day it counts from."""
    kind: Kind
    amount: int
    """Cents: positive, except a correction, which is signed (negative works like a payment)."""
    due: _Day | None = None
    """Charges only (ignored on other kinds): the day it must be paid; `date` when absent."""
    known: _Day | None = None
    """The day we knew it; `date` when absent."""
    component: Component = Component.RENT
    claim: str | None = None
    """Costs and interest: the id of the earlier charge they belong to."""
    designates: str | None = None
    """Payments: the id of the charge the payer names (BW 6:43). The id of anything else says nothing."""
    reverses: str | None = None
    """Reversals: the id of the payment that is undone."""
    sequence: int = 0
    """Order within one day (the line number of a file); entries with the same number go by kind, the parts
    of a claim after its principal, then by id."""

    def __post_init__(self) -> None:
        if self.amount < 0 and self.kind is not _CORRECTION:
            raise ValueError(f"a {self.kind} has a positive amount; only a correction is signed")

    @property
    def order(self) -> tuple[_Day, int, int, bool, str]:
        """Replay order. It depends on the entry alone, so the order of import does not matter."""
        return (self.date, self.sequence, _KIND_RANK[self.kind], self.claim is not None, self.id)

    @property
    def owes(self) -> bool:
        """True when the entry adds to what is owed, False when it takes from it."""
        return self.kind in _OWING or (self.kind is _CORRECTION and self.amount > 0)

    @property
    def effect(self) -> int:
        """Signed cents: what the entry adds to the balance."""
        return abs(self.amount) if self.owes else -abs(self.amount)


Place = tuple[date, tuple[date, int, int, bool, str]]
"""Where a charge stands by itself: due day, then `Entry.order`. The oldest due is the least."""

Rank = tuple[Place, int, Place]
"""Order of payment: the place of the claim, the part of that claim (BW 6:44), the charge's own place."""


class Allocation(NamedTuple):
    """A part of one payment (or credit) that covers a part of one charge."""

    credit: str
    """Id of the payment, negative correction or write-off."""
    charge: str
    amount: int
    money_date: date
    """The day of the payment, also when it was credit first and found its charge later."""
    kind: Kind
    """What the credit is; a write-off covers a charge but does not pay it."""


@dataclass(slots=True, eq=False)
class Charge:
    """A charge (or refund, positive correction, reversal of unknown money) with what has been paid of it."""

    entry: Entry
    due: date
    rank: Rank
    """Order of payment."""
    amount: int
    """Cents owed by it: of a reversal that undid a payment only what was larger than that payment."""
    outstanding: int
    """Cents not covered yet."""
    covering: dict[int, Allocation] = field(default_factory=dict)
    """What covers it, in the order in which it came; the key is a serial number within the replay."""

    def __lt__(self, other: "Charge") -> bool:
        return self.rank < other.rank

    @property
    def id(self) -> str:
        """Id of the entry."""
        return self.entry.id

    @property
    def is_principal(self) -> bool:
        """False for collection costs and interest: on those no collection costs are worked out."""
        return self.entry.component not in BESIDE_PRINCIPAL

    @property
    def covered(self) -> int:
        """Cents covered, by whatever kind of credit."""
        return self.amount - self.outstanding

    @property
    def allocations(self) -> tuple[Allocation, ...]:
        """What covers it, in the order in which it came."""
        return tuple(self.covering.values())

    @property
    def paid(self) -> int:
        """Cents paid: covered by payments and corrections, not by a write-off."""
        return sum(part.amount for part in self.covering.values() if part.kind is not _WRITE_OFF)

    @property
    def paid_on(self) -> date | None:
        """The day of the money that completed it; None while a part is open or if a part was written off."""
        if self.outstanding or not self.covering or self.paid < self.amount:
            return None
        return max(part.money_date for part in self.covering.values())

    @property
    def days_late(self) -> int | None:
        """Days from due to paid, negative when early; None when `paid_on` is None."""
        paid_on = self.paid_on
        return None if paid_on is None else (paid_on - self.due).days


@dataclass(slots=True, eq=False)
class Credit:
    """A payment (or negative correction, write-off) with what is left of it."""

    entry: Entry
    left: int
    waits_for: str | None = None
    """Id of the charge to come that the payer named; the money is kept for it."""
    arrival: int = 0
    """Its place among the entries of the replay: older money goes first."""
    laid_out: list[tuple[Charge, int]] = field(default_factory=list)
    """The charges it covers, in the order in which it did, with the serial number of the part."""

    @property
    def parts(self) -> list[Allocation]:
        """What it covers, in the order in which it did."""
        return [charge.covering[serial] for charge, serial in self.laid_out]


@dataclass(frozen=True, slots=True)
class Position:
    """How one tenancy stands on one day."""

    on: date
    charges: tuple[Charge, ...]
    """In order of arrival. Charges are not copied: a Position is read, not changed."""
    credits: tuple[Credit, ...]

    @property
    def balance(self) -> int:
        """Cents owed in all, negative when the tenant has credit."""
        owed = sum(charge.outstanding for charge in self.charges)
        return owed - sum(credit.left for credit in self.credits)

    @property
    def credit(self) -> int:
        """Cents paid that no charge has taken yet."""
        return sum(credit.left for credit in self.credits)

    @property
    def open_charges(self) -> list[Charge]:
        """Charges with an unpaid part, due or not, in order of payment (oldest due first)."""
        return sorted(charge for charge in self.charges if charge.outstanding)

    @property
    def overdue_charges(self) -> list[Charge]:
        """Open charges whose due day lies before the day of the position, oldest first."""
        return [charge for charge in self.open_charges if charge.due < self.on]

    @property
    def overdue(self) -> int:
        """Cents overdue. Credit that waits for a named charge is not set off against it."""
        return sum(charge.outstanding for charge in self.charges if charge.due < self.on)

    @property
    def oldest_unpaid_due(self) -> date | None:
        """Due day of the oldest overdue charge; None when nothing is overdue."""
        return min((c.due for c in self.charges if c.due < self.on and c.outstanding), default=None)

    @property
    def days_overdue(self) -> int:
        """Calendar days since the oldest unpaid due day; 0 when nothing is overdue."""
        oldest = self.oldest_unpaid_due
        return 0 if oldest is None else (self.on - oldest).days

    @property
    def last_payment(self) -> Entry | None:
        """The newest payment that was not reversed."""
        paid = [credit.entry for credit in self.credits if credit.entry.kind is Kind.PAYMENT]
        return max(paid, key=lambda entry: entry.order, default=None)


class DayTotals(NamedTuple):
    """The sums of a Position, kept when the position itself moves on."""

    on: date
    balance: int
    overdue: int
    oldest_unpaid_due: date | None
    open_charges: int


_rank_of = attrgetter("rank")
_arrival = attrgetter("arrival")


class Replay:
    """Replays the entries of one tenancy in order; ask `position()` or `totals()` between any two days.

    Between two entries either no charge is open or no credit is free (credit that waits for a named charge
    is not free), so each entry costs about as much work as the parts that it lays out or takes back.
    """

    def __init__(self) -> None:
        self.charges: dict[str, Charge] = {}
        self.credits: dict[str, Credit] = {}
        self.balance = 0
        """Cents owed in all so far; negative when the tenant has credit."""
        self._open: list[Charge] = []  # sorted by rank: the order in which money is laid out
        self._free: list[Credit] = []  # credits with money that waits for nothing, oldest first
        self._waiting: dict[str, list[Credit]] = {}  # by the id of the charge they wait for
        self._early: dict[str, list[Charge]] = {}  # by the id of a payment: reversals that came before it
        self._seen: set[str] = set()
        self._serial = 0  # number of the last part that was laid out

    def add(self, entry: Entry) -> None:
        """Take in the next entry. Entries must come in `Entry.order`; ValueError when an id comes twice."""
        if entry.id in self._seen:
            raise ValueError("two entries have the same id")
        self._seen.add(entry.id)
        amount = abs(entry.amount)
        if not entry.owes:
            self.balance -= amount
            self._pay(entry, amount)
        else:
            self.balance += amount
            if entry.kind is _REVERSAL:
                self._reverse(entry)
            else:
                self._charge(entry, amount)
        if entry.id in self._waiting:
            self._end_waiting(entry.id)
        if self._free and self._open:
            self._settle()

    def position(self, on: date) -> Position:
        """How it stands at the end of day `on`, given that all entries up to that day were added."""
        return Position(on, tuple(self.charges.values()), tuple(self.credits.values()))

    def totals(self, on: date) -> DayTotals:
        """The sums of `position(on)`, from the open charges alone."""
        overdue = [charge for charge in self._open if charge.due < on]
        oldest = min((charge.due for charge in overdue), default=None)
        return DayTotals(on, self.balance, sum(c.outstanding for c in overdue), oldest, len(self._open))

    def _charge(self, entry: Entry, amount: int) -> Charge:
        due = entry.due if entry.due and entry.kind is _CHARGE else entry.date
        charge = Charge(entry, due, self._rank(entry, due), amount, amount)
        self.charges[entry.id] = charge
        if amount:
            insort(self._open, charge)
        return charge

    def _rank(self, entry: Entry, due: date) -> Rank:
        """Oldest due first; costs and interest stand with their claim, before its principal (BW 6:44)."""
        own = (due, entry.order)
        head = self.charges.get(entry.claim) if entry.claim and entry.kind is not _REVERSAL else None
        if head is None:
            return (own, _PRINCIPAL, own)
        return (head.rank[0], _COMPONENT_RANK.get(entry.component, _PRINCIPAL), own)

    def _pay(self, entry: Entry, amount: int) -> None:
        credit = Credit(entry, amount, arrival=len(self._seen))
        for reversal in self._early.pop(entry.id, ()):
            self._set_off(credit, reversal)
        if amount and not credit.left:
            return  # undone altogether: no trace of it is left
        self.credits[entry.id] = credit
        if entry.designates is not None:
            if entry.designates not in self._seen:
                credit.waits_for = entry.designates
                self._waiting.setdefault(entry.designates, []).append(credit)
                return
            self._lay_out_as_named(credit, entry.designates)
        if credit.left:
            self._free.append(credit)

    def _end_waiting(self, id_: str) -> None:
        """The entry that money waited for has come; if it is no charge the money is free all the same."""
        for credit in self._waiting.pop(id_):
            credit.waits_for = None
            self._lay_out_as_named(credit, id_)
            if credit.left:
                insort(self._free, credit, key=_arrival)

    def _settle(self) -> None:
        """Lay free credit on open charges: oldest money on the oldest due charge."""
        while self._free and self._open:
            self._lay_out(self._free[0], self._open[0])
            if self._open[0].outstanding == 0:
                del self._open[0]
            if self._free[0].left == 0:
                del self._free[0]

    def _lay_out_as_named(self, credit: Credit, id_: str) -> None:
        """Lay credit on the open charges of the claim that the payer named, in the order of BW 6:44."""
        if id_ not in self.charges:
            return  # the payer named something that is no charge
        claim = self.charges[id_].rank[0]
        at = bisect_left(self._open, (claim,), key=_rank_of)
        while credit.left and at < len(self._open) and self._open[at].rank[0] == claim:
            self._lay_out(credit, self._open[at])
            if self._open[at].outstanding == 0:
                del self._open[at]

    def _lay_out(self, credit: Credit, charge: Charge) -> None:
        part = min(credit.left, charge.outstanding)
        self._serial += 1
        money = credit.entry
        charge.covering[self._serial] = Allocation(money.id, charge.entry.id, part, money.date, money.kind)
        charge.outstanding -= part
        credit.laid_out.append((charge, self._serial))
        credit.left -= part

    def _reverse(self, reversal: Entry) -> None:
        """Undo a payment. What is larger than the payment, or undoes unknown money, is owed from its day."""
        credit = self.credits.get(reversal.reverses) if reversal.reverses else None
        if credit is not None:
            more = reversal.amount - self._undo(credit, reversal.amount)
            if more:
                self._charge(reversal, more)
            return
        charge = self._charge(reversal, reversal.amount)
        if reversal.reverses:
            self._early.setdefault(reversal.reverses, []).append(charge)

    def _undo(self, credit: Credit, amount: int) -> int:
        """Take back up to `amount` of a payment: the unused part, then last covered first. Cents undone."""
        undone = min(amount, credit.left)
        credit.left -= undone
        if undone and not credit.left and not credit.waits_for:
            del self._free[bisect_left(self._free, credit.arrival, key=_arrival)]
        while undone < amount and credit.laid_out:
            charge, serial = credit.laid_out[-1]
            part = min(amount - undone, charge.covering[serial].amount)
            undone += part
            if self._take_back(charge, serial, part):
                credit.laid_out.pop()
        if not credit.laid_out and not credit.left:
            del self.credits[credit.entry.id]
        return undone

    def _take_back(self, charge: Charge, serial: int, amount: int) -> bool:
        """Make one part smaller and its charge open again. True when nothing of the part remains."""
        if charge.outstanding == 0:
            insort(self._open, charge)
        charge.outstanding += amount
        part = charge.covering[serial]
        if part.amount == amount:
            del charge.covering[serial]
            return True
        charge.covering[serial] = part._replace(amount=part.amount - amount)
        return False

    def _set_off(self, credit: Credit, reversal: Charge) -> None:
        """A payment that was reversed before it came: as far as it was, neither of the two has happened.

        Money that covered the reversal meanwhile becomes free again, the newest part first.
        """
        amount = min(credit.left, reversal.amount)
        for serial, part in reversed(list(reversal.covering.items())):
            back = min(amount - reversal.outstanding, part.amount)
            if back <= 0:
                break
            self._release(self.credits[part.credit], reversal, serial, back)
        credit.left -= amount
        reversal.amount -= amount
        reversal.outstanding -= amount
        if amount and not reversal.outstanding:
            del self._open[bisect_left(self._open, reversal)]
        if not reversal.amount:
            del self.charges[reversal.id]

    def _release(self, credit: Credit, charge: Charge, serial: int, amount: int) -> None:
        """Take a part of a charge back and leave it with its credit, free for another charge."""
        if self._take_back(charge, serial, amount):
            credit.laid_out.remove((charge, serial))
        if not credit.left:
            insort(self._free, credit, key=_arrival)
        credit.left += amount


def known_by(entries: Iterable[Entry], on: date, known: date | None = None) -> list[Entry]:
    """The entries that count by `on` and were known by `known` (default: whenever), in replay order."""
    return sorted(
        (e for e in entries if e.date <= on and (known is None or (e.known or e.date) <= known)),
        key=attrgetter("order"),
    )


def position(entries: Iterable[Entry], on: date, known: date | None = None) -> Position:
    """How one tenancy stood at the end of day `on`, as it was known at the end of day `known`."""
    replay = Replay()
    for entry in known_by(entries, on, known):
        replay.add(entry)
    return replay.position(on)


def totals(at: Position) -> DayTotals:
    """The sums of a position."""
    open_count = sum(1 for charge in at.charges if charge.outstanding)
    return DayTotals(at.on, at.balance, at.overdue, at.oldest_unpaid_due, open_count)


def history(entries: Iterable[Entry], days: Sequence[date]) -> list[DayTotals]:
    """The totals at the end of each of `days` (ascending), in one replay."""
    ordered = known_by(entries, days[-1]) if days else []
    replay, at, found = Replay(), 0, []
    for day in days:
        while at < len(ordered) and ordered[at].date <= day:
            replay.add(ordered[at])
            at += 1
        found.append(replay.totals(day))
    return found
