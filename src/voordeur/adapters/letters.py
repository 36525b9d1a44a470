"""Letters as PDF: a composed letter goes to Typst as data and comes back as PDF/UA-1, the same bytes every time.

Data go in as one JSON value (`sys_inputs`), never as source, so no name or text can be read as a command. The page
carries the day of the letter as its only date. Looks: `letter_templates/*.typ`.
"""

import json
import threading
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

import typst

from voordeur.core.correspondence import Filled, FilledSection, Letter, compose, plain
from voordeur.core.letter_clauses import LetterKind
from voordeur.core.letter_data import LetterData, long_day
from voordeur.core.letter_text import Box
from voordeur.core.money import euros
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words, day_in_words

_NBSP = "\u00a0"
_TOO_LONG = "more-than-one-page"
_ONE_AT_A_TIME = threading.Lock()
_NO_SIGNS = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories that no reader can see: control, direction, half characters, nothing at all."""
_LABELS = {
    "case": Words("Zaak", "Case"),
    "what": Words("Waarvoor", "What for"),
    "amount": Words("Bedrag", "Amount"),
    "scan": Words(
        "Scan de code met uw bank, of maak het over naar", "Scan the code with your bank, or transfer it to"
    ),
    "transfer": Words("Maak het over naar", "Transfer it to"),
    "payment_reference": Words("kenmerk", "reference"),
    "signature": Words("Handtekening", "Signature"),
}
_DAY, _TIME, _PLACE, _WHO = (
    Words("Dag", "Day"),
    Words("Tijd", "Time"),
    Words("Plaats", "Place"),
    Words("Met", "With"),
)
_WAS, _COMES = Words("Ik was er op", "I was there on"), Words("Ik kom weer langs op", "I will come again on")


def render(kind: LetterKind, data: LetterData, texts: Words, language: str) -> bytes:
    """One letter as PDF/UA-1, in "nl" or "en".

    Raises Refused: with the Problems of `correspondence.compose` when something is missing or contradicts itself,
    with `more-than-one-page` when the text is too long, with `cannot-be-printed` when Typst refuses (a sign that no
    font has, for instance).
    """
    letter = compose(kind, data, texts, language)
    if kind is LetterKind.MISSED_YOU:
        return print_pdf("card.typ", "letter", _as_data(letter), data.day)
    return _fitted(_as_data(letter), data.day)


def _fitted(values: dict[str, object], day: date) -> bytes:
    """The letter on one page: as it should be, or set a little closer when much is open."""
    for closer in (0, 1):
        try:
            return print_pdf("letter.typ", "letter", values | {"closer": closer}, day)
        except Refused as refused:
            if refused.problems[0].code != _TOO_LONG:
                raise
    return print_pdf("letter.typ", "letter", values | {"closer": 2}, day)


def print_pdf(template: str, name: str, values: object, day: date) -> bytes:
    """A page from one of our templates: `values` as JSON under `name`; `day` is the only date in the file.

    One page at a time in a process (the compiler is not made for more); raises Refused when it cannot be printed.
    """
    if any(
        unicodedata.category(sign) in _NO_SIGNS for text in _texts(values) for sign in text if sign != "\n"
    ):
        raise Refused(_cannot(""))
    packed = unicodedata.normalize("NFC", json.dumps(values, ensure_ascii=False, sort_keys=True))
    stamp = datetime(day.year, day.month, day.day, tzinfo=UTC)
    with _ONE_AT_A_TIME:
        try:
            made = _compiler().compile(
                input=str(_folder() / template),
                sys_inputs={name: packed},
                pdf_standards=["ua-1"],
                timestamp=stamp,
            )
        except typst.TypstError as error:
            raise Refused(_cannot(str(error))) from error
        except (
            BaseException
        ) as error:  # a panic inside Typst is no Exception; its compiler is then thrown away
            if type(error).__name__ != "PanicException":
                raise
            _compiler.cache_clear()
            raise Refused(_cannot("")) from error
    assert isinstance(made, bytes), "one file was asked for"
    return made


def _texts(values: object) -> Iterator[str]:
    """Every text in lists and tables, however deep."""
    if isinstance(values, str):
        yield values
    elif isinstance(values, Mapping):
        for value in values.values():
            yield from _texts(value)
    elif isinstance(values, Sequence):
        for value in values:
            yield from _texts(value)


@cache
def _compiler() -> typst.Compiler:
    """One compiler for the process, with our own fonts only: the same page on every machine."""
    return typst.Compiler(
        root=str(_folder()), font_paths=[str(_folder() / "fonts")], ignore_system_fonts=True
    )


def _folder() -> Path:
    return Path(str(files("voordeur") / "adapters" / "letter_templates"))


def _cannot(said: str) -> Problem:
    if _TOO_LONG in said:
        return Problem(
            _TOO_LONG,
            Words("De tekst past niet op één bladzijde.", "The text does not fit on one page."),
            Words("Maak de tekst korter.", "Make the text shorter."),
            fatal=True,
        )
    return Problem(
        "cannot-be-printed",
        Words("De brief kon niet worden gemaakt.", "The letter could not be made."),
        Words("Staat er een vreemd teken in? Haal het weg.", "Is there a strange sign in it? Take it out."),
        fatal=True,
    )  # fmt: skip


def _as_data(letter: Letter) -> dict[str, object]:
    """The letter as the template reads it: texts, runs and lists, everything in one language."""
    data, language = letter.data, letter.language
    values: dict[str, object] = {
        "language": language,
        "title": _runs(letter.title),
        "title_text": " ".join(plain(letter.title).split()),
        "labels": {name: words.in_language(language) for name, words in _LABELS.items()},
        "from": {
            "name": data.landlord.name,
            "address": f"{data.landlord.street}, {data.landlord.town}",
            "registration": data.landlord.registration,
        },
        "contact": {"name": data.contact.name, "role": data.contact.role.in_language(language)},
        "day": data.day.isoformat(),
        "day_words": day_in_words(data.day, year=True).in_language(language),
        "reference": data.reference,
    }
    return values | (_card(letter) if letter.kind is LetterKind.MISSED_YOU else _page(letter))


def _page(letter: Letter) -> dict[str, object]:
    data, language = letter.data, letter.language
    to = data.addressee
    total = euros(data.total or 0).in_language(language)
    open_on = day_in_words(data.day)
    labels = {name: words.in_language(language) for name, words in _LABELS.items()}
    labels["open"] = Words(f"Nog open op {open_on.nl}", f"Still open on {open_on.en}").in_language(language)
    return {
        "labels": labels,
        "to": [to.name, to.street, to.town] if to else [],
        "sections": [_section(section) for section in letter.sections],
        "choices": [_runs(choice) for choice in letter.choices],
        "slip_note": _runs(letter.slip_note),
        "lines": [
            {"what": line.what.in_language(language), "amount": euros(line.cents).in_language(language)}
            for line in data.lines
        ],
        "total": total,
        "iban": data.landlord.iban,
        "payment_reference": data.payment_reference,
        "payment_code": data.payment_code_svg,
        "payment_code_alt": _pay_by_code(data.total or 0).in_language(language),
        "appointment": _appointment(data, language),
    }


def _pay_by_code(cents: int) -> Words:
    """What the code is, read aloud."""
    whole, part = divmod(cents, 100)
    return Words(
        f"Code om te betalen met de app van uw bank: {whole} euro en {part} cent",
        f"Code to pay with the app of your bank: {whole} euros and {part} cents",
    )


def _card(letter: Letter) -> dict[str, object]:
    """Front and back of the card: what stands before the box is the front, what stands after it the back."""
    parts = [part for section in letter.sections for part in section.parts]
    at = parts.index(Box.VISIT) if Box.VISIT in parts else len(parts)
    return {
        "front": [_part(part) for part in parts[:at]],
        "back": [_part(part) for part in parts[at + 1 :]],
        "visit": _visit(letter.data, letter.language),
    }


def _visit(data: LetterData, language: str) -> list[dict[str, str]]:
    """When somebody was there and when they come again; empty where a pen fills it in."""
    was = _moment(data.visited_on, data.visited_at, language)
    comes = data.appointment
    again = _moment(comes.day, comes.time, language) if comes else ""
    rows = ((_WAS, was), (_COMES, again))
    return [{"what": what.in_language(language), "said": said} for what, said in rows]


def _moment(day: date | None, time: Words | None, language: str) -> str:
    if day is None:
        return ""
    said = long_day(day).in_language(language)
    return f"{said}, {time.in_language(language).replace(' ', _NBSP)}" if time else said


def _appointment(data: LetterData, language: str) -> list[dict[str, str]]:
    meeting = data.appointment
    if meeting is None:
        return []
    who = Words(
        f"{data.contact.name}, {data.contact.role.nl}", f"{data.contact.name}, {data.contact.role.en}"
    )
    rows = (
        (_DAY, long_day(meeting.day, year=True)),
        (_TIME, meeting.time),
        (_PLACE, meeting.place),
        (_WHO, who),
    )
    return [{"what": what.in_language(language), "said": said.in_language(language)} for what, said in rows]


def _section(section: FilledSection) -> dict[str, object]:
    return {
        "heading": _runs(section.heading),
        "parts": [_part(part) for part in section.parts],
        "marked": section.marked,
    }


def _part(part: Filled | Box) -> dict[str, object]:
    if isinstance(part, Box):
        return {"box": part.value, "runs": []}
    return {"box": "", "runs": _runs(part)}


def _runs(filled: Filled) -> list[dict[str, object]]:
    return [{"text": run.text, "strong": run.strong, "code": run.code} for run in filled]
