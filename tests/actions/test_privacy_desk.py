"""What the privacy officer's desk tells: looks that stand out, how the log was found each night, accounts unused."""

from datetime import date, datetime, time, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone

from tests.actions.town import TODAY, SmallTown, small_town
from voordeur.actions.audit import write_line
from voordeur.actions.close_unused import UNUSED_DAYS, close_unused
from voordeur.actions.look_in_log import see_standouts
from voordeur.actions.nightly import nightly
from voordeur.actions.verify_audit import keep_verdict
from voordeur.core.access import Role
from voordeur.core.problems import Refused
from voordeur.store.append_only import unlocked
from voordeur.store.models import AuditCheck, AuditLine, Case, Tenancy, Tenant, User
from voordeur.store.queries.looks import log_health

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def place() -> SmallTown:
    return small_town()


@pytest.fixture
def officer() -> User:
    return User.objects.create(username="noor", role=Role.PRIVACY_OFFICER)


def looked(user: User, tenancy: Tenancy, day: date, hour: int, purpose: str = "collection") -> AuditLine:
    """A line of the log as it was written then."""
    at = datetime.combine(day, time(hour, 14), AMSTERDAM)
    with patch("django.utils.timezone.now", return_value=at):
        return write_line(user, "open_file", subject=f"tenancy:{tenancy.pk}", purpose=purpose)


YESTERDAY = TODAY - timedelta(days=3)
"""A Friday: today is a Monday."""


def test_what_stood_out_this_week_with_who_and_why(place: SmallTown, officer: User) -> None:
    User.objects.filter(pk=place.consultant.pk).update(last_name="Veldhuizer", first_name="Tarek")
    Tenant.objects.filter(tenancy=place.veldhuizer).update(name="mevrouw B. Veldhuizer")
    looked(place.consultant, place.veldhuizer, TODAY - timedelta(days=9), 10)
    looked(place.consultant, place.veldhuizer, YESTERDAY, 11)
    looked(place.consultant, place.de_wit, YESTERDAY, 10)
    looked(place.consultant, place.de_wit, YESTERDAY, 23)
    looked(officer, place.de_wit, YESTERDAY, 23, purpose="rights")
    found = see_standouts(officer, TODAY)
    assert found.in_all == 3, "what is older than a week, or for a request, is left out"
    assert [(one.who, one.key, one.why.nl) for one in found.lines] == [
        ("Tarek Veldhuizer", place.de_wit.key, "Om 23:14, buiten de gewone uren."),
        ("Tarek Veldhuizer", place.veldhuizer.key, "Zelfde achternaam als de huurder."),
    ]
    line = AuditLine.objects.order_by("-id")[0]
    assert (line.actor, line.action, line.purpose) == (officer, "see_standouts", "rights")


@pytest.mark.parametrize("name", ["B. van Veldhuizer", "Veldhuizer-Smit", "Veldhuizers", ""])
def test_another_name_is_another_name(name: str, place: SmallTown, officer: User) -> None:
    User.objects.filter(pk=place.consultant.pk).update(last_name="de Veldhuizer")
    Tenant.objects.filter(tenancy=place.veldhuizer).update(name=name)
    looked(place.consultant, place.veldhuizer, YESTERDAY, 11)
    assert see_standouts(officer, TODAY).lines == ()


def test_a_file_of_which_the_case_was_closed_long_ago(place: SmallTown, officer: User) -> None:
    case = Case.objects.create(
        tenancy=place.de_wit, number="2025-0001", opened_on=date(2025, 1, 2), overdue_since=date(2025, 1, 1),
        since=date(2025, 1, 2), state="closed", closed_on=date(2025, 9, 1),
    )  # fmt: skip
    looked(place.consultant, place.de_wit, YESTERDAY, 11)
    [line] = see_standouts(officer, TODAY).lines
    assert line.why.nl == "De zaak is al 14 maanden gesloten en er staat niets open."
    Case.objects.create(
        tenancy=place.de_wit, number="2026-0001", opened_on=TODAY, overdue_since=TODAY, since=TODAY,
        state="overdue", previous=case,
    )  # fmt: skip
    assert see_standouts(officer, TODAY).lines == (), "a case runs: then it is for work"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PRIVACY_OFFICER])
def test_nobody_else_sees_it(role: Role, place: SmallTown) -> None:
    somebody = User.objects.create(username="iemand", role=role)
    with pytest.raises(Refused):
        see_standouts(somebody, TODAY)


# --- the log at night ---


def test_every_night_the_log_is_checked_and_what_was_found_is_kept(place: SmallTown) -> None:
    write_line(place.consultant, "test")
    nightly(TODAY)
    nightly(TODAY)
    check = AuditCheck.objects.get()
    assert (check.day, check.problems) == (TODAY, 0)
    health = log_health(TODAY + timedelta(days=2))
    assert health.whole
    assert health.nights == (
        (TODAY, True),
        (TODAY + timedelta(days=1), None),
        (TODAY + timedelta(days=2), None),
    )


def test_a_line_that_was_changed_is_told_on_the_desk(place: SmallTown) -> None:
    line = write_line(place.consultant, "open_file", subject="tenancy:1")
    write_line(place.consultant, "test")
    assert keep_verdict(TODAY).problems == 0
    with unlocked(connection):
        AuditLine.objects.filter(pk=line.pk).update(actor=place.manager)
    assert keep_verdict(TODAY + timedelta(days=1)).problems == 1
    health = log_health(TODAY + timedelta(days=1))
    assert not health.whole
    assert health.first.nl == f"Regel {line.pk} is veranderd nadat hij geschreven was."
    assert [whole for _, whole in health.nights] == [True, False]


def test_an_end_that_was_cut_off_since_last_night_is_found_without_an_anchor_outside(
    place: SmallTown,
) -> None:
    for _ in range(3):
        last = write_line(place.consultant, "test")
    keep_verdict(TODAY)
    with unlocked(connection):
        AuditLine.objects.filter(pk=last.pk).delete()
    found = keep_verdict(TODAY + timedelta(days=1))
    assert found.problems == 1
    assert "Het einde is weggehaald" in found.first_nl


# --- accounts that nobody uses ---


def test_an_account_that_nobody_used_for_a_year_is_closed_once(place: SmallTown) -> None:
    long_ago = timezone.make_aware(datetime.combine(TODAY, time())) - timedelta(days=UNUSED_DAYS, hours=1)
    recently = long_ago + timedelta(hours=2)
    everybody = User.objects.order_by("pk")
    everybody.update(last_login=recently)
    gone = User.objects.create(username="weg", role=Role.CONSULTANT, last_login=long_ago)
    never = User.objects.create(username="nooit", role=Role.MANAGER)
    User.objects.filter(pk=never.pk).update(date_joined=long_ago)
    assert close_unused(TODAY) == 2
    assert set(everybody.filter(is_active=False)) == {gone, never}
    assert set(AuditLine.objects.values_list("action", "subject")) == {
        ("close_unused", f"user:{gone.pk}"), ("close_unused", f"user:{never.pk}"),
    }  # fmt: skip
    assert close_unused(TODAY) == 0


def test_an_account_that_was_opened_again_stays_open_and_so_does_the_last_administrator(
    place: SmallTown,
) -> None:
    long_ago = timezone.make_aware(datetime.combine(TODAY, time())) - timedelta(days=UNUSED_DAYS + 9)
    User.objects.update(last_login=long_ago)
    with patch("django.utils.timezone.now", return_value=long_ago + timedelta(days=10)):
        write_line(place.administrator, "change_member", subject=f"user:{place.consultant.pk}")
    close_unused(TODAY)
    opened = User.objects.filter(is_active=True)
    assert set(opened) == {place.consultant, place.administrator}
