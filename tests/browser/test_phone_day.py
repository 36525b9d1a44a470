"""The phone of a neighbourhood manager, a whole day without network."""

from pathlib import Path
from typing import Any

from tests.browser.phone import Phone
from tests.web.factories import town
from voordeur.store.models import Contact, FieldEvent


def test_a_day_without_network(
    transactional_db: None, browser: Any, live_server: Any, tmp_path: Path
) -> None:
    place = town()
    from tests.browser import conftest

    phone = Phone(conftest.PLAYWRIGHT, tmp_path / "profile", live_server.url)
    phone.sign_in("marit")
    phone.page.screenshot(path="/tmp/field-today.png")
    phone.network(False)
    phone.page.get_by_role("link", name="Ik ben er").click()
    phone.page.screenshot(path="/tmp/field-card.png", full_page=True)
    phone.page.get_by_role("radio", name="Gesproken").check()
    phone.page.screenshot(path="/tmp/field-card2.png", full_page=True)
    phone.page.get_by_role("button", name="Klaar, bewaar dit bezoek").click()
    phone.page.get_by_role("heading", name="Gedaan").wait_for()
    phone.page.screenshot(path="/tmp/field-done.png", full_page=True)
    assert phone.waiting() == 1
    phone.kill()
    phone.switch_on(network=False)
    phone.page.goto("/veld/")
    phone.page.get_by_role("heading", name="Gedaan").wait_for()
    phone.network(True)
    phone.page.get_by_text("verstuurd", exact=False).first.wait_for()
    phone.page.wait_for_function(
        "async () => (await (await import('/static/field/store.js')).database()).count('outbox').then(n => n === 0)"
    )
    assert FieldEvent.objects.count() == 1
    assert Contact.objects.count() == 1
    phone.kill()
    assert phone.complaints == []
