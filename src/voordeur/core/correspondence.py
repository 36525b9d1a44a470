"""Letters: is a text lawful and readable, are the data complete, and the text filled in with them.

A kind of letter names the clauses that must stay in its text (`letter_clauses`). An administrator may write the
text anew: `check_text` says which clause got lost and what reads badly. `compose` fills a text in, or says
everything that is missing. Whether a letter may be sent at all is decided elsewhere, by the gate of the case.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from voordeur.core.letter_clauses import CLAUSES, OPEN_TO_ALL, Clause, LetterKind
from voordeur.core.letter_data import FIELDS, LetterData
from voordeur.core.letter_sample import sample
from voordeur.core.letter_text import FIELD, Box, LetterText, Section, read_text, runs, unmarked
from voordeur.core.problems import Problem, Refused
from voordeur.core.readability import WordLists, holds_word, remarks
from voordeur.core.words import Words

FREE_DAYS = 14
"""Days in which paying is free of costs, from the day after delivery (BW 6:96 lid 6)."""
_LANGUAGES = ("nl", "en")


@dataclass(frozen=True, slots=True)
class FilledRun:
    """A stretch of a letter as it is printed."""

    text: str
    strong: bool = False
    code: bool = False
    """Copied sign by sign: zeros get a bar."""


Filled = tuple[FilledRun, ...]


@dataclass(frozen=True, slots=True)
class FilledSection:
    """A heading with its paragraphs; a Box stands where the figures are drawn."""

    heading: Filled
    parts: tuple[Filled | Box, ...]
    marked: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter ready to be drawn: words and values, no markup left."""

    kind: LetterKind
    language: str
    title: Filled
    sections: tuple[FilledSection, ...]
    choices: tuple[Filled, ...]
    slip_note: Filled
    data: LetterData


def plain(filled: Filled) -> str:
    """The words of a filled text, without styles."""
    return "".join(run.text for run in filled)


# ---------------------------------------------------------------- the text


def check_text(kind: LetterKind, nl: str, en: str, lists: WordLists) -> list[Problem]:
    """Everything wrong with a text, in both languages, with its line and language (`column`).

    `fatal` for what the law or the program needs: a lost clause, an unknown field or box, no first line, a debt on
    a card that others can read. Not fatal for what reads badly: long sentences, difficult words. Sentences are
    counted as they read with the made-up data of `letter_sample`.
    """
    found = list[Problem]()
    for language, text in zip(_LANGUAGES, (nl, en), strict=True):
        letter = read_text(text)
        found += _unknown(letter, text, language)
        found += (_lost(clause, language) for clause in CLAUSES[kind] if not _holds(letter, clause, language))
        if not letter.title:
            found.append(_no_title(language))
        if kind in OPEN_TO_ALL:
            found += _debts(letter, language, lists)
        if not found:
            found += _reads_badly(kind, letter, language, lists)
    return found


def _unknown(letter: LetterText, text: str, language: str) -> Iterator[Problem]:
    """Fields and boxes that do not exist, at the line where they stand."""
    boxes = {box for section in letter.sections for box in section.boxes}
    wrong = [f"{{{name}}}" for name in sorted(letter.fields - set(FIELDS))]
    wrong += [f"[{name}]" for name in sorted(boxes - set(Box))]
    for name in wrong:
        line = next((n for n, said in enumerate(text.splitlines(), 1) if name in said), None)
        yield Problem(
            "unknown-field",
            Words(f"{name} kennen we niet.", f"We do not know {name}."),
            Words("Kies een veld of vak uit de lijst.", "Choose a field or box from the list."),
            row=line, column=language, value=name[:80], fatal=True,
        )  # fmt: skip
    stray = FIELD.sub("", text)
    if "{" in stray or "}" in stray:
        line = next(n for n, said in enumerate(stray.splitlines(), 1) if "{" in said or "}" in said)
        yield Problem(
            "stray-brace",
            Words("Hier staat een losse accolade.", "There is a loose brace here."),
            Words("Schrijf een veld als {total}, of haal de accolade weg.",
                  "Write a field as {total}, or take the brace out."),
            row=line, column=language, fatal=True,
        )  # fmt: skip


def _holds(letter: LetterText, clause: Clause, language: str) -> bool:
    """True when one section of the letter holds all of the clause."""
    return any(_section_holds(section, clause, language) for section in letter.sections)


def _section_holds(section: Section, clause: Clause, language: str) -> bool:
    if clause.box is not None and clause.box not in section.boxes:
        return False
    if not set(clause.fields) <= set(FIELD.findall(section.text)):
        return False
    text = " ".join(unmarked(section.text).lower().split())
    return all(
        any(holds_word(text, one) for one in words.in_language(language).split("|")) for words in clause.said
    )


def _lost(clause: Clause, language: str) -> Problem:
    needs = [f"[{clause.box}]"] if clause.box else []
    needs += [f"{{{name}}}" for name in clause.fields]
    needs += [f"“{words.in_language(language).replace('|', '” / “')}”" for words in clause.said]
    return Problem(
        "clause-lost",
        Words(f"Dit moet erin: {clause.words.nl} ({clause.basis}).",
              f"This must be in it: {clause.words.en} ({clause.basis})."),
        Words(f"Zet samen onder één kop: {', '.join(needs)}.", f"Put together under one heading: {', '.join(needs)}."),
        column=language, value=clause.name, fatal=True,
    )  # fmt: skip


def _no_title(language: str) -> Problem:
    return Problem(
        "no-title",
        Words("De brief heeft geen eerste regel.", "The letter has no first line."),
        Words("Begin met # en zeg waar de brief over gaat.", "Begin with # and say what the letter is about."),
        row=1, column=language, fatal=True,
    )  # fmt: skip


def _debts(letter: LetterText, language: str, lists: WordLists) -> Iterator[Problem]:
    """Words and fields that tell of a debt, on something that has no envelope."""
    said = [letter.title, *(section.text for section in letter.sections), *letter.choices, letter.slip_note]
    for name in debt_told(" ".join(said), language, lists):
        yield Problem(
            "debt-told",
            Words(f"“{name}” verraadt een schuld, en anderen kunnen dit lezen.",
                  f"“{name}” gives a debt away, and others can read this."),
            Words("Zeg alleen dat je langs kwam of wilt bellen.", "Say only that you came by or want to ring."),
            column=language, value=name, fatal=True,
        )  # fmt: skip


def debt_told(text: str, language: str, lists: WordLists) -> list[str]:
    """What in a text gives a debt away: words of the list, amounts of money, and fields that hold them."""
    low = " ".join(text.lower().split())
    words = [word for word in lists.debt(language) if holds_word(low, word)]
    fields = [name for name in FIELD.findall(text) if name in FIELDS and FIELDS[name].debt]
    money = ["€"] if "€" in text else []
    return words + fields + money


def _reads_badly(kind: LetterKind, letter: LetterText, language: str, lists: WordLists) -> Iterator[Problem]:
    """Remarks on the text as it reads with made-up data."""
    data = sample(kind)
    for line, text in _paragraphs(letter):
        said = plain(fill(text, data, language))
        for remark in remarks(said, language, lists):
            yield Problem(
                remark.code, remark.why, remark.cure, row=line, column=language, value=remark.sentence[:80]
            )


def _paragraphs(letter: LetterText) -> Iterator[tuple[int | None, str]]:
    yield 1, letter.title
    for section in letter.sections:
        yield section.line, section.heading
        yield from ((paragraph.line, paragraph.text) for paragraph in section.paragraphs)
    yield from ((None, choice) for choice in letter.choices)
    yield None, letter.slip_note


# ---------------------------------------------------------------- the letter


def compose(kind: LetterKind, data: LetterData, texts: Words, language: str) -> Letter:
    """The text in `language` ("nl" or "en") filled in with `data`.

    Raises Refused with a Problem for every field or box whose value is missing, for amounts that do not add up and
    for days that contradict each other. The text itself is not checked again: `check_text` did that when it was kept.
    """
    letter = read_text(texts.in_language(language))
    problems = [*_missing(kind, letter, data), *_contradictions(kind, data)]
    if problems:
        raise Refused(problems)

    def filled(text: str) -> Filled:
        return fill(text, data, language)

    sections = tuple(
        FilledSection(
            filled(section.heading),
            tuple(Box(one.box) if one.box else filled(one.text) for one in section.paragraphs),
            section.marked,
        )
        for section in letter.sections
    )
    choices = tuple(filled(choice) for choice in letter.choices)
    return Letter(kind, language, filled(letter.title), sections, choices, filled(letter.slip_note), data)


def fill(text: str, data: LetterData, language: str) -> Filled:
    """A text with its fields filled in. A field without a value stays visible as `{name}`."""
    found = list[FilledRun]()
    for run in runs(text):
        if not run.field:
            found.append(FilledRun(run.text, run.strong))
            continue
        field = FIELDS.get(run.field)
        value = field.value(data) if field else None
        said = value.in_language(language) if value else f"{{{run.field}}}"
        found.append(FilledRun(said, run.strong, code=bool(field and field.code)))
    return tuple(found)


def _missing(kind: LetterKind, letter: LetterText, data: LetterData) -> Iterator[Problem]:
    needed = {name for clause in CLAUSES[kind] for name in clause.fields} | letter.fields
    for name in sorted(needed):
        field = FIELDS.get(name)
        if field is None or not field.value(data):
            yield _lacks(name, field.words if field else Words(name, name))
    boxes = {box for section in letter.sections for box in section.boxes}
    if kind not in OPEN_TO_ALL and data.addressee is None:
        yield _lacks("addressee", Words("Naam en adres van de huurder", "Name and address of the tenant"))
    if Box.AMOUNTS in boxes:
        yield from _missing_amounts(data)
    if Box.APPOINTMENT in boxes and data.appointment is None:
        yield _lacks("appointment", Words("De afspraak", "The appointment"))


def _missing_amounts(data: LetterData) -> Iterator[Problem]:
    wanted = (
        ("lines", bool(data.lines), Words("Wat er open staat", "What is open")),
        ("total", data.total is not None, Words("Het totaal", "The total")),
        ("iban", bool(data.landlord.iban), Words("Het rekeningnummer", "The account number")),
        (
            "payment_reference",
            bool(data.payment_reference),
            Words("Het betaalkenmerk", "The payment reference"),
        ),
    )
    yield from (_lacks(name, words) for name, there, words in wanted if not there)


def _lacks(name: str, words: Words) -> Problem:
    return Problem(
        "missing-field",
        Words(f"Voor deze brief ontbreekt: {words.nl}.", f"This letter lacks: {words.en}."),
        Words("Vul het aan. Zonder kan de brief niet weg.", "Fill it in. Without it the letter cannot go."),
        column=name, fatal=True,
    )  # fmt: skip


def _contradictions(kind: LetterKind, data: LetterData) -> Iterator[Problem]:
    """Figures and days that cannot both be true."""
    if data.total is not None and data.lines and sum(line.cents for line in data.lines) != data.total:
        yield _clash(
            "total",
            Words("De bedragen zijn samen niet het totaal.", "The amounts do not add up to the total."),
        )
    if data.total is not None and data.total <= 0:
        yield _clash("total", Words("Er staat niets open.", "Nothing is open."))
    if kind is LetterKind.COSTS_NOTICE:
        yield from _costs_clash(data)
    for name, first, then in (
        ("react_until", data.day, data.react_until),
        ("pass_on_from", data.react_until, data.pass_on_from),
        ("court_from", data.day, data.court_from),
    ):
        if first is not None and then is not None and then <= first:
            yield _clash(name, Words("Deze dag is te vroeg.", "This day is too early."))
    if data.appointment is not None and data.appointment.day < data.day:
        yield _clash("appointment", Words("De afspraak is al geweest.", "The appointment is over."))


def _costs_clash(data: LetterData) -> Iterator[Problem]:
    if data.delivered_on is not None and data.delivered_on < data.day:
        yield _clash(
            "delivered_on",
            Words("Bezorgd vóór de datum van de brief.", "Delivered before the letter's date."),
        )
    free_until = data.delivered_on + timedelta(days=FREE_DAYS) if data.delivered_on else None
    if free_until is not None and data.pay_by is not None and data.pay_by < free_until:
        yield _clash(
                "pay_by",
                Words("De huurder krijgt zo geen 14 dagen, vanaf de dag na bezorging.",
                      "This leaves the tenant less than 14 days from the day after delivery."),
            )  # fmt: skip
    if data.costs is not None and not 0 <= data.costs.vat < data.costs.cents:
        yield _clash(
            "costs", Words("De kosten en de btw kloppen niet.", "The costs and the VAT cannot be right.")
        )


def _clash(name: str, message: Words) -> Problem:
    cure = Words("Reken het na en maak de brief opnieuw.", "Check the figures and make the letter again.")
    return Problem("contradiction", message, cure, column=name, fatal=True)
