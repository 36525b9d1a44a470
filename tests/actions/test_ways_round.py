"""A consultant who looks for a way round: through accounts, cover, planned visits, closing and beginning again."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests.actions.test_cases import codes, said, the_case, town
from tests.actions.town import TODAY, SmallTown, entry
from voordeur.actions import case_book, decide
from voordeur.actions.arrange_cover import arrange_cover
from voordeur.actions.follow import follow
from voordeur.actions.plan_contact import drop_planned, plan_contact
from voordeur.actions.record_contact import record_contact
from voordeur.core.access import Role
from voordeur.core.cases import Event, EventKind, HoldReason, State, gate
from voordeur.core.contacts import Channel, ContactOutcome, DayPart
from voordeur.core.problems import Refused
from voordeur.store.convert_diary import contacts_of
from voordeur.store.models import Contact, Cover, Entry, Proposal, SchemeCheck, SchemeTask, User
from voordeur.store.queries.reach import sees

__all__ = ["town"]
pytestmark = pytest.mark.django_db
OFF = Event(EventKind.WRITTEN_OFF, TODAY, reason="verjaard")


def spoken(town: SmallTown, day: date = TODAY) -> None:
    """A talk at the door, with debt help named."""
    talk = said(day=day, outcome=ContactOutcome.SPOKEN, reached=True, help_told=True)
    record_contact(town.manager, town.veldhuizer.pk, talk, day)


def letter(day: date, town: SmallTown) -> Event:
    """The fourteen-day letter of a day."""
    book = case_book.read(the_case(town.veldhuizer), day)
    fee = min(book.at.amount * 15 // 100, 375_00)
    return Event(
        EventKind.LETTER_SENT, day, evidence="brief 31", delivered=day + timedelta(days=3), all_claims=True,
        amount=book.at.amount, fee=fee,
    )  # fmt: skip


# --- two persons ---


def test_a_second_account_in_the_same_name_is_the_same_person(town: SmallTown) -> None:
    User.objects.filter(pk=town.consultant.pk).update(first_name="Tarek", last_name="Vissering")
    town.consultant.refresh_from_db()
    other = User.objects.create(
        username="t.vissering", role=Role.MANAGER, first_name="tarek", last_name="Vissering"
    )
    proposal = decide.decide(town.consultant, town.veldhuizer.pk, OFF, TODAY)
    assert proposal is not None
    for deed in (decide.agree, decide.disagree):
        with pytest.raises(Refused) as refusal:
            deed(other, proposal.pk, TODAY)
        assert codes(refusal) == {"own-proposal"}
    assert the_case(town.veldhuizer).state == State.OVERDUE


def test_standing_in_for_a_colleague_does_not_let_one_agree_with_oneself(town: SmallTown) -> None:
    colleague = User.objects.create(username="ben", role=Role.CONSULTANT)
    arrange_cover(
        town.administrator, absent=colleague.pk, cover=town.consultant.pk, first=TODAY,
        last=TODAY + timedelta(days=9), today=TODAY,
    )  # fmt: skip
    proposal = decide.decide(town.consultant, town.veldhuizer.pk, OFF, TODAY)
    assert proposal is not None
    with pytest.raises(Refused) as refusal:
        decide.agree(town.consultant, proposal.pk, TODAY)
    assert codes(refusal) == {"own-proposal"}


def test_nobody_stands_in_for_themselves_or_in_another_role(town: SmallTown) -> None:
    head = User.objects.create(username="annelies", role=Role.MANAGER)
    days = {"first": TODAY, "last": TODAY, "today": TODAY}
    for stand_in, code in ((head.pk, "other-role"), (town.consultant.pk, "same-person")):
        with pytest.raises(Refused) as refusal:
            arrange_cover(town.administrator, absent=town.consultant.pk, cover=stand_in, **days)  # type: ignore[arg-type]
        assert codes(refusal) == {code}
    assert not Cover.objects.exists()


def test_a_change_of_role_between_proposing_and_agreeing_changes_nothing(town: SmallTown) -> None:
    proposal = decide.decide(town.consultant, town.veldhuizer.pk, OFF, TODAY)
    assert proposal is not None
    User.objects.filter(pk=town.consultant.pk).update(role=Role.MANAGER)
    with pytest.raises(Refused) as refusal:
        decide.agree(User.objects.get(pk=town.consultant.pk), proposal.pk, TODAY)
    assert codes(refusal) == {"own-proposal"}


@pytest.mark.parametrize(
    ("change", "code"), [({"is_active": False}, "proposer-gone"), ({"role": Role.ADMINISTRATOR}, "decider")]
)
def test_what_somebody_proposed_who_may_no_longer_decide_cannot_be_agreed_with(
    town: SmallTown, change: dict[str, object], code: str
) -> None:
    proposal = decide.decide(town.consultant, town.veldhuizer.pk, OFF, TODAY)
    assert proposal is not None
    User.objects.filter(pk=town.consultant.pk).update(**change)
    head = User.objects.create(username="annelies", role=Role.MANAGER)
    with pytest.raises(Refused) as refusal:
        decide.agree(head, proposal.pk, TODAY)
    assert code in codes(refusal)
    assert the_case(town.veldhuizer).state == State.OVERDUE


def test_a_forged_second_person_is_not_believed(town: SmallTown) -> None:
    """Whoever fills in the second person with the step gets a proposal all the same."""
    head = case_book.actor(User.objects.create(username="annelies", role=Role.MANAGER))
    assert decide.decide(town.consultant, town.veldhuizer.pk, replace(OFF, second=head), TODAY) is not None
    assert the_case(town.veldhuizer).state == State.OVERDUE
    assert "second" not in Proposal.objects.get().details


def test_setting_our_own_care_aside_always_waits_for_a_colleague(town: SmallTown) -> None:
    reminder = Event(
        EventKind.REMINDER_SENT, TODAY, reason="vroeg om een brief", evidence="brief 1", offer=True,
        delivered=TODAY + timedelta(days=3), overrules=("personal_first",),
    )  # fmt: skip
    assert decide.decide(town.consultant, town.veldhuizer.pk, reminder, TODAY) is not None
    assert the_case(town.veldhuizer).state == State.OVERDUE


# --- letters and costs ---


def test_no_letter_while_a_visit_is_on_somebody_s_list(town: SmallTown) -> None:
    spoken(town)
    visit = plan_contact(
        town.consultant, town.veldhuizer.pk, TODAY, channel=Channel.VISIT, day=TODAY + timedelta(days=4),
        who=town.manager.pk,
    )  # fmt: skip
    with pytest.raises(Refused) as refusal:
        decide.decide(town.consultant, town.veldhuizer.pk, letter(TODAY, town), TODAY)
    assert codes(refusal) == {"no-visit-planned"}
    drop_planned(town.consultant, visit.pk, TODAY)
    decide.decide(town.consultant, town.veldhuizer.pk, letter(TODAY, town), TODAY)
    assert the_case(town.veldhuizer).state == State.FOURTEEN_DAY_LETTER


def test_no_letter_and_no_advice_to_write_while_a_benefit_is_being_decided_on(town: SmallTown) -> None:
    spoken(town)
    asked = SchemeCheck.objects.create(
        tenancy=town.veldhuizer, day=TODAY, consent_on=TODAY, until=TODAY, recorded=timezone.now()
    )
    task = SchemeTask.objects.create(
        check_of=asked, tenancy=town.veldhuizer, scheme="huurtoeslag", state="applied", state_on=TODAY
    )
    with pytest.raises(Refused) as refusal:
        decide.decide(town.consultant, town.veldhuizer.pk, letter(TODAY, town), TODAY)
    assert codes(refusal) == {"no-benefit-pending"}
    assert contacts_of([town.veldhuizer.pk], TODAY)[town.veldhuizer.pk].benefit_pending
    SchemeTask.objects.filter(pk=task.pk).update(state="granted")
    decide.decide(town.consultant, town.veldhuizer.pk, letter(TODAY, town), TODAY)
    assert the_case(town.veldhuizer).state == State.FOURTEEN_DAY_LETTER


def test_who_pays_the_letter_in_time_owes_no_costs_though_december_is_late(town: SmallTown) -> None:
    spoken(town)
    decide.decide(town.consultant, town.veldhuizer.pk, letter(TODAY, town), TODAY)
    entry(town.veldhuizer, TODAY + timedelta(days=9), Entry.Kind.PAYMENT, 3 * 655_15)
    entry(town.veldhuizer, date(2026, 12, 1), Entry.Kind.CHARGE, 655_15)
    day = TODAY + timedelta(days=25)
    follow([town.veldhuizer.pk], day)
    book = case_book.read(the_case(town.veldhuizer), day)
    assert (book.at.amount, book.at.demand_open) == (655_15, 0)
    with pytest.raises(Refused) as refusal:
        decide.decide(
            town.consultant,
            town.veldhuizer.pk,
            Event(EventKind.COSTS_ADDED, day, reason="te laat", fee=40_00),
            day,
        )
    assert "demand-unpaid" in codes(refusal)


def test_a_letter_dated_back_makes_no_costs_today(town: SmallTown) -> None:
    spoken(town, TODAY - timedelta(days=20))
    back = letter(TODAY - timedelta(days=18), town)
    with pytest.raises(Refused) as refusal:
        decide.decide(town.consultant, town.veldhuizer.pk, back, TODAY)
    assert "not-decided-that-day" in codes(refusal)


# --- an objection ---


def test_closing_the_case_and_beginning_again_is_no_way_round_an_objection(town: SmallTown) -> None:
    talk = said(outcome=ContactOutcome.SPOKEN, reached=True, help_told=True, objects=True)
    record_contact(town.manager, town.veldhuizer.pk, talk, TODAY)
    wrong = Event(EventKind.OPENED_IN_ERROR, TODAY, reason="vergissing")
    decide.decide(town.consultant, town.veldhuizer.pk, wrong, TODAY)
    entry(town.veldhuizer, date(2026, 12, 1), Entry.Kind.CHARGE, 655_15)
    later = date(2026, 12, 20)
    follow([town.veldhuizer.pk], later)
    again = case_book.read(the_case(town.veldhuizer), later)
    assert again.case.previous
    assert again.case.objection == TODAY
    assert "no_objection" in {guard.name for guard, lack in gate(again.case, again.at, again.law) if lack}


def test_a_decision_about_a_case_that_is_over_is_no_decision_about_the_next_one(town: SmallTown) -> None:
    head = User.objects.create(username="annelies", role=Role.MANAGER)
    proposal = decide.decide(town.consultant, town.veldhuizer.pk, OFF, TODAY)
    assert proposal is not None
    wrong = Event(EventKind.OPENED_IN_ERROR, TODAY, reason="vergissing")
    decide.decide(town.consultant, town.veldhuizer.pk, wrong, TODAY)
    assert not sees(head, town.veldhuizer.pk, TODAY), "nothing waits for a second person any more"
    entry(town.veldhuizer, date(2026, 12, 1), Entry.Kind.CHARGE, 655_15)
    later = date(2026, 12, 20)
    follow([town.veldhuizer.pk], later)
    Proposal.objects.update(decided=None, agreed=None)  # as one was left before closing settled it
    with pytest.raises(Refused) as refusal:
        decide.agree(head, proposal.pk, later)
    assert codes(refusal) == {"not-found"}
    assert the_case(town.veldhuizer).state == State.OVERDUE


def test_rent_of_a_later_month_needs_its_own_reminder_though_the_case_is_still_open(town: SmallTown) -> None:
    """The signal was never withdrawn, so the case could not close; March is another debt than last autumn."""
    spoken(town)
    paid = TODAY + timedelta(days=2)
    entry(town.veldhuizer, paid, Entry.Kind.PAYMENT, 3 * 655_15)
    follow([town.veldhuizer.pk], paid)
    entry(town.veldhuizer, date(2026, 12, 1), Entry.Kind.CHARGE, 655_15)
    later = date(2026, 12, 20)
    follow([town.veldhuizer.pk], later)
    book = case_book.read(the_case(town.veldhuizer), later)
    assert (book.case.overdue_since, book.row.overdue_since) == (date(2026, 12, 1),) * 2
    assert (book.case.attempts, book.case.proofs) == ((), ())
    assert not book.case.previous


def test_a_small_rest_of_an_older_month_makes_the_arrears_no_older(town: SmallTown) -> None:
    """Four euros stayed open in September; the rent of December is six days late, not eighty."""
    row = the_case(town.veldhuizer)
    entry(town.veldhuizer, TODAY, Entry.Kind.PAYMENT, 3 * 655_15 - 4_00)
    follow([town.veldhuizer.pk], TODAY)
    entry(town.veldhuizer, date(2026, 12, 1), Entry.Kind.CHARGE, 655_15)
    later = date(2026, 12, 7)
    follow([town.veldhuizer.pk], later)
    book = case_book.read(the_case(town.veldhuizer), later)
    assert book.row.pk == row.pk
    assert (book.at.days_overdue, book.case.overdue_since) == (6, date(2026, 12, 1))


# --- the diary ---


def test_an_evening_that_has_not_come_is_no_attempt(town: SmallTown, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three parts of one day, written down at ten in the morning, are one attempt."""
    at_ten = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
    monkeypatch.setattr(timezone, "localtime", lambda: at_ten)
    record_contact(town.manager, town.veldhuizer.pk, said(part=DayPart.MORNING), TODAY)
    for part in (DayPart.AFTERNOON, DayPart.EVENING):
        with pytest.raises(Refused) as refusal:
            record_contact(town.manager, town.veldhuizer.pk, said(part=part), TODAY)
        assert codes(refusal) == {"part-not-come-yet"}
    record_contact(
        town.manager, town.veldhuizer.pk, said(day=TODAY - timedelta(days=1), part=DayPart.EVENING), TODAY
    )
    assert Contact.objects.count() == 2


def test_a_contact_from_before_the_arrears_stays_in_the_diary_and_proves_nothing(town: SmallTown) -> None:
    row = the_case(town.veldhuizer)
    opened = row.events.get(sequence=1)
    opened.details = {**opened.details, "since": TODAY.isoformat()}
    opened.save()
    early = said(id=uuid4(), day=TODAY - timedelta(days=3))
    record_contact(town.manager, town.veldhuizer.pk, early, TODAY)
    assert Contact.objects.count() == 1
    assert case_book.read(the_case(town.veldhuizer), TODAY).case.attempts == ()


def test_a_talk_after_all_was_paid_is_written_down_and_a_no_in_it_counts(town: SmallTown) -> None:
    """The household pays on Wednesday and speaks to the neighbourhood manager on Thursday."""
    paid = TODAY + timedelta(days=2)
    entry(town.veldhuizer, paid, Entry.Kind.PAYMENT, 3 * 655_15)
    follow([town.veldhuizer.pk], paid)
    talk = said(day=paid, outcome=ContactOutcome.SPOKEN, reached=True, help_told=True, objects=True)
    record_contact(town.manager, town.veldhuizer.pk, talk, paid)
    case = case_book.read(the_case(town.veldhuizer), paid).case
    assert Contact.objects.get().reached
    assert (case.state, case.attempts, case.objection) == (State.CURRENT, (), paid)


def test_a_no_from_before_these_arrears_is_a_no(town: SmallTown) -> None:
    row = the_case(town.veldhuizer)
    opened = row.events.get(sequence=1)
    opened.details = {**opened.details, "since": (TODAY - timedelta(days=1)).isoformat()}
    opened.save()
    talk = said(day=TODAY - timedelta(days=3), outcome=ContactOutcome.SPOKEN, reached=True, objects=True)
    record_contact(town.manager, town.veldhuizer.pk, talk, TODAY)
    case = case_book.read(the_case(town.veldhuizer), TODAY).case
    assert (case.attempts, case.objection) == ((), TODAY - timedelta(days=1))


def test_who_rang_at_a_house_of_mourning_writes_it_down_and_it_counts_for_nothing(town: SmallTown) -> None:
    hold = Event(
        EventKind.HELD, TODAY, reason="overleden", hold=HoldReason.BEREAVEMENT, owner=str(town.consultant.pk),
        until=TODAY + timedelta(days=30),
    )  # fmt: skip
    decide.decide(town.consultant, town.veldhuizer.pk, hold, TODAY)
    record_contact(town.manager, town.veldhuizer.pk, said(), TODAY)
    assert Contact.objects.count() == 1
    assert case_book.read(the_case(town.veldhuizer), TODAY).case.attempts == ()
