"""Made-up portfolios for the tests of the engine: several ledgers as one table, and what the core says of each."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
from hypothesis import strategies as st

from tests.core.ledgers import DAYS, FIRST_DAY, ledgers
from voordeur.core.ageing import Bucket, ageing
from voordeur.core.ledger import Component, Entry, Kind, Position, position
from voordeur.core.pauses import Pause, days_counted, normalised

BUCKETS = (Bucket(1, 7), Bucket(8, 21), Bucket(22))
Portfolio = dict[str, list[Entry]]


@st.composite
def portfolios(draw: st.DrawFn, size: int = 8, most: int = 14) -> Portfolio:
    """Ledgers of `size` tenancies, t0, t1, ...; some may be empty."""
    return {f"t{number}": draw(ledgers(most)) for number in range(size)}


@st.composite
def steady_ledgers(draw: st.DrawFn) -> list[Entry]:
    """Rent and its payment right after it, month after month; some taken back and paid again; seldom something else."""
    entries: list[Entry] = []

    def add(kind: Kind, amount: int, **more: Any) -> str:
        at = len(entries)
        entries.append(Entry(f"e{at:03}", FIRST_DAY + timedelta(days=at), kind, amount, sequence=at, **more))
        return entries[-1].id

    for _ in range(draw(st.integers(0, 24))):
        amount, what = draw(st.sampled_from([10, 10, 11])), draw(st.integers(0, 30))
        charge = add(Kind.CHARGE, amount)
        paid = add(Kind.PAYMENT, amount, designates=charge if what % 3 == 0 else None)
        if what in (1, 2, 3):
            add(Kind.REVERSAL, amount, reverses=paid)
        if what in (1, 2, 4):
            add(
                Kind.PAYMENT,
                amount - draw(st.sampled_from([0, 0, 1])),
                designates=charge if what == 2 else None,
            )
        if what in (5, 6, 7):
            earlier = draw(st.sampled_from(entries)).id
            kind = [Kind.REVERSAL, Kind.PAYMENT, Kind.REFUND][what - 5]
            add(
                kind,
                amount,
                reverses=earlier if what == 5 else None,
                designates=earlier if what == 6 else None,
            )
        if what == 8:
            add(Kind.CHARGE, 3, component=Component.COSTS, claim=draw(st.sampled_from(entries)).id)
        if what == 9:
            add(Kind.WRITE_OFF, 4)
    return entries


@st.composite
def pauses(draw: st.DrawFn) -> list[Pause]:
    """A few pauses that may overlap, some until further notice."""
    found = []
    for _ in range(draw(st.integers(0, 3))):
        start = FIRST_DAY + timedelta(days=draw(st.integers(0, DAYS + 30)))
        length = draw(st.none() | st.integers(0, 30))
        found.append(Pause(start, None if length is None else start + timedelta(days=length)))
    return found


def table(portfolio: Mapping[str, Sequence[Entry]]) -> pa.Table:
    """The entries of a portfolio as a ledger with ids."""
    rows = [(tenancy, entry) for tenancy, entries in portfolio.items() for entry in entries]
    columns: dict[str, tuple[pa.DataType, list[Any]]] = {
        "tenancy": (pa.string(), [tenancy for tenancy, _ in rows]),
        "id": (pa.string(), [entry.id for _, entry in rows]),
        "date": (pa.date32(), [entry.date for _, entry in rows]),
        "kind": (pa.string(), [entry.kind.value for _, entry in rows]),
        "amount": (pa.int64(), [entry.amount for _, entry in rows]),
        "due": (pa.date32(), [entry.due for _, entry in rows]),
        "known": (pa.date32(), [entry.known for _, entry in rows]),
        "component": (pa.string(), [entry.component.value for _, entry in rows]),
        "claim": (pa.string(), [entry.claim for _, entry in rows]),
        "designates": (pa.string(), [entry.designates for _, entry in rows]),
        "reverses": (pa.string(), [entry.reverses for _, entry in rows]),
        "sequence": (pa.int64(), [entry.sequence for _, entry in rows]),
    }
    return pa.table({name: pa.array(values, type_) for name, (type_, values) in columns.items()})


def standing_by_core(tenancy: str, at: Position, pauses: Sequence[Pause]) -> dict[str, Any]:
    """One row of `Arrears.tenancies`, by the core."""
    normal = normalised(pauses)
    aged = ageing(at, BUCKETS, normal)
    oldest, last = at.oldest_unpaid_due, at.last_payment
    return {
        "tenancy": tenancy,
        "balance": at.balance,
        "overdue": at.overdue,
        "not_overdue": aged.not_overdue,
        "credit": at.credit,
        "open_charges": len(at.open_charges),
        "oldest_unpaid_due": oldest,
        "days_overdue": at.days_overdue,
        "days_counted": days_counted(oldest, at.on, normal) if oldest else 0,
        "last_payment_on": last.date if last else None,
        "last_payment": last.amount if last else None,
        "open_1_7": aged.by_bucket[0],
        "open_8_21": aged.by_bucket[1],
        "open_22": aged.by_bucket[2],
    }


def charges_by_core(tenancy: str, at: Position) -> list[dict[str, Any]]:
    """The rows of `Arrears.charges`, by the core."""
    return [
        {
            "tenancy": tenancy,
            "id": charge.id,
            "due": charge.due,
            "amount": charge.amount,
            "outstanding": charge.outstanding,
            "paid_on": charge.paid_on,
            "days_late": charge.days_late,
        }
        for charge in at.charges
    ]


def positions_by_core(
    portfolio: Mapping[str, Sequence[Entry]], on: date, known: date | None = None
) -> dict[str, Position]:
    """The position of each tenancy that has entries at all."""
    return {tenancy: position(entries, on, known) for tenancy, entries in portfolio.items() if entries}
