"""What a phone delivers: each event once, nothing lost, contradictions kept; and an attacker's list."""

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests.actions.camt import Line, camt
from tests.actions.paper_phone import PaperPhone
from tests.web.factories import TODAY, Town, colleague, town
from voordeur.actions.carry_phone import revoke_phone
from voordeur.actions.field_events import HANDLERS
from voordeur.actions.import_file import book, carry_out, receive
from voordeur.actions.settle_visit import settle_visit
from voordeur.adapters.phone_seal import seal
from voordeur.core.access import Role
from voordeur.core.problems import Refused
from voordeur.store.models import (
    AuditLine,
    CaseEvent,
    Consent,
    Contact,
    FieldEvent,
    KnownPayer,
    PhoneDay,
    PlannedContact,
    Promise,
    SafetyNote,
    VisitConflict,
    Wish,
)
from voordeur.store.queries.to_settle import carried_phones, handovers, to_settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Town:
    return town()


@pytest.fixture
def phone(place: Town) -> PaperPhone:
    return PaperPhone(place.manager, TODAY)


@pytest.fixture
def door(phone: PaperPhone) -> int:
    """The first door of the packet."""
    return int(phone.packet()["doors"][0]["tenancy"])


# --- what is in the packet ---


def test_the_packet_holds_the_doors_of_today_and_nothing_more(place: Town, phone: PaperPhone) -> None:
    packet = phone.packet()
    assert 0 < len(packet["doors"]) <= 12
    for door in packet["doors"]:
        assert door["where"]["neighbourhood"] == "Molenkwartier"
        assert {"tenancy", "start", "two", "why", "where", "who", "money", "say"} <= set(door)
    text = json.dumps(packet, ensure_ascii=False)
    assert "Kuipersma" not in text  # pays, so nobody goes there
    assert "NL" not in {word for word in text.split() if word.isupper()}  # no account numbers
    on_phone = {door["tenancy"] for door in packet["doors"]}
    looked = set(AuditLine.objects.filter(action="carry_packet").values_list("subject", flat=True))
    assert looked == {f"tenancy:{pk}" for pk in on_phone}


def test_twelve_doors_fit_in_sixty_kilobytes(place: Town, phone: PaperPhone) -> None:
    packet = phone.packet()
    packet["doors"] = (packet["doors"] * 12)[:12]
    assert len(json.dumps(packet, ensure_ascii=False).encode()) * 4 / 3 < 60_000


# --- follow-up by itself ---


def test_a_talk_at_the_door_reaches_diary_case_promise_wish_plan_and_consent(
    phone: PaperPhone, door: int
) -> None:
    number = phone.visit(
        door, reasons=["less_income"], needs=["papers"], agreed=["municipality"], words="Belt donderdag.",
        help_told=True, promise_cents=10_000, promise_until="2026-11-27", next_day="2026-11-30", next_part="evening",
        wish={"channels": ["phone"]}, danger="dog",
        consent={"purpose": "handover", "given": True, "way": "spoken", "text": "Mag de gemeente u bellen?"},
    )  # fmt: skip
    phone.deliver()
    assert phone.outbox == []
    contact = Contact.objects.get(pk=number)
    assert (contact.channel, contact.outcome, contact.reached, contact.day) == (
        "visit",
        "promised",
        True,
        TODAY,
    )
    assert contact.agreed.endswith("Belt donderdag.")
    assert "minder inkomen" in contact.agreed
    assert Promise.objects.get(contact=contact).amount == 10_000
    assert Wish.objects.get(tenancy=door).channels == ["phone"]
    assert SafetyNote.objects.get(tenancy=door).until == TODAY + timedelta(days=90)
    assert Consent.objects.get(tenancy=door).given
    assert [one.tenancy for one in handovers(TODAY)] == [door]
    assert CaseEvent.objects.filter(case__tenancy=door, kind="spoke").count() == 1
    event = FieldEvent.objects.get()
    assert [row[0] for row in event.problems] == ["against-wish"]  # wants to be rung, so no visit is planned
    assert not PlannedContact.objects.filter(tenancy=door, day="2026-11-30").exists()
    assert to_settle(phone.user, TODAY)[0].id == event.pk


def test_nobody_home_and_a_card_is_an_attempt(phone: PaperPhone, door: int) -> None:
    number = phone.visit(door, "not_met", card_left=True)
    phone.deliver()
    contact = Contact.objects.get(pk=number)
    assert (contact.outcome, contact.reached) == ("card_left", False)
    assert CaseEvent.objects.filter(case__tenancy=door, kind="attempted").count() == 1
    assert door not in {one["tenancy"] for one in phone.packet()["doors"]}


def test_an_objection_at_the_door_stops_what_goes_to_the_municipality(phone: PaperPhone, door: int) -> None:
    phone.visit(door, objects=True)
    phone.deliver()
    assert CaseEvent.objects.filter(case__tenancy=door, kind="objected").count() == 1


def test_who_has_moved_is_for_the_office(place: Town, phone: PaperPhone, door: int) -> None:
    phone.visit(door, "moved")
    phone.deliver()
    waiting = to_settle(place.consultant, TODAY)
    assert [(one.state, one.why[0].nl) for one in waiting] == [
        ("taken", "Volgens wie er woont is de huurder verhuisd.")
    ]
    settle_visit(place.consultant, waiting[0].id, "done", TODAY)
    assert to_settle(place.consultant, TODAY) == ()


# --- never lost, never double ---


def test_the_same_event_ten_times_and_out_of_order_counts_once(phone: PaperPhone, door: int) -> None:
    phone.visit(door)
    phone.record("visit_draft", door, {"card": str(uuid4())})
    boxes = list(phone.outbox)
    for _ in range(5):
        phone.send(boxes)
        phone.send(boxes[::-1])
    assert FieldEvent.objects.count() == 2
    assert Contact.objects.filter(tenancy=door).count() == 1
    assert AuditLine.objects.filter(action="take_field_event").count() == 2


def test_a_card_put_right_counts_as_put_right_in_whatever_order_it_comes(
    phone: PaperPhone, door: int
) -> None:
    card = str(uuid4())
    phone.visit(door, card=card, promise_cents=5_000, promise_until="2026-11-25")
    last = phone.visit(door, card=card, promise_cents=7_500, promise_until="2026-11-27")
    phone.deliver(phone.outbox[::-1])
    assert FieldEvent.objects.filter(state="taken").count() == 2
    assert [(one.amount, str(one.contact_id)) for one in Promise.objects.filter(withdrawn=None)] == [
        (7_500, last)
    ]


def test_a_card_that_was_saved_twice_is_one_visit(phone: PaperPhone, door: int) -> None:
    """Two taps, or two open tabs: two events with the same card."""
    card = str(uuid4())
    for _ in range(2):
        phone.visit(door, card=card, reasons=["family"])
    phone.deliver()
    assert FieldEvent.objects.filter(state="taken").count() == 2
    assert Contact.objects.filter(tenancy=door).count() == 1


def test_what_was_recorded_arrives_after_signing_out_and_from_another_day(
    place: Town, phone: PaperPhone, door: int
) -> None:
    phone.visit(door)
    phone.client.post("/veld/klaar/")
    phone.client.cookies.clear()
    answer = phone.deliver()
    assert answer["day"] == "unknown"
    assert answer["packet"] is None
    assert phone.outbox == []
    assert Contact.objects.filter(tenancy=door).count() == 1


def test_what_was_recorded_after_midnight_belongs_to_the_day_it_was(phone: PaperPhone, door: int) -> None:
    PhoneDay.objects.update(begun=timezone.now() - timedelta(days=1), day=TODAY - timedelta(days=1))
    phone.day.refresh_from_db()
    phone.visit(door)
    phone.deliver()
    assert FieldEvent.objects.get().day == TODAY


@pytest.mark.parametrize(
    ("ahead", "offset", "clock"),
    [
        (timedelta(hours=3), 3 * 3_600_000, "shifted"),
        (timedelta(hours=3), None, "ahead"),
        (timedelta(days=-400), None, "behind"),
        (timedelta(seconds=20), None, ""),
    ],
)
def test_a_clock_that_is_wrong(
    phone: PaperPhone, door: int, ahead: timedelta, offset: int | None, clock: str
) -> None:
    before = timezone.now() - timedelta(minutes=1)
    phone.clock_ahead, phone.offset = ahead, offset
    phone.visit(door)
    phone.deliver()
    event = FieldEvent.objects.get()
    assert event.clock == clock
    assert before <= event.happened <= timezone.now() + timedelta(seconds=30)
    assert event.day == TODAY
    assert abs(event.said_at - (timezone.now() + ahead)) < timedelta(minutes=1)  # what it said is kept


# --- contradictions ---


def test_two_records_of_one_visit_are_both_kept_and_a_person_chooses(
    place: Town, phone: PaperPhone, door: int
) -> None:
    cover = colleague("sanne", "Sanne Kerkhof", Role.NEIGHBOURHOOD_MANAGER, place.molenkwartier)
    other = PaperPhone(cover, TODAY)
    other.day.stops.create(tenancy_id=door, since=timezone.now())
    mine = phone.visit(door, promise_cents=5_000, promise_until="2026-11-27")
    theirs = other.visit(door, "not_met")
    phone.deliver()
    assert other.deliver()["results"] == [[theirs, "contradicts"]]
    conflict = VisitConflict.objects.get()
    assert (str(conflict.first_id), str(conflict.second_id)) == (mine, theirs)
    assert Contact.objects.filter(tenancy=door).count() == 1
    waiting = to_settle(place.consultant, TODAY)
    assert [str(one.id) for one in waiting] == [theirs]
    office = Client()
    office.force_login(place.consultant, backend=settings.AUTHENTICATION_BACKENDS[0])
    assert CaseEvent.objects.filter(details__evidence=f"contact:{mine}").exists()
    said = office.get(f"/bezoeken/{theirs}/").content.decode()
    assert "De stap in de zaak gaat niet vanzelf terug." in said
    settle_visit(place.consultant, waiting[0].id, "second", TODAY)
    assert FieldEvent.objects.count() == 2
    assert dict(FieldEvent.objects.values_list("phone__user__username", "state")) == {
        "marit": "set_aside", "sanne": "taken",
    }  # fmt: skip
    assert Contact.objects.get(pk=theirs).outcome == "no_answer"
    assert not Promise.objects.filter(withdrawn=None).exists()
    with pytest.raises(Refused):
        settle_visit(place.consultant, waiting[0].id, "first", TODAY)


def test_a_morning_without_anybody_and_an_afternoon_talk_are_no_contradiction(
    place: Town, phone: PaperPhone, door: int
) -> None:
    cover = colleague("sanne", "Sanne Kerkhof", Role.NEIGHBOURHOOD_MANAGER, place.molenkwartier)
    other = PaperPhone(cover, TODAY)
    other.day.stops.create(tenancy_id=door, since=timezone.now())
    PhoneDay.objects.update(begun=timezone.now() - timedelta(hours=5))
    phone.visit(door, "not_met", at=datetime.now(UTC) - timedelta(hours=3))
    other.visit(door)
    phone.deliver()
    other.deliver()
    assert VisitConflict.objects.count() == 0
    assert Contact.objects.filter(tenancy=door).count() == 2


# --- fresh truth ---


def test_a_payment_is_on_the_phone_at_the_next_contact(place: Town, phone: PaperPhone) -> None:
    before = {one["tenancy"] for one in phone.packet()["doors"]}
    assert place.first_door.pk in before
    pays(place)
    packet = phone.packet()
    assert place.first_door.pk not in {one["tenancy"] for one in packet["doors"]}
    assert packet["paid"] == [{"tenancy": place.first_door.pk, "address": "Molenstraat 14"}]


# --- an attacker's list ---


def test_without_the_key_there_is_no_packet(place: Town, phone: PaperPhone, door: int) -> None:
    for cookie in (
        "",
        "x",
        f"{phone.day.pk}.",
        f"{phone.day.pk}.{'A' * 43}",
        f"{uuid4()}.{phone.day.secret}",
    ):
        phone.client.cookies["voordeur_veld"] = cookie
        answer = phone.send([])
        assert (answer["day"], answer["packet"]) == ("unknown", None)


def test_the_packet_of_somebody_else_gives_the_same_answer_as_none(place: Town, phone: PaperPhone) -> None:
    other = PaperPhone(
        colleague("sanne", "Sanne Kerkhof", Role.NEIGHBOURHOOD_MANAGER, place.havenkant), TODAY
    )
    own = other.day.secret
    other.client.cookies["voordeur_veld"] = f"{phone.day.pk}.{own}"
    of_somebody = other.send([])
    other.client.cookies["voordeur_veld"] = f"{uuid4()}.{own}"
    of_nobody = other.send([])
    assert {**of_somebody, "now": 0} == {**of_nobody, "now": 0}


def test_who_signs_in_on_the_phone_of_somebody_else_does_not_get_that_day(
    place: Town, phone: PaperPhone, door: int
) -> None:
    """The sign-in of the first one ran out, nobody signed out, and a colleague takes the same phone."""
    phone.visit(door)
    sanne = colleague("sanne", "Sanne Kerkhof", Role.NEIGHBOURHOOD_MANAGER, place.molenkwartier)
    phone.client.force_login(sanne, backend=settings.AUTHENTICATION_BACKENDS[0])
    answer = phone.deliver()
    assert (answer["day"], answer["packet"]) == ("ended", None)
    assert phone.outbox == []  # what the first one recorded came all the same, under the own name
    assert FieldEvent.objects.get().phone.user == place.manager
    phone.client.force_login(place.manager, backend=settings.AUTHENTICATION_BACKENDS[0])
    assert phone.send([])["day"] == "ended"


@pytest.mark.parametrize("how", ["revoked", "ended", "over", "closed account", "password elsewhere"])
def test_a_phone_whose_day_is_over_gets_nothing(place: Town, phone: PaperPhone, door: int, how: str) -> None:
    if how == "revoked":
        revoke_phone(place.chief, phone.day.pk)
    elif how == "ended":
        phone.client.post("/veld/klaar/")
        phone.client.cookies["voordeur_veld"] = f"{phone.day.pk}.{phone.day.secret}"
    elif how == "over":
        PhoneDay.objects.update(until=timezone.now())
    elif how == "closed account":
        type(place.manager).objects.filter(pk=place.manager.pk).update(is_active=False)
    else:
        PaperPhone(place.manager, TODAY, phone.device)  # the same phone signed in again
    answer = phone.send([])
    assert answer["packet"] is None
    assert answer["day"] in ("revoked", "ended", "over")
    found = phone.client.post(
        "/veld/zoek/", json.dumps({"q": "Molenstraat"}), content_type="application/json"
    )
    assert found.json() == {"found": []}


def test_a_revoked_phone_still_delivers_what_was_recorded_before_and_nothing_after(
    place: Town, phone: PaperPhone, door: int
) -> None:
    PhoneDay.objects.update(begun=timezone.now() - timedelta(hours=2))
    before = phone.visit(door, at=datetime.now(UTC) - timedelta(hours=1))
    revoke_phone(place.administrator, phone.day.pk)
    PhoneDay.objects.update(revoked=timezone.now() - timedelta(minutes=30))
    after = phone.visit(door)
    assert phone.deliver()["results"] == [[before, "taken"], [after, "refused"]]
    assert FieldEvent.objects.get(pk=after).problems[0][0] == "after-revoke"
    assert [one.state for one in carried_phones(timezone.now())] == ["revoked"]
    phone.send([], wiped=[str(phone.day.pk)])
    assert carried_phones(timezone.now()) == ()


def test_a_revoked_phone_does_not_get_a_new_key_with_the_old_sign_in(place: Town) -> None:
    client = Client()
    client.force_login(place.manager, backend="allauth.account.auth_backends.AuthenticationBackend")
    begun = client.post("/veld/begin/", json.dumps({"device": str(uuid4())}), content_type="application/json")
    revoke_phone(place.chief, begun.json()["phone"])
    again = client.post("/veld/begin/", json.dumps({"device": str(uuid4())}), content_type="application/json")
    assert again.status_code == 302
    assert again["Location"].startswith("/account/inloggen/")


@pytest.mark.parametrize(
    "wrong", ["another id", "another phone", "a changed byte", "no box", "not JSON", "a list"]
)
def test_a_tampered_event_is_not_taken_in_and_stays_on_the_phone(
    place: Town, phone: PaperPhone, door: int, wrong: str
) -> None:
    number = phone.visit(door)
    box = dict(phone.outbox[0])
    if wrong == "another id":
        box["id"] = str(uuid4())
    elif wrong == "another phone":
        box["phone"] = str(PaperPhone(place.manager, TODAY).day.pk)
    elif wrong == "a changed byte":
        box["box"] = box["box"][:-6] + ("AAAAAA" if not box["box"].endswith("AAAAAA") else "BBBBBB")
    elif wrong == "no box":
        box["box"] = "dit is geen doos"
    else:
        plain = b"geen json" if wrong == "not JSON" else b"[1, 2]"
        box["box"] = seal(phone.day.secret, plain, f"event:{phone.day.pk}:{number}")
    phone.outbox = [box]
    answer = phone.deliver()
    assert answer["results"] == [[box["id"], "unopened"]]
    assert phone.outbox == [box]
    assert FieldEvent.objects.count() == 0
    assert Contact.objects.count() == 0
    assert AuditLine.objects.filter(action="field_event_unopened").count() == 1


@pytest.mark.parametrize(
    ("event", "problem"),
    [
        ({"tenancy": 999_999}, "not-in-packet"),
        ({"tenancy": "elsewhere"}, "not-in-packet"),
        ({"kind": "give_all"}, "unknown-kind"),
        ({"schema": 9}, "unknown-kind"),
        ({"payload": {"result": "flew"}}, "card-not-readable"),
        ({"payload": {"card": "1", "result": "met", "promise_cents": -5}}, "card-not-readable"),
        ({"payload": {"card": "1", "result": "met", "reasons": {"a": 1}}}, "card-not-readable"),
    ],
)
def test_what_does_not_fit_is_refused_and_kept_with_why(
    place: Town, phone: PaperPhone, door: int, event: dict[str, object], problem: str
) -> None:
    if event.get("tenancy") == "elsewhere":
        event["tenancy"] = place.elsewhere.pk
    told = {
        "kind": "visit",
        "tenancy": door,
        "payload": {"card": "1", "result": "met", "words": "telt"},
        **event,
    }
    more = {name: told[name] for name in ("schema",) if name in told}
    number = phone.record(str(told["kind"]), told["tenancy"], told["payload"], **more)  # type: ignore[arg-type]
    assert phone.deliver()["results"] == [[number, "refused"]]
    kept = FieldEvent.objects.get(pk=number)
    assert kept.problems[0][0] == problem
    assert json.loads(kept.content) == told["payload"]
    assert Contact.objects.count() == 0
    assert [str(one.id) for one in to_settle(place.consultant, TODAY)] == [number]


def test_a_script_in_a_note_is_text_on_every_page(place: Town, phone: PaperPhone, door: int) -> None:
    script = "<script>alert(1)</script>"
    number = phone.visit(door, "moved", words=script)
    phone.deliver()
    client = Client()
    client.force_login(place.consultant, backend="allauth.account.auth_backends.AuthenticationBackend")
    for address in (f"/bezoeken/{number}/", f"/huurcontract/{door}/"):
        page = client.get(address).content.decode()
        assert script not in page
        assert "&lt;script&gt;" in page


def test_rubbish_over_the_line_harms_nothing(phone: PaperPhone) -> None:
    for body in (
        "",
        "[]",
        "nul",
        '{"boxes": 5}',
        '{"boxes": [1, {"id": 3}], "waiting": "veel", "wiped": ["x"]}',
        "[" * 9000,
    ):
        answer = phone.client.post("/veld/contact/", body, content_type="application/json")
        assert answer.status_code == 200
        assert answer.json()["results"] == []
    assert FieldEvent.objects.count() == 0


def pays(place: Town) -> None:
    """November of the first door comes in with a bank statement, as any morning."""
    KnownPayer.objects.create(iban="NL86INGB0002445588", tenancy=place.first_door)
    line = Line(655_15, "R1", "huur november", "NL86INGB0002445588", "mevrouw Veldhuizer")
    run = receive(place.consultant, "bank.xml", [camt([line], day=TODAY)])
    carry_out(run.pk, TODAY)
    book(place.consultant, run.pk)
    carry_out(run.pk, TODAY)


def test_what_goes_wrong_here_keeps_nothing_else_on_the_phone(
    phone: PaperPhone, door: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_told: object) -> None:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setitem(HANDLERS, "visit_draft", breaks)
    broken = phone.record("visit_draft", door, {})
    number = phone.visit(door, words="met een nul\0 en een halve \ud800", consent={
        "purpose": "handover", "given": True, "way": "spoken", "text": "Mag dat\0?",
    })  # fmt: skip
    assert phone.deliver()["results"] == [[broken, "later"], [number, "taken"]]
    assert Consent.objects.get().text == "Mag dat?"
    monkeypatch.undo()
    assert phone.deliver([one for one in phone.outbox if one["id"] == broken])["results"] == [
        [broken, "unfinished"]
    ]
