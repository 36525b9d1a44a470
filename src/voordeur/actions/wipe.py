"""After an erasure: what was erased is not in the database file either."""

from django.apps import apps
from django.db import connection

from voordeur.actions.audit import write_line


def wipe_erased() -> None:
    """Rewrite the database without what was erased or overwritten. Not inside a transaction; run it at a quiet hour.

    A database only marks erased rows as free room, where they can still be read from the file. On SQLite the file is
    written anew and its journal emptied; on PostgreSQL every table of ours is. Older backups are not touched: they go
    when their own term is over.
    """
    write_line(None, "wipe_erased")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for model in apps.get_app_config("store").get_models(include_auto_created=True):
                cursor.execute(f'VACUUM FULL "{model._meta.db_table}"')
            return
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
