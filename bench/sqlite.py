"""The made-up sector as a table of the store in SQLite, in the order in which an import writes it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

_TABLE = """
CREATE TABLE store_entry (
  id integer PRIMARY KEY AUTOINCREMENT, date date NOT NULL, known date NOT NULL, due date, kind smallint NOT NULL,
  component smallint NOT NULL, amount bigint NOT NULL, period date, sequence integer NOT NULL, source smallint NOT NULL,
  key varchar(40) NOT NULL UNIQUE, description varchar(140) NOT NULL, reason varchar(4) NOT NULL,
  tenancy_id bigint NOT NULL, designates_id bigint, reverses_id bigint, claim_id bigint, same_as_id bigint,
  run_id bigint
)"""
_INDEX = "CREATE INDEX entry_replay ON store_entry (tenancy_id, date, sequence, kind, id)"


def sector_in_sqlite(sector: Path) -> Path:
    """The database beside the Parquet file; made once."""
    path = sector.with_suffix(".sqlite3")
    if path.exists():
        return path
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(part)) as database:
        database.execute("PRAGMA journal_mode = off")
        database.execute("PRAGMA synchronous = off")
        database.execute(_TABLE)
        database.executemany(f"INSERT INTO store_entry VALUES ({', '.join('?' * 19)})", _rows(sector))
        database.execute(_INDEX)
        database.commit()
    part.rename(path)
    return path


def _rows(sector: Path) -> Iterator[tuple[Any, ...]]:
    file = pq.ParquetFile(sector)
    number = 1
    for group in range(file.num_row_groups):
        table = file.read_row_group(group)
        days = table["date"].cast(pa.string()).to_pylist()
        dues = table["due"].cast(pa.string()).to_pylist()
        rest = (table[name].to_pylist() for name in ("tenancy", "kind", "amount", "refers"))
        for day, due, tenancy, kind, amount, refers in zip(days, dues, *rest, strict=True):
            named = number + refers if refers else None
            yield (
                number, day, day, due if kind == 1 else None, kind, 1, amount, None, 0, 1, f"{number:032x}", "", "",
                tenancy + 1, named if kind == 2 else None, named if kind == 3 else None, None, None, None,
            )  # fmt: skip
            number += 1
