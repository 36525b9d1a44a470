"""A household in arrears has a case: begun by the ledger, moved by people, gated by the law."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from tests.actions.town import TODAY, SmallTown, entry, rent_paid_until, small_town
from voordeur.actions import case_book, decide
from voordeur.actions.follow import follow
from voordeur.actions.keep_agreement import keep_agreement
from voordeur.actions.keep_wish import keep_wish
from voordeur.actions.plan_contact import plan_contact
from voordeur.actions.record_contact import Said, record_contact
from voordeur.core.access import Role
from voordeur.core.cases import Event, EventKind, State
from voordeur.core.contacts import Channel, ContactException, ContactOutcome, DayPart
from voordeur.core.problems import Refused
from voordeur.store.models import Case, Contact, Entry, PlannedContact, Promise, Standing, Tenancy, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> SmallTown:
    """Three households; the Veldhuizers missed September, October and November."""
    found = small_town()
    rent_paid_until(found.veldhuizer, 20, date(2026, 8, 1), 655_15)
    for month in (9, 10, 11):
        entry(found.veldhuizer, date(2026, month, 1), Entry.Kind.CHARGE, 655_15)
    rent_paid_until(found.de_wit, 22, date(2026, 11, 1), 598_00)
    follow(Tenancy.objects.values_list("pk", flat=True), TODAY)
    return found


def said(**more: object) -> Said:
    """A visit this afternoon at which nobody was home, unless said otherwise."""
    values: dict[str, object] = {
        "id": uuid4(), "day": TODAY, "channel": Channel.VISIT, "part": DayPart.AFTERNOON,
        "outcome": ContactOutcome.NO_ANSWER,
    }  # fmt: skip
    return Said(**(values | more))  # type: ignore[arg-type]


def codes(refusal: pytest.ExceptionInfo[Refused]) -> set[str]:
    """What was lacking."""
    return {problem.code for problem in refusal.value.problems}


def the_case(tenancy: Tenancy) -> Case:
    """The open case."""
    return Case.objects.get(tenancy=tenancy, closed_on=None)


def test_arrears_begin_a_case_and_paying_tenants_have_none(town: SmallTown) -> None:
    case = the_case(town.veldhuizer)
    assert (case.number, case.state, case.overdue_since) == ("2026-0001", State.OVERDUE, date(2026, 9, 1))
    assert not Case.objects.filter(tenancy=town.de_wit).exists()


def test_following_twice_changes_nothing(town: SmallTown) -> None:
    before = list(Case.objects.values()), the_case(town.veldhuizer).events.count()
    follow([town.veldhuizer.pk], TODAY)
    assert (list(Case.objects.values()), the_case(town.veldhuizer).events.count()) == before


def test_a_contact_moves_the_case_and_counts_for_the_policy(town: SmallTown) -> None:
    record_contact(town.manager, town.veldhuizer.pk, said(), TODAY)
    assert the_case(town.veldhuizer).state == State.CONTACTING
    record_contact(
        town.manager,
        town.veldhuizer.pk,
        said(part=DayPart.EVENING, outcome=ContactOutcome.SPOKEN, reached=True, help_told=True),
        TODAY,
    )
    assert the_case(town.veldhuizer).state == State.IN_TALK


def test_the_same_contact_sent_twice_is_kept_once(town: SmallTown) -> None:
    once = said()
    record_contact(town.manager, town.veldhuizer.pk, once, TODAY)
    record_contact(town.manager, town.veldhuizer.pk, once, TODAY)
    assert Contact.objects.count() == 1
    assert the_case(town.veldhuizer).events.filter(kind=EventKind.ATTEMPTED).count() == 1


def test_everything_wrong_with_a_contact_is_said_at_once(town: SmallTown) -> None:
    wrong = said(day=TODAY + timedelta(days=1), part=None, outcome=ContactOutcome.SPOKEN)
    with pytest.raises(Refused) as refusal:
        record_contact(town.manager, town.veldhuizer.pk, wrong, TODAY)
    assert codes(refusal) == {"day-of-contact", "part-of-day", "outcome-does-not-fit"}
    assert not Contact.objects.exists()


def test_somebody_elses_household_looks_like_none(town: SmallTown) -> None:
    with pytest.raises(Refused) as refusal:
        record_contact(town.manager, town.oudshoven.pk, said(), TODAY)
    with pytest.raises(Refused) as missing:
        record_contact(town.manager, 999_999, said(), TODAY)
    assert codes(refusal) == codes(missing) == {"not-found"}


def test_a_promise_is_open_until_its_day_and_broken_the_day_after(town: SmallTown) -> None:
    friday = date(2026, 11, 27)
    record_contact(
        town.manager,
        town.veldhuizer.pk,
        said(outcome=ContactOutcome.PROMISED, reached=True, promise_until=friday, promise_amount=655_15),
        TODAY,
    )
    assert Promise.objects.get().amount == 655_15
    assert list(the_case(town.veldhuizer).terms.filter(kind="promise").values_list("day", flat=True)) == [
        friday
    ]
    assert Standing.objects.get(pk=town.veldhuizer.pk).action == "wait"
    follow([town.veldhuizer.pk], friday + timedelta(days=1))
    assert Standing.objects.get(pk=town.veldhuizer.pk).action != "wait"


def test_a_wish_blocks_planning_and_a_lawful_ground_lifts_it(town: SmallTown) -> None:
    keep_wish(town.manager, town.veldhuizer.pk, TODAY, channels=frozenset({Channel.PHONE}))
    plan = {"channel": Channel.VISIT, "day": TODAY, "who": town.manager.pk}
    with pytest.raises(Refused) as refusal:
        plan_contact(town.manager, town.veldhuizer.pk, TODAY, **plan)  # type: ignore[arg-type]
    assert codes(refusal) == {"against-wish"}
    plan_contact(
        town.manager,
        town.veldhuizer.pk,
        TODAY,
        **plan,
        exception=ContactException.THEY_ASKED,  # type: ignore[arg-type]
    )
    assert PlannedContact.objects.filter(done=None, dropped=None).count() == 1


def test_a_contact_against_a_wish_is_kept_with_what_made_it_lawful_or_that_it_was_not(
    town: SmallTown,
) -> None:
    keep_wish(town.manager, town.veldhuizer.pk, TODAY, leave_alone_until=TODAY + timedelta(days=30))
    with pytest.raises(Refused) as refusal:
        record_contact(town.manager, town.veldhuizer.pk, said(), TODAY)
    assert codes(refusal) == {"against-wish"}
    record_contact(town.manager, town.veldhuizer.pk, said(against_wish=True), TODAY)
    assert Contact.objects.get().exception == "against_wish"


def test_a_planned_visit_is_done_when_it_is_written_down(town: SmallTown) -> None:
    plan_contact(
        town.consultant, town.veldhuizer.pk, TODAY, channel=Channel.VISIT, day=TODAY, who=town.manager.pk
    )
    contact = record_contact(town.manager, town.veldhuizer.pk, said(), TODAY)
    assert PlannedContact.objects.get().done == contact


def test_no_signal_without_the_four_duties(town: SmallTown) -> None:
    keep_agreement(town.administrator, municipality="Lindewaard", first=date(2026, 1, 1), last=None)
    event = Event(
        EventKind.SIGNAL_SENT, TODAY, reason="hulp", evidence="x", municipality="Lindewaard", amount=1
    )
    with pytest.raises(Refused) as refusal:
        decide.decide(town.consultant, town.veldhuizer.pk, event, TODAY)
    assert codes(refusal) == {"forbidden-transition"}


def test_the_whole_lawful_way_to_a_signal(town: SmallTown) -> None:
    keep_agreement(town.administrator, municipality="Lindewaard", first=date(2026, 1, 1), last=None)
    household = town.veldhuizer.pk
    record_contact(town.manager, household, said(part=DayPart.MORNING), TODAY)
    talk = said(outcome=ContactOutcome.WANTS_HELP, reached=True, help_told=True)
    record_contact(town.manager, household, talk, TODAY)
    reminder = Event(
        EventKind.REMINDER_SENT, TODAY, evidence="brief 12", delivered=TODAY, offer=True, help_told=True
    )
    decide.decide(town.consultant, household, reminder, TODAY)
    assert the_case(town.veldhuizer).state == State.REMINDED
    follow([household], TODAY + timedelta(days=10))
    assert not the_case(town.veldhuizer).gate_open
    later = TODAY + timedelta(days=16)
    follow([household], later)
    case = the_case(town.veldhuizer)
    assert (case.state, case.gate_open) == (State.SIGNAL_ELIGIBLE, True)
    amount = Standing.objects.get(pk=household).overdue
    signal = Event(
        EventKind.SIGNAL_SENT,
        later,
        reason="wil hulp",
        evidence="ontvangst 7",
        municipality="Lindewaard",
        amount=amount,
    )
    decide.decide(town.consultant, household, signal, later)
    assert the_case(town.veldhuizer).state == State.SIGNALLED


def test_a_decision_for_two_waits_for_another_person(town: SmallTown) -> None:
    off = Event(EventKind.WRITTEN_OFF, TODAY, reason="verjaard")
    proposal = decide.decide(town.consultant, town.veldhuizer.pk, off, TODAY)
    assert proposal is not None
    assert the_case(town.veldhuizer).state == State.OVERDUE
    with pytest.raises(Refused) as refusal:
        decide.agree(town.consultant, proposal.pk, TODAY)
    assert codes(refusal) == {"own-proposal"}
    head = User.objects.create(username="annelies", role=Role.MANAGER)
    decide.agree(head, proposal.pk, TODAY)
    closed = Case.objects.get(tenancy=town.veldhuizer)
    assert (closed.state, closed.closed_on, closed.outcome) == (State.CLOSED, TODAY, "written_off")


def test_a_manager_sees_a_file_only_while_a_decision_waits(town: SmallTown) -> None:
    from voordeur.store.queries.reach import sees

    head = User.objects.create(username="annelies", role=Role.MANAGER)
    assert not sees(head, town.veldhuizer.pk, TODAY)
    off = Event(EventKind.WRITTEN_OFF, TODAY, reason="verjaard")
    proposal = decide.decide(town.consultant, town.veldhuizer.pk, off, TODAY)
    assert proposal is not None
    assert sees(head, town.veldhuizer.pk, TODAY)
    decide.disagree(head, proposal.pk, TODAY)
    assert not sees(head, town.veldhuizer.pk, TODAY)


def test_a_hold_needs_a_reason_an_owner_and_an_end(town: SmallTown) -> None:
    with pytest.raises(Refused) as refusal:
        decide.decide(town.consultant, town.veldhuizer.pk, Event(EventKind.HELD, TODAY), TODAY)
    assert codes(refusal) == {"reason", "hold-named", "hold-length"}


def test_money_rests_the_case_closes_it_later_and_a_new_one_is_a_relapse(town: SmallTown) -> None:
    paid = TODAY + timedelta(days=2)
    entry(town.veldhuizer, paid, Entry.Kind.PAYMENT, 3 * 655_15)
    follow([town.veldhuizer.pk], paid)
    assert the_case(town.veldhuizer).state == State.CURRENT
    entry(town.veldhuizer, date(2026, 12, 1), Entry.Kind.CHARGE, 655_15)
    entry(town.veldhuizer, date(2026, 12, 2), Entry.Kind.PAYMENT, 655_15)
    rested = paid + timedelta(days=30)
    follow([town.veldhuizer.pk], rested)
    first = Case.objects.get(tenancy=town.veldhuizer)
    assert (first.state, first.outcome) == (State.CLOSED, "paid")
    for month in (1, 2):
        entry(town.veldhuizer, date(2027, month, 1), Entry.Kind.CHARGE, 655_15)
    follow([town.veldhuizer.pk], date(2027, 2, 20))
    assert the_case(town.veldhuizer).previous == first


def test_every_step_leaves_a_line_and_the_book_reads_back_the_same(town: SmallTown) -> None:
    record_contact(town.manager, town.veldhuizer.pk, said(agreed="Belt vrijdag terug."), TODAY)
    row = the_case(town.veldhuizer)
    book = case_book.read(row, TODAY)
    assert [one.kind for one in book.case.history] == [EventKind.OPENED, EventKind.ATTEMPTED]
    assert book.case.history[1].by is not None
    assert book.case.history[1].by.role is Role.NEIGHBOURHOOD_MANAGER


def test_a_pause_lets_the_household_rest_while_the_current_rent_is_paid(town: SmallTown) -> None:
    """The advice during a pause is to wait; it is not to ring, to write or to signal."""
    keep_agreement(town.administrator, municipality="Lindewaard", first=date(2026, 1, 1), last=None)
    book = case_book.read(the_case(town.veldhuizer), TODAY)
    until = TODAY + timedelta(days=30)
    book.case = replace(book.case, state=State.PAUSED, pause_until=until)
    book.at = replace(book.at, current_rent_paid=True)
    case_book.keep(book)
    follow([town.veldhuizer.pk], TODAY)
    assert Standing.objects.get(pk=town.veldhuizer.pk).action == "wait"
    book.at = replace(book.at, current_rent_paid=False)
    case_book.keep(book)
    assert the_case(town.veldhuizer).held_until is None, "who stops paying the rent of now is spoken to"
