"""`voordeur arrears --ledger` of a file that is worth it: the same rows, from the engine."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from voordeur.adapters.ledger_file import columns_note, note
from voordeur.core.money import decimal_string
from voordeur.core.problems import Problem
from voordeur.engine.bare_file import Noted, ask_bare, read_bare_csv, unknown_columns
from voordeur.engine.columns import is_packed
from voordeur.engine.day import Answer, Question
from voordeur.engine.sources import SORT_AT_MOST, Arrears, answers_from_parquet, gather, over_parquet

Row = dict[str, Any]
_SAID = ("tenancy", "balance", "overdue", "oldest_unpaid_due", "days_overdue", "open_charges")


class Found(NamedTuple):
    """The rows, and what must be said of the file."""

    rows: list[Row]
    notes: list[Problem]


class _LookCloser(Exception):
    """Somewhere in the file is something that the adapter has to look at."""


def engine_rows(path: Path, on: date, known: date | None, *, with_charges: bool) -> Found | None:
    """One row per tenancy, sorted. None when the adapter has to read the file. Refused when it cannot be used."""
    question = Question(on, known, per_charge=with_charges)
    first = next(iter(sorted(path.glob("*.parquet"))), path) if path.is_dir() else path
    with first.open("rb") as file:
        is_parquet = file.read(4) == b"PAR1"
    try:
        if not is_parquet:
            table = read_bare_csv(path)
            return None if table is None else _of_table(table, question, path.name)
        names = pq.read_schema(first).names
        if is_packed(names):
            return (
                None
                if with_charges
                else Found(tenancy_rows(gather(answers_from_parquet(path, question))), [])
            )
        if path.is_dir() or pq.read_metadata(path).num_rows > SORT_AT_MOST:
            return None if with_charges else _of_pieces(path, names, question)
        return _of_table(pq.read_table(path), question, path.name)
    except (_LookCloser, pa.ArrowException, OSError):
        return None


def _of_table(table: pa.Table, question: Question, source: str) -> Found | None:
    if question.per_charge and _writes_off(table):
        return None  # what was written off was not paid; only the core tells the two apart
    asked = ask_bare(table, question, source=source)
    if asked is None:
        return None
    found = gather([asked[0]])
    rows = tenancy_rows(found)
    if found.charges is not None and question.per_charge:
        _add_charges(rows, found.charges)
    notes = [_said(one, source, one.row + 2) for one in asked[1]]
    return Found(rows, columns_note(unknown_columns(table.schema.names), source) + notes)


def _of_pieces(path: Path, names: list[str], question: Question) -> Found:
    """A file too large for memory: it must have been sorted by tenancy."""
    notes: list[Noted] = []

    def ask(table: pa.Table, source: str) -> Answer:
        asked = ask_bare(table, question, source=source)
        if asked is None:
            raise _LookCloser
        notes.extend(asked[1])
        return asked[0]

    rows = tenancy_rows(gather(over_parquet(path, ask, [])))
    said = [_said(one, path.name, None) for one in _together(notes)]
    return Found(rows, columns_note(unknown_columns(names), path.name) + said)


def _together(notes: Iterable[Noted]) -> Iterator[Noted]:
    by_code: dict[str, list[Noted]] = defaultdict(list)
    for one in notes:
        by_code[one.code].append(one)
    for code, same in by_code.items():
        yield Noted(code, sum(one.times for one in same), 0, same[0].value)


def _said(one: Noted, source: str, row: int | None) -> Problem:
    return note(one.code, source, one.times, row, one.value)


def _writes_off(table: pa.Table) -> bool:
    (kind,) = [name for name in table.schema.names if name.strip().lower() == "kind"] or [""]
    return not kind or bool(pc.any(pc.match_substring(table[kind].cast(pa.string()), "write")).as_py())


def tenancy_rows(found: Arrears) -> list[Row]:
    """`found.tenancies` as the command says it."""
    table = found.tenancies
    columns = (table[name].to_pylist() for name in _SAID)
    return [
        {
            "tenancy": str(tenancy),
            "balance": decimal_string(balance),
            "overdue": decimal_string(overdue),
            "oldest_unpaid_due": oldest.isoformat() if oldest else None,
            "days_overdue": days,
            "open_charges": count,
        }
        for tenancy, balance, overdue, oldest, days, count in zip(*columns, strict=True)
    ]


def _add_charges(rows: list[Row], charges: pa.Table) -> None:
    by_tenancy: dict[str, list[Row]] = defaultdict(list)
    for one in charges.to_pylist():
        by_tenancy[str(one["tenancy"])].append(
            {
                "id": one["id"],
                "due": one["due"].isoformat(),
                "amount": decimal_string(one["amount"]),
                "paid": decimal_string(one["amount"] - one["outstanding"]),
                "outstanding": decimal_string(one["outstanding"]),
                "paid_on": one["paid_on"].isoformat() if one["paid_on"] else None,
                "days_late": one["days_late"],
            }
        )
    for row in rows:
        row["charges"] = by_tenancy.get(row["tenancy"], [])
