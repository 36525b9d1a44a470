"""The exported files are what a corporation would have: read by the ordinary import, they give the same ledgers."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import LazySettings

from voordeur.actions.import_file import book, carry_out, receive
from voordeur.core.ledger import position
from voordeur.demo.export import LEDGER_COLUMNS, write_town
from voordeur.demo.load import load_town
from voordeur.demo.town import Town
from voordeur.store import convert
from voordeur.store.models import Entry, ImportProblem, ImportRun, Tenancy, Tenant

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _own_folder(settings: LazySettings, tmp_path: Path) -> None:
    settings.UPLOADS = tmp_path / "uploads"


def take_in(path: Path) -> ImportRun:
    """Receive, read, book."""
    run = receive(None, path.name, [path.read_bytes()])
    carry_out(run.pk, TODAY)
    book(None, run.pk)
    return carry_out(run.pk, TODAY)


def balances() -> dict[str, int]:
    """Cents owed per tenancy, by the core."""
    keys = dict(Tenancy.objects.values_list("pk", "key"))
    return {keys[pk]: position(convert.core_entries(rows), TODAY).balance for pk, rows in convert.ledgers()}


def test_the_sheets_are_written_as_dutch_office_systems_do(hamlet: Town, tmp_path: Path) -> None:
    _, ledger, bank = write_town(hamlet, tmp_path)
    first, second = ledger.read_text(encoding="cp1252").splitlines()[:2]
    assert first == ";".join(LEDGER_COLUMNS)
    assert second.split(";")[1] == hamlet.tenancies[0].key
    assert "," in second.split(";")[5]
    assert bank.name == "bank_2026-11-20.xml"


@pytest.mark.django_db
def test_the_exported_town_can_be_imported_on_an_empty_database(hamlet: Town, tmp_path: Path) -> None:
    tenancies, ledger, _ = write_town(hamlet, tmp_path)
    take_in(tenancies)
    run = take_in(ledger)
    assert ImportProblem.objects.count() == 0
    assert run.rows_new == Entry.objects.count() == sum(map(len, hamlet.ledgers))
    assert Tenant.objects.count() == sum(len(one.tenants) for one in hamlet.tenancies)
    imported = balances()
    load_town(hamlet)
    assert imported == balances()


@pytest.mark.django_db
def test_importing_the_exported_ledger_over_the_demo_changes_nothing(hamlet: Town, tmp_path: Path) -> None:
    """The town is loaded with the very keys that an import gives its rows."""
    load_town(hamlet)
    before = balances()
    run = take_in(write_town(hamlet, tmp_path)[1])
    assert (run.rows_new, run.rows_known) == (0, sum(map(len, hamlet.ledgers)))
    assert balances() == before
