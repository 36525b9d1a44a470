"""When the honest answer is: we do not know, tell us in a profile. And what does settle a question."""

from datetime import date
from pathlib import Path

import pytest

from tests.adapters.recognised_tables import doubts, ledger, read, recognised, table_of
from voordeur.adapters.mapping import Direction, read_records

# When it is not certain


def test_no_header_at_all(tmp_path: Path) -> None:
    found = recognised(tmp_path, "104417;13-01-2026;5,00\n104418;13-01-2026;5,00\n")
    assert doubts(found) == ["no-header"]
    assert "[columns]" in found.doubts[0].cure.nl
    assert list(read_records(table_of(tmp_path, "1;2\n"), found)) == list(found.doubts)


@pytest.mark.parametrize(
    ("text", "codes", "cure"),
    [
        ("Boekdatum;Soort;Bedrag\n13-01-2026;HUUR;5,00\n", ["missing-column"], "tenancy ="),
        ("Contractnr;Soort;Bedrag\n1;HUUR;5,00\n", ["missing-column"], "date ="),
        ("Contractnr;Boekdatum;Soort;Kosten\n1;13-01-2026;HUUR;5,00\n", ["missing-column"], "amount ="),
        ("Contractnr;Periode;Huur;Servicekosten\n1;2026-12;5,00;1,00\n", ["missing-column"] * 2, "amount ="),
        ("Contractnr;Boekdatum;Debet\n1;13-01-2026;5,00\n", ["missing-column"], "credit ="),
        (
            "Contractnr;Huurcontract;Boekdatum;Soort;Bedrag\n1;A;13-01-2026;HUUR;5,00\n",
            ["two-candidates"],
            'tenancy = "Contractnr"',
        ),
        (
            "Contractnr;Boekdatum;Soort;Bedrag;Bedrag\n1;13-01-2026;HUUR;5,00;6,00\n",
            ["two-candidates"],
            'amount = "Bedrag"',
        ),
        (
            "Contractnr;Boekdatum;Bedrag;Debet;Credit\n1;13-01-2026;5,00;5,00;\n",
            ["two-candidates"],
            'amount = "Bedrag"',
        ),
        ("Contractnr;Boekdatum;Bedrag\n1;13-01-2026;5,00\n1;14-01-2026;7,00\n", ["doubt-direction"], "direction ="),
        ("Contractnr;Boekdatum;Bedrag\n1;13-01-2026;5,00\n1;14-01-2026;-7,00\n", ["doubt-direction"], "direction ="),
        ("Contractnr;Boekdatum;Soort;Bedrag\n1;13-01-2026;CORRECTIE;-5,00\n", ["doubt-direction"], "direction ="),
        (
            "Contractnr;Boekdatum;Soort;Bedrag\n1;13-01-2026;HUUR;5,00\n1;13-01-2026;HUUR;-5,00\n",
            ["doubt-direction"],
            "direction =",
        ),
        (
            "Contractnr;Boekdatum;Bedrag;Af/Bij\n1;13-01-2026;5,00;Bij\n1;14-01-2026;7,00;Af\n",
            ["doubt-sides"],
            "[sides]",
        ),
        (
            "Contractnr;Boekdatum;Soort;Bedrag;D/C\n1;13-01-2026;HUUR;5,00;C\n1;14-01-2026;BETALING;5,00;D\n",
            ["doubt-direction"],
            "direction =",
        ),
        ("Contractnr;Boekdatum;Soort;Bedrag\n1;01-12-26;HUUR;5,00\n", ["doubt-dates"], "dates ="),
        ("Contractnr;Boekdatum;Soort;Bedrag\n1;13-01-26;HUUR;5,00\n", ["doubt-dates"], "dates ="),
        (
            "Contractnr;Boekdatum;Soort;Bedrag\n1;13-01-2026;HUUR;5,00\n1;01-14-2026;HUUR;5,00\n",
            ["doubt-dates"],
            "dates =",
        ),
        (
            "Contractnr;Boekdatum;Soort;Bedrag\n1;13-01-2026;HUUR;1.234\n1;13-01-2026;HUUR;1,234\n",
            ["doubt-decimal"],
            "decimal =",
        ),
        (
            "Contractnr;Boekdatum;Soort;Bedrag\n1;13-01-2026;HUUR;12,34\n1;13-01-2026;HUUR;12.34\n",
            ["doubt-decimal"],
            "decimal =",
        ),
        (
            "Contractnr;Boekdatum;Soort;Bedrag\n1;13-01-2026;A1;5,00\n1;13-01-2026;B2;5,00\n",
            ["doubt-direction", "doubt-kinds"],
            "[words]",
        ),
        (
            "Contractnr;Verv.dat;Soort;Bedrag\n1;13-01-2026;HUUR;5,00\n1;14-01-2026;BETALING;5,00\n",
            ["missing-column"],
            "date =",
        ),
    ],
)  # fmt: skip
def test_what_the_file_does_not_prove_is_asked(
    tmp_path: Path, text: str, codes: list[str], cure: str
) -> None:
    found = recognised(tmp_path, text)
    assert doubts(found) == codes
    assert cure in found.doubts[-1].cure.nl
    assert all(doubt.fatal and doubt.source == "bestand.csv" for doubt in found.doubts)


def test_two_columns_with_the_same_content_are_no_question(tmp_path: Path) -> None:
    text = (
        "Contractnr;Huurcontract;Boekdatum;Soort;Bedrag\n1;1;13-01-2026;HUUR;5,00\n2;2;13-01-2026;HUUR;5,00\n"
    )
    assert recognised(tmp_path, text).certain


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (["13-01-2026", "01-12-2026"], "dmy"),
        (["01-12-2026", "01-11-2026"], "dmy"),  # a year of four digits at the end: the Dutch way
        (["01/12/2026"], "dmy"),
        (["31-1-26", "1-12-26"], "dmy"),
        (["01-13-2026", "01-14-2026", "12-31-2026", "01-02-2026"], "mdy"),
        (["2026-01-13"], "dmy"),
        (["13-01-2026"] * 9 + ["01-31-2026"], "dmy"),
    ],
)
def test_the_order_of_day_and_month(tmp_path: Path, dates: list[str], order: str) -> None:
    rows = "".join(f"1;{day};HUUR;5,00\n" for day in dates)
    found = recognised(tmp_path, f"Contractnr;Boekdatum;Soort;Bedrag\n{rows}")
    assert (found.certain, found.dates) == (True, order)


def test_questions_that_2000_rows_leave_open_are_put_to_the_whole_file(tmp_path: Path) -> None:
    """First all charges of the first of the month, whole euros; the rest shows the order, the cents and the sign."""
    early = "".join(f"{n};02/01/2026;HUUR;-500\n" for n in range(2500))
    late = "1;02/13/2026;BETALING;499.50\n1;02/14/2026;BETALING;1.50\n" * 200
    found = recognised(tmp_path, f"Contractnr;Boekdatum;Soort;Bedrag\n{early}{late}")
    assert found.certain
    assert (found.dates, found.decimal, found.direction) == ("mdy", ".", Direction.SIGNED_REVERSED)


def test_day_numbers_count_only_when_the_whole_column_holds_them(tmp_path: Path) -> None:
    text = "Contractnr;Boekdatum;Soort;Bedrag\n1;46082;HUUR;5,00\n1;46083;BETALING;5,00\n"
    assert [record.date for record in ledger(tmp_path, text)] == [date(2026, 3, 1), date(2026, 3, 2)]
    mixed = text + "1;03-03-2026;BETALING;5,00\n"
    assert [getattr(record, "code", "read") for record in read(tmp_path, mixed)] == ["not-a-date"] * 2 + [
        "read"
    ]
