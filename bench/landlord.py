"""A large landlord in a database of its own: `python -m bench.landlord DATABASE TENANCIES MONTHS`.

Homes, tenancies and a ledger, in the order in which the months brought it. The ledger is that of `sector.py`: every
kind of payer. Nobody is real. Rows go in past the ORM, and the indexes of the ledger are made afterwards.
"""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from bench.sector import make_sector
from voordeur.core.remittance import with_check_digit

HOMES_EACH = 1_000
"""Homes in a neighbourhood: as many as one neighbourhood manager looks after."""
METHODS = ("direct_debit", "transfer", "unknown")
_EPOCH = date(1970, 1, 1)
_AT_ONCE = 200_000
_ENTRY = (
    "id", "tenancy_id", "date", "known", "due", "kind", "component", "amount", "designates_id", "reverses_id",
    "sequence", "source", "key", "description", "reason",
)  # fmt: skip


def main(database: str, tenancies: str, months: str) -> None:
    """Make it, unless it is there; a half-made one has another name."""
    whole = Path(database)
    part = whole.with_suffix(".part")
    part.unlink(missing_ok=True)
    part.parent.mkdir(parents=True, exist_ok=True)
    os.environ |= {"DATABASE_URL": f"sqlite:////{part}", "VOORDEUR_VAR": str(part.parent)}
    os.environ["DJANGO_SETTINGS_MODULE"] = "voordeur.settings"
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    call_command("migrate", verbosity=0)
    connection.close()
    sector = part.with_name(f"sector_{tenancies}x{months}.parquet")
    fill_landlord(part, sector, int(tenancies), int(months))
    part.rename(whole)


def fill_landlord(database: Path, sector: Path, tenancies: int, months: int) -> None:
    """Put so many tenancies with so many months of ledger in the database; `sector` is the ledger, made if absent."""
    if not sector.exists():
        make_sector(sector, tenancies, months)
    with closing(sqlite3.connect(database)) as rows:
        rows.execute("PRAGMA journal_mode = off")
        rows.execute("PRAGMA synchronous = off")
        rows.execute("PRAGMA cache_size = -500000")
        _registers(rows, tenancies)
        indexes = rows.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'store_entry' AND sql IS NOT NULL"
        ).fetchall()
        for name, _ in indexes:
            rows.execute(f'DROP INDEX "{name}"')
        _insert(rows, "store_entry", _ENTRY, _entries(sector))
        for _, statement in indexes:
            rows.execute(statement)
        rows.commit()
        rows.execute("PRAGMA journal_mode = wal")


def iban_of(tenancy: int) -> str:
    """The account that pays for a tenancy; no bank has it."""
    account = f"VOOR{tenancy:010}"
    digits = "".join(str(int(letter, 36)) for letter in f"{account}NL00")
    return f"NL{98 - int(digits) % 97:02}{account}"


def reference_of(tenancy: int) -> str:
    """Its betalingskenmerk."""
    return with_check_digit(f"{tenancy:015}")


def _registers(rows: sqlite3.Connection, tenancies: int) -> None:
    numbers = range(1, tenancies + 1)
    places = range(1, -(-tenancies // HOMES_EACH) + 1)
    _insert(rows, "store_neighbourhood", ("id", "name"), ((at, f"Wijk {at:03}") for at in places))
    _insert(
        rows,
        "store_home",
        ("id", "key", "neighbourhood_id", "street", "number", "addition", "postcode", "town", "bag_id"),
        (
            (n, f"W{n}", _place(n), f"Straat {n // 80:04}", n % 80 + 1, "", "1234 AB", "Lindewaard", "")
            for n in numbers
        ),
    )
    _insert(
        rows,
        "store_tenancy",
        (
            "id",
            "key",
            "home_id",
            "neighbourhood_id",
            "start",
            "rent",
            "method",
            "mandate",
            "payment_reference",
        ),
        (
            (n, f"H{n}", n, _place(n), "2015-01-01", 60000, METHODS[n % 3], f"M{n}", reference_of(n))
            for n in numbers
        ),
    )
    _insert(
        rows,
        "store_tenant",
        ("id", "tenancy_id", "name", "phone", "email", "language"),
        ((n, n, f"Bewoner {n}", "", "", "nl") for n in numbers),
    )
    _insert(rows, "store_knownpayer", ("id", "iban", "tenancy_id"), ((n, iban_of(n), n) for n in numbers))


def _place(number: int) -> int:
    return (number - 1) // HOMES_EACH + 1


def _insert(rows: sqlite3.Connection, table: str, columns: tuple[str, ...], values: Iterator[Any]) -> None:
    names, marks = ", ".join(f'"{column}"' for column in columns), ", ".join("?" * len(columns))
    rows.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)


def _entries(sector: Path) -> Iterator[tuple[Any, ...]]:
    """By day, as imports bring them: the entries of one tenancy lie far apart."""
    table = pq.read_table(sector, columns=["tenancy", "date", "due", "kind", "amount", "refers"])
    days = table["date"].cast("int32").to_numpy()
    order = np.argsort(days, kind="stable")
    number_of = np.empty(len(order), np.int64)
    number_of[order] = np.arange(1, len(order) + 1)
    refers = table["refers"].to_numpy()
    named = np.where(refers != 0, number_of[np.clip(np.arange(len(order)) + refers, 0, len(order) - 1)], 0)
    said = {int(day): (_EPOCH + timedelta(days=int(day))).isoformat() for day in np.unique(days)}
    columns = [table[name].to_numpy() for name in ("tenancy", "kind", "amount")]
    for first in range(0, len(order), _AT_ONCE):
        part = order[first : first + _AT_ONCE]
        tenancy, kind, amount = (column[part].tolist() for column in columns)
        dates, other = days[part].tolist(), named[part].tolist()
        for at, (whose, what, cents, day, meant) in enumerate(
            zip(tenancy, kind, amount, dates, other, strict=True)
        ):
            number, text = first + at + 1, said[day]
            yield (
                number, whose + 1, text, text, text if what == 1 else None, what, 1, cents,
                meant if what == 2 and meant else None, meant if what == 3 and meant else None,
                0, 1, f"{number * 2654435761 % (1 << 64):032x}", "", "",
            )  # fmt: skip


if __name__ == "__main__":
    main(*sys.argv[1:])
