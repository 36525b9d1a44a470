"""The screens of letters, texts and evidence: who may open them, and the way of a letter from draft to proof."""

from uuid import uuid4

import pytest
from django.urls import reverse

from tests.actions.letter_town import HEAD
from tests.web.conftest import As
from tests.web.factories import TODAY, Town
from voordeur.actions.decide import decide
from voordeur.actions.edit_text import keep_head
from voordeur.actions.record_contact import Said, record_contact
from voordeur.core.cases import Event, EventKind
from voordeur.core.contacts import Channel, ContactOutcome, DayPart
from voordeur.store.models import AuditLine, Home, SentLetter, SentMessage, Standing, TextVersion, User

OPEN, NO = 200, 403


@pytest.fixture
def lettered(small_town: Town) -> Town:
    """The small town with a letter head; somebody spoke at the first door."""
    keep_head(small_town.administrator, **HEAD)
    Home.objects.update(postcode="0417 MK", town="Lindewaard")
    for part in (DayPart.MORNING, DayPart.EVENING):
        said = Said(uuid4(), TODAY, Channel.VISIT, ContactOutcome.NO_ANSWER, part)
        record_contact(small_town.consultant, small_town.in_parts.pk, said, TODAY)
    return small_town


def colleagues(town: Town) -> tuple[User, User, User, User]:
    return town.manager, town.consultant, town.chief, town.administrator


def test_somebody_elses_letter_looks_like_none(lettered: Town, as_user: As) -> None:
    letter = draft(lettered, as_user)
    assert as_user(lettered.consultant).get(reverse("letter_file", args=[999_999])).status_code == 404
    for user in (lettered.manager, lettered.chief, lettered.administrator):
        assert as_user(user).get(reverse("letter_file", args=[letter.pk])).status_code == NO


def draft(town: Town, as_user: As) -> SentLetter:
    """A reminder, made on the page."""
    answer = as_user(town.consultant).post(reverse("letter_make", args=[town.in_parts.pk, "reminder"]))
    assert answer.status_code == 302, answer.content.decode()
    return SentLetter.objects.latest("pk")


def test_from_draft_to_proof_on_the_screens(lettered: Town, as_user: As) -> None:
    client, page = as_user(lettered.consultant), reverse("letters", args=[lettered.in_parts.pk])
    letter = draft(lettered, as_user)
    assert "staat klaar" in client.get(page).content.decode()
    file = client.get(reverse("letter_file", args=[letter.pk]))
    assert (file["Content-Type"], file["Cache-Control"]) == ("application/pdf", "private, no-store")
    assert file["Content-Disposition"].startswith("inline")
    client.post(reverse("letter_send", args=[letter.pk]), {"route": "post"})
    assert "Vermoedelijk aan op" in client.get(page).content.decode()
    arrived = reverse("letter_arrived", args=[letter.pk])
    wrong = client.post(arrived, {"arrived": "2027-01-01", "proof": "x"}).content.decode()
    assert "Deze dag kan niet." in wrong
    client.post(arrived, {"arrived": TODAY.isoformat(), "proof": "zelf in de bus gedaan"})
    assert "zelf in de bus gedaan" in client.get(page).content.decode()
    client.post(reverse("letter_returned", args=[letter.pk]))
    assert "De brief kwam terug." in client.get(page).content.decode()
    looks = AuditLine.objects.filter(subject=f"tenancy:{lettered.in_parts.pk}")
    assert {"see_letters", "see_letter", "send_letter", "letter_delivered", "letter_returned"} <= set(
        looks.values_list("action", flat=True)
    )


def test_a_letter_that_may_not_go_says_why_on_the_page(lettered: Town, as_user: As) -> None:
    client = as_user(lettered.consultant)
    page = client.get(reverse("letters", args=[lettered.first_door.pk])).content.decode()
    assert "Nog niet:" in page
    answer = client.post(reverse("letter_make", args=[lettered.first_door.pk, "costs_notice"]))
    assert answer.status_code == 409
    assert (
        client.post(reverse("letter_make", args=[lettered.first_door.pk, "liefdesbrief"])).status_code == 404
    )


def test_a_batch_shows_who_could_not_get_one(lettered: Town, as_user: As) -> None:
    client, page = as_user(lettered.consultant), reverse("letter_batch")
    Standing.objects.filter(pk__in=[lettered.in_parts.pk, lettered.first_door.pk]).update(action="letter")
    assert "2 zaken wachten op een herinnering" in client.get(page).content.decode()
    chosen = [lettered.in_parts.pk, lettered.first_door.pk, "niets", 999_999]
    said = client.post(page, {"huurcontract": chosen, "route": "post"}).content.decode()
    assert "1 brief gaat vandaag weg." in said
    assert "1 brief ging niet weg" in said
    assert "Molenstraat 14" in said
    assert SentLetter.objects.filter(state="sent").count() == 1


def test_a_message_is_sent_once_and_tells_of_no_debt(lettered: Town, as_user: As) -> None:
    client, address = as_user(lettered.consultant), reverse("message", args=[lettered.first_door.pk])
    form = {"key": str(uuid4()), "kind": "call_me", "route": "sms"}
    client.post(address, form)
    client.post(address, form)
    message = SentMessage.objects.get()
    assert message.sent
    assert "€" not in message.said
    assert (
        "Belt u mij even?" in client.get(reverse("letters", args=[lettered.first_door.pk])).content.decode()
    )


class TestTheStudio:
    def test_a_text_that_loses_a_clause_of_the_law_is_not_kept(self, lettered: Town, as_user: As) -> None:
        client = as_user(lettered.administrator)
        client.post(reverse("text_begin", args=["reminder"]))
        version = TextVersion.objects.get()
        page = reverse("text_draft", args=[version.pk])
        without = version.nl.replace("{react_until}", "binnenkort")
        said = client.post(page, {"nl": without, "en": version.en}).content.decode()
        assert "Dit moet erin" in said
        version.refresh_from_db()
        assert "{react_until}" in version.nl

    def test_a_long_sentence_is_kept_and_remarked_on(self, lettered: Town, as_user: As) -> None:
        client = as_user(lettered.administrator)
        client.post(reverse("text_begin", args=["appointment"]))
        version = TextVersion.objects.get()
        page = reverse("text_draft", args=[version.pk])
        long = (
            "Als u op deze dag niet kunt omdat u werkt of omdat er iets anders is dan belt u mij en dan zoeken "
            "wij een andere dag en een andere tijd."
        )
        text = version.nl.replace("Beste {salutation},", f"Beste {{salutation}},\n\n{long}")
        assert client.post(page, {"nl": text, "en": version.en}).status_code == 302
        assert "Als u op deze dag niet kunt" in client.get(page).content.decode()

    def test_a_text_counts_from_its_day_and_can_no_longer_change(self, lettered: Town, as_user: As) -> None:
        client = as_user(lettered.administrator)
        client.post(reverse("text_begin", args=["reminder"]))
        version = TextVersion.objects.get()
        for language in ("nl", "en"):
            made = client.get(reverse("text_preview", args=[version.pk, language]))
            assert made.content.startswith(b"%PDF")
        client.post(reverse("text_live", args=[version.pk]), {"start": TODAY.isoformat()})
        assert "versie 1 geldt" in client.get(reverse("texts")).content.decode()
        assert draft(lettered, as_user).text_id == version.pk
        said = client.post(reverse("text_draft", args=[version.pk]), {"nl": "x", "en": "x"}).content.decode()
        assert "Dit bestaat niet" in said

    def test_the_head_stands_on_letters_from_now_on(self, lettered: Town, as_user: As) -> None:
        client = as_user(lettered.administrator)
        client.post(reverse("letter_head"), {**HEAD, "phone": "06 00 99 99 99"})
        assert "06 00 99 99 99" in client.get(reverse("texts")).content.decode()


class TestTheEvidence:
    def test_the_same_day_gives_the_same_bytes_and_the_page_shows_their_hash(
        self, lettered: Town, as_user: As
    ) -> None:
        import hashlib

        client, household = as_user(lettered.consultant), lettered.in_parts.pk
        first = client.get(reverse("evidence_file", args=[household, "json"])).content
        again = client.get(reverse("evidence_file", args=[household, "json"])).content
        assert first == again
        assert (
            hashlib.sha256(first).hexdigest()
            in client.get(reverse("evidence", args=[household])).content.decode()
        )
        pdfs = {client.get(reverse("evidence_file", args=[household, "pdf"])).content for _ in range(2)}
        assert len(pdfs) == 1

    def test_it_says_what_is_missing_and_what_that_means(self, lettered: Town, as_user: As) -> None:
        page = (
            as_user(lettered.consultant)
            .get(reverse("evidence", args=[lettered.in_parts.pk]))
            .content.decode()
        )
        assert "Er is geen schriftelijke herinnering." in page
        assert "kan de rechter weigeren" in page

    def test_a_manager_sees_it_while_a_decision_waits(self, lettered: Town, as_user: As) -> None:
        off = Event(EventKind.WRITTEN_OFF, TODAY, reason="verjaard")
        decide(lettered.consultant, lettered.in_parts.pk, off, TODAY)
        assert (
            as_user(lettered.chief).get(reverse("evidence", args=[lettered.in_parts.pk])).status_code == OPEN
        )
        approve = reverse("evidence_approve", args=[lettered.in_parts.pk])
        assert as_user(lettered.chief).post(approve).status_code == NO

    def test_a_file_that_changed_since_it_was_read_is_not_approved(self, lettered: Town, as_user: As) -> None:
        approve = reverse("evidence_approve", args=[lettered.in_parts.pk])
        said = as_user(lettered.consultant).post(approve, {"sha256": "0" * 64}).content.decode()
        assert "veranderd sinds je het las" in said

    def test_another_form_does_not_exist(self, lettered: Town, as_user: As) -> None:
        address = reverse("evidence_file", args=[lettered.in_parts.pk, "exe"])
        assert as_user(lettered.consultant).get(address).status_code == 404
