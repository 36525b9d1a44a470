"""The lock on the audit log: triggers with which the database itself refuses to change, remove or slip in a line.

Whoever owns the database can take the lock off; the hash chain and the anchors show it when they then change a line.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

TABLE = "store_auditline"
_SAID = "the audit log is append-only"
ROUTINE = "voordeur_audit_is_append_only"

_SQLITE = {
    "audit_no_update": f"BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{_SAID}'); END",
    "audit_no_delete": f"BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{_SAID}'); END",
    # INSERT OR REPLACE removes a row without a DELETE trigger; so a line may only come after the last one.
    "audit_only_after": f"BEFORE INSERT ON {TABLE} WHEN NEW.id > 0 AND NEW.id <= (SELECT max(id) FROM {TABLE})"
    f" OR EXISTS (SELECT 1 FROM {TABLE} WHERE hash = NEW.hash) BEGIN SELECT RAISE(ABORT, '{_SAID}'); END",
}
_POSTGRESQL = {
    "audit_no_change": f"BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE}"
    f" FOR EACH STATEMENT EXECUTE FUNCTION {ROUTINE}()",
}


def lock(connection: Any) -> None:
    """Put the triggers on the log; those that are there already stay."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {ROUTINE}() RETURNS trigger LANGUAGE plpgsql AS"
                f" $$ BEGIN RAISE EXCEPTION '{_SAID}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
            for name, body in _POSTGRESQL.items():
                cursor.execute(f"CREATE OR REPLACE TRIGGER {name} {body}")
        else:
            for name, body in _SQLITE.items():
                cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {body}")


def unlock(connection: Any) -> None:
    """Take the triggers off the log."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for name in _POSTGRESQL:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {TABLE}")
        else:
            for name in _SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def is_locked(connection: Any) -> bool:
    """Are all triggers on the log, and in force?"""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND tgenabled IN ('O', 'A')",
                [TABLE],
            )
            wanted = set(_POSTGRESQL)
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE])
            wanted = set(_SQLITE)
        return wanted <= {row[0] for row in cursor.fetchall()}


@contextmanager
def unlocked(connection: Any) -> Iterator[None]:
    """For the demo and the tests, which begin with an empty log: the lock off, and on again afterwards."""
    unlock(connection)
    try:
        yield
    except BaseException:
        if not connection.in_atomic_block:  # inside a transaction its end puts the lock back
            lock(connection)
        raise
    lock(connection)
