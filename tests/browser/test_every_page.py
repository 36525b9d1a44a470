"""Every page, for the role that opens it: no axe violations, in two languages and three lights; fits 320 px."""

from pathlib import Path

import pytest
from django.utils import timezone

from tests.browser.conftest import PageAt
from tests.browser.looks import SIZES, look
from tests.browser.pages import filthy_ledger, sign_in, strange_ledger, work
from tests.web.factories import TODAY, Town, colleague, town
from voordeur.actions.handle_request import Asked, RequestWay, identify
from voordeur.actions.handle_request import receive as receive_request
from voordeur.actions.import_file import book, receive
from voordeur.actions.open_in_emergency import open_in_emergency
from voordeur.core.access import Role
from voordeur.core.rights import IdentityCheck, RequestKind
from voordeur.store.models import ImportRun, User
from voordeur.store.queries.privacy import Whereabouts

BY_ROLE = {
    "marit": ("vandaag", "zoeken", "ik", "huurcontract", "wijk", "wachtwoord", "niet-gevonden"),
    "tarek": (
        "vandaag",
        "portefeuille",
        "wijk",
        "huurcontract",
        "andere-dag",
        "betalingen",
        "betaling-zoeken",
        "gegevens",
    ),
    "ines": ("portefeuille",),
    "beheer": ("collegas", "nieuwe-collega", "collega", "beleid"),
}
IMPORTS = ("inlezen", "inlezen-wacht", "inlezen-nakijken", "inlezen-kolommen", "inlezen-klaar")


def addresses(place: Town) -> dict[str, str]:
    """Name of a page in the pictures -> where it is."""
    tenancy = f"/huurcontract/{place.in_parts.pk}/"
    return {
        "vandaag": "/vandaag/",
        "zoeken": "/zoek/",
        "ik": "/ik/",
        "huurcontract": tenancy,
        "andere-dag": f"{tenancy}?op=2026-10-10&alles",
        "wijk": f"/wijk/{place.molenkwartier.pk}/",
        "wachtwoord": "/account/wachtwoord/",
        "niet-gevonden": f"/huurcontract/{place.elsewhere.pk}/",
        "portefeuille": "/portefeuille/",
        "betalingen": "/betalingen/",
        "betaling-zoeken": f"/betalingen/{place.unknown.pk}/zoek/",
        "gegevens": "/gegevens/",
        "collegas": "/beheer/",
        "nieuwe-collega": "/beheer/nieuw/",
        "collega": f"/beheer/{place.manager.pk}/",
        "beleid": "/beheer/beleid/",
    }


@pytest.mark.parametrize("who", BY_ROLE)
def test_the_pages_of_a_role(who: str, transactional_db: None, page_at: PageAt) -> None:
    place = town()
    page = page_at(*SIZES["kantoor"])
    sign_in(page, who)
    for name in BY_ROLE[who]:
        look(page, addresses(place)[name], f"{who}-{name}")


def test_the_pages_of_the_privacy_officer(transactional_db: None, page_at: PageAt) -> None:
    place = town()
    officer = colleague("noor", "Noor Zandstra", Role.PRIVACY_OFFICER)
    household = Whereabouts(key=place.in_parts.key)
    asked = Asked(RequestKind.OBJECTION, RequestWay.LETTER, TODAY, "de heer Oudshoven", "Stop daarmee.")
    objection = receive_request(officer, household, asked, TODAY)
    asked = Asked(RequestKind.CORRECTION, RequestWay.DESK, TODAY, "de heer Oudshoven")
    correction = receive_request(officer, household, asked, TODAY)
    identify(officer, correction.pk, IdentityCheck.KNOWN, TODAY)
    opened = open_in_emergency(
        place.manager, postcode="1234 AB", number=9, addition="", today=TODAY, now=timezone.now(),
        reason="Er komt rook uit het raam.",
    )  # fmt: skip
    page = page_at(*SIZES["kantoor"])
    sign_in(page, "noor")
    for name, address in {
        "privacy": "/privacy/",
        "nieuw-verzoek": "/privacy/verzoek/nieuw/",
        "bezwaar": f"/privacy/verzoek/{objection.pk}/",
        "verbetering": f"/privacy/verzoek/{correction.pk}/",
        "verbeteren": f"/privacy/verzoek/{correction.pk}/verbeter/",
        "wie-keek": f"/privacy/inzage/?contract={place.in_parts.key}",
        "bewaren": "/privacy/bewaren/",
        "noodgeval-oordeel": f"/privacy/noodgeval/{opened.access}/",
    }.items():
        look(page, address, f"noor-{name}")


def test_the_pages_of_an_emergency(transactional_db: None, page_at: PageAt) -> None:
    place = town()
    opened = open_in_emergency(
        place.manager, postcode="1234 AB", number=9, addition="", today=TODAY, now=timezone.now(),
        reason="Er komt rook uit het raam.",
    )  # fmt: skip
    page = page_at(*SIZES["kantoor"])
    sign_in(page, "marit")
    look(page, "/noodgeval/", "marit-noodgeval")
    look(page, f"/noodgeval/{opened.access}/", "marit-noodgeval-open")


def test_the_entrance(transactional_db: None, page_at: PageAt) -> None:
    page = page_at(*SIZES["kantoor"])
    page.goto("/account/inloggen/")
    look(page, "/account/inloggen/", "inloggen")
    look(page, "/bestaat-niet/", "bestaat-niet")


@pytest.mark.parametrize("name", IMPORTS)
def test_the_pages_of_an_import(name: str, transactional_db: None, page_at: PageAt, tmp_path: Path) -> None:
    place, folder = town(), tmp_path
    run = _run_at(name, place, folder)
    page = page_at(*SIZES["kantoor"])
    sign_in(page, "tarek")
    tail = f"{run.pk}/" if run else ""
    look(page, f"/inlezen/{tail}{'kolommen/' if name == 'inlezen-kolommen' else ''}", name)


def _run_at(name: str, place: Town, folder: Path) -> ImportRun | None:
    """A run at the stage of this page."""
    if name == "inlezen":
        return None
    make = strange_ledger if name == "inlezen-kolommen" else filthy_ledger
    path = make(folder, place)
    user: User = place.consultant
    run = receive(user, path.name, [path.read_bytes()])
    if name != "inlezen-wacht":
        work()
    if name == "inlezen-klaar":
        book(user, run.pk, good_rows_only=True)
        work()
    return run
