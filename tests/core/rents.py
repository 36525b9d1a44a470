"""Households in one line: per month how many days after due the rent came in (None: not at all)."""

from collections.abc import Sequence
from datetime import date, timedelta

from voordeur.adapters.rules import load_calendar, load_policy
from voordeur.core.arrears import Standing, standing, undone_days, undone_payment
from voordeur.core.calendar import add_months
from voordeur.core.ledger import Entry, Kind, known_by, position
from voordeur.core.pattern import Method, Pattern, payment_pattern
from voordeur.core.pauses import Pause
from voordeur.core.signals import Signal, signals

RENT = 600_00
LAST_DUE = date(2026, 11, 1)
LIMITS = load_policy().limits
CALENDAR = load_calendar()


def household(days: Sequence[int | None], *, rent: int = RENT, last_due: date = LAST_DUE) -> list[Entry]:
    """One rent a month, due on the 1st, the last on `last_due`; `days` says when each was paid."""
    entries = []
    for at, late in enumerate(days):
        due = add_months(last_due, at + 1 - len(days))
        entries.append(Entry(f"huur {at:02}", due, Kind.CHARGE, rent))
        if late is not None:
            entries.append(Entry(f"betaald {at:02}", due + timedelta(days=late), Kind.PAYMENT, rent))
    return entries


def paid(on: date, amount: int, *, for_: str | None = None, id_: str = "") -> Entry:
    """A payment of `amount` cents."""
    return Entry(id_ or f"geld {on} {amount}", on, Kind.PAYMENT, amount, designates=for_)


def undone(on: date, payment: str, amount: int = RENT) -> Entry:
    """The reversal of a payment, by its id."""
    return Entry(f"storno {payment}", on, Kind.REVERSAL, amount, reverses=payment)


def pattern_of(entries: Sequence[Entry], on: date, **more: object) -> Pattern:
    """The payment pattern by the limits of the standard policy."""
    return payment_pattern(position(entries, on).charges, on, LIMITS, **more)  # type: ignore[arg-type]


def seen(
    entries: Sequence[Entry], on: date, *, method: Method = Method.UNKNOWN, pauses: Sequence[Pause] = ()
) -> tuple[Standing, list[Signal]]:
    """Standing and signals by the limits of the standard policy."""
    counted = known_by(entries, on)
    at = position(counted, on)
    gone = [entry for entry in counted if entry.kind is Kind.REVERSAL]
    days = undone_days(gone, counted)
    pattern = payment_pattern(at.charges, on, LIMITS, method=method, reversed_payments=days)
    news = undone_payment(counted, at, LIMITS)
    stand = standing(at, pattern, LIMITS, CALENDAR, pauses=pauses, undone=news)
    return stand, signals(at, pattern, stand, LIMITS, news)
