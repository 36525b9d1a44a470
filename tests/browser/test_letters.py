"""A letter from draft to proof in a real browser: made, sent, arrived, and what the judge will read of it."""

from uuid import uuid4

from playwright.sync_api import Page

from tests.actions.letter_town import HEAD
from tests.browser.conftest import PageAt, assert_accessible, assert_fits, take_picture
from tests.web.factories import TODAY, Town, town
from voordeur.actions.edit_text import begin_text, keep_head
from voordeur.actions.record_contact import Said, record_contact
from voordeur.core.contacts import Channel, ContactOutcome, DayPart
from voordeur.core.letter_clauses import LetterKind
from voordeur.store.models import Home, SentLetter, Standing, TextVersion


def lettered() -> Town:
    """The small town, in which somebody called twice at one door."""
    place = town()
    keep_head(place.administrator, **HEAD)
    Home.objects.update(postcode="0417 MK", town="Lindewaard")
    for part in (DayPart.MORNING, DayPart.EVENING):
        said = Said(uuid4(), TODAY, Channel.VISIT, ContactOutcome.NO_ANSWER, part)
        record_contact(place.consultant, place.in_parts.pk, said, TODAY)
    return place


def check(page: Page, name: str) -> None:
    """Readable for everybody, also on a narrow screen."""
    assert_accessible(page)
    take_picture(page, name, full_page=True)
    page.set_viewport_size({"width": 320, "height": 640})
    assert_fits(page)
    page.set_viewport_size({"width": 1440, "height": 900})


def test_a_letter_from_draft_to_proof(page_at: PageAt, transactional_db: None) -> None:
    place = lettered()
    page = page_at(1440, 900, user=place.consultant)
    page.goto(f"/huurcontract/{place.in_parts.pk}/")
    page.get_by_role("main").get_by_role("link", name="Brieven").click()
    check(page, "brieven-leeg")
    page.get_by_role("button", name="Maak Herinnering met aanbod van hulp").click()
    page.get_by_role("button", name="Verstuur met de post").click()
    check(page, "brieven-verstuurd")
    page.get_by_role("link", name="Aangekomen").click()
    page.get_by_label("Op welke dag kwam de brief aan?").fill(TODAY.isoformat())
    page.get_by_label("Hoe weten we dat?").fill("zelf in de bus gedaan")
    check(page, "brief-aangekomen")
    page.get_by_role("button", name="Leg vast").click()
    assert "zelf in de bus gedaan" in page.content()
    assert SentLetter.objects.get().state == SentLetter.State.DELIVERED
    page.goto(f"/huurcontract/{place.in_parts.pk}/bewijsdossier/")
    check(page, "bewijsdossier")
    assert page.get_by_text("Schriftelijke herinnering").is_visible()


def test_many_letters_at_once(page_at: PageAt, transactional_db: None) -> None:
    place = lettered()
    Standing.objects.filter(pk__in=[place.in_parts.pk, place.first_door.pk]).update(action="letter")
    page = page_at(1440, 900, user=place.consultant)
    page.goto("/brieven/")
    check(page, "brieven-samen")
    page.get_by_role("button", name="Verstuur met de post").click()
    page.get_by_text("1 brief ging niet weg").wait_for()
    check(page, "brieven-mislukt")


def test_the_studio_says_what_reads_badly(page_at: PageAt, transactional_db: None) -> None:
    place = lettered()
    begin_text(place.administrator, LetterKind.REMINDER, TODAY)
    page = page_at(1440, 900, user=place.administrator)
    page.goto("/teksten/")
    check(page, "teksten")
    page.get_by_role("link", name="Herinnering met aanbod van hulp 1").click()
    text = page.get_by_label("Nederlands", exact=True)
    long = (
        "Wij verzoeken u vriendelijk om ons zo spoedig mogelijk te laten weten of u het geld dat nog open staat "
        "kunt betalen."
    )
    text.fill(text.input_value().replace("Beste {salutation},", f"Beste {{salutation}},\n\n{long}"))
    page.get_by_role("button", name="Bewaar en kijk na").click()
    page.locator("q", has_text="Wij verzoeken u").first.wait_for()
    check(page, "tekst-ontwerp")
    page.goto("/teksten/briefhoofd/")
    check(page, "briefhoofd")
    assert TextVersion.objects.get().live_from is None
