"""Payment arrangements: made at a desk without JavaScript, and at the kitchen table on a phone without network."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from playwright.sync_api import Page, Playwright, expect

from tests.browser.conftest import PageAt, assert_accessible, assert_fits
from tests.browser.phone import Phone
from tests.browser.test_schemes import LATER, SENT
from tests.web.factories import TODAY, town
from voordeur.actions.agree_arrangement import Consent, make_and_agree
from voordeur.actions.propose_arrangement import Proposal, open_debts
from voordeur.core.arrangements.values import Rhythm, Terms
from voordeur.core.contacts import ContactOutcome
from voordeur.store.models import Arrangement, ArrangementAgreement, Contact


def fill_budget(page: Page) -> None:
    """Somebody with a wage and the usual costs."""
    page.get_by_label("Netto per maand").first.fill("2.150")
    page.get_by_label("Komt op de").first.fill("24")
    page.get_by_label("Energie en water").fill("180")
    page.get_by_label("Verzekeringen").fill("160")


def test_at_a_desk_without_javascript(transactional_db: None, page_at: PageAt) -> None:
    place = town()
    page = page_at(1440, 900, user=place.consultant, javascript=False)
    page.goto(f"/huurcontract/{place.in_parts.pk}/")
    page.get_by_role("link", name="Maak een regeling").click()
    page.get_by_label("Waarvan?").first.select_option("wage")
    fill_budget(page)
    page.get_by_role("button", name="Reken uit").click()
    expect(page.locator(".vd-room__sum")).to_contain_text("per maand")
    page.get_by_label("Bedrag per keer").fill("12")
    page.get_by_role("button", name="Laat het schema zien").click()
    expect(page.get_by_text("Dit is minder dan € 50,00 per maand.")).to_be_visible()
    page.get_by_label("Bedrag per keer").fill("150")
    page.get_by_role("button", name="Laat het schema zien").click()
    expect(page.locator(".vd-plan__total")).to_contain_text("keer")
    page.get_by_label("Wie ging akkoord?").fill("De huurder")
    page.get_by_role("button", name="De huurder gaat akkoord").click()
    expect(page.get_by_role("heading", name="Betalingsregeling: afgesproken")).to_be_visible()
    row = Arrangement.objects.get()
    assert sum(row.instalments.values_list("amount", flat=True)) == row.total
    page.goto(f"/betalingsregeling/{row.pk}/stoppen/")
    page.get_by_label("op verzoek van de huurder").check()
    page.get_by_label("Wat is er gebeurd?").fill("Verhuist naar familie.")
    page.get_by_role("button", name="Stop de regeling").click()
    expect(page.get_by_text("Gestopt: op verzoek van de huurder.")).to_be_visible()
    row.refresh_from_db()
    assert row.state == "ended"


def test_every_page_is_accessible_on_a_desk_and_on_a_phone(transactional_db: None, page_at: PageAt) -> None:
    place = town()
    terms = Terms(1, 130_00, Rhythm.MONTHLY, TODAY + timedelta(days=2))
    total = sum(open_debts(place.in_parts.pk, TODAY).values())
    proposal = Proposal(uuid4(), replace(terms, total=total), "table")
    row = make_and_agree(place.manager, place.in_parts.pk, proposal, Consent("spoken"), TODAY)
    page = page_at(1440, 900, user=place.consultant)
    for address in (
        "/betalingsregelingen/", f"/betalingsregeling/{row.pk}/", f"/betalingsregeling/{row.pk}/spreiden/",
        f"/huurcontract/{place.first_door.pk}/betalingsregeling/",
    ):  # fmt: skip
        page.goto(address)
        for width in (1440, 320):
            page.set_viewport_size({"width": width, "height": 800})
            assert_fits(page)
        assert_accessible(page)


def test_at_the_table_without_network(
    transactional_db: None, playwright: Playwright, live_server: Any, tmp_path: Path
) -> None:
    """From a phone that has everything: budget, range, schedule, signature; delivered when there is network again."""
    place = town()
    phone = Phone(playwright, tmp_path / "profile", live_server.url)
    phone.sign_in(place.manager.username)
    assert phone.page.evaluate(LATER) > 0
    phone.network(False)
    page = phone.page
    page.goto(f"/veld/#/regeling/{place.in_parts.pk}")
    page.get_by_role("heading", name="Wat komt erin, wat gaat eruit?").wait_for(timeout=60_000)
    assert_accessible(page)
    fill_budget(page)
    page.get_by_role("button", name="Reken uit").click()
    expect(page.locator(".vd-room__sum")).to_contain_text("per maand")
    page.locator("input[name=amount]").first.check(force=True)
    expect(page.locator(".vd-plan__total")).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="Lees het samen door").click()
    expect(page.get_by_text("Dit komt naast uw gewone huur.")).to_be_visible()
    pad = page.locator("canvas")
    pad.scroll_into_view_if_needed()
    edge = pad.bounding_box()
    assert edge is not None
    page.mouse.move(edge["x"] + 20, edge["y"] + 40)
    page.mouse.down()
    page.mouse.move(edge["x"] + 120, edge["y"] + 60)
    page.mouse.up()
    assert_accessible(page)
    page.get_by_role("button", name="Ja, dat is goed").click()
    page.get_by_role("link", name="Regeling maken").click()
    expect(page.get_by_text("De regeling is afgesproken.")).to_be_visible()
    assert phone.held("outbox") == 1
    assert not Arrangement.objects.exists()
    phone.network(True)
    assert page.evaluate(SENT) == 0
    row = Arrangement.objects.get()
    assert (row.origin, row.agreed_by) == ("table", place.manager)
    proof = ArrangementAgreement.objects.get()
    assert (proof.how, proof.witness) == ("signature", place.manager)
    assert proof.signature.startswith("M")
    assert Contact.objects.get().outcome == ContactOutcome.ARRANGED
    phone.kill()
    assert phone.complaints == []


def test_a_talk_about_money_survives_a_crash_and_is_never_sent(
    transactional_db: None, playwright: Playwright, live_server: Any, tmp_path: Path
) -> None:
    """Sealed on the phone like a card that is not finished; gone when it was agreed, or when the day ends."""
    place = town()
    phone = Phone(playwright, tmp_path / "profile", live_server.url)
    phone.sign_in(place.manager.username)
    assert phone.page.evaluate(LATER) > 0
    phone.network(False)
    talk = f"/veld/#/regeling/{place.in_parts.pk}"
    phone.page.goto(talk)
    phone.page.get_by_label("Netto per maand").first.wait_for(timeout=60_000)
    fill_budget(phone.page)
    phone.page.get_by_role("button", name="Reken uit").click()
    phone.page.locator("input[name=amount]").first.check(force=True)
    expect(phone.page.locator(".vd-plan__total")).to_be_visible()
    assert phone.held("drafts") == 1
    assert "2.150" not in phone.everything_kept()
    phone.kill()
    phone.switch_on(network=False)
    page = phone.page
    page.goto(talk)
    expect(page.get_by_label("Netto per maand").first).to_have_value("2.150", timeout=60_000)
    expect(page.get_by_label("Verzekeringen")).to_have_value("160")
    expect(page.locator(".vd-plan__total")).to_be_visible()
    page.goto("/veld/#/bewaard")
    expect(page.get_by_text("Begonnen en nog niet klaar: 0")).to_be_visible()  # these are cards
    phone.network(True)
    page.evaluate("import('/static/field/outbox.js').then((outbox) => outbox.wipe())")
    assert (phone.held("drafts"), phone.held("outbox")) == (0, 0), "not a card: it does not go to the office"
    phone.kill()
    assert phone.complaints == []
