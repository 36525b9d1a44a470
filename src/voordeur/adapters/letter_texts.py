"""Reads the texts of letters and messages and the word lists in `rules/letters/` (TOML) into core values."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from voordeur.adapters.toml_tables import Reading, Table, open_toml
from voordeur.core.letter_clauses import LetterKind
from voordeur.core.problems import Problem, Refused
from voordeur.core.readability import WordLists
from voordeur.core.short_messages import MessageKind, MessageText
from voordeur.core.words import Words


@cache
def load_text(kind: LetterKind) -> Words:
    """The text of a letter that comes with the program. Raises Refused with the Problems of the file."""
    text, problems = read_letter_text(_shipped(kind.value), f"{kind.value}.toml")
    if text is None:
        raise Refused(problems)
    return text


@cache
def load_word_lists() -> WordLists:
    """The word lists that come with the program. Raises Refused with the Problems of the file."""
    lists, problems = read_word_lists(_shipped("words"), "words.toml")
    if lists is None:
        raise Refused(problems)
    return lists


@cache
def load_message_texts() -> Mapping[MessageKind, MessageText]:
    """The texts of SMS and e-mail that come with the program. Raises Refused with the Problems of the file."""
    texts, problems = read_message_texts(_shipped("messages"), "messages.toml")
    if texts is None:
        raise Refused(problems)
    return texts


def _shipped(name: str) -> str:
    return (files("voordeur") / "rules" / "letters" / f"{name}.toml").read_text(encoding="utf-8")


def read_letter_text(text: str, source: str = "") -> tuple[Words | None, list[Problem]]:
    """The Dutch and the English text of a letters file, or None and everything that is wrong with the file.

    What the text says is not judged here: `core.correspondence.check_text` does that.
    """
    reading, top = open_toml(text, source)
    if top is None:
        return None, reading.problems
    top.choice("kind", [kind.value for kind in LetterKind])
    top.day("start")
    top.source()
    said = Words(top.text("nl"), top.text("en"))
    top.close()
    return (None, reading.problems) if reading.problems else (said, [])


def read_message_texts(
    text: str, source: str = ""
) -> tuple[Mapping[MessageKind, MessageText] | None, list[Problem]]:
    """The texts of every kind of message from a messages file, or None and everything that is wrong with it."""
    reading, top = open_toml(text, source)
    if top is None:
        return None, reading.problems
    top.text("title")
    top.day("start")
    top.source()
    texts = {}
    for kind in MessageKind:
        table = top.table(kind.value)
        sms, subject, email = (
            Words(table.text(f"{part}_nl"), table.text(f"{part}_en")) for part in ("sms", "subject", "email")
        )
        texts[kind] = MessageText(sms, subject, email)
        table.close()
    top.close()
    return (None, reading.problems) if reading.problems else (texts, [])


def read_word_lists(text: str, source: str = "") -> tuple[WordLists | None, list[Problem]]:
    """The word lists of a words file, or None and everything that is wrong with it."""
    reading, top = open_toml(text, source)
    if top is None:
        return None, reading.problems
    top.text("title")
    top.source()
    difficult, debt = top.table("difficult"), top.table("debt")
    nl, en = (_easier(difficult, language) for language in ("nl", "en"))
    lists = WordLists(nl, en, _lower(debt.texts("nl")), _lower(debt.texts("en")))
    for table in (difficult, debt, top):
        table.close()
    return _unless(reading, lists)


def _unless(reading: Reading, lists: WordLists) -> tuple[WordLists | None, list[Problem]]:
    return (None, reading.problems) if reading.problems else (lists, [])


def _easier(table: Table, language: str) -> dict[str, str]:
    """`moeilijk woord: makkelijk woord`, one per text."""
    found = dict[str, str]()
    for pair in table.texts(language):
        word, colon, easier = pair.partition(":")
        if not (word.strip() and colon and easier.strip()):
            table.problem(
                "no-pair",
                Words("Hier staat geen woord met een ander woord.", "This is no word with another word."),
                Words("Schrijf: moeilijk woord, dubbele punt, makkelijk woord.",
                      "Write: difficult word, colon, easy word."),
                language,
                pair,
            )  # fmt: skip
        found[word.strip().lower()] = easier.strip()
    return found


def _lower(words: list[str]) -> tuple[str, ...]:
    return tuple(word.lower() for word in words)
