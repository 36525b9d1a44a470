"""`python -m bench.nightly`: the work behind the screens of a large landlord, on SQLite, and a night by the core alone.

SIZE=100000x36 (the default) is tenancies x months. The database is made once and kept in var/bench (VOORDEUR_VAR);
every run works on a copy. Measured: a first night, the next night, the night after rent fell due (everybody has
something open), a bank statement in which everybody pays, and part of a night by the core alone.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar
from uuid import UUID

T = TypeVar("T")
SIZE = os.environ.get("SIZE", "100000x36")
TENANCIES, MONTHS = (int(part) for part in SIZE.split("x"))
FOLDER = Path(os.environ.get("VOORDEUR_VAR", "var")).resolve() / "bench"
MADE = FOLDER / f"landlord_{SIZE}.sqlite3"
WORK = FOLDER / f"work_{SIZE}"
ON = date(2025, 12, 20)
RENT_DAY = date(2026, 1, 1)
BANK_DAY = RENT_DAY + timedelta(days=1)
BY_THE_CORE = 10_000
"""Tenancies that are looked at by the core alone; the whole is reckoned from them."""


def main() -> None:
    prepared(anew=True)
    set_up()
    from bench.statement import rent_falls_due, write_statement
    from voordeur.actions.nightly import nightly
    from voordeur.engine.warm_up import warm_up

    warm_up()
    database = WORK / "voordeur.sqlite3"
    print(f"{TENANCIES:,} tenancies x {MONTHS} months on SQLite, {os.cpu_count()} processors (seconds)\n")
    _time("first night", lambda: nightly(ON))
    _time("next night", lambda: nightly(ON + timedelta(days=1)))
    alone = _by_the_core()
    times = alone / TOOK["next night"]
    print(
        f"{'a night by the core alone':32} {alone:8.1f}  {times:.1f} x, reckoned from {BY_THE_CORE:,} tenancies"
    )
    rent_falls_due(database, RENT_DAY)
    _time("night after rent fell due", lambda: nightly(BANK_DAY))
    statement = WORK / "statement.xml"
    entries = write_statement(statement, database, RENT_DAY, BANK_DAY)
    _import(statement, entries)


def prepared(*, anew: bool) -> None:
    """The database of the landlord, made when it is not there, and a copy to work on; `anew`: a fresh one."""
    if not MADE.exists():
        print(f"making {MADE.name} ...", flush=True)
        command = [sys.executable, "-m", "bench.landlord", str(MADE), str(TENANCIES), str(MONTHS)]
        subprocess.run(command, check=True)
    if anew:
        shutil.rmtree(WORK, ignore_errors=True)
    if not (WORK / "voordeur.sqlite3").exists():
        WORK.mkdir(parents=True, exist_ok=True)
        shutil.copy(MADE, WORK / "voordeur.sqlite3")


def set_up(folder: Path = WORK, today: date = ON) -> None:
    """Django on the database in this folder, on this day."""
    os.environ |= {"VOORDEUR_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "voordeur.settings"}
    os.environ |= {"VOORDEUR_TODAY": today.isoformat()}
    os.environ.pop("DATABASE_URL", None)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def _by_the_core() -> float:
    """Seconds of a whole night, every tenancy assessed by the core in as many processes as there are processors."""
    from django.db import connections

    from voordeur.actions.assess import AT_ONCE
    from voordeur.store.bulk import chunks

    few = min(BY_THE_CORE, TENANCIES)
    connections.close_all()
    began = time.perf_counter()
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("fork")) as pool:
        list(pool.map(_one_by_one, chunks(range(1, few + 1), AT_ONCE)))
    return (time.perf_counter() - began) * TENANCIES / few


def _one_by_one(tenancies: list[int]) -> None:
    from voordeur.actions.assess import assess_piece

    assess_piece(tenancies, ON + timedelta(days=1))


def _import(statement: Path, entries: int) -> None:
    from voordeur.actions import import_file

    def read() -> UUID:
        with statement.open("rb") as file:
            run = import_file.receive(None, statement.name, iter(lambda: file.read(1 << 20), b""))
        import_file.read(run.pk, BANK_DAY)
        import_file.book(None, run.pk)
        return run.pk

    began = time.perf_counter()
    run = _time(f"bank statement of {entries:,}: read", read)
    _time("  book, assess and follow", lambda: import_file.carry_out(run, BANK_DAY))
    print(f"{'  together':32} {time.perf_counter() - began:8.1f}")


def _time(what: str, deed: Callable[[], T]) -> T:
    cpu, began = os.times(), time.perf_counter()
    done = deed()
    took, now = time.perf_counter() - began, os.times()
    spent = sum(now[:4]) - sum(cpu[:4])
    TOOK[what] = took
    print(f"{what:32} {took:8.1f}  processor time {spent:.1f}", flush=True)
    return done


TOOK: dict[str, float] = {}

if __name__ == "__main__":
    main()
