"""The drill: a backup while fifty people write, and kills without warning while one is made or put back."""

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Condition, Event, Thread

import pytest
from django.conf import settings
from django.db import connection, connections, transaction

from tests.actions.databases import rows_at, rows_of_test_database, use
from tests.cli.test_commands import voordeur
from voordeur.actions.audit import write_line
from voordeur.actions.backup import SUFFIX, backup
from voordeur.actions.restore import check, restore
from voordeur.store.models import Neighbourhood

pytestmark = pytest.mark.django_db(transaction=True)
FORK = multiprocessing.get_context("fork")
WRITERS, ROWS = 50, 30_000
BACKUP_KILLS = RESTORE_KILLS = int(os.environ.get("VOORDEUR_KILLS", "4"))
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


class Book:
    """Which deeds were begun and which were done, as the writers see it."""

    def __init__(self) -> None:
        self.changed = Condition()
        self.begun: set[str] = set()
        self.done: set[str] = set()
        self.stop = Event()
        self.failed: list[BaseException] = []

    def wait_until_done(self, count: int) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.done) >= count or self.failed, timeout=120)

    def seen(self) -> tuple[set[str], set[str]]:
        with self.changed:
            return set(self.begun), set(self.done)


def write_on(book: Book, writer: int) -> None:
    """Deed after deed: two rows and a line in the log with details, which belong together."""
    number, dice = 0, random.Random(writer)
    try:
        while not book.stop.is_set():
            deed = f"{writer}-{number}"
            with book.changed:
                book.begun.add(deed)
            with transaction.atomic():
                Neighbourhood.objects.create(name=f"{deed} a")
                write_line(None, "drill", subject=deed, payload={"said": deed})
                Neighbourhood.objects.create(name=f"{deed} b")
            with book.changed:
                book.done.add(deed)
                book.changed.notify_all()
            number += 1
            book.stop.wait(dice.uniform(0, 0.4))  # people think between two deeds
    except BaseException as error:
        book.failed.append(error)
    finally:
        connections.close_all()


def keys() -> dict[str, str]:
    return {"VOORDEUR_BACKUP_KEYS": settings.BACKUP_KEYS, "VOORDEUR_FIELD_KEYS": settings.FIELD_KEYS}


def test_a_backup_while_fifty_write_holds_every_deed_whole_or_not_at_all(
    fresh_database: dict[str, str], tmp_path: Path
) -> None:
    Neighbourhood.objects.bulk_create([Neighbourhood(name=f"{number:060}") for number in range(20_000)])
    book = Book()
    writers = [Thread(target=write_on, args=(book, number)) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    try:
        book.wait_until_done(300)
        _, done_before = book.seen()
        path = backup(tmp_path, NOW).path
        begun_after, done_after = book.seen()
        book.wait_until_done(len(done_after) + 100)
    finally:
        book.stop.set()
        for writer in writers:
            writer.join()
    assert book.failed == []
    there = fresh_database | keys()
    assert check(path).problems == ()
    voordeur(there, "restore", str(path))
    live, restored = rows_of_test_database(), rows_at(there["DATABASE_URL"])

    names = {row[1] for row in restored["store_neighbourhood"]}
    deeds = {name[:-2] for name in names if name.endswith(" a")}
    assert deeds == {name[:-2] for name in names if name.endswith(" b")}
    assert done_before <= deeds <= begun_after

    log = restored["store_auditline"][:-1]  # the last one says that it was restored
    assert live["store_auditline"][: len(log)] == log  # all deeds up to one moment, none after it
    assert len(restored["store_auditpayload"]) == len(log) == len(deeds)
    for table, rows in restored.items():  # whatever is there is, row for row, what was written
        if table != "store_auditline":
            assert set(map(repr, rows)) <= set(map(repr, live[table])), table
    assert "alle zoals geschreven" in voordeur(there, "verify-audit")


def killed(work: Callable[[], None], seconds: float) -> bool:
    """Let another process do it and kill that without warning; True when it was still at work."""

    def alone() -> None:
        connections.close_all()
        work()
        connections.close_all()
        os._exit(0)

    connections.close_all()
    process = FORK.Process(target=alone)
    process.start()
    process.join(seconds)
    alive = process.is_alive()
    if alive:
        os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    assert alive or process.exitcode == 0
    return alive


def took(work: Callable[[], None]) -> float:
    """Seconds that it takes when nobody kills it."""
    begun = time.perf_counter()
    assert not killed(work, 300)
    return time.perf_counter() - begun


@pytest.fixture
def some_rows() -> None:
    dice = random.Random(5)
    Neighbourhood.objects.bulk_create([Neighbourhood(name=dice.randbytes(30).hex()) for _ in range(ROWS)])
    for number in range(50):
        write_line(None, "test", data={"n": number})


@pytest.mark.usefixtures("some_rows")
def test_a_backup_that_is_killed_leaves_no_half_file_under_its_name(tmp_path: Path) -> None:
    def work() -> None:
        backup(tmp_path, NOW)

    whole = took(work)
    dice, kills, looked_at = random.Random(11), 0, set[Path]()
    while kills < BACKUP_KILLS:
        kills += killed(work, dice.uniform(0.0, whole))
        for path in set(tmp_path.glob(f"*{SUFFIX}")) - looked_at:
            assert check(path).problems == ()
            looked_at.add(path)
    assert looked_at
    backup(tmp_path, NOW)
    assert list(tmp_path.glob(".*")) + list(settings.VAR.glob(".copy*")) == []


@pytest.mark.usefixtures("some_rows")
def test_a_restore_that_is_killed_leaves_the_old_database_or_the_new_one(
    fresh_database: dict[str, str], tmp_path: Path
) -> None:
    there = fresh_database | keys()
    old = backup(tmp_path, NOW).path
    Neighbourhood.objects.filter(pk__lte=ROWS // 2).delete()
    Neighbourhood.objects.create(name="nieuw")
    new = backup(tmp_path, NOW).path

    def put(path: Path) -> Callable[[], None]:
        def work() -> None:
            use(there)
            restore(path, replace_all=True)

        return work

    took(put(old))
    counts = {len(rows_at(there["DATABASE_URL"])["store_neighbourhood"]): "old"}
    whole = took(put(new))
    counts[len(rows_at(there["DATABASE_URL"])["store_neighbourhood"])] = "new"
    assert len(counts) == 2
    assert not killed(put(old), 300)
    dice, kills, seen = random.Random(13), 0, set[str]()
    while kills < RESTORE_KILLS:
        kills += killed(put(new), dice.uniform(0.0, whole))
        rows = rows_at(there["DATABASE_URL"])
        seen.add(counts[len(rows["store_neighbourhood"])])
        if counts[len(rows["store_neighbourhood"])] == "new":
            assert ("nieuw",) in {row[1:] for row in rows["store_neighbourhood"]}
            assert not killed(put(old), 300)
    assert "old" in seen
    assert not killed(put(new), 300)
    assert "alle zoals geschreven" in voordeur(there, "verify-audit")
    assert connection.vendor == "postgresql" or not list(Path(there["VOORDEUR_VAR"]).glob(".copy*"))
