"""The privacy officer's desk as people see it; and the way in when there is danger."""

import json
import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.web.conftest import As
from tests.web.factories import TODAY, Town, colleague
from voordeur.actions import retain
from voordeur.actions.audit import write_line
from voordeur.actions.verify_audit import keep_verdict
from voordeur.core.access import Role
from voordeur.store.models import AuditCheck, AuditLine, Cover, EmergencyAccess, RightsRequest, Tenant, User

REASON = "Er komt water door het plafond en niemand doet open."


@pytest.fixture
def officer(small_town: Town) -> User:
    return colleague("noor", "Noor Zandstra", Role.PRIVACY_OFFICER)


@pytest.fixture
def desk(officer: User, as_user: As) -> Client:
    return as_user(officer)


def asks(desk: Client, town: Town, kind: str = "access", **more: object) -> RightsRequest:
    """A request of the household in the Wilgenhof, through the form."""
    form = {
        "kind": kind, "way": "letter", "received": TODAY.isoformat(), "person": "de heer R. Oudshoven",
        "key": town.in_parts.key, "said": "Wat weet u van mij?", **more,
    }  # fmt: skip
    answer = desk.post("/privacy/verzoek/nieuw/", form)
    assert answer.status_code == 302, answer.content.decode()
    return RightsRequest.objects.latest("pk")


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_desk_is_the_first_page_and_says_how_long_there_is(desk: Client, small_town: Town) -> None:
    assert desk.get("/", follow=True).redirect_chain[-1][0] == "/privacy/"
    assert "Er loopt geen verzoek." in page(desk, "/privacy/")
    asks(desk, small_town, received=(TODAY - timedelta(days=21)).isoformat())
    text = page(desk, "/privacy/")
    assert "Inzage, van 2 november" in text
    assert "nog negen dagen" in text
    assert "Geef het overzicht dat een huurder vroeg" in text, "the first thing to do"
    assert "Oudshoven" not in text, "no names on a list"


def test_a_request_by_address_for_who_does_not_know_the_number(desk: Client, small_town: Town) -> None:
    where = {"key": "", "postcode": "1234 ab", "number": "31", "addition": ""}
    assert asks(desk, small_town, **where).tenancy == small_town.in_parts
    form = {"kind": "access", "way": "desk", "received": TODAY.isoformat(), "person": "iemand"}
    text = desk.post("/privacy/verzoek/nieuw/", form).content.decode()
    assert "Vul het contractnummer in, of postcode en huisnummer." in text
    text = desk.post("/privacy/verzoek/nieuw/", form | {"key": "bestaat niet"}).content.decode()
    assert "Hier vinden wij geen huurcontract bij." in text


def test_from_question_to_answer(desk: Client, small_town: Town) -> None:
    """Make sure who asks, take along everything, answer."""
    row = asks(desk, small_town)
    here = f"/privacy/verzoek/{row.pk}/"
    assert "Meenemen kan zodra vaststaat wie dit vraagt." in page(desk, here)
    assert desk.get(f"{here}gegevens-nl.json").status_code == 409
    desk.post(f"{here}wie/", {"how": "rang_back"})
    assert "Overzicht als PDF" in page(desk, here)
    answer = desk.get(f"{here}gegevens-nl.json")
    assert answer["Content-Disposition"] == f'attachment; filename="inzage-{small_town.in_parts.key}.json"'
    assert answer["Cache-Control"] == "private, no-store"
    parts = {part["name"]: part["records"] for part in json.loads(answer.content)["parts"]}
    assert parts["tenant"][0]["name"] == "de heer R. Oudshoven"
    assert desk.get(f"{here}gegevens-en.pdf").content.startswith(b"%PDF-")
    desk.post(f"{here}antwoord/", {"state": "granted", "answer": "Op papier gegeven."})
    text = page(desk, here)
    assert "Beantwoord op 23 november 2026" in text
    assert "Overzicht als PDF" not in text
    assert desk.get(f"{here}gegevens-nl.json").status_code == 409


def test_the_log_tells_that_somebody_took_it_along(desk: Client, small_town: Town) -> None:
    row = asks(desk, small_town)
    desk.post(f"/privacy/verzoek/{row.pk}/wie/", {"how": "known"})
    desk.get(f"/privacy/verzoek/{row.pk}/gegevens-nl.json")
    text = page(desk, f"/privacy/inzage/?contract={small_town.in_parts.key}")
    assert "nam een overzicht van alles mee" in text
    assert "een verzoek over eigen gegevens" in text
    assert "Niets gevonden" in page(desk, "/privacy/inzage/?contract=bestaat-niet")


def test_putting_right_a_name(desk: Client, small_town: Town) -> None:
    row = asks(desk, small_town, "correction")
    here = f"/privacy/verzoek/{row.pk}/"
    tenant = small_town.in_parts.tenants.get()
    form = {"name": "R. Oudshooven", "phone": "", "email": "geen adres", "language": "nl"}
    assert "Dit is geen e-mailadres." in desk.post(f"{here}verbeter/", form).content.decode()
    form["email"] = ""
    assert "Leg eerst vast hoe je dat weet." in desk.post(f"{here}verbeter/", form).content.decode()
    desk.post(f"{here}wie/", {"how": "document"})
    assert desk.post(f"{here}verbeter/?wie={tenant.pk}", form).status_code == 302
    assert Tenant.objects.get(pk=tenant.pk).name == "R. Oudshooven"
    assert "Verbeterd voor dit verzoek: naam" in page(desk, here)
    stranger = small_town.elsewhere.tenants.get()
    assert desk.get(f"{here}verbeter/?wie={stranger.pk}").status_code == 404


def test_an_objection_shows_on_the_file_and_stops_letters(
    desk: Client, small_town: Town, as_user: As
) -> None:
    row = asks(desk, small_town, "objection")
    consultant = as_user(small_town.consultant)
    file = page(consultant, f"/huurcontract/{small_town.in_parts.pk}/")
    assert "De huurder deed op 23 november een verzoek: bezwaar." in file
    assert "Daarover is nog niet beslist." in file
    desk.post(f"/privacy/verzoek/{row.pk}/verder/", {"ground": "compelling", "reason": "Gas dicht."})
    assert "Daarover is nog niet beslist." not in page(consultant, f"/huurcontract/{small_town.in_parts.pk}/")
    assert "Waarom contact door kan gaan" in page(desk, f"/privacy/verzoek/{row.pk}/")


def test_extending_says_until_when(desk: Client, small_town: Town) -> None:
    row = asks(desk, small_town)
    here = f"/privacy/verzoek/{row.pk}/"
    assert desk.post(f"{here}langer/", {"reason": ""}).status_code == 409
    desk.post(f"{here}langer/", {"reason": "Er zijn veel verzoeken tegelijk."})
    text = page(desk, here)
    assert "Antwoord uiterlijk dinsdag 23 februari 2027." in text
    assert "Verleng de termijn" not in text


def test_what_may_go_is_shown_before_a_button_erases_it(desk: Client, small_town: Town) -> None:
    text = page(desk, "/privacy/bewaren/")
    assert "Er is niets te wissen" in text
    assert "Naam, telefoonnummer, e-mailadres en taal van wie vertrokken is" in text


def test_in_an_emergency_only_who_lives_there_is_shown(small_town: Town, as_user: As, desk: Client) -> None:
    manager = as_user(small_town.manager)
    file = f"/huurcontract/{small_town.elsewhere.pk}/"
    form = {"postcode": "1234 AB", "number": "9", "addition": "", "reason": REASON}
    answer = manager.post("/noodgeval/", form)
    row = EmergencyAccess.objects.get()
    assert answer["Location"] == f"/noodgeval/{row.pk}/"
    text = page(manager, answer["Location"])
    assert "de heer De Wit" in text
    assert "Kade 9" in text
    assert "€" not in text
    assert manager.get(file).status_code == 404, "the file itself stays shut"
    text = page(desk, "/privacy/")
    assert "Marit Hoogland, Havenkant" in text
    assert "1 noodtoegang staat open" in text
    judged = f"/privacy/noodgeval/{row.pk}/"
    assert REASON in page(desk, judged)
    assert desk.post(judged, {"judgement": "justified", "remark": ""}).status_code == 302
    assert "0 noodgevallen te beoordelen" in page(desk, "/privacy/")
    read = AuditLine.objects.filter(action="see_emergency", subject=f"tenancy:{small_town.elsewhere.pk}")
    assert read.exists(), "who read the reason is written down"


def test_after_the_hour_the_page_is_closed(small_town: Town, as_user: As) -> None:
    now = timezone.now()
    row = EmergencyAccess.objects.create(
        tenancy=small_town.elsewhere, user=small_town.manager, reason=REASON,
        opened=now - timedelta(hours=2), until=now - timedelta(hours=1),
    )  # fmt: skip
    answer = as_user(small_town.manager).get(f"/noodgeval/{row.pk}/")
    assert answer.status_code == 409
    assert "Het uur is voorbij." in answer.content.decode()
    assert not AuditLine.objects.filter(action="emergency_look").exists()


def test_an_address_of_nobody_and_an_address_that_is_not_there_look_the_same(
    small_town: Town, as_user: As
) -> None:
    manager = as_user(small_town.manager)
    said = []
    for number in ("77", "78"):
        form = {"postcode": "1234 AB", "number": number, "addition": "", "reason": REASON}
        answer = manager.post("/noodgeval/", form)
        assert "Op dit adres vinden wij geen huurder." in answer.content.decode()
        said.append(answer.status_code)
    assert said == [200, 200]
    own = {"postcode": "1234 AB", "number": "31", "addition": "", "reason": REASON}
    assert manager.post("/noodgeval/", own)["Location"] == f"/huurcontract/{small_town.in_parts.pk}/"


def test_a_list_with_names_and_a_file_with_rows_leave_a_line_with_the_purpose(
    small_town: Town, as_user: As
) -> None:
    consultant, administrator = as_user(small_town.consultant), as_user(small_town.administrator)
    run = small_town.booked_run.pk
    for client, address in (
        (consultant, "/betalingen/"),
        (consultant, "/gegevens/"),
        (administrator, f"/inlezen/{run}/regels.csv"),
    ):
        assert client.get(address).status_code == 200, address
    lines = AuditLine.objects.filter(action__in=("see_payments", "see_problems", "take_rows")).order_by("pk")
    assert list(lines.values_list("action", "actor", "purpose", "subject")) == [
        ("see_payments", small_town.consultant.pk, "collection", ""),
        ("see_problems", small_town.consultant.pk, "collection", ""),
        ("take_rows", small_town.administrator.pk, "administration", f"import:{run}"),
    ]


def test_a_stand_in_finds_what_the_absent_colleague_finds_and_no_longer(
    small_town: Town, as_user: As
) -> None:
    away = colleague("aylin", "Aylin Demirtas", Role.NEIGHBOURHOOD_MANAGER)
    away.neighbourhoods.add(small_town.havenkant)
    client, key = as_user(small_town.manager), small_town.elsewhere.home.street
    assert (
        f"/huurcontract/{small_town.elsewhere.pk}/" not in client.post("/zoek/", {"q": key}).content.decode()
    )
    cover = Cover.objects.create(absent=away, cover=small_town.manager, first=TODAY, last=TODAY)
    assert f"/huurcontract/{small_town.elsewhere.pk}/" in client.post("/zoek/", {"q": key}).content.decode()
    Cover.objects.filter(pk=cover.pk).update(first=TODAY - timedelta(days=9), last=TODAY - timedelta(days=1))
    assert (
        f"/huurcontract/{small_town.elsewhere.pk}/" not in client.post("/zoek/", {"q": key}).content.decode()
    )


def test_of_two_tenants_the_page_asks_which_one(desk: Client, small_town: Town) -> None:
    other = Tenant.objects.create(
        tenancy=small_town.in_parts, name="mevrouw K. Ypelaar", phone="06 00 00 99 99"
    )
    row = asks(desk, small_town)
    here = f"/privacy/verzoek/{row.pk}/"
    assert "Welke huurder vraagt dit?" in page(desk, here)
    assert "meer dan één huurder" in desk.post(f"{here}wie/", {"how": "known"}).content.decode()
    first = small_town.in_parts.tenants.order_by("pk")[0]
    assert desk.post(f"{here}wie/", {"how": "known", "who": first.pk}).status_code == 302
    assert "vraagt dit. Het overzicht laat weg" in page(desk, here)
    assert other.phone not in desk.get(f"{here}gegevens-nl.json").content.decode()
    row = asks(desk, small_town)
    assert desk.post(f"/privacy/verzoek/{row.pk}/wie/", {"how": "known", "who": "all"}).status_code == 302
    assert other.phone in desk.get(f"/privacy/verzoek/{row.pk}/gegevens-nl.json").content.decode()


def test_what_stood_out_leads_to_the_log_of_that_day(desk: Client, small_town: Town) -> None:
    """Somebody of the same name opened the file."""
    User.objects.filter(pk=small_town.consultant.pk).update(last_name="Oudshoven")
    write_line(
        small_town.consultant, "open_file", subject=f"tenancy:{small_town.in_parts.pk}", purpose="collection"
    )
    text = page(desk, "/privacy/")
    assert "Bij 1 van de 1 keer viel iets op" in text
    assert "Zelfde achternaam als de huurder." in text
    [address] = [one for one in re.findall(r'href="(/privacy/inzage/\?[^"]+)"', text) if "contract=" in one]
    assert "bekeek het dossier" in page(desk, address.replace("&amp;", "&"))
    assert "Zelfde achternaam als de huurder." in page(desk, "/privacy/inzage/")


def test_the_desk_says_whether_the_log_is_whole(desk: Client, small_town: Town) -> None:
    AuditCheck.objects.all().delete()
    assert "Het logboek is nog niet gecontroleerd" in page(desk, "/privacy/")
    keep_verdict(TODAY)
    assert "Het logboek is heel sinds" in page(desk, "/privacy/")
    AuditCheck.objects.update(problems=1, first_nl="Regel 7 is veranderd.", first_en="Line 7 was changed.")
    text = page(desk, "/privacy/")
    assert "Er is aan het logboek geknoeid" in text
    assert "Regel 7 is veranderd." in text


@pytest.mark.parametrize("name", ["verwerkingsregister", "dpia"])
def test_the_papers_are_made_from_this_installation(name: str, desk: Client) -> None:
    answer = desk.get(f"/privacy/{name}.md")
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert "Verzoeken om inzage, verbetering of wissen" in answer.content.decode()


def test_the_desk_does_not_work_out_what_may_go_but_says_once_a_month_to_look(
    desk: Client, small_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked_out: list[date] = []
    monkeypatch.setattr(retain, "due_now", lambda day: worked_out.append(day) or [])
    assert "Kijk wat niet langer bewaard mag worden" in page(desk, "/privacy/")
    assert worked_out == []
    page(desk, "/privacy/bewaren/")
    assert worked_out == [TODAY]
    desk.post("/privacy/bewaren/")
    assert "Er wacht niets op jou" in page(desk, "/privacy/"), "somebody looked, and nothing had to go"


def test_what_was_done_to_a_file_stands_there_in_words(small_town: Town, as_user: As) -> None:
    """Also what was done in ways that came later: one place has the words for all of it."""
    subject = f"tenancy:{small_town.in_parts.pk}"
    for action in ("payment_is_no_rent", "check_schemes", "end_arrangement"):
        write_line(small_town.consultant, action, subject=subject)
    text = page(as_user(small_town.consultant), f"/huurcontract/{small_town.in_parts.pk}/")
    for words in ("zei dat een betaling geen huur is", "deed de regelingen-check", "stopte een regeling"):
        assert words in text
