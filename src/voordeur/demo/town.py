"""Makes the town: homes, people, seven years of ledger up to today, and the truth beside it.

Everything follows from the seed and the half year in which today lies: the same seed and day give the same town to the
last byte, and tomorrow's town is today's with one day more (until the next half year, when history moves up).
"""

import gc
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from math import log
from operator import itemgetter
from random import Random

from voordeur.core.calendar import add_months
from voordeur.demo import assumptions
from voordeur.demo.bank_days import BankDays
from voordeur.demo.behaviour import begin
from voordeur.demo.households import (
    BANKS,
    Habit,
    Manner,
    Tenancy,
    iban,
    make_habit,
    make_tenants,
    payment_reference,
)
from voordeur.demo.ledger_maker import PAYMENT, REFUND, REVERSAL, LedgerRow, Life, PauseRow, Terms
from voordeur.demo.pages import Page, make_pages, rent_factors
from voordeur.demo.streets import NEIGHBOURHOODS, Home, make_homes
from voordeur.demo.truth import Cause, Episode

_AHEAD = 15
"""Months that are lived after today, so that the truth knows how it goes on."""
_FIRST_TENANCY = 100_001
_BUSY_DAY = 150
"""Payments that make a bank file worth reading; a quiet last day takes the days before it along."""


@dataclass(frozen=True, slots=True)
class Town:
    """The town as it stands on the morning of `today`."""

    seed: int
    today: date
    first: date
    """First month of the ledger."""
    homes: list[Home]
    tenancies: list[Tenancy]
    ledgers: list[list[LedgerRow]]
    """What the ledger has, per tenancy and in order of date."""
    at_the_bank: list[tuple[int, LedgerRow]]
    """(tenancy, row): money of the last bank days that is not in the ledger yet; it comes in with the bank file."""
    bank_days: tuple[date, ...]
    """The days of the bank file."""
    pauses: list[tuple[int, PauseRow]]
    """(tenancy, stretch)."""
    episodes: list[Episode]
    """The truth."""


def make_town(seed: int, today: date, *, homes: int = assumptions.HOMES) -> Town:
    """The town of this seed on the morning of this day. `homes` makes it smaller, for tests."""
    first = first_month(today)
    months = (today.year - first.year) * 12 + today.month - first.month + 1 + _AHEAD
    bank = BankDays(add_months(first, -3), add_months(first, months + 48))
    maker = _Maker(seed, first, make_pages(first, months, bank), bank)
    built = make_homes(seed, homes)
    with without_collector():
        for at, home in enumerate(built):
            maker.fill(at, home)
        return _as_of(today, seed, first, built, maker)


@contextmanager
def without_collector() -> Iterator[None]:
    """A million new tuples and not one cycle among them: looking for garbage meanwhile costs a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def first_month(today: date) -> date:
    """The latest 1 January or 1 July from which there are seven years up to today."""
    since = add_months(today, -12 * assumptions.YEARS)
    return date(since.year, 7 if since.month >= 7 else 1, 1)


class _Maker:
    """Fills the homes one after the other, each from a random source of its own."""

    def __init__(self, seed: int, first: date, pages: list[Page], bank: BankDays) -> None:
        self.seed, self.first, self.pages, self.bank = seed, first, pages, bank
        self.factors = rent_factors(first, len(pages))
        self.tenancies: list[Tenancy] = []
        self.lives: list[Life] = []

    def fill(self, at: int, home: Home) -> None:
        """All tenancies of one home, the first from before the ledger begins."""
        rnd = Random(f"{self.seed}/home/{at}")
        rent = _draw_rent(rnd)
        service = 100 * rnd.randint(14, 78) + 25 * rnd.randint(0, 3) if rnd.random() < _SERVICE else 0
        years = rnd.expovariate(1 / 13)
        start = add_months(self.first, -max(1, round(12 * years)))
        page, harmonised = 0, 1.0
        while page < len(self.pages):
            terms = self._terms(rent * harmonised, service)
            life = self._move_in(rnd, at, home, start, terms)
            if not page and rnd.random() < _IN_TROUBLE * life.tenancy.habit.temperament:
                _begin_in_trouble(life)
            left = life.live(page, page + _months_of_stay(rnd))
            empty = rnd.choice((0, 0, 1, 1, 2))
            page = left + empty
            if page < len(self.pages):
                start = self.pages[page].due + timedelta(days=rnd.choice((0, 0, 0, 14)))
                harmonised *= 1 + rnd.choice((0.0, 0.0, 0.01, 0.03))

    def _terms(self, rent: float, service: int) -> Terms:
        cap = round(assumptions.RENT_CAP.value * 100)
        return Terms(
            [min(cap, round(rent * factor)) for factor in self.factors],
            [round(service * factor) for factor in self.factors],
        )

    def _move_in(self, rnd: Random, at: int, home: Home, start: date, terms: Terms) -> Life:
        number = len(self.tenancies)
        tenancy = Tenancy(
            key=str(_FIRST_TENANCY + number),
            home=at,
            start=start,
            end=None,
            rent=0,
            tenants=make_tenants(rnd),
            debit=False,
            mandate="",
            reference=payment_reference(_FIRST_TENANCY + number),
            ibans=_accounts(rnd, number),
            habit=make_habit(rnd, home.neighbourhood),
        )
        self.tenancies.append(tenancy)
        life = Life(rnd, tenancy, NEIGHBOURHOODS[home.neighbourhood].name, terms, self.pages, self.bank)
        self.lives.append(life)
        return life


_SERVICE = assumptions.SERVICE_SHARE.value
_IN_TROUBLE = 0.042
"""Share of households that are in arrears when the ledger begins: it must not start from nothing (assumed)."""


def _begin_in_trouble(life: Life) -> None:
    habit: Habit = life.tenancy.habit
    trouble = begin(
        life.rnd, life.rnd.choice((Cause.INCOME_DROP, Cause.DEBT_SPIRAL)), 0.15, habit, debit=False
    )
    trouble.turns = trouble.turns[len(trouble.turns) // 2 :]
    life.open_with(trouble, life.rnd.choices((0.5, 1.0, 1.5, 2.0, 3.0, 5.0), (20, 35, 15, 15, 10, 5))[0])


def _draw_rent(rnd: Random) -> float:
    """Cents a month at the level of RENT_BASE_YEAR: lognormal, cut at the floor and at the limit of social rent."""
    sigma = assumptions.RENT_SIGMA.value
    middle = log(assumptions.RENT_MEAN.value * 1.012) - sigma * sigma / 2
    while True:
        rent = rnd.lognormvariate(middle, sigma)
        if assumptions.RENT_FLOOR.value <= rent <= assumptions.RENT_CAP.value:
            return round(rent * 100)


def _months_of_stay(rnd: Random) -> int:
    monthly = assumptions.MUTATION.value / 12
    return 1 + int(log(1 - rnd.random()) / log(1 - monthly))


def _accounts(rnd: Random, number: int) -> tuple[str, ...]:
    """One account, or two: nobody else has the same number, because the step has no divisor in common with 10^9."""
    accounts = [iban(rnd.choice(BANKS), 10**9 + (2 * number * 104_729) % 10**9)]
    if rnd.random() < 0.15:
        accounts.append(iban(rnd.choice(BANKS), 10**9 + ((2 * number + 1) * 104_729) % 10**9))
    return tuple(accounts)


def _as_of(today: date, seed: int, first: date, homes: list[Home], maker: _Maker) -> Town:
    """Cut the story at today: what is still to come is left out, and the last bank days wait at the bank."""
    kept = [life for life in maker.lives if life.tenancy.start <= today]
    bank_days = _bank_days(today, kept, maker.bank)
    waiting: list[tuple[int, LedgerRow]] = []
    return Town(
        seed=seed,
        today=today,
        first=first,
        homes=homes,
        tenancies=[_as_on_file(life, today) for life in kept],
        ledgers=[_cut(life, place, today, bank_days[0], waiting) for place, life in enumerate(kept)],
        at_the_bank=waiting,
        bank_days=bank_days,
        pauses=[
            (place, pause._replace(end=None if pause.end and pause.end > today else pause.end))
            for place, life in enumerate(kept)
            for pause in life.pauses
            if pause.start <= today
        ],
        episodes=[one for life in kept for one in life.episodes if one.started <= today],
    )


def _bank_days(today: date, lives: list[Life], bank: BankDays) -> tuple[date, ...]:
    """The last bank day before today, and as many before it as it takes to have something to read; five at most."""
    days = [bank.before(today)]
    while len(days) < 5:
        days.append(bank.before(days[-1]))
    counts = dict.fromkeys(days, 0)
    for life in lives:
        for row in life.rows:
            if row.kind == PAYMENT and row.day in counts:
                counts[row.day] += 1
    needed = min(_BUSY_DAY, max(1, len(lives) // 40))
    taken = 1
    while taken < len(days) and sum(counts[day] for day in days[:taken]) < needed:
        taken += 1
    return tuple(reversed(days[:taken]))


_MONEY = frozenset((PAYMENT, REVERSAL, REFUND))


_BY_DATE = itemgetter(0, 1)
"""Date and kind of a row."""


def _cut(
    life: Life, place: int, today: date, bank_from: date, waiting: list[tuple[int, LedgerRow]]
) -> list[LedgerRow]:
    """The ledger of one tenancy on the morning of `today`, by date; money from `bank_from` on goes to `waiting`."""
    rows = life.rows
    order = sorted(range(len(rows)), key=list(map(_BY_DATE, rows)).__getitem__)
    old = bisect_left(order, (bank_from,), key=lambda at: rows[at][:1])
    kept = [at for at in order[:old] if rows[at].known <= today]
    pending = []
    for at in order[old:]:
        row = rows[at]
        if row.kind in _MONEY:
            if row.day < today:
                pending.append(at)
        elif row.day <= today and row.known <= today:
            kept.append(at)
    ledger = [rows[at] for at in kept]
    if life.refers or pending:
        numbers = {at + 1: number for number, at in enumerate(kept, 1)}
        for at in life.refers:
            if at + 1 in numbers:
                ledger[numbers[at + 1] - 1] = _renumbered(rows[at], numbers)
        waiting.extend((place, _renumbered(rows[at], numbers)) for at in pending)
    return ledger


def _renumbered(row: LedgerRow, numbers: dict[int, int]) -> LedgerRow:
    """The row with its references as numbers of the ledger as it is now; 0 for a row that is not in it."""
    return row._replace(
        designates=numbers.get(row.designates, 0),
        reverses=numbers.get(row.reverses, 0),
        claim=numbers.get(row.claim, 0),
    )


def _as_on_file(life: Life, today: date) -> Tenancy:
    """The tenancy file knows the rent and the mandate of today, and an end once notice was given (a month ahead)."""
    tenancy = life.tenancy
    if tenancy.end is not None and tenancy.end > today + timedelta(days=30):
        tenancy.end = None
    first, month = life.pages[0].due, min(tenancy.end or today, today)
    page = life.pages[(month.year - first.year) * 12 + month.month - first.month]
    tenancy.rent = life.terms.rents[page.level]
    switched = [on for day, on in life.mandates if day <= today]
    tenancy.debit = switched[-1] if switched else tenancy.habit.manner is Manner.DEBIT
    tenancy.mandate = f"LINDE-{tenancy.key}-{1 + sum(switched)}" if tenancy.debit else ""
    return tenancy
