"""The work of a replay grows with the ledger, not with its square. Counted in executed lines, not seconds."""

import sys
from collections.abc import Callable
from datetime import date, timedelta
from types import FrameType
from typing import Any

import pytest

from voordeur.core import ledger as module
from voordeur.core.ledger import Component, Entry, Kind, history, position

START = date(2020, 1, 1)
END = date(2090, 1, 1)


def charge(id_: str, n: int, amount: int = 100, **more: Any) -> Entry:
    return Entry(id_, START + timedelta(n), Kind.CHARGE, amount, sequence=n, **more)


def payment(id_: str, n: int, amount: int = 100, **more: Any) -> Entry:
    return Entry(id_, START + timedelta(n), Kind.PAYMENT, amount, sequence=n, **more)


def reversal(id_: str, n: int, of: str, amount: int = 100) -> Entry:
    return Entry(id_, START + timedelta(n), Kind.REVERSAL, amount, reverses=of, sequence=n)


def paid_every_month(n: int) -> list[Entry]:
    return [e for i in range(n) for e in (charge(f"c{i}", i), payment(f"p{i}", i))]


def always_behind(n: int) -> list[Entry]:
    return [charge(f"old{i}", 0) for i in range(n)] + paid_every_month(n)


def never_paid_until_the_end(n: int) -> list[Entry]:
    return [charge(f"c{i}", i) for i in range(n)] + [payment("all", n, 100 * n)]


def always_in_credit(n: int) -> list[Entry]:
    return [payment(f"p{i}", i) for i in range(n)]


def credit_then_charges(n: int) -> list[Entry]:
    return [payment(f"p{i}", i) for i in range(n)] + [charge(f"c{i}", n + i) for i in range(n)]


def newest_is_always_named(n: int) -> list[Entry]:
    return [
        e for i in range(n)
        for e in (charge(f"a{i}", i), charge(f"c{i}", i), payment(f"p{i}", i, designates=f"c{i}"))
    ]  # fmt: skip


def named_but_never_charged(n: int) -> list[Entry]:
    return [e for i in range(n) for e in (charge(f"c{i}", i), payment(f"p{i}", i, designates=f"x{i}"))]


def named_long_before(n: int) -> list[Entry]:
    return [payment(f"p{i}", 0, designates=f"c{i}") for i in range(n)] + [
        charge(f"c{i}", i) for i in range(n)
    ]


def costs_of_one_claim(n: int) -> list[Entry]:
    costs = [charge(f"k{i}", 1, 1, component=Component.COSTS, claim="c") for i in range(n)]
    return [charge("c", 0, n), *costs, *(payment(f"p{i}", 2, 1, designates="c") for i in range(n))]


def every_payment_reversed(n: int) -> list[Entry]:
    return [
        e for i in range(n) for e in (charge(f"c{i}", i), payment(f"p{i}", i), reversal(f"r{i}", i, f"p{i}"))
    ]


def one_charge_paid_in_cents_and_reversed(n: int) -> list[Entry]:
    paid = [payment(f"p{i}", 1, 1) for i in range(n)]
    return [charge("c", 0, n), *paid, *(reversal(f"r{i}", 2, f"p{i}", 1) for i in range(n))]


def credit_reversed(n: int) -> list[Entry]:
    return [payment(f"p{i}", 0) for i in range(n)] + [reversal(f"r{i}", 1, f"p{i}") for i in range(n)]


def reversed_before_paid(n: int) -> list[Entry]:
    return [
        e for i in range(n)
        for e in (charge(f"c{i}", 3 * i), reversal(f"r{i}", 3 * i + 1, f"p{i}"), payment(f"p{i}", 3 * i + 2))
    ]  # fmt: skip


LEDGERS = [
    paid_every_month, always_behind, never_paid_until_the_end, always_in_credit, credit_then_charges,
    newest_is_always_named, named_but_never_charged, named_long_before, costs_of_one_claim,
    every_payment_reversed, one_charge_paid_in_cents_and_reversed, credit_reversed, reversed_before_paid,
]  # fmt: skip


def work(deed: Callable[[], object]) -> int:
    """How many lines of the ledger's own code are executed."""
    lines = 0

    def trace(frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal lines
        if frame.f_code.co_filename != module.__file__:
            return None
        lines += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        deed()
    finally:
        sys.settrace(before)
    return lines


@pytest.mark.parametrize("make", LEDGERS, ids=lambda make: make.__name__)
def test_a_ledger_twice_as_long_is_twice_the_work(make: Callable[[int], list[Entry]]) -> None:
    short, long = make(150), make(300)
    one = work(lambda: position(short, END))
    two = work(lambda: position(long, END))
    assert 1.5 * one < two < 2.3 * one


def test_a_day_of_history_costs_no_more_when_years_of_paid_rent_lie_behind_it() -> None:
    few, many = paid_every_month(10), paid_every_month(1000)
    days = [END + timedelta(n) for n in range(100)]
    extra = work(lambda: history(many, days)) - work(lambda: history(many, days[:1]))
    assert extra <= work(lambda: history(few, days)) + 100
