"""The demo gives one made-up tenant a link, and its sign-in page shows it; no other installation shows one."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.actions.letter_town import letter_town
from tests.actions.town import TODAY
from voordeur.actions.demo_link import shown_code
from voordeur.demo.own_page import give_link
from voordeur.store.models import TenantLink

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: LazySettings, tmp_path: Path) -> None:
    settings.VAR = tmp_path


def test_the_sign_in_page_of_the_demo_leads_to_the_page_of_a_tenant(settings: LazySettings) -> None:
    town = letter_town()
    code = give_link(TODAY)
    assert shown_code() == code
    assert oct((settings.VAR / "demo" / "own_page").stat().st_mode)[-3:] == "600"
    page = Client().get("/account/inloggen/").content.decode()
    assert f'href="/mijn/#{code.lower()}"' in page
    assert Client().post("/mijn/", {"code": code.lower()})["Location"] == "/mijn/overzicht/"
    assert TenantLink.objects.get().tenancy_id == town.household


def test_every_start_gives_another_link() -> None:
    letter_town()
    assert give_link(TODAY) != give_link(TODAY)
    assert TenantLink.objects.filter(revoked=None).count() == 1


def test_elsewhere_nothing_is_shown(settings: LazySettings) -> None:
    assert give_link(TODAY) == shown_code() == ""
    assert "/mijn/" not in Client().get("/account/inloggen/").content.decode()
    (settings.VAR / "demo").mkdir()
    (settings.VAR / "demo" / "own_page").write_text("<script>")
    assert shown_code() == ""
