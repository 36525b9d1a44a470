"""The same ledger gives the same answer, wherever it comes from and however it is cut up."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.portfolios import Portfolio, portfolios, table
from voordeur.core.pauses import Pause
from voordeur.core.problems import Refused
from voordeur.engine import sources
from voordeur.engine.day import Question
from voordeur.engine.packing import pack
from voordeur.engine.sources import (
    Arrears,
    arrears_from_csv,
    arrears_from_parquet,
    arrears_from_table,
    ask_table,
    gather,
    write_packed,
)
from voordeur.engine.stream import Piece, ask_pieces

ON = date(2026, 2, 10)
LEDGER = """id,tenancy,date,kind,amount,due,designates,reverses
c1,A,2026-01-01,charge,512.75,2026-01-01,,
p1,A,2026-01-03,payment,512.75,,c1,
r1,A,2026-01-08,reversal,512.75,,,p1
c2,A,2026-02-01,charge,512.75,2026-02-01,,
k2,A,2026-02-02,correction,-12.75,,,
c1,B,2026-02-01,charge,700,2026-02-15,,
"""


def same(one: Arrears, other: Arrears) -> bool:
    """Equal to the last value, whatever the pieces they consist of."""
    assert one.charges is not None
    assert other.charges is not None
    alike = ["tenancy", "due", "amount", "outstanding", "paid_on", "days_late"]
    return bool(
        one.tenancies.combine_chunks().equals(other.tenancies.combine_chunks())
        and one.charges.select(alike).combine_chunks().equals(other.charges.select(alike).combine_chunks())
    )


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The ledger above as a file."""
    path = tmp_path / "grootboek.csv"
    path.write_text(LEDGER)
    return path


def test_a_csv_file_gives_the_arrears_of_each_tenancy_on_a_day(book: Path) -> None:
    first, second = arrears_from_csv(book, ON).tenancies.to_pylist()
    assert (first["tenancy"], first["balance"], first["overdue"], first["open_charges"]) == (
        "A",
        101275,
        101275,
        2,
    )
    assert (first["oldest_unpaid_due"], first["days_overdue"]) == (date(2026, 1, 1), 40)
    assert (second["tenancy"], second["balance"], second["overdue"]) == ("B", 70000, 0)


def test_charges_come_with_the_id_of_their_row(book: Path) -> None:
    charges = arrears_from_csv(book, ON, per_charge=True).charges
    assert charges is not None
    assert list(zip(charges["id"].to_pylist(), charges["outstanding"].to_pylist(), strict=True)) == [
        ("c1", 50000),
        ("c2", 51275),
        ("c1", 70000),
    ]


def test_a_dispute_stops_the_count_of_days_but_not_the_debt(book: Path) -> None:
    disputed = {"A": [Pause(date(2026, 1, 11), date(2026, 2, 10))]}
    row = arrears_from_csv(book, ON, pauses=disputed).tenancies.to_pylist()[0]
    assert (row["overdue"], row["days_overdue"], row["days_counted"]) == (101275, 40, 10)


@settings(max_examples=40, deadline=None)
@given(portfolios(size=5), st.data())
def test_a_ledger_cut_up_anywhere_gives_the_same_answer(portfolio: Portfolio, data: st.DataObject) -> None:
    packed = pack(table(portfolio)).table
    if not packed.num_rows:
        return
    rows = data.draw(st.integers(1, packed.num_rows))
    pieces = [_piece(packed.slice(at, rows)) for at in range(0, packed.num_rows, rows)]
    question = Question(ON, per_charge=True)
    cut = gather(ask_pieces(pieces, lambda piece: ask_table(piece, question)))
    assert same(cut, arrears_from_table(packed, ON, per_charge=True))


def _piece(part: pa.Table) -> Piece:
    return lambda: part


@pytest.fixture
def packed() -> pa.Table:
    """Two tenancies, packed, with numbers as keys."""
    found = pa.table(
        {
            "tenancy": pa.array([1, 1, 1, 2, 2, 2], pa.int32()),
            "date": pa.array([date(2026, 1, day) for day in (1, 2, 3, 1, 2, 3)], pa.date32()),
            "kind": pa.array([1, 2, 1] * 2, pa.int32()),
            "amount": pa.array([100] * 6, pa.int32()),
            "refers": pa.array([0] * 6, pa.int32()),
        }
    )
    return found.add_column(2, "due", found["date"])


@pytest.mark.parametrize("row_group", [1, 2, 4, 6])
def test_a_packed_file_is_read_by_row_groups_of_any_size(
    tmp_path: Path, packed: pa.Table, row_group: int
) -> None:
    path = tmp_path / "ledger.parquet"
    pq.write_table(packed, path, row_group_size=row_group)
    found = arrears_from_parquet(path, ON, per_charge=True)
    assert same(found, arrears_from_table(packed, ON, per_charge=True))


def test_a_packed_file_of_our_own_and_a_folder_of_them_give_the_same(
    tmp_path: Path, packed: pa.Table
) -> None:
    halves = [packed.slice(0, 3), packed.slice(3)]
    (tmp_path / "folder").mkdir()
    for number, half in enumerate(halves):
        write_packed(tmp_path / "folder" / f"{number}.parquet", [half], packed.schema)
    assert write_packed(tmp_path / "whole.parquet", halves, packed.schema) == 6
    expected = arrears_from_table(packed, ON, per_charge=True)
    for path in (tmp_path / "whole.parquet", tmp_path / "folder"):
        assert same(arrears_from_parquet(path, ON, per_charge=True), expected)


def test_a_ledger_with_ids_in_parquet_is_sorted_when_it_must_be(tmp_path: Path, book: Path) -> None:
    entries = pyarrow.csv.read_csv(book)
    upside_down = entries.take(pa.array([5, 4, 3, 2, 1, 0]))
    pq.write_table(upside_down, tmp_path / "ledger.parquet")
    found = arrears_from_parquet(tmp_path / "ledger.parquet", ON, per_charge=True)
    assert same(found, arrears_from_csv(book, ON, per_charge=True))


def test_a_large_ledger_with_ids_is_read_in_pieces_and_must_have_been_sorted(
    tmp_path: Path, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = pyarrow.csv.read_csv(book)
    monkeypatch.setattr(sources, "SORT_AT_MOST", 3)
    pq.write_table(entries, tmp_path / "ledger.parquet", row_group_size=2)
    found = arrears_from_parquet(tmp_path / "ledger.parquet", ON, per_charge=True)
    assert same(found, arrears_from_csv(book, ON, per_charge=True))
    mixed = entries.take(pa.array([5, 0, 1, 2, 3, 4]))
    pq.write_table(mixed, tmp_path / "mixed.parquet", row_group_size=2)
    with pytest.raises(Refused) as refused:
        arrears_from_parquet(tmp_path / "mixed.parquet", ON)
    assert [problem.code for problem in refused.value.problems] == ["ledger-not-sorted"]


@pytest.mark.parametrize(
    ("order", "why"),
    [
        ([3, 4, 5, 0, 1, 2], "tenancies go down"),
        ([0, 1, 3, 4, 5, 2], "a tenancy comes back"),
        ([0, 2, 1, 3, 4, 5], "days go back within a tenancy"),
    ],
)
@pytest.mark.parametrize("row_group", [1, 3, 6])
def test_packed_rows_in_another_order_are_refused(
    tmp_path: Path, packed: pa.Table, order: list[int], why: str, row_group: int
) -> None:
    path = tmp_path / "ledger.parquet"
    pq.write_table(packed.take(pa.array(order)), path, row_group_size=row_group)
    with pytest.raises(Refused) as refused:
        arrears_from_parquet(path, ON)
    assert [problem.code for problem in refused.value.problems] == ["ledger-not-sorted"], why


def test_a_file_that_says_it_holds_whole_tenancies_and_does_not_is_refused(
    tmp_path: Path, packed: pa.Table
) -> None:
    path = tmp_path / "ledger.parquet"
    write_packed(path, [packed.slice(0, 2), packed.slice(2)], packed.schema)
    with pytest.raises(Refused) as refused:
        arrears_from_parquet(path, ON)
    assert refused.value.problems[0].source == "ledger.parquet"


@pytest.mark.parametrize(
    ("column", "values", "code"),
    [
        ("kind", [1, 2, 7, 1, 2, 1], "ledger-value"),
        ("amount", [100, -1, 100, 100, 100, 100], "ledger-value"),
        ("amount", [100, None, 100, 100, 100, 100], "ledger-shape"),
    ],
)
def test_impossible_values_in_a_packed_ledger_are_refused(
    packed: pa.Table, column: str, values: list[int | None], code: str
) -> None:
    wrong = packed.set_column(packed.schema.names.index(column), column, pa.array(values, pa.int32()))
    with pytest.raises(Refused) as refused:
        arrears_from_table(wrong, ON)
    assert [(problem.code, problem.column) for problem in refused.value.problems] == [(code, column)]


def test_only_a_charge_has_a_due_day_of_its_own(packed: pa.Table) -> None:
    later = packed.set_column(2, "due", pa.array([date(2026, 3, 1)] * 6, pa.date32()))
    with pytest.raises(Refused) as refused:
        arrears_from_table(later, ON)
    assert refused.value.problems[0].column == "due"


def test_a_missing_file_is_a_problem_not_a_crash(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        arrears_from_parquet(tmp_path / "nergens.parquet", ON)
    said = refused.value.problems[0].line("nl")
    assert said == "nergens.parquet: Dit bestand is er niet. Kijk de naam en de map na."


def test_a_file_that_is_no_table_is_a_problem_not_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "scheef.csv"
    path.write_text("id,tenancy,date,kind,amount\n1,A,2026-01-01\n")
    with pytest.raises(Refused) as refused:
        arrears_from_csv(path, ON)
    assert refused.value.problems[0].code == "not-a-csv-file"
