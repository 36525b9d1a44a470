"""The check in the house: nothing is kept without a yes, amounts come from no form, and what is kept can go at once."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.web.factories import TODAY, Town, town
from voordeur.actions import field_events, keep_scheme_check, print_schemes
from voordeur.actions.check_schemes import scheme_talk
from voordeur.actions.follow_scheme import follow_scheme
from voordeur.actions.keep_scheme_check import Kept, keep_check, take_away
from voordeur.core.problems import Refused
from voordeur.core.schemes.follow_up import Step, TaskState
from voordeur.store.benefits_pending import pending_benefits
from voordeur.store.models import AuditLine, SchemeCheck, SchemeTask, Tenancy
from voordeur.store.queries import schemes as queries

SAID: list[dict[str, object]] = [
    {"about": "receives", "answer": []}, {"about": "partner", "answer": False}, {"about": "children", "answer": []},
    {"about": "others", "answer": []}, {"about": "born", "answer": {"born": "1990-04-02"}},
    {"about": "income", "answer": {"amount": 1_700_00, "per": "month-benefit"}},
    {"about": "assets", "answer": "0-800000"}, {"about": "insured", "answer": "all"},
]  # fmt: skip


@pytest.fixture
def place(db: None) -> Town:
    return town()


def kept(**other: Any) -> Kept:
    return replace(Kept(uuid4(), TODAY, SAID, "nl", True), **other)


def keep(place: Town, **other: Any) -> SchemeCheck:
    return keep_check(place.consultant, place.in_parts.pk, kept(**other), TODAY)


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refusal.value.problems]


def test_a_talk_leaves_nothing_but_a_line_that_there_was_one(place: Town) -> None:
    tenancy, before = place.in_parts.pk, AuditLine.objects.count()
    shown = scheme_talk(place.consultant, tenancy, TODAY, "nl")
    fields = {"press": ["next"], "number": ["0"], "about": ["receives"], "answer": ["zorgtoeslag"]}
    shown = scheme_talk(place.consultant, tenancy, TODAY, "nl", sealed=str(shown["sealed"]), fields=fields)
    assert shown["number"] == 1
    assert SchemeCheck.objects.count() == SchemeTask.objects.count() == 0
    lines = AuditLine.objects.order_by("pk")[before:]
    assert [(one.action, one.subject, one.data) for one in lines] == [
        ("check_schemes", f"tenancy:{tenancy}", {})
    ] * 2
    assert "zorgtoeslag" not in str(shown["sealed"])


def test_a_talk_opens_for_nobody_else_and_at_no_other_household(place: Town) -> None:
    sealed = str(scheme_talk(place.consultant, place.in_parts.pk, TODAY, "nl")["sealed"])
    for user, tenancy in ((place.manager, place.in_parts), (place.consultant, place.first_door)):
        with pytest.raises(Refused) as refusal:
            scheme_talk(user, tenancy.pk, TODAY, "nl", sealed=sealed)
        assert codes(refusal) == ["talk-lost"]


def test_without_a_yes_nothing_is_kept(place: Town) -> None:
    with pytest.raises(Refused) as refusal:
        keep(place, consent=False)
    assert codes(refusal) == ["no-consent"]
    assert SchemeCheck.objects.count() == 0


@pytest.mark.parametrize("days", [-1, 32])
def test_a_check_of_another_day_is_not_kept(place: Town, days: int) -> None:
    with pytest.raises(Refused) as refusal:
        keep(place, day=TODAY - timedelta(days=days))
    assert codes(refusal) == ["day-of-check"]


def test_what_is_kept_is_calculated_here_and_kept_once(place: Town) -> None:
    row = keep(place)
    assert keep_check(place.consultant, place.in_parts.pk, kept(id=row.pk, said=[]), TODAY) == row
    assert SchemeCheck.objects.count() == 1
    tasks = {one.scheme: one for one in row.tasks.all()}
    assert set(tasks) == {"huurtoeslag", "zorgtoeslag"}
    assert row.low == sum(one.low for one in tasks.values())
    assert 0 < tasks["huurtoeslag"].low < tasks["huurtoeslag"].high
    assert tasks["huurtoeslag"].apply_by == date(TODAY.year + 1, 12, 31)
    assert row.known["rent"] == place.in_parts.rent


def test_the_answers_are_encrypted_in_the_database(place: Town) -> None:
    from django.db import connection

    row = keep(place)
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM store_schemecheck")
        (raw,) = cursor.fetchone()
    assert raw.startswith("v1:")
    assert "income" not in raw
    assert json.loads(SchemeCheck.objects.get(pk=row.pk).answers) == SAID


def test_taking_the_yes_back_takes_everything_away(place: Town) -> None:
    row = keep(place)
    assert take_away(place.manager, row.pk, TODAY) == place.in_parts.pk
    assert SchemeCheck.objects.count() == SchemeTask.objects.count() == 0
    line = AuditLine.objects.order_by("-pk")[0]
    assert (line.action, line.data) == ("take_away_scheme_check", {"check": str(row.pk)})


def test_applied_granted_refused_and_what_that_adds(place: Town) -> None:
    row = keep(place)
    housing, care = row.tasks.get(scheme="huurtoeslag"), row.tasks.get(scheme="zorgtoeslag")
    tenancy = place.in_parts.pk
    assert queries.expected_extra(tenancy, TODAY) is None, "advice is no money"
    follow_scheme(place.manager, housing.pk, Step(TaskState.APPLIED, TODAY), TODAY)
    assert pending_benefits() == pending_benefits([tenancy]) == {tenancy}
    found = queries.expected_extra(tenancy, TODAY)
    assert found is not None
    assert (found.low, found.high, found.since) == (0, housing.high, None)
    assert found.expected_from == date(2026, 12, 1)

    since = TODAY.replace(day=1)
    follow_scheme(place.manager, housing.pk, Step(TaskState.GRANTED, TODAY, 345_00, since), TODAY)
    follow_scheme(place.manager, care.pk, Step(TaskState.REFUSED, TODAY), TODAY)
    found = queries.expected_extra(tenancy, TODAY)
    assert found is not None
    assert (found.low, found.high, found.since, found.expected_from) == (345_00, 345_00, since, None)
    assert queries.extra_of(queries.kept_checks(tenancy), TODAY) == found
    assert pending_benefits() == set()
    assert queries.task_page(place.manager, TODAY).in_all == 0
    assert queries.task_page(place.manager, TODAY, states=[TaskState.REFUSED]).in_all == 1


def test_a_new_check_goes_on_with_what_runs_and_drops_what_is_of_no_use_now(place: Town) -> None:
    old = keep(place)
    housing, care = old.tasks.get(scheme="huurtoeslag"), old.tasks.get(scheme="zorgtoeslag")
    follow_scheme(place.manager, housing.pk, Step(TaskState.APPLIED, TODAY), TODAY)
    rich = [one | {"answer": {"amount": 3_400_00, "per": "month-work"}} if one["about"] == "income" else one
            for one in SAID]  # fmt: skip
    keep(place, said=rich)
    housing.refresh_from_db()
    care.refresh_from_db()
    assert (housing.state, care.state) == (TaskState.APPLIED, TaskState.DROPPED)
    new = keep(place)
    housing.refresh_from_db()
    assert (housing.state, housing.check_of_id) == (TaskState.APPLIED, new.pk)
    assert new.tasks.get(scheme="zorgtoeslag").state == TaskState.ADVISED
    assert SchemeTask.objects.filter(tenancy=place.in_parts, state=TaskState.APPLIED).count() == 1


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (Step(TaskState.GRANTED, TODAY, None, TODAY), "amount-missing"),
        (Step(TaskState.GRANTED, TODAY, 100_00, None), "since-missing"),
        (Step(TaskState.GRANTED, TODAY, 6_000_00, TODAY), "amount-strange"),
        (Step(TaskState.APPLIED, TODAY, 100_00), "amount-too-soon"),
        (Step(TaskState.APPLIED, TODAY + timedelta(days=1)), "day-of-step"),
        (Step(TaskState.APPLIED, TODAY - timedelta(days=1)), "day-of-step"),
    ],
)
def test_a_step_that_cannot_be_is_refused(place: Town, step: Step, code: str) -> None:
    task = keep(place).tasks.get(scheme="huurtoeslag")
    with pytest.raises(Refused) as refusal:
        follow_scheme(place.manager, task.pk, step, TODAY)
    assert codes(refusal) == [code]
    task.refresh_from_db()
    assert task.state == TaskState.ADVISED


def test_a_list_shows_only_the_own_neighbourhoods(place: Town) -> None:
    keep_check(place.consultant, place.elsewhere.pk, kept(), TODAY)
    assert queries.task_page(place.manager, TODAY).in_all == 0
    assert queries.task_page(place.consultant, TODAY).in_all == 2


def test_the_page_on_paper_is_made_of_a_talk_and_of_a_kept_check(place: Town) -> None:
    sealed = str(scheme_talk(place.consultant, place.in_parts.pk, TODAY, "nl")["sealed"])
    assert print_schemes.print_talk(place.consultant, place.in_parts.pk, TODAY, "nl", sealed).startswith(
        b"%PDF"
    )
    row = keep(place)
    assert print_schemes.print_kept(place.consultant, row.pk, TODAY, "en").startswith(b"%PDF")
    SchemeCheck.objects.update(answers="")
    with pytest.raises(Refused) as refusal:
        print_schemes.print_kept(place.consultant, row.pk, TODAY, "en")
    assert codes(refusal) == ["answers-erased"]


def test_a_phone_delivers_a_check_and_says_yes_itself(place: Town) -> None:
    tenancy = Tenancy.objects.get(pk=place.in_parts.pk)
    payload = {"day": TODAY.isoformat(), "said": SAID, "language": "en", "consent": True}
    number = uuid4()
    for _ in range(2):
        keep_scheme_check.from_phone(place.manager, tenancy, payload, number, TODAY)
    assert SchemeCheck.objects.get().language == "en"
    for wrong in ({"consent": False}, {"day": "gisteren"}, {"said": "alles"}):
        with pytest.raises(Refused):
            keep_scheme_check.from_phone(place.manager, tenancy, payload | wrong, uuid4(), TODAY)
    assert SchemeCheck.objects.count() == 1
    assert "scheme_check" in field_events.HANDLERS
