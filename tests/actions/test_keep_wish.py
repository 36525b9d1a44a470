"""What a tenant asks of us counts from that day, the newest as a whole."""

from datetime import timedelta

import pytest

from tests.actions.town import TODAY, SmallTown, small_town
from voordeur.actions.keep_wish import LONGEST_REST_DAYS, keep_wish
from voordeur.core.contacts import Channel
from voordeur.core.problems import Refused
from voordeur.store.models import AuditLine, Wish
from voordeur.store.queries.cases import has_wish, wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> SmallTown:
    return small_town()


def test_the_newest_replaces_the_one_before_as_a_whole(town: SmallTown) -> None:
    household = town.veldhuizer.pk
    keep_wish(town.manager, household, TODAY, channels=frozenset({Channel.PHONE}), language="pl")
    keep_wish(town.consultant, household, TODAY + timedelta(days=1), language="tr")
    now = wish(household, TODAY + timedelta(days=1))
    assert now is not None
    assert (now.channels, now.language) == (frozenset(), "tr")
    before = wish(household, TODAY)
    assert before is not None
    assert (before.channels, before.language) == (frozenset({Channel.PHONE}), "pl")
    assert not has_wish(household, TODAY - timedelta(days=1))


@pytest.mark.parametrize(("days", "code"), [(-1, "day-passed"), (LONGEST_REST_DAYS + 1, "too-far")])
def test_rest_is_from_today_and_at_most_a_year(town: SmallTown, days: int, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        keep_wish(town.manager, town.veldhuizer.pk, TODAY, leave_alone_until=TODAY + timedelta(days=days))
    assert [one.code for one in refusal.value.problems] == [code]
    assert not Wish.objects.exists()


def test_it_is_for_who_may_see_the_household_and_leaves_a_line_without_its_contents(town: SmallTown) -> None:
    with pytest.raises(Refused):
        keep_wish(town.manager, town.oudshoven.pk, TODAY)
    keep_wish(town.manager, town.veldhuizer.pk, TODAY, language="ar")
    line = AuditLine.objects.latest("id")
    assert (line.action, line.subject) == ("keep_wish", f"tenancy:{town.veldhuizer.pk}")
    assert "ar" not in str(line.data)
