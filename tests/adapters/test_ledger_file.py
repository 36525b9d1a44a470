"""Bare ledger files: CSV and Parquet give the same entries, exactly, one tenancy at a time."""

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.ledgers import LAST_DAY, days, ledgers
from voordeur.adapters.ledger_file import MOST_PROBLEMS, LedgerFile, read_ledger
from voordeur.core.ledger import Component, Entry, Kind, position
from voordeur.core.money import decimal_string

NAMES = (
    "id",
    "tenancy",
    "date",
    "kind",
    "amount",
    "due",
    "designates",
    "reverses",
    "known",
    "component",
    "claim",
)


def as_row(tenancy: str, entry: Entry) -> list[str]:
    """An entry as it stands in a file."""
    cells = [
        entry.id, tenancy, entry.date, entry.kind, decimal_string(entry.amount), entry.due, entry.designates,
        entry.reverses, entry.known, entry.component, entry.claim,
    ]  # fmt: skip
    return ["" if cell is None else str(cell) for cell in cells]


def write_csv(path: Path, rows: list[list[str]], delimiter: str = ",") -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([list(NAMES), *rows])
    return path


def write_parquet(path: Path, **columns: Any) -> Path:
    pq.write_table(pa.table(columns), path)
    return path


def one_charge(path: Path, **columns: Any) -> LedgerFile[list[Entry]]:
    """A Parquet file with one charge, of which some columns are of another type."""
    usual: dict[str, Any] = {
        "id": ["c1"],
        "tenancy": ["T1"],
        "date": [date(2026, 3, 1)],
        "kind": ["charge"],
        "amount": [Decimal("650.00")],
    }
    return read_ledger(write_parquet(path / "ledger.parquet", **usual | columns), list)


CHARGE = Entry("c1", date(2026, 3, 1), Kind.CHARGE, 650_00, sequence=1)


# --- a file says what the ledger says --------------------------------------------------------------------------


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(ledgers(most=8), min_size=1, max_size=3),
    days,
    days,
    st.randoms(use_true_random=False),
    st.sampled_from(",;"),
)
def test_what_a_file_gives_is_what_its_entries_give(
    tmp_path: Path, books: list[list[Entry]], on: date, known: date, random: Any, delimiter: str
) -> None:
    """Of several tenancies, mixed up or together. (An amount of zero is only possible for a correction.)"""
    given_entries = {
        f"T{number}": sorted(
            (entry for entry in book if entry.amount or entry.kind is Kind.CORRECTION),
            key=lambda entry: entry.order,  # so that the line number keeps the order within a day
        )
        for number, book in enumerate(books)
    }
    rows = [(name, entry) for name, entries in given_entries.items() for entry in entries]
    if random.random() < 0.5:
        rows.sort(key=lambda row: row[1].order)  # the tenancies through each other
    path = write_csv(tmp_path / "ledger.csv", [as_row(*row) for row in rows], delimiter)

    read = read_ledger(path, lambda entries: position(entries, on, known))
    assert read.problems == []
    for name, at in read.by_tenancy.items():
        expected = position(_without_unknown(given_entries[name]), on, known)
        assert (at.balance, at.overdue, at.days_overdue) == (
            expected.balance,
            expected.overdue,
            expected.days_overdue,
        )
        assert [(c.id, c.due, c.outstanding, c.paid_on) for c in at.charges] == [
            (c.id, c.due, c.outstanding, c.paid_on) for c in expected.charges
        ]
    assert set(read.by_tenancy) == {name for name, entries in given_entries.items() if entries}


def _without_unknown(entries: list[Entry]) -> list[Entry]:
    """A designation of what is no charge in the file says nothing."""
    charges = {entry.id for entry in entries if entry.owes}
    return [entry if entry.designates in charges else replace(entry, designates=None) for entry in entries]


def test_parquet_and_csv_give_the_same_entries(tmp_path: Path) -> None:
    entries = [
        Entry(
            "c1",
            date(2026, 3, 1),
            Kind.CHARGE,
            650_00,
            due=date(2026, 3, 5),
            known=date(2026, 2, 1),
            sequence=2,
        ),
        Entry("k1", date(2026, 3, 2), Kind.CHARGE, 40_00, component=Component.COSTS, claim="c1", sequence=3),
        Entry("p1", date(2026, 3, 3), Kind.PAYMENT, 1, designates="c1", sequence=4),
        Entry("r1", date(2026, 3, 4), Kind.REVERSAL, 1, reverses="p1", sequence=5),
        Entry("x1", date(2026, 3, 4), Kind.CORRECTION, -1_50, sequence=6),
    ]
    rows = [as_row("T1", entry) for entry in entries]
    from_csv = read_ledger(write_csv(tmp_path / "l.csv", rows), list).by_tenancy["T1"]
    columns = {name: [row[at] or None for row in rows] for at, name in enumerate(NAMES)}
    typed: dict[str, Any] = columns | {
        name: [date.fromisoformat(text) if text else None for text in columns[name]]
        for name in ("date", "due", "known")
    }
    typed["amount"] = [Decimal(text or "0") for text in columns["amount"]]
    from_parquet = read_ledger(write_parquet(tmp_path / "l.parquet", **typed), list).by_tenancy["T1"]
    assert from_csv == entries
    assert [as_row("T1", entry) for entry in from_parquet] == rows


# --- columns of every type -------------------------------------------------------------------------------------


def what_the_columns_are(columns: dict[str, Any]) -> str:
    """A name for a case that is the same in every process (an Arrow array prints its address)."""
    return " ".join(
        f"{name}-{values.type if isinstance(values, pa.Array) else values}"
        for name, values in columns.items()
    )


@pytest.mark.parametrize(
    "columns",
    [
        {"amount": ["650.00"]},
        {"amount": [650]},
        {"amount": [650.0]},
        {"amount": pa.array([650.0], pa.float32())},
        {"amount": pa.array([Decimal("650.0000")], pa.decimal128(20, 4))},
        {"amount": pa.array(["650"]).dictionary_encode()},
        {"date": ["2026-03-01"]},
        {"date": pa.array([date(2026, 3, 1)]).cast(pa.timestamp("us"))},
        {"date": pa.array(["2026-03-01T14:30:00"]).cast(pa.timestamp("ns"))},
        {"date": pa.array([date(2026, 3, 1)], pa.date64())},
        {"kind": pa.array(["Charge "]).dictionary_encode()},
        {"tenancy": pa.array(["T1"], pa.large_string())},
        {"due": pa.array([None], pa.null()), "known": pa.array([None], pa.date32())},
        {"designates": [1.0], "reverses": [None]},
    ],
    ids=what_the_columns_are,
)
def test_a_column_of_another_type_is_read_exactly(tmp_path: Path, columns: dict[str, Any]) -> None:
    read = one_charge(tmp_path, **columns)
    assert (read.problems, read.by_tenancy) == ([], {"T1": [CHARGE]})


@pytest.mark.parametrize(
    ("amount", "cents"),
    [
        (0.1, 10),
        (1234567.89, 1234567_89),
        (65.01, 65_01),
        (12.3450000001, None),
        (12.345, None),
        (1e300, None),
    ],
)
def test_floating_point_is_read_only_where_it_is_a_whole_cent(
    tmp_path: Path, amount: float, cents: int | None
) -> None:
    read = one_charge(tmp_path, amount=[amount])
    if cents is None:
        assert [problem.code for problem in read.problems] == ["not-an-amount"]
    else:
        assert [entry.amount for entry in read.by_tenancy["T1"]] == [cents]


@pytest.mark.parametrize("amount", [[float("nan")], [None], [""]])
def test_an_amount_that_is_not_there_is_an_empty_cell(tmp_path: Path, amount: list[Any]) -> None:
    assert [problem.code for problem in one_charge(tmp_path, amount=amount).problems] == ["empty-cell"]


@pytest.mark.parametrize(
    "columns",
    [
        {"amount": [True]},
        {"amount": [Decimal("650.001")]},
        {"amount": [date(2026, 3, 1)]},
        {"date": [20260301]},
        {"date": pa.array([date(2026, 3, 1)]).cast(pa.timestamp("us", "UTC"))},
        {"id": [[1, 2]]},
        {"tenancy": [b"T1"]},
    ],
    ids=what_the_columns_are,
)
def test_a_column_that_cannot_be_read_exactly_is_refused(tmp_path: Path, columns: dict[str, Any]) -> None:
    read = one_charge(tmp_path, **columns)
    assert read.by_tenancy == {}
    assert [problem.column for problem in read.problems] == list(columns)


def test_numbers_are_ids_too_also_with_gaps_between_them(tmp_path: Path) -> None:
    """A column of whole numbers with empty cells comes out of data frames as floating point."""
    read = read_ledger(
        write_parquet(
            tmp_path / "l.parquet",
            id=[0, 1],
            tenancy=[7, 7],
            date=[date(2026, 3, 1)] * 2,
            kind=["charge", "payment"],
            amount=[1, 1],
            designates=[float("nan"), 0.0],
        ),
        list,
    )
    assert [(entry.id, entry.designates) for entry in read.by_tenancy["7"]] == [("0", None), ("1", "0")]


def test_a_parquet_file_that_breaks_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "l.parquet"
    one_charge(tmp_path)
    whole = (tmp_path / "ledger.parquet").read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert [problem.code for problem in read_ledger(path, list).problems] == ["not-parquet"]


# --- one tenancy at a time -------------------------------------------------------------------------------------


def test_a_tenancy_is_finished_before_the_next_is_read(tmp_path: Path) -> None:
    """The last row is bad; the tenancies before it were summarised when it was read."""
    rows = [as_row(name, Entry(f"{n}", LAST_DAY, Kind.CHARGE, 1)) for name in ("T1", "T2") for n in range(2)]
    sizes: list[int] = []
    read = read_ledger(
        write_csv(tmp_path / "l.csv", [*rows, ["x", "T3", "bad", "charge", "1"]]),
        lambda entries: sizes.append(len(entries)),
    )
    assert sizes == [2, 2]
    assert (read.by_tenancy, len(read.problems)) == ({}, 1)


def test_the_first_of_the_file_is_the_first_of_the_answer(tmp_path: Path) -> None:
    rows = [
        as_row(name, Entry(id_, LAST_DAY, Kind.CHARGE, 1))
        for name, id_ in (("B", "1"), ("A", "1"), ("B", "2"))
    ]
    read = read_ledger(write_csv(tmp_path / "l.csv", rows), len)
    assert list(read.by_tenancy.items()) == [("B", 2), ("A", 1)]


def test_progress_is_told_now_and_then(tmp_path: Path) -> None:
    row = as_row("T1", Entry("c", LAST_DAY, Kind.CHARGE, 1))
    rows = [[str(n), *row[1:]] for n in range(50_001)]
    told: list[int] = []
    read_ledger(write_csv(tmp_path / "l.csv", rows), len, told.append)
    assert told == [50_000]


def test_of_very_many_problems_the_rest_is_counted(tmp_path: Path) -> None:
    rows = [[str(n), "T1", "bad", "charge", "1"] for n in range(MOST_PROBLEMS + 7)]
    problems = read_ledger(write_csv(tmp_path / "l.csv", rows), len).problems
    assert len(problems) == MOST_PROBLEMS + 1
    assert problems[-1].message.en == "And 7 more problems."


def test_a_long_cell_is_quoted_in_part(tmp_path: Path) -> None:
    (problem,) = read_ledger(
        write_csv(tmp_path / "l.csv", [["c", "T1", "2026-03-01", "charge", "9" * 500]]), len
    ).problems
    assert problem.value == "9" * 80
