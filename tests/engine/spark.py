"""Spark gives the same bytes as this machine alone. Not collected with the other tests: it needs Java and `[spark]`.

`make spark` runs it wherever there is a Java, and fails when it fails; `.ci/run` calls that.
"""

import os
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from pyspark.sql import SparkSession

from tests.cli.arrears_runner import arrears
from voordeur.core.ageing import Bucket
from voordeur.core.pauses import Pause
from voordeur.engine.packing import pack
from voordeur.engine.sources import Options, arrears_from_parquet
from voordeur.engine.spark import arrears_on_spark

FIRST = date(2026, 1, 1)
ON = date(2026, 3, 1)
KINDS = ("charge", "charge", "payment", "payment", "reversal", "refund", "correction", "write_off")
OPTIONS: Options = {
    "buckets": (Bucket(1, 10), Bucket(11)),
    "pauses": {"T003": [Pause(FIRST)], "T017": [Pause(FIRST, FIRST + timedelta(days=20))]},
}


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A local Spark of two threads."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "37")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.fixture(scope="module")
def entries() -> pa.Table:
    """A ledger with ids of two hundred tenancies, with every kind of entry, in no order."""
    chance = random.Random(3)
    rows = []
    for tenancy in range(200):
        for number in range(chance.randrange(1, 40)):
            kind = chance.choice(KINDS)
            on = FIRST + timedelta(days=chance.randrange(70))
            named = f"e{chance.randrange(40)}" if chance.random() < 0.4 else None
            rows.append(
                {
                    "tenancy": f"T{tenancy:03}",
                    "id": f"e{number}",
                    "date": on,
                    "kind": kind,
                    "amount": chance.randrange(-900, 900) if kind == "correction" else chance.randrange(900),
                    "due": on + timedelta(days=chance.randrange(20)) if kind == "charge" else None,
                    "known": on + timedelta(days=chance.randrange(20)),
                    "designates": named if kind == "payment" else None,
                    "reverses": named if kind == "reversal" else None,
                    "sequence": number,
                }
            )
    chance.shuffle(rows)
    return pa.Table.from_pylist(rows)


@pytest.mark.parametrize("known", [None, date(2026, 2, 1)])
@pytest.mark.parametrize("packed", [True, False])
def test_spark_gives_the_same_bytes(
    spark: Any, entries: pa.Table, tmp_path: Path, packed: bool, known: date | None
) -> None:
    path = tmp_path / "ledger.parquet"
    pq.write_table(pack(entries).table if packed else entries, path, row_group_size=500)
    here = arrears_from_parquet(path, ON, known, **OPTIONS).tenancies
    there = arrears_on_spark(spark, str(path), ON, known, **OPTIONS).toArrow()
    assert in_bytes(there.cast(here.schema).sort_by("tenancy")) == in_bytes(here)


BARE = ["id", "tenancy", "date", "kind", "amount", "due", "designates", "reverses", "known"]


@pytest.mark.parametrize("shape", ["packed", "bare", "folder"])
def test_the_command_writes_the_same_bytes_with_and_without_spark(
    spark: Any, entries: pa.Table, tmp_path: Path, shape: str
) -> None:
    path = tmp_path / "ledger.parquet"
    if shape == "packed":
        pq.write_table(pack(entries).table, path, row_group_size=500)
    else:
        bare = entries.select(BARE).filter(pc.not_equal(entries["amount"], 0)).sort_by("tenancy")
        pq.write_table(bare, path)
        if shape == "folder":
            path.unlink()
            path.mkdir()
            for number, at in enumerate(range(0, bare.num_rows, 700)):
                pq.write_table(bare.slice(at, 700), path / f"{number}.parquet")
    for written in ("json", "csv", "table"):
        here = arrears("--on", "2026-03-01", "--format", written, "--ledger", str(path))
        there = arrears("--on", "2026-03-01", "--format", written, "--ledger", str(path), "--spark")
        assert (here.exit_code, there.exit_code) == (0, 0), here.stderr + there.stderr
        assert here.stdout_bytes == there.stdout_bytes
        assert here.stdout.count("T1") > 90


def test_what_spark_cannot_read_is_said_in_a_sentence(spark: Any, tmp_path: Path) -> None:
    said = arrears("--on", "2026-03-01", "--spark", "--ledger", str(tmp_path / "nowhere"))
    assert (said.exit_code, said.stdout) == (2, "")
    assert "Spark could not do this: PATH_NOT_FOUND." in said.stderr
    pq.write_table(pa.table({name: ["x"] for name in BARE}), tmp_path / "wrong.parquet")
    said = arrears("--on", "2026-03-01", "--spark", "--ledger", str(tmp_path / "wrong.parquet"))
    assert (said.exit_code, said.stdout) == (2, "")
    assert "A cell of this ledger is not right. Run voordeur arrears without --spark" in said.stderr


def in_bytes(table: pa.Table) -> bytes:
    """A table as it stands in a file."""
    sink = pa.BufferOutputStream()
    pq.write_table(table.combine_chunks(), sink)
    return bytes(sink.getvalue().to_pybytes())
