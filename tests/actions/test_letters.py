"""A letter goes out when its gate is open, by a person, and proves what became of it."""

import base64
import hashlib
from datetime import date

import pytest
from django.utils import timezone

from tests.actions.letter_town import LetterTown, later, letter_town, the_case, visit
from tests.actions.town import TODAY, entry
from voordeur.actions import case_book
from voordeur.actions.decide import decide
from voordeur.actions.follow import follow
from voordeur.actions.keep_agreement import keep_agreement
from voordeur.actions.keep_wish import keep_wish
from voordeur.actions.letter_arrival import record_delivered, record_returned
from voordeur.actions.make_letter import (
    drop_letter,
    letter_file,
    make_letter,
    preview,
    send_batch,
    send_letter,
)
from voordeur.actions.show_case import show_step
from voordeur.core import cases
from voordeur.core.case_terms import costs_from, reaction_until
from voordeur.core.cases import Duty, Event, EventKind, HoldReason, State
from voordeur.core.contacts import Channel, DayPart
from voordeur.core.letter_clauses import LetterKind
from voordeur.core.problems import Refused
from voordeur.store.models import AuditLine, Case, CaseEvent, Contact, Entry, LetterHead, SentLetter, Standing

pytestmark = pytest.mark.django_db
REMINDER, NOTICE = LetterKind.REMINDER, LetterKind.COSTS_NOTICE


@pytest.fixture
def here() -> LetterTown:
    return letter_town()


def codes(refusal: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.code for problem in refusal.value.problems}


def sent(here: LetterTown, kind: LetterKind = REMINDER, on: date = TODAY) -> SentLetter:
    """Made and sent on one day."""
    letter = make_letter(here.town.consultant, here.household, kind, on)
    return send_letter(here.town.consultant, letter.pk, on, route="post")


def case_now(here: LetterTown, on: date = TODAY) -> cases.Case:
    return case_book.read(the_case(here.household), on).case


def test_nothing_written_before_somebody_tried_to_speak(here: LetterTown) -> None:
    with pytest.raises(Refused) as refusal:
        make_letter(here.town.consultant, here.other, REMINDER, TODAY)
    assert codes(refusal) == {"personal-first"}
    assert not SentLetter.objects.exists()


def test_a_letter_that_is_made_changes_nothing_until_a_person_sends_it(here: LetterTown) -> None:
    letter = make_letter(here.town.consultant, here.household, REMINDER, TODAY)
    assert (letter.state, case_now(here).state) == (SentLetter.State.DRAFTED, State.IN_TALK)
    send_letter(here.town.consultant, letter.pk, TODAY, route="post")
    proof = case_now(here).proof(Duty.OFFER)
    assert proof is not None
    assert (proof.evidence, proof.delivered, proof.presumed) == (f"letter:{letter.pk}", later(3), True)
    assert case_now(here).state is State.REMINDED


def test_the_file_is_kept_to_the_byte(here: LetterTown) -> None:
    letter = sent(here)
    _, file = letter_file(here.town.consultant, letter.pk, later(40))
    assert file.startswith(b"%PDF")
    assert hashlib.sha256(file).hexdigest() == letter.sha256
    assert base64.b64encode(file).decode() == SentLetter.objects.get().pdf


def test_a_letter_is_encrypted_in_the_database(here: LetterTown) -> None:
    from django.db import connection

    sent(here)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pdf FROM store_sentletter")
        assert cursor.fetchone()[0].startswith("v1:")


def test_a_preview_keeps_nothing_but_the_line_that_somebody_looked(here: LetterTown) -> None:
    assert preview(here.town.consultant, here.household, REMINDER, TODAY).startswith(b"%PDF")
    assert not SentLetter.objects.exists()
    assert AuditLine.objects.filter(action="preview_letter").count() == 1


def test_a_letter_of_yesterday_is_made_anew(here: LetterTown) -> None:
    letter = make_letter(here.town.consultant, here.household, REMINDER, TODAY)
    with pytest.raises(Refused) as refusal:
        send_letter(here.town.consultant, letter.pk, later(1), route="post")
    assert codes(refusal) == {"letter-of-another-day"}


def test_a_letter_is_sent_once(here: LetterTown) -> None:
    letter = sent(here)
    with pytest.raises(Refused) as refusal:
        send_letter(here.town.consultant, letter.pk, TODAY, route="post")
    assert codes(refusal) == {"not-found"}
    assert CaseEvent.objects.filter(kind=EventKind.REMINDER_SENT).count() == 1


def test_a_draft_can_be_thrown_away_and_a_sent_letter_cannot(here: LetterTown) -> None:
    draft = make_letter(here.town.consultant, here.household, REMINDER, TODAY)
    drop_letter(here.town.consultant, draft.pk, TODAY)
    letter = sent(here)
    with pytest.raises(Refused):
        drop_letter(here.town.consultant, letter.pk, TODAY)


def test_only_consultants_send_letters(here: LetterTown) -> None:
    for user in (here.town.manager, here.town.administrator):
        with pytest.raises(Refused) as refusal:
            make_letter(user, here.household, REMINDER, TODAY)
        assert codes(refusal) == {"not-allowed"}


def test_no_letter_without_a_letter_head(here: LetterTown) -> None:
    LetterHead.objects.all().delete()
    with pytest.raises(Refused) as refusal:
        make_letter(here.town.consultant, here.household, REMINDER, TODAY)
    assert codes(refusal) == {"no-letter-head"}


def test_the_law_goes_before_a_wish_and_other_letters_do_not(here: LetterTown) -> None:
    keep_wish(here.town.consultant, here.household, TODAY, channels=frozenset({Channel.PHONE}))
    sent(here)
    assert Contact.objects.get(channel=Channel.LETTER).exception == "duty_to_warn"
    with pytest.raises(Refused) as refusal:
        make_letter(here.town.consultant, here.household, LetterKind.REFERRAL_NOTICE, TODAY)
    assert "against-wish" in codes(refusal)


def test_a_hold_keeps_letters_in_the_house(here: LetterTown) -> None:
    who = str(here.town.consultant.pk)
    hold = Event(
        EventKind.HELD, TODAY, reason="klopt niet", hold=HoldReason.DISPUTE, owner=who, until=later(20)
    )
    decide(here.town.consultant, here.household, hold, TODAY)
    for kind in (REMINDER, NOTICE, LetterKind.REFERRAL_NOTICE):
        with pytest.raises(Refused):
            make_letter(here.town.consultant, here.household, kind, TODAY)


def test_the_last_letter_before_court_only_where_court_is_near(here: LetterTown) -> None:
    with pytest.raises(Refused) as refusal:
        make_letter(here.town.consultant, here.household, LetterKind.EVICTION_PREVENTION, TODAY)
    assert codes(refusal) == {"letter-not-now"}


class TestTheFourteenDayLetter:
    def test_it_names_the_costs_of_the_law_and_leaves_fourteen_days_after_arrival(
        self, here: LetterTown
    ) -> None:
        letter = sent(here, NOTICE)
        assert letter.total == 3 * 655_15
        assert letter.fee == 294_82  # 15% of EUR 1,965.45
        assert letter.free_until is not None
        assert letter.free_until >= later(3 + 14)
        assert case_now(here).letter_fee == 294_82

    def test_arrived_in_time_it_counts(self, here: LetterTown) -> None:
        letter = sent(here, NOTICE)
        assert letter.free_until is not None
        record_delivered(here.town.consultant, letter.pk, later(2), "gezien door de wijkbeheerder", later(4))
        assert costs_from(case_now(here, later(4)), case_book.law()) > letter.free_until  # type: ignore[operator]

    def test_arrived_early_it_still_gives_the_days_that_it_names(self, here: LetterTown) -> None:
        letter = sent(here, NOTICE)
        before = costs_from(case_now(here), case_book.law())
        record_delivered(here.town.consultant, letter.pk, later(1), "zelf in de bus gedaan", later(4))
        assert costs_from(case_now(here, later(4)), case_book.law()) == before

    def test_arrived_too_late_it_does_not_count(self, here: LetterTown) -> None:
        letter = sent(here, NOTICE)
        late = record_delivered(here.town.consultant, letter.pk, later(9), "ontvangstbewijs", later(10))
        assert late.state == SentLetter.State.RETURNED
        assert late.failure[0]["code"] == "letter-too-late"
        assert case_now(here, later(10)).letter_delivered is None
        costs = Event(EventKind.COSTS_ADDED, later(30), reason="niet betaald", fee=letter.fee)
        with pytest.raises(Refused) as refusal:
            decide(here.town.consultant, here.household, costs, later(30))
        assert "letter-arrived" in codes(refusal)


class TestWhatBecameOfIt:
    def test_an_arrival_that_was_recorded_is_no_longer_presumed(self, here: LetterTown) -> None:
        letter = sent(here)
        record_delivered(here.town.consultant, letter.pk, later(2), "ontvangstbewijs", later(5))
        proof = case_now(here, later(5)).proof(Duty.REMINDER)
        assert proof is not None
        assert (proof.delivered, proof.presumed) == (later(2), False)

    def test_arrived_early_the_tenant_keeps_the_days_to_say_no_that_the_letter_names(
        self, here: LetterTown
    ) -> None:
        letter = sent(here)
        before = reaction_until(case_now(here), case_book.law())
        record_delivered(here.town.consultant, letter.pk, TODAY, "zelf in de bus gedaan", later(4))
        assert reaction_until(case_now(here, later(4)), case_book.law()) == before

    def test_arrived_late_the_tenant_gets_more_days_to_say_no(self, here: LetterTown) -> None:
        letter = sent(here)
        before = reaction_until(case_now(here), case_book.law())
        record_delivered(here.town.consultant, letter.pk, later(10), "ontvangstbewijs", later(12))
        assert reaction_until(case_now(here, later(12)), case_book.law()) > before  # type: ignore[operator]

    @pytest.mark.parametrize("day", [-1, 6])
    def test_it_cannot_arrive_before_it_left_or_tomorrow(self, day: int, here: LetterTown) -> None:
        letter = sent(here)
        with pytest.raises(Refused) as refusal:
            record_delivered(here.town.consultant, letter.pk, later(day), "bewijs", later(5))
        assert codes(refusal) == {"day-of-arrival"}

    def test_arrival_needs_a_word_on_how_we_know(self, here: LetterTown) -> None:
        letter = sent(here)
        with pytest.raises(Refused) as refusal:
            record_delivered(here.town.consultant, letter.pk, later(1), " ", later(5))
        assert codes(refusal) == {"no-proof-of-arrival"}

    def test_a_letter_that_came_back_proves_nothing_and_is_advised_anew(self, here: LetterTown) -> None:
        letter = sent(here)
        record_returned(here.town.consultant, letter.pk, later(6))
        case = case_now(here, later(6))
        assert case.proof(Duty.REMINDER) is None
        assert case.proof(Duty.OFFER) is None
        again = sent(here, on=later(6))
        assert case_now(here, later(6)).proof(Duty.OFFER).evidence == f"letter:{again.pk}"  # type: ignore[union-attr]

    def test_a_letter_that_came_back_shuts_the_gate(self, here: LetterTown) -> None:
        keep_agreement(here.town.administrator, municipality="Lindewaard", first=TODAY, last=None)
        letter = sent(here)
        follow([here.household], later(30))
        assert the_case(here.household).state == State.SIGNAL_ELIGIBLE
        record_returned(here.town.consultant, letter.pk, later(31))
        assert (the_case(here.household).state, the_case(here.household).gate_open) == (State.REMINDED, False)


class TestABatch:
    def test_one_that_cannot_go_stays_out_whole_and_the_others_go(self, here: LetterTown) -> None:
        done = send_batch(
            here.town.consultant, [here.household, here.other, 999_999], REMINDER, TODAY, route="post"
        )
        assert len(done.sent) == 1
        assert [(one.tenancy, one.problems[0].code) for one in done.failed] == [
            (here.other, "personal-first"), (999_999, "not-found")
        ]  # fmt: skip
        kept = SentLetter.objects.get(state=SentLetter.State.FAILED)
        assert (kept.tenancy_id, kept.pdf) == (here.other, "")
        assert not CaseEvent.objects.filter(case__tenancy=here.other, kind=EventKind.REMINDER_SENT).exists()
        assert not Contact.objects.filter(tenancy=here.other).exists()

    def test_a_letter_that_breaks_while_sending_leaves_no_trace_but_its_reason(
        self, here: LetterTown, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        visit(here.town, here.other, TODAY, DayPart.MORNING)
        visit(here.town, here.other, TODAY, DayPart.EVENING)
        from voordeur.actions import make_letter as module
        from voordeur.core.problems import Problem
        from voordeur.core.words import Words

        def broken(row, *_rest):  # type: ignore[no-untyped-def]
            if row.tenancy_id == here.other:
                raise Refused(Problem("printer", Words("stuk", "broken"), Words("wacht", "wait")))

        monkeypatch.setattr(module, "_diary_line", broken)
        done = send_batch(here.town.consultant, [here.other, here.household], REMINDER, TODAY, route="post")
        assert (len(done.sent), len(done.failed)) == (1, 1)
        assert the_case(here.other).state == State.CONTACTING
        assert list(SentLetter.objects.filter(tenancy=here.other).values_list("state", flat=True)) == [
            "failed"
        ]

    def test_the_letter_counts_for_the_policy(self, here: LetterTown) -> None:
        send_batch(here.town.consultant, [here.household], REMINDER, TODAY, route="print")
        assert Standing.objects.get(pk=here.household).action != "letter"


def test_no_collection_costs_are_worked_out_on_collection_costs(here: LetterTown) -> None:
    """Three months of 655,15 and 98,27 that the landlord's books asked for the first: 294,82 in all, no cent more."""
    entry(here.town.veldhuizer, date(2026, 10, 5), Entry.Kind.CHARGE, 98_27, component=Entry.Component.COSTS)
    follow([here.household], TODAY)
    letter = make_letter(here.town.consultant, here.household, NOTICE, TODAY)
    assert (letter.total, letter.fee) == (3 * 655_15 + 98_27, 294_82 - 98_27)
    assert show_step(here.household, EventKind.LETTER_SENT, TODAY).fee == letter.fee


def test_costs_that_stay_unpaid_are_no_claim_of_the_letter(here: LetterTown) -> None:
    """All rent is paid in time and the costs in the books are not: nothing is left to ask costs for."""
    entry(here.town.veldhuizer, date(2026, 11, 10), Entry.Kind.CHARGE, 98_27, component=Entry.Component.COSTS)
    follow([here.household], TODAY)
    sent(here, NOTICE)
    entry(here.town.veldhuizer, later(9), Entry.Kind.PAYMENT, 3 * 655_15)
    follow([here.household], later(25))
    book = case_book.read(the_case(here.household), later(25))
    assert (book.at.amount, book.at.demand_open) == (98_27, 0)


def test_a_letter_recorded_by_hand_announces_no_more_than_one_that_is_made_here(here: LetterTown) -> None:
    """A garage of 150 euros: letters of 40,00 and 80,00 in the half year before leave 20,00 under the cap of lid 8."""
    charges = Entry.objects.filter(tenancy=here.household, kind=Entry.Kind.CHARGE, due__gte=date(2026, 9, 1))
    charges.update(amount=150_00)
    follow([here.household], TODAY)
    over = Case.objects.create(
        tenancy_id=here.household, number="2026-0417", opened_on=date(2026, 6, 4), overdue_since=date(2026, 6, 1),
        state=State.CLOSED, since=date(2026, 8, 2), closed_on=date(2026, 8, 2), outcome="paid",
    )  # fmt: skip
    for number, fee in ((1, 40_00), (2, 80_00)):
        CaseEvent.objects.create(
            case=over, sequence=number, kind=EventKind.LETTER_SENT, day=date(2026, 7, number), details={"fee": fee},
            recorded=timezone.now(),
        )  # fmt: skip
    assert show_step(here.household, EventKind.LETTER_SENT, TODAY).fee == 20_00
    assert make_letter(here.town.consultant, here.household, NOTICE, TODAY).fee == 20_00
