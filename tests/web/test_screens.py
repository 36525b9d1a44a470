"""What the screens say, read as a colleague reads them."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.web.conftest import As
from tests.web.factories import MOLENKWARTIER, TODAY, Town, entry
from voordeur.actions.assess import assess
from voordeur.store.models import AuditLine, BankLine, Entry, ImportProblem, KnownPayer, Standing, User


def text_of(page: bytes) -> str:
    """The words of a page, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.decode()).replace("&nbsp;", " ").split())


class TestToday:
    def read(self, town: Town, as_user: As) -> str:
        return text_of(as_user(town.manager).get(reverse("today")).content)

    def test_the_most_urgent_door_comes_first_and_is_the_only_one_with_a_name(
        self, small_town: Town, as_user: As
    ) -> None:
        page = self.read(small_town, as_user)
        assert "Weverslaan 112 mevrouw Tesfay · eerste keer langs" in page
        others = {household.name for household in MOLENKWARTIER} - {"mevrouw Tesfay"}
        assert [name for name in others if name in page] == []

    def test_amounts_stand_on_the_first_door_only(self, small_town: Town, as_user: As) -> None:
        page = self.read(small_town, as_user)
        door, _, rest = page.partition("Bekijk dit dossier")
        assert "€ 2.069,85 open 83 dagen te laat" in door
        assert "€" not in rest

    def test_whoever_paid_is_named_on_top(self, small_town: Town, as_user: As) -> None:
        assert "Bakkerspad 8 heeft betaald. Niet langsgaan voor geld." in self.read(small_town, as_user)

    def test_the_list_says_its_length_and_ends(self, small_town: Town, as_user: As) -> None:
        page = self.read(small_town, as_user)
        assert "6 deuren op de lijst" in page
        assert "Dat is alles." in page

    def test_what_does_not_fit_in_the_week_stands_apart(self, small_town: Town, as_user: As) -> None:
        User.objects.filter(pk=small_town.manager.pk).update(weekly_visits=2)
        page = self.read(small_town, as_user)
        this_week, _, later = page.partition("Past niet meer in deze week")
        assert "Korenstraat 27" in this_week
        assert "Molenstraat 14" in later

    def test_the_other_neighbourhood_is_not_on_it(self, small_town: Town, as_user: As) -> None:
        assert "Kade" not in self.read(small_town, as_user)

    def test_nothing_to_do_is_said_and_there_is_no_green_door(self, small_town: Town, as_user: As) -> None:
        Standing.objects.update(action="nothing")
        answer = as_user(small_town.manager).get(reverse("today")).content
        assert "Vandaag hoef je nergens langs te gaan" in text_of(answer)
        assert b"vd-next" not in answer

    def test_a_colleague_can_stand_in(self, small_town: Town, as_user: As) -> None:
        client = as_user(small_town.consultant)
        assert "Marit Hoogland" in text_of(client.get(reverse("today")).content)
        list_of_there = client.get(reverse("today"), {"wijk": small_town.havenkant.pk})
        assert "Kade 11" in text_of(list_of_there.content)


class TestTheFile:
    def read(self, town: Town, as_user: As, **asked: str) -> str:
        page = reverse("tenancy", args=[town.in_parts.pk])
        return text_of(as_user(town.consultant).get(page, asked).content)

    def test_the_open_column_adds_up_to_the_amount_on_top(self, small_town: Town, as_user: As) -> None:
        page = self.read(small_town, as_user)
        assert "Open · oudste deel 53 dagen € 936,80" in page
        assert "Samen 3.092,00 936,80" in page  # five months of rent; 318,40 and 618,40 open

    def test_the_payer_s_own_words_stand_with_the_payment(self, small_town: Town, as_user: As) -> None:
        assert "€ 300,00 · overgemaakt 14 okt, met “huur 10-2026”" in self.read(small_town, as_user)

    def test_the_next_step_says_why_and_why_not_something_else(self, small_town: Town, as_user: As) -> None:
        page = self.read(small_town, as_user)
        assert "Volgende stap Ga langs De huur van november is niet binnen" in page
        assert (
            "Waarom geen brief? Een brief gaat pas uit als iemand persoonlijk contact heeft gezocht." in page
        )

    def test_the_pattern_is_said_in_words_too(self, small_town: Town, as_user: As) -> None:
        page = self.read(small_town, as_user)
        assert (
            "22 maanden: binnen 3 dagen betaald. oktober: een deel, op dag 13. november: nog niets." in page
        )

    def test_it_can_be_seen_as_it_stood_on_another_day(self, small_town: Town, as_user: As) -> None:
        page = self.read(small_town, as_user, op="2026-10-10")
        assert "Zo stond het op 10 oktober 2026" in page
        assert "Open · oudste deel 9 dagen € 618,40" in page
        assert "Volgende stap" not in page

    def test_and_as_it_was_known_then(self, small_town: Town, as_user: As) -> None:
        late_news = TODAY - timedelta(days=2)
        entry(
            small_town.in_parts, TODAY - timedelta(days=20), Entry.Kind.PAYMENT, 318_40, known=late_news
        ).save()
        seen_now = self.read(small_town, as_user, op="2026-11-10")
        known_then = self.read(small_town, as_user, op="2026-11-10", bekend="2026-11-10")
        assert "€ 618,40" in seen_now.partition("Open · oudste deel")[2][:40]
        assert "€ 936,80" in known_then.partition("Open · oudste deel")[2][:40]

    def test_a_day_that_does_not_exist_is_said_beside_the_field(self, small_town: Town, as_user: As) -> None:
        assert "Deze dag bestaat niet." in self.read(small_town, as_user, op="2026-02-30")

    def test_credit_is_shown(self, small_town: Town, as_user: As) -> None:
        entry(small_town.in_parts, TODAY, Entry.Kind.PAYMENT, 1_000_00).save()
        assess([small_town.in_parts.pk], TODAY)
        page = self.read(small_town, as_user)
        assert "Tegoed van de huurder € 63,20" in page
        assert "Je hoeft nu niets te doen" in page

    def test_everything_is_one_step_away(self, small_town: Town, as_user: As) -> None:
        assert "21 posten" in self.read(small_town, as_user)
        assert "Huur oktober 2024" in self.read(small_town, as_user, alles="")


class TestThePortfolio:
    def test_rows_add_up_to_the_total(self, small_town: Town, as_user: As) -> None:
        page = text_of(as_user(small_town.consultant).get(reverse("portfolio")).content)
        assert "8 van 12 huishoudens lopen achter. Samen is dat € 7.735" in page
        assert "Alle wijken 8 4.952 1.580 1.203 0 7.735" in page

    def test_too_many_visits_are_named(self, small_town: Town, as_user: As) -> None:
        page = text_of(as_user(small_town.consultant).get(reverse("portfolio")).content)
        assert "2 te veel 2 van 0" in page

    def test_the_list_of_a_neighbourhood_can_be_put_in_order(self, small_town: Town, as_user: As) -> None:
        client = as_user(small_town.consultant)
        page = reverse("neighbourhood", args=[small_town.molenkwartier.pk])
        by_amount = text_of(client.get(page).content)
        by_address = text_of(client.get(page, {"volgorde": "adres"}).content)
        assert by_amount.index("Weverslaan 112") < by_amount.index("Bakkerspad 3")
        assert by_address.index("Bakkerspad 3") < by_address.index("Weverslaan 112")
        assert "6 huishoudens lopen achter" in by_amount

    @pytest.mark.parametrize("odd", ["0", "99999999999", "-1", "x", ""])
    def test_an_odd_page_number_gives_a_page(self, odd: str, small_town: Town, as_user: As) -> None:
        page = reverse("neighbourhood", args=[small_town.molenkwartier.pk])
        answer = as_user(small_town.consultant).get(page, {"pagina": odd, "volgorde": "'; --"})
        assert answer.status_code == 200


class TestPayments:
    def test_a_proposal_is_a_question_with_its_reason(self, small_town: Town, as_user: As) -> None:
        page = text_of(as_user(small_town.consultant).get(reverse("payments")).content)
        assert "Is € 598,00 van Lindelaan 6?" in page
        assert "Naam en bedrag passen." in page

    def test_yes_books_it_and_remembers_the_account(self, small_town: Town, as_user: As) -> None:
        line = small_town.proposal
        form = {"huurcontract": line.tenancy_id, "onthoud": "1"}
        answer = as_user(small_town.consultant).post(reverse("match", args=[line.pk]), form, follow=True)
        assert "De betaling is gekoppeld." in text_of(answer.content)
        line.refresh_from_db()
        assert line.state == BankLine.State.BOOKED
        assert KnownPayer.objects.get().tenancy_id == line.tenancy_id

    def test_no_leads_to_searching(self, small_town: Town, as_user: As) -> None:
        client = as_user(small_town.consultant)
        answer = client.post(reverse("decline", args=[small_town.proposal.pk]), follow=True)
        assert "Van wie is deze betaling?" in text_of(answer.content)
        found = client.post(reverse("payment_search", args=[small_town.proposal.pk]), {"q": "Lindelaan 6"})
        assert "Lindelaan 6" in text_of(found.content)

    def test_no_rent_counts_for_nobody(self, small_town: Town, as_user: As) -> None:
        as_user(small_town.consultant).post(reverse("not_rent", args=[small_town.unknown.pk]))
        small_town.unknown.refresh_from_db()
        assert small_town.unknown.state == BankLine.State.NOT_RENT

    def test_deciding_twice_says_that_it_was_decided(self, small_town: Town, as_user: As) -> None:
        client, line = as_user(small_town.consultant), small_town.proposal
        for _ in range(2):
            answer = client.post(reverse("match", args=[line.pk]), {"huurcontract": line.tenancy_id})
        assert answer.status_code == 409
        assert "Over deze betaling is al beslist." in text_of(answer.content)

    @pytest.mark.parametrize("odd", ["", "x", "999999", "-1", "1" * 30])
    def test_a_tenancy_that_does_not_exist_books_nothing(
        self, odd: str, small_town: Town, as_user: As
    ) -> None:
        address = reverse("match", args=[small_town.proposal.pk])
        assert as_user(small_town.consultant).post(address, {"huurcontract": odd}).status_code == 404
        small_town.proposal.refresh_from_db()
        assert small_town.proposal.state == BankLine.State.PROPOSED


class TestDataProblems:
    def test_they_stand_together_by_cause_with_their_cure(self, small_town: Town, as_user: As) -> None:
        page = text_of(as_user(small_town.consultant).get(reverse("problems")).content)
        assert "3 regels wachten" in page
        assert "Dit is geen bedrag. 14 Bedrag 6O2,15 Vul het bedrag in." in page

    def test_solved_is_off_the_list(self, small_town: Town, as_user: As) -> None:
        answer = as_user(small_town.consultant).post(
            reverse("solve", args=[small_town.problem.pk]), follow=True
        )
        assert "2 regels wachten" in text_of(answer.content)
        assert ImportProblem.objects.get(pk=small_town.problem.pk).solved

    def test_the_file_to_correct_starts_no_formula(self, small_town: Town, as_user: As) -> None:
        address = reverse("rows_file", args=[small_town.booked_run.pk, "csv"])
        rows = as_user(small_town.consultant).get(address).content.decode("utf-8-sig").splitlines()
        assert rows[0] == "Rij;Wat is er mis;Zo maak je het goed;Kolom;Contractnr;Bedrag;Omschrijving"
        assert rows[1] == "14;Dit is geen bedrag.;Vul het bedrag in.;Bedrag;104417;6O2,15;'=HYPERLINK(1)"

    def test_other_kinds_of_files_do_not_exist(self, small_town: Town, as_user: As) -> None:
        address = reverse("rows_file", args=[small_town.booked_run.pk, "exe"])
        assert as_user(small_town.consultant).get(address).status_code == 404


class TestSearch:
    @pytest.mark.parametrize("wanted", ["Wilgenhof 31", "wilgenhof", "Oudshoven", "104"])
    def test_by_address_name_or_number(self, wanted: str, small_town: Town, as_user: As) -> None:
        wanted = small_town.in_parts.key if wanted == "104" else wanted
        answer = as_user(small_town.manager).post(reverse("search"), {"q": wanted})
        assert answer["Location"] == reverse("tenancy", args=[small_town.in_parts.pk])

    def test_only_in_the_own_neighbourhoods(self, small_town: Town, as_user: As) -> None:
        page = as_user(small_town.manager).post(reverse("search"), {"q": "Kade"})
        assert "Niets gevonden" in text_of(page.content)

    def test_a_name_shows_only_when_it_was_asked_for(self, small_town: Town, as_user: As) -> None:
        by_street = text_of(
            as_user(small_town.consultant).post(reverse("search"), {"q": "Weverslaan"}).content
        )
        assert "Weverslaan 112" in by_street
        assert "Tesfay" not in by_street

    @pytest.mark.parametrize("odd", ["", "a", "%", "' OR 1=1 --", "x" * 500, "\u0000"])
    def test_odd_questions_find_nothing(self, odd: str, small_town: Town, as_user: As) -> None:
        assert as_user(small_town.manager).post(reverse("search"), {"q": odd}).status_code == 200


class TestStaff:
    def test_a_new_colleague_gets_a_password_that_is_shown_once(self, small_town: Town, as_user: As) -> None:
        client = as_user(small_town.administrator)
        form = {
            "username": "nora",
            "first_name": "Nora",
            "last_name": "Visser",
            "role": "neighbourhood_manager",
        }
        form |= {"neighbourhoods": str(small_town.havenkant.pk), "weekly_visits": "8"}
        answer = client.post(reverse("staff_add"), form)
        secret = re.search(r'vd-secret__word">([^<]+)<', answer.content.decode())
        assert secret is not None
        nora = User.objects.get(username="nora")
        assert nora.check_password(secret[1])
        assert "no-store" in answer["Cache-Control"]
        assert [place.name for place in nora.neighbourhoods.all()] == ["Havenkant"]

    def test_a_taken_name_is_said_beside_the_field(self, small_town: Town, as_user: As) -> None:
        form = {
            "username": "MARIT",
            "first_name": "M",
            "last_name": "H",
            "role": "manager",
            "weekly_visits": "1",
        }
        answer = as_user(small_town.administrator).post(reverse("staff_add"), form)
        assert "Deze gebruikersnaam bestaat al." in text_of(answer.content)

    def test_closing_an_account(self, small_town: Town, as_user: As) -> None:
        address = reverse("staff_change", args=[small_town.manager.pk])
        as_user(small_town.administrator).post(
            address, {"role": "neighbourhood_manager", "weekly_visits": "5"}
        )
        small_town.manager.refresh_from_db()
        assert not small_town.manager.is_active
        assert small_town.manager.weekly_visits == 5

    def test_nobody_closes_the_own_account(self, small_town: Town, as_user: As) -> None:
        address = reverse("staff_change", args=[small_town.administrator.pk])
        form = {"role": "administrator", "weekly_visits": "5"}
        answer = as_user(small_town.administrator).post(address, form)
        assert answer.status_code == 409
        assert "Je kunt je eigen beheerrol niet weghalen." in text_of(answer.content)

    def test_the_policy_can_be_read_with_its_sources(self, small_town: Town, as_user: As) -> None:
        page = text_of(as_user(small_town.administrator).get(reverse("policy")).content)
        assert "Eerst persoonlijk contact" in page
        assert "Besluit gemeentelijke schuldhulpverlening" in page
        assert "{" not in page


class TestLanguageAndLight:
    def test_english_keeps_the_page(self, small_town: Town, as_user: As) -> None:
        client = as_user(small_town.manager)
        answer = client.post(
            reverse("set_language"), {"language": "en", "next": "/vandaag/?x=1"}, follow=True
        )
        assert answer.redirect_chain[0][0] == "/vandaag/?x=1"
        page = answer.content.decode()
        assert '<html lang="en"' in page
        assert "The arrears are" in text_of(answer.content)
        assert "€ 2,069.85" in text_of(answer.content)

    def test_light_is_remembered(self, small_town: Town, as_user: As) -> None:
        client = as_user(small_town.manager)
        answer = client.post(reverse("light"), {"light": "buiten", "next": "/vandaag/"}, follow=True)
        assert 'data-licht="buiten"' in answer.content.decode()

    @pytest.mark.parametrize("odd", ["https://elders.example/", "//elders.example", "javascript:alert(1)"])
    def test_nobody_is_sent_to_another_site(self, odd: str, as_user: As, db: None) -> None:
        assert as_user(None).post(reverse("light"), {"light": "avond", "next": odd})["Location"] == "/"


def test_a_page_that_does_not_exist_says_what_to_do(small_town: Town, as_user: As) -> None:
    answer = as_user(small_town.manager).get("/bestaat-niet/")
    assert answer.status_code == 404
    assert "Deze bladzijde is er niet" in text_of(answer.content)


def test_an_expired_form_says_that_nothing_changed(small_town: Town, as_user: As) -> None:
    client = as_user(small_town.consultant)
    client.handler.enforce_csrf_checks = True
    answer = client.post(reverse("not_rent", args=[small_town.unknown.pk]))
    assert answer.status_code == 403
    assert "Er is niets gewijzigd." in text_of(answer.content)


# page, by whom, at most so many queries (session, user and the line in the log included)
QUERIES = {"today": ("manager", 12), "portfolio": ("consultant", 16), "payments": ("consultant", 12)}


@pytest.mark.parametrize("page", QUERIES)
def test_a_page_asks_a_bounded_number_of_questions(
    page: str, small_town: Town, as_user: As, django_assert_max_num_queries: object
) -> None:
    who, most = QUERIES[page]
    client = as_user(getattr(small_town, who))
    with django_assert_max_num_queries(most):  # type: ignore[operator]
        client.get(reverse(page))


def test_the_file_asks_a_bounded_number_of_questions(
    small_town: Town, as_user: As, django_assert_max_num_queries: object
) -> None:
    client = as_user(small_town.consultant)
    with django_assert_max_num_queries(28):  # type: ignore[operator]
        client.get(reverse("tenancy", args=[small_town.in_parts.pk]))
    assert AuditLine.objects.filter(action="open_file").count() == 1
