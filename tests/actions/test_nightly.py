"""The nightly run: everything anew, twice the same, and the portfolio as it stood on each month end."""

from datetime import date, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from tests.actions.town import TODAY, SmallTown, entry, rent_paid_until, small_town
from voordeur.actions import assess_many as assess_many_module
from voordeur.actions.nightly import nightly
from voordeur.store.models import AuditLine, Entry, PortfolioPoint, Standing


@pytest.fixture
def town() -> SmallTown:
    town = small_town()
    rent_paid_until(town.veldhuizer, 24, date(2026, 10, 1), 655_15)
    entry(town.veldhuizer, date(2026, 11, 1), Entry.Kind.CHARGE, 655_15)
    rent_paid_until(town.oudshoven, 24, date(2026, 11, 1), 598_00, paid_day=2)
    entry(town.oudshoven, date(2026, 8, 1), Entry.Kind.CHARGE, 50_00)
    entry(town.oudshoven, date(2026, 9, 15), Entry.Kind.PAYMENT, 50_00)
    return town


def points() -> dict[tuple[str, date], tuple[int, int, int]]:
    rows = PortfolioPoint.objects.select_related("neighbourhood")
    return {
        (row.neighbourhood.name, row.on): (row.tenancies, row.in_arrears, row.overdue)
        for row in rows
        if row.neighbourhood
    }


@pytest.mark.django_db
def test_the_portfolio_shows_each_month_end_and_today(town: SmallTown) -> None:
    report = nightly(TODAY)
    assert (report.tenancies, report.signals) == (2, 1)
    found = points()
    assert found["Molenkwartier", TODAY] == (1, 1, 655_15)
    assert found["Havenkant", date(2026, 7, 31)] == (1, 0, 0)
    assert found["Havenkant", date(2026, 8, 31)] == (1, 1, 50_00)
    assert found["Havenkant", date(2026, 9, 30)] == (1, 0, 0)
    assert ("Havenkant", date(2024, 11, 30)) not in found  # before the first entry there is no tenancy


@pytest.mark.django_db
def test_running_it_twice_changes_nothing(town: SmallTown) -> None:
    nightly(TODAY)
    before = points(), list(Standing.objects.order_by("pk").values())
    nightly(TODAY)
    assert (points(), list(Standing.objects.order_by("pk").values())) == before


@pytest.mark.django_db
def test_the_next_month_adds_a_month_end_and_drops_yesterday(town: SmallTown) -> None:
    nightly(TODAY)
    nightly(date(2026, 12, 2))
    days = set(PortfolioPoint.objects.values_list("on", flat=True))
    assert date(2026, 11, 30) in days
    assert date(2026, 12, 2) in days
    assert TODAY not in days


@pytest.mark.django_db
def test_what_a_former_tenant_owes_stands_apart(town: SmallTown) -> None:
    type(town.veldhuizer).objects.filter(pk=town.veldhuizer.pk).update(end=date(2026, 11, 10))
    nightly(TODAY)
    assert points()["Molenkwartier", TODAY] == (0, 0, 0)
    point = PortfolioPoint.objects.get(neighbourhood__name="Molenkwartier", on=TODAY)
    assert (point.former_in_arrears, point.former_overdue) == (1, 655_15)
    assert point.steps == {"former": 1}


@pytest.mark.django_db(transaction=True)
def test_spread_over_processes_it_finds_the_same(town: SmallTown, monkeypatch: pytest.MonkeyPatch) -> None:
    nightly(TODAY)
    alone = points(), list(Standing.objects.order_by("pk").values())
    PortfolioPoint.objects.all().delete()
    monkeypatch.setattr(assess_many_module, "WORTH_SPREADING", 1)
    monkeypatch.setattr(assess_many_module, "_AT_ONCE", 1)
    nightly(TODAY)
    assert (points(), list(Standing.objects.order_by("pk").values())) == alone
    assert AuditLine.objects.filter(action="nightly").count() == 2


@pytest.mark.django_db
def test_month_ends_tell_who_fell_behind_caught_up_and_came_back(town: SmallTown) -> None:
    entry(town.oudshoven, date(2026, 10, 1), Entry.Kind.CHARGE, 50_00)
    nightly(TODAY)
    ends = PortfolioPoint.objects.filter(neighbourhood__name="Havenkant", on__gte=date(2026, 7, 31))
    flows = {one.on.month: (one.entered, one.cured, one.relapsed) for one in ends if one.on != TODAY}
    assert flows == {7: (0, 0, 0), 8: (1, 0, 0), 9: (0, 1, 0), 10: (1, 0, 1)}


@pytest.mark.django_db
def test_ten_years_are_drawn_by_age(town: SmallTown) -> None:
    entry(town.veldhuizer, date(2017, 1, 15), Entry.Kind.CHARGE, 10_00)
    nightly(TODAY)
    point = PortfolioPoint.objects.get(neighbourhood__name="Molenkwartier", on=date(2017, 3, 31))
    assert (point.tenancies, point.in_arrears, point.buckets) == (1, 1, [0, 0, 10_00, 0])
    assert PortfolioPoint.objects.earliest("on").on == date(2017, 1, 31)


def test_sessions_that_ended_are_cleared_away(db: None) -> None:
    now = timezone.now()
    for key, ends in (("voorbij", now - timedelta(days=1)), ("loopt", now + timedelta(hours=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=ends)
    nightly(TODAY)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["loopt"]
