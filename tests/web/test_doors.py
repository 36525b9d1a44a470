"""Where somebody lands, signing in, and what a role sees. Which page opens for whom: test_access_matrix.py."""

import pytest
from django.urls import reverse

from tests.web.conftest import As
from tests.web.factories import PASSWORD, Town
from voordeur.store.models import AuditLine, User

OPEN, NO = 200, 403


def colleagues(town: Town) -> tuple[User, User, User, User]:
    return town.manager, town.consultant, town.chief, town.administrator


def test_somebody_lands_on_the_first_page_of_the_role(small_town: Town, as_user: As) -> None:
    landed = [as_user(user).get("/")["Location"] for user in colleagues(small_town)]
    assert landed == [reverse("today"), reverse("today"), reverse("portfolio"), reverse("imports")]


class TestTheFileOnATenancy:
    def test_every_look_is_written_down_and_shown(self, small_town: Town, as_user: As) -> None:
        page = reverse("tenancy", args=[small_town.first_door.pk])
        as_user(small_town.consultant).get(page)
        seen = as_user(small_town.manager).get(page).content.decode()
        assert "Tarek Vissering" in seen
        assert AuditLine.objects.filter(subject=f"tenancy:{small_town.first_door.pk}").count() == 2


def test_the_chief_sees_figures_and_no_way_to_a_person(small_town: Town, as_user: As) -> None:
    page = as_user(small_town.chief).get(reverse("portfolio")).content.decode()
    assert "Molenkwartier" in page
    assert "/wijk/" not in page
    assert "/huurcontract/" not in page


def test_signing_in_with_a_wrong_password_says_so_kindly(small_town: Town, as_user: As) -> None:
    answer = as_user(None).post(reverse("account_login"), {"login": "marit", "password": "mis"})
    assert answer.status_code == 200
    assert "Inloggen lukte niet." in answer.content.decode()


def test_signing_in_leads_to_the_page_that_was_asked_for(small_town: Town, as_user: As) -> None:
    client = as_user(None)
    page = reverse("account_login") + "?next=/zoek/"
    hidden = {"login": "marit", "password": PASSWORD, "next": "/zoek/"}
    assert "/zoek/" in client.get(page).content.decode()
    assert client.post(page, hidden)["Location"] == "/zoek/"


def test_a_closed_account_opens_nothing(small_town: Town, as_user: As) -> None:
    User.objects.filter(pk=small_town.manager.pk).update(is_active=False)
    answer = as_user(None).post(reverse("account_login"), {"login": "marit", "password": PASSWORD})
    assert "_auth_user_id" not in answer.client.session  # type: ignore[attr-defined]


def test_an_account_without_a_role_opens_only_its_own_page(small_town: Town, as_user: As) -> None:
    nobody = User.objects.create(username="nieuw")
    assert as_user(nobody).get(reverse("me")).status_code == OPEN
    assert as_user(nobody).get(reverse("today")).status_code == NO


@pytest.mark.parametrize("page", ["today", "me"])
def test_pages_hold_no_inline_script_or_style(page: str, small_town: Town, as_user: As) -> None:
    answer = as_user(small_town.manager).get(reverse(page))
    text = answer.content.decode()
    assert " style=" not in text
    assert "<style" not in text
    assert "unsafe" not in answer["Content-Security-Policy"]
