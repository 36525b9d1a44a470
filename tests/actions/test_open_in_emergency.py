"""Danger now: one exact address, one reason, one hour; every try and every look is a line, and somebody judges it."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.actions.town import TODAY, SmallTown, small_town
from voordeur.actions import open_in_emergency
from voordeur.actions.look_in_log import look_in_log
from voordeur.actions.open_file import open_file
from voordeur.actions.plan_contact import plan_contact
from voordeur.core.access import Role
from voordeur.core.contacts import Channel
from voordeur.core.emergency import OPEN_MINUTES, TRIES_AN_HOUR, Judgement
from voordeur.core.problems import Refused
from voordeur.store.models import AuditLine, EmergencyAccess, Home, Tenancy, Tenant, User
from voordeur.store.queries.log import LogSearch
from voordeur.store.queries.privacy import emergencies

pytestmark = pytest.mark.django_db
REASON = "Er komt rook uit het raam en niemand doet open."


@pytest.fixture
def place() -> SmallTown:
    town = small_town()
    Home.objects.update(postcode="1234 AB")
    Tenant.objects.filter(tenancy=town.oudshoven).update(phone="06 00 00 44 00")
    return town


@pytest.fixture
def officer() -> User:
    return User.objects.create(username="noor", role=Role.PRIVACY_OFFICER)


def open_it(
    user: User, number: int = 6, reason: str = REASON, now: datetime | None = None, postcode: str = "1234ab"
) -> open_in_emergency.Opened:
    """Lindelaan 6 lies in the neighbourhood of somebody else."""
    return open_in_emergency.open_in_emergency(
        user, postcode=postcode, number=number, addition="", reason=reason, today=TODAY,
        now=now or timezone.now(),
    )  # fmt: skip


def refusal(deed: object) -> str:
    with pytest.raises(Refused) as refused:
        deed()  # type: ignore[operator]
    return refused.value.problems[0].code


def test_who_lives_there_is_seen_for_an_hour_and_every_look_is_written_down(place: SmallTown) -> None:
    now = timezone.now()
    opened = open_it(place.manager, now=now)
    assert opened.access is not None
    assert opened.tenancy == place.oudshoven.pk
    file = open_in_emergency.look(place.manager, opened.access, now)
    assert [(one.name, one.phone) for one in file.residents] == [("P. Oudshoven", "06 00 00 44 00")]
    assert file.address == "Lindelaan 6"
    open_in_emergency.look(place.manager, opened.access, now + timedelta(minutes=OPEN_MINUTES - 1))
    over = now + timedelta(minutes=OPEN_MINUTES)
    assert refusal(lambda: open_in_emergency.look(place.manager, opened.access, over)) == "emergency-over"
    lines = AuditLine.objects.filter(subject=f"tenancy:{place.oudshoven.pk}").order_by("pk")
    assert [line.action for line in lines] == ["emergency_open", "emergency_look", "emergency_look"]
    assert {line.purpose for line in lines} == {"emergency"}
    assert EmergencyAccess.objects.get().looks == 2


def test_it_opens_nothing_else(place: SmallTown) -> None:
    """Neither the file with the money, nor a deed, nor what a colleague opened."""
    manager, tenancy = place.manager, place.oudshoven
    opened = open_it(manager)
    assert refusal(lambda: open_file(manager, tenancy.pk, TODAY)) == "not-found"
    assert (
        refusal(
            lambda: plan_contact(manager, tenancy.pk, TODAY, channel=Channel.VISIT, day=TODAY, who=manager.pk)
        )
        == "not-found"
    )
    other = User.objects.create(username="joost", role=Role.NEIGHBOURHOOD_MANAGER)
    now = timezone.now()
    assert refusal(lambda: open_in_emergency.look(other, opened.access or 0, now)) == "not-found"
    assert refusal(lambda: open_in_emergency.look(other, 999_999, now)) == "not-found"


@pytest.mark.parametrize(
    ("number", "postcode"), [(7, "1234 AB"), (6, "1234 AC"), (6, "1234"), (6, "Lindelaan")]
)
def test_an_address_without_a_tenant_and_one_too_vague_get_the_same_answer(
    number: int, postcode: str, place: SmallTown
) -> None:
    assert refusal(lambda: open_it(place.manager, number, postcode=postcode)) == "no-such-home"


def test_who_left_is_not_there_and_two_behind_one_number_are_not_guessed(place: SmallTown) -> None:
    Tenancy.objects.filter(pk=place.oudshoven.pk).update(end="2026-11-22")
    assert refusal(lambda: open_it(place.manager)) == "no-such-home"
    Tenancy.objects.filter(pk=place.oudshoven.pk).update(end=None)
    Tenancy.objects.create(key="2", home=place.oudshoven.home, neighbourhood=place.havenkant)
    assert refusal(lambda: open_it(place.manager)) == "no-such-home"


def test_going_through_a_street_stops_and_every_try_is_written_down(place: SmallTown) -> None:
    now = timezone.now()
    for number in range(100, 100 + TRIES_AN_HOUR):
        assert refusal(lambda number=number: open_it(place.manager, number)) == "no-such-home"
    assert refusal(lambda: open_it(place.manager)) == "too-often", "an address that is there, too"
    assert AuditLine.objects.filter(action="emergency_try", purpose="emergency").count() == TRIES_AN_HOUR + 1
    assert open_it(place.manager, now=now + timedelta(minutes=61)).access is not None
    other = User.objects.create(username="joost", role=Role.NEIGHBOURHOOD_MANAGER)
    assert open_it(other).access is not None, "a colleague who can help is not kept out"


def test_a_reason_that_says_nothing_opens_nothing_and_is_no_try(place: SmallTown) -> None:
    assert refusal(lambda: open_it(place.manager, reason="nood")) == "reason-too-short"
    assert not AuditLine.objects.exists()


def test_what_the_own_work_opens_needs_no_emergency(place: SmallTown) -> None:
    opened = open_it(place.manager, number=14)
    assert (opened.tenancy, opened.access) == (place.veldhuizer.pk, None)
    assert not EmergencyAccess.objects.exists()


@pytest.mark.parametrize("role", [Role.CONSULTANT, Role.ADMINISTRATOR, Role.PRIVACY_OFFICER])
def test_other_roles_have_no_such_way_in(role: Role, place: SmallTown) -> None:
    other = User.objects.create(username="ander", role=role)
    assert refusal(lambda: open_it(other)) == "not-allowed"


def test_the_privacy_officer_sees_each_and_judges_it_once(place: SmallTown, officer: User) -> None:
    now = timezone.now()
    first, second = open_it(place.manager), open_it(place.manager)
    assert [line.id for line in emergencies(judged=False)] == [first.access, second.access]
    assert emergencies(judged=False)[0].reason == REASON
    open_in_emergency.judge(officer, first.access or 0, Judgement.JUSTIFIED, "Goed gedaan.", now)
    assert [line.id for line in emergencies(judged=False)] == [second.access]
    assert [line.judgement for line in emergencies(judged=True)] == [Judgement.JUSTIFIED]
    again = Judgement.NOT_JUSTIFIED
    assert (
        refusal(lambda: open_in_emergency.judge(officer, first.access or 0, again, "", now))
        == "judged-before"
    )
    assert (
        refusal(lambda: open_in_emergency.judge(place.manager, second.access or 0, again, "", now))
        == "not-allowed"
    )


# --- the log ---


def test_what_was_not_allowed_is_shut_at_once_and_nobody_judges_the_own_deed(
    place: SmallTown, officer: User
) -> None:
    now = timezone.now()
    access = open_it(place.manager, now=now).access or 0
    User.objects.filter(pk=place.manager.pk).update(role=Role.PRIVACY_OFFICER)
    judge = User.objects.get(pk=place.manager.pk)
    assert (
        refusal(lambda: open_in_emergency.judge(judge, access, Judgement.JUSTIFIED, "", now))
        == "own-emergency"
    )
    User.objects.filter(pk=place.manager.pk).update(role=Role.NEIGHBOURHOOD_MANAGER)
    open_in_emergency.look(place.manager, access, now)
    open_in_emergency.judge(officer, access, Judgement.NOT_JUSTIFIED, "Er was niets.", now)
    assert refusal(lambda: open_in_emergency.look(place.manager, access, now)) == "emergency-over"


def test_who_reads_a_reason_is_written_down(place: SmallTown, officer: User) -> None:
    access = open_it(place.manager).access or 0
    assert open_in_emergency.read_reason(officer, access).reason == REASON
    line = AuditLine.objects.order_by("-id")[0]
    assert (line.action, line.actor, line.purpose) == ("see_emergency", officer, "rights")
    assert line.subject == f"tenancy:{place.oudshoven.pk}"
    assert refusal(lambda: open_in_emergency.read_reason(officer, access + 1)) == "not-found"
    assert refusal(lambda: open_in_emergency.read_reason(place.manager, access)) == "not-allowed"


def test_the_log_is_searched_by_household_colleague_and_period(place: SmallTown, officer: User) -> None:
    open_it(place.manager)
    open_file(place.consultant, place.de_wit.pk, TODAY)
    by_household = look_in_log(officer, LogSearch(key="104419"), 1)
    assert [(line.did.nl, line.key) for line in by_household.lines] == [
        ("opende een dossier in een noodgeval", "104419")
    ]
    by_colleague = look_in_log(officer, LogSearch(member=place.consultant.pk), 1)
    assert [line.did.nl for line in by_colleague.lines] == ["bekeek het dossier"]
    both = look_in_log(officer, LogSearch(key="104419", member=place.consultant.pk), 1)
    assert both.in_all == 0
    yesterday = timezone.localdate() - timedelta(days=1)
    assert look_in_log(officer, LogSearch(key="104419", last=yesterday), 1).in_all == 0
    assert look_in_log(officer, LogSearch(key="104419", first=yesterday), 1).in_all > 0


def test_a_search_in_the_log_is_a_line_in_the_log(place: SmallTown, officer: User) -> None:
    look_in_log(officer, LogSearch(), 1)
    assert not AuditLine.objects.filter(action="see_log").exists(), "an empty page shows nobody"
    look_in_log(officer, LogSearch(key="104419"), 1)
    line = AuditLine.objects.get(action="see_log")
    assert (line.subject, line.purpose) == (f"tenancy:{place.oudshoven.pk}", "rights")
    assert refusal(lambda: look_in_log(place.consultant, LogSearch(key="104419"), 1)) == "not-allowed"
