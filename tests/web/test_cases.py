"""The case on the screens: what each role sees of it, what is written down, and what is said when it cannot be."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from tests.web.conftest import As
from tests.web.factories import TODAY, Town
from voordeur.actions.keep_agreement import keep_agreement, valid_agreement
from voordeur.actions.keep_wish import keep_wish
from voordeur.core.access import Role
from voordeur.core.cases import State
from voordeur.core.contacts import Channel
from voordeur.store.models import (
    Agreement,
    AuditLine,
    Case,
    CaseEvent,
    Contact,
    PlannedContact,
    Promise,
    Proposal,
    Tenancy,
    User,
    Wish,
)

OPEN, NO, GONE, ELSEWHERE = 200, 403, 404, 302
PAGES = ("contact", "wish", "plan", "case_step")


def text_of(answer: Any) -> str:
    """The words of a page, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def address(page: str, tenancy: Tenancy | int, kind: str = "written_off") -> str:
    number = tenancy if isinstance(tenancy, int) else tenancy.pk
    return reverse(page, args=[number, kind] if page == "case_step" else [number])


def open_case(tenancy: Tenancy) -> Case:
    return Case.objects.get(tenancy=tenancy, closed_on=None)


def a_contact(client: Any, tenancy: Tenancy, **more: str) -> Any:
    """Send the form as it stands, with other answers where they are named."""
    page = client.get(address("contact", tenancy))
    values = {"id": str(page.context["form"].initial["id"]), "day": TODAY.isoformat(), "channel": "visit"}
    values |= {"part": "afternoon", "outcome": "no_answer"} | more
    return client.post(address("contact", tenancy), values)


class TestWhoMay:
    @pytest.mark.parametrize("page", PAGES)
    def test_open_the_pages_of_a_household(self, page: str, small_town: Town, as_user: As) -> None:
        people = (small_town.manager, small_town.consultant, small_town.chief, small_town.administrator)
        answers = [as_user(one).get(address(page, small_town.in_parts)).status_code for one in people]
        decides = page == "case_step"
        assert answers == [NO if decides else OPEN, OPEN, NO, NO]

    @pytest.mark.parametrize("page", [page for page in PAGES if page != "case_step"])
    def test_another_neighbourhood_does_not_exist(self, page: str, small_town: Town, as_user: As) -> None:
        client = as_user(small_town.manager)
        for household in (small_town.elsewhere, 999_999):
            assert client.get(address(page, household)).status_code == GONE
            assert client.post(address(page, household), {"channel": "visit"}).status_code == GONE
        assert not Contact.objects.exists()

    def test_the_desk_is_for_consultants(self, small_town: Town, as_user: As) -> None:
        people = (small_town.manager, small_town.consultant, small_town.chief, small_town.administrator)
        answers = [as_user(one).get(reverse("desk")).status_code for one in people]
        assert answers == [NO, OPEN, NO, NO]

    def test_agreements_are_kept_by_the_administrator(self, small_town: Town, as_user: As) -> None:
        people = (small_town.manager, small_town.consultant, small_town.chief, small_town.administrator)
        answers = [as_user(one).get(reverse("agreements")).status_code for one in people]
        assert answers == [NO, NO, NO, OPEN]

    @pytest.mark.parametrize("kind", ["bestaat_niet", "opened", "spoke", "gate_opened"])
    def test_a_step_that_nobody_takes_by_hand_has_no_page(
        self, kind: str, small_town: Town, as_user: As
    ) -> None:
        answer = as_user(small_town.consultant).get(address("case_step", small_town.in_parts, kind))
        assert answer.status_code == GONE

    def test_a_household_that_pays_has_no_steps(self, small_town: Town, as_user: As) -> None:
        answer = as_user(small_town.consultant).get(address("case_step", small_town.punctual))
        assert answer.status_code == GONE

    def test_the_neighbourhood_manager_reads_the_case_without_its_decisions(
        self, small_town: Town, as_user: As
    ) -> None:
        theirs = text_of(as_user(small_town.manager).get(address("tenancy", small_town.in_parts)))
        office = text_of(as_user(small_town.consultant).get(address("tenancy", small_town.in_parts)))
        assert "zaak 2026-" in theirs
        assert "Mag het signaal naar de gemeente?" not in theirs
        assert "Wat kan er nu?" not in theirs
        assert "Mag het signaal naar de gemeente?" in office
        assert "Wat kan er nu?" in office


class TestAContact:
    def test_is_kept_and_stands_in_the_line_of_time(self, small_town: Town, as_user: As) -> None:
        client = as_user(small_town.manager)
        answer = a_contact(
            client, small_town.in_parts, outcome="spoken", help_told="on", agreed="Belt vrijdag"
        )
        assert answer["Location"] == address("tenancy", small_town.in_parts)
        page = text_of(client.get(answer["Location"]))
        assert "Aan de deur, middag Gesproken. Schuldhulp genoemd. Belt vrijdag. (Marit Hoogland)" in page
        assert "In gesprek" in page
        assert open_case(small_town.in_parts).state == State.IN_TALK

    def test_sent_twice_is_kept_once(self, small_town: Town, as_user: As) -> None:
        client = as_user(small_town.manager)
        page = client.get(address("contact", small_town.in_parts))
        values = {
            "id": str(page.context["form"].initial["id"]), "day": TODAY.isoformat(), "channel": "phone",
            "part": "morning", "outcome": "no_answer",
        }  # fmt: skip
        for _ in range(2):
            assert client.post(address("contact", small_town.in_parts), values).status_code == ELSEWHERE
        assert Contact.objects.count() == 1

    def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(
        self, small_town: Town, as_user: As
    ) -> None:
        tomorrow = (TODAY + timedelta(days=1)).isoformat()
        answer = a_contact(
            as_user(small_town.manager), small_town.in_parts, day=tomorrow, part="", agreed="Belt terug"
        )
        errors = answer.context["form"].errors
        assert set(errors) == {"day", "part"}
        assert "Kies ochtend, middag of avond." in errors["part"][0]
        assert "Belt terug" in answer.content.decode()
        assert not Contact.objects.exists()

    def test_a_promise_is_written_in_euros(self, small_town: Town, as_user: As) -> None:
        friday = TODAY + timedelta(days=4)
        promise = {"outcome": "promised", "promise_until": friday.isoformat(), "promise_amount": "318,40"}
        a_contact(as_user(small_town.manager), small_town.in_parts, **promise)
        assert Promise.objects.get().amount == 318_40
        page = text_of(as_user(small_town.consultant).get(reverse("desk")))
        assert "Wilgenhof 31 vrijdag 27 november € 318,40: loopt nog" in page

    def test_an_amount_that_is_none_is_said_and_its_fold_is_open(self, small_town: Town, as_user: As) -> None:
        promise = {"outcome": "promised", "promise_until": TODAY.isoformat(), "promise_amount": "veel"}
        answer = a_contact(as_user(small_town.manager), small_town.in_parts, **promise)
        assert "Dit is geen bedrag." in answer.context["form"].errors["promise_amount"][0]
        assert '<details class="vd-more" open>' in answer.content.decode()

    def test_against_a_wish_asks_why(self, small_town: Town, as_user: As) -> None:
        keep_wish(small_town.manager, small_town.in_parts.pk, TODAY, channels=frozenset({Channel.PHONE}))
        client = as_user(small_town.manager)
        answer = a_contact(client, small_town.in_parts)
        assert set(answer.context["form"].errors) == {"exception"}
        a_contact(client, small_town.in_parts, exception="against_wish")
        assert Contact.objects.get().exception == "against_wish"

    def test_without_a_wish_nothing_is_asked_about_one(self, small_town: Town, as_user: As) -> None:
        page = text_of(as_user(small_town.manager).get(address("contact", small_town.in_parts)))
        assert "Waarom mocht dit contact toch?" not in page


class TestAWish:
    def test_stands_on_the_page_and_blocks_a_plan(self, small_town: Town, as_user: As) -> None:
        client = as_user(small_town.manager)
        client.post(
            address("wish", small_town.in_parts),
            {"channels": ["phone"], "parts": ["evening"], "language": "pl"},
        )
        page = text_of(client.get(address("tenancy", small_town.in_parts)))
        assert "Spreekt liever Pools." in page
        plan = {"channel": "visit", "day": TODAY.isoformat(), "part": "", "who": str(small_town.manager.pk)}
        answer = client.post(address("plan", small_town.in_parts), plan)
        assert set(answer.context["form"].errors) == {"exception"}
        client.post(address("plan", small_town.in_parts), plan | {"exception": "they_asked"})
        assert PlannedContact.objects.get().channel == "visit"

    def test_is_shown_again_when_it_is_changed(self, small_town: Town, as_user: As) -> None:
        keep_wish(small_town.manager, small_town.in_parts.pk, TODAY, language="tr")
        form = as_user(small_town.manager).get(address("wish", small_town.in_parts)).context["form"]
        assert form.initial["language"] == "tr"

    def test_to_be_left_alone_for_years_is_refused_at_its_field(self, small_town: Town, as_user: As) -> None:
        far = (TODAY + timedelta(days=800)).isoformat()
        answer = as_user(small_town.manager).post(
            address("wish", small_town.in_parts), {"language": "nl", "leave_alone_until": far}
        )
        assert set(answer.context["form"].errors) == {"leave_alone_until"}
        assert not Wish.objects.exists()


class TestAPlan:
    def test_is_on_the_page_until_it_is_taken_off(self, small_town: Town, as_user: As) -> None:
        client = as_user(small_town.consultant)
        day = TODAY + timedelta(days=2)
        who = str(small_town.manager.pk)
        client.post(
            address("plan", small_town.in_parts),
            {"channel": "visit", "day": day.isoformat(), "part": "morning", "who": who},
        )
        page = client.get(address("tenancy", small_town.in_parts))
        assert "Huisbezoek woensdag 25 november, ochtend · Marit Hoogland" in text_of(page)
        drop = reverse("drop_planned", args=[PlannedContact.objects.get().pk])
        assert client.post(drop)["Location"] == address("tenancy", small_town.in_parts)
        assert PlannedContact.objects.get().dropped == TODAY

    def test_can_only_be_taken_off_by_who_sees_the_household(self, small_town: Town, as_user: As) -> None:
        as_user(small_town.consultant).post(
            address("plan", small_town.elsewhere),
            {"channel": "visit", "day": TODAY.isoformat(), "part": "", "who": str(small_town.consultant.pk)},
        )
        drop = reverse("drop_planned", args=[PlannedContact.objects.get().pk])
        assert as_user(small_town.manager).post(drop).status_code == GONE
        assert as_user(small_town.chief).post(drop).status_code == NO
        assert PlannedContact.objects.get().dropped is None

    def test_offers_only_colleagues_who_work_there(self, small_town: Town, as_user: As) -> None:
        form = as_user(small_town.consultant).get(address("plan", small_town.elsewhere)).context["form"]
        assert [name for _pk, name in form.fields["who"].choices] == ["Tarek Vissering"]


class TestAStep:
    def reminder(self, client: Any, tenancy: Tenancy, **more: str) -> Any:
        values = {"evidence": "brief 12", "delivered": TODAY.isoformat(), "offer": "on", "help_told": "on"}
        return client.post(address("case_step", tenancy, "reminder_sent"), values | more)

    def test_that_the_law_forbids_says_why_and_has_no_button(self, small_town: Town, as_user: As) -> None:
        page = as_user(small_town.consultant).get(address("case_step", small_town.in_parts, "settled"))
        assert "Dit kan nog niet" in text_of(page)
        assert "Hier kan niemand omheen." in text_of(page)
        assert "vd-form" not in page.content.decode()

    def test_that_our_own_care_forbids_is_taken_by_two_with_a_reason(
        self, small_town: Town, as_user: As
    ) -> None:
        client = as_user(small_town.consultant)
        page = client.get(address("case_step", small_town.in_parts, "reminder_sent"))
        assert "Dit wijkt af van onze eigen afspraken" in text_of(page)
        assert self.reminder(client, small_town.in_parts).status_code == OPEN
        assert not Proposal.objects.exists()
        self.reminder(
            client, small_town.in_parts, overrules="personal_first", reason="Zit vast in het buitenland."
        )
        assert Proposal.objects.get().by == small_town.consultant

    def test_a_reminder_opens_the_waiting_days_of_the_gate(self, small_town: Town, as_user: As) -> None:
        keep_agreement(None, municipality="Lindewaard", first=TODAY, last=None)  # type: ignore[arg-type]
        client = as_user(small_town.consultant)
        a_contact(client, small_town.in_parts, outcome="spoken", help_told="on")
        assert self.reminder(client, small_town.in_parts).status_code == ELSEWHERE
        page = text_of(client.get(address("tenancy", small_town.in_parts)))
        assert "Tijd om nee te zeggen Nog niet: De huurder heeft nog tijd om te reageren, tot en met" in page
        assert "Herinnering gestuurd 23 november, bezorgd op 23 november" in page

    def test_a_field_that_is_lacking_is_said_at_the_field(self, small_town: Town, as_user: As) -> None:
        client = as_user(small_town.consultant)
        answer = client.post(address("case_step", small_town.in_parts, "held"), {"reason": "", "owner": ""})
        assert answer.status_code == OPEN
        assert answer.context["form"].errors
        assert open_case(small_town.in_parts).state == State.OVERDUE

    def test_a_decision_for_two_waits_on_the_page_and_the_desk(self, small_town: Town, as_user: As) -> None:
        client = as_user(small_town.consultant)
        page = client.get(address("case_step", small_town.in_parts))
        assert "Een tweede persoon beslist mee." in text_of(page)
        assert "Stel dit voor" in text_of(page)
        client.post(address("case_step", small_town.in_parts), {"reason": "Verjaard."})
        assert open_case(small_town.in_parts).state == State.OVERDUE
        page = client.get(address("tenancy", small_town.in_parts))
        assert "Trek het voorstel in" in text_of(page)
        assert "Ik stem in" not in text_of(page)
        assert "Wacht op een tweede persoon" in text_of(client.get(reverse("desk")))


class TestTheSecondPerson:
    @pytest.fixture
    def proposal(self, small_town: Town, as_user: As) -> Proposal:
        as_user(small_town.consultant).post(
            address("case_step", small_town.in_parts), {"reason": "Verjaard."}
        )
        return Proposal.objects.get()

    def answer(self, client: Any, proposal: Proposal, word: str) -> Any:
        return client.post(reverse("second", args=[proposal.pk, word]))

    def test_a_manager_opens_the_file_only_while_it_waits(
        self, small_town: Town, as_user: As, proposal: Proposal
    ) -> None:
        client = as_user(small_town.chief)
        assert client.get(address("tenancy", small_town.first_door)).status_code == GONE
        page = client.get(address("tenancy", small_town.in_parts))
        assert "Verjaard." in text_of(page)
        assert "Ik stem in" in text_of(page)
        assert "Je ziet dit dossier voor: meebeslissen." in text_of(page)
        assert self.answer(client, proposal, "ja")["Location"] == reverse("team")
        assert Case.objects.get(tenancy=small_town.in_parts).outcome == "written_off"
        assert client.get(address("tenancy", small_town.in_parts)).status_code == GONE

    def test_a_no_leaves_the_case_as_it_was(self, small_town: Town, as_user: As, proposal: Proposal) -> None:
        before = CaseEvent.objects.count()
        self.answer(as_user(small_town.chief), proposal, "nee")
        proposal.refresh_from_db()
        assert (proposal.agreed, CaseEvent.objects.count()) == (False, before)

    def test_who_proposed_it_cannot_agree(self, small_town: Town, as_user: As, proposal: Proposal) -> None:
        answer = self.answer(as_user(small_town.consultant), proposal, "ja")
        assert answer.status_code == 409
        assert "Je stelde dit zelf voor." in text_of(answer)
        assert open_case(small_town.in_parts).state == State.OVERDUE

    def test_who_proposed_it_takes_it_back_and_nobody_else_does(
        self, small_town: Town, as_user: As, proposal: Proposal
    ) -> None:
        other = User.objects.create(username="sam", role="consultant")
        assert self.answer(as_user(other), proposal, "terug").status_code == GONE
        assert self.answer(as_user(small_town.consultant), proposal, "terug").status_code == ELSEWHERE
        proposal.refresh_from_db()
        assert (proposal.agreed, proposal.decided_by) == (False, small_town.consultant)

    @pytest.mark.parametrize("who", ["manager", "administrator"])
    def test_it_is_not_for_everybody(
        self, who: str, small_town: Town, as_user: As, proposal: Proposal
    ) -> None:
        assert self.answer(as_user(getattr(small_town, who)), proposal, "ja").status_code == NO

    def test_another_word_is_no_answer(self, small_town: Town, as_user: As, proposal: Proposal) -> None:
        assert self.answer(as_user(small_town.chief), proposal, "misschien").status_code == GONE
        proposal.refresh_from_db()
        assert proposal.decided is None

    def test_a_decision_is_written_down(self, small_town: Town, as_user: As, proposal: Proposal) -> None:
        self.answer(as_user(small_town.chief), proposal, "ja")
        subject = f"tenancy:{small_town.in_parts.pk}"
        done = AuditLine.objects.filter(subject=subject).order_by("id").values_list("action", flat=True)
        assert [action for action in done if not action.startswith("open_")] == ["propose", "agree", "decide"]


class TestTheDesk:
    def test_shows_open_cases_by_step_and_can_show_the_own_ones(self, small_town: Town, as_user: As) -> None:
        client = as_user(small_town.consultant)
        page = text_of(client.get(reverse("desk")))
        assert f"{Case.objects.filter(closed_on=None).count()} open zaken." in page
        assert "Wilgenhof 31" in page
        assert "Er is geen open zaak" in text_of(client.get(reverse("desk"), {"van": "mij"}))
        client.post(address("take_on", small_town.in_parts))
        assert open_case(small_town.in_parts).owner == small_town.consultant
        mine = text_of(client.get(reverse("desk"), {"van": "mij"}))
        assert "1 open zaak." in mine
        assert "Wilgenhof 31" in mine

    def test_all_the_cases_of_one_step_have_a_page(self, small_town: Town, as_user: As) -> None:
        client = as_user(small_town.consultant)
        step = open_case(small_town.in_parts).tenancy.standing.action
        page = text_of(client.get(reverse("desk"), {"stap": step}))
        assert "Wilgenhof 31" in page
        assert "de dringendste bovenaan" in page
        mine = text_of(client.get(reverse("desk"), {"stap": step, "van": "mij"}))
        assert "Er is geen open zaak" in mine
        assert "open zaken." in text_of(client.get(reverse("desk"), {"stap": "ontruimen"})), (
            "no such step: the desk"
        )

    def test_a_case_is_handed_to_a_colleague_who_may_decide_and_to_nobody_else(
        self, small_town: Town, as_user: As
    ) -> None:
        client, where = as_user(small_town.consultant), address("take_on", small_town.in_parts)
        ben = User.objects.create(username="ben", role=Role.CONSULTANT, first_name="Ben")
        client.post(where, {"owner": str(ben.pk)})
        assert open_case(small_town.in_parts).owner == ben
        assert "Ben let erop." in text_of(client.get(address("tenancy", small_town.in_parts)))
        for stranger in (small_town.manager.pk, small_town.administrator.pk, 999_999):
            assert client.post(where, {"owner": str(stranger)}).status_code == GONE
        assert open_case(small_town.in_parts).owner == ben

    def test_a_hold_stands_on_the_case_with_why_until_when_and_who(
        self, small_town: Town, as_user: As
    ) -> None:
        client, until = as_user(small_town.consultant), TODAY + timedelta(days=20)
        owner = str(small_town.consultant.pk)
        held = {"reason": "Zie verslag.", "hold": "bereavement", "owner": owner, "until": until.isoformat()}
        assert client.post(address("case_step", small_town.in_parts, "held"), held).status_code == ELSEWHERE
        page = text_of(client.get(address("tenancy", small_town.in_parts)))
        who = str(small_town.consultant)
        assert (
            f"Er is iemand overleden tot en met zondag 13 december sinds 23 november · {who} let erop" in page
        )
        assert "Beëindig de onderbreking" in page
        assert "Stuur de veertiendagenbrief" not in page

    def test_what_has_not_even_begun_is_no_answer_to_what_cannot_be_done_yet(
        self, small_town: Town, as_user: As
    ) -> None:
        page = as_user(small_town.consultant).get(address("tenancy", small_town.in_parts))
        waiting = {one.kind.value for one in page.context["case"].closed}
        assert waiting <= {"reminder_sent", "letter_sent", "signal_sent"}
        assert not waiting & {"settled", "tenancy_ended", "signal_withdrawn", "signal_answered"}

    def test_without_a_case_it_says_so(self, small_town: Town, as_user: As) -> None:
        Case.objects.update(closed_on=TODAY)
        assert "Er is geen open zaak" in text_of(as_user(small_town.consultant).get(reverse("desk")))


class TestAgreements:
    def test_one_is_kept_and_listed(self, small_town: Town, as_user: As) -> None:
        client = as_user(small_town.administrator)
        assert "Melden kan dus niet." in text_of(client.get(reverse("agreements")))
        client.post(
            reverse("agreements"),
            {"municipality": "Lindewaard", "first": "2026-01-01", "last": "", "floor": "75"},
        )
        assert "Lindewaard 1 januari 2026 – € 75,00" in text_of(client.get(reverse("agreements")))

    def test_what_is_wrong_is_said(self, small_town: Town, as_user: As) -> None:
        client = as_user(small_town.administrator)
        answer = client.post(reverse("agreements"), {"municipality": "", "first": "", "floor": "x"})
        assert set(answer.context["form"].errors) == {"municipality", "first", "floor"}
        answer = client.post(
            reverse("agreements"), {"municipality": "Lindewaard", "first": "2026-02-01", "last": "2026-01-01"}
        )
        assert "Deze afspraak is niet volledig." in text_of(answer)
        assert not Agreement.objects.exists()

    def test_one_is_ended_with_a_day_and_not_further_back_than_yesterday(
        self, small_town: Town, as_user: As
    ) -> None:
        client = as_user(small_town.administrator)
        given = {"municipality": "Lindewaard", "first": "2026-01-01", "last": "", "floor": ""}
        client.post(reverse("agreements"), given)
        page = client.get(reverse("agreements"))
        assert "geldt Beëindig Lindewaard" in text_of(page)
        where = reverse("end_agreement", args=[page.context["found"][0].line.id])
        early = client.post(where, {"last": (TODAY - timedelta(days=2)).isoformat()})
        assert set(early.context["form"].errors) == {"last"}
        yesterday = TODAY - timedelta(days=1)
        assert client.post(where, {"last": yesterday.isoformat()}).status_code == ELSEWHERE
        assert valid_agreement(yesterday) is not None
        assert valid_agreement(TODAY) is None
        assert "afgelopen" in text_of(client.get(reverse("agreements")))
