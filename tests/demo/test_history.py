"""The made-up past of the cases: lawful at every step, on working days before today, by who works there."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings

from voordeur.adapters.rules import load_calendar
from voordeur.core.access import Role
from voordeur.core.arrangements.values import KEPT
from voordeur.core.calendar import is_working_day
from voordeur.core.cases import EventKind, State
from voordeur.demo.load import prepare
from voordeur.store import convert_diary
from voordeur.store.models import Arrangement, Case, CaseEvent, Contact, Promise, Proposal, User

TODAY = date(2026, 11, 23)


@pytest.fixture
def _loaded(transactional_db: None, settings: LazySettings, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    settings.UPLOADS = tmp_path / "uploads"
    prepare(TODAY, 4, homes=260)


@pytest.mark.usefixtures("_loaded")
def test_the_past_is_one_that_could_have_been() -> None:
    """One loaded town, looked at from every side: loading it again for each question would take minutes."""
    every_case_reads_back_as_its_columns_say()
    nothing_happens_after_today_or_before_the_debt()
    people_work_on_working_days_in_their_own_neighbourhoods()
    no_signal_without_its_reminder()
    cases_have_begun_and_somebody_did_something()
    who_keeps_an_arrangement_is_left_alone()
    something_waits_for_everybody()


def every_case_reads_back_as_its_columns_say() -> None:
    for row in Case.objects.all():
        case = convert_diary.folded(convert_diary.events_of(row))
        assert case.state == row.state, row.number
        assert [event.day for event in case.history] == sorted(event.day for event in case.history)


def nothing_happens_after_today_or_before_the_debt() -> None:
    assert not CaseEvent.objects.filter(day__gt=TODAY).exists()
    assert not Contact.objects.filter(day__gt=TODAY).exists()
    for row in Case.objects.all():
        assert row.overdue_since < row.opened_on <= TODAY, row.number


def people_work_on_working_days_in_their_own_neighbourhoods() -> None:
    calendar = load_calendar()
    for contact in Contact.objects.select_related("by", "tenancy"):
        assert is_working_day(contact.day, calendar.terms), contact.day
        assert contact.by is not None
        if contact.by.role == Role.NEIGHBOURHOOD_MANAGER:
            assert contact.tenancy.neighbourhood in contact.by.neighbourhoods.all()


def no_signal_without_its_reminder() -> None:
    for event in CaseEvent.objects.filter(kind=EventKind.SIGNAL_SENT):
        reminders = CaseEvent.objects.filter(
            case=event.case, kind=EventKind.REMINDER_SENT, sequence__lt=event.sequence
        )
        assert any((event.day - one.day).days >= 14 for one in reminders), event.case.number


def cases_have_begun_and_somebody_did_something() -> None:
    """A town in which a third of the cases began this morning is not one that anybody works in."""
    cases = Case.objects.filter(closed_on=None)
    assert cases.filter(opened_on=TODAY).count() <= cases.count() // 10
    for row in cases.filter(opened_on__lte=TODAY - timedelta(days=14)):
        done = row.events.filter(kind__in=(EventKind.ATTEMPTED, EventKind.PLAN_AGREED))
        assert done.exists(), row.number
    assert len(set(cases.values_list("opened_on", flat=True))) >= min(8, cases.count() // 2), (
        "not all on one day"
    )


def who_keeps_an_arrangement_is_left_alone() -> None:
    """The case tells the same as the page of the arrangement."""
    running = Arrangement.objects.filter(state__in=KEPT).values_list("tenancy", flat=True)
    states = Case.objects.filter(closed_on=None, tenancy__in=running).values_list("state", flat=True)
    assert set(states) == {State.PLAN_ACTIVE}


def something_waits_for_everybody() -> None:
    states = set(Case.objects.filter(closed_on=None).values_list("state", flat=True))
    assert {State.OVERDUE, State.CONTACTING, State.IN_TALK} <= states
    assert Promise.objects.exists()
    assert not Proposal.objects.exclude(by__in=User.objects.filter(role=Role.CONSULTANT)).exists()
