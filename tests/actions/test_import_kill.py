"""An import that is killed at any moment leaves all or nothing, and can be taken up again."""

import multiprocessing
import os
import random
import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connections

from tests.actions.town import TODAY
from voordeur.actions import import_file
from voordeur.store.models import Entry, ImportRun, StagedEntry, Standing, Tenancy, Unassessed

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = 4_000
KILLS = 4 * int(os.environ.get("VOORDEUR_KILLS", "4"))
FORK = multiprocessing.get_context("fork")


def ledger_file() -> bytes:
    """Twenty tenancies, a hundred months of rent and payment each."""
    lines = ["Contractnr;Boekdatum;Vervaldatum;Soort;Omschrijving;Bedrag;D/C"]
    for tenancy in range(20):
        for month in range(ROWS // 40):
            day = date(2018 + month // 12, month % 12 + 1, 1)
            lines.append(f"{200 + tenancy};{day:%d-%m-%Y};{day:%d-%m-%Y};HUUR;Huur;600,00;D")
            lines.append(f"{200 + tenancy};{day:%d-%m-%Y};;BETALING;Betaling;600,00;C")
    return "\r\n".join(lines).encode()


def work(run_id: UUID) -> None:
    """What the worker process does; it starts with connections of its own."""
    connections.close_all()
    import_file.carry_out(run_id, TODAY)
    connections.close_all()
    os._exit(0)


@pytest.fixture
def run() -> Iterator[ImportRun]:
    Tenancy.objects.bulk_create([Tenancy(key=str(200 + number)) for number in range(20)])
    run = import_file.receive(None, "grootboek.csv", [ledger_file()])
    yield run
    Path(run.path).unlink(missing_ok=True)


def killed_after(seconds: float, run: ImportRun) -> bool:
    """Start a worker and kill it without warning; True when it was still at work."""
    connections.close_all()
    worker = FORK.Process(target=work, args=(run.pk,))
    worker.start()
    worker.join(seconds)
    alive = worker.is_alive()
    if alive:
        os.kill(worker.pid, signal.SIGKILL)  # type: ignore[arg-type]
    worker.join()
    return alive


def settled(run: ImportRun) -> ImportRun:
    run.refresh_from_db()
    return run


def test_killed_at_any_moment_it_leaves_all_or_nothing(run: ImportRun) -> None:
    dice = random.Random(7)
    kills = 0
    while kills < KILLS // 2:  # while it is being read: nothing counts yet, whatever was staged
        if not killed_after(dice.uniform(0.01, 0.35), run):
            import_file.read(run.pk, TODAY)
            ImportRun.objects.filter(pk=run.pk).update(state=ImportRun.State.UPLOADED)
        else:
            kills += 1
        assert Entry.objects.count() == 0
    assert import_file.read(run.pk, TODAY).rows_read == ROWS
    assert StagedEntry.objects.filter(run=run).count() == ROWS

    import_file.book(None, run.pk)
    seen = set()
    while kills < KILLS:  # while it is being booked: before the one transaction nothing, after it everything
        kills += killed_after(dice.uniform(0.01, 0.6), run)
        seen.add(Entry.objects.count())
        if settled(run).state == ImportRun.State.BOOKED:
            unbook(run)
    assert seen <= {0, ROWS}

    import_file.carry_out(run.pk, TODAY)
    assert Entry.objects.count() == ROWS
    assert StagedEntry.objects.count() == 0
    assert not Unassessed.objects.exists()


def unbook(run: ImportRun) -> None:
    """Back to the queue with the same rows staged, so that booking can be killed again."""
    Standing.objects.all().delete()
    Entry.objects.all().delete()
    kept = Path(run.path)
    kept.write_bytes(ledger_file())
    import_file.read(run.pk, TODAY)
    import_file.book(None, run.pk)
