"""Accounts, files on persons and the log that both leave behind."""

from datetime import date

import pytest
from django.db import connection

from tests.actions.town import TODAY, SmallTown, entry, rent_paid_until, small_town
from voordeur.actions.assess import assess
from voordeur.actions.audit import first_break, write_line
from voordeur.actions.look_up import look_up
from voordeur.actions.open_file import open_file
from voordeur.actions.show_worklist import show_worklist
from voordeur.actions.staff import add_member, change_member, new_password
from voordeur.core.access import Role
from voordeur.core.problems import Refused
from voordeur.store.append_only import unlocked
from voordeur.store.models import AuditLine, Entry, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> SmallTown:
    town = small_town()
    rent_paid_until(town.veldhuizer, 24, date(2026, 9, 1), 655_15)
    for month in (10, 11):
        entry(town.veldhuizer, date(2026, month, 1), Entry.Kind.CHARGE, 655_15)
    entry(town.oudshoven, date(2026, 9, 1), Entry.Kind.CHARGE, 598_00)
    assess([town.veldhuizer.pk, town.oudshoven.pk], TODAY)
    return town


def refused_code(call: object, *args: object, **more: object) -> str:
    with pytest.raises(Refused) as refused:
        call(*args, **more)  # type: ignore[operator]
    return refused.value.problems[0].code


def test_who_looks_at_a_file_is_written_down_with_the_purpose(town: SmallTown) -> None:
    file = open_file(town.manager, town.veldhuizer.pk, TODAY)
    assert file.standing is not None
    line = AuditLine.objects.get(action="open_file")
    assert (line.actor, line.purpose, line.subject) == (
        town.manager,
        "visit",
        f"tenancy:{town.veldhuizer.pk}",
    )


def test_another_neighbourhood_and_no_tenancy_at_all_get_the_same_answer(town: SmallTown) -> None:
    elsewhere = refused_code(open_file, town.manager, town.oudshoven.pk, TODAY)
    nowhere = refused_code(open_file, town.manager, 999_999, TODAY)
    assert elsewhere == nowhere == "not-found"
    assert not AuditLine.objects.filter(action="open_file").exists()


def test_an_administrator_opens_no_files(town: SmallTown) -> None:
    assert refused_code(open_file, town.administrator, town.veldhuizer.pk, TODAY) == "not-allowed"


def test_a_closed_account_may_nothing(town: SmallTown) -> None:
    town.consultant.is_active = False
    assert refused_code(open_file, town.consultant, town.veldhuizer.pk, TODAY) == "not-allowed"


def test_an_account_is_made_with_a_password_that_is_shown_once(town: SmallTown) -> None:
    member, password = add_member(
        town.administrator, username="nienke", first_name="Nienke", last_name="Postmus",
        role=Role.NEIGHBOURHOOD_MANAGER, neighbourhoods=[town.havenkant.pk],
    )  # fmt: skip
    assert member.check_password(password)
    assert len(password) == 19
    assert list(member.neighbourhoods.all()) == [town.havenkant]
    again = refused_code(
        add_member, town.administrator, username="Nienke", first_name="", last_name="", role=Role.MANAGER
    )
    assert again == "username-taken"


def test_only_an_administrator_makes_accounts(town: SmallTown) -> None:
    for user in (town.manager, town.consultant):
        code = refused_code(add_member, user, username="x", first_name="", last_name="", role=Role.MANAGER)
        assert code == "not-allowed"


def test_nobody_takes_away_their_own_role(town: SmallTown) -> None:
    code = refused_code(
        change_member, town.administrator, town.administrator.pk,
        role=Role.CONSULTANT, neighbourhoods=[], weekly_visits=0, active=True,
    )  # fmt: skip
    assert code == "own-account"


def test_a_member_is_changed_and_gets_a_new_password(town: SmallTown) -> None:
    change_member(
        town.administrator, town.manager.pk,
        role=Role.NEIGHBOURHOOD_MANAGER, neighbourhoods=[town.havenkant.pk], weekly_visits=6, active=True,
    )  # fmt: skip
    password = new_password(town.administrator, town.manager.pk)
    member = User.objects.get(pk=town.manager.pk)
    assert (member.weekly_visits, member.check_password(password)) == (6, True)
    assert open_file(member, town.oudshoven.pk, TODAY) is not None


def test_the_work_list_of_the_command_line_holds_no_names(town: SmallTown) -> None:
    rows = show_worklist("marit", "nl")
    assert [row["address"] for row in rows] == ["Molenstraat 14"]
    assert "Veldhuizer" not in str(rows)
    assert refused_code(show_worklist, "tarek", "nl") == "no-such-manager"


def test_the_log_is_one_chain_and_a_change_in_it_is_found(town: SmallTown) -> None:
    for number in range(5):
        write_line(None, "test", data={"number": number})
    assert first_break() is None
    third = AuditLine.objects.order_by("id")[2]
    with unlocked(connection):
        AuditLine.objects.filter(pk=third.pk).update(data={"number": 99})
    assert first_break() == third.pk


def test_a_search_is_written_down_but_not_what_was_typed(town: SmallTown) -> None:
    assert [one.address for one in look_up(town.manager, "Veldhuizer")] == ["Molenstraat 14"]
    assert look_up(town.manager, "Oudshoven") == ()  # of another neighbourhood
    lines = AuditLine.objects.filter(action="search")
    assert [line.data for line in lines.order_by("id")] == [{"found": 1}, {"found": 0}]
    assert "Veldhuizer" not in str(list(lines.values()))
    assert refused_code(look_up, town.administrator, "Veldhuizer") == "not-allowed"
