"""`make bench`: everybody on the same made-up sector, one after the other, and the answers compared.

SIZE=100000x36 (the default) is tenancies x months; SIZE=full is the whole Dutch social sector, 2300000x36, and then ten
years of it. Files are made once and kept in var/bench (VOORDEUR_VAR). Each candidate runs in a process of its own, on a
small file first so that loading and compiling are not counted.
"""

import json
import os
import platform
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import Any, NamedTuple

import pyarrow.parquet as pq

from bench.sector import make_sector

FOLDER = Path(os.environ.get("VOORDEUR_VAR", "var")) / "bench"
FULL = (2_300_000, 36)
SMALL = (2_000, 36)
PANDAS_AT_MOST = 200_000
SQLITE_AT_MOST = 100_000
NEEDS = {"polars": "polars", "duckdb": "duckdb", "pandas": "pandas", "engine_spark": "pyspark"}


class Measured(NamedTuple):
    """What one candidate took and said."""

    name: str
    seconds: float
    peak: int
    """Largest resident memory of the process, in MB."""
    sums: dict[str, int]


def main() -> None:
    size = os.environ.get("SIZE", "100000x36")
    tenancies, months = FULL if size == "full" else (int(part) for part in size.split("x"))
    print(_machine(), flush=True)
    sector, small = _sector(tenancies, months), _sector(*SMALL)
    _side_by_side(sector, small, tenancies)
    _same_in_length(small, min(tenancies, 200_000))
    if size == "full":
        _ten_years(small)


def _side_by_side(sector: Path, small: Path, tenancies: int) -> None:
    entries = pq.read_metadata(sector).num_rows
    print(
        f"\n{tenancies:,} tenancies, {entries:,} entries, {sector.stat().st_size / 1e6:,.0f} MB of Parquet\n"
    )
    names = [
        "bare_decoding",
        "engine_day",
        "engine_paid",
        "engine_months",
        "polars_day",
        "duckdb_day",
        "duckdb_paid",
    ]
    names += ["pandas_day"] * (tenancies <= PANDAS_AT_MOST) + ["engine_spark"] * bool(which("java"))
    names += ["engine_sqlite"] * (tenancies <= SQLITE_AT_MOST)
    ours: dict[str, Measured] = {}
    print(f"{'candidate':16} {'seconds':>9} {'ours x':>8} {'peak MB':>8}  answer")
    for name in names:
        module = next((needed for start, needed in NEEDS.items() if name.startswith(start)), None)
        if module and not find_spec(module):
            print(f"{name:16} {module} is not installed", flush=True)
            continue
        found = _measure(name, sector, small)
        ours.setdefault(name, found)
        print(_line(found, ours), flush=True)


def _line(found: Measured, ours: dict[str, Measured]) -> str:
    question = "engine_paid" if found.name.endswith("_paid") else "engine_day"
    mine = ours.get(question)
    times = f"{found.seconds / mine.seconds:8.2f}" if mine else " " * 8
    same = ""
    if mine and mine is not found and set(found.sums) == set(mine.sums):
        same = "the same" if found.sums == mine.sums else f"ANOTHER ANSWER {found.sums} for {mine.sums}"
    return f"{found.name:16} {found.seconds:9.2f} {times} {found.peak:8,}  {same}"


def _same_in_length(small: Path, tenancies: int) -> None:
    """Twice as many months should take twice as long."""
    print(f"\nTime per entry, {tenancies:,} tenancies (nanoseconds)\n")
    print(f"{'months':>6} {'entries':>12} {'engine_day':>11} {'engine_paid':>12} {'engine_months':>14}")
    for months in (12, 36, 60, 120):
        sector = _sector(tenancies, months)
        entries = pq.read_metadata(sector).num_rows
        took = [
            _measure(name, sector, small, 3).seconds
            for name in ("engine_day", "engine_paid", "engine_months")
        ]
        each = [seconds * 1e9 / entries for seconds in took]
        print(f"{months:6} {entries:12,} {each[0]:11.1f} {each[1]:12.1f} {each[2]:14.1f}", flush=True)


def _ten_years(small: Path) -> None:
    sector = _sector(FULL[0], 120)
    print(f"\nTen years of the whole sector: {pq.read_metadata(sector).num_rows:,} entries\n")
    for name in ("bare_decoding", "engine_day", "engine_paid", "engine_months"):
        found = _measure(name, sector, small)
        print(f"{name:16} {found.seconds:9.2f} s {found.peak:8,} MB", flush=True)


def _sector(tenancies: int, months: int) -> Path:
    path = FOLDER / f"sector_{tenancies}x{months}.parquet"
    if not path.exists():
        print(f"making {path.name} ...", file=sys.stderr, flush=True)
        FOLDER.mkdir(parents=True, exist_ok=True)
        make_sector(path, tenancies, months)
    return path


def _measure(name: str, sector: Path, small: Path, times: int = 1) -> Measured:
    """Run one candidate in a process of its own; the shortest of so many times."""
    command = [sys.executable, "-m", "bench.one", name, str(sector), str(small), str(times)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{name} failed:\n{done.stderr[-2000:]}")
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return Measured(name, said["seconds"], said["peak"], said["sums"])


def _machine() -> str:
    packages = ("numba", "pyarrow", "polars", "duckdb", "pandas", "pyspark")
    versions = ", ".join(f"{name} {_version(name)}" for name in packages)
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, {versions}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


if __name__ == "__main__":
    main()
