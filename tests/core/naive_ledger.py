"""The rules of the ledger once more, as plainly as possible and as slowly as you like.

`core/ledger.py` is compared with this on made-up ledgers. It shares no code with it beyond Entry and Kind.
"""

from dataclasses import dataclass, field
from datetime import date

from voordeur.core.ledger import Component, Entry, Kind

Own = tuple[date, date, int, int, bool, str]


@dataclass
class Owed:
    """Something to pay. `cover` holds [credit id, cents, day of the money, kind] in order of coming."""

    id: str
    due: date
    amount: int
    own: Own
    claim: Own
    part: int
    cover: list[list[object]] = field(default_factory=list)

    @property
    def left(self) -> int:
        return self.amount - sum(int(str(part[1])) for part in self.cover)


@dataclass
class Money:
    """Money that came in; `spent` holds the charges it went to, one item per part, in order."""

    entry: Entry
    left: int
    waits_for: str | None = None
    spent: list[Owed] = field(default_factory=list)


class Book:
    """One ledger."""

    def __init__(self) -> None:
        self.owed: list[Owed] = []
        self.money: list[Money] = []
        self.gone: set[str] = set()  # ids of money that was undone altogether
        self.early: list[tuple[str, Owed]] = []
        self.seen: set[str] = set()

    def add(self, e: Entry) -> None:
        if e.kind is Kind.REVERSAL:
            self._reversal(e)
        elif e.kind in (Kind.CHARGE, Kind.REFUND) or (e.kind is Kind.CORRECTION and e.amount > 0):
            self._owe(e, e.amount)
        else:
            self._receive(e)
        self.seen.add(e.id)
        for money in self.money:
            if money.waits_for == e.id:
                money.waits_for = None
                self._spend_as_named(money, e.id)
        self._spread()

    def _owe(self, e: Entry, amount: int) -> Owed:
        due = e.due if e.kind is Kind.CHARGE and e.due is not None else e.date
        own = (due, e.date, e.sequence, list(Kind).index(e.kind), e.claim is not None, e.id)
        claim, part = own, 2
        for head in self.owed:
            if head.id == e.claim and e.kind is not Kind.REVERSAL:
                claim = head.claim
                part = {Component.COSTS: 0, Component.INTEREST: 1}.get(e.component, 2)
        owed = Owed(e.id, due, amount, own, claim, part)
        self.owed.append(owed)
        return owed

    def _receive(self, e: Entry) -> None:
        money = Money(e, abs(e.amount))
        for payment, owed in list(self.early):
            if payment == e.id:
                self._meet(money, owed)
        self.early = [(payment, owed) for payment, owed in self.early if payment != e.id]
        if e.amount and not money.left:
            self.gone.add(e.id)
            return
        self.money.append(money)
        if e.designates in self.seen:
            self._spend_as_named(money, e.designates)
        elif e.designates != e.id:
            money.waits_for = e.designates

    def _spend_as_named(self, money: Money, id_: str) -> None:
        for owed in self.owed:
            if owed.id == id_:
                self._spend(money, owed.claim)

    def _spread(self) -> None:
        for money in self.money:
            if money.waits_for is None:
                self._spend(money, None)

    def _spend(self, money: Money, claim: Own | None) -> None:
        while money.left:
            candidates = [o for o in self.owed if o.left and claim in (None, o.claim)]
            if not candidates:
                return
            first = min(candidates, key=lambda o: (o.claim, o.part, o.own))
            part = min(money.left, first.left)
            first.cover.append([money.entry.id, part, money.entry.date, money.entry.kind])
            money.spent.append(first)
            money.left -= part

    def _take_from(self, money: Money, amount: int) -> int:
        """Back from the charge that got its money last; how much that was."""
        owed = money.spent[-1]
        at = max(i for i, part in enumerate(owed.cover) if part[0] == money.entry.id)
        return self._shorten(money, owed, at, amount)

    def _shorten(self, money: Money, owed: Owed, at: int, amount: int) -> int:
        part = owed.cover[at]
        taken = min(amount, int(str(part[1])))
        part[1] = int(str(part[1])) - taken
        if part[1] == 0:
            del owed.cover[at]
            last = max(i for i, to in enumerate(money.spent) if to is owed)
            del money.spent[last]
        return taken

    def _reversal(self, e: Entry) -> None:
        for money in self.money:
            if money.entry.id == e.reverses:
                todo = e.amount
                unused = min(todo, money.left)
                money.left -= unused
                todo -= unused
                while todo and money.spent:
                    todo -= self._take_from(money, todo)
                if not money.left and not money.spent:
                    self.money.remove(money)
                    self.gone.add(money.entry.id)
                if todo:
                    self._owe(e, todo)
                return
        owed = self._owe(e, e.amount)
        known = self.gone | {o.id for o in self.owed}
        if e.reverses and e.reverses not in known:
            self.early.append((e.reverses, owed))

    def _meet(self, money: Money, owed: Owed) -> None:
        """Money that was undone before it came."""
        amount = min(money.left, owed.amount)
        while owed.left < amount:
            payer = next(m for m in self.money if m.entry.id == owed.cover[-1][0])
            payer.left += self._shorten(payer, owed, len(owed.cover) - 1, amount - owed.left)
        money.left -= amount
        owed.amount -= amount
        if not owed.amount:
            self.owed.remove(owed)


def naive(entries: list[Entry], on: date, known: date | None = None) -> Book:
    """The book at the end of a day, as known on a day."""
    book = Book()
    counted = [e for e in entries if e.date <= on and (known is None or (e.known or e.date) <= known)]
    kinds = list(Kind)
    for entry in sorted(
        counted, key=lambda e: (e.date, e.sequence, kinds.index(e.kind), e.claim is not None, e.id)
    ):
        book.add(entry)
    return book
