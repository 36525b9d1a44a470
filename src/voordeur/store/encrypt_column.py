"""Encrypts what already stands in a column, or writes it back in plain: for the migration that changes its field."""

from collections.abc import Callable
from typing import Any

from voordeur.adapters.encryption import seal, unseal
from voordeur.store.encrypted import field_keys

AT_ONCE = 5_000
_SEALED = "v1:"


def seal_column(connection: Any, table: str, column: str, context: str) -> int:
    """Encrypt every value that is not encrypted yet; how many. In the caller's transaction."""
    ring = field_keys()
    return _rewrite(connection, table, column, "NOT LIKE", lambda text: seal(ring, text, context))


def open_column(connection: Any, table: str, column: str, context: str) -> int:
    """Write every encrypted value back in plain; how many. Refused when a key is missing."""
    ring = field_keys()
    return _rewrite(connection, table, column, "LIKE", lambda text: unseal(ring, text, context))


def _rewrite(connection: Any, table: str, column: str, like: str, change: Callable[[str], str]) -> int:
    name, place, done, after = connection.ops.quote_name(column), connection.ops.quote_name(table), 0, 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(
                f"SELECT id, {name} FROM {place} WHERE id > %s AND {name} <> '' AND {name} {like} %s"
                f" ORDER BY id LIMIT {AT_ONCE}",
                [after, f"{_SEALED}%"],
            )
            rows = cursor.fetchall()
            if not rows:
                return done
            cursor.executemany(
                f"UPDATE {place} SET {name} = %s WHERE id = %s", [(change(text), pk) for pk, text in rows]
            )
            done, after = done + len(rows), rows[-1][0]
