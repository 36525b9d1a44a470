"""The JSON of `voordeur import FILE --dry-run --json` for tables; the filthy ledger has a test of its own."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.adapters.recognised_tables import table_of
from voordeur.adapters import file_report
from voordeur.adapters.mapping import recognise, shipped_profiles
from voordeur.adapters.spreadsheet import open_table

LEDGER = (
    "Contractnr;Boekdatum;Soort;Bedrag;D/C\n1;01-12-2026;HUUR;618,40;D\n1;13-12-2026;ONTVANGST;600,00;C\n"
    "2;01-12-2026;HUUR;0,10;D\n2;13-12-2026;AFBOEKING;0,30;C\n2;13-12-2026;HUUR;x;D\n"
)


def report(folder: Path, text: str, language: str = "nl") -> dict[str, Any]:
    table = table_of(folder, text)
    said = file_report.file_report(table, recognise(table, shipped_profiles()), language=language)
    assert json.loads(json.dumps(said)) == said
    return said


def test_a_ledger(tmp_path: Path) -> None:
    assert report(tmp_path, LEDGER) == {
        "file": "bestand.csv",
        "kind": "ledger",
        "certain": True,
        "mapping": {
            "profile": "ledger-nl",
            "columns": {
                "tenancy": "Contractnr",
                "date": "Boekdatum",
                "kind": "Soort",
                "amount": "Bedrag",
                "side": "D/C",
            },
            "not_read": [],
            "words": {"HUUR": "rent", "ONTVANGST": "payment", "AFBOEKING": "write_off"},
            "direction": "D/C column",
            "decimal": ",",
            "date_order": "dmy",
            "header_row": 1,
            "format": "csv",
            "encoding": "utf-8",
            "delimiter": ";",
            "sheet": None,
        },
        "rows_read": 4,
        "rows_refused": [
            {
                "line": 6,
                "column": "Bedrag",
                "code": "not-an-amount",
                "reason": "Dit is geen bedrag.",
                "value": "x",
                "cure": "Vul het bedrag in.",
            }
        ],
        "rows_refused_count": 1,
        "problems": [],
        "balances": {"1": "18.40", "2": "-0.20"},
        "total": "18.20",
        "entries_by_kind": {"charge": 2, "payment": 1, "write_off": 1},
    }


def test_in_english(tmp_path: Path) -> None:
    (refused,) = report(tmp_path, LEDGER, "en")["rows_refused"]
    assert refused["reason"] == "This is not an amount."


def test_a_file_that_is_not_certain_is_not_read(tmp_path: Path) -> None:
    said = report(tmp_path, "Contractnr;Boekdatum;Bedrag\n1;01-12-2026;5,00\n")
    assert (said["certain"], said["rows_read"], said["balances"]) == (False, 0, {})
    assert [problem["code"] for problem in said["problems"]] == ["doubt-direction"]


def test_a_file_that_is_no_table(tmp_path: Path) -> None:
    said = report(tmp_path, "<html>")
    assert (said["kind"], said["certain"], said["rows_read"]) == (None, False, 0)
    assert [problem["code"] for problem in said["problems"]] == ["markup"]


def test_tenancies_and_homes_are_counted(tmp_path: Path) -> None:
    tenancies = report(
        tmp_path,
        "Contractnr;Naam;Huurprijs;Postcode;RD x;RD y\n"
        "1;J. de Wit;618,40;1234 AB;120700;487525\n2;A. Bos;;?;;\n;;1,00;;;\n",
    )
    assert (tenancies["kind"], tenancies["rows_read"], tenancies["rows_refused_count"]) == ("tenancies", 2, 1)
    assert (tenancies["rent_per_month"], tenancies["with_coordinates"]) == ("618.40", 1)
    assert [problem["code"] for problem in tenancies["problems"]] == ["bad-postcode"]
    assert "Wit" not in repr(tenancies)
    homes = report(tmp_path, "VHE-nummer;Straat;Huisnr\n1;Kade;9\n")
    assert (homes["kind"], homes["rows_read"], homes["with_coordinates"]) == ("homes", 1, 0)


def test_of_very_many_mistakes_all_are_counted_and_the_first_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_report, "MOST_LISTED", 3)
    good = "1;13-12-2026;HUUR;5,00\n" * 20
    said = report(tmp_path, "Contractnr;Boekdatum;Soort;Bedrag\n" + good + "1;x;HUUR;x\n" * 9)
    assert said["rows_refused_count"] == 9
    assert len(said["rows_refused"]) == 3


_scraps = st.one_of(
    st.sampled_from(
        ["Contractnr", "Boekdatum", "Soort", "Bedrag", "D/C", "Debet", "Credit", "Naam", "Huurprijs", "Wijk"]
    ),
    st.sampled_from(
        ["1", "01-12-2026", "31-11-26", "HUUR", "D", "c", "-5,00", "1.234", "x", "Totaal", "#N/B", "", " "]
    ),
    st.text(max_size=4),
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(_scraps, max_size=7), max_size=12),
    st.sampled_from([";", ",", "\t"]),
    st.binary(max_size=3),
)
def test_no_scraps_of_a_table_make_it_stumble(
    tmp_path: Path, rows: list[list[str]], delimiter: str, tail: bytes
) -> None:
    path = tmp_path / "resten.csv"
    path.write_bytes("\n".join(delimiter.join(row) for row in rows).encode() + tail)
    table = open_table(path)
    said = file_report.file_report(table, recognise(table, shipped_profiles()))
    assert json.loads(json.dumps(said)) == said


def test_a_closing_balance_is_not_counted_and_an_opening_balance_is(tmp_path: Path) -> None:
    rows = (
        "1;01-11-2026;Beginsaldo;50,00;\n1;02-11-2026;Huur;650,00;\n1;03-11-2026;Betaling;;600,00\n"
        "1;30-11-2026;Eindsaldo;100,00;\n1;30-11-2026;Saldo servicekosten 2025;10,00;\n"
    )
    said = report(tmp_path, "Contractnr;Boekdatum;Omschrijving;Debet;Credit\n" + rows)
    assert said["balances"] == {"1": "110.00"}
    assert [(one["line"], one["code"]) for one in said["rows_refused"]] == [(5, "balance-line")]


def test_english_columns_must_show_which_number_is_the_day(tmp_path: Path) -> None:
    text = "id,tenancy,date,kind,amount\n1,7,03/04/2026,charge,650.00\n2,7,03/{}/2026,charge,650.00\n"
    assert [one["code"] for one in report(tmp_path, text.format("05"))["problems"]] == ["doubt-dates"]
    assert report(tmp_path, text.replace("03/{}", "28/05"))["certain"]
