"""SMS and e-mail: short, with a name and a number to ring, and never a word about money.

A message lies open on a screen that others can see, and nobody knows who holds the phone today. So no message
tells of a debt: not in its text, not in what is filled in. Letters may.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from voordeur.core.correspondence import debt_told, fill, plain
from voordeur.core.letter_clauses import LetterKind
from voordeur.core.letter_data import FIELDS, LetterData
from voordeur.core.letter_sample import sample
from voordeur.core.letter_text import FIELD
from voordeur.core.problems import Problem, Refused
from voordeur.core.readability import WordLists, remarks
from voordeur.core.words import Words

MOST_PARTS = 2
"""So many text messages one SMS may take; more is a letter."""
_MUST_HAVE = ("landlord", "contact_name", "contact_phone")
_EURO = re.compile(r"€|\b(?:eur|euro)\b|\d+,\d\d\b|\d+,-", re.IGNORECASE)
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)


class MessageRoute(StrEnum):
    """By which way a message goes."""

    SMS = "sms"
    EMAIL = "email"


class MessageKind(StrEnum):
    """What a message is for."""

    CALL_ME = "call_me"
    """Asks to ring the colleague."""
    APPOINTMENT = "appointment"
    """Reminds of an appointment."""
    MISSED_YOU = "missed_you"
    """Says that somebody came by."""
    OWN_PAGE = "own_page"
    """Brings the personal link to the tenant's own page."""


@dataclass(frozen=True, slots=True)
class MessageText:
    """The texts of one kind of message, with fields as in letters."""

    sms: Words
    subject: Words
    email: Words


@dataclass(frozen=True, slots=True)
class Message:
    """One message, ready to go. `key` is the same when the same message is tried again."""

    route: MessageRoute
    to: str
    text: str
    key: str
    subject: str = ""
    language: str = "nl"


def check_message_text(text: MessageText, lists: WordLists) -> list[Problem]:
    """Everything wrong with the texts of a message, in both languages; fatal unless it only reads badly."""
    found = list[Problem]()
    for language in ("nl", "en"):
        sms, email = text.sms.in_language(language), text.email.in_language(language)
        for said in (sms, email, text.subject.in_language(language)):
            found += [_debt(name, language) for name in _told(said, language, lists)]
            found += [_unknown(name, language) for name in FIELD.findall(said) if name not in FIELDS]
        for said in (sms, email):
            found += [_lacks(name, language) for name in _MUST_HAVE if name not in FIELD.findall(said)]
        data = sample(LetterKind.APPOINTMENT)
        if _parts(_filled(sms, data, language)) > MOST_PARTS:
            found.append(_long(language))
        for line in _filled(email, data, language).splitlines():
            for one in remarks(line, language, lists):
                found.append(Problem(one.code, one.why, one.cure, column=language, value=one.sentence[:80]))
    return found


def write_message(
    route: MessageRoute,
    to: str,
    text: MessageText,
    data: LetterData,
    language: str,
    key: str,
    lists: WordLists,
) -> Message:
    """A message filled in with `data`.

    Raises Refused when a field has no value, when there is nobody to send it to, or when what was filled in gives a
    debt away.
    """
    source = text.sms if route is MessageRoute.SMS else text.email
    body, subject = source.in_language(language), text.subject.in_language(language)
    subject = "" if route is MessageRoute.SMS else subject
    names = [*FIELD.findall(body), *FIELD.findall(subject)]
    problems = [_no_value(name) for name in names if name not in FIELDS or not FIELDS[name].value(data)]
    if problems:
        raise Refused(problems)
    filled, head = _filled(body, data, language), _filled(subject, data, language)
    message = Message(route, to.strip(), filled, key, head, language)
    wrong = check_message(message, lists)
    if wrong:
        raise Refused(wrong)
    return message


def check_message(message: Message, lists: WordLists) -> list[Problem]:
    """What keeps a message from being sent, whoever wrote it: a debt in it, a strange address, too long."""
    found = [
        _debt(name, message.language)
        for name in _told(f"{message.subject} {message.text}", message.language, lists)
    ]
    if not _addressed(message):
        found.append(
            Problem(
                "no-address",
                Words("Hier kan het bericht niet heen.", "The message cannot go there."),
                Words(
                    "Controleer het telefoonnummer of e-mailadres.",
                    "Check the phone number or e-mail address.",
                ),
                fatal=True,
            )
        )
    if message.route is MessageRoute.SMS and _parts(message.text) > MOST_PARTS:
        found.append(_long(message.language))
    return found


def _addressed(message: Message) -> bool:
    if message.route is MessageRoute.SMS:
        return re.fullmatch(r"\+?\d{9,15}", re.sub(r"[ ()\-]", "", message.to)) is not None
    one_line = "\n" not in message.subject and "\r" not in message.subject
    return one_line and re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+", message.to) is not None


def _told(text: str, language: str, lists: WordLists) -> list[str]:
    words = debt_told(text, language, lists)
    money = [match[0] for match in _EURO.finditer(text) if match[0].lower() not in words]
    return words + money


def _filled(text: str, data: LetterData, language: str) -> str:
    """Filled in, on plain spaces: a space that does not break makes an SMS twice as dear."""
    return plain(fill(text.strip(), data, language)).replace("\u00a0", " ")


def _parts(text: str) -> int:
    """How many text messages an SMS takes: 160 signs (153 each when more), 70 (67) with signs outside GSM 03.38."""
    alone, each = (160, 153) if set(text) <= _GSM else (70, 67)
    return 1 if len(text) <= alone else -(-len(text) // each)


def _debt(name: str, language: str) -> Problem:
    return Problem(
        "debt-told",
        Words(f"“{name}” verraadt een schuld.", f"“{name}” gives a debt away."),
        Words("Vraag alleen om te bellen.", "Only ask to ring."),
        column=language, value=name, fatal=True,
    )  # fmt: skip


def _unknown(name: str, language: str) -> Problem:
    return Problem(
        "unknown-field",
        Words(f"{{{name}}} kennen we niet.", f"We do not know {{{name}}}."),
        Words("Kies een veld uit de lijst.", "Choose a field from the list."),
        column=language, value=name, fatal=True,
    )  # fmt: skip


def _lacks(name: str, language: str) -> Problem:
    what = FIELDS[name].words
    return Problem(
        "clause-lost",
        Words(f"Dit moet erin: {what.nl}.", f"This must be in it: {what.en}."),
        Words(f"Zet {{{name}}} in de tekst.", f"Put {{{name}}} in the text."),
        column=language, value=name, fatal=True,
    )  # fmt: skip


def _no_value(name: str) -> Problem:
    what = FIELDS[name].words if name in FIELDS else Words(name, name)
    return Problem(
        "missing-field",
        Words(f"Voor dit bericht ontbreekt: {what.nl}.", f"This message lacks: {what.en}."),
        Words("Vul het aan.", "Fill it in."),
        column=name, fatal=True,
    )  # fmt: skip


def _long(language: str) -> Problem:
    return Problem(
        "too-long",
        Words("De sms is te lang.", "The SMS is too long."),
        Words("Maak hem korter, of stuur een brief.", "Make it shorter, or send a letter."),
        column=language, fatal=True,
    )  # fmt: skip
