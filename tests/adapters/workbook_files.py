"""Small workbooks made by hand, for what no library here writes: ODS, old XLS, and files that mean harm."""

import struct
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def write_ods(path: Path, rows: list[list[str | float]], *, repeat: int = 1) -> Path:
    """An ODS with one sheet; numbers as numbers, text as text. `repeat`: every row this many times."""
    body = "".join(
        f'<table:table-row table:number-rows-repeated="{repeat}">{"".join(map(_ods_cell, row))}</table:table-row>'
        for row in rows
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Blad1">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return path


def _ods_cell(value: str | float) -> str:
    if isinstance(value, str) and value[4:5] == "-" == value[7:8]:
        return f'<table:table-cell office:value-type="date" office:date-value="{value}"/>'
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{value}"/>'


def write_xls(path: Path, rows: list[list[str | float]]) -> Path:
    """An Excel 97 file (BIFF8 in a compound file) with one sheet of numbers and texts."""
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            place = struct.pack("<HHH", at, column, 0)
            if isinstance(value, str):
                text = value.encode("utf-16-le")
                sheet += _record(0x0204, place + struct.pack("<HB", len(value), 1) + text)
            else:
                sheet += _record(0x0203, place + struct.pack("<d", value))
    sheet += _record(0x000A, b"")
    name = "Blad1".encode("utf-16-le")
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    bound_length = 4 + 8 + len(name)
    offset = len(start) + bound_length + 4
    bound = _record(0x0085, struct.pack("<IBBBB", offset, 0, 0, 5, 1) + name)
    assert len(bound) == bound_length
    path.write_bytes(compound_file({"Workbook": start + bound + _record(0x000A, b"") + sheet}))
    return path


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def compound_file(streams: dict[str, bytes]) -> bytes:
    """A compound file (the container of XLS and of protected XLSX) with these streams, in sectors of 512 bytes."""
    end, free, fat_sector = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    table = [fat_sector, end]  # sector 0 is the allocation table, sector 1 the directory
    directory, body = [_entry("Root Entry", 5, end, 0, child=1)], b""
    for number, (name, content) in enumerate(streams.items(), 1):
        content = content.ljust(4096, b"\0")  # smaller streams live in a store that we do not make
        content += b"\0" * (-len(content) % 512)
        first, sectors = len(table), len(content) // 512
        table += [*range(first + 1, first + sectors), end]
        right = number + 1 if number < len(streams) else free
        directory.append(_entry(name, 2, first, len(content), right=right))
        body += content
    assert len(table) <= 128
    assert len(directory) <= 4
    table += [free] * (128 - len(table))
    mark = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    sizes = (0x3E, 3, 0xFFFE, 9, 6)
    header = struct.pack("<8s16s5H6s10I", mark, b"", *sizes, b"", 0, 1, 1, 0, 4096, end, 0, end, 0, 0)
    header = header.ljust(512, b"\xff")
    empty = _entry("", 0, 0, 0)
    listed = b"".join([*directory, *[empty] * (4 - len(directory))])
    return header + struct.pack("<128I", *table) + listed + body


def _entry(
    name: str, kind: int, start: int, size: int, *, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF
) -> bytes:
    text = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sIQQIQ", text, len(text) + 2 if name else 0, kind, 1, 0xFFFFFFFF, right, child, b"", 0, 0, 0,
        start, size,
    )  # fmt: skip
