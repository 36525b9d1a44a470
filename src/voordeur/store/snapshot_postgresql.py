"""A PostgreSQL database as rows per table: read in one snapshot while others write, and put back in one transaction.

COPY and not pg_dump: a server of another version than the client, or no client at all, must not stand in the way of
a backup. The schema comes from the program's own migrations, up to where the database had them.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from voordeur.adapters.backup_file import BackupWriter, Manifest
from voordeur.core.audit import GENESIS, Anchor, ChainedLine
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.append_only import ROUTINE
from voordeur.store.audit_rows import COLUMNS, chained_text
from voordeur.store.snapshot_sqlite import IN_USE, OWN_TABLES

AUDIT, MIGRATIONS = "store_auditline", "django_migrations"
_STAGING = "voordeur_restoring"
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


class Table(NamedTuple):
    """A table and its columns, as the name of a part of a backup."""

    name: str
    columns: tuple[str, ...]

    def part(self) -> str:
        """As the name of a part."""
        return json.dumps(["table", self.name, self.columns])

    def quoted(self) -> str:
        """As COPY wants it."""
        return f'"{self.name}" ({", ".join(f"{chr(34)}{column}{chr(34)}" for column in self.columns)})'


def table_of(part: str) -> Table | None:
    """The table whose rows a part holds; None when it holds something else."""
    said = json.loads(part) if part.startswith("[") else []
    return Table(said[1], tuple(said[2])) if said[:1] == ["table"] else None


def write(writer: BackupWriter, made_at: str, leave_out: Iterable[str] = ()) -> Manifest:
    """Write every table as it is at this one moment, in a connection of its own. Nobody needs to wait."""
    own = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        with transaction_of(own) as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SET LOCAL TIME ZONE 'UTC'")
            cursor.execute("SET LOCAL DateStyle TO 'ISO'")
            rows = {}
            for table in _tables(cursor, set(leave_out)):
                rows[table.name] = _count(cursor, table.name)
                _copy_out(cursor, table, writer)
            cursor.execute(f"SELECT hash FROM {AUDIT} ORDER BY id DESC LIMIT 1")
            head = cursor.fetchone()
            cursor.execute(f"SELECT app, name FROM {MIGRATIONS} ORDER BY app, name")
            migrations = tuple((app, name) for app, name in cursor.fetchall())
    finally:
        own.close()
    return Manifest(
        "postgresql", migrations, rows, Anchor(made_at, rows[AUDIT], head[0] if head else GENESIS)
    )


@contextmanager
def transaction_of(own: Any) -> Iterator[Any]:
    """A cursor in a transaction of this connection that is never committed."""
    own.set_autocommit(False)
    with own.cursor() as cursor:
        yield cursor
        own.rollback()


def is_empty() -> bool:
    """Is there nothing in the database that somebody put there?"""
    with connection.cursor() as cursor:
        names = [table.name for table in _tables(cursor, set(OWN_TABLES))]
        return not any(_count(cursor, name) for name in names)


def row_counts() -> dict[str, int]:
    """Rows per table of the schema in use."""
    with connection.cursor() as cursor:
        return {table.name: _count(cursor, table.name) for table in _tables(cursor, set())}


def put_back(parts: Iterator[tuple[str, Iterator[bytes]]], manifest: Manifest, whole: Any) -> None:
    """Build the database of the backup beside the present one, then put it in its place: all in one transaction.

    `whole` is called while only the new tables can be seen; it raises Refused when they are not what they should be.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT current_schema()")
            home = cursor.fetchone()[0]
            cursor.execute(f"CREATE SCHEMA {_STAGING}")
            cursor.execute(f"SET LOCAL search_path TO {_STAGING}")
            cursor.execute("SET LOCAL lock_timeout TO '30s'")
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            _make_tables(manifest)
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            _fill(cursor, parts)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            whole()
            _change_places(cursor, home)
    except OperationalError as error:
        if "lock timeout" not in str(error):
            raise
        raise Refused(IN_USE) from None


def _make_tables(manifest: Manifest) -> None:
    """The schema as the database had it, from the migrations. Refused when the backup knows one that we do not."""
    executor = MigrationExecutor(connection)
    graph, applied = executor.loader.graph, set(manifest.migrations)
    if applied - set(graph.nodes):
        raise Refused(_NEWER)
    last = [node for node in applied if not {child.key for child in graph.node_map[node].children} & applied]
    executor.migrate(sorted(last))


def _fill(cursor: Any, parts: Iterator[tuple[str, Iterator[bytes]]]) -> None:
    present = {table.name for table in _tables(cursor, set())}
    filled = ", ".join(f'"{name}"' for name in sorted(present - {AUDIT}) if _count(cursor, name))
    if filled:  # what migrations put there themselves; the backup has it too
        cursor.execute(f"TRUNCATE {filled} CASCADE")
    for part, body in parts:
        table = table_of(part)
        if table is None:
            for _ in body:
                pass
            continue
        if table.name not in present:
            raise Refused(_NEWER)
        with cursor.copy(f"COPY {table.quoted()} FROM STDIN") as copy:
            for piece in body:
                copy.write(piece)
    _number_on(cursor)


def _number_on(cursor: Any) -> None:
    """New rows get numbers after the highest there is."""
    cursor.execute(
        "SELECT c.relname, a.attname, s.oid::regclass::text FROM pg_class s"
        " JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = s.oid"
        " AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')"
        " JOIN pg_class c ON c.oid = d.refobjid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid"
        " WHERE s.relkind = 'S' AND c.relnamespace = current_schema()::regnamespace"
    )
    for table, column, sequence in cursor.fetchall():
        cursor.execute(
            f'SELECT setval(%s, coalesce(max("{column}"), 1), max("{column}") IS NOT NULL) FROM "{table}"',
            [sequence],
        )


def _change_places(cursor: Any, home: str) -> None:
    """Drop the old tables and move the new ones to where they stood; rights on the schema itself stay."""
    new = [table.name for table in _tables(cursor, set())]
    cursor.execute(f'SET LOCAL search_path TO "{home}"')
    old = ", ".join(f'"{table.name}"' for table in _tables(cursor, set()))
    if old:
        cursor.execute(f"DROP TABLE {old} CASCADE")
    cursor.execute(f"DROP FUNCTION IF EXISTS {ROUTINE}()")
    for name in new:
        cursor.execute(f'ALTER TABLE {_STAGING}."{name}" SET SCHEMA "{home}"')
    cursor.execute(f'ALTER FUNCTION {_STAGING}.{ROUTINE}() SET SCHEMA "{home}"')
    cursor.execute(f"DROP SCHEMA {_STAGING}")


def _tables(cursor: Any, leave_out: set[str]) -> list[Table]:
    """Tables of the schema in use, with their columns."""
    cursor.execute(
        "SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum) FROM pg_class c"
        " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''"
        " WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace"
        " GROUP BY c.relname ORDER BY c.relname"
    )
    return [Table(name, tuple(columns)) for name, columns in cursor.fetchall() if name not in leave_out]


def _count(cursor: Any, table: str) -> int:
    cursor.execute(f'SELECT count(*) FROM "{table}"')
    return int(cursor.fetchone()[0])


def _copy_out(cursor: Any, table: Table, writer: BackupWriter) -> None:
    writer.part(table.part())
    with cursor.copy(f"COPY {table.quoted()} TO STDOUT") as copy:
        for piece in copy:
            writer.write(piece)


# --- reading a backup without a server -----------------------------------------------------------------------


def copied_rows(body: Iterator[bytes]) -> Iterator[bytes]:
    """The rows that COPY wrote, one line each."""
    rest = b""
    for piece in body:
        *lines, rest = (rest + piece).split(b"\n")
        yield from lines
    if rest:
        yield rest


def audit_line(table: Table, row: bytes) -> ChainedLine:
    """One copied row of the audit log."""
    values = dict(zip(table.columns, (_value(cell) for cell in row.decode().split("\t")), strict=True))
    number, at, actor, *rest = (values[column] for column in COLUMNS)
    return chained_text(int(number or 0), at or "", actor, *(cell or "" for cell in rest))


def _value(cell: str) -> str | None:
    """What COPY wrote: `\\N` is null, and a backslash stands before what would end a cell or a row."""
    if cell == "\\N":
        return None
    if "\\" not in cell:
        return cell
    said = iter(cell)
    return "".join(_ESCAPES.get(after := next(said), after) if sign == "\\" else sign for sign in said)


_NEWER = Problem(
    code="backup-newer",
    message=Words(
        "Deze back-up kent tabellen of wijzigingen die deze versie van Voordeur niet heeft.",
        "This backup knows tables or changes that this version of Voordeur does not have.",
    ),
    cure=Words(
        "Zet hem terug met de versie waarmee hij gemaakt is, of een nieuwere.",
        "Restore it with the version that made it, or a newer one.",
    ),
    fatal=True,
)
