"""A backup holds what was there, opens with its key alone, and goes back into an empty database."""

import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from threading import Timer
from typing import Any

import psycopg
import pytest
from django.db import connection
from pytest_django import Settings

from tests.actions.databases import rows_at, rows_of_test_database
from tests.actions.town import small_town
from tests.cli.test_commands import voordeur
from voordeur.actions import import_file
from voordeur.actions.audit import erase_payload, write_line
from voordeur.actions.backup import backup, backup_keys
from voordeur.actions.restore import check, restore
from voordeur.actions.wipe import wipe_erased
from voordeur.adapters.backup_file import BackupReader
from voordeur.adapters.encryption import key_ring, make_key
from voordeur.core.problems import Refused
from voordeur.store.append_only import unlocked
from voordeur.store.models import AuditLine, AuditPayload, Neighbourhood

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
STRANGE = 'tab\t, enter\n, backslash \\N \\n, "quotes", é€ and \x01'


@pytest.fixture
def town() -> None:
    small_town()
    Neighbourhood.objects.create(name=STRANGE[:40])
    for number in range(30):
        write_line(
            None, "test", subject="a\\b\tc", data={"said": STRANGE, "n": number}, payload={"said": STRANGE}
        )


def with_keys(environment: dict[str, str], settings: Settings) -> dict[str, str]:
    """The other installation has the same keys."""
    keys = {"VOORDEUR_BACKUP_KEYS": settings.BACKUP_KEYS, "VOORDEUR_FIELD_KEYS": settings.FIELD_KEYS}
    return environment | keys


def code(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        check(path)
    assert refused.value.problems[0].source == path.name
    return refused.value.problems[0].code


@pytest.mark.usefixtures("town")
def test_what_is_restored_is_what_was_there_row_for_row(
    fresh_database: dict[str, str], tmp_path: Path, settings: Settings
) -> None:
    waits = import_file.receive(None, "huur.csv", [b"Contract;Bedrag\n"])
    before = rows_of_test_database()
    report = backup(tmp_path / "backups", NOW)
    assert report.manifest.files == (Path(waits.path).name,)
    assert report.path.stat().st_mode & 0o777 == 0o600
    assert report.manifest.rows == {table: len(rows) for table, rows in before.items()}
    checked = check(report.path)
    assert (checked.problems, checked.manifest) == ((), report.manifest)
    there = with_keys(fresh_database, settings)
    said = voordeur(there, "restore", str(report.path), "--check")
    assert f"is heel: {sum(report.manifest.rows.values())} rijen, 31 regels in het log" in said
    voordeur(there, "restore", str(report.path))
    after = rows_at(there["DATABASE_URL"])
    line = after["store_auditline"].pop()
    assert "restore" in line
    folder = Path(there["VOORDEUR_VAR"]) / "uploads"
    assert [path.read_bytes() for path in folder.iterdir()] == [b"Contract;Bedrag\n"]
    assert [str(folder) in str(run) for run in after.pop("store_importrun")] == [True]
    assert before.pop("store_importrun")
    assert after == before
    assert "alle zoals geschreven" in voordeur(there, "verify-audit")
    assert "staat al iets" in voordeur(there, "restore", str(report.path), code=2)
    voordeur(there, "add-staff", "nieuw")
    voordeur(there, "restore", str(report.path), "--replace")
    assert len(rows_at(there["DATABASE_URL"])["store_user"]) == 3
    voordeur(there, "add-staff", "nieuw")  # numbers go on where they were


def test_a_backup_tells_that_its_notes_could_not_be_read_here(tmp_path: Path, settings: Settings) -> None:
    path, ours = backup(tmp_path, NOW).path, settings.FIELD_KEYS
    assert check(path).problems == ()
    settings.FIELD_KEYS = make_key("other")
    assert [problem.code for problem in check(path).problems] == ["key-missing"]
    settings.FIELD_KEYS = make_key(key_ring(ours).current)  # another key with the same name
    assert [problem.code for problem in check(path).problems] == ["does-not-open"]


@pytest.mark.usefixtures("town")
def test_a_backup_that_was_changed_cut_off_or_has_another_key_is_refused(
    tmp_path: Path, settings: Settings
) -> None:
    path = backup(tmp_path, NOW).path
    data = path.read_bytes()
    assert b"Veldhuizer" not in data
    for changed, expected in (
        (data[:-1], {"backup-does-not-open", "backup-damaged"}),
        (data[: len(data) // 2], {"backup-does-not-open", "backup-damaged"}),
        (data[:-100] + b"x" * 100, {"backup-does-not-open", "backup-damaged"}),
        (b"PK" + data, {"no-backup"}),
        (b"", {"no-backup"}),
    ):
        path.write_bytes(changed)
        assert code(path) in expected
        with pytest.raises(Refused):
            restore(path, replace_all=True)
    path.write_bytes(data)
    before = rows_of_test_database()
    with pytest.raises(Refused) as refused:
        restore(path)
    assert refused.value.problems[0].code == "database-not-empty"
    settings.BACKUP_KEYS = make_key("k9")
    assert code(path) == "key-missing"
    settings.BACKUP_KEYS = "geen sleutel"
    with pytest.raises(Refused):
        backup(tmp_path, NOW)
    assert code(tmp_path / "weg") == "cannot-read-backup"
    assert rows_of_test_database() == before


@pytest.mark.usefixtures("town")
def test_a_log_that_was_changed_before_the_backup_is_seen_in_the_backup(tmp_path: Path) -> None:
    with unlocked(connection):
        AuditLine.objects.filter(data__n=12).update(subject="tenancy:1")
    path = backup(tmp_path, NOW).path
    assert [problem.code for problem in check(path).problems] == ["backup-audit-broken"]
    with pytest.raises(Refused):
        restore(path, replace_all=True)


def test_a_folder_that_cannot_be_written_to_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(Refused) as refused:
        backup(tmp_path / "file", NOW)
    assert refused.value.problems[0].code == "cannot-write-backup"


def raw_files() -> bytes:
    """Everything the database has on disk."""
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT current_setting('data_directory') || '/base/' || oid FROM pg_database"
            " WHERE datname = current_database()"
        )
        folder = Path(cursor.fetchone()[0])
    return b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())


def unpacked(path: Path) -> bytes:
    """Everything in a backup, decrypted."""
    with path.open("rb") as file:
        return b"\n".join(b"".join(body) for _, body in BackupReader(file, backup_keys()).parts())


def test_what_was_erased_is_in_no_file_and_in_no_later_backup(tmp_path: Path) -> None:
    said = "mevrouw Ypelaar-Zwolsman belt liever"
    lines = [
        write_line(None, "record_contact", payload={"said": f"{said} {number}"}) for number in range(300)
    ]
    places = range(0, 300, 7)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content, salt FROM store_auditpayload ORDER BY line_id")
        traces = [trace.encode() for row in cursor.fetchall()[::7] for trace in row]
    earlier = unpacked(backup(tmp_path, NOW).path)
    files = raw_files()
    assert said.encode() not in files + earlier  # not even before
    assert all(trace in files and trace in earlier for trace in traces)
    for place in places:
        erase_payload(None, lines[place].pk, rule="bewaartermijn")
    wipe_erased()
    files, later = raw_files(), unpacked(backup(tmp_path, NOW).path)
    assert [trace for trace in traces if trace in files or trace in later] == []
    assert len(traces) == 2 * len(places) == 86
    assert AuditPayload.objects.count() == 300 - len(places)
    assert lines[0].payload_hash.encode() in later  # the chain still knows that there was something


def still_at_work_elsewhere() -> Any:
    """A transaction that somebody began before the erasure: a writer elsewhere on the server, or a reader here."""
    if connection.vendor == "sqlite":
        other = sqlite3.connect(
            connection.settings_dict["NAME"], isolation_level=None, check_same_thread=False
        )
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM store_auditpayload").fetchone()
        return other
    other = psycopg.connect(os.environ["DATABASE_URL"], dbname="postgres")
    other.execute("SELECT pg_current_xact_id()")
    return other


def test_wiping_waits_for_who_may_still_see_what_was_erased() -> None:
    line = write_line(None, "record_contact", payload={"said": "mevrouw Ypelaar-Zwolsman belt liever"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM store_auditpayload WHERE line_id = %s", [line.pk])
        trace = cursor.fetchone()[0].encode()
    other = still_at_work_elsewhere()
    erase_payload(None, line.pk, rule="bewaartermijn")
    assert trace in raw_files()
    end = Timer(0.5, other.close)
    end.start()
    wipe_erased()
    end.join()
    assert trace not in raw_files()


def test_a_draft_that_was_left_behind_is_cleaned_up(tmp_path: Path) -> None:
    left = tmp_path / ".voordeur-x.voordeur-backup.0a0a.draft"
    left.write_bytes(b"half")
    backup(tmp_path, NOW)
    assert not left.exists()
    assert [name for name in os.listdir(tmp_path) if name.startswith(".")] == []
