"""Which page opens for which role, and what somebody sees who may not: never that something exists."""

import pytest
from django.urls import get_resolver, reverse

from tests.web.conftest import As
from tests.web.factories import PASSWORD, Town
from voordeur.store.models import AuditLine, User

OPEN, NO, SIGN_IN = 200, 403, 302

# page: manager, consultant, chief (the role `manager`), administrator
WHO_MAY = {
    "today": (OPEN, OPEN, NO, NO),
    "portfolio": (NO, OPEN, OPEN, NO),
    "payments": (NO, OPEN, NO, NO),
    "problems": (NO, OPEN, NO, OPEN),
    "imports": (NO, OPEN, NO, OPEN),
    "staff": (NO, NO, NO, OPEN),
    "staff_add": (NO, NO, NO, OPEN),
    "policy": (NO, OPEN, OPEN, OPEN),
    "desk": (NO, OPEN, NO, NO),
    "team": (NO, NO, OPEN, OPEN),
    "agreements": (NO, NO, NO, OPEN),
    "search": (OPEN, OPEN, NO, NO),
    "me": (OPEN, OPEN, OPEN, OPEN),
    "account_change_password": (OPEN, OPEN, OPEN, OPEN),
}


def colleagues(town: Town) -> tuple[User, User, User, User]:
    return town.manager, town.consultant, town.chief, town.administrator


@pytest.mark.parametrize("page", WHO_MAY)
def test_a_page_opens_for_the_roles_that_need_it(page: str, small_town: Town, as_user: As) -> None:
    answers = tuple(as_user(user).get(reverse(page)).status_code for user in colleagues(small_town))
    assert answers == WHO_MAY[page]


@pytest.mark.parametrize("page", WHO_MAY)
def test_nobody_sees_anything_before_signing_in(page: str, small_town: Town, as_user: As) -> None:
    answer = as_user(None).get(reverse(page))
    assert answer.status_code == SIGN_IN
    assert answer["Location"].startswith(reverse("account_login"))


def test_every_page_with_a_number_asks_to_sign_in_too(small_town: Town, as_user: As) -> None:
    numbers = {"tenancy_id": 1, "neighbourhood_id": 1, "line_id": 1, "problem_id": 1, "member_id": 1, "pk": 1}
    numbers |= {"run_id": small_town.booked_run.pk, "form": "csv", "letter_id": 1, "version": 1}
    numbers |= {"at": 0, "kind": "reminder"}
    numbers |= {
        "language": "nl",
        "how": "weg",
        "planned_id": 1,
        "proposal_id": 1,
        "answer": "ja",
        "cover_id": 1,
    }
    for name, (possible, *_) in get_resolver().reverse_dict.items():
        (_, params), *_rest = possible
        if not isinstance(name, str) or not params:
            continue
        address = reverse(name, kwargs={param: numbers[param] for param in params})
        for answer in (as_user(None).get(address), as_user(None).post(address)):
            assert answer.status_code == SIGN_IN, address


def test_somebody_lands_on_the_first_page_of_the_role(small_town: Town, as_user: As) -> None:
    landed = [as_user(user).get("/")["Location"] for user in colleagues(small_town)]
    assert landed == [reverse("today"), reverse("today"), reverse("portfolio"), reverse("imports")]


class TestTheFileOnATenancy:
    def test_of_another_neighbourhood_looks_the_same_as_none_at_all(
        self, small_town: Town, as_user: As
    ) -> None:
        client = as_user(small_town.manager)
        theirs = client.get(reverse("tenancy", args=[small_town.elsewhere.pk]))
        nobodys = client.get(reverse("tenancy", args=[999_999]))
        assert theirs.status_code == nobodys.status_code == 404
        assert bare(theirs.content, small_town.elsewhere.pk) == bare(nobodys.content, 999_999)

    def test_the_consultant_sees_all_neighbourhoods(self, small_town: Town, as_user: As) -> None:
        client = as_user(small_town.consultant)
        for tenancy in (small_town.first_door, small_town.elsewhere):
            assert client.get(reverse("tenancy", args=[tenancy.pk])).status_code == OPEN

    def test_is_closed_to_who_works_with_figures_or_accounts(self, small_town: Town, as_user: As) -> None:
        """The chief opens only what waits for a second person: any other file does not exist for that role."""
        page = reverse("tenancy", args=[small_town.first_door.pk])
        assert as_user(small_town.administrator).get(page).status_code == NO
        assert as_user(small_town.chief).get(page).status_code == 404

    def test_every_look_is_written_down_and_shown(self, small_town: Town, as_user: As) -> None:
        page = reverse("tenancy", args=[small_town.first_door.pk])
        as_user(small_town.consultant).get(page)
        seen = as_user(small_town.manager).get(page).content.decode()
        assert "Tarek Vissering" in seen
        assert AuditLine.objects.filter(subject=f"tenancy:{small_town.first_door.pk}").count() == 2


def bare(page: bytes, number: int) -> str:
    """A page without what differs on every request: tokens, and the address itself."""
    text = page.decode().replace(f"/{number}/", "/…/")
    return "\n".join(line for line in text.splitlines() if "csrfmiddlewaretoken" not in line)


def test_the_list_of_another_neighbourhood_looks_like_none(small_town: Town, as_user: As) -> None:
    client = as_user(small_town.manager)
    assert client.get(reverse("neighbourhood", args=[small_town.havenkant.pk])).status_code == 404
    assert client.get(reverse("neighbourhood", args=[999_999])).status_code == 404
    assert client.get(reverse("neighbourhood", args=[small_town.molenkwartier.pk])).status_code == OPEN


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
