"""What people ask about what is kept of them: received, made sure, answered; everything told; and put right."""

import json
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.apps import apps
from django.db.models import Model

from tests.actions.town import TODAY, SmallTown, entry, small_town
from voordeur.actions import handle_request
from voordeur.actions.audit import erase_payload, first_break, write_line
from voordeur.actions.correct_tenant import Datum, correct_tenant
from voordeur.actions.handle_request import Asked, RequestWay
from voordeur.actions.import_file import book, carry_out, receive
from voordeur.actions.letter_gate import against_wish, ground
from voordeur.actions.plan_contact import plan_contact
from voordeur.actions.take_holdings import take_holdings
from voordeur.core.access import Role
from voordeur.core.contacts import Channel, ContactException
from voordeur.core.letter_clauses import LetterKind
from voordeur.core.problems import Refused
from voordeur.core.rights import IdentityCheck, ProcessingGround, RequestKind, RequestState
from voordeur.store.convert_diary import contacts_of, wish_of
from voordeur.store.holdings_parts import PARTS
from voordeur.store.models import (
    AuditLine,
    Contact,
    EmergencyAccess,
    Entry,
    ImportProblem,
    ImportRun,
    RightsRequest,
    SentMessage,
    StagedEntry,
    Tenancy,
    Tenant,
    TenantAsk,
    Unassessed,
    User,
    Wish,
)
from voordeur.store.queries.holdings import count_of_holdings, holdings
from voordeur.store.queries.privacy import Whereabouts, running_requests, tenancies_of_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> SmallTown:
    return small_town()


@pytest.fixture
def officer() -> User:
    return User.objects.create(username="noor", role=Role.PRIVACY_OFFICER)


def ask(
    officer: User, tenancy: Tenancy, kind: RequestKind, received: date = TODAY, *, known: bool = True
) -> RightsRequest:
    asked = Asked(kind, RequestWay.LETTER, received, "B. Veldhuizer", "Wat weet u van mij?")
    row = handle_request.receive(officer, Whereabouts(key=tenancy.key), asked, TODAY)
    if known:
        handle_request.identify(officer, row.pk, IdentityCheck.KNOWN, TODAY)
    return row


def code_of(error: pytest.ExceptionInfo[Refused]) -> str:
    return error.value.problems[0].code


# --- a request ---


def test_a_request_runs_until_it_is_answered(place: SmallTown, officer: User) -> None:
    late = ask(officer, place.de_wit, RequestKind.ERASURE, TODAY - timedelta(days=30))
    ask(officer, place.veldhuizer, RequestKind.ACCESS)
    assert next(line.id for line in running_requests()) == late.pk, "the nearest deadline first"
    handle_request.answer(officer, late.pk, RequestState.GRANTED, "Uw telefoonnummer is gewist.", TODAY)
    late.refresh_from_db()
    assert (late.state, late.closed_on, late.answer) == ("granted", TODAY, "Uw telefoonnummer is gewist.")
    assert late.pk not in [line.id for line in running_requests()]
    with pytest.raises(Refused) as refused:
        handle_request.extend(officer, late.pk, "Druk", TODAY)
    assert code_of(refused) == "request-closed"


def test_the_log_tells_of_every_step_and_holds_no_words(place: SmallTown, officer: User) -> None:
    row = ask(officer, place.veldhuizer, RequestKind.ACCESS)
    handle_request.extend(officer, row.pk, "Wij wachten op de bank.", TODAY)
    handle_request.answer(officer, row.pk, RequestState.REFUSED, "Dit mag niet.", TODAY)
    lines = AuditLine.objects.filter(subject=f"tenancy:{place.veldhuizer.pk}").order_by("pk")
    assert [line.action for line in lines] == [
        "receive_request",
        "identify",
        "extend_request",
        "answer_request",
    ]
    assert {line.purpose for line in lines} == {"rights"}
    assert "Veldhuizer" not in json.dumps([line.data for line in lines])
    assert first_break() is None


def test_nothing_is_granted_or_taken_along_before_it_is_known_who_asks(
    place: SmallTown, officer: User
) -> None:
    row = ask(officer, place.veldhuizer, RequestKind.ACCESS, known=False)
    for deed in (
        lambda: handle_request.answer(officer, row.pk, RequestState.GRANTED, "Alstublieft.", TODAY),
        lambda: take_holdings(officer, row.pk, "json", "nl", TODAY),
    ):
        with pytest.raises(Refused) as refused:
            deed()
        assert code_of(refused) == "not-identified"
    handle_request.answer(officer, row.pk, RequestState.REFUSED, "U liet niet zien wie u bent.", TODAY)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PRIVACY_OFFICER])
def test_nobody_else_handles_a_request(role: Role, place: SmallTown, officer: User) -> None:
    row = ask(officer, place.veldhuizer, RequestKind.ACCESS)
    other = User.objects.create(username="ander", role=role)
    for deed in (
        lambda: ask(other, place.veldhuizer, RequestKind.ACCESS),
        lambda: handle_request.see(other, row.pk),
        lambda: handle_request.go_on(other, row.pk, ProcessingGround.COMPELLING, "Daarom", TODAY),
        lambda: take_holdings(other, row.pk, "json", "nl", TODAY),
    ):
        with pytest.raises(Refused) as refused:
            deed()
        assert code_of(refused) == "not-allowed"


def test_of_several_agreements_at_one_address_the_name_tells_which(place: SmallTown) -> None:
    home = place.veldhuizer.home
    assert home is not None
    home.postcode = "1234 AB"
    home.save()
    earlier = Tenancy.objects.create(key="99", home=home, start=date(2010, 1, 1), end=date(2019, 1, 1))
    Tenant.objects.create(tenancy=earlier, name="K. Ypelaar")
    here = Whereabouts(postcode="1234ab", number=14)
    assert tenancies_of_request(here, "mevrouw Ypelaar") == [(earlier.pk, "99")]
    assert len(tenancies_of_request(here, "iemand anders")) == 2
    assert tenancies_of_request(Whereabouts(postcode="1234ab", number=15), "K. Ypelaar") == []


# --- an objection ---


def test_an_objection_stops_new_contact_until_somebody_decides(place: SmallTown, officer: User) -> None:
    tenancy, manager = place.veldhuizer, place.manager
    row = ask(officer, tenancy, RequestKind.OBJECTION)
    with pytest.raises(Refused) as refused:
        plan_contact(manager, tenancy.pk, TODAY, channel=Channel.VISIT, day=TODAY, who=manager.pk)
    assert code_of(refused) == "against-wish"
    assert "bezwaar" in refused.value.problems[0].message.nl
    assert contacts_of([tenancy.pk], TODAY)[tenancy.pk].unwanted == {"message", "call", "visit", "letter"}
    plan_contact(
        manager, tenancy.pk, TODAY, channel=Channel.VISIT, day=TODAY, who=manager.pk,
        exception=ContactException.DANGER,
    )  # fmt: skip
    handle_request.go_on(
        officer, row.pk, ProcessingGround.LEGAL_CLAIM, "Er loopt een zaak bij de rechter.", TODAY
    )
    plan_contact(manager, tenancy.pk, TODAY, channel=Channel.PHONE, day=TODAY, who=manager.pk)
    with pytest.raises(Refused) as again:
        handle_request.go_on(officer, row.pk, ProcessingGround.LEGAL_CLAIM, "Nog eens", TODAY)
    assert code_of(again) == "nothing-stopped"


def test_an_objection_leaves_how_somebody_wants_to_be_spoken_to(place: SmallTown, officer: User) -> None:
    tenancy = place.veldhuizer
    Wish.objects.create(tenancy=tenancy, since=date(2026, 1, 1), language="pl", recorded="2026-01-01T12:00Z")
    ask(officer, tenancy, RequestKind.OBJECTION)
    wish = wish_of(tenancy.pk, TODAY)
    assert wish is not None
    assert (wish.language, wish.objection) == ("pl", "runs")
    before = wish_of(tenancy.pk, TODAY - timedelta(days=1))
    assert before is not None
    assert before.objection is None


# --- everything that is kept ---


def points_to(model: type[Model], seen: frozenset[type[Model]] = frozenset()) -> bool:
    """Is there a way along foreign keys from this table to a tenancy or a tenant?"""
    goals = {Tenancy, Tenant}
    if model in goals:
        return True
    others = {
        field.remote_field.model
        for field in model._meta.concrete_fields
        if field.remote_field and field.remote_field.model not in seen | {model, User}
    }
    return any(points_to(other, seen | {model}) for other in others)


def test_every_table_with_a_way_to_a_household_is_told() -> None:
    """A new table that points to a tenancy or a tenant must come into `store/holdings_parts.py`."""
    told = {part.model for part in PARTS}
    owned = {model for model in apps.get_app_config("store").get_models() if points_to(model)}
    assert owned - told == set()


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_every_column_is_told_or_left_out_on_purpose(part: object) -> None:
    told = {column for one in part.told for column in one.columns}  # type: ignore[attr-defined]
    columns = {field.name for field in part.model._meta.concrete_fields}  # type: ignore[attr-defined]
    left_out = part.left_out  # type: ignore[attr-defined]
    assert told | left_out == columns
    assert told & left_out == set()


def test_everything_of_one_household_and_nothing_of_another(place: SmallTown, officer: User) -> None:
    tenancy = place.veldhuizer
    Tenant.objects.filter(tenancy=tenancy).update(phone="06 00 00 77 00")
    entry(tenancy, date(2026, 11, 1), Entry.Kind.CHARGE, 655_15, description="huur november")
    entry(place.de_wit, date(2026, 11, 1), Entry.Kind.CHARGE, 598_00, description="van een ander")
    Contact.objects.create(
        tenancy=tenancy, day=TODAY, channel="visit", outcome="spoken", reached=True, by=place.manager,
        agreed="Belt zelf terug.", recorded="2026-11-23T12:00Z",
    )  # fmt: skip
    write_line(place.manager, "open_file", subject=f"tenancy:{tenancy.pk}", purpose="visit")
    Unassessed.objects.create(tenancy=tenancy)
    row = ask(officer, tenancy, RequestKind.ACCESS)
    name, content = take_holdings(officer, row.pk, "json", "nl", TODAY)
    said = json.loads(content)
    parts = {part["name"]: part["records"] for part in said["parts"]}
    assert name == "inzage-104417.json"
    assert parts["tenant"] == [
        {"name": "B. Veldhuizer", "phone": "06 00 00 77 00", "email": "", "language": "nl"}
    ]
    assert parts["entry"][0]["amount"] == 655_15
    assert parts["unassessed"] == [{"changed": True}]
    assert parts["contact"][0]["agreed"] == "Belt zelf terug."
    assert parts["contact"][0]["by"] == "neighbourhood_manager"
    assert [line["action"] for line in parts["auditline"]] == ["open_file", "receive_request", "identify"]
    text = content.decode()
    assert "van een ander" not in text
    assert "De Wit" not in text
    assert "marit" not in text, "of colleagues it says what they do, not who they are"
    assert {title.nl: count for title, count in count_of_holdings(tenancy.pk)}["Huur en betalingen"] == 1


def two_tenants(place: SmallTown) -> tuple[Tenant, Tenant]:
    """A couple that rents together, each with a telephone."""
    tenancy = place.veldhuizer
    first = tenancy.tenants.get()
    Tenant.objects.filter(pk=first.pk).update(phone="06 00 00 77 01", email="b@example.org")
    other = Tenant.objects.create(
        tenancy=tenancy, name="K. Ypelaar", phone="06 00 00 77 02", email="k@example.org", language="en"
    )
    return Tenant.objects.get(pk=first.pk), other


def taken(officer: User, row: RightsRequest) -> str:
    return take_holdings(officer, row.pk, "json", "nl", TODAY)[1].decode()


def test_of_several_tenants_somebody_says_which_one_asks(place: SmallTown, officer: User) -> None:
    first, _ = two_tenants(place)
    row = ask(officer, place.veldhuizer, RequestKind.ACCESS, known=False)
    for who in (None, 0, place.de_wit.tenants.get().pk):
        with pytest.raises(Refused) as refused:
            handle_request.identify(officer, row.pk, IdentityCheck.KNOWN, TODAY, who)
        assert code_of(refused) == "who-asks"
    handle_request.identify(officer, row.pk, IdentityCheck.KNOWN, TODAY, first.pk)
    row.refresh_from_db()
    assert row.asker == first


def test_one_tenant_does_not_get_how_to_reach_the_other_nor_what_the_other_asked(
    place: SmallTown, officer: User
) -> None:
    """A former partner may ask; the ledger is of both, the new telephone number is not."""
    first, other = two_tenants(place)
    secret = (
        "06 00 00 77 02",
        "k@example.org",
        "Hij mag mijn nummer niet weten",
        "bedreigd",
        "06 00 00 77 03",
    )
    hers = ask(officer, place.veldhuizer, RequestKind.CORRECTION, known=False)
    RightsRequest.objects.filter(pk=hers.pk).update(said=secret[2])
    handle_request.identify(officer, hers.pk, IdentityCheck.KNOWN, TODAY, other.pk)
    correct(officer, hers, other, phone=secret[4])
    correct(officer, hers, Tenant.objects.get(pk=other.pk), phone=secret[0])
    EmergencyAccess.objects.create(
        tenancy=place.veldhuizer, user=place.manager, reason="Zij wordt bedreigd door haar man.",
        opened="2026-11-20T12:00Z", until="2026-11-20T13:00Z",
    )  # fmt: skip
    for number, to in enumerate((secret[0], first.phone)):
        SentMessage.objects.create(
            tenancy=place.veldhuizer, key=UUID(int=number), made="2026-11-20T12:00Z", route="sms", kind="x", to=to,
            said=f"bericht naar {number}", by=place.manager,
        )  # fmt: skip
    his = ask(officer, place.veldhuizer, RequestKind.ACCESS, known=False)
    handle_request.identify(officer, his.pk, IdentityCheck.KNOWN, TODAY, first.pk)
    text = taken(officer, his)
    assert [one for one in secret if one in text] == []
    assert "bericht naar 0" not in text
    for own in (
        first.phone,
        first.email,
        "bericht naar 1",
        "K. Ypelaar",
        "GDPR art. 15(4)",
        "samen met een ander",
    ):
        assert own in text, own
    TenantAsk.objects.create(
        tenancy=place.veldhuizer, kind="call", made="2026-11-20T12:00Z", words="Niet als hij er is"
    )
    assert "Niet als hij er is" not in taken(officer, his)
    together = ask(officer, place.veldhuizer, RequestKind.ACCESS, known=False)
    handle_request.identify(officer, together.pk, IdentityCheck.KNOWN, TODAY, together=True)
    everything = taken(officer, together)
    assert [one for one in secret if one not in everything] == []
    assert "samen met een ander" not in everything


def test_one_tenant_changes_nothing_about_the_other(place: SmallTown, officer: User) -> None:
    first, other = two_tenants(place)
    row = ask(officer, place.veldhuizer, RequestKind.CORRECTION, known=False)
    handle_request.identify(officer, row.pk, IdentityCheck.KNOWN, TODAY, first.pk)
    with pytest.raises(Refused) as refused:
        correct(officer, row, other, phone="06 00 00 00 01")
    assert code_of(refused) == "not-the-asker"


def test_rows_of_a_file_that_did_not_get_in_are_told_too(place: SmallTown) -> None:
    run = ImportRun.objects.create(file_name="huur.csv", path="weg", digest="0" * 64)
    for key in ("104417", "1104417", "104418"):
        ImportProblem.objects.create(run=run, code="x", row_cells=[key, "6O2,15", "Veldhuizer"])
        StagedEntry.objects.create(
            run=run, row=1, tenancy_key=key, date=TODAY, kind=1, component=1, amount=1, key=key
        )
    parts = {part.name: part.records for part in holdings(place.veldhuizer.pk, TODAY).parts}
    assert [record[2].raw for record in parts["importproblem"]] == [["104417", "6O2,15", "Veldhuizer"]]
    assert len(parts["stagedentry"]) == 1


def test_a_letter_waits_for_a_decision_too(place: SmallTown, officer: User) -> None:
    """What the law demands goes out all the same: the written reminder, the letter of fourteen days."""
    tenancy = place.veldhuizer.pk
    ask(officer, place.veldhuizer, RequestKind.OBJECTION)
    assert against_wish(tenancy, TODAY, Channel.LETTER) is not None
    assert against_wish(tenancy, TODAY, Channel.MESSAGE) is not None
    assert against_wish(tenancy, TODAY, Channel.LETTER, ground(LetterKind.REMINDER)) is None
    assert against_wish(tenancy, TODAY, Channel.LETTER, ground(LetterKind.REFERRAL_NOTICE)) is not None


def test_the_same_data_on_the_same_day_give_the_same_bytes(place: SmallTown, officer: User) -> None:
    row = ask(officer, place.veldhuizer, RequestKind.ACCESS)
    before = holdings(place.veldhuizer.pk, TODAY)
    assert before == holdings(place.veldhuizer.pk, TODAY)
    _, paper = take_holdings(officer, row.pk, "pdf", "en", TODAY)
    assert paper.startswith(b"%PDF-")
    line = AuditLine.objects.filter(action="take_holdings").get()
    assert (line.purpose, line.data["form"]) == ("rights", "pdf")


def test_after_the_answer_nothing_can_be_taken_along(place: SmallTown, officer: User) -> None:
    row = ask(officer, place.veldhuizer, RequestKind.ACCESS)
    handle_request.answer(officer, row.pk, RequestState.GRANTED, "Gestuurd op papier.", TODAY)
    with pytest.raises(Refused) as refused:
        take_holdings(officer, row.pk, "json", "nl", TODAY)
    assert code_of(refused) == "request-closed"


# --- putting right ---

FILE = "Contractnummer;Huurder;Straat;Huisnummer;Postcode;Plaats;Ingangsdatum;Huurprijs;Telefoon\n"


def import_register(user: User, folder: Path, *rows: str) -> None:
    run = receive(user, "contracten.csv", [(FILE + "\n".join(rows) + "\n").encode()])
    carry_out(run.pk, TODAY)
    book(user, run.pk, good_rows_only=True)
    carry_out(run.pk, TODAY)


def correct(officer: User, row: RightsRequest, tenant: Tenant, **told: str) -> tuple[Datum, ...]:
    now = {datum: getattr(tenant, datum.value) for datum in Datum}
    return correct_tenant(
        officer, row.pk, tenant.pk, now | {Datum(name): value for name, value in told.items()}, TODAY
    )


def test_what_was_there_is_kept_in_the_erasable_part_of_the_log(place: SmallTown, officer: User) -> None:
    tenant = place.veldhuizer.tenants.get()
    row = ask(officer, place.veldhuizer, RequestKind.CORRECTION)
    assert correct(officer, row, tenant, name="B. Velthuizen", phone="06 00 00 00 12") == (
        Datum.NAME,
        Datum.PHONE,
    )
    tenant.refresh_from_db()
    assert (tenant.name, tenant.phone) == ("B. Velthuizen", "06 00 00 00 12")
    line = AuditLine.objects.get(action="correct_tenant")
    assert "Veldhuizer" in line.payload.content
    assert "Veldhuizer" not in json.dumps(line.data)
    erase_payload(officer, line.pk, rule="audit_payloads")
    assert first_break() is None
    assert correct(officer, row, tenant, name="B. Velthuizen") == (), "nothing new: nothing written"


def test_only_a_request_that_asks_for_it_puts_right(place: SmallTown, officer: User) -> None:
    row = ask(officer, place.veldhuizer, RequestKind.ACCESS)
    with pytest.raises(Refused) as refused:
        correct(officer, row, place.veldhuizer.tenants.get(), name="Iemand")
    assert code_of(refused) == "no-correction-asked"
    row = ask(officer, place.veldhuizer, RequestKind.CORRECTION)
    with pytest.raises(Refused) as other:
        correct(officer, row, place.de_wit.tenants.get(), name="Iemand")
    assert code_of(other) == "not-found", "a tenant of somebody else's agreement"


def test_a_file_does_not_put_back_what_was_corrected(place: SmallTown, officer: User, tmp_path: Path) -> None:
    tenancy = place.veldhuizer
    row = ask(officer, tenancy, RequestKind.CORRECTION)
    correct(officer, row, tenancy.tenants.get(), name="B. Velthuizen", phone="06 00 00 00 12")
    old = "104417;B. Veldhuizer;Molenstraat;14;1234 AB;Lindewaard;1-1-2020;655,15;06 00 00 00 99"
    import_register(place.consultant, tmp_path, old)
    tenant = tenancy.tenants.get()
    assert (tenant.name, tenant.phone) == ("B. Velthuizen", "06 00 00 00 12")
    problems = ImportProblem.objects.filter(code__startswith="corrected-").order_by("code")
    assert [one.code for one in problems] == ["corrected-name", "corrected-phone"]
    assert not any("Vel" in one.message_nl + one.cure_nl + one.value for one in problems)


def test_a_file_that_agrees_with_the_correction_is_no_problem(
    place: SmallTown, officer: User, tmp_path: Path
) -> None:
    tenancy = place.veldhuizer
    row = ask(officer, tenancy, RequestKind.CORRECTION)
    correct(officer, row, tenancy.tenants.get(), phone="06 00 00 00 12")
    new = "104417;B. Veldhuizer;Molenstraat;14;1234 AB;Lindewaard;1-1-2020;655,15;06 00 00 00 12"
    other = "104418;J. de Wit;Kade;9;1234 AB;Lindewaard;1-1-2020;598,00;06 00 00 00 13"
    import_register(place.consultant, tmp_path, new, other)
    assert not ImportProblem.objects.filter(code__startswith="corrected-").exists()
    assert place.de_wit.tenants.get().phone == "06 00 00 00 13", "others are brought up to date as ever"


def test_an_empty_cell_does_not_wipe_a_telephone_number(place: SmallTown, tmp_path: Path) -> None:
    Tenant.objects.filter(tenancy=place.de_wit).delete()
    Tenant.objects.create(tenancy=place.de_wit, name="J. de Wit", phone="06 00 00 00 13")
    import_register(place.consultant, tmp_path, "104418;J. de Wit;Kade;9;1234 AB;Lindewaard;1-1-2020;598,00;")
    assert place.de_wit.tenants.get().phone == "06 00 00 00 13"
