"""The markup of a letter: what an administrator writes, and what is read."""

from hypothesis import given
from hypothesis import strategies as st

from voordeur.core.letter_text import Paragraph, Run, read_text, runs

TEXT = """
# Er staat nog {total} open.
# Zullen we kijken wat past?

Beste {salutation},

[amounts]

## Lukt het niet?
Bel **{contact_phone}**.
Ook 's avonds.

> ## U mag nee zeggen
> Tot en met {react_until}.
>
> Wij vragen niet waarom.

Groet,

---
[ ] Ja
[ ] Nee
De envelop zit erbij.
"""


def test_a_letter_has_a_title_sections_and_a_slip() -> None:
    letter = read_text(TEXT)
    assert letter.title == "Er staat nog {total} open.\nZullen we kijken wat past?"
    assert [(section.heading, section.marked) for section in letter.sections] == [
        ("", False),
        ("Lukt het niet?", False),
        ("U mag nee zeggen", True),
        ("", False),
    ]
    opening, call, no, _ = letter.sections
    assert opening.boxes == ("amounts",)
    assert call.paragraphs == (Paragraph("Bel **{contact_phone}**. Ook 's avonds.", 10),)
    assert [paragraph.text for paragraph in no.paragraphs] == [
        "Tot en met {react_until}.",
        "Wij vragen niet waarom.",
    ]
    assert letter.choices == ("Ja", "Nee")
    assert letter.slip_note == "De envelop zit erbij."
    assert letter.fields == {"total", "salutation", "contact_phone", "react_until"}


def test_strong_words_and_fields_are_runs() -> None:
    assert runs("Bel **{contact_phone} nu** even.") == [
        Run("Bel "),
        Run("", strong=True, field="contact_phone"),
        Run(" nu", strong=True),
        Run(" even."),
    ]


@given(st.text(alphabet=" \n#>[]*{}-abAB.", max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    letter = read_text(text)
    for section in letter.sections:
        assert section.heading or section.paragraphs
