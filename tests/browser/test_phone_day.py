"""The phone of a neighbourhood manager: a whole day without network, the app killed in between, and a stolen phone."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright, expect

from tests.actions.paper_phone import PaperPhone
from tests.browser.conftest import PageAt, assert_accessible, assert_fits, take_picture
from tests.browser.looks import SIZES, look, wear
from tests.browser.pages import sign_in
from tests.browser.phone import Phone
from tests.web.factories import TODAY, colleague, town
from voordeur.actions.carry_phone import revoke_phone
from voordeur.core.access import Role
from voordeur.store.models import (
    Consent,
    Contact,
    FieldEvent,
    PhoneDay,
    Promise,
    Standing,
    User,
    VisitConflict,
)

NewPhone = Callable[[], Phone]
SCRIPT = "<img src=x onerror=alert(1)><script>alert(2)</script>"


@pytest.fixture
def new_phone(
    transactional_db: None, playwright: Playwright, live_server: Any, tmp_path: Path
) -> Iterator[NewPhone]:
    """A phone that nobody signed in on yet. Afterwards the test fails when its browser complained."""
    made: list[Phone] = []

    def make() -> Phone:
        made.append(Phone(playwright, tmp_path / f"phone{len(made)}", live_server.url))
        return made[-1]

    yield make
    for one in made:
        one.kill()
    assert [complaint for one in made for complaint in one.complaints] == []


def at_the_door(phone: Phone) -> None:
    """To the card of the next door."""
    phone.page.get_by_role("link", name="Ik ben er").click()


def done(phone: Phone) -> None:
    """The card is full."""
    phone.page.get_by_role("button", name="Klaar, bewaar dit bezoek").click()
    expect(phone.page.get_by_role("heading", name="Gedaan")).to_be_visible()


def test_a_whole_day_without_network_with_the_app_killed_in_between(new_phone: NewPhone) -> None:
    town()
    phone = new_phone()
    phone.sign_in("marit")
    doors = phone.page.locator(".vd-doors rect").count()
    assert doors >= 5
    phone.network(False)
    page = phone.page

    at_the_door(phone)
    page.get_by_role("radio", name="Gesproken").check()
    page.get_by_role("checkbox", name="Minder inkomen").check()
    page.get_by_role("checkbox", name="De huurder betaalt zelf").check()
    page.get_by_role("button", name="Klaar, bewaar dit bezoek").click()
    expect(page.get_by_role("alert")).to_have_text("Kies op welke dag de huurder uiterlijk betaalt.")
    page.get_by_label("Op uiterlijk").fill("2026-11-27")
    page.get_by_label("Bedrag", exact=True).fill("150,00")
    page.get_by_label("Op uiterlijk").blur()
    page.get_by_role("checkbox", name="De gemeente belt").check()
    page.get_by_role("radio", name="Ja, dat is goed").check()
    page.get_by_role("textbox", name="In eigen woorden").fill(SCRIPT)
    done(phone)

    at_the_door(phone)
    page.get_by_role("radio", name="Niemand thuis").check()
    page.get_by_role("checkbox", name="Kaartje in de bus gedaan").check()
    expect(page.locator(".vd-dock")).to_contain_text("Bewaard op deze telefoon om")
    phone.kill()  # in the middle of a card
    phone.switch_on(network=False)
    phone.open()
    page = phone.page
    page.get_by_role("link", name="Verder invullen").click()
    expect(page.get_by_role("radio", name="Niemand thuis")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Kaartje in de bus gedaan")).to_be_checked()
    done(phone)

    for answer in ("Wil niet praten", "Woont hier niet meer", "Niet veilig, ik ging weg"):
        at_the_door(phone)
        page.get_by_role("radio", name=answer).check()
        done(phone)
    while page.get_by_role("link", name="Ik ben er").count():
        at_the_door(phone)
        page.get_by_role("radio", name="Niemand thuis").check()
        done(phone)
    expect(page.get_by_role("heading", name="Klaar voor vandaag")).to_be_visible()
    expect(page.locator(".vd-note--wait")).to_contain_text(f"Nog te versturen: {doors}.")
    assert FieldEvent.objects.count() == 0
    phone.kill()
    phone.switch_on()
    phone.open()
    phone.wait_until_sent()
    expect(phone.page.get_by_text("nog te versturen")).to_have_count(0)

    assert FieldEvent.objects.filter(state="taken").count() == FieldEvent.objects.count() == doors
    assert Contact.objects.filter(channel="visit", day=TODAY).count() == doors
    assert sorted({one.outcome for one in Contact.objects.all()}) == [
        "card_left", "declined", "no_answer", "promised",
    ]  # fmt: skip
    assert Promise.objects.get().amount == 150_00
    assert Consent.objects.get().given
    assert Contact.objects.get(outcome="promised").agreed.endswith(SCRIPT)


def test_a_stolen_phone_tells_nothing_and_what_was_not_sent_is_not_lost(new_phone: NewPhone) -> None:
    place = town()
    phone = new_phone()
    phone.sign_in("marit")
    assert "Weverslaan" not in phone.everything_kept()  # sealed also while somebody is signed in
    phone.network(False)
    at_the_door(phone)
    phone.page.get_by_role("radio", name="Niemand thuis").check()
    done(phone)
    at_the_door(phone)
    phone.page.get_by_role("radio", name="Gesproken").check()
    phone.page.get_by_role("textbox", name="In eigen woorden").fill("half af")
    expect(phone.page.locator(".vd-dock")).to_contain_text("Bewaard op deze telefoon om")
    phone.page.goto("/veld/#/bewaard")
    phone.page.get_by_role("button", name="Uitloggen en wissen").click()
    expect(phone.page.get_by_role("heading", name="Voordeur voor onderweg")).to_be_visible()
    expect(phone.page.get_by_text("Nog te versturen: 2.")).to_be_visible()
    assert (phone.held("packet"), phone.held("drafts"), phone.held("done"), phone.held("outbox")) == (
        0,
        0,
        0,
        2,
    )
    kept = phone.everything_kept()
    assert "voordeur_veld" not in kept
    for word in ("Weverslaan", "Tesfay", "half af", "met", PhoneDay.objects.get().secret):
        assert f'"{word}' not in kept
    assert word not in kept
    phone.kill()
    phone.switch_on()
    phone.open()  # with network, with the cookie of the sign-in still there: the sign-out comes first
    phone.wait_until_sent()
    expect(phone.page.get_by_role("heading", name="Voordeur voor onderweg")).to_be_visible()
    phone.page.reload()
    expect(phone.page.get_by_role("heading", name="Voordeur voor onderweg")).to_be_visible()
    assert sorted(FieldEvent.objects.values_list("kind", "state")) == [
        ("visit", "taken"), ("visit_draft", "unfinished"),
    ]  # fmt: skip
    assert PhoneDay.objects.get().ended is not None
    assert place.manager.phone_days.count() == 1


def test_fresh_truth_and_a_phone_that_is_taken_back(new_phone: NewPhone) -> None:
    place = town()
    phone = new_phone()
    phone.sign_in("marit")
    page = phone.page
    expect(page.get_by_text("Molenstraat 14").first).to_be_visible()
    pay = Standing.objects.filter(pk=place.first_door.pk)
    pay.update(action="nothing", overdue=0, paid_off_on=TODAY)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator(".vd-note--paid")).to_contain_text("Molenstraat 14 heeft betaald.")
    expect(page.get_by_role("link", name="Molenstraat 14")).to_have_count(0)
    revoke_phone(User.objects.get(username="ines"), PhoneDay.objects.get().pk)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_role("heading", name="Voordeur voor onderweg")).to_be_visible()
    assert (phone.held("packet"), phone.held("done")) == (0, 0)
    page.evaluate("dispatchEvent(new Event('online'))")
    phone.wait_until(
        "async () => !(await (await import('/static/field/store.js')).remembered('wiped')).length"
    )
    assert PhoneDay.objects.get().wiped is not None


def test_two_taps_are_one_visit(new_phone: NewPhone) -> None:
    town()
    phone = new_phone()
    phone.sign_in("marit")
    phone.network(False)
    at_the_door(phone)
    phone.page.get_by_role("radio", name="Niemand thuis").check()
    phone.page.get_by_role("button", name="Klaar, bewaar dit bezoek").evaluate(
        "(one) => (one.click(), one.click())"
    )
    expect(phone.page.get_by_role("heading", name="Gedaan")).to_be_visible()
    assert phone.held("outbox") == 1


def test_signing_out_does_not_wait_for_a_network_that_answers_nothing(new_phone: NewPhone) -> None:
    town()
    phone = new_phone()
    phone.sign_in("marit")
    page = phone.page
    page.goto("/veld/#/bewaard")
    page.evaluate("() => { window.fetch = () => new Promise(() => null); }")
    page.get_by_role("button", name="Uitloggen en wissen").click()
    expect(page.get_by_role("heading", name="Voordeur voor onderweg")).to_be_visible(timeout=8_000)
    assert (phone.held("packet"), phone.held("done")) == (0, 0)
    assert "voordeur_veld" not in page.evaluate("document.cookie")


def test_a_day_that_ends_while_the_app_is_open_goes_off_the_screen(new_phone: NewPhone) -> None:
    """At midnight the browser throws the key away; the page that somebody left open goes too, without network."""
    town()
    phone = new_phone()
    phone.sign_in("marit")
    page = phone.page
    expect(page.get_by_text("Molenstraat 14").first).to_be_visible()
    phone.network(False)
    phone.context.clear_cookies(name="voordeur_veld")
    page.evaluate("dispatchEvent(new Event('online'))")  # as the clock of every minute does
    expect(page.get_by_role("heading", name="Voordeur voor onderweg")).to_be_visible()
    expect(page.get_by_text("Molenstraat 14")).to_have_count(0)
    assert (phone.held("packet"), phone.held("drafts"), phone.held("done")) == (0, 0, 0)


def test_what_waits_is_delivered_when_the_app_is_closed_and_the_network_returns(new_phone: NewPhone) -> None:
    """Background Sync: the browser wakes the service worker. What it sends is sealed; it has no key and no cookie."""
    town()
    phone = new_phone()
    phone.sign_in("marit")
    phone.network(False)
    at_the_door(phone)
    phone.page.get_by_role("radio", name="Niemand thuis").check()
    done(phone)
    phone.wait_until("() => self.askedToWake === 'outbox'")
    phone.page.goto("about:blank")
    assert FieldEvent.objects.count() == 0
    phone.network(True)
    phone.wake_worker("outbox")
    for _ in range(100):
        if FieldEvent.objects.exists():
            break
        phone.page.wait_for_timeout(100)
    assert FieldEvent.objects.get().state == "taken"
    phone.open()
    phone.wait_until_sent()
    assert Contact.objects.count() == 1


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_screens_of_the_phone(language: str, new_phone: NewPhone) -> None:
    """In three lights: fits 320 px, no axe violation. The check sees the whole page, not half of it under the menu."""
    town()
    phone = new_phone()
    phone.sign_in("marit")
    page = phone.page
    page.evaluate("(language) => localStorage.setItem('taal', language)", language)
    card = page.get_by_role("link", name="Ik ben er").get_attribute("href") or ""
    for light in ("licht", "buiten", "avond"):
        page.evaluate("(light) => localStorage.setItem('licht', light)", light)
        for name, address in (("dag", "#/"), ("kaartje", card), ("bewaard", "#/bewaard"), ("zoek", "#/zoek")):
            page.set_viewport_size({"width": 360, "height": 740})
            page.goto(f"/veld/{address}")
            page.reload()
            page.locator("h1").wait_for()
            if name == "kaartje":
                page.get_by_role(
                    "radio", name="Gesproken" if language == "nl" else "Spoken", exact=True
                ).check()
                page.locator("details").first.evaluate("(one) => (one.open = true)")
                page.get_by_role("checkbox").nth(17).scroll_into_view_if_needed()
            if light == "licht" or name in ("dag", "kaartje"):
                take_picture(page, f"telefoon-{name}-{light}-{language}")
            whole = int(page.evaluate("document.documentElement.scrollHeight"))
            page.set_viewport_size({"width": 320, "height": max(740, whole + 200)})
            assert_fits(page)
            assert_accessible(page)


def test_the_office_screens_about_phones_and_visits(transactional_db: None, page_at: PageAt) -> None:
    """Two records of one visit, a phone to take back; in two languages and three lights."""
    place = town()
    sanne = colleague("sanne", "Sanne Kerkhof", Role.NEIGHBOURHOOD_MANAGER, place.molenkwartier)
    one, other = PaperPhone(place.manager, TODAY), PaperPhone(sanne, TODAY)
    door = one.packet()["doors"][0]["tenancy"]
    other.packet()
    consent = {"purpose": "handover", "given": True, "way": "spoken", "text": "Mag de gemeente u bellen?"}
    one.visit(door, agreed=["municipality"], consent=consent, words="Belt donderdag.")
    one.deliver()
    record = other.visit(door, "not_met", card_left=True)
    other.deliver()
    page = page_at(*SIZES["kantoor"])
    sign_in(page, "tarek")
    look(page, "/bezoeken/", "tarek-bezoeken")
    look(page, f"/bezoeken/{record}/", "tarek-bezoek")
    wear(page, "nl", "licht")
    page.goto(f"/bezoeken/{record}/")
    page.get_by_role("button", name="Tweede verslag").click()
    expect(page.get_by_role("heading", name="Er valt niets na te kijken")).to_be_visible()
    assert VisitConflict.objects.get().choice == "second"
    chief = page_at(*SIZES["kantoor"], user=place.chief)
    chief.goto("/telefoons/")
    look(chief, "/telefoons/", "ines-telefoons")
    wear(chief, "nl", "licht")
    chief.goto("/telefoons/")
    chief.get_by_role("button", name="Marit Hoogland").click()
    expect(chief.get_by_text("Ingetrokken, nog niet gewist")).to_be_visible()
