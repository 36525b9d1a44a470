"""The case in a real browser: a consultant, a manager and an administrator each do their work from beginning to end."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt
from tests.browser.looks import SIZES, look
from tests.browser.pages import sign_in
from tests.web.factories import TODAY, Town, colleague, town
from voordeur.actions.edit_policy import begin_draft
from voordeur.actions.keep_agreement import keep_agreement
from voordeur.actions.policy_now import policy_now
from voordeur.core.access import Role
from voordeur.store.models import Agreement, Case, Contact, Cover, PlannedContact, PolicyVersion

OFFICE = SIZES["kantoor"]
PHONE = (360, 740)


@pytest.fixture
def lindewaard(transactional_db: None) -> Town:
    """The small town, with an agreement with its municipality and a second neighbourhood manager."""
    place = town()
    keep_agreement(
        place.administrator, municipality="Lindewaard", first=TODAY.replace(month=1, day=1), last=None
    )
    colleague("ruben", "Ruben Kalf", Role.NEIGHBOURHOOD_MANAGER, place.havenkant)
    return place


def propose(page: Page, place: Town) -> None:
    """The consultant proposes to write off what one household owes."""
    page.goto(f"/huurcontract/{place.in_parts.pk}/stap/written_off/")
    page.get_by_label("Waarom?").fill("De vordering is verjaard.")
    page.get_by_role("button", name="Stel dit voor").click()
    expect(page.get_by_text("wacht op een tweede persoon")).to_be_visible()


def test_a_consultant_goes_from_the_desk_to_the_waiting_days_of_the_gate(
    lindewaard: Town, page_at: PageAt
) -> None:
    page = page_at(*OFFICE)
    sign_in(page, "tarek")
    page.get_by_role("link", name="Zaken").click()
    page.get_by_role("link", name="Wilgenhof 31").first.click()
    expect(page.get_by_role("heading", name="Mag het signaal naar de gemeente?")).to_be_visible()

    page.get_by_role("link", name="Schrijf een contact op").click()
    page.get_by_label("Bellen", exact=True).check()
    page.get_by_label("avond", exact=True).check()
    page.get_by_label("Gesproken", exact=True).check()
    page.get_by_label("Ik heb verteld welke schuldhulp er is").check()
    page.get_by_label("Wat spraken jullie af? (mag leeg)").fill("We komen woensdag langs.")
    page.get_by_role("button", name="Schrijf op").click()
    expect(page.get_by_text("We komen woensdag langs.")).to_be_visible()
    expect(page.get_by_role("heading", name="In gesprek")).to_be_visible()

    page.goto(f"/huurcontract/{lindewaard.in_parts.pk}/plan/?hoe=visit")
    page.get_by_label("Op welke dag?").fill("2026-11-25")
    page.get_by_label("Wie doet het?").select_option(label="Marit Hoogland")
    page.get_by_role("button", name="Zet op de lijst").click()
    expect(page.get_by_text("woensdag 25 november · Marit Hoogland")).to_be_visible()

    page.goto(f"/huurcontract/{lindewaard.in_parts.pk}/stap/reminder_sent/")
    expect(
        page.get_by_text("Er staat een bezoek gepland; tot dan gaat er geen brief uit.").first
    ).to_be_visible()
    page.goto(f"/huurcontract/{lindewaard.in_parts.pk}/")
    page.get_by_role("button", name="Haal weg").click()
    page.get_by_role("link", name="Stuur een herinnering").click()
    page.get_by_role("link", name="herinnering", exact=True).click()
    page.get_by_label("Waar ligt het bewijs?").fill("brief 12")
    page.get_by_label("Op welke dag komt de brief aan?").fill("2026-11-23")
    page.get_by_label("De brief biedt aan de gegevens door te geven").check()
    page.get_by_label("De brief zegt welke schuldhulp er is").check()
    page.get_by_role("button", name="Stuur een herinnering").click()
    expect(page.get_by_text("De huurder heeft nog tijd om te reageren, tot en met")).to_be_visible()
    expect(page.get_by_text("Herinnering gestuurd").first).to_be_visible()
    assert (Contact.objects.count(), PlannedContact.objects.count()) == (1, 1)


def test_a_manager_arranges_cover_and_agrees_with_a_proposal(lindewaard: Town, page_at: PageAt) -> None:
    consultant = page_at(*OFFICE)
    sign_in(consultant, "tarek")
    propose(consultant, lindewaard)
    page = page_at(*OFFICE)
    sign_in(page, "ines")
    page.get_by_role("link", name="Team").click()
    page.get_by_label("Wie is er niet?").select_option(label="Marit Hoogland")
    page.get_by_label("Wie neemt waar?").select_option(label="Ruben Kalf")
    page.get_by_label("Laatste dag").fill("2026-11-27")
    page.get_by_role("button", name="Spreek het zo af").click()
    expect(page.get_by_text("23 nov tot en met 27 nov: Ruben Kalf")).to_be_visible()
    assert Cover.objects.count() == 1

    page.get_by_role("link", name="Wilgenhof 31: Boek af en sluit").click()
    expect(page.get_by_text("De vordering is verjaard.").first).to_be_visible()
    page.get_by_role("button", name="Ik stem in", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Vastgelegd.")
    expect(page.get_by_role("heading", name="Team")).to_be_visible()
    assert Case.objects.get(tenancy=lindewaard.in_parts).outcome == "written_off"


def test_an_administrator_changes_a_rule_tries_it_and_puts_it_live(lindewaard: Town, page_at: PageAt) -> None:
    page = page_at(*OFFICE)
    sign_in(page, "beheer")
    page.goto("/beheer/")
    page.get_by_role("link", name="Het beleid").click()
    page.get_by_role("button", name="Maak een ontwerp van “Eerst persoonlijk contact”").click()
    page.get_by_role("link", name="Wijzig bezoek", exact=True).click()
    number = page.get_by_role("group", name="Voorwaarde 1").get_by_label("Getal")
    number.fill("")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Vul een getal in.")).to_be_visible()
    page.get_by_role("group", name="Voorwaarde 1").get_by_label("Getal").fill("25")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("minstens 25 dagen").first).to_be_visible()

    page.get_by_role("link", name="Probeer het op vandaag").click()
    expect(page.get_by_role("heading", name="krijgen een andere stap")).to_be_visible()
    assert policy_now(TODAY).rules == policy_now(TODAY.replace(year=2027)).rules
    page.get_by_label("Waarom deze verandering?").fill("Eerst bellen, dan langs.")
    page.get_by_role("button", name="Laat het ingaan").click()
    expect(page.get_by_role("status")).to_contain_text("Dit beleid gaat in.")
    assert PolicyVersion.objects.get().live_from == TODAY
    [visit] = [rule for rule in policy_now(TODAY).rules if rule.name == "bezoek"]
    assert visit.when[0].value == 25


def press_until(page: Page, found: Callable[[], bool], *, key: str = "Tab", most: int = 60) -> None:
    """Press a key until what has the focus is what we came for."""
    for _ in range(most):
        page.keyboard.press(key)
        if found():
            return
    raise AssertionError("the keyboard does not get there")


def focus_says(page: Page, words: str) -> bool:
    """What has the focus, by its own words, its label or the words around it."""
    said = page.evaluate(
        "(() => { const e = document.activeElement; return [e.innerText, e.getAttribute('aria-label'),"
        " ...[...(e.labels || [])].map(l => l.innerText)].join(' ') })()"
    )
    return words in said


def test_a_contact_is_written_down_with_the_keyboard_alone(lindewaard: Town, page_at: PageAt) -> None:
    page = page_at(*PHONE)
    sign_in(page, "marit")
    page.goto(f"/huurcontract/{lindewaard.in_parts.pk}/")
    press_until(page, lambda: focus_says(page, "Schrijf een contact op"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Schrijf een contact op")).to_be_visible()
    press_until(page, lambda: focus_says(page, "Huisbezoek"))
    press_until(page, lambda: focus_says(page, "Niemand bereikt"))
    press_until(page, lambda: focus_says(page, "Niemand thuis, kaartje achtergelaten"), key="ArrowDown")
    press_until(page, lambda: focus_says(page, "Wat spraken jullie af?"))
    page.keyboard.type("Kaartje met ons nummer.")
    press_until(page, lambda: focus_says(page, "De huurder belooft te betalen"))
    press_until(page, lambda: focus_says(page, "Schrijf op"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Kaartje met ons nummer.")).to_be_visible()
    assert Contact.objects.get().outcome == "card_left"


PAGES = {
    "tarek": ("desk", "all-of-a-step", "case", "contact", "wish", "plan", "step", "step-two", "step-shut"),
    "ines": ("team", "second"),
    "beheer": ("agreements", "agreement-end", "policy", "draft", "rule", "new-block", "trial"),
    "marit": ("case", "contact"),
}


def where(place: Town, draft: PolicyVersion) -> dict[str, str]:
    """Name of a page -> its address."""
    tenancy, policy = f"/huurcontract/{place.in_parts.pk}/", f"/beheer/beleid/{draft.pk}/"
    return {
        "desk": "/zaken/",
        "all-of-a-step": "/zaken/?stap=call",
        "case": tenancy,
        "second": tenancy,
        "contact": f"{tenancy}contact/",
        "wish": f"{tenancy}wens/",
        "plan": f"{tenancy}plan/",
        "step": f"{tenancy}stap/held/",
        "step-two": f"{tenancy}stap/reminder_sent/",
        "step-shut": f"{tenancy}stap/settled/",
        "team": "/team/",
        "agreements": "/beheer/gemeente/",
        "agreement-end": f"/beheer/gemeente/{Agreement.objects.order_by('pk')[0].pk}/einde/",
        "policy": "/beheer/beleid/",
        "draft": policy,
        "rule": f"{policy}regel/3/",
        "new-block": f"{policy}blokkade/nieuw/",
        "trial": f"{policy}proef/",
    }


@pytest.mark.parametrize("who", PAGES)
def test_every_page_of_the_case_is_accessible_in_two_languages_and_three_lights(
    who: str, lindewaard: Town, page_at: PageAt
) -> None:
    draft = begin_draft(lindewaard.administrator, shipped="brief-eerst")
    if who == "ines":
        consultant = page_at(*OFFICE)
        sign_in(consultant, "tarek")
        propose(consultant, lindewaard)
    page = page_at(*OFFICE)
    sign_in(page, who)
    for name in PAGES[who]:
        look(page, where(lindewaard, draft)[name], f"zaak-{who}-{name}")
