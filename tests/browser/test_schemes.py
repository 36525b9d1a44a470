"""The check on schemes with a tenant: in the office without JavaScript, and at the kitchen table without network."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Playwright, expect

from tests.browser.conftest import PageAt, assert_accessible, assert_fits
from tests.browser.phone import Phone
from tests.web.factories import TODAY, town
from voordeur.core.schemes.follow_up import TaskState
from voordeur.store.models import SchemeCheck, SchemeTask

LATER = """async () => {
  const wanted = (await (await fetch("/veld/werker.js")).text()).match(/LATER = (.*);/)[1];
  for (let tries = 0; tries < 300; tries += 1) {
    const kept = await Promise.all(JSON.parse(wanted).map((one) => caches.match(one)));
    if (kept.length && kept.every(Boolean)) return kept.length;
    await new Promise((next) => setTimeout(next, 100));
  }
  return 0;
}"""
"""Waits until everything that may come later is on the phone; how many files that are."""


SENT = """async () => {
  const { database } = await import("/static/field/store.js");
  const { contact } = await import("/static/field/sync.js");
  for (let tries = 0; tries < 100; tries += 1) {
    if (!(await (await database()).count("outbox"))) return 0;
    await contact();
  }
  return (await database()).count("outbox");
}"""
"""Delivers what waits; how much still does."""


def fill_in(page: Page, about: str) -> None:
    """A single parent with one child, on a benefit, who gets nothing yet."""
    match about:
        case "partner":
            page.get_by_label("Nee", exact=True).check(force=True)
        case "children":
            page.get_by_label("Kind 1").fill("2015-03-01")
        case "born":
            page.get_by_label("Uw geboortedatum").fill("1990-04-02")
        case "income":
            page.get_by_label("Bedrag in euro's").fill("1.800")
            page.get_by_label("netto per maand van een uitkering").check(force=True)
        case "assets":
            page.get_by_role("radio").first.check(force=True)
        case "insured":
            page.get_by_label("Ja", exact=True).check(force=True)
        case "childcare":
            page.get_by_label("al drie jaar of langer laag").check(force=True)


def go_through(page: Page, *, look: bool) -> list[str]:
    """From the first question to the result; which questions there were."""
    asked: list[str] = []
    while page.locator(".vd-result").count() == 0:
        about = page.locator("input[name=about]")
        asked.append(str(about.get_attribute("value")))
        if look:
            assert_accessible(page)
            assert_fits(page)
        fill_in(page, asked[-1])
        page.get_by_role("button", name="Verder").click()
        page.locator(f"input[name=about][value={asked[-1]}]").wait_for(state="detached")
    return asked


QUESTIONS = ["receives", "partner", "children", "others", "born", "income", "assets", "insured", "childcare"]


def test_in_the_office_without_javascript(transactional_db: None, page_at: PageAt) -> None:
    place = town()
    page = page_at(1440, 900, user=place.consultant, javascript=False)
    page.goto(f"/huurcontract/{place.in_parts.pk}/regelingen/")
    assert go_through(page, look=False) == QUESTIONS
    expect(page.get_by_text("Aanvragen is de moeite waard")).to_be_visible()
    assert SchemeCheck.objects.count() == 0

    page.get_by_text("Hiermee is gerekend").click()
    page.get_by_role("button", name="Wijzig Het inkomen").click()
    expect(page.get_by_label("Bedrag in euro's")).to_have_value("1800")
    page.get_by_label("Bedrag in euro's").fill("heel weinig")
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_role("alert")).to_contain_text("Dit is geen bedrag.")
    page.get_by_label("Bedrag in euro's").fill("1.700")
    page.get_by_label("netto per maand van werk").check(force=True)
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_text("Aanvragen is de moeite waard")).to_be_visible()

    page.get_by_role("button", name="Ja, dat is goed").click()
    expect(page.get_by_text("Bewaard. Wat de moeite waard is staat nu bij dit adres.")).to_be_visible()
    task = SchemeTask.objects.get(scheme="huurtoeslag")
    page.get_by_role("link", name="Huurtoeslag").click()
    page.get_by_label("toegekend", exact=True).check()
    page.get_by_role("button", name="Schrijf op").click()
    expect(page.get_by_text("Het bedrag ontbreekt.")).to_be_visible()
    page.get_by_label("Toegekend: hoeveel per maand?").fill("345")
    page.get_by_label("Toegekend: vanaf welke dag?").fill(TODAY.replace(day=1).isoformat())
    page.get_by_role("button", name="Schrijf op").click()
    expect(page.get_by_text("Er komt € 345 per maand bij.")).to_be_visible()
    task.refresh_from_db()
    assert (task.state, task.granted) == (TaskState.GRANTED, 345_00)


def test_every_screen_is_accessible_and_can_be_done_from_the_keyboard(
    transactional_db: None, page_at: PageAt
) -> None:
    place = town()
    page = page_at(360, 740, user=place.manager)
    page.goto(f"/huurcontract/{place.in_parts.pk}/regelingen/")
    assert go_through(page, look=True) == QUESTIONS
    for part in page.locator("details").all():
        part.evaluate("one => one.open = true")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="Ja, dat is goed").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Bewaard.")).to_be_visible()
    page.goto("/regelingen/")
    assert_accessible(page)
    page.get_by_role("link", name="Huurtoeslag").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Huurtoeslag").wait_for()
    assert_accessible(page)


def test_at_the_kitchen_table_without_network(
    transactional_db: None, playwright: Playwright, live_server: Any, tmp_path: Path
) -> None:
    place = town()
    phone = Phone(playwright, tmp_path / "profile", live_server.url)
    phone.sign_in("marit")
    assert phone.page.evaluate(LATER) == 6
    phone.network(False)
    phone.kill()
    phone.switch_on(network=False)
    phone.page.goto(f"/veld/#/deur/{place.in_parts.pk}")
    phone.page.get_by_role("link", name="Regelingen-check").click()
    phone.page.get_by_role("heading", name="Wat krijgt u nu al?").wait_for(timeout=60_000)
    assert go_through(phone.page, look=True) == QUESTIONS
    assert_accessible(phone.page)
    assert_fits(phone.page)
    assert phone.held("outbox") == 0
    phone.page.get_by_role("button", name="Ja, dat is goed").click()
    phone.page.get_by_role("link", name="Regelingen-check").wait_for()
    assert phone.held("outbox") == 1
    phone.network(True)
    assert phone.page.evaluate(SENT) == 0
    kept = SchemeCheck.objects.get()
    assert kept.tenancy_id == place.in_parts.pk
    assert kept.tasks.filter(scheme="huurtoeslag", low__gt=0).exists()
    phone.kill()
    assert phone.complaints == []
