"""Rows <-> core values: what the database says, as the core wants to hear it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from django.db import connection

from voordeur.core.ledger import Component, Entry, Kind
from voordeur.core.pauses import Pause, normalised
from voordeur.store.models import Entry as EntryRow
from voordeur.store.models import Pause as PauseRow

KINDS = {EntryRow.Kind[kind.name].value: kind for kind in Kind}
COMPONENTS = {EntryRow.Component[component.name].value: component for component in Component}
KIND_CODES = {kind: code for code, kind in KINDS.items()}
COMPONENT_CODES = {component: code for code, component in COMPONENTS.items()}
_CHARGE, _PAYMENT, _RENT = KIND_CODES[Kind.CHARGE], KIND_CODES[Kind.PAYMENT], COMPONENT_CODES[Component.RENT]

FIELDS = (
    "tenancy_id", "id", "date", "known", "due", "kind", "component", "amount", "period",
    "designates_id", "reverses_id", "claim_id", "same_as_id", "sequence",
)  # fmt: skip


Day: TypeAlias = date


class Row(NamedTuple):
    """One row of store_entry, in the order of FIELDS."""

    tenancy: int
    id: int
    date: Day
    known: Day
    due: Day | None
    kind: int
    component: int
    amount: int
    period: Day | None
    designates: int | None
    reverses: int | None
    claim: int | None
    same_as: int | None
    sequence: int


def period_of(due: date) -> date:
    """The month that a rent due on `due` is for: rent due in the last three days of a month is for the next."""
    return (due + timedelta(days=3)).replace(day=1)


def core_entries(rows: Sequence[Row]) -> list[Entry]:
    """The rows of one tenancy as core entries; second sightings are left out, designated months made charges."""
    twins = {row.id: row.same_as for row in rows if row.same_as is not None}
    months: dict[date, int] = {}
    for row in rows:
        if row.kind == _CHARGE and row.component == _RENT:
            months.setdefault(row.period or period_of(row.due or row.date), row.id)
    last_month = max(months, default=None)
    return [
        Entry(
            entry_id(row.id),
            row.date,
            KINDS[row.kind],
            row.amount,
            row.due,
            row.known,
            COMPONENTS[row.component],
            entry_id(row.claim) if row.claim else None,
            _designated(row, months, last_month),
            entry_id(twins.get(row.reverses) or row.reverses) if row.reverses else None,
            row.sequence,
        )
        for row in rows
        if row.same_as is None
    ]


def entry_id(pk: int) -> str:
    """The id of a row as a core entry: as many digits for each, so that ids as text keep the order of the numbers."""
    return f"{pk:019}"


def _designated(row: Row, months: dict[date, int], last_month: date | None) -> str | None:
    """The charge a payment names: by id, or by month. A month still to come waits under its own name."""
    if row.designates is not None:
        return entry_id(row.designates)
    if row.period is None or row.kind != _PAYMENT:
        return None
    if row.period in months:
        return entry_id(months[row.period])
    return f"rent {row.period:%Y-%m}" if last_month is None or row.period > last_month else None


def ledgers(tenancies: Iterable[int] | None = None) -> Iterator[tuple[int, list[Row]]]:
    """Rows per tenancy, in order of the replay index; all tenancies with entries, or only those asked for.

    The ORM makes the query and the database driver the rows: nothing in between touches each value once more.
    """
    found = EntryRow.objects.order_by("tenancy_id", "date", "sequence", "kind", "id").values_list(*FIELDS)
    if tenancies is not None:
        found = found.filter(tenancy_id__in=list(tenancies))
    query, values = found.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        rows = (row for many in iter(lambda: cursor.fetchmany(20_000), []) for row in many)
        for tenancy, own in groupby(map(Row._make, rows), key=itemgetter(0)):
            yield tenancy, list(own)


def ledger(tenancy: int) -> list[Row]:
    """The rows of one tenancy."""
    return next((rows for _, rows in ledgers([tenancy])), [])


def pauses(tenancies: Iterable[int] | None = None) -> dict[int, list[Pause]]:
    """Normalised pauses per tenancy, for those that have any."""
    found = PauseRow.objects.order_by("tenancy_id", "start")
    if tenancies is not None:
        found = found.filter(tenancy_id__in=list(tenancies))
    by_tenancy: dict[int, list[Pause]] = {}
    for row in found:
        by_tenancy.setdefault(row.tenancy_id, []).append(Pause(row.start, row.end))
    return {tenancy: normalised(found) for tenancy, found in by_tenancy.items()}
