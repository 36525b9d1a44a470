"""What the core says from the columns of the engine is what it says from the ledger, word for word."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.portfolios import Portfolio, portfolios, table
from tests.engine.test_patterns import FIRST_RENT, policies, rent_books
from voordeur.adapters.rules import load_calendar, load_policy
from voordeur.core.assessment import Assessment, Read, assess, assess_read
from voordeur.core.calendar import add_months
from voordeur.core.facts import Contacts, Tenancy
from voordeur.core.ledger import Component, Entry, Kind
from voordeur.core.limits import Limits
from voordeur.core.pattern import Method
from voordeur.core.policy import Policy
from voordeur.engine.behind import households, look_behind
from voordeur.engine.columns import ledger
from voordeur.engine.packing import pack

POLICY = load_policy("standaard")
CONTRACT = Tenancy(Method.DIRECT_DEBIT)
kept = st.lists(st.integers(0, 700).map(lambda days: FIRST_RENT + timedelta(days=days)), max_size=3)


def told_of(portfolio: Portfolio, on: date, policy: Policy, contacts: Contacts) -> list[str]:
    """The tenancies of which the engine told enough, after comparing every word about them."""
    calendar = load_calendar()
    alone = {
        tenancy: assess(entries, on, policy, calendar, tenancy=CONTRACT, contacts=contacts)
        for tenancy, entries in portfolio.items()
    }
    said = {tenancy: alone[tenancy] for tenancy in sorted(alone) if alone[tenancy].totals.overdue}
    behind = {tenancy: portfolio[tenancy] for tenancy in said}
    if not behind:
        return []
    found = look_behind(ledger(pack(table(behind)).table), on, policy.limits)
    assert found.told().to_pylist() == [
        t for t, core in zip(said, found.needs_core.tolist(), strict=True) if not core
    ]
    half = len(said) // 2
    told = []
    for part in (found.part(0, half), found.part(half, len(said))):
        for one in households(part, on, policy.limits, lambda _: (CONTRACT, contacts)):
            whole = said[one.tenancy]
            read = Read(one.at, one.pattern, whole.totals, whole.ageing)
            _assert_same(assess_read(read, policy, calendar, tenancy=CONTRACT, contacts=contacts), whole)
            told.append(one.tenancy)
    return told


def _assert_same(found: Assessment, whole: Assessment) -> None:
    for name in ("credit", "pattern", "signals", "facts", "recommendation", "urgency"):
        assert getattr(found, name) == getattr(whole, name), name
    for name in ("since", "oldest_due", "expected_on", "allowed_until", "technical", "reason", "due_now"):
        assert getattr(found.standing, name) == getattr(whole.standing, name), name
    last, other = found.last_payment, whole.last_payment
    assert (last and (last.date, last.amount)) == (other and (other.date, other.amount))


@settings(max_examples=150, deadline=None)
@given(st.lists(rent_books(), min_size=4, max_size=4), st.integers(0, 560), policies, kept)
def test_households_that_pay_rent(
    books: list[list[Entry]], day: int, limits: Limits, contacts: list[date]
) -> None:
    portfolio = {f"t{number}": book for number, book in enumerate(books)}
    on = FIRST_RENT + timedelta(days=day)
    told_of(portfolio, on, replace(POLICY, limits=limits), Contacts(contact_days=tuple(sorted(contacts))))


@settings(max_examples=100, deadline=None)
@given(portfolios(size=6, most=24), st.integers(0, 100))
def test_every_strange_ledger(portfolio: Portfolio, day: int) -> None:
    told_of(portfolio, date(2026, 1, 1) + timedelta(days=day), POLICY, Contacts())


def rents(months: int, days_late: list[int]) -> list[Entry]:
    """Rent month after month, the first of them paid so many days late, the others not."""
    found = []
    for number in range(months):
        due = add_months(FIRST_RENT, number)
        found.append(Entry(f"c{number:02}", due, Kind.CHARGE, 600_00, due=due))
        if number < len(days_late):
            paid = due + timedelta(days=days_late[number])
            found.append(Entry(f"p{number:02}", paid, Kind.PAYMENT, 600_00))
    return found


def test_nearly_everybody_is_told_without_the_ledger() -> None:
    """Only a payment that was undone lately, costs that stand with a claim, and a slide ask for all of it."""
    on = FIRST_RENT + timedelta(days=400)
    undone = Entry("r", on - timedelta(days=20), Kind.REVERSAL, 600_00, reverses="p12")
    costs = Entry("k", on - timedelta(days=9), Kind.CHARGE, 40_00, component=Component.COSTS, claim="c12")
    portfolio = {
        "one month": rents(14, [2] * 13),
        "always late": rents(14, [40] * 12),
        "never paid": rents(14, []),
        "undone lately": [*rents(14, [2] * 14), undone],
        "undone long ago": [
            *rents(14, [2] * 12),
            replace(undone, date=on - timedelta(days=200), reverses="p05"),
        ],
        "costs": [*rents(14, [2] * 13), costs],
        "slides": rents(14, [1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 7, 11]),
    }
    assert told_of(portfolio, on, POLICY, Contacts()) == [
        "always late", "never paid", "one month", "undone long ago",
    ]  # fmt: skip
