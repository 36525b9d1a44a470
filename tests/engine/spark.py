"""Spark gives the same bytes as this machine alone. Not collected with the other tests: it needs Java and `[spark]`.

pytest tests/engine/spark.py
"""

import os
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyspark.sql import SparkSession

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


def in_bytes(table: pa.Table) -> bytes:
    """A table as it stands in a file."""
    sink = pa.BufferOutputStream()
    pq.write_table(table.combine_chunks(), sink)
    return bytes(sink.getvalue().to_pybytes())
