"""Rows of the town's ledgers as entries of the core."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from voordeur.core.ledger import Component, Entry, Kind
from voordeur.demo.ledger_maker import COMPONENT_CODES, KIND_CODES, LedgerRow

KINDS = {code: kind for kind, code in KIND_CODES.items()}
_COMPONENTS = {code: component for component, code in COMPONENT_CODES.items()}


def core_entries(rows: Iterable[tuple[int, LedgerRow]]) -> list[Entry]:
    """(number, row) of one tenancy as entries of the core."""
    return [_entry(number, row) for number, row in rows]


def _entry(number: int, row: LedgerRow) -> Entry:
    return Entry(
        id=str(number),
        date=row.day,
        kind=KINDS[row.kind],
        amount=row.amount,
        due=row.due,
        known=row.known,
        component=_COMPONENTS.get(row.component, Component.RENT),
        claim=str(row.claim) if row.claim else None,
        designates=str(row.designates) if row.designates else None,
        reverses=str(row.reverses) if row.reverses else None,
    )


def named_entries(rows: Iterable[tuple[int, LedgerRow]]) -> list[Entry]:
    """The same, with the months that payers name made into charges, as the database does."""
    some = list(rows)
    months = {row.period: str(number) for number, row in reversed(some) if _is_rent(row)}
    return [
        replace(entry, designates=_named(row, entry, months))
        for entry, (_, row) in zip(core_entries(some), some, strict=True)
    ]


def _is_rent(row: LedgerRow) -> bool:
    return KINDS[row.kind] is Kind.CHARGE and _COMPONENTS.get(row.component) is Component.RENT


def _named(row: LedgerRow, entry: Entry, months: dict[date | None, str]) -> str | None:
    if entry.kind is not Kind.PAYMENT or entry.designates or row.period is None:
        return entry.designates
    return months.get(row.period, f"rent {row.period:%Y-%m}")
