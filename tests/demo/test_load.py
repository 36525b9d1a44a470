"""The town in the database: complete, whole, made once, and never on top of somebody's work."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection

from voordeur.core.access import Role
from voordeur.core.ledger import position
from voordeur.core.problems import Refused
from voordeur.demo.ledger_maker import COMPONENT_CODES, KIND_CODES
from voordeur.demo.load import STAFF, load_town, prepare
from voordeur.demo.town import Town, make_town
from voordeur.store import convert
from voordeur.store.models import (
    AuditLine,
    BankLine,
    EmergencyAccess,
    Entry,
    Home,
    ImportProblem,
    ImportRun,
    Neighbourhood,
    Standing,
    Tenancy,
    Tenant,
    User,
)
from voordeur.store.queries.privacy import running_requests

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _own_folder(settings: LazySettings, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    settings.UPLOADS = tmp_path / "uploads"


def index_names() -> list[str]:
    """Indexes and constraints of the ledger table."""
    with connection.cursor() as cursor:
        return sorted(connection.introspection.get_constraints(cursor, Entry._meta.db_table))


@pytest.mark.django_db(transaction=True)
def test_everything_of_the_town_is_in_the_database(hamlet: Town) -> None:
    before = index_names()
    load_town(hamlet)
    connection.check_constraints()
    assert Neighbourhood.objects.count() == 7
    assert Home.objects.count() == len(hamlet.homes)
    assert Tenancy.objects.count() == len(hamlet.tenancies)
    assert Tenant.objects.count() == sum(len(one.tenants) for one in hamlet.tenancies)
    assert Entry.objects.count() == sum(map(len, hamlet.ledgers))
    assert index_names() == before


@pytest.mark.django_db(transaction=True)
def test_a_ledger_comes_out_of_the_database_as_it_went_in(hamlet: Town) -> None:
    load_town(hamlet)
    place = max(range(len(hamlet.tenancies)), key=lambda at: sum(row.kind == 3 for row in hamlet.ledgers[at]))
    pk = Tenancy.objects.get(key=hamlet.tenancies[place].key).pk
    rows = convert.ledger(pk)
    wanted = hamlet.ledgers[place]
    first = min(row.id for row in rows) - 1
    for row in rows:
        meant = wanted[row.id - first - 1]
        assert (row.date, row.known, row.due, row.kind, row.component, row.amount) == (
            meant.day, meant.known, meant.due, meant.kind, meant.component, meant.amount,
        )  # fmt: skip
        assert (row.reverses or first) - first == meant.reverses
        assert (row.designates or first) - first == meant.designates
    at = position(convert.core_entries(rows), TODAY)
    owed = sum(row.amount if row.kind in (1, 3, 4, 5) else -row.amount for row in wanted)
    assert at.balance == owed


def test_codes_are_those_of_the_database() -> None:
    """The town is made without Django; its codes must be the same all the same."""
    assert KIND_CODES == convert.KIND_CODES
    assert COMPONENT_CODES == convert.COMPONENT_CODES


@pytest.mark.django_db(transaction=True)
def test_the_database_goes_on_counting_after_the_town(hamlet: Town) -> None:
    load_town(hamlet)
    one = Neighbourhood.objects.create(name="Nieuwe Kolk")
    entry = Entry.objects.create(
        tenancy=Tenancy.objects.first(), date=TODAY, known=TODAY, kind=1, amount=1, source=1, key="x"
    )
    assert one.pk > 7
    assert entry.pk > sum(map(len, hamlet.ledgers))


@pytest.mark.django_db(transaction=True)
def test_prepare_makes_a_town_with_staff_files_and_work_lists_and_only_once() -> None:
    said: list[str] = []
    report = prepare(TODAY, 4, said.append, homes=120)
    assert report.made
    assert any("nightly" in one for one in said)
    assert {path.suffix for path in report.folder.iterdir()} >= {".xml", ".csv", ".jsonl"}
    _staff_can_sign_in(report.password)
    _lists_have_content()
    _the_privacy_officer_has_work()
    again = prepare(TODAY, 4, said.append, homes=120)
    assert (again.made, again.password, again.entries) == (False, report.password, report.entries)
    assert AuditLine.objects.filter(action="demo_begun").count() == 1


def _staff_can_sign_in(password: str) -> None:
    assert User.objects.count() == len(STAFF) == 11
    marit = User.objects.get(username="marit")
    assert marit.check_password(password)
    assert [place.name for place in marit.neighbourhoods.all()] == ["Molenkwartier"]
    managers = User.objects.filter(role=Role.NEIGHBOURHOOD_MANAGER.value)
    assert sorted(place.name for user in managers for place in user.neighbourhoods.all()) == sorted(
        Neighbourhood.objects.values_list("name", flat=True)
    )


def _the_privacy_officer_has_work() -> None:
    """Two requests, of which one ends within ten days, and an emergency of another neighbourhood to judge."""
    soon, later = running_requests()
    assert (soon.request.kind, soon.request.days_left(TODAY)) == ("access", 8)
    assert (later.request.kind, later.identified) == ("objection", False)
    opened = EmergencyAccess.objects.get()
    assert opened.tenancy.neighbourhood not in opened.user.neighbourhoods.all()


def _lists_have_content() -> None:
    assert set(ImportRun.objects.values_list("state", flat=True)) == {"booked"}
    assert ImportProblem.objects.filter(solved=False).count() >= 5
    states = Counter(BankLine.objects.values_list("state", flat=True))
    assert states["booked"] > 0
    assert states["unknown"] > 0
    assert Standing.objects.filter(action__in=["visit", "call"]).exists()


@pytest.mark.django_db(transaction=True)
def test_another_day_replaces_the_town() -> None:
    prepare(TODAY, 4, homes=40)
    first = Entry.objects.count()
    report = prepare(date(2026, 11, 24), 4, homes=40)
    assert report.made
    assert 0 <= Entry.objects.count() - first < 60


@pytest.mark.django_db
def test_a_database_with_real_work_is_left_alone() -> None:
    Tenancy.objects.create(key="echt")
    with pytest.raises(Refused) as refused:
        prepare(TODAY, 4, homes=40)
    assert [one.code for one in refused.value.problems] == ["not-a-demo"]
    assert Tenancy.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_interrupted_demo_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("voordeur.demo.load.nightly", stop)
        with pytest.raises(KeyboardInterrupt):
            prepare(TODAY, 4, homes=40)
    assert prepare(TODAY, 4, homes=40).made


@pytest.mark.django_db(transaction=True)
def test_a_lost_password_is_made_anew() -> None:
    report = prepare(TODAY, 4, homes=40)
    (report.folder / "password").unlink()
    again = prepare(TODAY, 4, homes=40)
    assert not again.made
    assert again.password != report.password
    assert User.objects.get(username="tarek").check_password(again.password)


def test_what_a_small_town_is_made_of_does_not_depend_on_the_database() -> None:
    assert make_town(1, TODAY, homes=3).ledgers == make_town(1, TODAY, homes=3).ledgers
