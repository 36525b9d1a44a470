"""`make bench`: everybody on the same made-up sector, one after the other, and the answers compared.

SIZE=100000x36 (the default) is tenancies x months; SIZE=full is the whole Dutch social sector, 2300000x36, and then ten
years of it. Files are made once and kept in var/bench (VOORDEUR_VAR). Each candidate runs in a process of its own, on a
small file first so that loading and compiling are not counted. They take turns, ROUNDS times (3), and the best counts.
After the sector comes what stands in BESIDE, each with its own settings; `python -m bench.nightly` runs one alone.
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
ROUNDS = int(os.environ.get("ROUNDS", "3"))
"""So often everybody has a turn; the best counts."""
BESIDE = ("nightly", "load", "demo", "schemes", "schemes_phone", "policy_compare", "planning")
"""What is measured besides the sector: each a module with a question and settings of its own."""
NEEDS = {"polars": "polars", "duckdb": "duckdb", "pandas": "pandas", "engine_spark": "pyspark"}


class Measured(NamedTuple):
    """What one candidate took and said."""

    name: str
    seconds: float
    cpu: float
    peak: int
    """Largest resident memory of the process, in MiB."""
    sums: dict[str, int]


def main() -> None:
    size = os.environ.get("SIZE", "100000x36")
    tenancies, months = FULL if size == "full" else (int(part) for part in size.split("x"))
    print(_machine(), flush=True)
    small = _sector(*SMALL)
    _side_by_side(_sector(tenancies, months), small, tenancies)
    if tenancies > PANDAS_AT_MOST:
        print(f"\npandas needs more memory than that; on {PANDAS_AT_MOST:,} of these tenancies:")
        _side_by_side(_sector(PANDAS_AT_MOST, months), small, PANDAS_AT_MOST, ["engine_day", "pandas_day"])
    _same_in_length(small, min(tenancies, 200_000))
    if size == "full":
        _ten_years(small)
    for name in BESIDE:
        print(f"\n--- {name} ---\n", flush=True)
        environment = {key: value for key, value in os.environ.items() if key != "SIZE"}
        subprocess.run([sys.executable, "-m", f"bench.{name}"], check=True, env=environment)


def _candidates(tenancies: int) -> list[str]:
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
    return names + ["engine_sqlite"] * (tenancies <= SQLITE_AT_MOST)


def _side_by_side(sector: Path, small: Path, tenancies: int, names: list[str] | None = None) -> None:
    """Everybody in turn, ROUNDS times; of each the best."""
    entries = pq.read_metadata(sector).num_rows
    print(
        f"\n{tenancies:,} tenancies, {entries:,} entries, {sector.stat().st_size / 1e6:,.0f} MB of Parquet\n"
    )
    best: dict[str, Measured] = {}
    for _ in range(ROUNDS):
        for name in names or _candidates(tenancies):
            module = next((needed for start, needed in NEEDS.items() if name.startswith(start)), None)
            if not module or find_spec(module):
                best[name] = _better(best.get(name), _measure(name, sector, small))
            else:
                print(f"{module} is not installed", file=sys.stderr, flush=True)
    print(f"{'candidate':16} {'seconds':>9} {'x':>7} {'cpu s':>9} {'x':>7} {'peak MiB':>9}  answer")
    for found in best.values():
        print(_line(found, best), flush=True)


def _better(one: Measured | None, other: Measured) -> Measured:
    if one is None:
        return other
    return Measured(
        one.name,
        min(one.seconds, other.seconds),
        min(one.cpu, other.cpu),
        max(one.peak, other.peak),
        other.sums,
    )


def _line(found: Measured, ours: dict[str, Measured]) -> str:
    """The `x` are times ours: how long it took, for each second that we took for the same question."""
    mine = ours["engine_paid" if found.name.endswith("_paid") else "engine_day"]
    same = ""
    if mine is not found and set(found.sums) == set(mine.sums):
        same = "the same" if found.sums == mine.sums else f"ANOTHER ANSWER {found.sums} for {mine.sums}"
    return (
        f"{found.name:16} {found.seconds:9.2f} {found.seconds / mine.seconds:7.2f}"
        f" {found.cpu:9.2f} {found.cpu / mine.cpu:7.2f} {found.peak:9,}  {same}"
    )


def _same_in_length(small: Path, tenancies: int) -> None:
    """An entry should take as long in ten years as in one."""
    names = ("bare_decoding", "engine_day", "engine_paid", "engine_months")
    print(f"\nProcessor time per entry, {tenancies:,} tenancies (nanoseconds)\n")
    print(f"{'months':>6} {'entries':>12} " + " ".join(f"{name:>14}" for name in names))
    sectors = {months: _sector(tenancies, months) for months in (12, 36, 120)}
    best: dict[tuple[int, str], float] = {}
    for _ in range(ROUNDS):
        for months, sector in sectors.items():
            for name in names:
                cpu = _measure(name, sector, small, 3).cpu
                best[months, name] = min(cpu, best.get((months, name), cpu))
    for months, sector in sectors.items():
        entries = pq.read_metadata(sector).num_rows
        each = " ".join(f"{best[months, name] * 1e9 / entries:14.1f}" for name in names)
        print(f"{months:6} {entries:12,} {each}", flush=True)


def _ten_years(small: Path) -> None:
    sector = _sector(FULL[0], 120)
    names = ["bare_decoding", "engine_day", "engine_paid", "engine_months"]
    print("\nTen years of the whole sector:")
    _side_by_side(sector, small, FULL[0], names)


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
    return Measured(name, said["seconds"], said["cpu"], said["peak"], said["sums"])


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
