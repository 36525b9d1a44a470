"""The compiled pass says what the core says: to the cent and to the day, on every kind of ledger."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.ledgers import DAYS, FIRST_DAY
from tests.engine.portfolios import (
    BUCKETS,
    Portfolio,
    charges_by_core,
    pauses,
    portfolios,
    positions_by_core,
    standing_by_core,
    steady_ledgers,
    table,
)
from voordeur.core.ledger import Component, Entry, Kind
from voordeur.core.pauses import Pause
from voordeur.engine.sources import arrears_from_table

moments = st.integers(0, DAYS + 60).map(lambda offset: FIRST_DAY + timedelta(days=offset))
stops = st.dictionaries(st.sampled_from(["t0", "t1", "t2"]), pauses())
steady = st.lists(steady_ledgers(), min_size=8, max_size=8).map(
    lambda books: {f"t{number}": book for number, book in enumerate(books)}
)


def assert_same(
    portfolio: Portfolio, on: date, known: date | None = None, stopped: dict[str, list[Pause]] | None = None
) -> None:
    """Engine and core agree on every tenancy and on every charge."""
    stopped = stopped or {}
    found = arrears_from_table(table(portfolio), on, known, buckets=BUCKETS, pauses=stopped, per_charge=True)
    expected = positions_by_core(portfolio, on, known)
    assert found.tenancies.to_pylist() == [
        standing_by_core(tenancy, at, stopped.get(tenancy, [])) for tenancy, at in expected.items()
    ]
    assert found.charges is not None
    assert found.charges.to_pylist() == [
        charge for tenancy, at in expected.items() for charge in charges_by_core(tenancy, at)
    ]
    without = arrears_from_table(table(portfolio), on, known, buckets=BUCKETS, pauses=stopped)
    assert without.tenancies.equals(found.tenancies)


class Seen:
    """What the ledgers of a test held, so that nobody need believe that they held enough."""

    def __init__(self) -> None:
        self.ledgers = 0
        self.things: set[str] = set()

    def add(self, portfolio: Portfolio) -> None:
        for book in filter(None, portfolio.values()):
            self.ledgers += 1
            day_of = {entry.id: entry.date for entry in book}
            for entry in book:
                self.things |= {name for name, holds in WANTED.items() if holds(entry, day_of)}


Holds = Callable[[Entry, dict[str, date]], Any]
WANTED: dict[str, Holds] = {
    **{kind.value: lambda entry, _, kind=kind: entry.kind is kind for kind in Kind},
    **{part.value: lambda entry, _, part=part: entry.component is part for part in Component},
    "a correction up": lambda entry, _: entry.kind is Kind.CORRECTION and entry.amount > 0,
    "a correction down": lambda entry, _: entry.kind is Kind.CORRECTION and entry.amount < 0,
    "a designation": lambda entry, _: entry.designates,
    "a reversal": lambda entry, _: entry.reverses,
    "a reversal before its payment": lambda entry, day_of: (
        day_of.get(entry.reverses or "", date.min) > entry.date
    ),
    "costs or interest of a claim": lambda entry, _: entry.claim,
    "known later": lambda entry, _: entry.known and entry.known > entry.date,
}


def test_engine_and_core_agree_on_two_thousand_ledgers_with_everything_in_them() -> None:
    seen = Seen()

    @settings(max_examples=450, deadline=None)
    @given(portfolios(), moments, st.none() | moments, stops)
    def agree(portfolio: Portfolio, on: date, known: date | None, stopped: dict[str, list[Pause]]) -> None:
        seen.add(portfolio)
        assert_same(portfolio, on, known, stopped)

    agree()
    print(f"{seen.ledgers} ledgers")
    assert seen.ledgers >= 2_000
    assert seen.things == set(WANTED)


def test_engine_and_core_agree_on_households_that_pay_month_after_month() -> None:
    seen = Seen()

    @settings(max_examples=130, deadline=None)
    @given(steady, moments)
    def agree(portfolio: Portfolio, on: date) -> None:
        seen.add(portfolio)
        assert_same(portfolio, on)

    agree()
    print(f"{seen.ledgers} ledgers")
    assert seen.ledgers >= 500
