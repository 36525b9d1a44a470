"""After an erasure: what was erased is not in the database file either."""

from django.apps import apps
from django.db import OperationalError, connection
from django.db.backends.utils import CursorWrapper

from voordeur.actions.audit import write_line
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words

WAIT_SECONDS = 60
_STILL_READ = Problem(
    "still-read",
    Words("Iemand leest nog wat gewist is.", "Somebody still reads what was erased."),
    Words("Probeer het opnieuw als het stil is.", "Try again when it is quiet."),
)


def wipe_erased() -> None:
    """Rewrite the database without what was erased or overwritten. Not inside a transaction; run it at a quiet hour.

    A database only marks erased rows as free room, where they can still be read from the file. On SQLite the file is
    written anew and its journal emptied; on PostgreSQL every table is. Older backups are not touched: they go
    when their own term is over. Refused when somebody still reads what was erased: then it is still in a file.
    """
    write_line(None, "wipe_erased")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _wait_for_readers(cursor)
            for model in apps.get_models(include_auto_created=True):
                cursor.execute(f'VACUUM FULL "{model._meta.db_table}"')
            return
        _write_file_anew(cursor)


def _write_file_anew(cursor: CursorWrapper) -> None:
    """Both statements wait for others, as long as the settings say; after that old pages are still in a file."""
    try:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = bool(cursor.fetchone()[0])
    except OperationalError as error:
        if "locked" not in str(error):
            raise
        busy = True
    if busy:
        raise Refused(_STILL_READ)


def _wait_for_readers(cursor: CursorWrapper) -> None:
    """Until nobody still sees what was erased: PostgreSQL keeps that as long as somebody does.

    That is a reader of this database, and, since a new reader looks back to the oldest transaction that still writes,
    also a writer in any other database of the same server.
    """
    cursor.execute("SELECT pg_current_xact_id()::text")
    mark = cursor.fetchone()[0]
    for _ in range(WAIT_SECONDS * 10):
        cursor.execute(
            "SELECT pg_snapshot_xmin(pg_current_snapshot()) > %s::xid8 AND NOT EXISTS ("
            "SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND age(backend_xmin) >= age(%s::xid))",
            [mark, str(int(mark) % 2**32)],
        )
        if cursor.fetchone()[0]:
            return
        cursor.execute("SELECT pg_sleep(0.1)")
    raise Refused(_STILL_READ)
