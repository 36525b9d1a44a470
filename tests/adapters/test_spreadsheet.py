"""Files with a table in them: what comes out is rows of text with the number that a spreadsheet shows."""

import csv
import datetime
import io
import struct
import time
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.adapters.workbook_files import compound_file, write_ods, write_xls
from voordeur.adapters import workbook
from voordeur.adapters.spreadsheet import NumberCell, Table, open_table

HEADER = "Contractnr;Boekdatum;Soort;Bedrag"


def table_of(folder: Path, content: str | bytes, encoding: str = "utf-8") -> Table:
    path = folder / "mutaties.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return open_table(path)


def problem_of(table: Table) -> str:
    """The code of the one fatal Problem; then there are no rows."""
    assert not table.usable
    assert list(table.rows()) == []
    (problem,) = table.problems
    assert problem.source == table.name
    assert problem.cure.nl
    return problem.code


# Encodings


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("windows-1252", "windows-1252"),
    ],
)
def test_the_same_table_in_every_encoding(tmp_path: Path, encoding: str, found: str) -> None:
    table = table_of(tmp_path, f"{HEADER}\r\n104417;01-12-2026;Huur café ë;€ 618,40\r\n", encoding)
    assert table.encoding == found
    assert list(table.rows()) == [
        (1, HEADER.split(";")),
        (2, ["104417", "01-12-2026", "Huur café ë", "€ 618,40"]),
    ]


def test_one_foreign_byte_on_the_last_of_many_lines_decides(tmp_path: Path) -> None:
    lines = [
        HEADER,
        *(f"{number};01-12-2026;Huur;618,40" for number in range(20_000)),
        "1;01-12-2026;Café;1,00",
    ]
    table = table_of(tmp_path, "\n".join(lines).encode("windows-1252"))
    assert table.encoding == "windows-1252"
    assert list(table.rows())[-1] == (20_002, ["1", "01-12-2026", "Café", "1,00"])


def test_files_that_were_pasted_together_keep_both_their_letters(tmp_path: Path) -> None:
    good = "".join(f"{number};01-12-2026;Café;1,00\n" for number in range(50))
    table = table_of(
        tmp_path, f"{HEADER}\n{good}".encode() + "99;01-12-2026;Cité;1,00\n".encode("windows-1252")
    )
    rows = [cells for _, cells in table.rows()]
    assert rows[1][2] == "Café"
    assert rows[-1][2] == "Cité"
    assert [problem.code for problem in table.problems] == ["mixed-encoding"]
    assert table.usable


def test_a_byte_that_is_no_letter_anywhere_is_marked(tmp_path: Path) -> None:
    table = table_of(tmp_path, HEADER.encode() + b"\n1;01-12-2026;Caf\x81;1,00\n")
    assert list(table.rows())[1] == (2, ["1", "01-12-2026", "Caf\ufffd", "1,00"])


@given(
    rows=st.lists(
        st.lists(st.text("aéë1;\"',\n", max_size=8), min_size=2, max_size=2), min_size=1, max_size=8
    )
)
@settings(max_examples=150)
def test_what_a_csv_writer_wrote_is_read(
    rows: list[list[str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\r\n").writerows([["Contractnr", "Bedrag"], *rows])
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    path.write_bytes(out.getvalue().encode("windows-1252"))
    assert [cells for _, cells in open_table(path).rows()] == [["Contractnr", "Bedrag"], *rows]


# Delimiters


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    lines = [
        HEADER.replace(";", delimiter),
        *(delimiter.join(["1", "01-12-2026", "Huur", "5.00"]) for _ in range(5)),
    ]
    table = table_of(tmp_path, "\n".join(lines))
    assert table.delimiter == delimiter
    assert list(table.rows())[1] == (2, ["1", "01-12-2026", "Huur", "5.00"])


def test_decimal_commas_do_not_make_a_comma_the_delimiter(tmp_path: Path) -> None:
    table = table_of(tmp_path, "Contractnr;Bedrag\n" + "".join(f"{n};1.234,50\n" for n in range(50)))
    assert table.delimiter == ";"


def test_commas_in_addresses_do_not_either(tmp_path: Path) -> None:
    rows = "".join(f"{n};Kade 9, 1234 AB, Dorp, Gemeente, NL;1,00\n" for n in range(50))
    assert table_of(tmp_path, f"Contractnr;Adres;Bedrag\n{rows}").delimiter == ";"


def test_regularity_decides_when_no_name_is_known(tmp_path: Path) -> None:
    assert table_of(tmp_path, "foo|bar|baz\n1,5|2|3\n1,5|2|3\n").delimiter == "|"


def test_a_line_that_names_the_delimiter_is_believed_and_not_counted(tmp_path: Path) -> None:
    table = table_of(tmp_path, f"sep=|\r\n{HEADER.replace(';', '|')}\r\n1|01-12-2026|a;b;c;d;e|5\r\n")
    assert table.delimiter == "|"
    assert list(table.rows())[1] == (2, ["1", "01-12-2026", "a;b;c;d;e", "5"])


# Row numbers, blank lines, quotes


def test_row_numbers_are_those_of_a_spreadsheet(tmp_path: Path) -> None:
    text = f'Stichting Wonen\n\n{HEADER}\n1;01-12-2026;"Huur\nen meer; en meer";5,00\n;;;\n2;02-12-2026;Huur;6,00;;;\n'
    assert list(table_of(tmp_path, text).rows()) == [
        (1, ["Stichting Wonen"]),
        (2, []),
        (3, HEADER.split(";")),
        (4, ["1", "01-12-2026", "Huur\nen meer; en meer", "5,00"]),
        (5, ["", "", "", ""]),
        (6, ["2", "02-12-2026", "Huur", "6,00", "", "", ""]),
    ]


def test_rows_can_be_read_again_and_side_by_side(tmp_path: Path) -> None:
    table = table_of(tmp_path, f"{HEADER}\n1;a;b;c\n2;a;b;c\n")
    one, other = table.rows(), table.rows()
    next(one)
    assert next(other) == (1, HEADER.split(";"))
    assert next(one) == (2, ["1", "a", "b", "c"])


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system(tmp_path: Path, line_end: str) -> None:
    table = table_of(tmp_path, line_end.join([HEADER, '1;a;"b";c', "2;a;b;c"]))
    assert [row for row, _ in table.rows()] == [1, 2, 3]


def test_a_quote_that_is_never_closed_swallows_no_rows(tmp_path: Path) -> None:
    rows = [
        "1;01-12-2026;Huur;5,00",
        '2;01-12-2026;"Jansen;6,00',
        *(f"{n};01-12-2026;Huur;7,00" for n in range(3, 9)),
    ]
    read = [cells for _, cells in table_of(tmp_path, "\n".join([HEADER, *rows])).rows()]
    assert [cells[0] for cells in read] == ["Contractnr", "1", "2", "3", "4", "5", "6", "7", "8"]
    assert read[2] == ["2", "01-12-2026", '"Jansen', "6,00"]


def test_nor_does_one_that_a_later_quote_seems_to_close(tmp_path: Path) -> None:
    rows = ['1;01-12-2026;"Jansen;5,00', '2;01-12-2026;"Pietersen";6,00', "3;01-12-2026;Huur;7,00"]
    read = [cells for _, cells in table_of(tmp_path, "\n".join([HEADER, *rows])).rows()]
    assert [cells[0] for cells in read[1:]] == ["1", "2", "3"]
    assert read[2][2] == "Pietersen"


def test_a_runaway_quote_in_a_long_file_is_noticed_in_time(tmp_path: Path) -> None:
    rows = ['0;01-12-2026;"Jansen;5,00', *(f"{n};01-12-2026;Huur;7,00" for n in range(1, 30_000))]
    read = list(table_of(tmp_path, "\n".join([HEADER, *rows])).rows())
    assert len(read) == 30_001
    assert read[-1] == (30_001, ["29999", "01-12-2026", "Huur", "7,00"])


# Workbooks


def write_xlsx(path: Path, rows: Sequence[Sequence[object]], **options: object) -> Path:
    book = xlsxwriter.Workbook(path)
    day = book.add_format({"num_format": "dd-mm-yyyy"})
    sheet = book.add_worksheet("Mutaties")
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, (datetime.date, datetime.datetime)):
                sheet.write_datetime(at, column, value, day)
            elif isinstance(value, str) and value.startswith("="):
                sheet.write_formula(at, column, value, None, options.get("result", "#N/A"))
            elif value is not None:
                sheet.write(at, column, value)
    book.close()
    return path


def test_cells_of_a_workbook_are_what_they_are(tmp_path: Path) -> None:
    cells: list[object] = [
        "00104417", 104417, 602.15, 0.1 + 0.2, 1234567890123456, datetime.date(2026, 12, 1),
        datetime.datetime(2026, 12, 1, 13, 5),  # noqa: DTZ001 - a workbook knows no time zones
        True, "1.234,50", None, -0.01,
    ]  # fmt: skip
    table = open_table(write_xlsx(tmp_path / "m.xlsx", [[], ["Titel"], cells]))
    assert (table.format, table.sheet, table.sheets) == ("xlsx", "Mutaties", ("Mutaties",))
    read = list(table.rows())
    assert read == [
        (1, []),
        (2, ["Titel"]),
        (3, ["00104417", "104417", "602.15", "0.3", "1234567890123456", "2026-12-01", "2026-12-01 13:05:00", "TRUE",
             "1.234,50", "", "-0.01"]),
    ]  # fmt: skip
    kinds = [isinstance(text, NumberCell) for text in read[2][1]]
    assert kinds == [False, True, True, True, True, False, False, False, False, False, True]


def test_cells_keep_their_column_when_the_first_ones_are_empty(tmp_path: Path) -> None:
    table = open_table(write_xlsx(tmp_path / "m.xlsx", [[None, None, "Bedrag"], [None, None, 5.5]]))
    assert list(table.rows()) == [(1, ["", "", "Bedrag"]), (2, ["", "", "5.5"])]


def test_a_formula_that_failed_is_not_an_empty_cell(tmp_path: Path) -> None:
    table = open_table(write_xlsx(tmp_path / "m.xlsx", [["a", "b"], ["x", "=NA()"], ["=1/0", "y"]]))
    assert [cells for _, cells in table.rows()] == [["a", "b"], ["x", "#N/A"], ["#N/A", "y"]]


def test_an_open_document(tmp_path: Path) -> None:
    table = open_table(
        write_ods(tmp_path / "m.ods", [["Contractnr", "Dag", "Bedrag"], ["1", "2026-12-01", 602.15]])
    )
    assert table.format == "ods"
    assert list(table.rows()) == [(1, ["Contractnr", "Dag", "Bedrag"]), (2, ["1", "2026-12-01", "602.15"])]


def test_an_old_workbook(tmp_path: Path) -> None:
    table = open_table(
        write_xls(tmp_path / "m.xls", [["Contractnr", "Bedrag"], ["104417", 602.15], ["é", 7.0]])
    )
    assert table.format == "xls"
    assert list(table.rows()) == [(1, ["Contractnr", "Bedrag"]), (2, ["104417", "602.15"]), (3, ["é", "7"])]


def test_a_sheet_can_be_chosen_and_the_fullest_is_the_default(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    book = xlsxwriter.Workbook(path)
    for name, rows in (("Toelichting", 1), ("Mutaties", 5), ("Geheim", 9)):
        sheet = book.add_worksheet(name)
        for row in range(rows):
            sheet.write(row, 0, f"{name} {row}")
        if name == "Geheim":
            sheet.hide()
    book.close()
    by_default = open_table(path)
    assert (by_default.sheet, by_default.sheets) == ("Mutaties", ("Toelichting", "Mutaties"))
    assert [problem.code for problem in by_default.problems] == ["other-sheets"]
    assert by_default.usable
    for wanted in ("Toelichting", "1"):
        chosen = open_table(path, sheet=wanted)
        assert list(chosen.rows()) == [(1, ["Toelichting 0"])]
        assert not chosen.problems
    assert problem_of(open_table(path, sheet="Geheim")) == "workbook-no-sheet"


def test_the_content_decides_not_the_name(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "m.xlsx", [["Contractnr"], [1]]).rename(tmp_path / "m.csv")
    assert open_table(path).format == "xlsx"


# Files that are no tables, or mean harm


def test_an_empty_file(tmp_path: Path) -> None:
    assert problem_of(table_of(tmp_path, b"")) == "empty-file"
    assert problem_of(table_of(tmp_path, b" \r\n\r\n")) == "empty-file"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert problem_of(open_table(tmp_path / "weg.csv")) == "unreadable-file"
    assert problem_of(open_table(tmp_path)) == "unreadable-file"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "not-text"),
        (b"\xff\xfe" + b"a\x00" * 20 + b"\x00\xd8", "not-text"),
        (b"x" * 200_000, "no-lines"),
        (b"<html><table><tr><td>Contractnr</td></tr></table>", "markup"),
        (b'  <?xml version="1.0"?><Workbook/>', "markup"),
        (b"PK\x03\x04 but not really", "workbook-corrupt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 but not really", "workbook-corrupt"),
    ],
)
def test_what_is_no_table_says_so(tmp_path: Path, content: bytes, code: str) -> None:
    assert problem_of(table_of(tmp_path, content)) == code


def test_a_workbook_that_was_cut_off(tmp_path: Path) -> None:
    whole = write_xlsx(
        tmp_path / "m.xlsx", [["Contractnr"], *([f"H{n}", n] for n in range(500))]
    ).read_bytes()
    assert problem_of(table_of(tmp_path, whole[: len(whole) // 2])) == "workbook-corrupt"


def test_a_workbook_with_a_damaged_sheet(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "m.xlsx", [["Contractnr"], [1]])
    damaged = tmp_path / "damaged.xlsx"
    with zipfile.ZipFile(path) as good, zipfile.ZipFile(damaged, "w") as bad:
        for name in good.namelist():
            content = good.read(name)
            bad.writestr(name, content[:-40] + b"<<<<" if name.endswith("sheet1.xml") else content)
    assert not open_table(damaged).usable


def test_a_protected_workbook(tmp_path: Path) -> None:
    path = tmp_path / "geheim.xlsx"
    path.write_bytes(compound_file({"EncryptionInfo": b"secret", "EncryptedPackage": b"more secret"}))
    assert problem_of(open_table(path)) == "workbook-password"


def test_a_workbook_that_asks_for_all_memory_costs_only_itself(tmp_path: Path) -> None:
    """Two cells, in the first and the very last place: seventeen thousand million cells for who lays out the sheet."""
    path = tmp_path / "bom.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write(0, 0, "Contractnr")
    sheet.write(1_048_575, 16_383, "boem")
    book.close()
    assert path.stat().st_size < 10_000
    assert problem_of(open_table(path)) == "workbook-too-large"


def test_a_document_that_repeats_itself_endlessly(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "bom.ods", [["x"] * 500], repeat=1_000_000)
    assert not open_table(path).usable


def test_a_workbook_that_unpacks_to_gigabytes_is_not_unpacked(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "m.xlsx", [["Contractnr"], [1]])
    content = bytearray(path.read_bytes())
    entry = content.index(b"PK\x01\x02")  # the first line of the table of contents; unpacked size at 24
    content[entry + 24 : entry + 28] = (0xF0000000).to_bytes(4, "little")
    path.write_bytes(content)
    assert problem_of(open_table(path)) == "workbook-too-large"


def test_a_small_workbook_that_swells_to_a_gigabyte_is_not_unpacked(tmp_path: Path) -> None:
    """Three megabytes that tell the truth about the gigabyte in them: refused before a byte of it is unpacked."""
    path = bomb(tmp_path / "m.xlsx", unpacked=1_000_000_000)
    assert path.stat().st_size < 4_000_000
    began = time.monotonic()
    assert problem_of(open_table(path)) == "workbook-too-large"
    assert time.monotonic() - began < 30


def bomb(path: Path, unpacked: int) -> Path:
    """A workbook of rows that are all the same, made without ever holding them: one block of deflate, repeated."""
    row = b'<row><c t="inlineStr"><is><t>a</t></is></c></row>'
    chunk = row * (1_000_000 // len(row))
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(chunk) + packer.flush(zlib.Z_FULL_FLUSH)
    with zipfile.ZipFile(write_xlsx(path, [["Contractnr"], [1]])) as book:
        parts = {name: book.read(name) for name in book.namelist() if "sheet1" not in name}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(b"<worksheet><sheetData/></worksheet>")
    times = unpacked // len(chunk)
    made = bytearray(path.read_bytes())
    entry = made.rindex(b"PK\x01\x02")  # the last line of the table of mades: sizes at 20 and 24
    made[entry + 20 : entry + 28] = struct.pack("<II", len(block) * times, len(chunk) * times)
    local = made.rindex(b"PK\x03\x04")
    begin = local + 30 + sum(struct.unpack("<HH", made[local + 26 : local + 30]))
    made[begin : made.index(b"PK\x01\x02")] = block * times
    end = made.rindex(b"PK\x05\x06")
    made[end + 16 : end + 20] = struct.pack("<I", made.index(b"PK\x01\x02"))
    path.write_bytes(made)
    return path


def test_a_workbook_that_takes_forever_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_TIMEOUT", 0.001)
    assert (
        problem_of(open_table(write_xlsx(tmp_path / "m.xlsx", [["Contractnr"], [1]]))) == "workbook-too-large"
    )
