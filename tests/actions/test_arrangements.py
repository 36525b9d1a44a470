"""An arrangement from the table to the last cent: agreed, watched, in trouble, caught up, spread anew, ended."""

import itertools
import json
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction

from tests.actions.camt import Line, camt
from tests.actions.test_import_bank import bring_in
from tests.actions.town import TODAY, SmallTown, entry, rent_paid_until, small_town
from voordeur.actions import change_arrangement
from voordeur.actions.agree_arrangement import Consent, agree
from voordeur.actions.arrangement_book import look
from voordeur.actions.decide import decide
from voordeur.actions.follow import follow
from voordeur.actions.nightly import nightly
from voordeur.actions.propose_arrangement import Proposal, propose
from voordeur.actions.record_contact import Said, record_contact
from voordeur.actions.show_case import show_step
from voordeur.core.arrangements.budget import Cost, CostKind, HouseholdBudget, Income, IncomeKind
from voordeur.core.arrangements.values import EndReason, Rhythm, Terms
from voordeur.core.cases import Event, EventKind, HoldReason, State
from voordeur.core.contacts import Channel, ContactOutcome, DayPart
from voordeur.core.ledger import position
from voordeur.core.problems import Refused
from voordeur.core.remittance import creditor_reference
from voordeur.core.schemes.household import exactly
from voordeur.store import convert
from voordeur.store.models import (
    Arrangement,
    ArrangementAgreement,
    ArrangementPart,
    AuditLine,
    Budget,
    Case,
    Entry,
    Instalment,
    Mandate,
    Standing,
    Tenancy,
)
from voordeur.store.queries import arrangements as queries

pytestmark = pytest.mark.django_db
RENT = 655_15
OPEN = 2 * RENT
DUE = date(2026, 11, 25)


@pytest.fixture
def town() -> SmallTown:
    """The Veldhuizers missed September and October; November they paid, for November."""
    found = small_town()
    rent_paid_until(found.veldhuizer, 20, date(2026, 8, 1), RENT)
    for month in (9, 10, 11):
        entry(found.veldhuizer, date(2026, month, 1), Entry.Kind.CHARGE, RENT)
    entry(found.veldhuizer, date(2026, 11, 2), Entry.Kind.PAYMENT, RENT, period=date(2026, 11, 1))
    follow(Tenancy.objects.values_list("pk", flat=True), TODAY)
    return found


def terms(**more: object) -> Terms:
    """Two months of rent in twelve parts and a last one, from the 25th, unless said otherwise."""
    values: dict[str, object] = {
        "total": OPEN, "amount": 110_00, "rhythm": Rhythm.MONTHLY, "first": DUE,
    }  # fmt: skip
    return Terms(**(values | more))  # type: ignore[arg-type]


def agreed(town: SmallTown, **more: object) -> Arrangement:
    """An arrangement that Marit made at the table today."""
    row = propose(town.manager, town.veldhuizer.pk, Proposal(uuid4(), terms(**more), "table"), TODAY)
    return agree(town.manager, row.pk, Consent("spoken", "B. Veldhuizer", channel=Channel.VISIT), TODAY)


def codes(refusal: pytest.ExceptionInfo[Refused]) -> set[str]:
    """What was lacking."""
    return {problem.code for problem in refusal.value.problems}


def pays(town: SmallTown, day: date, amount: int, **more: object) -> None:
    """Money comes in, and everything follows."""
    entry(town.veldhuizer, day, Entry.Kind.PAYMENT, amount, **more)
    follow([town.veldhuizer.pk], day)


def rent_is_due(town: SmallTown, *days: date) -> None:
    """The current rent falls due."""
    for day in days:
        entry(town.veldhuizer, day, Entry.Kind.CHARGE, RENT)


def at(town: SmallTown, day: date) -> Arrangement:
    """How it stands after the night of a day."""
    follow([town.veldhuizer.pk], day)
    return Arrangement.objects.get(tenancy=town.veldhuizer, agreed_on__isnull=False)


def test_agreeing_keeps_the_plan_the_talk_and_the_case(town: SmallTown) -> None:
    row = agreed(town)
    plan = list(row.instalments.order_by("number").values_list("due", "amount"))
    assert sum(amount for _, amount in plan) == OPEN
    assert plan[0] == (DUE, 110_00)
    assert plan[1] == (date(2026, 12, 28), 110_00), "25 December is no bank day, and then comes a weekend"
    assert (row.state, row.next_due) == ("agreed", DUE)
    assert Case.objects.get(tenancy=town.veldhuizer).state == State.PLAN_ACTIVE
    assert ArrangementAgreement.objects.get(arrangement=row).witness == town.manager
    assert town.veldhuizer.contacts.get().outcome == ContactOutcome.ARRANGED
    standing = Standing.objects.get(pk=town.veldhuizer.pk)
    assert (standing.action, standing.advice_nl) == (
        "wait",
        "Er loopt een betalingsregeling en die wordt nagekomen.",
    )
    said = set(AuditLine.objects.values_list("action", flat=True))
    assert {"propose_arrangement", "agree_arrangement"} <= said


def test_agreeing_or_proposing_twice_makes_one(town: SmallTown) -> None:
    proposal = Proposal(uuid4(), terms(), "table")
    first = propose(town.manager, town.veldhuizer.pk, proposal, TODAY)
    assert propose(town.manager, town.veldhuizer.pk, proposal, TODAY) == first
    agree(town.manager, first.pk, Consent("spoken"), TODAY)
    agree(town.manager, first.pk, Consent("spoken"), TODAY)
    assert Arrangement.objects.count() == 1
    assert first.events.count() == 2
    assert town.veldhuizer.contacts.count() == 1


def test_what_is_kept_follows_the_money_and_looking_twice_changes_nothing(town: SmallTown) -> None:
    agreed(town)
    pays(town, DUE, 110_00)
    row = at(town, DUE)
    assert (row.state, row.received, row.next_due) == ("live", 110_00, date(2026, 12, 28))
    tables: tuple[Any, ...] = (Arrangement, Instalment, ArrangementPart, Entry)
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    nightly(DUE)
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before


def test_rent_and_arrangement_never_eat_each_other(town: SmallTown) -> None:
    """A payment of the rent that names nothing would go to the oldest debt; now it pays the rent of that month."""
    agreed(town)
    pays(town, DUE, 110_00)
    rent_is_due(town, date(2026, 12, 1))
    pays(town, date(2026, 12, 1), RENT)
    row = at(town, date(2026, 12, 8))
    assert (row.state, row.received) == ("live", 110_00)
    open_ = convert.core_entries(convert.ledger(town.veldhuizer.pk))
    left = [(one.due, one.outstanding) for one in position(open_, date(2026, 12, 8)).open_charges]
    assert left == [(date(2026, 9, 1), RENT - 110_00), (date(2026, 10, 1), RENT)]


def test_rent_paid_early_waits_for_its_month_in_the_ledger_too(town: SmallTown) -> None:
    agreed(town)
    pays(town, date(2026, 11, 28), RENT)
    row = at(town, date(2026, 11, 28))
    assert row.received == 0
    rent_is_due(town, date(2026, 12, 1))
    assert at(town, date(2026, 12, 2)).received == 0
    paid = Entry.objects.get(kind=Entry.Kind.PAYMENT, date=date(2026, 11, 28))
    assert paid.designates is not None
    assert paid.designates.due == date(2026, 12, 1)


@pytest.mark.parametrize("how", ["reference", "text", "mandate"])
def test_the_bank_file_names_the_arrangement_whatever_the_amount(town: SmallTown, how: str) -> None:
    """By its own payment reference, by the international one in the text, or by its direct debit mandate."""
    row = agreed(town)
    Mandate.objects.create(arrangement=row, reference="VD-104417-1", iban="NL91", holder="B", signed_on=TODAY)
    line = {
        "reference": Line(RENT, "A1", reference=row.reference),
        "text": Line(RENT, "A1", text=f"regeling {creditor_reference(row.reference)} dank u"),
        "mandate": Line(RENT, "A1", mandate="VD-104417-1"),
    }[how]
    bring_in(camt([line], day=date(2026, 11, 26)))
    assert at(town, date(2026, 11, 26)).received == RENT


def test_one_missed_instalment_is_a_call_and_never_a_visit_or_a_letter(town: SmallTown) -> None:
    agreed(town)
    late = DUE + timedelta(days=5)
    row = at(town, late)
    assert (row.state, row.behind) == ("at_risk", 110_00)
    standing = Standing.objects.get(pk=town.veldhuizer.pk)
    assert standing.action == "call"
    assert standing.advice_nl == "Een termijn van de regeling kwam niet. Bel en vraag wat er is."
    case = Case.objects.get(tenancy=town.veldhuizer)
    assert case.state == State.PLAN_ACTIVE
    assert case.events.filter(kind="plan_missed").count() == 1
    assert queries.at_risk()[0].tenancy == town.veldhuizer.pk


def test_two_missed_are_no_breach_before_somebody_rang(town: SmallTown) -> None:
    row = agreed(town)
    second = date(2027, 1, 4)
    rent_is_due(town, date(2026, 12, 1), date(2027, 1, 1))
    pays(town, date(2026, 12, 1), RENT)
    pays(town, date(2027, 1, 1), RENT)
    assert (at(town, second).state, at(town, second).contact_first) == ("at_risk", True)
    with pytest.raises(Refused) as refusal:
        change_arrangement.end(town.consultant, row.pk, EndReason.NOT_KEPT, "Komt niet.", second)
    assert codes(refusal) == {"arrangement-is-kept"}
    said = Said(uuid4(), second, Channel.PHONE, ContactOutcome.NO_ANSWER, DayPart.EVENING)
    record_contact(town.consultant, town.veldhuizer.pk, said, second)
    row = Arrangement.objects.get(pk=row.pk)
    assert (row.state, row.contact_first) == ("breached", False)
    assert Standing.objects.get(pk=town.veldhuizer.pk).action == "arrangement"
    change_arrangement.end(town.consultant, row.pk, EndReason.NOT_KEPT, "Komt niet.", second)
    row.refresh_from_db()
    assert (row.state, row.why_nl) == ("ended", "Gestopt: niet nagekomen.")
    assert Case.objects.get(tenancy=town.veldhuizer).state == State.CONTACTING


def test_who_catches_up_has_recovered(town: SmallTown) -> None:
    agreed(town)
    assert at(town, DUE + timedelta(days=5)).state == "at_risk"
    pays(town, date(2026, 12, 3), 110_00)
    assert at(town, date(2026, 12, 3)).state == "recovered"
    rent_is_due(town, date(2026, 12, 1))
    pays(town, date(2026, 12, 4), RENT)
    pays(town, date(2026, 12, 28), 110_00)
    assert at(town, date(2026, 12, 28)).state == "live"


def test_a_missed_current_rent_is_a_breach_after_contact(town: SmallTown) -> None:
    agreed(town)
    pays(town, DUE, 110_00)
    rent_is_due(town, date(2026, 12, 1))
    row = at(town, date(2026, 12, 6))
    assert (row.state, row.why_nl) == ("at_risk", "De gewone huur is niet betaald.")
    said = Said(uuid4(), date(2026, 12, 7), Channel.PHONE, ContactOutcome.NO_ANSWER, DayPart.EVENING)
    record_contact(town.consultant, town.veldhuizer.pk, said, date(2026, 12, 7))
    assert at(town, date(2026, 12, 7)).state == "breached"


def test_spreading_anew_keeps_the_history(town: SmallTown) -> None:
    row = agreed(town)
    pays(town, DUE, 110_00)
    later = date(2027, 1, 4)
    rent_is_due(town, date(2026, 12, 1), date(2027, 1, 1))
    pays(town, date(2026, 12, 1), RENT)
    pays(town, date(2027, 1, 2), RENT)
    assert at(town, later).state == "at_risk"
    change_arrangement.reschedule(
        town.consultant, row.pk, terms(amount=150_00, first=date(2027, 1, 25)), later
    )
    row.refresh_from_db()
    assert (row.state, row.received, row.total) == ("agreed", 110_00, OPEN)
    assert sum(row.instalments.values_list("amount", flat=True)) == OPEN - 110_00
    assert list(row.events.order_by("sequence").values_list("kind", flat=True)) == [
        "proposed",
        "agreed",
        "rescheduled",
    ]


def test_what_was_promised_stays_promised_after_spreading_anew_and_ends_with_the_arrangement(
    town: SmallTown,
) -> None:
    """The page of the office compares with what was promised then, not with the plan that came later."""
    row = agreed(town)
    pays(town, DUE, 110_00)
    later = date(2027, 1, 4)
    rent_is_due(town, date(2026, 12, 1), date(2027, 1, 1))
    change_arrangement.reschedule(
        town.consultant, row.pk, terms(amount=150_00, first=date(2027, 1, 25)), later
    )
    ends = date(2027, 2, 10)
    change_arrangement.end(town.consultant, row.pk, EndReason.TENANT_ASKED, "Betaalt alles.", ends)
    months = queries.promised_and_received(date(2027, 4, 1))
    assert {one.month: (one.promised, one.received) for one in months if one.promised or one.received} == {
        date(2026, 11, 1): (110_00, 110_00), date(2026, 12, 1): (110_00, 0), date(2027, 1, 1): (150_00, 0),
    }  # fmt: skip


def test_all_paid_is_completed_and_the_last_direct_debit_back_reopens_it(town: SmallTown) -> None:
    agreed(town)
    pays(town, date(2026, 11, 30), OPEN)
    row = at(town, date(2026, 12, 1))
    assert (row.state, row.received) == ("completed", OPEN)
    paid = Entry.objects.get(kind=Entry.Kind.PAYMENT, date=date(2026, 11, 30))
    entry(town.veldhuizer, date(2026, 12, 3), Entry.Kind.REVERSAL, OPEN, reverses=paid)
    row = at(town, date(2026, 12, 3))
    assert (row.state, row.received) == ("at_risk", 0)


def test_nothing_left_is_help_and_not_an_arrangement(town: SmallTown) -> None:
    poor = HouseholdBudget(
        incomes=(Income(IncomeKind.BENEFIT, exactly(1_350_00), pay_day=23),),
        costs=(Cost(CostKind.HOUSING, exactly(RENT)), Cost(CostKind.ENERGY, exactly(210_00)),
               Cost(CostKind.INSURANCE, exactly(165_00))),
    )  # fmt: skip
    with pytest.raises(Refused) as refusal:
        propose(town.manager, town.veldhuizer.pk, Proposal(uuid4(), terms(), "table", budget=poor), TODAY)
    assert "help-first" in codes(refusal)
    assert not Arrangement.objects.exists()


def test_limits_are_told_all_at_once(town: SmallTown) -> None:
    with pytest.raises(Refused) as refusal:
        propose(
            town.manager, town.veldhuizer.pk,
            Proposal(uuid4(), terms(amount=30_00, total=OPEN + 1, first=TODAY + timedelta(days=60))), TODAY,
        )  # fmt: skip
    assert codes(refusal) == {"instalment-too-small", "takes-too-long", "starts-too-late", "more-than-open"}


def test_who_may_not_see_the_household_makes_no_arrangement(town: SmallTown) -> None:
    with pytest.raises(Refused):
        propose(town.manager, town.oudshoven.pk, Proposal(uuid4(), terms()), TODAY)
    with pytest.raises(Refused):
        propose(town.administrator, town.veldhuizer.pk, Proposal(uuid4(), terms()), TODAY)


def test_the_budget_is_kept_encrypted(town: SmallTown) -> None:
    rich = HouseholdBudget(incomes=(Income(IncomeKind.WAGE, exactly(2_350_00), pay_day=24),))
    row = propose(town.manager, town.veldhuizer.pk, Proposal(uuid4(), terms(), budget=rich), TODAY)
    kept = json.loads(Budget.objects.get(arrangement=row.pk).content)
    assert kept["budget"]["incomes"][0]["amount"] == [2_350_00, 2_350_00]
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM store_budget")
        assert "235000" not in cursor.fetchone()[0]


def test_the_state_is_the_same_whatever_the_order_of_import(town: SmallTown) -> None:
    """An instalment, the rent, a double payment and a rent early: read in every order, looked at after each."""
    row = agreed(town)
    rent_is_due(town, date(2026, 12, 1))
    moneys = [
        (DUE, 110_00),
        (date(2026, 12, 1), RENT),
        (date(2026, 12, 2), 220_00),
        (date(2026, 12, 29), RENT),
    ]
    found = set()
    for order in itertools.permutations(moneys):
        with transaction.atomic():
            for day, amount in order:
                entry(town.veldhuizer, day, Entry.Kind.PAYMENT, amount)
                look(Arrangement.objects.get(pk=row.pk), date(2027, 1, 4))
            row.refresh_from_db()
            parts = ArrangementPart.objects.order_by("entry__date", "amount")
            named = Entry.objects.filter(kind=Entry.Kind.PAYMENT, date__gte=DUE).order_by("date")
            found.add(
                (row.state, row.received, tuple(parts.values_list("entry__date", "amount", "purpose")),
                 tuple(named.values_list("designates__due", "period")))
            )  # fmt: skip
            transaction.set_rollback(True)
    assert len(found) == 1, found


@pytest.mark.parametrize("why", [EndReason.TENANT_ASKED, EndReason.MISTAKE, EndReason.DEBT_HELP])
def test_an_arrangement_that_ends_without_being_broken_leaves_a_case_that_can_go_on(
    why: EndReason, town: SmallTown
) -> None:
    row = agreed(town)
    change_arrangement.end(town.consultant, row.pk, why, "Op verzoek.", TODAY)
    case = Case.objects.get(tenancy=town.veldhuizer)
    assert case.state == State.CONTACTING
    assert case.plan_until is None


def test_a_plan_written_down_by_hand_is_over_after_its_last_day(town: SmallTown) -> None:
    talk = Said(uuid4(), TODAY, Channel.PHONE, ContactOutcome.SPOKEN, DayPart.MORNING, reached=True)
    record_contact(town.consultant, town.veldhuizer.pk, talk, TODAY)
    plan = Event(EventKind.PLAN_AGREED, TODAY, affordable=True, until=TODAY + timedelta(days=10))
    decide(town.consultant, town.veldhuizer.pk, plan, TODAY)
    follow([town.veldhuizer.pk], TODAY + timedelta(days=10))
    assert Case.objects.get(tenancy=town.veldhuizer).state == State.PLAN_ACTIVE
    follow([town.veldhuizer.pk], TODAY + timedelta(days=11))
    assert Case.objects.get(tenancy=town.veldhuizer).state == State.CONTACTING


def test_no_letter_about_costs_while_a_plan_is_kept_wherever_the_case_stands(town: SmallTown) -> None:
    """A plan agreed on during a hold is no step of the case; when the hold is over it still runs."""
    talk = Said(uuid4(), TODAY, Channel.PHONE, ContactOutcome.SPOKEN, DayPart.MORNING, reached=True)
    record_contact(town.consultant, town.veldhuizer.pk, talk, TODAY)
    hold = Event(
        EventKind.HELD, TODAY, reason="geschil", hold=HoldReason.DISPUTE, owner=str(town.consultant.pk),
        until=TODAY,
    )  # fmt: skip
    decide(town.consultant, town.veldhuizer.pk, hold, TODAY)
    agreed(town)
    tomorrow = TODAY + timedelta(days=1)
    follow([town.veldhuizer.pk], tomorrow)
    assert Case.objects.get(tenancy=town.veldhuizer).state == State.IN_TALK
    step = show_step(town.veldhuizer.pk, EventKind.LETTER_SENT, tomorrow)
    assert "no_plan_kept" in {one.guard for one in step.unmet}
