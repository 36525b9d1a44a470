"""What the desk and the team page ask of the database: the right cases in the right order, in a few queries."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.actions.town import TODAY, SmallTown, entry, rent_paid_until, small_town
from voordeur.actions import decide
from voordeur.actions.follow import follow
from voordeur.actions.record_contact import Said, record_contact
from voordeur.core.access import Role
from voordeur.core.cases import Event, EventKind, HoldReason
from voordeur.core.contacts import Channel, ContactOutcome, DayPart
from voordeur.store import queries
from voordeur.store.models import Case, Cover, Entry, Standing, Tenancy, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> SmallTown:
    """Two households in arrears, the Veldhuizers by far the most; one that pays."""
    found = small_town()
    rent_paid_until(found.veldhuizer, 20, date(2026, 8, 1), 655_15)
    for month in (9, 10, 11):
        entry(found.veldhuizer, date(2026, month, 1), Entry.Kind.CHARGE, 655_15)
    rent_paid_until(found.oudshoven, 20, date(2026, 10, 1), 598_00)
    entry(found.oudshoven, date(2026, 11, 1), Entry.Kind.CHARGE, 598_00)
    rent_paid_until(found.de_wit, 22, date(2026, 11, 1), 598_00)
    follow(Tenancy.objects.values_list("pk", flat=True), TODAY)
    return found


def promise(town: SmallTown, tenancy: Tenancy, until: date) -> None:
    """The tenant says when the money comes."""
    said = Said(
        uuid4(), TODAY, Channel.PHONE, ContactOutcome.PROMISED, DayPart.MORNING, reached=True,
        promise_until=until,
    )  # fmt: skip
    record_contact(town.consultant, tenancy.pk, said, TODAY)


def addresses(lines: object) -> list[str]:
    return [line.address for line in lines]  # type: ignore[attr-defined]


class TestTheDesk:
    def test_has_every_open_case_once_under_its_step(self, town: SmallTown) -> None:
        desk = queries.desk(TODAY)
        listed = [line.tenancy for _step, lines, _n in desk.steps for line in lines]
        assert sorted(listed) == sorted([town.veldhuizer.pk, town.oudshoven.pk])
        assert desk.in_all == sum(n for _step, _lines, n in desk.steps) == 2

    def test_says_how_many_there_are_when_it_shows_fewer(self, town: SmallTown) -> None:
        desk = queries.desk(TODAY, shown=0)
        assert [lines for _step, lines, _n in desk.steps] == [()] * len(desk.steps)
        assert desk.in_all == 2

    def test_of_one_colleague_has_only_the_own_cases(self, town: SmallTown) -> None:
        decide.take_on(town.consultant, town.oudshoven.pk, TODAY)
        promise(town, town.veldhuizer, TODAY)
        own = queries.desk(TODAY, owners={town.consultant.pk})
        assert own.in_all == 1
        assert own.promises == ()

    def test_a_promise_stands_there_when_it_ends_within_a_week(self, town: SmallTown) -> None:
        promise(town, town.veldhuizer, TODAY + timedelta(days=7))
        promise(town, town.oudshoven, TODAY + timedelta(days=8))
        assert addresses(queries.desk(TODAY).promises) == ["Molenstraat 14"]
        assert addresses(queries.desk(TODAY + timedelta(days=1)).promises) == [
            "Molenstraat 14",
            "Lindelaan 6",
        ]

    def test_a_promise_that_is_kept_is_no_work_and_a_broken_one_is(self, town: SmallTown) -> None:
        friday = TODAY + timedelta(days=4)
        promise(town, town.veldhuizer, friday)
        promise(town, town.oudshoven, friday)
        entry(town.oudshoven, friday, Entry.Kind.PAYMENT, 598_00)
        follow([town.oudshoven.pk], friday)
        [line] = queries.desk(friday + timedelta(days=1)).promises
        assert (line.address, line.words.nl) == (
            "Molenstraat 14",
            "€\N{NO-BREAK SPACE}1.965,45: niet nagekomen",
        )
        assert queries.desk(friday + timedelta(days=40)).promises == ()

    def test_who_stands_in_has_the_cases_of_the_colleague_who_is_away(self, town: SmallTown) -> None:
        colleague = User.objects.create(username="ben", role=Role.CONSULTANT)
        decide.take_on(town.consultant, town.veldhuizer.pk, TODAY, owner=colleague.pk)
        assert queries.works_for(town.consultant, TODAY) == {town.consultant.pk}
        Cover.objects.create(absent=colleague, cover=town.consultant, first=TODAY, last=TODAY)
        owners = queries.works_for(town.consultant, TODAY)
        assert queries.desk(TODAY, owners=owners).in_all == 1
        assert queries.works_for(town.consultant, TODAY + timedelta(days=1)) == {town.consultant.pk}

    def test_all_the_cases_of_a_step_stand_on_pages(self, town: SmallTown) -> None:
        Standing.objects.update(action="visit")
        first, second = (queries.desk_step("visit", page=page, size=1) for page in (1, 2))
        assert (first.in_all, first.pages, addresses(first.lines)) == (2, 2, ["Molenstraat 14"])
        assert addresses(second.lines) == ["Lindelaan 6"]
        assert queries.desk_step("visit", page=99, size=1).number == 2
        assert queries.desk_step("refer").lines == ()

    def test_a_hold_stands_there_when_it_ends_within_two_weeks(self, town: SmallTown) -> None:
        until = TODAY + timedelta(days=20)
        held = Event(
            EventKind.HELD, TODAY, reason="Geschil over de huur.", hold=HoldReason.DISPUTE, until=until,
            owner=str(town.consultant.pk),
        )  # fmt: skip
        decide.decide(town.consultant, town.veldhuizer.pk, held, TODAY)
        assert queries.desk(TODAY).holds == ()
        [line] = queries.desk(until - timedelta(days=14)).holds
        assert (line.day, line.owner) == (until, str(town.consultant))

    def test_a_proposal_waits_there_until_somebody_answers(self, town: SmallTown) -> None:
        off = Event(EventKind.WRITTEN_OFF, TODAY, reason="verjaard")
        proposal = decide.decide(town.consultant, town.veldhuizer.pk, off, TODAY)
        assert proposal is not None
        [line] = queries.desk(TODAY).waiting
        assert (line.tenancy, line.title.nl) == (town.veldhuizer.pk, "Boek af en sluit")
        decide.withdraw(town.consultant, proposal.pk, TODAY)
        assert queries.desk(TODAY).waiting == ()

    def test_an_answered_proposal_and_a_new_one_are_one_line(self, town: SmallTown) -> None:
        off = Event(EventKind.WRITTEN_OFF, TODAY, reason="verjaard")
        for _ in range(2):
            proposal = decide.decide(town.consultant, town.veldhuizer.pk, off, TODAY)
            assert proposal is not None
            decide.withdraw(town.consultant, proposal.pk, TODAY)
        decide.decide(town.consultant, town.veldhuizer.pk, off, TODAY)
        assert addresses(queries.desk(TODAY).waiting) == ["Molenstraat 14"]

    def test_a_closed_case_is_gone(self, town: SmallTown) -> None:
        Case.objects.filter(tenancy=town.oudshoven).update(closed_on=TODAY)
        assert queries.desk(TODAY).in_all == 1

    def test_takes_a_handful_of_queries(self, town: SmallTown) -> None:
        with CaptureQueriesContext(connection) as asked:
            queries.desk(TODAY)
        assert len(asked) <= 8


class TestTheTeam:
    def test_counts_visits_of_the_own_neighbourhoods_only(self, town: SmallTown) -> None:
        loads = {one.name: one for one in queries.team_load(TODAY)}
        assert set(loads) == {"marit", "tarek"}
        assert loads["marit"].places == "Molenkwartier"
        assert loads["marit"].doors + loads["marit"].calls == 1
        assert loads["tarek"].room == 0

    def test_counts_own_cases_that_are_open(self, town: SmallTown) -> None:
        for household in (town.veldhuizer, town.oudshoven):
            decide.take_on(town.consultant, household.pk, TODAY)
        Case.objects.filter(tenancy=town.oudshoven).update(closed_on=TODAY)
        assert [one.cases for one in queries.team_load(TODAY) if one.name == "tarek"] == [1]

    def test_shows_who_is_away_and_who_stands_in_until_the_last_day(self, town: SmallTown) -> None:
        ruben = User.objects.create(username="ruben", role=Role.NEIGHBOURHOOD_MANAGER)
        Cover.objects.create(
            absent=town.manager, cover=ruben, first=TODAY, last=TODAY + timedelta(days=2),
            made_by=town.administrator,
        )  # fmt: skip
        for days, who in ((0, "ruben"), (2, "ruben"), (3, "")):
            loads = {one.name: one for one in queries.team_load(TODAY + timedelta(days=days))}
            assert loads["marit"].stand_in == who

    def test_names_what_is_proposed_to_everybody_but_who_proposed_it(self, town: SmallTown) -> None:
        off = Event(EventKind.WRITTEN_OFF, TODAY, reason="verjaard")
        decide.decide(town.consultant, town.veldhuizer.pk, off, TODAY)
        head = User.objects.create(username="annelies", role=Role.MANAGER)
        [line] = queries.waiting_for_second(head)
        assert (line.address, line.title.nl) == ("Molenstraat 14", "Boek af en sluit")
        assert queries.waiting_for_second(town.consultant) == ()

    def test_takes_a_handful_of_queries(self, town: SmallTown) -> None:
        with CaptureQueriesContext(connection) as asked:
            queries.team_load(TODAY)
        assert len(asked) <= 6
