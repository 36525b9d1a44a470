"""`voordeur arrears --ledger`: the engine and the core write the same bytes, in every way a file may be written."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.cli.arrears_runner import arrears
from tests.engine.portfolios import Portfolio, portfolios, table
from voordeur.cli import arrears_engine
from voordeur.core.money import decimal_string
from voordeur.core.problems import Refused
from voordeur.engine.packing import pack
from voordeur.engine.sources import write_packed

ON = "2026-02-10"
COLUMNS = [
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
]


def as_text(portfolio: Portfolio) -> pa.Table:
    """The entries as a bare file holds them; without amounts of zero, which it refuses."""
    entries = table(portfolio)
    amounts = pa.array([decimal_string(cents) for cents in entries["amount"].to_pylist()], pa.string())
    texts = {name: entries[name].cast(pa.string()).fill_null("") for name in COLUMNS}
    kept = [
        cents != 0 or kind == "correction"
        for cents, kind in zip(entries["amount"].to_pylist(), entries["kind"].to_pylist(), strict=True)
    ]
    return pa.table(texts | {"amount": amounts}).filter(pa.array(kept, pa.bool_()))


def said(path: Path, *options: str) -> tuple[int, bytes, str]:
    """Exit code, stdout and stderr."""
    result = arrears("--on", ON, "--ledger", str(path), "--format", "json", *options)
    return result.exit_code, result.stdout_bytes, result.stderr.replace(path.name, "FILE")


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.generate],
)
@given(portfolio=portfolios(size=4))
def test_the_same_bytes_and_the_same_notes(
    portfolio: Portfolio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = as_text(portfolio)
    path = tmp_path / "ledger.csv"
    lines = [COLUMNS, *([row[name] for name in COLUMNS] for row in rows.to_pylist())]
    path.write_text("".join(",".join(line) + "\n" for line in lines))
    pq.write_table(rows, tmp_path / "ledger.parquet")
    for options in ([], ["--charges"], ["--known", "2026-01-20"]):
        monkeypatch.setattr("voordeur.cli.arrears.SMALL", 1 << 30)
        by_core = said(path, *options)
        monkeypatch.setattr("voordeur.cli.arrears.SMALL", 0)
        assert said(path, *options) == by_core
        assert said(tmp_path / "ledger.parquet", *options)[:2] == by_core[:2]


def bare() -> pa.Table:
    """Two tenancies, T10 and T9, in which money names a charge that is not there, with whole euros."""
    return pa.table(
        {
            "id": [1, 2, 1, 2],
            "tenancy": [9, 9, 10, 10],
            "date": pa.array([date(2026, 1, 1), date(2026, 1, 5)] * 2, pa.date32()),
            "kind": ["charge", "payment"] * 2,
            "amount": pa.array([650, 600, 700, 700], pa.int64()),
            "designates": pa.array([None, 1, None, 7]),
        }
    )


def test_whole_numbers_are_euros_and_tenancies_are_text_as_they_always_were(tmp_path: Path) -> None:
    path = tmp_path / "ledger.parquet"
    pq.write_table(bare(), path)
    found = arrears_engine.engine_rows(path, date(2026, 2, 10), None, with_charges=False)
    assert found is not None
    assert [(row["tenancy"], row["balance"]) for row in found.rows] == [("10", "0.00"), ("9", "50.00")]
    assert [(note.code, note.row) for note in found.notes] == [("unknown-charge", 5)]


def test_a_file_too_large_for_memory_is_read_by_whole_tenancies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ledger.parquet"
    pq.write_table(bare(), path, row_group_size=1)
    monkeypatch.setattr(arrears_engine, "SORT_AT_MOST", 3)
    monkeypatch.setattr("voordeur.engine.sources.SORT_AT_MOST", 3)
    found = arrears_engine.engine_rows(path, date(2026, 2, 10), None, with_charges=False)
    assert found is not None
    assert [(row["tenancy"], row["balance"]) for row in found.rows] == [("9", "50.00"), ("10", "0.00")]
    assert [(note.code, note.row) for note in found.notes] == [("unknown-charge", None)]
    pq.write_table(bare().take(pa.array([0, 2, 1, 3])), path, row_group_size=1)
    with pytest.raises(Refused, match="ledger-not-sorted"):
        arrears_engine.engine_rows(path, date(2026, 2, 10), None, with_charges=False)


def test_a_packed_ledger_and_a_folder_of_them(tmp_path: Path) -> None:
    packed = pack(bare().set_column(4, "amount", pa.array([65000, 60000, 70000, 70000]))).table
    folder = tmp_path / "sector"
    folder.mkdir()
    write_packed(folder / "1.parquet", [packed.slice(0, 2)], packed.schema)
    write_packed(folder / "2.parquet", [packed.slice(2)], packed.schema)
    code, out, _ = said(folder)
    assert code == 0
    assert b'{"tenancy": "9", "balance": "50.00"' in out
    assert said(folder / "1.parquet")[1].count(b"tenancy") == 1


def test_a_packed_ledger_in_another_order_is_refused_in_words(tmp_path: Path) -> None:
    packed = pack(bare()).table
    pq.write_table(packed.take(pa.array([2, 3, 0, 1])), tmp_path / "ledger.parquet")
    code, out, err = said(tmp_path / "ledger.parquet")
    assert (code, out) == (2, b"")
    assert "The rows are not in order of tenancy and date." in err
