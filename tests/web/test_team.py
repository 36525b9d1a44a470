"""The team on the screen: who has how much work, who is away, and what waits for a second person."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.web.conftest import As
from tests.web.factories import TODAY, Town, colleague
from tests.web.test_cases import address, text_of
from voordeur.core.access import Role
from voordeur.store.models import Cover, User

OPEN, NO, GONE = 200, 403, 404


def days(first: int, last: int) -> dict[str, str]:
    """First and last day, counted from today."""
    return {
        "first": (TODAY + timedelta(days=first)).isoformat(),
        "last": (TODAY + timedelta(days=last)).isoformat(),
    }


@pytest.fixture
def stand_in(small_town: Town) -> User:
    """The neighbourhood manager of the other side of the water."""
    return colleague("ruben", "Ruben Kalf", Role.NEIGHBOURHOOD_MANAGER, small_town.havenkant)


def test_it_is_for_who_arranges_the_work(small_town: Town, as_user: As) -> None:
    people = (small_town.manager, small_town.consultant, small_town.chief, small_town.administrator)
    assert [as_user(one).get(reverse("team")).status_code for one in people] == [NO, NO, OPEN, OPEN]


def test_it_counts_what_waits_in_each_neighbourhood(small_town: Town, as_user: As, stand_in: User) -> None:
    page = text_of(as_user(small_town.chief).get(reverse("team")))
    assert "Marit Hoogland wijkbeheerder: Molenkwartier 6 10" in page
    assert "Ruben Kalf wijkbeheerder: Havenkant" in page
    assert "Tarek Vissering incassoconsulent 0 –" in page


def test_cover_opens_the_other_neighbourhood_for_as_long_as_it_lasts(
    small_town: Town, as_user: As, stand_in: User
) -> None:
    household = address("tenancy", small_town.in_parts)
    assert as_user(stand_in).get(household).status_code == GONE
    client = as_user(small_town.chief)
    chosen = {"absent": str(small_town.manager.pk), "cover": str(stand_in.pk)}
    answer = client.post(reverse("team"), chosen | days(0, 5))
    assert answer["Location"] == reverse("team")
    assert "23 nov tot en met 28 nov: Ruben Kalf" in text_of(client.get(reverse("team")))
    assert as_user(stand_in).get(household).status_code == OPEN
    client.post(reverse("end_cover", args=[Cover.objects.get().pk]))
    assert as_user(stand_in).get(household).status_code == GONE


@pytest.mark.parametrize(
    ("cover", "when", "field"),
    [
        ("manager", days(0, 5), "cover"),
        ("consultant", days(0, 5), "cover"),
        ("stand_in", days(5, 0), "last"),
        ("stand_in", days(0, 400), "last"),
        ("", days(0, 5), "cover"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    cover: str, when: dict[str, str], field: str, small_town: Town, as_user: As, stand_in: User
) -> None:
    who = stand_in if cover == "stand_in" else getattr(small_town, cover) if cover else None
    chosen = {"absent": str(small_town.manager.pk), "cover": str(who.pk) if who else ""}
    answer = as_user(small_town.chief).post(reverse("team"), chosen | when)
    assert set(answer.context["form"].errors) == {field}
    assert not Cover.objects.exists()


def test_only_who_arranges_the_work_ends_it(small_town: Town, as_user: As, stand_in: User) -> None:
    cover = Cover.objects.create(
        absent=small_town.manager, cover=stand_in, first=TODAY, last=TODAY, made_by=small_town.chief
    )
    end = reverse("end_cover", args=[cover.pk])
    assert [as_user(one).post(end).status_code for one in (stand_in, small_town.consultant)] == [NO, NO]
    assert as_user(small_town.administrator).post(end).status_code == 302
    assert as_user(small_town.administrator).post(end).status_code == GONE


def test_what_waits_is_shown_to_the_manager_only(small_town: Town, as_user: As) -> None:
    as_user(small_town.consultant).post(address("case_step", small_town.in_parts), {"reason": "Verjaard."})
    assert "Wilgenhof 31: Boek af en sluit" in text_of(as_user(small_town.chief).get(reverse("team")))
    assert "Wilgenhof 31" not in text_of(as_user(small_town.administrator).get(reverse("team")))
