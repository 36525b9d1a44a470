"""What a tenant sees and can do on the own page, and what staff then see of it."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.web.conftest import As
from tests.web.factories import TODAY, Town, entry
from tests.web.own_page_town import Phone, link_for, phone, settle_head
from tests.web.test_hostile_text import HOSTILE
from voordeur.actions import tenant_link
from voordeur.actions.follow import follow
from voordeur.actions.propose_arrangement import Proposal, propose
from voordeur.core.arrangements.values import Rhythm, Terms
from voordeur.core.cases import EventKind
from voordeur.store.models import (
    Arrangement,
    AuditLine,
    Case,
    CaseEvent,
    Entry,
    PlannedContact,
    RightsRequest,
    TenantAsk,
    Wish,
)
from voordeur.store.queries.holdings import holdings

FIRST = date(2026, 11, 26)


@pytest.fixture
def town(small_town: Town) -> Town:
    """The small town, with a landlord at the head of its letters."""
    settle_head(small_town)
    return small_town


@pytest.fixture
def tenant(town: Town) -> Phone:
    """The household that paid a part of October and nothing of November."""
    one = phone()
    one.open(link_for(town, town.in_parts))
    return one


def text(answer: object) -> str:
    """What stands on a page, without marks and with plain spaces."""
    content = answer.content.decode()  # type: ignore[attr-defined]
    return " ".join(re.sub(r"<[^>]+>", " ", content.replace("\u00a0", " ")).split())


class TestWhatIsOpen:
    def test_each_charge_with_what_is_open_of_it(self, tenant: Phone) -> None:
        page = text(tenant.see("own_page"))
        assert "Huur van oktober 2026, het laatste deel € 318,40" in page
        assert "Huur van november 2026 € 618,40" in page
        assert "Samen € 936,80" in page
        assert "QR-code om € 936,80 te betalen" in tenant.see("own_page").content.decode().replace(
            "\u00a0", " "
        )

    def test_how_to_pay_it_on_this_phone(self, tenant: Phone, town: Town) -> None:
        page = text(tenant.see("own_pay"))
        assert "Bedrag € 936,80 Rekening NL30 LIND 0417 2026 10 Op naam van Woonstichting De Linde" in page
        assert f"Kenmerk {town.in_parts.key}" in page

    def test_what_was_paid_and_for_what_the_newest_first(self, tenant: Phone) -> None:
        page = text(tenant.see("own_paid"))
        assert "14 oktober 2026 Huur van oktober 2026 € 300,00 4 september 2026" in page
        assert "2024" not in page

    def test_who_is_up_to_date_has_nothing_to_pay_and_no_green_door(self, town: Town) -> None:
        one = phone()
        one.open(link_for(town, town.punctual))
        page = one.see("own_page").content.decode()
        assert "U bent bij" in page
        assert "vd-next" not in page
        assert one.see("own_pay").status_code == 404
        assert "U hoeft niets te doen" in text(one.see("own_propose"))

    def test_a_debit_that_was_taken_back_says_so(self, town: Town) -> None:
        taken_back = Entry.objects.get(kind=Entry.Kind.REVERSAL).tenancy
        one = phone()
        one.open(link_for(town, taken_back))
        page = text(one.see("own_paid"))
        assert "4 november 2026 teruggeboekt door uw bank −€ 689,95" in page
        assert "1 november 2026 later teruggeboekt € 689,95" in page

    def test_rent_that_comes_soon_and_credit_are_said_apart(self, tenant: Phone, town: Town) -> None:
        due = date(2026, 12, 1)
        entry(town.punctual, TODAY, Entry.Kind.CHARGE, 655_15, due=due, period=due).save()
        one = phone()
        one.open(link_for(town, town.punctual))
        assert "Huur van december 2026 (€ 655,15) betaalt u uiterlijk dinsdag 1 december" in text(
            one.see("own_page")
        )

    def test_in_english_the_same(self, tenant: Phone) -> None:
        tenant.client.post(reverse("set_language"), {"language": "en", "next": "/mijn/overzicht/"})
        page = text(tenant.see("own_page"))
        assert "Rent for October 2026, the last part € 318.40" in page
        assert "Your name and address are not on this page." in page


class TestAsking:
    def test_a_visit_becomes_a_task_that_a_person_plans(self, tenant: Phone, town: Town, as_user: As) -> None:
        day = TODAY + timedelta(days=2)
        tenant.send(
            "own_contact", kind="visit", day=day.isoformat(), part="evening", words="Ik werk overdag."
        )
        asked = TenantAsk.objects.get()
        assert not PlannedContact.objects.exists()
        manager = as_user(town.manager)
        assert "Wilgenhof 31 wil graag bezoek, woensdag 25 november, avond" in text(
            manager.get(reverse("today"))
        )
        assert "wil graag bezoek" in text(as_user(town.consultant).get(reverse("desk")))
        page = text(manager.get(reverse("tenant_ask", args=[asked.pk])))
        assert "Ik werk overdag." in page
        manager.post(
            reverse("tenant_ask", args=[asked.pk]), {"who": town.manager.pk, "day": day, "part": "evening"}
        )
        planned = PlannedContact.objects.get()
        assert (planned.channel, planned.day, planned.who, planned.by) == (
            "visit",
            day,
            town.manager,
            town.manager,
        )
        assert "Marit komt langs op woensdag 25 november, avond." in text(tenant.see("own_page"))
        assert manager.post(
            reverse("tenant_ask", args=[asked.pk]), {"who": town.manager.pk, "day": day}
        ).status_code

    def test_only_so_is_a_wish_and_being_asked_goes_before_it(
        self, tenant: Phone, town: Town, as_user: As
    ) -> None:
        tenant.send("own_contact", kind="call", part="morning", only_so="on")
        wish = Wish.objects.get()
        assert (wish.channels, wish.parts, wish.by) == (["phone"], ["morning"], None)
        asked, client = TenantAsk.objects.get(), as_user(town.manager)
        answer = client.post(
            reverse("tenant_ask", args=[asked.pk]),
            {"who": town.manager.pk, "day": TODAY, "part": "afternoon"},
        )
        assert answer.status_code == 302
        visit = {"channel": "visit", "day": TODAY, "who": town.manager.pk, "part": ""}
        refused = client.post(reverse("plan", args=[town.in_parts.pk]), visit)
        assert refused.status_code == 200
        assert PlannedContact.objects.count() == 1

    def test_an_answer_is_read_by_the_tenant(self, tenant: Phone, town: Town, as_user: As) -> None:
        tenant.send("own_contact", kind="call")
        address = reverse("tenant_ask_answer", args=[TenantAsk.objects.get().pk])
        as_user(town.consultant).post(address, {"answer": "Wij spraken elkaar al vanmorgen."})
        assert "Wij spraken elkaar al vanmorgen." in text(tenant.see("own_page"))

    def test_asking_again_replaces_what_waits(self, tenant: Phone) -> None:
        for part in ("morning", "evening"):
            tenant.send("own_contact", kind="call", part=part)
        assert TenantAsk.objects.get().part == "evening"

    @pytest.mark.parametrize(
        "form", [{"kind": "call", "day": "2027-06-01"}, {"kind": "call", "day": "31-02"}, {}]
    )
    def test_what_cannot_be_is_said_and_not_kept(self, form: dict[str, str], tenant: Phone) -> None:
        assert tenant.send("own_contact", **form).status_code == 200
        assert not TenantAsk.objects.exists()

    @pytest.mark.parametrize("kind", HOSTILE)
    def test_no_form_breaks_on_what_somebody_types(self, kind: str, tenant: Phone) -> None:
        wrong = HOSTILE[kind].encode("utf-8", "surrogatepass").decode("utf-8", "replace")
        fields = (
            "code",
            "number",
            "kind",
            "day",
            "part",
            "words",
            "amount",
            "first",
            "rhythm",
            "key",
            "ask",
            "stap",
        )
        for name in ("own_entrance", "own_contact", "own_known", "own_propose", "own_change", "own_plan"):
            answer = tenant.client.post(
                reverse(name), dict.fromkeys(fields, wrong), REMOTE_ADDR=f"198.51.100.{len(name)}"
            )
            assert answer.status_code < 500, (name, kind)
            good = {"kind": "call", "ask": "correction", "amount": "80", "first": FIRST, "rhythm": "monthly"}
            answer = tenant.client.post(reverse(name), {**good, "key": uuid4(), "words": wrong})
            assert answer.status_code < 500, (name, kind)
        assert "<script>alert" not in tenant.see("own_page").content.decode()


class TestOwnData:
    def test_in_short_without_what_it_says(self, tenant: Phone) -> None:
        page = text(tenant.see("own_known"))
        assert "Huur en betalingen" in page
        assert "incassoconsulent maakte een link naar de eigen pagina" in page or "consulent" in page
        assert "Vissering" not in page

    def test_the_whole_overview_is_a_request_with_its_term(
        self, tenant: Phone, as_user: As, town: Town
    ) -> None:
        tenant.send("own_known", ask="access")
        asked = RightsRequest.objects.get()
        assert (asked.kind, asked.way, asked.received, asked.identity, asked.recorded_by) == (
            "access", "page", TODAY, "", None
        )  # fmt: skip
        again = tenant.send("own_known", ask="access")
        assert "U vroeg dit al." in text(again)
        assert RightsRequest.objects.count() == 1

    def test_what_is_wrong_in_own_words(self, tenant: Phone) -> None:
        assert "Hier staat nog niets." in text(tenant.send("own_known", ask="correction", words=" "))
        tenant.send("own_known", ask="correction", words="Mijn telefoonnummer is anders.")
        assert RightsRequest.objects.get().said == "Mijn telefoonnummer is anders."

    def test_links_and_questions_are_in_what_we_hold(self, tenant: Phone, town: Town) -> None:
        tenant.send("own_contact", kind="call", words="Na vijven.")
        found = {part.name: part for part in holdings(town.in_parts.pk, TODAY).parts}
        assert len(found["tenantlink"].records) == 1
        assert "Na vijven." in {held.said.nl for held in found["tenantask"].records[0]}
        who = {
            held.said.nl for record in found["auditline"].records for held in record if held.name == "role"
        }
        assert "u zelf, op uw eigen pagina" in who


class TestSayingNo:
    def test_it_counts_at_once_and_is_the_tenants_own(self, tenant: Phone, town: Town) -> None:
        assert "U mag nee zeggen" in text(tenant.see("own_no"))
        tenant.send("own_no")
        case = Case.objects.get(tenancy=town.in_parts, closed_on=None)
        event = CaseEvent.objects.get(case=case, kind=EventKind.OBJECTED)
        assert (case.state, event.by, event.details["evidence"][:9]) == (
            "blocked_objection",
            None,
            "own-page:",
        )
        assert "U zei nee. Wij geven niets door." in text(tenant.see("own_no"))
        tenant.send("own_no")
        assert CaseEvent.objects.filter(kind=EventKind.OBJECTED).count() == 1

    def test_without_a_case_there_is_nothing_to_pass_on(self, town: Town) -> None:
        one = phone()
        one.open(link_for(town, town.punctual))
        assert "Wij geven nu niets door" in text(one.see("own_no"))
        assert one.send("own_no").status_code == 409


class TestPlan:
    CHOSEN = {"amount": "250", "rhythm": "monthly", "first": FIRST.isoformat()}

    def test_the_household_chooses_sees_the_days_and_sends(
        self, tenant: Phone, town: Town, as_user: As
    ) -> None:
        key = str(uuid4())
        seen = text(tenant.send("own_propose", **self.CHOSEN, key=key, stap="kijk"))
        assert (
            "3 keer € 250,00 en dan € 186,80 , van donderdag 26 november 2026 tot en met vrijdag 26 februari 2027."
            in seen
        )
        assert "donderdag 26 november 2026 € 250,00" in seen
        assert "€ 186,80" in seen
        assert not Arrangement.objects.exists()
        for _ in range(2):
            assert tenant.send("own_propose", **self.CHOSEN, key=key, stap="stuur").status_code == 302
        row = Arrangement.objects.get()
        assert (row.state, row.origin, row.made_by, row.agreed_on, row.total) == (
            "proposed", "tenant", None, None, 936_80
        )  # fmt: skip
        assert "U stelde voor: 3 keer € 250,00 en dan € 186,80." in text(tenant.see("own_page"))
        consultant = as_user(town.consultant)
        assert "stelt een regeling voor: 3 keer € 250,00 en dan € 186,80" in text(
            consultant.get(reverse("desk"))
        )
        consultant.post(reverse("arrangement_accept", args=[row.pk]))
        page = text(tenant.see("own_page"))
        assert "U betaalt dit in 4 delen." in page
        assert "Deel 1 van 4 € 250,00 Graag uiterlijk donderdag 26 november." in page
        assert "Kenmerk RF" in text(tenant.see("own_pay"))
        assert "Vraag om een andere regeling" in page

    @pytest.mark.parametrize(
        ("amount", "first"), [("5", FIRST), ("250", date(2026, 11, 1)), ("250", date(2027, 5, 1))]
    )
    def test_beyond_the_limits_of_the_policy_is_said_and_not_kept(
        self, amount: str, first: date, tenant: Phone
    ) -> None:
        chosen = {"amount": amount, "rhythm": "monthly", "first": first.isoformat(), "key": str(uuid4())}
        answer = tenant.send("own_propose", **chosen, stap="stuur")
        assert answer.status_code == 200
        assert 'role="alert"' in answer.content.decode()
        assert not Arrangement.objects.exists()

    @pytest.mark.parametrize("rhythm", ["weekly", "monthly"])
    @pytest.mark.parametrize("first", ["9999-12-31", "0001-01-01"])
    def test_a_day_at_the_end_of_the_calendar_is_a_sentence_and_no_fault(
        self, tenant: Phone, rhythm: str, first: str
    ) -> None:
        chosen = {**self.CHOSEN, "rhythm": rhythm, "first": first, "key": str(uuid4())}
        answer = tenant.send("own_propose", **chosen, stap="stuur")
        assert answer.status_code == 200
        assert not Arrangement.objects.exists()

    def test_yes_by_link_to_what_a_colleague_proposed(self, tenant: Phone, town: Town) -> None:
        terms = Terms(936_80, 250_00, Rhythm.MONTHLY, FIRST)
        row = propose(town.consultant, town.in_parts.pk, Proposal(uuid4(), terms), TODAY)
        assert "Wij stellen voor: 3 keer € 250,00 en dan € 186,80." in text(tenant.see("own_page"))
        assert tenant.send("own_plan", arrangement=str(row.pk)).status_code == 302
        row.refresh_from_db()
        assert (row.agreed_on, row.agreement.how, row.agreed_by) == (TODAY, "link", town.consultant)
        assert AuditLine.objects.filter(action="agree_plan", purpose="own", actor=None).count() == 1

    def test_yes_to_the_plan_of_somebody_else_or_of_before_is_refused(
        self, tenant: Phone, town: Town
    ) -> None:
        follow([town.first_door.pk], TODAY)
        other = propose(
            town.consultant, town.first_door.pk,
            Proposal(uuid4(), Terms(655_15, 250_00, Rhythm.MONTHLY, FIRST)), TODAY,
        )  # fmt: skip
        assert tenant.send("own_plan", arrangement=str(other.pk)).status_code == 409
        key, terms = uuid4(), Terms(936_80, 250_00, Rhythm.MONTHLY, FIRST)
        old = propose(town.consultant, town.in_parts.pk, Proposal(key, terms), TODAY)
        propose(
            town.consultant,
            town.in_parts.pk,
            Proposal(uuid4(), Terms(936_80, 300_00, terms.rhythm, FIRST)),
            TODAY,
        )
        assert tenant.send("own_plan", arrangement=str(old.pk)).status_code == 409
        assert not Arrangement.objects.filter(agreed_on__isnull=False).exists()

    def test_nobody_agrees_with_oneself(self, tenant: Phone) -> None:
        tenant.send("own_propose", **self.CHOSEN, key=str(uuid4()), stap="stuur")
        row = Arrangement.objects.get()
        assert tenant.send("own_plan", arrangement=str(row.pk)).status_code == 409
        assert Arrangement.objects.get().agreed_on is None

    def test_another_arrangement_is_asked_and_a_person_decides(self, tenant: Phone, town: Town) -> None:
        terms = Terms(936_80, 250_00, Rhythm.MONTHLY, FIRST)
        row = propose(town.consultant, town.in_parts.pk, Proposal(uuid4(), terms), TODAY)
        tenant.send("own_plan", arrangement=str(row.pk))
        assert "U heeft al een regeling." in text(tenant.see("own_propose"))
        tenant.send("own_change", words="100 per maand lukt wel.")
        assert TenantAsk.objects.get().kind == "change"
        assert Arrangement.objects.get().terms["amount"] == 250_00


def test_a_tenants_deeds_ask_for_a_visit_and_nothing_else() -> None:
    """Every deed of the own page takes the visit that a key proved, never a number that somebody sends."""
    assert tenant_link.Visit.__dataclass_params__.frozen  # type: ignore[attr-defined]
