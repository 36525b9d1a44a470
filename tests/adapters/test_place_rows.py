"""Tenancies, homes and neighbourhoods: what is essential keeps a row out, what is not is emptied and told."""

from datetime import date
from pathlib import Path

import pytest

from tests.adapters.recognised_tables import read, recognised
from voordeur.adapters.mapping import HomeRecord, NeighbourhoodRecord, TenancyRecord, is_note
from voordeur.adapters.place_rows import split_address
from voordeur.adapters.records import Place
from voordeur.core.problems import Problem

TENANCIES = (
    "Contractnr;Voorletters;Tussenvoegsel;Achternaam;Ingangsdatum;Einddatum;Huurprijs;Betaalwijze;Machtiging;IBAN;"
    "Betalingskenmerk;E-mail;Telefoon;VHE-nummer;Straat;Huisnr;Huisletter;Toev;Postcode;Plaats;BAG-id;RD x;RD y;Wijk;"
    "Wijkbeheerder\n"
)
ROW = (
    "104417;J.;de;Wit;01-03-2019;;618,40;Incasso;M-0001;NL91 ABNA 0417 1643 00;1234 5678 9012 3456;j.dewit@example.org;"
    "612345678;V-88;Wilgenhof;31;B;2;1234ab;Rivierdorp;0363010000123456;120700,723;487525,502;Noord;Noor Bakker\n"
)


def problems(records: list[object]) -> list[tuple[str, str, str]]:
    return [(p.code, p.column, p.value) for p in records if isinstance(p, Problem)]


def test_a_whole_tenancy(tmp_path: Path) -> None:
    assert read(tmp_path, TENANCIES + ROW) == [
        TenancyRecord(
            row=2,
            tenancy="104417",
            name="J. de Wit",
            start=date(2019, 3, 1),
            end=None,
            rent=61840,
            method="direct_debit",
            mandate="M-0001",
            iban="NL91ABNA0417164300",
            reference="1234567890123456",
            email="j.dewit@example.org",
            phone="0612345678",
            home="V-88",
            place=Place(
                street="Wilgenhof",
                number=31,
                addition="B-2",
                postcode="1234 AB",
                town="Rivierdorp",
                bag_id="0363010000123456",
                rd_x=120700.723,
                rd_y=487525.502,
                neighbourhood="Noord",
                manager="Noor Bakker",
            ),
        )
    ]


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("NL91", "NL92", ("bad-iban", "IBAN", "NL92 ABNA 0417 1643 00")),
        ("j.dewit@example.org", "j.dewit", ("bad-email", "E-mail", "")),
        ("1234ab", "12345", ("bad-postcode", "Postcode", "12345")),
        ("Incasso", "duif", ("unknown-method", "Betaalwijze", "duif")),
        ("0363010000123456", "12", ("bad-bag-id", "BAG-id", "12")),
        (";31;", ";boven;", ("bad-house-number", "Huisnr", "boven")),
        ("120700,723;487525,502", "487525,502;120700,723", ("swapped-coordinates", "RD x", "487526 120701")),
        ("120700,723;487525,502", "1;2", ("outside-netherlands", "RD x", "1 2")),
        ("120700,723;487525,502", ";487525,502", ("half-coordinate", "RD x", "")),
        ("487525,502", "noord", ("not-a-number", "RD y", "noord")),
    ],
)
def test_a_cell_that_is_not_essential_is_emptied_and_told(
    tmp_path: Path, before: str, after: str, problem: tuple[str, str, str]
) -> None:
    records = read(tmp_path, TENANCIES + ROW.replace(before, after))
    assert problems(list(records)) == [problem]
    assert is_note(records[0])  # type: ignore[arg-type]
    assert isinstance(records[-1], TenancyRecord)
    assert records[-1].tenancy == "104417"


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("104417", "", ("empty-tenancy", "Contractnr", "")),
        ("01-03-2019", "31-02-2019", ("impossible-date", "Ingangsdatum", "31-02-2019")),
        ("618,40", "6l8,40", ("not-an-amount", "Huurprijs", "6l8,40")),
        ("01-03-2019;", "01-03-2019;01-02-2019", ("ends-before-start", "Einddatum", "01-02-2019")),
    ],
)
def test_a_cell_that_is_essential_keeps_the_row_out(
    tmp_path: Path, before: str, after: str, found: tuple[str, str, str]
) -> None:
    # A good row beside it shows how the file is written.
    records = read(tmp_path, TENANCIES + ROW + ROW.replace(before, after))
    assert problems(list(records)) == [found]
    assert len([record for record in records if isinstance(record, TenancyRecord)]) == 1


def test_all_that_is_wrong_with_a_row_comes_at_once(tmp_path: Path) -> None:
    bad = ROW.replace("104417", "").replace("618,40", "gratis").replace("1234ab", "?").replace("NL91", "NL00")
    codes = [code for code, _, _ in problems(list(read(tmp_path, TENANCIES + ROW + bad)))]
    assert codes == ["empty-tenancy", "not-an-amount", "bad-iban", "bad-postcode"]


def test_no_name_address_or_phone_stands_in_a_problem(tmp_path: Path) -> None:
    shifted = ROW.replace("104417;", "104417;extra;")
    (problem,) = (
        record for record in read(tmp_path, TENANCIES + ROW + shifted) if isinstance(record, Problem)
    )
    assert (problem.code, problem.value) == ("too-many-cells", "")


def test_empty_cells_are_no_problem(tmp_path: Path) -> None:
    empty = "104418" + ";" * (TENANCIES.count(";")) + "\n"
    assert read(tmp_path, TENANCIES + ROW + empty)[1] == TenancyRecord(3, "104418")


def test_two_people_may_share_a_tenancy(tmp_path: Path) -> None:
    text = (
        "Contractnr;Naam;Ingangsdatum\n1;J. de Wit;13-01-2026\n1;A. Bos;13-01-2026\n\nTotaal 2 huurders;;\n"
    )
    records = read(tmp_path, text)
    assert [record.name for record in records if isinstance(record, TenancyRecord)] == ["J. de Wit", "A. Bos"]
    assert problems(list(records)) == [("total-line", "", "Totaal 2 huurders")]


@pytest.mark.parametrize(
    ("word", "method"),
    [("Automatische incasso", "direct_debit"), ("INC", "direct_debit"), ("Ja", "direct_debit"), ("OVB", "transfer"),
     ("Zelf", "transfer"), ("nee", "transfer"), ("iDEAL", "transfer"), ("", "unknown")],
)  # fmt: skip
def test_ways_of_paying(tmp_path: Path, word: str, method: str) -> None:
    (record,) = read(tmp_path, f"Contractnr;Ingangsdatum;Incasso\n1;13-01-2026;{word}\n")
    assert isinstance(record, TenancyRecord)
    assert record.method == method


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("Wilgenhof 31", ("Wilgenhof", 31, "")),
        ("Wilgenhof 31B", ("Wilgenhof", 31, "B")),
        ("Wilgenhof 31-B", ("Wilgenhof", 31, "B")),
        ("Kade 9-2", ("Kade", 9, "2")),
        ("Kade 9 2", ("Kade", 9, "2")),
        ("1e Helmersstraat 12 II", ("1e Helmersstraat", 12, "II")),
        ("Plein 1940-1945 12", ("Plein 1940-1945", 12, "")),
        ("Plein 1944 5 A", ("Plein 1944", 5, "A")),
        ("'t Zand 3 hs", ("'t Zand", 3, "hs")),
        ("Woonboot Hoop", ("Woonboot Hoop", None, "")),
    ],
)
def test_an_address_in_one_cell(address: str, parts: tuple[str, int | None, str]) -> None:
    assert split_address(address) == parts


def test_homes(tmp_path: Path) -> None:
    text = (
        "VHE-nummer;Adres;Postcode;Plaats;Breedtegraad;Lengtegraad;Wijk\n"
        "V-88;Wilgenhof 31-B;1234 AB;Rivierdorp;52,37;4,88;Noord\n"
        "V-89;Wilgenhof 33;1234 AB;Rivierdorp;4,88;52,37;Noord\n"
        ";Wilgenhof;;;;;Noord\n"
    )
    place = Place(
        "Wilgenhof", 31, "B", "1234 AB", "Rivierdorp", latitude=52.37, longitude=4.88, neighbourhood="Noord"
    )
    first, swapped, second, nowhere = read(tmp_path, text)
    assert first == HomeRecord(2, "V-88", place)
    assert isinstance(second, HomeRecord)
    assert second.place.latitude is None
    assert problems([swapped, nowhere]) == [
        ("swapped-coordinates", "Breedtegraad", "4.88 52.37"),
        ("empty-home", "VHE-nummer", ""),
    ]


def test_a_home_without_a_number_of_its_own_is_its_address(tmp_path: Path) -> None:
    (record,) = read(tmp_path, "Straat;Huisnr;Toev;Postcode\nKade;9;2;1234AB\n")
    assert record == HomeRecord(2, "", Place("Kade", 9, "2", "1234 AB"))


def test_a_bag_number_gets_back_the_zero_that_a_spreadsheet_took(tmp_path: Path) -> None:
    (record,) = read(tmp_path, "VHE-nummer;BAG-id;Straat;Huisnr\nV-1;363010000123456;Kade;9\n")
    assert isinstance(record, HomeRecord)
    assert record.place.bag_id == "0363010000123456"


def test_neighbourhoods(tmp_path: Path) -> None:
    text = "Wijk;Wijkbeheerder;E-mail;Telefoon\nNoord;Noor Bakker;noor@example.org;0612345678\n;Sam Kok;;\n"
    good, bad = read(tmp_path, text)
    assert good == NeighbourhoodRecord(2, "Noord", "Noor Bakker", "noor@example.org", "0612345678")
    assert problems([bad]) == [("empty-name", "Wijk", "")]


def test_columns_of_the_address_are_recognised_beside_the_tenancy(tmp_path: Path) -> None:
    found = recognised(tmp_path, TENANCIES + ROW)
    assert (found.kind, found.certain, found.unused) == ("tenancies", True, ())
    assert len(found.columns) == 25
