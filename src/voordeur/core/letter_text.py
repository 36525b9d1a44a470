"""The text of a letter as an administrator writes it: a little plain markup -> sections, paragraphs and runs.

    # The first line: what it is about            ## A heading inside the letter
    A paragraph with **strong words** and {fields}   > the same, in a marked part
    [amounts] a box                                [ ] a choice on the slip, after a line ---

Markup is read before a field is filled in: what stands in a field is never markup.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

FIELD = re.compile(r"\{(\w+)\}")
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_BOX = re.compile(r"\[(\w+)\]")
_CHOICE = "[ ]"
_SLIP = "---"


class Box(StrEnum):
    """A part of a letter that is drawn from the figures, not written."""

    AMOUNTS = "amounts"
    """What is open, claim by claim, what was paid, one total, and where to pay it."""
    APPOINTMENT = "appointment"
    """Day, time and place, and who comes."""
    VISIT = "visit"
    """When somebody stood at the door, and when they come again; empty lines are for a pen."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, or a box; with the line of the text on which it starts, from 1."""

    text: str
    line: int
    box: str = ""
    """A name between square brackets that stands alone; whether it is known is checked elsewhere."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (or none) with the paragraphs below it."""

    heading: str
    paragraphs: tuple[Paragraph, ...]
    marked: bool
    line: int

    @property
    def text(self) -> str:
        """Heading and paragraphs as one text, to look for words and fields in."""
        return " ".join([self.heading, *(paragraph.text for paragraph in self.paragraphs)])

    @property
    def boxes(self) -> tuple[str, ...]:
        """The boxes in this section."""
        return tuple(paragraph.box for paragraph in self.paragraphs if paragraph.box)


@dataclass(frozen=True, slots=True)
class LetterText:
    """A letter, or a card, in one language, not yet filled in."""

    title: str
    """The first line, or lines: what it is about and what the reader can do."""
    sections: tuple[Section, ...]
    choices: tuple[str, ...] = ()
    """What the reader can tick on the slip at the foot of the page."""
    slip_note: str = ""

    @property
    def fields(self) -> frozenset[str]:
        """The names of all fields in use."""
        parts = [self.title, *(section.text for section in self.sections), *self.choices, self.slip_note]
        return frozenset(FIELD.findall(" ".join(parts)))


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; `field` is set when it is still to be filled in."""

    text: str
    strong: bool = False
    field: str = ""


def read_text(text: str) -> LetterText:
    """A letter from its text. Never fails: what is missing is for `correspondence.check_text` to say."""
    body, _, slip = _parted(text)
    title, sections = "", list[Section]()
    heading, paragraphs, marked, start = "", list[Paragraph](), False, 1
    for line, chunk, in_mark in _chunks(body):
        if chunk.startswith("# "):
            title = f"{title}\n{chunk[2:].strip()}".strip()
            continue
        if chunk.startswith("## ") or in_mark != marked:
            sections += _section(heading, paragraphs, marked, start)
            heading, paragraphs, marked, start = "", [], in_mark, line
        if chunk.startswith("## "):
            heading = chunk[3:].strip()
            continue
        box = _BOX.fullmatch(chunk)
        paragraphs.append(Paragraph("" if box else chunk, line, box[1] if box else ""))
    sections += _section(heading, paragraphs, marked, start)
    choices, note = _slip(slip)
    return LetterText(title, tuple(sections), choices, note)


def _parted(text: str) -> tuple[list[tuple[int, str]], int, list[str]]:
    """The numbered lines of the letter itself, where it ends, and the lines of the slip."""
    lines = [(number, line.rstrip()) for number, line in enumerate(text.splitlines(), 1)]
    end = next((at for at, (_, line) in enumerate(lines) if line.strip() == _SLIP), len(lines))
    return lines[:end], end, [line for _, line in lines[end + 1 :]]


def _chunks(lines: list[tuple[int, str]]) -> list[tuple[int, str, bool]]:
    """Headings, boxes and paragraphs: where they start, their text on one line, and whether they are marked."""
    found, gathered, start, marked = list[tuple[int, str, bool]](), list[str](), 0, False
    for number, line in [*lines, (len(lines) + 1, "")]:
        in_mark = line.startswith(">")
        said = line.lstrip("> ").strip() if in_mark else line.strip()
        if gathered and (
            not said or said.startswith("#") or gathered[0].startswith("#") or in_mark != marked
        ):
            found.append((start, " ".join(gathered), marked))
            gathered = []
        if said:
            start = start if gathered else number
            marked = in_mark
            gathered.append(said)
    return found


def _section(heading: str, paragraphs: list[Paragraph], marked: bool, line: int) -> list[Section]:
    if not heading and not paragraphs:
        return []
    return [Section(heading, tuple(paragraphs), marked, paragraphs[0].line if not heading else line)]


def _slip(lines: list[str]) -> tuple[tuple[str, ...], str]:
    said = [line.strip() for line in lines if line.strip()]
    choices = tuple(line[len(_CHOICE) :].strip() for line in said if line.startswith(_CHOICE))
    return choices, " ".join(line for line in said if not line.startswith(_CHOICE))


def runs(text: str) -> list[Run]:
    """A text as stretches: plain, strong, and fields still to be filled in."""
    found = list[Run]()
    for at, part in enumerate(_STRONG.split(text)):
        strong = at % 2 == 1
        for place, piece in enumerate(FIELD.split(part)):
            if piece:
                found.append(Run("", strong, piece) if place % 2 == 1 else Run(piece, strong))
    return found


def unmarked(text: str) -> str:
    """The words alone, without strong marks: what is read aloud and counted."""
    return _STRONG.sub(r"\1", text)
