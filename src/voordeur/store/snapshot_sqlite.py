"""A SQLite database as one file: a consistent copy while others write, what such a copy holds, and putting one back."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from voordeur.adapters.backup_file import Manifest
from voordeur.core.audit import GENESIS, Anchor, ChainedLine
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.audit_rows import COLUMNS, chained_text

_PAUSE = 0.25  # that `Connection.backup` sleeps between two tries
PATIENCE = 30.0
"""Seconds to wait for somebody else's transaction."""
OWN_TABLES = frozenset({"django_migrations", "django_content_type", "auth_permission"})
"""Filled by the program itself in a new database: they do not make it somebody's."""


def copy(source: Path, scratch: Path) -> None:
    """A consistent copy of the database in `scratch`, a file that is there and empty. Writers need not wait."""
    with (
        closing(sqlite3.connect(source, timeout=PATIENCE)) as live,
        closing(sqlite3.connect(scratch)) as file,
    ):
        file.execute("PRAGMA journal_mode = OFF")
        file.execute("PRAGMA synchronous = OFF")
        live.backup(file, progress=_patience())  # all pages in one step: one reading transaction


def describe(path: Path, made_at: str) -> Manifest:
    """What a copy holds, counted in the copy itself."""
    with closing(_unchanging(path)) as file:
        rows = {table: _count(file, table) for table in tables(file)}
        migrations = file.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()
        head = file.execute("SELECT hash FROM store_auditline ORDER BY id DESC LIMIT 1").fetchone()
    audit = Anchor(made_at, rows["store_auditline"], head[0] if head else GENESIS)
    return Manifest("sqlite", tuple((app, name) for app, name in migrations), rows, audit)


def is_sound(path: Path) -> bool:
    """Does SQLite itself find nothing wrong with the file?"""
    try:
        with closing(_unchanging(path)) as file:
            whole = file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            return whole and not file.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError:
        return False


def audit_lines(path: Path) -> Iterator[ChainedLine]:
    """The audit log of a copy."""
    with closing(_unchanging(path)) as file:
        for row in file.execute(f"SELECT {', '.join(COLUMNS)} FROM store_auditline ORDER BY id"):
            yield chained_text(*row)


def tables(file: sqlite3.Connection) -> list[str]:
    """Names of all tables, sorted."""
    found = file.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
    )
    return [name for (name,) in found]


def is_empty(target: Path) -> bool:
    """Is there no database, or one in which nobody put anything yet?"""
    if not target.exists() or target.stat().st_size == 0:
        return True
    with closing(sqlite3.connect(target, timeout=PATIENCE)) as file:
        return not any(_count(file, table) for table in tables(file) if table not in OWN_TABLES)


def put_back(copied: Path, target: Path) -> None:
    """Replace what `target` holds by the copy, in one transaction: killed at any moment it is the old or the new.

    Others may have the database open; they see the new one from their next transaction on. Refused when somebody
    keeps it locked.
    """
    try:
        with (
            closing(_unchanging(copied)) as new,
            closing(sqlite3.connect(target, timeout=PATIENCE)) as live,
        ):
            live.execute("PRAGMA journal_mode = WAL")
            live.execute("PRAGMA synchronous = FULL")
            new.backup(live, progress=_patience())
            live.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.OperationalError as error:
        if "locked" not in str(error) and "busy" not in str(error):
            raise
        raise Refused(IN_USE) from None


def sync(path: Path) -> None:
    """Have what was written to a file or a folder reach the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _patience() -> Callable[[int, int, int], None]:
    """For a copy that waits for a lock: without this it would wait for ever."""
    waited = 0

    def waiting(status: int, _left: int, _total: int) -> None:
        nonlocal waited
        waited += status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        if waited * _PAUSE > PATIENCE:
            raise sqlite3.OperationalError("database is locked")

    return waiting


def _unchanging(path: Path) -> sqlite3.Connection:
    """To read a file that nobody else has: without a journal beside it."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def _count(file: sqlite3.Connection, table: str) -> int:
    return int(file.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])


IN_USE = Problem(
    code="database-in-use",
    message=Words("De database is in gebruik.", "The database is in use."),
    cure=Words(
        "Stop Voordeur (ook de worker) en probeer het opnieuw.",
        "Stop Voordeur (the worker too) and try again.",
    ),
    fatal=True,
)
