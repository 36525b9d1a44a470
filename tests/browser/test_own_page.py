"""A tenant with a telephone: opens the link, sees how it stands, asks for a visit, says no; in two languages."""

from datetime import date
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.actions.letter_town import HEAD
from tests.browser.conftest import PageAt, assert_accessible, assert_fits, take_picture
from tests.browser.looks import wear
from tests.browser.pages import sign_in
from tests.web.factories import TODAY, Town, town
from voordeur.actions.agree_arrangement import accept_proposal
from voordeur.actions.edit_text import keep_head
from voordeur.actions.propose_arrangement import Proposal, propose
from voordeur.actions.tenant_link import make
from voordeur.core.arrangements.values import Rhythm, Terms
from voordeur.core.personal_links import Handed, spell
from voordeur.store.models import Arrangement, Case, TenantAsk, TenantLink

PHONE = (360, 740)
PAGES = {
    "overzicht": "/mijn/overzicht/",
    "betalen": "/mijn/betalen/",
    "betaald": "/mijn/betaald/",
    "contact": "/mijn/contact/",
    "gegevens": "/mijn/gegevens/",
    "gemeente": "/mijn/gemeente/",
}


@pytest.fixture
def place(transactional_db: None) -> Town:
    built = town()
    keep_head(built.administrator, **HEAD)
    return built


def scan(page: Page, code: str) -> None:
    """What the camera of a telephone does with the QR code, and the button."""
    page.goto(f"/mijn/#{code}")
    page.get_by_role("button", name="Open mijn pagina").click()


def look_at(page: Page, name: str) -> None:
    """Narrow and on a telephone: fits, reads well, and is kept as a picture."""
    page.set_viewport_size({"width": 320, "height": 640})
    assert_fits(page)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert_fits(page)
    take_picture(page, f"huurder-{name}", full_page=True)
    assert page.locator("h1").count() == 1
    assert_accessible(page)


def test_a_tenant_looks_asks_and_says_no(place: Town, page_at: PageAt) -> None:
    code = make(place.manager, place.in_parts.pk, Handed.IN_PERSON, TODAY)
    page = page_at(*PHONE)
    page.goto(f"/mijn/#{code}")
    expect(page.get_by_label("De code van uw link")).to_be_hidden()
    assert "#" not in page.url
    look_at(page, "ingang")
    page.get_by_role("button", name="Open mijn pagina").click()
    expect(page.get_by_role("heading", name="Dit staat nog open")).to_be_visible()
    assert code not in page.content()
    for name, address in PAGES.items():
        page.goto(address)
        look_at(page, name)
    page.goto("/mijn/betalen/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Kopieer: NL30").click()
    assert page.evaluate("navigator.clipboard.readText()") == "NL30 LIND 0417 2026 10"
    page.get_by_role("link", name="Terug").click()
    page.get_by_role("link", name="Bel mij, of kom langs").click()
    page.get_by_label("Kom bij mij langs").check()
    page.get_by_label("avond").check()
    page.get_by_label("Wilt u iets vertellen?").fill("Ik werk overdag.")
    page.get_by_role("button", name="Vraag het").click()
    expect(page.get_by_text("Wij hebben uw vraag.")).to_be_visible()
    expect(page.get_by_text("of wij langskomen")).to_be_visible()
    page.get_by_role("link", name="De gemeente en uw gegevens").click()
    page.get_by_role("button", name="Nee, geef niets door").click()
    expect(page.get_by_role("status")).to_have_text("U zei nee. Wij geven niets door.")
    look_at(page, "gevraagd")
    assert TenantAsk.objects.get().part == "evening"
    assert Case.objects.get(tenancy=place.in_parts, closed_on=None).state == "blocked_objection"
    page.get_by_role("button", name="Sluit deze pagina").click()
    expect(page.get_by_text("Welkom terug")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Dit staat nog open")).to_be_hidden()
    page.goto("/mijn/")
    page.get_by_label("Uw huisnummer").fill("31")
    page.get_by_role("button", name="Open mijn pagina").click()
    page.get_by_text("Link niet meer nodig?").click()
    page.get_by_role("button", name="Gooi de link weg").click()
    expect(page.get_by_label("De code van uw link")).to_be_visible()
    assert TenantLink.objects.get().revoked_why == "tenant"


def test_a_tenant_proposes_a_plan_and_pays_its_first_part(place: Town, page_at: PageAt) -> None:
    code = make(place.manager, place.in_parts.pk, Handed.IN_PERSON, TODAY)
    page = page_at(*PHONE)
    scan(page, code)
    page.get_by_role("link", name="Betaal in delen").click()
    page.get_by_label("Hoeveel kunt u per keer betalen?").fill("5")
    page.get_by_role("button", name="Bekijk de dagen").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Hoeveel kunt u per keer betalen?").fill("80")
    page.get_by_label("Op welke dag betaalt u de eerste keer?").fill("2026-11-25")
    page.get_by_role("button", name="Bekijk de dagen").click()
    expect(page.get_by_role("heading", name="Zo ziet uw voorstel eruit")).to_be_visible()
    look_at(page, "voorstel")
    page.get_by_role("button", name="Stuur dit voorstel").click()
    expect(page.get_by_text("U stelde voor: 11 keer € 80,00 en dan € 56,80.")).to_be_visible()
    accept_proposal(place.consultant, Arrangement.objects.get().pk, "", TODAY)
    page.goto("/mijn/overzicht/")
    expect(page.get_by_text("Deel 1 van 12")).to_be_visible()
    expect(page.get_by_text("Graag uiterlijk woensdag 25 november.")).to_be_visible()
    look_at(page, "regeling-loopt")
    page.get_by_role("link", name="Bekijk alle dagen").click()
    look_at(page, "alle-dagen")
    page.get_by_role("link", name="Vraag om een andere regeling").click()
    look_at(page, "anders")


def test_a_tenant_says_yes_to_our_plan(place: Town, page_at: PageAt) -> None:
    terms = Terms(936_80, 80_00, Rhythm.MONTHLY, date(2026, 11, 25))
    propose(place.consultant, place.in_parts.pk, Proposal(uuid4(), terms), TODAY)
    page = page_at(*PHONE)
    scan(page, make(place.manager, place.in_parts.pk, Handed.IN_PERSON, TODAY))
    page.get_by_role("link", name="Bekijk en zeg ja of nee").click()
    look_at(page, "ons-voorstel")
    page.get_by_role("button", name="Ja, dat is goed").click()
    expect(page.get_by_role("status")).to_have_text("Afgesproken. Dank u wel.")
    assert Arrangement.objects.get().agreement.how == "link"


def test_in_english_in_other_lights_and_without_scripts(place: Town, page_at: PageAt) -> None:
    code = make(place.manager, place.in_parts.pk, Handed.SMS, TODAY)
    page = page_at(*PHONE, javascript=False)
    page.goto("/mijn/")
    page.get_by_role("button", name="English").click()
    page.get_by_label("The code of your link").fill(spell(code))
    page.get_by_role("button", name="Open my page").click()
    page.get_by_label("Your house number").fill("31")
    page.get_by_role("button", name="Open my page").click()
    expect(page.get_by_role("heading", name="This is still open")).to_be_visible()
    expect(page.get_by_text("Rent for November 2026")).to_be_visible()
    take_picture(page, "huurder-english", full_page=True)
    for light in ("avond", "buiten"):
        wear(page, "en", light)
        page.goto("/mijn/overzicht/")
        take_picture(page, f"huurder-{light}", full_page=True)
    link = TenantLink.objects.get()
    assert (link.opened is not None, link.wrong) == (True, 0)


def test_a_manager_shows_the_code_and_sees_what_was_asked(place: Town, page_at: PageAt) -> None:
    phone, staff = page_at(*PHONE), page_at(*PHONE)
    sign_in(staff, "marit")
    staff.goto(f"/huurcontract/{place.in_parts.pk}/")
    staff.get_by_role("link", name="Eigen pagina van de huurder").click()
    staff.get_by_role("button", name="Maak een nieuwe link").click()
    assert_fits(staff)
    assert_accessible(staff)
    take_picture(staff, "marit-eigen-pagina", full_page=True)
    staff.get_by_text("Lukt scannen niet?").click()
    scan(phone, staff.locator(".vd-own-link__typed").inner_text())
    phone.get_by_role("link", name="Bel mij, of kom langs").click()
    phone.get_by_role("button", name="Vraag het").click()
    staff.goto("/vandaag/")
    staff.get_by_role("link", name="Wilgenhof 31 wil graag gebeld worden").click()
    assert_fits(staff)
    assert_accessible(staff)
    take_picture(staff, "marit-huurder-vraagt", full_page=True)
    staff.get_by_label("Wie doet het?").select_option(label="Marit Hoogland")
    staff.get_by_role("button", name="Zet op de lijst").click()
    expect(staff.get_by_text("De huurder ziet het op de eigen pagina.")).to_be_visible()
    phone.goto("/mijn/overzicht/")
    expect(phone.get_by_text("Marit belt u op maandag 23 november.")).to_be_visible()
