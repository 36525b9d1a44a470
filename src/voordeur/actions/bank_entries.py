"""From a bank line to a ledger entry: payment, refund or reversal."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from voordeur.core.remittance import designated_month
from voordeur.core.rowkeys import row_key
from voordeur.store.models import BankLine, Entry

REVERSAL_REACH = timedelta(days=400)
"""A direct debit can be reversed for 56 days, without a valid mandate for 13 months (SEPA Core rulebook)."""


def entry_key(account: str, ref: str) -> str:
    """The key of the ledger entry that one bank line makes."""
    return row_key("bank", account, ref)


@dataclass(slots=True)
class NewLine:
    """A line that is about to be written: the columns of `BankLine`. A hundred thousand of the model take seconds."""

    statement_id: int
    ref: str
    booked: date
    amount: int
    iban: str
    name: str
    remittance: str
    reference: str
    end_to_end: str
    mandate: str
    reversal: bool
    reason: str
    state: str = BankLine.State.UNKNOWN.value
    tenancy_id: int | None = None
    why: str = ""
    entry_id: int | None = None


def entry_values(line: BankLine | NewLine, account: str, known: date) -> dict[str, Any]:
    """The fields of the ledger entry that a bank line makes on its tenancy; what a reversal undoes is not known yet."""
    assert line.tenancy_id is not None, "a line is booked on a tenancy"
    if line.amount > 0:
        kind = _PAYMENT
    else:
        kind = _REVERSAL if line.reversal else _REFUND
    return {
        "tenancy_id": line.tenancy_id,
        "date": line.booked,
        "known": known,
        "kind": kind,
        "component": _RENT,
        "amount": abs(line.amount),
        "period": designated_month(line.remittance, line.booked) if kind == _PAYMENT else None,
        "sequence": 0,
        "source": _BANK,
        "key": entry_key(account, line.ref),
        "description": line.remittance[:140],
        "reason": line.reason,
    }


_PAYMENT, _REVERSAL, _REFUND = Entry.Kind.PAYMENT.value, Entry.Kind.REVERSAL.value, Entry.Kind.REFUND.value
_RENT, _BANK = Entry.Component.RENT.value, Entry.Source.BANK.value


def book_line(line: BankLine, known: date) -> Entry:
    """Book one line on the tenancy it now has, and find the payment that a reversal undoes."""
    entry = Entry.objects.create(**entry_values(line, line.statement.account, known))
    line.entry, line.state = entry, BankLine.State.BOOKED
    line.save(update_fields=["entry", "state", "tenancy", "why"])
    if entry.kind == Entry.Kind.REVERSAL:
        resolve_reversals([line])
    return entry


def resolve_reversals(lines: Iterable[BankLine | NewLine]) -> None:
    """Link each booked reversal to the payment it undoes.

    That is a payment of the same tenancy and amount, made before the reversal and not undone yet: the newest that
    bears the end-to-end number of the reversal, else the newest of all (many collect every month under one number).
    """
    reversals = [line for line in lines if line.reversal and line.entry_id is not None]
    if not reversals:
        return
    by_tenancy = _payments({line.tenancy_id for line in reversals if line.tenancy_id is not None})
    undone = Entry.objects.filter(reverses__isnull=False, tenancy_id__in=list(by_tenancy))
    taken = set(undone.values_list("reverses_id", flat=True))
    for line in sorted(reversals, key=lambda found: found.booked):
        fits = [
            one
            for one in by_tenancy.get(line.tenancy_id or 0, [])
            if one.amount == -line.amount
            and one.pk not in taken
            and line.booked - REVERSAL_REACH <= one.day <= line.booked
        ]
        named = [one for one in fits if line.end_to_end and line.end_to_end in one.numbers]
        if fits and line.entry_id is not None:
            chosen = (named or fits)[0]
            taken.add(chosen.pk)
            Entry.objects.filter(pk=line.entry_id).update(reverses_id=chosen.pk)


class _Payment(NamedTuple):
    pk: int
    day: date
    amount: int
    numbers: frozenset[str]
    """End-to-end numbers under which the bank told of it."""


def _payments(tenancies: Collection[int]) -> dict[int, list[_Payment]]:
    """Per tenancy its payments, newest first."""
    numbers: dict[int, set[str]] = {}
    told = BankLine.objects.filter(entry__tenancy_id__in=tenancies, amount__gt=0).exclude(end_to_end="")
    for number, entry, twin in told.values_list("end_to_end", "entry_id", "entry__same_as_id"):
        numbers.setdefault(twin or entry, set()).add(number)
    found: dict[int, list[_Payment]] = {}
    rows = Entry.objects.filter(tenancy_id__in=tenancies, kind=Entry.Kind.PAYMENT, same_as=None)
    for tenancy, pk, day, amount in rows.order_by("-date", "-id").values_list(
        "tenancy_id", "id", "date", "amount"
    ):
        payment = _Payment(pk, day, amount, frozenset(numbers.get(pk, ())))
        found.setdefault(tenancy, []).append(payment)
    return found
