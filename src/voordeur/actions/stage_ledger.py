"""Stage the rows of a ledger file: in chunks, each its own transaction, so that memory stays small and progress shows.

Staged rows count for nothing until `import_book` moves them, and a run that is read again starts from an empty stage.
"""

from collections import deque
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from voordeur.actions.keep_problems import keep_problems
from voordeur.adapters.mapping import LedgerRecord, Recognition, Record, is_note, read_records
from voordeur.adapters.spreadsheet import Row, Table
from voordeur.core.ledger import Kind
from voordeur.core.money import decimal_string
from voordeur.core.problems import Problem
from voordeur.core.remittance import designated_month
from voordeur.core.rowkeys import row_key
from voordeur.core.words import Words
from voordeur.store.bulk import chunks, insert_rows
from voordeur.store.convert import COMPONENT_CODES, KIND_CODES
from voordeur.store.models import ImportRun, StagedEntry, Tenancy

_AT_ONCE = 20_000
_COLUMNS = (
    "run_id", "row", "tenancy_key", "date", "known", "due", "kind", "component", "amount", "period",
    "designates_key", "reverses_key", "claim_key", "sequence", "key", "own_number", "description",
)  # fmt: skip


@dataclass(slots=True)
class LedgerSums:
    """What the preview says of the good rows."""

    rows: int = 0
    charged: int = 0
    paid: int = 0
    first: date = date.max
    last: date = date.min
    tenancies: set[str] = field(default_factory=set)

    def add(self, record: LedgerRecord) -> None:
        """Count one good row."""
        owed = record.kind in (Kind.CHARGE, Kind.REVERSAL, Kind.REFUND)
        effect = record.amount if owed or record.kind is Kind.CORRECTION else -record.amount
        self.rows += 1
        self.charged += max(effect, 0)
        self.paid += max(-effect, 0)
        self.first, self.last = min(self.first, record.date), max(self.last, record.date)
        self.tenancies.add(record.tenancy)

    def as_preview(self) -> dict[str, Any]:
        """For `ImportRun.preview`."""
        return {
            "rows_good": self.rows,
            "charged": decimal_string(self.charged),
            "paid": decimal_string(self.paid),
            "tenancies": len(self.tenancies),
            "first_day": self.first.isoformat() if self.rows else None,
            "last_day": self.last.isoformat() if self.rows else None,
        }


class _Recalled:
    """Passes rows on and remembers the last few, so that a problem can be kept with the row it is about."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._last: deque[Row] = deque(maxlen=8)
        self.kept: dict[int, list[str]] = {}

    def rows(self) -> Iterator[Row]:
        """The rows of the table, as they are asked for."""
        for row in self._table.rows():
            self._last.append((row[0], row[1].copy()))  # the reader may lengthen a row
            yield row

    def keep(self, row: int | None) -> None:
        """Keep the cells of a row that was read just now."""
        for number, cells in self._last:
            if number == row:
                self.kept[number] = cells


def stage_ledger(run: ImportRun, table: Table, recognition: Recognition) -> LedgerSums:
    """Stage the good rows, keep the problems; `run.rows_read` grows as it goes."""
    run_id = _run_id(run)
    known = None if run.mapping.get("new_tenancies") else set(Tenancy.objects.values_list("key", flat=True))
    recalled = _Recalled(table)
    watched = replace(table, read=recalled.rows)
    sums, refused = LedgerSums(), set[int]()
    for chunk in chunks(_sorted_out(run, read_records(watched, recognition), known, recalled), _AT_ONCE):
        good = [one for one in chunk if isinstance(one, LedgerRecord)]
        for record in good:
            sums.add(record)
        wrong = [one for one in chunk if isinstance(one, Problem)]
        refused.update(one.row or 0 for one in wrong if not is_note(one))
        with transaction.atomic():
            insert_rows(StagedEntry, _COLUMNS, (_staged(run_id, record) for record in good))
            keep_problems(run, wrong, recalled.kept)
            run.rows_read = min(run.rows_read + len(chunk), run.rows_total)
            ImportRun.objects.filter(pk=run.pk).update(rows_read=run.rows_read, updated=timezone.now())
    refused.update(_contradictions(run))
    run.rows_refused = len(refused)
    run.rows_read = run.rows_total
    return sums


def _contradictions(run: ImportRun) -> set[int]:
    """Numbered rows that stand twice in the file, or that we know with another content: off the stage, and said."""
    with transaction.atomic():
        twice = _rows_where(run, _TWICE)
        changed = _rows_where(run, _CHANGED)
        keep_problems(run, [_row_twice(run, row) for row in sorted(twice)])
        keep_problems(run, [_row_changed(run, row) for row in sorted(changed)])
        StagedEntry.objects.filter(run=run, row__in=twice | changed).delete()
    return twice | changed


_TWICE = """
SELECT row FROM (SELECT row, ROW_NUMBER() OVER (PARTITION BY key ORDER BY row) AS nth
                 FROM store_stagedentry WHERE run_id = %s AND own_number) numbered WHERE nth > 1
"""
_CHANGED = """
SELECT s.row FROM store_stagedentry s JOIN store_entry e ON e.key = s.key
WHERE s.run_id = %s AND s.own_number AND (e.amount <> s.amount OR e.date <> s.date OR e.kind <> s.kind)
"""


def _rows_where(run: ImportRun, query: str) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(query, [_run_id(run)])
        return {row for (row,) in cursor.fetchall()}


def _run_id(run: ImportRun) -> str:
    """The run's number as each database keeps it."""
    return run.pk.hex if connection.vendor == "sqlite" else str(run.pk)


def _sorted_out(
    run: ImportRun, found: Iterable[Record | Problem], known: Container[str] | None, recalled: _Recalled
) -> Iterator[Record | Problem]:
    """Rows of tenancies that are not `known` become Problems (None: every one will do); their rows are kept."""
    for one in found:
        if isinstance(one, LedgerRecord) and known is not None and one.tenancy not in known:
            recalled.keep(one.row)
            yield _unknown_tenancy(run, one)
        else:
            if isinstance(one, Problem):
                recalled.keep(one.row)
            yield one


def _staged(run_id: str, record: LedgerRecord) -> tuple[Any, ...]:
    description = (record.description or "")[:140]
    period = record.period
    if period is None and record.kind is Kind.PAYMENT and not record.designates:
        period = designated_month(description, record.date)
    key = number_key(record.tenancy, record.id) if record.id else content_key(record)
    return (
        run_id, record.row, record.tenancy, record.date, record.known, record.due,
        KIND_CODES[record.kind], COMPONENT_CODES[record.component], record.amount, period,
        number_key(record.tenancy, record.designates) if record.designates else "",
        number_key(record.tenancy, record.reverses) if record.reverses else "",
        number_key(record.tenancy, record.claim) if record.claim else "",
        0, key, bool(record.id), description,
    )  # fmt: skip


def number_key(tenancy: str, number: str) -> str:
    """The key of a row that has a number of its own."""
    return row_key("number", tenancy, number)


def content_key(record: LedgerRecord) -> str:
    """The key of a row without a number: its content. Equal rows are told apart by their order at booking."""
    return row_key(
        "content", record.tenancy, record.date, record.kind, record.component, record.amount, record.due,
        record.period, record.description,
    )  # fmt: skip


def _unknown_tenancy(run: ImportRun, record: LedgerRecord) -> Problem:
    return Problem(
        code="unknown-tenancy",
        message=Words("Dit contract kennen wij niet.", "We do not know this tenancy."),
        cure=Words("Lees eerst de nieuwe contracten in.", "Import the new tenancies first."),
        source=run.file_name,
        row=record.row,
        value=record.tenancy[:80],
    )


def _row_twice(run: ImportRun, row: int) -> Problem:
    return Problem(
        code="row-twice",
        message=Words("Deze regel staat dubbel.", "This row stands twice."),
        cure=Words(
            "Haal er één weg, of geef hem een eigen nummer.", "Remove one, or give it a number of its own."
        ),
        source=run.file_name,
        row=row,
    )


def _row_changed(run: ImportRun, row: int) -> Problem:
    return Problem(
        code="row-changed",
        message=Words(
            "Deze regel kennen wij met een ander bedrag of een andere dag.",
            "We know this row with another amount or day.",
        ),
        cure=Words(
            "Wat geboekt is, blijft staan. Boek een correctie.", "What was booked stays. Book a correction."
        ),
        source=run.file_name,
        row=row,
    )
