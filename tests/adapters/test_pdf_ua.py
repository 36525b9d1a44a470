"""Every letter, card and file that goes out can be read aloud; and a file with one thing broken is found out.

The rules are those of `pdf_structure`. The same files were also checked once with an independent checker; what it
covered stands in docs/security.md.
"""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ContentStream,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

from tests.adapters.pdf_structure import findings, structure
from tests.core.evidence_case import file_of
from voordeur.adapters.evidence_file import print_evidence
from voordeur.adapters.letter_texts import load_text
from voordeur.adapters.letters import render
from voordeur.core.letter_clauses import LetterKind
from voordeur.core.letter_sample import sample

CODE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><path d="M0 0h1v1H0zM1 1h1v1H1z"/></svg>'
EACH = [(kind, language) for kind in LetterKind for language in ("nl", "en")]


def letter(kind: LetterKind = LetterKind.REMINDER, language: str = "nl") -> bytes:
    return render(kind, sample(kind), load_text(kind), language)


def root_of(pdf: bytes) -> Any:
    return PdfReader(io.BytesIO(pdf)).trailer["/Root"]


@pytest.mark.parametrize(("kind", "language"), EACH)
def test_every_letter(kind: LetterKind, language: str) -> None:
    made = letter(kind, language)
    assert findings(made) == []
    assert str(root_of(made)["/Lang"]).startswith(language)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_evidence_file(language: str) -> None:
    made = print_evidence(file_of(), language)
    assert findings(made) == []
    kinds = {kind for kind, _ in structure(made)}
    assert {"H1", "H2", "Table", "TH", "TD"} <= kinds


Break = Callable[[PdfWriter], object]


def _drop(key: str) -> Break:
    return lambda writer: writer.root_object.pop(NameObject(key))


def _elements(writer: PdfWriter, kind: str) -> list[DictionaryObject]:
    found = []
    for number in range(1, len(writer._objects) + 1):
        one = writer.get_object(number)
        if isinstance(one, DictionaryObject) and one.get("/S") == kind:
            found.append(one)
    return found


def _on_first(kind: str, change: Callable[[DictionaryObject], object]) -> Break:
    return lambda writer: change(_elements(writer, kind)[0])


def _rename(to: str) -> Callable[[DictionaryObject], object]:
    return lambda element: element.update({NameObject("/S"): NameObject(to)})


def _draw_outside(writer: Any) -> None:
    page = writer.pages[0]
    content = ContentStream(page["/Contents"].get_object(), writer)
    content.operations = [one for one in content.operations if one[1] not in (b"BDC", b"BMC", b"EMC")]
    page[NameObject("/Contents")] = content


def _forget_pieces(writer: PdfWriter) -> None:
    for element in _elements(writer, "/P"):
        element.pop("/K", None)


def _without_claim(writer: Any) -> None:
    stream = writer.root_object["/Metadata"].get_object()
    stream.set_data(stream.get_data().replace(b"pdfuaid:part>1", b"pdfuaid:part>9"))


def _mute_fonts(writer: Any) -> None:
    for font in writer.pages[0]["/Resources"]["/Font"].values():
        font.get_object().pop("/ToUnicode", None)


def _without_font_files(writer: Any) -> None:
    for font in writer.pages[0]["/Resources"]["/Font"].values():
        for below in font.get_object().get("/DescendantFonts", []):
            descriptor = below.get_object()["/FontDescriptor"].get_object()
            for key in ("/FontFile", "/FontFile2", "/FontFile3"):
                descriptor.pop(key, None)


def _add_link(**more: object) -> Break:
    def add(writer: PdfWriter) -> None:
        link = DictionaryObject({NameObject("/Subtype"): NameObject("/Link")})
        link.update({NameObject(key): value for key, value in more.items()})
        page = writer.pages[0]
        page[NameObject("/Annots")] = ArrayObject([link])
        page[NameObject("/Tabs")] = NameObject("/S")

    return add


def _without_order(writer: PdfWriter) -> None:
    _add_link()(writer)
    writer.pages[0].pop("/Tabs")


def _not_marked(writer: Any) -> None:
    writer.root_object["/MarkInfo"][NameObject("/Marked")] = BooleanObject(False)


def _without_title(writer: Any) -> None:
    writer.root_object["/ViewerPreferences"][NameObject("/DisplayDocTitle")] = BooleanObject(False)


BROKEN: dict[str, tuple[Break, str]] = {
    "language": (_drop("/Lang"), "no language"),
    "structure": (_drop("/StructTreeRoot"), "no structure"),
    "marked": (_not_marked, "not marked as tagged"),
    "title": (_without_title, "window shows the file name"),
    "claim": (_without_claim, "does not claim PDF/UA-1"),
    "untagged": (_draw_outside, "drawn untagged"),
    "pieces": (_forget_pieces, "pieces that no element holds"),
    "heading": (_on_first("/H1", _rename("/P")), "0 first headings"),
    "jump": (_on_first("/H2", _rename("/H4")), "heading 4 after 1"),
    "no header cells": (lambda writer: [_rename("/TD")(one) for one in _elements(writer, "/TH")],
                        "table without a header cell"),
    "scope": (_on_first("/TH", lambda element: element.pop("/A", None)), "does not say whether it heads"),
    "empty": (_on_first("/TH", lambda element: element.pop("/K", None)), "empty /TH"),
    "kind": (_on_first("/P", _rename("/Praatje")), "no reader knows: Praatje"),
    "alternative text": (_on_first("/Figure", lambda element: element.pop("/Alt", None)), "figure without"),
    "aloud": (_mute_fonts, "cannot be read aloud"),
    "embedded": (_without_font_files, "is not embedded"),
    "link": (_add_link(), "link that says nothing"),
    "loose link": (_add_link(**{"/Contents": TextStringObject("naar de site")}), "link outside the structure"),
    "order": (_without_order, "without tab order"),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_one_thing_broken_is_found(what: str) -> None:
    change, said = BROKEN[what]
    writer = PdfWriter(clone_from=io.BytesIO(PAYS))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    assert any(said in one for one in findings(out.getvalue())), findings(out.getvalue())


def test_writing_it_again_breaks_nothing() -> None:
    """What the breaking itself does to a file is no finding."""
    out = io.BytesIO()
    PdfWriter(clone_from=io.BytesIO(PAYS)).write(out)
    assert findings(out.getvalue()) == []


PAYS = render(
    LetterKind.REMINDER,
    replace(sample(LetterKind.REMINDER), payment_code_svg=CODE),
    load_text(LetterKind.REMINDER),
    "nl",
)
"""A letter with headings, a table and a picture."""
