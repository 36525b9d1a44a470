"""What people come to do, done in a real browser: the list on the phone, the portfolio, matching, importing."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt, take_picture
from tests.browser.pages import filthy_ledger, sign_in, statement, strange_ledger, work
from tests.web.factories import Town, town
from voordeur.store.models import BankLine, Entry, ImportRun, MappingProfile

PHONE = (360, 740)
OFFICE = (1440, 900)


@pytest.fixture
def lindewaard(transactional_db: None) -> Town:
    """The small town, in a database that the server sees too."""
    return town()


def test_a_neighbourhood_manager_goes_from_the_list_to_a_file_and_back(
    lindewaard: Town, page_at: PageAt
) -> None:
    page = page_at(*PHONE)
    sign_in(page, "marit")
    expect(page.get_by_role("heading", name="Vandaag")).to_be_visible()
    expect(page.get_by_role("heading", name="Weverslaan 112")).to_be_visible()
    take_picture(page, "vandaag")

    page.get_by_role("link", name="Molenstraat 14").click()
    expect(page.get_by_role("heading", name="Ga langs")).to_be_visible()
    expect(page.get_by_text("Je ziet dit dossier voor: huisbezoek.")).to_be_visible()
    page.get_by_role("link", name="Terug").click()
    expect(page.get_by_role("heading", name="Vandaag")).to_be_visible()

    page.get_by_role("navigation", name="Menu onderaan").get_by_role("link", name="Zoek").click()
    page.get_by_label("Adres of naam", exact=True).fill("Wilgenhof")
    page.get_by_label("Adres of naam", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="Wilgenhof 31")).to_be_visible()


def test_a_consultant_goes_from_the_portfolio_to_a_file_and_to_another_day(
    lindewaard: Town, page_at: PageAt
) -> None:
    page = page_at(*OFFICE)
    sign_in(page, "tarek")
    page.get_by_role("link", name="Portefeuille").click()
    expect(page.get_by_role("heading", name="Hoe lang staat het open, per wijk")).to_be_visible()
    take_picture(page, "portefeuille")

    page.get_by_role("table").get_by_role("link", name="Molenkwartier").click()
    page.get_by_role("link", name="Wilgenhof 31").click()
    expect(page.get_by_text("€ 936,80").first).to_be_visible()
    take_picture(page, "huurcontract")

    page.get_by_text("Stand op een andere dag").click()
    page.get_by_label("Op welke dag?").fill("2026-10-10")
    page.get_by_role("button", name="Toon die dag").click()
    expect(page.get_by_text("Zo stond het op 10 oktober 2026")).to_be_visible()
    page.get_by_role("link", name="Terug naar vandaag").click()
    expect(page.get_by_text("Volgende stap")).to_be_visible()


def test_a_consultant_matches_a_payment_and_finds_the_next(lindewaard: Town, page_at: PageAt) -> None:
    page = page_at(*OFFICE)
    sign_in(page, "tarek")
    page.goto("/betalingen/")
    page.get_by_role("button", name="Ja, koppel").click()
    expect(page.get_by_role("status")).to_contain_text("De betaling is gekoppeld.")
    lindewaard.proposal.refresh_from_db()
    assert lindewaard.proposal.state == BankLine.State.BOOKED

    page.get_by_role("link", name="Zoek de huurder").click()
    page.get_by_label("Adres of naam", exact=True).fill("Kade 9")
    page.get_by_label("Adres of naam", exact=True).press("Enter")
    page.get_by_role("button", name="Koppel € 512,75 aan Kade 9").click()
    expect(page.get_by_text("Elke betaling heeft een huurder")).to_be_visible()


def upload(page: Page, path: Path) -> None:
    page.goto("/inlezen/")
    page.get_by_label("Kies een of meer bestanden").set_input_files(path)
    page.get_by_role("button", name="Lees en laat zien").click()
    expect(page.get_by_text("Het bestand staat klaar.")).to_be_visible()


def test_a_filthy_file_is_read_reloaded_half_way_and_its_good_rows_booked(
    lindewaard: Town, page_at: PageAt, tmp_path: Path
) -> None:
    page = page_at(*OFFICE)
    sign_in(page, "tarek")
    before = Entry.objects.count()
    upload(page, filthy_ledger(tmp_path, lindewaard))
    page.reload()
    expect(page.get_by_text("Je kunt deze bladzijde sluiten.")).to_be_visible()
    work()
    expect(page.get_by_role("heading", name="2 regels zijn goed")).to_be_visible()  # the page asked by itself
    expect(page.get_by_text("Er is nog niets geboekt.")).to_be_visible()
    expect(page.get_by_text("6O2,15")).to_be_visible()
    take_picture(page, "inlezen")
    assert Entry.objects.count() == before

    page.get_by_role("button", name="Lees de goede regels in").click()
    expect(page.get_by_text("Je keuze is bewaard.")).to_be_visible()
    page.reload()
    work()
    expect(page.get_by_role("heading", name="2 regels zijn geboekt")).to_be_visible()
    expect(page.get_by_text("3 regels wachten nog op jou.")).to_be_visible()
    assert Entry.objects.count() == before + 2


def test_where_the_file_proves_nothing_a_person_chooses_and_it_is_remembered(
    lindewaard: Town, page_at: PageAt, tmp_path: Path
) -> None:
    page = page_at(*OFFICE)
    sign_in(page, "tarek")
    upload(page, strange_ledger(tmp_path, lindewaard))
    work()
    page.get_by_role("link", name="Kies de kolommen").click()
    page.get_by_role("link", name="huurgrootboek").click()
    for theirs, ours in (("Nummer", "Huurcontract"), ("Dag", "Boekdag"), ("Som", "Bedrag")):
        page.get_by_label(theirs, exact=True).select_option(label=ours)
    page.get_by_label("Wat is te betalen, wat is betaald?").select_option(index=1)
    page.get_by_label("Geen kolom met de soort?").select_option(label="betaling")
    page.get_by_label("Hoe staan de dagen er?").select_option(label="dag, maand, jaar")
    page.get_by_role("button", name="Lees het zo").click()
    expect(page.get_by_text("Het bestand staat klaar.")).to_be_visible()
    work()
    expect(page.get_by_role("heading", name="3 regels zijn goed")).to_be_visible()
    expect(page.get_by_text("donderdag 3 december 2026")).to_be_visible()
    page.get_by_label("Naam voor deze indeling").fill("kasboek")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("De indeling is bewaard.")
    assert MappingProfile.objects.get().name == "kasboek"


def test_a_bank_statement_that_adds_up_takes_a_door_off_the_list(
    lindewaard: Town, page_at: PageAt, tmp_path: Path
) -> None:
    lindewaard.first_door.payers.create(iban="NL86INGB0002445588")
    page = page_at(*OFFICE)
    sign_in(page, "tarek")
    upload(page, statement(tmp_path, lindewaard))
    work()
    expect(page.get_by_role("heading", name="De bank klopt")).to_be_visible()
    page.get_by_role("button", name="Lees alles in").click()
    expect(page.get_by_text("Je keuze is bewaard.")).to_be_visible()
    work()
    expect(page.get_by_role("heading", name="1 regel is geboekt")).to_be_visible()

    phone = page_at(*PHONE)
    sign_in(phone, "marit")
    expect(phone.get_by_text("Molenstraat 14 heeft betaald.")).to_be_visible()
    expect(phone.get_by_role("link", name="Molenstraat 14")).to_have_count(0)


def test_everything_of_a_day_works_without_javascript(
    lindewaard: Town, page_at: PageAt, tmp_path: Path
) -> None:
    page = page_at(*OFFICE, javascript=False)
    sign_in(page, "tarek")
    page.goto("/portefeuille/")
    page.get_by_role("link", name="Begin met de eerste").click()
    page.get_by_role("button", name="Ja, koppel").click()
    expect(page.get_by_role("status")).to_contain_text("De betaling is gekoppeld.")
    upload(page, filthy_ledger(tmp_path, lindewaard))
    work()
    page.get_by_role("button", name="Lees de goede regels in").click()  # the page asks again by itself
    work()
    expect(page.get_by_role("heading", name="2 regels zijn geboekt")).to_be_visible(timeout=15_000)
    assert ImportRun.objects.filter(state="booked", rows_new=2).exists()


def focused(page: Page) -> Any:
    """What has the focus, and whether a ring is drawn around it."""
    return page.evaluate(
        """() => { const it = document.activeElement, look = getComputedStyle(it);
        return {text: (it.innerText || it.name || it.id || '').trim(), ring: look.outlineStyle + look.outlineWidth} }"""
    )


def tab_to(page: Page, words: str, *, most: int = 40) -> None:
    """Press Tab until the focus is on something that says `words`; every stop on the way shows its ring."""
    for _ in range(most):
        page.keyboard.press("Tab")
        here = focused(page)
        assert here["ring"] == "solid3px", here
        if words in here["text"]:
            return
    raise AssertionError(f"Tab never came to {words}")


def test_keyboard_only_from_sign_in_to_the_next_step(lindewaard: Town, page_at: PageAt) -> None:
    page = page_at(*OFFICE)
    page.goto("/account/inloggen/")
    tab_to(page, "login")
    page.keyboard.type("marit")
    page.keyboard.press("Tab")
    page.keyboard.type("een lange zin voor de proef")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Vandaag")).to_be_visible()
    page.keyboard.press("Tab")
    assert focused(page)["text"] == "Naar de inhoud"
    page.keyboard.press("Enter")
    tab_to(page, "Bekijk dit dossier", most=3)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Weverslaan 112")).to_be_visible()
    tab_to(page, "En waarom de andere stappen niet?")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Waarom nog niet naar de gemeente?")).to_be_visible()
