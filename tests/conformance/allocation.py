"""Suites about which charge a payment covers, and how old what is left is."""

from datetime import date
from typing import Any

from tests.conformance.published import Case, a_day, cents, day
from voordeur.core.ageing import Bucket, ageing
from voordeur.core.ledger import Charge, Entry, Kind, Position, position


def charges_known_from(start: date, dues: list[tuple[date, int]]) -> list[Entry]:
    """Charges (due day, cents) that are all known on the first day; of one due day in the order given."""
    return [
        Entry(f"charge {nr}", start, Kind.CHARGE, amount, due=due, sequence=nr)
        for nr, (due, amount) in enumerate(dues, start=1)
    ]


def payment(nr: int, on: date, amount: int) -> Entry:
    """Money that came in, whatever the peer calls it; on one day after the charges."""
    return Entry(f"payment {nr}", on, Kind.PAYMENT, amount, sequence=1000 + nr)


# --- which charge a payment covers -----------------------------------------------------------------------------


def allocation(case: Case) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What we say of each charge and what is published, in the same form."""
    expected = case.case["expected_per_charge"]
    payments = case.case["payments"]
    dues = [(a_day(row["due_date"]), cents(row["due"])) for row in expected]
    paid = [(a_day(money["date"]), cents(money["amount"])) for money in payments]
    days = [on for on, _ in [*dues, *paid]]
    entries = charges_known_from(min(days), dues)
    entries += [payment(nr, on, amount) for nr, (on, amount) in enumerate(paid, start=1)]
    at = position(entries, max(days))
    return [_ours(charge) for charge in at.charges], [_published(row) for row in expected]


def _ours(charge: Charge) -> dict[str, Any]:
    parts = charge.allocations
    return {
        "due": charge.amount,
        "paid": charge.paid,
        "paid_in_advance": sum(part.amount for part in parts if part.money_date < charge.due),
        "paid_late": sum(part.amount for part in parts if part.money_date > charge.due),
        "outstanding": charge.outstanding,
        "fully_paid_on": charge.paid_on,
    }


def _published(row: dict[str, Any]) -> dict[str, Any]:
    amounts = ("due", "paid", "paid_in_advance", "paid_late", "outstanding")
    return {name: cents(row[name]) for name in amounts} | {"fully_paid_on": day(row["fully_paid_on"])}


def check_oldest_due_first(case: Case) -> None:
    """Per charge: paid, in advance, late, outstanding, and the day on which it was paid."""
    ours, published = allocation(case)
    assert ours == published


def check_other_strategy(case: Case) -> None:
    """Negative control: the peer was told to follow another rule, so oldest due first must give other numbers."""
    ours, published = allocation(case)
    assert ours != published, "plain oldest-due-first reproduces a case of another rule"


# --- ageing ----------------------------------------------------------------------------------------------------


def check_ageing(case: Case) -> None:
    """Payments and looks at the buckets, in order."""
    given = case.case
    dues = [(a_day(charge["due"]), cents(charge["amount"])) for charge in given["charges"]]
    entries = charges_known_from(min(due for due, _ in dues), dues)
    buckets = [Bucket(first, last) for first, last in given["buckets"]]
    on = date.min
    for nr, step in enumerate(given["steps"], start=1):
        unknown = set(step) - {"as_of", "pay", "expect", "note", "why"}
        assert not unknown, f"a step of an unknown kind: {unknown}"
        if "pay" in step:
            entries.append(payment(nr, a_day(step["pay"]["date"]), cents(step["pay"]["amount"])))
            on = max(on, a_day(step["pay"]["date"]))
        on = a_day(step["as_of"]) if "as_of" in step else on
        if "expect" in step:
            _check_buckets(position(entries, on), buckets, step["expect"])


def _check_buckets(at: Position, buckets: list[Bucket], expected: dict[str, Any]) -> None:
    filled = [
        (bucket.first, bucket.last, amount)
        for bucket, amount in zip(buckets, ageing(at, buckets).by_bucket, strict=True)
        if amount
    ]
    found = {"oldest_days": at.days_overdue, "total": at.overdue, "by_bucket": filled}
    published = {
        "oldest_days": expected["oldest_days"],
        "total": cents(expected["total"]),
        "by_bucket": [(first, last, cents(amount)) for first, last, amount in expected["by_bucket"]],
    }
    assert found == published, f"on {at.on}"
