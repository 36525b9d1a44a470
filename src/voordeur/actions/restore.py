"""Checks a backup without touching anything, or puts it back: the old database stays until the new one is complete."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from voordeur.actions.audit import write_line
from voordeur.actions.backup import DATABASE, backup_keys, draft, scratch
from voordeur.adapters.backup_file import FILE, MANIFEST, WITNESS, BackupReader, Manifest, read_manifest
from voordeur.adapters.encryption import unseal
from voordeur.core.audit import GENESIS, Anchor, ChainedLine, unlike_anchors
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store import snapshot_postgresql, snapshot_sqlite
from voordeur.store.encrypted import field_keys
from voordeur.store.models import ImportRun

Parts = Iterator[tuple[str, Iterator[bytes]]]


@dataclass(frozen=True, slots=True)
class Checked:
    """A backup that was read to its end."""

    manifest: Manifest
    problems: tuple[Problem, ...]
    """Empty: everything is there, and the audit log in it is as it was written."""


def check(path: Path) -> Checked:
    """Decrypt all of a backup, count the rows, follow the audit log and try the field keys that are here.

    Nothing in the database is touched. Refused when it is no backup, was damaged or changed, or needs another key.
    """
    with _opened(path) as reader, ExitStack() as stack:
        if reader.header.get("kind") == "sqlite":
            copied = stack.enter_context(scratch(settings.VAR))
            return _check_sqlite(copied, _spill(reader.parts(), copied))
        return _check_postgresql(reader.parts())


def restore(path: Path, *, replace_all: bool = False) -> Manifest:
    """Put a backup in the place of the present database. Killed at any moment: the old one, or the new one whole.

    Refused when the check fails, when the backup is of the other kind of database, or when there is something in
    the present one and `replace_all` does not say that it may go.
    """
    with _opened(path) as reader:
        if reader.header.get("kind") != connection.vendor:
            raise Refused(_other_kind(str(reader.header.get("kind"))))
        if not replace_all and not _is_empty():
            raise Refused(_NOT_EMPTY)
        manifest = _put_back(path, reader)
    connections.close_all()
    call_command("migrate", verbosity=0)
    _find_files()
    write_line(None, "restore", data={"made_at": manifest.audit.at, "rows": sum(manifest.rows.values())})
    return manifest


@contextmanager
def _opened(path: Path) -> Iterator[BackupReader]:
    """The backup, with its name beside whatever is wrong with it."""
    try:
        with path.open("rb") as file:
            yield BackupReader(file, backup_keys())
    except OSError as error:
        raise Refused(_cannot_read(path, error)) from error
    except Refused as refused:
        raise Refused([replace(problem, source=path.name) for problem in refused.problems]) from None


def _is_empty() -> bool:
    if connection.vendor == "postgresql":
        return snapshot_postgresql.is_empty()
    return snapshot_sqlite.is_empty(_target())


def _target() -> Path:
    return Path(connection.settings_dict["NAME"])


# --- SQLite ---------------------------------------------------------------------------------------------------


def _spill(parts: Parts, copied: Path) -> Manifest:
    """Write the database of a backup to an empty file; what should be in it."""
    manifest = None
    for name, body in parts:
        if name == MANIFEST:
            manifest = read_manifest(b"".join(body))
        elif name == DATABASE:
            with copied.open("r+b") as file:
                for data in body:
                    file.write(data)
        else:
            _pass_over(body)
    if manifest is None:
        raise Refused(_INCOMPLETE)
    return manifest


def _check_sqlite(copied: Path, manifest: Manifest) -> Checked:
    if not snapshot_sqlite.is_sound(copied):
        return Checked(manifest, (_INCOMPLETE,))
    found = snapshot_sqlite.describe(copied, manifest.audit.at)
    log = _Follower()
    for one in snapshot_sqlite.audit_lines(copied):
        log.follow(one)
    return Checked(
        manifest, (*_counts(manifest, found.rows), *log.problems(manifest.audit), *_unreadable(manifest))
    )


# --- PostgreSQL -----------------------------------------------------------------------------------------------


def _check_postgresql(parts: Parts) -> Checked:
    manifest: Manifest | None = None
    rows: dict[str, int] = {}
    log = _Follower()
    for name, body in parts:
        table = snapshot_postgresql.table_of(name)
        if name == MANIFEST:
            manifest = read_manifest(b"".join(body))
        elif table is not None and table.name == snapshot_postgresql.AUDIT:
            for row in sorted(snapshot_postgresql.copied_rows(body), key=_number):
                log.follow(snapshot_postgresql.audit_line(table, row))
            rows[table.name] = log.count
        elif table is not None:
            rows[table.name] = sum(1 for _ in snapshot_postgresql.copied_rows(body))
        else:
            _pass_over(body)
    if manifest is None:
        raise Refused(_INCOMPLETE)
    return Checked(
        manifest, (*_counts(manifest, rows), *log.problems(manifest.audit), *_unreadable(manifest))
    )


def _number(row: bytes) -> int:
    return int(row.split(b"\t", 1)[0])


# --- both -----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Follower:
    """Follows the audit log line by line."""

    count: int = 0
    head: str = GENESIS
    broken: bool = False

    def follow(self, one: ChainedLine) -> None:
        """The next line."""
        self.broken |= one.previous_hash != self.head or not one.fits_itself()
        self.count += 1
        self.head = one.hash

    def problems(self, expected: Anchor) -> list[Problem]:
        """What is wrong, now that all lines were seen."""
        found = [_LOG_BROKEN] if self.broken else []
        return found + unlike_anchors(self.count, {self.count: self.head}, [expected])


def _counts(manifest: Manifest, found: dict[str, int]) -> list[Problem]:
    tables = sorted({*manifest.rows, *found})
    return [
        _other_count(table, manifest.rows.get(table, 0), found.get(table, 0))
        for table in tables
        if manifest.rows.get(table, 0) != found.get(table, 0)
    ]


def _put_back(path: Path, reader: BackupReader) -> Manifest:
    checked = check(path)  # first all of it: a damaged backup must not cost a working database
    if checked.problems:
        raise Refused(list(checked.problems))
    _put_files(path, checked.manifest)  # before the database: until that is there, nobody knows of them
    if connection.vendor == "postgresql":
        snapshot_postgresql.put_back(reader.parts(), checked.manifest, lambda: _same_counts(checked.manifest))
        return checked.manifest
    target = _target()
    target.parent.mkdir(parents=True, exist_ok=True)
    with scratch(target.parent) as copied:
        _spill(reader.parts(), copied)
        connections.close_all()
        snapshot_sqlite.put_back(copied, target)
    return checked.manifest


def _put_files(path: Path, manifest: Manifest) -> None:
    """The files that waited to be booked, under their own names in the folder of uploads."""
    folder = Path(settings.UPLOADS)
    folder.mkdir(parents=True, exist_ok=True)
    with _opened(path) as reader:
        for part, body in reader.parts():
            name = part.removeprefix(FILE)
            if name == part or name not in manifest.files:
                _pass_over(body)
                continue
            with draft(folder / Path(name).name) as file:
                for data in body:
                    file.write(data)


def _find_files() -> None:
    """Imports that wait find their file in the folder of uploads of this installation."""
    for run in ImportRun.objects.exclude(state__in=(ImportRun.State.BOOKED, ImportRun.State.CANCELLED)):
        ImportRun.objects.filter(pk=run.pk).update(path=str(Path(settings.UPLOADS) / Path(run.path).name))


def _pass_over(body: Iterator[bytes]) -> None:
    for _ in body:
        pass


def _unreadable(manifest: Manifest) -> list[Problem]:
    """What could not be read after a restore with the field keys that are here."""
    found = []
    for witness in manifest.witnesses:
        try:
            unseal(field_keys(), witness, WITNESS)
        except Refused as refused:
            found += refused.problems
    return found


def _same_counts(manifest: Manifest) -> None:
    """Refused unless the tables that were filled hold what the backup says."""
    problems = _counts(manifest, snapshot_postgresql.row_counts())
    if problems:
        raise Refused(problems)


# --- in words ---------------------------------------------------------------------------------------------------

_ANOTHER = Words("Neem een andere back-up.", "Take another backup.")
_INCOMPLETE = Problem(
    code="backup-incomplete",
    message=Words("In deze back-up zit geen hele database.", "This backup holds no whole database."),
    cure=_ANOTHER,
    fatal=True,
)
_LOG_BROKEN = Problem(
    code="backup-audit-broken",
    message=Words(
        "Het logboek in deze back-up is niet zoals het geschreven werd.",
        "The audit log in this backup is not as it was written.",
    ),
    cure=Words(
        "Er is al vóór de back-up aan het logboek gezeten; neem een oudere, of zoek uit wie het deed.",
        "The log was tampered with before the backup; take an older one, or find out who did it.",
    ),
    fatal=True,
)
_NOT_EMPTY = Problem(
    code="database-not-empty",
    message=Words("Er staat al iets in deze database.", "There is something in this database already."),
    cure=Words(
        "Maak er eerst een back-up van en geef dan --replace mee, of kies een lege database.",
        "Make a backup of it first and then add --replace, or choose an empty database.",
    ),
    fatal=True,
)


def _other_count(table: str, expected: int, found: int) -> Problem:
    return Problem(
        code="backup-other-count",
        message=Words(
            f"Tabel {table} heeft {found} rijen; het moeten er {expected} zijn.",
            f"Table {table} has {found} rows; it should have {expected}.",
        ),
        cure=_ANOTHER,
        fatal=True,
    )


def _other_kind(kind: str) -> Problem:
    return Problem(
        code="backup-other-kind",
        message=Words(
            f"Deze back-up is van een andere soort database ({kind}).",
            f"This backup is of another kind of database ({kind}).",
        ),
        cure=Words(
            "Stel DATABASE_URL in op een lege database van die soort.",
            "Point DATABASE_URL at one of that kind.",
        ),
        fatal=True,
    )


def _cannot_read(path: Path, error: OSError) -> Problem:
    return Problem(
        code="cannot-read-backup",
        message=Words(
            f"Dit bestand kan niet gelezen worden: {error.strerror}.",
            f"This file cannot be read: {error.strerror}.",
        ),
        cure=Words(
            "Kijk of het er is en of je het mag lezen.", "See whether it is there and you may read it."
        ),
        source=path.name,
        fatal=True,
    )
