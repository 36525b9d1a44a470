"""SMS and e-mail: a name and a number to ring, never a word about money."""

from dataclasses import replace

import pytest

from voordeur.adapters.letter_texts import load_message_texts, load_word_lists
from voordeur.core.letter_clauses import LetterKind
from voordeur.core.letter_data import Landlord, LetterData
from voordeur.core.letter_sample import sample
from voordeur.core.problems import Refused
from voordeur.core.short_messages import (
    Message,
    MessageKind,
    MessageRoute,
    MessageText,
    check_message,
    check_message_text,
    write_message,
)
from voordeur.core.words import Words

LISTS = load_word_lists()
DATA = sample(LetterKind.APPOINTMENT)
SMS, EMAIL = MessageRoute.SMS, MessageRoute.EMAIL


def written(kind: MessageKind, route: MessageRoute, language: str, data: LetterData = DATA) -> Message:
    to = "06 12345678" if route is SMS else "huurder@post.example"
    return write_message(route, to, load_message_texts()[kind], data, language, "zaak-1", LISTS)


@pytest.mark.parametrize("kind", list(MessageKind))
def test_our_own_texts_are_in_order(kind: MessageKind) -> None:
    assert check_message_text(load_message_texts()[kind], LISTS) == []


@pytest.mark.parametrize("kind", list(MessageKind))
@pytest.mark.parametrize("route", list(MessageRoute))
@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_message_tells_of_a_debt(kind: MessageKind, route: MessageRoute, language: str) -> None:
    message = written(kind, route, language)
    words = f"{message.subject} {message.text}".lower().split()
    assert not set(LISTS.debt(language)) & {word.strip(".,:?!") for word in words}
    assert "€" not in message.text
    assert "euro" not in message.text.lower()
    assert DATA.contact.phone in message.text


def test_an_sms_has_no_subject_and_fits_in_two_parts() -> None:
    for kind in MessageKind:
        message = written(kind, SMS, "nl")
        assert message.subject == ""
        assert len(message.text) <= 306
        assert "\u00a0" not in message.text


@pytest.mark.parametrize(
    "text",
    [
        "U heeft 318,40 open.",
        "Het is € 20.",
        "Nog 20 euro.",
        "Uw huur is te laat.",
        "Denk aan de aanmaning.",
        "EUR 20",
    ],
)
def test_whoever_writes_it_a_debt_is_refused(text: str) -> None:
    (problem, *_) = check_message(Message(SMS, "0612345678", text, "k"), LISTS)
    assert (problem.code, problem.fatal) == ("debt-told", True)


def test_a_debt_that_comes_in_with_the_data_is_refused_too() -> None:
    landlord = Landlord("Incasso Noord", "Plein 1", "0419 LW Lindewaard")
    with pytest.raises(Refused) as refusal:
        written(MessageKind.CALL_ME, SMS, "nl", replace(DATA, landlord=landlord))
    assert [(p.code, p.value) for p in refusal.value.problems] == [("debt-told", "incasso")]


@pytest.mark.parametrize(
    ("route", "to"),
    [
        (SMS, "bel maar"),
        (SMS, ""),
        (EMAIL, "huurder"),
        (EMAIL, "a@b.example, c@d.example"),
        (EMAIL, "a@b.example\nBcc: c@d.example"),
    ],
)
def test_an_address_that_is_none_is_refused(route: MessageRoute, to: str) -> None:
    assert [p.code for p in check_message(Message(route, to, "Belt u mij even?", "k"), LISTS)] == [
        "no-address"
    ]


def test_a_subject_of_two_lines_is_refused() -> None:
    message = Message(EMAIL, "a@b.example", "Belt u mij even?", "k", subject="Dag\nBcc: c@d.example")
    assert [p.code for p in check_message(message, LISTS)] == ["no-address"]


def test_an_sms_that_takes_three_parts_is_refused_and_odd_signs_cost_room() -> None:
    def codes(text: str) -> list[str]:
        return [problem.code for problem in check_message(Message(SMS, "0612345678", text, "k"), LISTS)]

    assert codes("a" * 306) == []
    assert codes("a" * 307) == ["too-long"]
    assert codes("ğ" * 134) == []
    assert codes("ğ" * 135) == ["too-long"]


def test_a_text_must_say_who_writes_and_whom_to_ring() -> None:
    text = MessageText(
        Words("Bel {contact_phone}.", "Call."), Words("Dag", "Hi"), Words("Bel {bedrag}.", "Call.")
    )
    lost = [(p.code, p.column, p.value) for p in check_message_text(text, LISTS)]
    assert ("clause-lost", "nl", "landlord") in lost
    assert ("clause-lost", "en", "contact_phone") in lost
    assert ("unknown-field", "nl", "bedrag") in lost


def test_a_money_field_has_no_place_in_a_message() -> None:
    ours = load_message_texts()[MessageKind.CALL_ME]
    text = replace(ours, sms=Words(f"{ours.sms.nl} {{total}}", ours.sms.en))
    fatal = [(p.code, p.column, p.value) for p in check_message_text(text, LISTS) if p.fatal]
    assert ("debt-told", "nl", "total") in fatal


def test_what_is_missing_is_named() -> None:
    with pytest.raises(Refused) as refusal:
        written(MessageKind.APPOINTMENT, SMS, "nl", replace(DATA, appointment=None))
    assert [p.column for p in refusal.value.problems] == ["appointment_day", "appointment_time"]
