"""The wizard without a browser: what each stage says, and what it refuses."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.browser.pages import filthy_ledger, statement, strange_ledger, work
from tests.web.conftest import As
from tests.web.factories import Town
from tests.web.test_screens import text_of
from voordeur.store.models import Entry, ImportRun


def send(client: object, *paths: Path) -> object:
    files = [SimpleUploadedFile(path.name, path.read_bytes()) for path in paths]
    return client.post(reverse("imports"), {"chosen": files})  # type: ignore[attr-defined]


def newest() -> ImportRun:
    return ImportRun.objects.exclude(path="weg").latest("created")


def page_of(client: object, run: ImportRun, name: str = "import_run") -> str:
    return text_of(client.get(reverse(name, args=[run.pk])).content)  # type: ignore[attr-defined]


def test_no_file_is_said_beside_the_field(small_town: Town, as_user: As) -> None:
    answer = as_user(small_town.consultant).post(reverse("imports"), {})
    assert "Kies eerst een bestand." in text_of(answer.content)


def test_several_files_come_in_at_once(small_town: Town, as_user: As, tmp_path: Path) -> None:
    client = as_user(small_town.administrator)
    send(client, filthy_ledger(tmp_path, small_town), statement(tmp_path, small_town))
    assert ImportRun.objects.filter(state="uploaded").count() == 2


def test_the_page_reloads_itself_while_the_worker_is_busy(
    small_town: Town, as_user: As, tmp_path: Path
) -> None:
    client = as_user(small_town.consultant)
    send(client, filthy_ledger(tmp_path, small_town))
    address = reverse("import_run", args=[newest().pk])
    whole = client.get(address).content.decode()
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in whole
    asked = client.get(address, headers={"HX-Request": "true"})
    assert "<html" not in asked.content.decode()
    work()
    assert client.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_the_preview_says_what_was_read_and_what_is_wrong(
    small_town: Town, as_user: As, tmp_path: Path
) -> None:
    client = as_user(small_town.consultant)
    send(client, filthy_ledger(tmp_path, small_town))
    work()
    page = page_of(client, newest())
    assert "2 regels zijn goed" in page
    assert "Samen € 1.273,55 te betalen en € 0,00 betaald, van 2 huurcontracten. De andere 3 wachten." in page
    assert "Verv.dat 01-12-2026" in page
    assert "dinsdag 1 december 2026" in page
    assert "3 kopregels overgeslagen." in page


def test_unknown_tenancies_can_be_agreed_to(small_town: Town, as_user: As, tmp_path: Path) -> None:
    client = as_user(small_town.consultant)
    send(client, filthy_ledger(tmp_path, small_town))
    work()
    client.post(reverse("import_new", args=[newest().pk]))
    work()
    assert "3 regels zijn goed" in page_of(client, newest())


def test_stopping_books_nothing(small_town: Town, as_user: As, tmp_path: Path) -> None:
    client, before = as_user(small_town.consultant), Entry.objects.count()
    send(client, filthy_ledger(tmp_path, small_town))
    work()
    answer = client.post(reverse("import_stop", args=[newest().pk]), follow=True)
    assert "Gestopt. Er is niets geboekt." in text_of(answer.content)
    assert "Dit inlezen is gestopt" in page_of(client, newest())
    assert Entry.objects.count() == before


def test_doubt_is_asked_about_and_nothing_can_be_booked(
    small_town: Town, as_user: As, tmp_path: Path
) -> None:
    client = as_user(small_town.consultant)
    send(client, strange_ledger(tmp_path, small_town))
    work()
    assert "Zeg ons wat de kolommen betekenen" in page_of(client, newest())
    answer = client.post(reverse("import_book", args=[newest().pk]), {"goede": "1"})
    assert answer.status_code == 409


def test_two_columns_cannot_be_the_same(small_town: Town, as_user: As, tmp_path: Path) -> None:
    client = as_user(small_town.consultant)
    send(client, strange_ledger(tmp_path, small_town))
    work()
    address = reverse("import_columns", args=[newest().pk]) + "?soort=ledger"
    answer = client.post(address, {"column_0": "tenancy", "column_1": "tenancy"})
    assert "Twee kolommen zijn allebei: Huurcontract." in text_of(answer.content)
    nothing = client.post(address, {})
    assert "Kies voor minstens één kolom wat ze betekent." in text_of(nothing.content)


def test_a_statement_that_does_not_add_up_is_read_only_when_told_to(
    small_town: Town, as_user: As, tmp_path: Path
) -> None:
    client = as_user(small_town.consultant)
    path = statement(tmp_path, small_town)
    path.write_text(path.read_text(encoding="utf-8").replace("1655.15", "1700.00"), encoding="utf-8")
    send(client, path)
    work()
    page = page_of(client, newest())
    assert "De bank klopt niet" in page
    assert "verschil" in page
    address = reverse("import_book", args=[newest().pk])
    assert client.post(address, {"goede": "1"}).status_code == 409
    client.post(address, {"goede": "1", "toch": "on"})
    assert newest().state == ImportRun.State.QUEUED


def test_a_file_that_is_none_of_ours_says_so(small_town: Town, as_user: As, tmp_path: Path) -> None:
    client = as_user(small_town.consultant)
    path = tmp_path / "foto.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    send(client, path)
    work()
    page = page_of(client, newest())
    assert "konden we niet lezen" in page or "Zeg ons wat de kolommen betekenen" in page


@pytest.mark.parametrize("name", ["import_run", "import_columns"])
def test_a_run_that_does_not_exist_is_not_found(name: str, small_town: Town, as_user: As) -> None:
    missing = "00000000-0000-4000-8000-000000000000"
    assert as_user(small_town.consultant).get(reverse(name, args=[missing])).status_code == 404
