"""The portfolio page shows what was drawn: it is as fast for a hundred thousand households as for ten."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.web.conftest import As
from tests.web.factories import TODAY, Town, entry
from tests.web.test_screens import text_of
from voordeur.actions.assess import assess
from voordeur.store.models import Entry, PortfolioPoint, Standing


def test_it_never_reads_the_standings(small_town: Town, as_user: As) -> None:
    client = as_user(small_town.consultant)
    client.get(reverse("portfolio"))  # a new session writes when it began
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("portfolio"))
    tables = [one["sql"] for one in asked if "store_standing" in one["sql"]]
    assert tables == []
    assert len(asked) <= 11


def test_money_that_comes_in_is_in_the_figures_at_once(small_town: Town, as_user: As) -> None:
    before = PortfolioPoint.objects.get(neighbourhood=small_town.havenkant, on=TODAY)
    standing = Standing.objects.get(pk=small_town.elsewhere.pk)
    entry(small_town.elsewhere, TODAY, Entry.Kind.PAYMENT, standing.overdue).save()
    assess([small_town.elsewhere.pk], TODAY)
    after = PortfolioPoint.objects.get(neighbourhood=small_town.havenkant, on=TODAY)
    assert (after.in_arrears, after.overdue) == (before.in_arrears - 1, before.overdue - standing.overdue)
    assert PortfolioPoint.objects.get(neighbourhood=small_town.molenkwartier, on=TODAY).in_arrears == 6


def test_a_look_on_another_day_moves_all_of_today(small_town: Town) -> None:
    tomorrow = TODAY + timedelta(days=1)
    assess([small_town.elsewhere.pk], tomorrow)
    assert not PortfolioPoint.objects.filter(on=TODAY).exists()
    assert PortfolioPoint.objects.filter(on=tomorrow).count() == 2


def test_who_fell_behind_and_who_caught_up_is_drawn_and_told(small_town: Town, as_user: As) -> None:
    page = as_user(small_town.consultant).get(reverse("portfolio")).content
    text = text_of(page)
    assert "Wie achter raakte en wie weer bij is" in text
    assert "In oktober 2026 raakten" in text
    drawn = PortfolioPoint.objects.filter(on__month=10, on__year=2026)
    assert f"oktober 2026 {sum(one.entered for one in drawn)} {sum(one.relapsed for one in drawn)}" in text
