"""What is in a file, as JSON: the answer of `voordeur import FILE --dry-run --json`.

Amounts are decimal strings in euros with a point, days ISO. A file that is not recognised with certainty is not read:
its report has the doubts as problems and no rows.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from voordeur.adapters.mapping import read_records
from voordeur.adapters.recognition import Recognition
from voordeur.adapters.records import LedgerRecord, Record, TenancyRecord, is_note
from voordeur.adapters.spreadsheet import Table
from voordeur.core.ledger import Kind
from voordeur.core.money import decimal_string
from voordeur.core.problems import Problem

MOST_LISTED = 10_000
"""Refused rows and problems listed one by one; `rows_refused_count` counts them all."""

_TAKES = (Kind.PAYMENT, Kind.WRITE_OFF)


def file_report(table: Table, found: Recognition, *, language: str = "nl") -> dict[str, Any]:
    """The report of a table of any kind, JSON-able. `language` is that of reasons and cures: nl or en."""
    records = read_records(table, found) if found.certain else iter(())
    reader = ledger_report if found.kind == "ledger" else count_report
    return reader(table, found, records, language=language)


def ledger_report(
    table: Table, found: Recognition, records: Iterable[Record | Problem], *, language: str = "nl"
) -> dict[str, Any]:
    """The report of a ledger: `balances` is per tenancy the sum of the file, charges plus and payments minus."""
    tally = _Tally(language)
    balances: dict[str, int] = {}
    kinds: Counter[str] = Counter()
    for record in tally.good(records):
        if isinstance(record, LedgerRecord):
            effect = -record.amount if record.kind in _TAKES else record.amount
            balances[record.tenancy] = balances.get(record.tenancy, 0) + effect
            kinds[record.kind] += 1
    return {
        **_head(table, found, tally, language),
        "balances": {tenancy: decimal_string(cents) for tenancy, cents in sorted(balances.items())},
        "total": decimal_string(sum(balances.values())),
        "entries_by_kind": dict(sorted(kinds.items())),
    }


def count_report(
    table: Table, found: Recognition, records: Iterable[Record | Problem], *, language: str = "nl"
) -> dict[str, Any]:
    """The report of tenancies, homes or neighbourhoods: counts only, nothing about persons."""
    tally = _Tally(language)
    rent = places = 0
    for record in tally.good(records):
        place = getattr(record, "place", None)
        places += place is not None and (place.rd_x is not None or place.latitude is not None)
        rent += (record.rent or 0) if isinstance(record, TenancyRecord) else 0
    report = {**_head(table, found, tally, language), "with_coordinates": places}
    if found.kind == "tenancies":
        report["rent_per_month"] = decimal_string(rent)
    return report


class _Tally:
    """Counts rows and gathers Problems while records pass."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.read = 0
        self.refused_rows = 0
        self.refused: list[dict[str, Any]] = []
        self.notes: list[dict[str, Any]] = []

    def good(self, records: Iterable[Record | Problem]) -> Iterable[Record]:
        last_refused = None
        for record in records:
            if not isinstance(record, Problem):
                self.read += 1
                yield record
            elif is_note(record):
                if len(self.notes) < MOST_LISTED:
                    self.notes.append(problem_data(record, self.language))
            else:
                self.refused_rows += record.row != last_refused
                last_refused = record.row
                if len(self.refused) < MOST_LISTED:
                    self.refused.append(problem_data(record, self.language))


def problem_data(problem: Problem, language: str = "nl") -> dict[str, Any]:
    """A Problem as JSON: where, what, and how to mend it."""
    return {
        "line": problem.row,
        "column": problem.column,
        "code": problem.code,
        "reason": problem.message.in_language(language),
        "value": problem.value,
        "cure": problem.cure.in_language(language),
    }


def _head(table: Table, found: Recognition, tally: _Tally, language: str) -> dict[str, Any]:
    told = [*found.doubts, *found.notes]
    return {
        "file": table.name,
        "kind": found.kind or None,
        "certain": found.certain,
        "mapping": mapping_data(table, found),
        "rows_read": tally.read,
        "rows_refused": tally.refused,
        "rows_refused_count": tally.refused_rows,
        "problems": [problem_data(problem, language) for problem in told] + tally.notes,
    }


def mapping_data(table: Table, found: Recognition) -> dict[str, Any]:
    """How the file was read, as JSON."""
    return {
        "profile": found.profile or None,
        "columns": {name: column.header for name, column in found.columns.items()},
        "not_read": [column.header for column in found.unused],
        "words": {theirs: ours and str(ours) for theirs, ours in found.value_map.items()},
        "direction": found.direction and str(found.direction),
        "decimal": found.decimal,
        "date_order": found.dates,
        "header_row": found.header_row or None,
        "format": table.format,
        "encoding": table.encoding or None,
        "delimiter": table.delimiter or None,
        "sheet": table.sheet or None,
    }
