"""The compiled pattern says of every household what `core/pattern.py` says of it."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.portfolios import Portfolio, portfolios, table
from voordeur.core.arrears import undone_days
from voordeur.core.calendar import add_months
from voordeur.core.ledger import Component, Entry, Kind, known_by, position
from voordeur.core.limits import Limits
from voordeur.core.pattern import payment_pattern
from voordeur.engine.columns import ledger
from voordeur.engine.day import Question, answer, pattern_fields
from voordeur.engine.packing import pack

FIRST_RENT = date(2024, 3, 1)
COUNTED = [one.name for one in pattern_fields() if not one.name.startswith(("months_of_rent", "slide"))]

policies = st.builds(
    Limits,
    chart_months=st.integers(1, 24),
    window_months=st.integers(1, 13),
    min_observations=st.integers(1, 6),
    recency_percent=st.integers(50, 100),
    habit_percent=st.integers(1, 100),
    grace_limit_days=st.integers(0, 25),
    bank_margin_days=st.integers(0, 3),
    small_amount=st.integers(0, 20),
    cure_episodes=st.just(2),
    cure_percent=st.just(70),
    cure_limit_days=st.just(30),
    slide_months=st.integers(1, 4),
    slide_days=st.integers(1, 10),
    growing_months=st.just(2),
    silence_days=st.just(60),
    reversal_days=st.just(45),
    steady_months=st.just(6),
    clean_months=st.just(12),
)


@st.composite
def rent_books(draw: st.DrawFn) -> list[Entry]:
    """Some months of rent as households pay it: in time, later and later, in parts, too little, not, taken back."""
    entries: list[Entry] = []
    habit = draw(st.integers(-3, 20))
    for number in range(draw(st.integers(1, 18))):
        due = add_months(FIRST_RENT, number)
        entries.append(
            Entry(f"c{number:02}", due - timedelta(days=draw(st.integers(0, 9))), Kind.CHARGE, 100, due=due)
        )
        if draw(st.integers(0, 4)) == 0:
            entries.append(Entry(f"s{number:02}", due, Kind.CHARGE, 30, component=Component.SERVICE))
        for part in range(draw(st.sampled_from([0, 1, 1, 1, 1, 1, 2]))):
            on = due + timedelta(days=max(-9, habit + draw(st.integers(-2, 6)) + 7 * part))
            kind = draw(st.sampled_from([Kind.PAYMENT] * 12 + [Kind.WRITE_OFF, Kind.CORRECTION]))
            amount = draw(st.sampled_from([100, 100, 100, 130, 50, 95, 200]))
            signed = -amount if kind is Kind.CORRECTION else amount
            named = f"c{number:02}" if draw(st.integers(0, 5)) == 0 else None
            entries.append(Entry(f"p{number:02}{part}", on, kind, signed, designates=named))
            if kind is Kind.PAYMENT and draw(st.integers(0, 9)) == 0:
                taken = on + timedelta(days=draw(st.integers(0, 6)))
                entries.append(
                    Entry(f"r{number:02}{part}", taken, Kind.REVERSAL, amount, reverses=f"p{number:02}{part}")
                )
    return entries


def by_core(entries: list[Entry], on: date, limits: Limits) -> dict[str, Any]:
    """The columns of `pattern_fields`, by the core."""
    at, counted = position(entries, on), known_by(entries, on)
    reversals = [entry for entry in counted if entry.kind is Kind.REVERSAL]
    found = payment_pattern(at.charges, on, limits, reversed_payments=undone_days(reversals, counted))
    slide = found.sliding or (0, 0)
    return {name: getattr(found, name) for name in COUNTED} | {
        "months_of_rent": at.overdue / found.rent if found.rent else None,
        "slide_months": len(found.sliding),
        "slide_from": slide[0],
        "slide_to": slide[-1],
    }


def assert_same(portfolio: Portfolio, on: date, limits: Limits) -> None:
    """Engine and core agree on every household."""
    names = [one.name for one in pattern_fields()]
    found = answer(ledger(pack(table(portfolio)).table), Question(on, limits=limits)).tenancies.select(names)
    expected = [by_core(entries, on, limits) for entries in portfolio.values() if entries]
    assert found.to_pylist() == [{name: one[name] for name in names} for one in expected]


@settings(max_examples=150, deadline=None)
@given(st.lists(rent_books(), min_size=4, max_size=4), st.integers(0, 560), policies)
def test_rents_paid_as_households_pay_them(books: list[list[Entry]], day: int, limits: Limits) -> None:
    portfolio = {f"t{number}": book for number, book in enumerate(books)}
    assert_same(portfolio, FIRST_RENT + timedelta(days=day), limits)


@settings(max_examples=80, deadline=None)
@given(portfolios(size=5, most=20), st.integers(0, 100), policies)
def test_every_strange_ledger(portfolio: Portfolio, day: int, limits: Limits) -> None:
    assert_same(portfolio, date(2026, 1, 1) + timedelta(days=day), limits)
