"""How fresh the money is: a list made of old data sends somebody to a household that has paid."""

from datetime import date

import pytest

from tests.actions.town import TODAY, entry, small_town
from voordeur.actions.assess import assess
from voordeur.store.models import Entry
from voordeur.store.queries import money_is_old, newest_assessment, tenancy_numbers

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("newest_payment", "old"),
    [(date(2026, 11, 20), None), (date(2026, 11, 19), None), (date(2026, 11, 18), date(2026, 11, 18))],
)
def test_money_is_old_after_a_weekend_and_a_day(newest_payment: date, old: date | None) -> None:
    town = small_town()
    entry(town.de_wit, newest_payment, Entry.Kind.PAYMENT, 598_00)
    assess([town.de_wit.pk], TODAY)
    assert money_is_old(TODAY) == old
    assert newest_assessment() == TODAY


def test_without_any_payment_there_is_nothing_to_warn_of() -> None:
    town = small_town()
    assert money_is_old(TODAY) is None
    assert tenancy_numbers()[town.de_wit.pk] == "104418"
