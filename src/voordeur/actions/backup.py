"""Makes a backup while everybody works on: one encrypted file, complete under its name or not there at all."""

import fcntl
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import OperationalError, connection

from voordeur.actions.audit import write_line
from voordeur.adapters.backup_file import FILE, MANIFEST, WITNESS, BackupWriter, Manifest
from voordeur.adapters.encryption import KeyRing, key_ring, seal
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store import snapshot_postgresql, snapshot_sqlite
from voordeur.store.audit_rows import iso_utc
from voordeur.store.encrypted import field_keys
from voordeur.store.models import ImportRun

DATABASE = "database"
"""Name of the part that holds a SQLite file."""
SUFFIX = ".voordeur-backup"
_DRAFT = ".draft"
_SLICE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What was written."""

    path: Path
    size: int
    """Bytes."""
    manifest: Manifest


def backup_keys() -> KeyRing:
    """The keys of backups, as the settings have them. Refused when they cannot be read."""
    return key_ring(settings.BACKUP_KEYS)


def backup(folder: Path, now: datetime) -> BackupReport:
    """Write a backup of the database and of uploads that wait to a new file in `folder`; nobody needs to wait.

    Refused when the folder cannot be written to. What an earlier backup that was killed left behind is removed.
    """
    ring = backup_keys()
    made_at = iso_utc(now)
    path = folder / f"voordeur-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}{SUFFIX}"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with draft(path) as file:
            manifest = _write(
                BackupWriter(file, ring, {"made_at": made_at, "kind": connection.vendor}), made_at
            )
        size = path.stat().st_size
    except OSError as error:
        raise Refused(_cannot_write(error)) from error
    try:
        write_line(
            None, "backup", data={"rows": sum(manifest.rows.values()), "bytes": size, "key": ring.current}
        )
    except OperationalError:  # so busy that a single line does not get in between
        raise Refused(_not_in_log(path)) from None
    return BackupReport(path, size, manifest)


@contextmanager
def draft(path: Path) -> Iterator[BinaryIO]:
    """A file to write, which gets its name only when it is complete and on the disk. Only its owner can read it."""
    clean_up(path.parent)
    hidden = path.parent / f".{path.name}.{secrets.token_hex(4)}{_DRAFT}"
    with open(hidden, "xb", opener=_for_owner) as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # it is ours until we are gone
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            hidden.rename(path)
        except BaseException:
            hidden.unlink(missing_ok=True)
            raise
    snapshot_sqlite.sync(path.parent)


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """An empty file for a copy of the database, for the owner alone, that is gone afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    clean_up(folder)
    path = folder / f".copy.{secrets.token_hex(4)}{_DRAFT}"
    with open(path, "xb", opener=_for_owner) as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)


def clean_up(folder: Path) -> None:
    """Remove the drafts of processes that are no longer there."""
    for left in folder.glob(f".*{_DRAFT}"):
        with suppress(OSError), left.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            left.unlink(missing_ok=True)


def _for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _write(writer: BackupWriter, made_at: str) -> Manifest:
    if connection.vendor == "postgresql":
        manifest = snapshot_postgresql.write(writer, made_at, _passing_tables())
    else:
        manifest = _write_sqlite(writer, made_at)
    manifest = replace(manifest, witnesses=_witnesses(), files=tuple(_write_files(writer)))
    writer.part(MANIFEST)
    writer.write(manifest.text())
    writer.close()
    return manifest


def _witnesses() -> tuple[str, ...]:
    ring = field_keys()
    return tuple(seal(KeyRing(key_id, ring.keys), WITNESS, WITNESS) for key_id in ring.keys)


def _write_files(writer: BackupWriter) -> Iterator[str]:
    """Put the uploads in the backup that wait to be booked; their names. One that goes meanwhile was booked."""
    waiting = ImportRun.objects.exclude(state__in=(ImportRun.State.BOOKED, ImportRun.State.CANCELLED))
    for kept in sorted(waiting.values_list("path", flat=True)):
        with suppress(FileNotFoundError), Path(kept).open("rb") as file:
            writer.part(FILE + Path(kept).name)
            while data := file.read(_SLICE):
                writer.write(data)
            yield Path(kept).name


def _write_sqlite(writer: BackupWriter, made_at: str) -> Manifest:
    with scratch(settings.VAR) as path:
        try:
            snapshot_sqlite.copy(Path(connection.settings_dict["NAME"]), path)
        except sqlite3.OperationalError:
            raise Refused(snapshot_sqlite.IN_USE) from None
        writer.part(DATABASE)
        with path.open("rb") as copied:
            while data := copied.read(_SLICE):
                writer.write(data)
        return snapshot_sqlite.describe(path, made_at)


def _passing_tables() -> set[str]:
    """Tables that hold nothing worth keeping: the cache."""
    stores = settings.CACHES.values()
    return {store["LOCATION"] for store in stores if store["BACKEND"].endswith(".DatabaseCache")}


def _not_in_log(path: Path) -> Problem:
    return Problem(
        code="backup-not-in-log",
        message=Words(
            f"De back-up {path.name} is gemaakt en heel, maar staat niet in het logboek: de database was te druk.",
            f"The backup {path.name} was made and is whole, but is not in the log: the database was too busy.",
        ),
        cure=Words("Maak er nog een op een rustiger moment.", "Make another at a quieter moment."),
    )


def _cannot_write(error: OSError) -> Problem:
    return Problem(
        code="cannot-write-backup",
        message=Words(
            f"De back-up kan niet geschreven worden: {error.strerror}.",
            f"The backup cannot be written: {error.strerror}.",
        ),
        cure=Words(
            "Kies een map met genoeg ruimte waarin je mag schrijven.",
            "Choose a folder with enough room that you may write to.",
        ),
        fatal=True,
    )
