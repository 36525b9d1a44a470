"""One deliberately filthy ledger, as a Windows-1252 CSV and as a workbook: all its mistakes come out in one go, each
with its row and column, and the good rows are right to the cent."""

import datetime
from pathlib import Path

import pytest
import xlsxwriter

from voordeur.adapters.file_report import file_report
from voordeur.adapters.mapping import LedgerRecord, read_records, recognise, shipped_profiles
from voordeur.adapters.spreadsheet import open_table
from voordeur.core.ledger import Kind
from voordeur.core.problems import Problem

HEADER = [
    "Contractnr",
    "Naam",
    "Boekdatum",
    "Soort",
    "Omschrijving",
    "Bedrag",
    "D/C",
    "Verv.dat",
    "BSN",
    "Opm",
]
NAME, BSN = "J. de Wit-Çelik", "111222333"

# Row as a spreadsheet shows it: contract, day, kind, description, amount, side, due.
GOOD_AND_BAD: dict[int, tuple[str, ...]] = {
    6: ("104417", "01-12-2026", "HUUR", "Huur december", "1.618,40", "D", "01-12-2026"),
    7: ("104417", "1-12-26", "Servicekosten", "Voorschot", "€ 37,25", "D", "01/12/2026"),
    8: ("104417", "3 dec 2026", "ONTVANGST", "Huur café “De Brug”; dec", "1.655,65", "C", ""),
    9: ("104418", "01-12-2026", "HUUR", "", "6O2,15", "D", "01-12-2026"),
    10: ("104418", "01-12-2026", "HUUR", "", "58l,40", "D", "01-12-2026"),
    11: ("104418", "01-12-2026", "HUUR", "", "n.v.t.", "D", "01-12-2026"),
    12: ("104418", "01-12-2026", "HUUR", "", "", "D", "01-12-2026"),
    13: ("104418", "01-12-2026", "HUUR", "", "602,155", "D", "01-12-2026"),
    14: ("104418", "01-12-2026", "HUUR", "", "602.15", "D", "01-12-2026"),
    15: ("104418", "01-12-2026", "HUUR", "", "#N/B", "D", "01-12-2026"),
    16: ("104418", "31-11-2026", "HUUR", "", "602,15", "D", "01-12-2026"),
    17: ("104418", "01-12-2026", "HUUR", "", "602,15", "D", "32-12-2026"),
    18: ("104418", "", "HUUR", "", "602,15", "D", "01-12-2026"),
    19: ("104418", "2026-12-01", "WOONBON", "", "602,15", "D", "01-12-2026"),
    20: ("", "01-12-2026", "HUUR", "", "602,15", "D", "01-12-2026"),
    21: ("104418", "01-12-2026", "HUUR", "", "602,15", "X", "01-12-2026"),
    22: ("", "", "", "", "", "", ""),
    23: ("104419", "O1-12-2026", "HUUR", "", "geen idee", "", "01-12-2026"),
    24: ("104419", "20261201", "HUUR", "Drie\nregels\ntekst", "700,00", "D", "20261201"),
    25: ("104419", "05-12-2026", "CREDITNOTA", "Lekkage", "12,50", "C", ""),
    26: ("104419", "08-12-2026", "ONTVANGST", "Storno incasso", "50,00", "D", ""),
    27: ("104419", "08-12-2026", "HUUR", "Huur terug", "-10,00", "D", ""),
    28: ("104419", "09-12-2206", "HUUR", "", "1,00", "D", ""),
    29: ("Totaal", "", "", "", "9.999,99", "", ""),
}

# Row, column, code, what stands there, cure.
EXPECTED = [
    (9, "Bedrag", "not-an-amount", "6O2,15", "Maak er 602,15 van. De nul is een letter."),
    (10, "Bedrag", "not-an-amount", "58l,40", "Maak er 581,40 van. De één is een letter."),
    (11, "Bedrag", "not-an-amount", "n.v.t.", "Vul het bedrag in."),
    (12, "Bedrag", "empty-amount", "", "Vul het bedrag in."),
    (13, "Bedrag", "three-decimals", "602,155", "Rond het af op twee cijfers achter de komma."),
    (14, "Bedrag", "other-decimal-sign", "602.15", "Bedoel je 602,15? Maak er dat van."),
    (15, "Bedrag", "formula-error", "#N/B", "Herstel de formule, of vul de waarde zelf in."),
    (16, "Boekdatum", "impossible-date", "31-11-2026",
     "November heeft 30 dagen. Maak er 30-11-2026 of 01-12-2026 van."),
    (17, "Verv.dat", "impossible-date", "32-12-2026", "Kijk de dag na."),
    (18, "Boekdatum", "empty-date", "", "Vul de datum in."),
    (19, "Soort", "unknown-kind", "WOONBON",
     'Zet in het profiel onder [words] wat het is: "WOONBON" = "rent" of "payment".'),
    (20, "Contractnr", "empty-tenancy", "", "Vul het contractnummer in."),
    (21, "D/C", "unknown-side", "X", "Vul C of CR in."),
    (23, "Boekdatum", "not-a-date", "O1-12-2026", "Maak er 01-12-2026 van. Er staat een letter in."),
    (23, "D/C", "unknown-side", "", "Vul C of CR in."),
    (23, "Bedrag", "not-an-amount", "geen idee", "Vul het bedrag in."),
    (28, "Boekdatum", "unlikely-year", "09-12-2206", "Kijk het jaartal na."),
    (29, "", "total-line", "Totaal", "Je hoeft niets te doen."),
    (30, "", "repeated-header", "", "Je hoeft niets te doen."),
    (31, "", "footer-line", "", "Je hoeft niets te doen."),
]  # fmt: skip
ONLY_IN_CSV = [
    (32, "", "too-many-cells", "",
     "Staat er een scheidingsteken in een tekst? Zet die tekst tussen aanhalingstekens."),
]  # fmt: skip
BALANCES = {"104417": "0.00", "104419": "727.50"}


def cells(row: tuple[str, ...]) -> list[str]:
    contract, day, kind, text, amount, side, due = row
    filled = any(row) and contract != "Totaal"
    return [contract, NAME if filled else "", day, kind, text, amount, side, due, BSN if filled else "", ""]


ABOVE = [
    ["Stichting Wonen aan de Rivier"],
    ["Huurdersmutaties, geëxporteerd op 20-12-2026"],
    [],
    ["Bladzijde 1"],
]
BELOW = [HEADER, ["Einde van het rapport"]]


def write_csv(path: Path) -> Path:
    rows = [*ABOVE, HEADER, *(cells(row) for row in GOOD_AND_BAD.values()), *BELOW]
    lines = [";".join(_quoted(cell) for cell in row) + ";;" for row in rows]
    lines.append(f"104418;{NAME};01-12-2026;HUUR;een; te veel;602,15;D;01-12-2026;;;x")
    path.write_bytes("\r\n".join(lines).encode("windows-1252") + b"\r\n")
    return path


def _quoted(cell: str) -> str:
    return f'"{cell}"' if ";" in cell or "\n" in cell else cell


def write_xlsx(path: Path) -> Path:
    """The twin: days as days and amounts as numbers where Excel would make them so, and text where people typed."""
    book = xlsxwriter.Workbook(path)
    day = book.add_format({"num_format": "dd-mm-yyyy"})
    sheet = book.add_worksheet("Mutaties")
    for at, row in enumerate([*ABOVE, HEADER]):
        sheet.write_row(at, 0, row)
    for number, content in GOOD_AND_BAD.items():
        for column, cell in enumerate(cells(content)):
            if cell == "#N/B":
                sheet.write_formula(number - 1, column, "=NA()", None, "#N/A")
            elif cell == "01-12-2026":
                sheet.write_datetime(number - 1, column, datetime.date(2026, 12, 1), day)
            elif cell in ("700,00", "12,50", "50,00", "-10,00"):
                sheet.write_number(number - 1, column, float(cell.replace(",", ".")))
            elif cell:
                sheet.write_string(number - 1, column, cell)
    for at, row in enumerate(BELOW, max(GOOD_AND_BAD)):
        sheet.write_row(at, 0, row)
    book.close()
    return path


@pytest.fixture(params=["csv", "xlsx"])
def filthy(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "csv":
        return write_csv(tmp_path / "mutaties.csv")
    return write_xlsx(tmp_path / "mutaties.xlsx")


def as_expected(path: Path) -> list[tuple[int, str, str, str, str]]:
    """In a workbook the failed formula is a real one, with its own code."""
    if path.suffix == ".csv":
        return EXPECTED + ONLY_IN_CSV
    return [(*row[:3], "#N/A", row[4]) if row[3] == "#N/B" else row for row in EXPECTED]


def test_every_mistake_comes_out_once_with_row_column_and_cure(filthy: Path) -> None:
    table = open_table(filthy)
    found = recognise(table, shipped_profiles())
    assert found.certain, found.doubts
    problems = [record for record in read_records(table, found) if isinstance(record, Problem)]
    assert [(p.row, p.column, p.code, p.value, p.cure.nl) for p in problems] == as_expected(filthy)
    assert len({problem.code for problem in problems}) >= 15
    assert all(problem.source == filthy.name and problem.message.en for problem in problems)


def test_the_good_rows_are_right_to_the_cent(filthy: Path) -> None:
    table = open_table(filthy)
    found = recognise(table, shipped_profiles())
    good = [record for record in read_records(table, found) if isinstance(record, LedgerRecord)]
    assert [(record.row, record.kind, record.amount) for record in good] == [
        (6, Kind.CHARGE, 161840),
        (7, Kind.CHARGE, 3725),
        (8, Kind.PAYMENT, 165565),
        (24, Kind.CHARGE, 70000),
        (25, Kind.CORRECTION, -1250),
        (26, Kind.REVERSAL, 5000),
        (27, Kind.CORRECTION, -1000),
    ]
    assert {record.date.isoformat() for record in good[:4]} == {"2026-12-01", "2026-12-03"}
    assert good[2].description == "Huur café “De Brug”; dec"
    assert good[3].description == "Drie regels tekst"


def test_the_report_says_the_same_and_nothing_about_persons(filthy: Path) -> None:
    table = open_table(filthy)
    report = file_report(table, recognise(table, shipped_profiles()))
    assert (report["kind"], report["certain"], report["rows_read"]) == ("ledger", True, 7)
    assert report["balances"] == BALANCES
    notes = {"total-line", "repeated-header", "footer-line"}
    expected = as_expected(filthy)
    assert [(r["line"], r["column"], r["value"]) for r in report["rows_refused"]] == [
        (row, column, value) for row, column, code, value, _ in expected if code not in notes
    ]
    assert report["rows_refused_count"] == len({row for row, _, code, _, _ in expected if code not in notes})
    assert [problem["code"] for problem in report["problems"]] == [
        "bsn-column",
        "total-line",
        "repeated-header",
        "footer-line",
    ]
    mapping = report["mapping"]
    assert (mapping["direction"], mapping["decimal"], mapping["date_order"], mapping["header_row"]) == (
        "D/C column", ",", "dmy", 5,
    )  # fmt: skip
    assert mapping["not_read"] == ["Naam", "BSN", "Opm"]
    assert NAME not in repr(report)
    assert BSN not in repr(report)


def test_the_csv_says_how_it_was_written(tmp_path: Path) -> None:
    table = open_table(write_csv(tmp_path / "mutaties.csv"))
    assert (table.encoding, table.delimiter) == ("windows-1252", ";")
