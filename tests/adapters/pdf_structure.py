"""What PDF/UA-1 (ISO 14289-1) asks of a file and a program can see: our own check, on pypdf.

It is no full validator: that reading order and alternative texts make sense is for a person. Each finding is a
sentence; an empty list is what we want.
"""

import io
import itertools
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, PdfObject

_SHOWS = {b"Tj", b"TJ", b"'", b'"', b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*", b"Do", b"sh"}


def findings(pdf: bytes) -> list[str]:
    """Everything that keeps this file from being PDF/UA-1, as far as a program can see."""
    reader = PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"]
    found = [*_catalogue(root, reader)]
    elements = list(structure(pdf))
    kinds = [kind for kind, _ in elements]
    if kinds.count("H1") != 1:
        found.append(f"{kinds.count('H1')} first headings")
    levels = [int(kind[1]) for kind in kinds if kind[:1] == "H" and kind[1:].isdigit()]
    found += [
        f"heading {after} after {before}"
        for before, after in itertools.pairwise(levels)
        if after > before + 1
    ]
    found += ["figure without alternative text" for kind, alt in elements if kind == "Figure" and not alt]
    found += ["table without a header cell"] * ("Table" in kinds and "TH" not in kinds)
    for page in reader.pages:
        found += _untagged(ContentStream(page["/Contents"].get_object(), reader))
        found += _fonts(page)
        found += ["page without tab order of the structure"] * (
            "/Annots" in page and page.get("/Tabs") != "/S"
        )
    return found


def _catalogue(root: DictionaryObject, reader: PdfReader) -> Iterator[str]:
    if not _true(root, "/MarkInfo", "/Marked"):
        yield "not marked as tagged"
    if not root.get("/Lang"):
        yield "no language"
    if "/StructTreeRoot" not in root:
        yield "no structure"
    if not _true(root, "/ViewerPreferences", "/DisplayDocTitle"):
        yield "window shows the file name"
    if not (reader.metadata and reader.metadata.title):
        yield "no title"
    if b"<pdfuaid:part>1</pdfuaid:part>" not in root["/Metadata"].get_object().get_data():
        yield "does not claim PDF/UA-1"


def _true(root: DictionaryObject, entry: str, key: str) -> bool:
    return getattr(root.get(entry, DictionaryObject()).get(key), "value", None) is True


def structure(pdf: bytes) -> Iterator[tuple[str, str]]:
    """Kind and alternative text of every element, in reading order."""
    yield from _walk(PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"])


def _walk(node: PdfObject) -> Iterator[tuple[str, str]]:
    node = node.get_object()
    if isinstance(node, ArrayObject):
        for child in node:
            yield from _walk(child)
    if isinstance(node, DictionaryObject):
        if "/S" in node:
            yield str(node["/S"]).lstrip("/"), str(node.get("/Alt", ""))
        if "/K" in node:
            yield from _walk(node["/K"])


def _untagged(content: ContentStream) -> Iterator[str]:
    """Whatever is drawn outside marked content, and is no artifact either."""
    inside = list[bool]()
    for operands, operator in content.operations:
        if operator in (b"BDC", b"BMC"):
            properties = operands[1] if operator == b"BDC" else {}
            inside.append(operands[0] == "/Artifact" or "/MCID" in properties)
        elif operator == b"EMC":
            inside.pop()
        elif operator in _SHOWS and not any(inside):
            yield f"drawn untagged: {operator.decode()}"


def _fonts(page: DictionaryObject) -> Iterator[str]:
    for name, font in page["/Resources"].get("/Font", {}).items():
        font = font.get_object()
        if "/ToUnicode" not in font:
            yield f"font {name} cannot be read aloud"
        for below in font.get("/DescendantFonts", []):
            descriptor = below.get_object()["/FontDescriptor"].get_object()
            if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor):
                yield f"font {name} is not embedded"
