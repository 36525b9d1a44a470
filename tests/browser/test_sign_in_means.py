"""Passkey, code, recovery code, identity provider and lock-out, as somebody does it in a real browser."""

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import hotp_value
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django import Settings

from tests.browser.conftest import PageAt, assert_accessible, assert_fits, take_picture
from tests.browser.pages import sign_in
from tests.web.factories import PASSWORD, Town, town
from tests.web.identity_provider import CLIENT, SECRET, Person, Provider, running
from voordeur.actions.sign_in import link_identity
from voordeur.settings import content_security_policy, openid_provider

SECURITY = "/account/beveiliging/"


@pytest.fixture
def place(transactional_db: None) -> Town:
    return town()


@pytest.fixture
def provider(settings: Settings, live_server: Any) -> Iterator[Provider]:
    """An OpenID provider on this machine, and our settings that name it."""
    with running() as one:
        one.people["7f3a-marit"] = Person("7f3a-marit", {"roles": ["administrator"]})
        one.redirect_uris.append(live_server.url + reverse("oidc_callback"))
        settings.OIDC_ISSUER, settings.OIDC_NAME = one.issuer, "Wonen Lindewaard"
        settings.SOCIALACCOUNT_PROVIDERS = openid_provider(one.issuer, CLIENT, SECRET)
        settings.CONTENT_SECURITY_POLICY = content_security_policy(one.issuer)
        yield one


def look(page: Page, name: str) -> None:
    """Accessible, on a small screen too; and a picture. High, so that the bar at the bottom lies over nothing."""
    page.set_viewport_size({"width": 320, "height": 1600})
    assert_fits(page)
    assert_accessible(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    assert_accessible(page)
    take_picture(page, f"inloggen-{name}", full_page=True)


def with_authenticator(page: Page, *, verified: bool = True) -> Any:
    """A phone or computer that can make passkeys, played by Chromium itself."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": verified,
        "automaticPresenceSimulation": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, made["authenticatorId"]


def confirm_password(page: Page) -> None:
    expect(page.get_by_role("heading", name="Bevestig dat jij het bent")).to_be_visible()
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Ga verder").click()


def sign_out(page: Page) -> None:
    page.goto("/account/uitloggen/")
    page.get_by_role("main").get_by_role("button", name="Uitloggen").click()
    expect(page.get_by_role("heading", name="Inloggen")).to_be_visible()


def code_of(secret: str) -> str:
    return f"{hotp_value(secret, int(time.time()) // 30):06}"


def add_passkey(page: Page) -> None:
    page.goto(SECURITY)
    page.get_by_role("link", name="Voeg een toegangssleutel toe").click()
    confirm_password(page)
    expect(page.get_by_role("heading", name="Nieuwe toegangssleutel")).to_be_visible()


def test_a_passkey_is_made_and_then_enough(place: Town, page_at: PageAt) -> None:
    page = page_at(1280)
    session, device = with_authenticator(page)
    sign_in(page, "marit")
    add_passkey(page)
    look(page, "nieuwe-sleutel")
    page.get_by_label("Naam, om hem te herkennen").fill("Telefoon van het werk")
    page.get_by_role("button", name="Maak de toegangssleutel").click()
    expect(page.get_by_role("heading", name="Herstelcodes")).to_be_visible()
    assert page.locator(".vd-codes li").count() == 10
    look(page, "herstelcodes")
    page.goto(SECURITY)
    expect(page.get_by_text("Telefoon van het werk").first).to_be_visible()
    look(page, "beveiliging")
    kept = session.send("WebAuthn.getCredentials", {"authenticatorId": device})["credentials"]
    assert [(one["rpId"], one["isResidentCredential"]) for one in kept] == [("localhost", True)]
    sign_out(page)
    page.get_by_role("button", name="Gebruik een toegangssleutel").click()
    page.wait_for_url(lambda address: "/account/" not in address)
    expect(page.get_by_text("Marit Hoogland").first).to_be_attached()


def test_the_password_alone_is_no_longer_enough_once_there_is_a_passkey(place: Town, page_at: PageAt) -> None:
    page = page_at(390, 844)
    with_authenticator(page)
    sign_in(page, "marit")
    add_passkey(page)
    page.get_by_role("button", name="Maak de toegangssleutel").click()
    expect(page.get_by_role("heading", name="Herstelcodes")).to_be_visible()
    sign_out(page)
    page.get_by_label("Gebruikersnaam").fill("marit")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    expect(page.get_by_role("heading", name="Nog één stap")).to_be_visible()
    look(page, "tweede-stap")
    page.get_by_role("button", name="Gebruik je toegangssleutel").click()
    page.wait_for_url(lambda address: "/account/" not in address)


def test_a_device_that_does_not_check_who_holds_it_makes_no_passkey(place: Town, page_at: PageAt) -> None:
    page = page_at(1280)
    with_authenticator(page, verified=False)
    sign_in(page, "marit")
    add_passkey(page)
    page.get_by_role("button", name="Maak de toegangssleutel").click()
    expect(page.get_by_text("De toegangssleutel is niet gebruikt.")).to_be_visible()
    assert_accessible(page)
    assert not Authenticator.objects.exists()


def test_a_code_and_a_recovery_code(place: Town, page_at: PageAt) -> None:
    """With the keyboard only, from the page that sets it up to the page behind it."""
    page = page_at(1280)
    sign_in(page, "marit")
    page.goto(SECURITY)
    page.get_by_role("link", name="Stel de app in").press("Enter")
    confirm_password(page)
    expect(page.get_by_role("heading", name="Stel de app met codes in")).to_be_visible()
    assert page.locator("img.vd-qr").evaluate("image => image.naturalWidth") > 0
    look(page, "app")
    secret = page.locator(".vd-break").inner_text()
    page.get_by_label("Code uit de app").fill(code_of(secret))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Herstelcodes")).to_be_visible()
    codes = page.locator(".vd-codes li").all_inner_texts()
    for code, right in ((codes[0], True), (codes[0], False), (codes[1], True)):
        page.context.clear_cookies()
        page.goto("/account/inloggen/")
        page.get_by_label("Gebruikersnaam").fill("marit")
        page.get_by_label("Wachtwoord").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.get_by_label("Code uit je app, of een herstelcode").fill(code)
        page.keyboard.press("Enter")
        if right:
            page.wait_for_url(lambda address: "/account/" not in address)
        else:
            expect(page.get_by_text("klopt niet")).to_be_visible()
            assert_accessible(page)


def test_at_the_identity_provider(place: Town, provider: Provider, page_at: PageAt) -> None:
    """Unknown first; the administrator links the number; then in, with the role of here."""
    page = page_at(390, 844)
    page.goto("/")
    look(page, "met-organisatie")
    for known in (False, True):
        page.goto("/")
        page.get_by_role("button", name="Ga verder via Wonen Lindewaard").click()
        expect(page.get_by_role("heading", name="Wie ben je?")).to_be_visible()
        page.get_by_role("button", name="7f3a-marit").click()
        if not known:
            expect(page.get_by_text("7f3a-marit")).to_be_visible()
            look(page, "niet-bekend")
            link_identity(place.administrator, place.manager.pk, "7f3a-marit")
    expect(page).to_have_url(re.compile("/vandaag/"))
    page.goto("/beheer/")
    expect(page.get_by_role("heading", name="Deze bladzijde hoort niet bij jouw rol")).to_be_visible()
    assert provider.refused == []


def test_linking_ones_own_account(place: Town, provider: Provider, page_at: PageAt) -> None:
    page = page_at(1280)
    sign_in(page, "marit")
    page.goto(SECURITY)
    page.get_by_role("button", name="Koppel mijn account").click()
    confirm_password(page)
    page.get_by_role("button", name="7f3a-marit").click()
    expect(page.get_by_text("Gekoppeld: je kunt inloggen bij Wonen Lindewaard.")).to_be_visible()


def test_guessing_closes_the_account_and_the_administrator_opens_it(place: Town, page_at: PageAt) -> None:
    page = page_at(390, 844)
    page.goto("/account/inloggen/")
    for _ in range(6):
        page.get_by_label("Gebruikersnaam").fill("marit")
        page.get_by_label("Wachtwoord").fill("mis geraden")
        page.get_by_role("button", name="Inloggen", exact=True).click()
    expect(page.get_by_text("Te vaak geprobeerd.")).to_be_visible()
    look(page, "gesloten")
    desk = page_at(1280)
    sign_in(desk, "beheer")
    desk.goto(f"/beheer/{place.manager.pk}/")
    expect(desk.get_by_text(re.compile("Gesloten tot"))).to_be_visible()
    look(desk, "collega-gesloten")
    desk.get_by_role("button", name="Geef weer toegang").click()
    expect(desk.get_by_text("Het account is weer open om in te loggen.")).to_be_visible()
    sign_in(page, "marit")


def test_where_somebody_is_signed_in(place: Town, page_at: PageAt) -> None:
    here, elsewhere = page_at(1280), page_at(390, 844)
    sign_in(elsewhere, "marit")
    sign_in(here, "marit")
    here.goto("/account/plekken/")
    look(here, "plekken")
    here.get_by_role("button", name="Log me overal anders uit").click()
    expect(here.get_by_text("Nergens anders dan hier.")).to_be_visible()
    elsewhere.goto("/vandaag/")
    expect(elsewhere).to_have_url(re.compile("/account/inloggen/"))


def test_a_role_that_needs_a_second_step(place: Town, page_at: PageAt, settings: Settings) -> None:
    settings.SECOND_FACTOR_ROLES = frozenset({"all"})
    page = page_at(390, 844)
    page.goto("/")
    page.get_by_label("Gebruikersnaam").fill("marit")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Met jouw rol werk je met een tweede stap.")).to_be_visible()
    look(page, "tweede-stap-nodig")
    page.goto("/vandaag/")
    expect(page).to_have_url(re.compile(SECURITY))


def test_in_english(place: Town, page_at: PageAt) -> None:
    page = page_at(320, 1600, language="en-GB")
    page.goto("/account/inloggen/")
    page.get_by_label("User name").fill("marit")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/account/" not in address)
    for address, heading in (
        (SECURITY, "Sign-in and security"),
        ("/account/plekken/", "Where am I signed in?"),
        ("/account/beveiliging/app/", "Confirm that it is you"),
    ):
        page.goto(address)
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
        assert_fits(page)
        assert_accessible(page)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Set up the app with codes")).to_be_visible()
    page.goto("/account/beveiliging/sleutels/nieuw/")
    expect(page.get_by_role("heading", name="New passkey")).to_be_visible()
    assert_accessible(page)
