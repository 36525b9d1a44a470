"""An arrangement made at a desk: what was filled in is what is checked, also when it is nothing at all."""

from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.urls import reverse

from tests.web.conftest import As
from tests.web.factories import TODAY, Town, town
from voordeur.store.models import Arrangement

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Town:
    """A household that is behind."""
    return town()


def send(as_user: As, place: Town, **more: str) -> HttpResponse:
    """Fill in the page."""
    form = {
        "key": str(uuid4()), "rhythm": "monthly", "first": TODAY.isoformat(), "amount": "150", "channel": "phone",
        "language": "nl", "name": "De huurder", "stap": "afspraak",
    }  # fmt: skip
    address = reverse("arrangement_make", args=[place.in_parts.pk])
    return as_user(place.consultant).post(address, {**form, **more})  # type: ignore[return-value]


def test_no_income_at_all_is_help_first(as_user: As, place: Town) -> None:
    """A zero is an answer: without it nothing was asked, and the talk goes on without a budget."""
    answer = send(as_user, place, income_0_kind="other", income_0_low="0")
    assert "Er blijft niets over" in answer.content.decode()
    assert not Arrangement.objects.exists()
    assert send(as_user, place).status_code == 302


def test_more_than_all_of_it_at_a_time_is_all_of_it(as_user: As, place: Town) -> None:
    assert send(as_user, place, amount="999.999").status_code == 302
    row = Arrangement.objects.get()
    assert list(row.instalments.values_list("amount", flat=True)) == [row.total]


def test_all_in_one_go(as_user: As, place: Town) -> None:
    answer = send(as_user, place, amount="", lump="936,80", lump_on=TODAY.isoformat())
    assert answer.status_code == 302
    assert Arrangement.objects.get().instalments.count() == 1


@pytest.mark.parametrize("rhythm", ["weekly", "four_weekly", "monthly"])
def test_a_day_at_the_end_of_the_calendar_is_a_sentence_and_no_fault(
    as_user: As, place: Town, rhythm: str
) -> None:
    for step in ("reken", "voorstel", "afspraak"):
        answer = send(as_user, place, first="9999-12-31", rhythm=rhythm, stap=step)
        assert answer.status_code == 200
    assert not Arrangement.objects.exists()
