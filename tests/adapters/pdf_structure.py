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

_KINDS = frozenset(
    {
        "Document",
        "Part",
        "Art",
        "Sect",
        "Div",
        "BlockQuote",
        "Caption",
        "TOC",
        "TOCI",
        "Index",
        "NonStruct",
        "Private",
    }
    | {
        "P",
        "H",
        "H1",
        "H2",
        "H3",
        "H4",
        "H5",
        "H6",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Quote",
        "Note",
        "Reference",
        "Code",
    }
    | {
        "Table",
        "TR",
        "TH",
        "TD",
        "THead",
        "TBody",
        "TFoot",
        "Span",
        "BibEntry",
        "Link",
        "Annot",
        "Figure",
        "Formula",
    }
    | {"Form", "Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP"}
)


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
    nodes = list(_nodes(root.get("/StructTreeRoot", DictionaryObject())))
    found += _headings_and_cells(nodes)
    found += _unknown_kinds(root, kinds)
    found += _loose_ends(reader, nodes)
    for page in reader.pages:
        found += _untagged(ContentStream(page["/Contents"].get_object(), reader))
        found += _fonts(page)
        found += _annotations(page)
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
    yield from _walk(PdfReader(io.BytesIO(pdf)).trailer["/Root"].get("/StructTreeRoot", DictionaryObject()))


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


def _nodes(node: PdfObject) -> Iterator[DictionaryObject]:
    """Every element of the structure, in reading order."""
    node = node.get_object()
    if isinstance(node, ArrayObject):
        for child in node:
            yield from _nodes(child)
    if isinstance(node, DictionaryObject):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _nodes(node["/K"])


def _headings_and_cells(nodes: list[DictionaryObject]) -> Iterator[str]:
    for node in nodes:
        kind = str(node["/S"])
        if kind in ("/H1", "/H2", "/H3", "/TH", "/Link") and not node.get("/K"):
            yield f"empty {kind}"
        if kind == "/TH" and not _attribute(node, "/Scope"):
            yield "header cell that does not say whether it heads a row or a column"


def _attribute(node: DictionaryObject, key: str) -> bool:
    given = node.get("/A", ArrayObject()).get_object()
    held = given if isinstance(given, ArrayObject) else [given]
    return any(isinstance(one.get_object(), DictionaryObject) and key in one.get_object() for one in held)


def _unknown_kinds(root: DictionaryObject, kinds: list[str]) -> Iterator[str]:
    """A kind that ISO 32000-1 table 333 and further does not know, and that is mapped to none of them."""
    mapped = {one.lstrip("/") for one in root.get("/StructTreeRoot", {}).get("/RoleMap", {})}
    yield from (f"kind of element that no reader knows: {kind}" for kind in set(kinds) - _KINDS - mapped)


def _loose_ends(reader: PdfReader, nodes: list[DictionaryObject]) -> Iterator[str]:
    """Marked pieces of a page that no element of the structure holds: they would be skipped when read aloud."""
    held: dict[int, set[int]] = {}
    for node in nodes:
        kids = node.get("/K", ArrayObject())
        for kid in kids if isinstance(kids, ArrayObject) else [kids]:
            piece = kid.get_object()
            page = node.raw_get("/Pg") if "/Pg" in node else None
            if isinstance(piece, DictionaryObject) and piece.get("/Type") == "/MCR":
                page, piece = piece.raw_get("/Pg") if "/Pg" in piece else page, piece["/MCID"]
            if isinstance(piece, int) and page is not None:
                held.setdefault(page.idnum, set()).add(int(piece))
    for number, page in enumerate(reader.pages, 1):
        content = ContentStream(page["/Contents"].get_object(), reader)
        marked = {
            int(operands[1]["/MCID"])
            for operands, operator in content.operations
            if operator == b"BDC" and isinstance(operands[1], DictionaryObject) and "/MCID" in operands[1]
        }
        lost = marked - held.get(page.indirect_reference.idnum, set())
        if lost:
            yield f"page {number}: {len(lost)} pieces that no element holds"


def _annotations(page: DictionaryObject) -> Iterator[str]:
    if "/Annots" not in page:
        return
    if page.get("/Tabs") != "/S":
        yield "page without tab order of the structure"
    for one in page["/Annots"].get_object():
        note = one.get_object()
        if note.get("/Subtype") == "/Link" and not note.get("/Contents"):
            yield "link that says nothing"
        if "/StructParent" not in note:
            yield "link outside the structure"


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
