"""`python -m bench.policy_compare`: two policies on 100,000 tenancies, from facts in a file and from the database.

SIZE=100000x36 (the default) is tenancies x months of ledger. Both ways start cold: reading is counted. Nobody is real.
"""

import json
import os
import random
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

FOLDER = Path(os.environ.get("VOORDEUR_VAR", "var")) / "bench"
DAY = date(2026, 11, 20)
BEHIND = 0.3
"""So many households of the made-up file have money open: more than anywhere, so that the rules have work to do."""


def main() -> None:
    tenancies, months = (int(part) for part in os.environ.get("SIZE", "100000x36").split("x"))
    FOLDER.mkdir(parents=True, exist_ok=True)
    _from_file(tenancies)
    _from_database(tenancies, months)


def made_up_line(number: int, rng: random.Random) -> dict[str, Any]:
    """The facts of one household; every rule of the policies comes up."""
    line: dict[str, Any] = {"id": str(number), "neighbourhood": f"Wijk {number // 1000:03}"}
    if rng.random() > BEHIND:
        return line
    waited, calls, visits = rng.randrange(90), rng.randrange(4), rng.randrange(3)
    line |= {
        "in_arrears": True,
        "amount": f"{rng.randrange(5_000, 300_000) / 100:.2f}",
        "days_overdue": waited + 3,
        "days_past_expected": waited,
        "months_owed": round(rng.random() * 4, 2),
        "oldest_due": (DAY - timedelta(days=waited + 3)).isoformat(),
        "days_since_payment": rng.randrange(120),
        "messages": rng.randrange(2),
        "calls": calls,
        "visits": visits,
        "personal_attempts": calls + visits,
        "day_parts": min(calls + visits, rng.randrange(4)),
        "days_since_contact": rng.randrange(30) if calls + visits else None,
        "contacts_in_window": rng.randrange(6),
    }
    for flag, share in (("growing", 0.2), ("spoken", 0.15), ("technical", 0.1), ("visit_planned", 0.05)):
        line[flag] = rng.random() < share
    return line


def _from_file(tenancies: int) -> None:
    from voordeur.adapters.facts_file import FactsLine, read_facts
    from voordeur.adapters.rules import load_policy
    from voordeur.core.compare import Household, compare

    path, rng = FOLDER / f"facts-{tenancies}.jsonl", random.Random(7)
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(made_up_line(number, rng)) + "\n" for number in range(tenancies))

    def households() -> Iterator[Household]:
        with path.open(encoding="utf-8") as lines:
            for read in read_facts(lines, path.name):
                assert isinstance(read, FactsLine)
                yield Household(read.id, read.neighbourhood, read.household(DAY))

    _timed(f"{tenancies:,} households from a file", lambda: compare(*_both(load_policy), households()))
    in_memory = list(households())
    _timed(f"{tenancies:,} households in memory", lambda: compare(*_both(load_policy), in_memory))


def _both(load: Callable[[str], Any]) -> tuple[Any, Any]:
    return load("standaard"), load("brief-eerst")


def _from_database(tenancies: int, months: int) -> None:
    """A landlord in a database of its own, looked at by the nightly run of the same day, as in daily use."""
    home = FOLDER / f"landlord-{tenancies}x{months}"
    home.mkdir(parents=True, exist_ok=True)
    os.environ["VOORDEUR_VAR"] = str(home)
    os.environ.pop("DATABASE_URL", None)
    from voordeur.cli.start import start

    start()
    from django.conf import settings
    from django.db import connections

    from bench.landlord import fill_landlord
    from bench.sector import ON
    from voordeur.actions.dry_run_policy import dry_run
    from voordeur.actions.nightly import nightly
    from voordeur.adapters.rules import load_policy
    from voordeur.store.models import Standing, Tenancy

    if not Tenancy.objects.exists():
        database = Path(settings.DATABASES["default"]["NAME"])
        connections.close_all()
        fill_landlord(database, FOLDER.resolve() / f"{tenancies}x{months}.parquet", tenancies, months)
    if not Standing.objects.filter(on=ON).exists():
        nightly(ON)
    now, other = _both(load_policy)
    _timed(f"{tenancies:,} tenancies from the database", lambda: dry_run(None, other, ON, against=now))


def _timed(name: str, ask: Callable[[], Any]) -> None:
    begun, worked = time.perf_counter(), time.process_time()
    found = ask()
    seconds, worked = time.perf_counter() - begun, time.process_time() - worked
    print(
        f"{name:<42} {seconds:6.2f} s, of which {worked:6.2f} s of this processor   {len(found.moves):,} move",
        flush=True,
    )


if __name__ == "__main__":
    main()
