"""What a file is, which column is what, and what is kept of that for the next file."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.adapters.recognised_tables import doubts, ledger, owed, profile, read, recognised, table_of
from tests.adapters.workbook_files import write_ods
from voordeur.adapters.mapping import (
    Direction,
    LedgerRecord,
    Meaning,
    as_data,
    from_data,
    profile_from,
    profile_toml,
    read_records,
    recognise,
    shipped_profiles,
)
from voordeur.adapters.spreadsheet import open_table
from voordeur.core.ledger import Component, Kind
from voordeur.core.problems import Problem

# What a file is


def test_a_month_of_rent_as_in_the_preview(tmp_path: Path) -> None:
    found = recognised(
        tmp_path,
        "Stichting Wonen\nHuur december 2026\nExport 20-11-2026\n\n"
        "Contractnr;Adres;Soort;Bedrag;D/C;Verv.dat;Opm\n"
        "104417;Wilgenhof 31;HUUR;618,40;D;01-12-2026;\n"
        "104418;Wilgenhof 33;SERVICEKOSTEN;37,25;D;01-12-2026;let op\n",
    )
    assert (found.kind, found.profile, found.header_row) == ("ledger", "ledger-nl", 5)
    assert {name: column.header for name, column in found.columns.items()} == {
        "tenancy": "Contractnr",
        "kind": "Soort",
        "amount": "Bedrag",
        "side": "D/C",
        "due": "Verv.dat",
        "date": "Verv.dat",
    }
    assert [column.header for column in found.unused] == ["Adres", "Opm"]
    assert found.value_map == {"HUUR": Meaning.RENT, "SERVICEKOSTEN": Meaning.SERVICE}
    assert (found.decimal, found.dates, found.direction) == (",", "dmy", Direction.SIDE)
    assert found.certain


BARE = """id,tenancy,date,kind,amount,due,designates,reverses
c1,T1,2026-01-01,charge,650.00,2026-01-01,,
p1,T1,2026-01-03,payment,650.00,,c1,
r1,T1,2026-01-09,reversal,650.00,,,p1
k1,T1,2026-02-01,correction,-20.00,,,
f1,T1,2026-02-02,refund,5.00,,,
"""


def test_the_bare_ledger(tmp_path: Path) -> None:
    jan, first = date(2026, 1, 3), date(2026, 1, 1)
    assert ledger(tmp_path, BARE) == [
        LedgerRecord(2, "T1", first, Kind.CHARGE, 65000, first, id="c1"),
        LedgerRecord(3, "T1", jan, Kind.PAYMENT, 65000, id="p1", designates="c1"),
        LedgerRecord(4, "T1", date(2026, 1, 9), Kind.REVERSAL, 65000, id="r1", reverses="p1"),
        LedgerRecord(5, "T1", date(2026, 2, 1), Kind.CORRECTION, -2000, id="k1"),
        LedgerRecord(6, "T1", date(2026, 2, 2), Kind.REFUND, 500, id="f1"),
    ]


def test_vera(tmp_path: Path) -> None:
    text = (
        "id;soort;detailSoort;status;boekdatum;vervaldatum;bedrag;saldo;betalingskenmerk;debiteur;overeenkomst\n"
        "b1;VOR;PRO;FIA;2026-01-01;2026-01-01;650.00;0.00;;d9;https://vera.example/overeenkomsten/104417\n"
        "b2;ONT;BAN;FIA;2026-01-03;;650.00;0.00;;d9;https://vera.example/overeenkomsten/104417\n"
        "b3;UIT;STO;FIA;2026-01-09;;650.00;0.00;;d9;https://vera.example/overeenkomsten/104417\n"
        "b4;MEM;AFB;FIA;2026-02-01;;20.00;0.00;;d9;https://vera.example/overeenkomsten/104417\n"
        "b5;VOR;BET;FIA;2026-02-02;;630.00;630.00;;d9;https://vera.example/overeenkomsten/104417\n"
    )
    found = recognised(tmp_path, text)
    assert (found.profile, found.direction) == ("ledger-vera", Direction.KIND)
    assert [column.header for column in found.unused] == ["status", "saldo", "betalingskenmerk", "debiteur"]
    *entries, bundle = read(tmp_path, text)
    assert [(e.tenancy, e.kind, e.amount) for e in entries if isinstance(e, LedgerRecord)] == [
        ("104417", Kind.CHARGE, 65000),
        ("104417", Kind.PAYMENT, 65000),
        ("104417", Kind.REVERSAL, 65000),
        ("104417", Kind.WRITE_OFF, 2000),
    ]
    assert isinstance(bundle, Problem)
    assert (bundle.code, bundle.row, bundle.column, bundle.value) == ("bundle", 6, "soort", "VOR")


def test_the_words_of_a_file_choose_the_vocabulary(tmp_path: Path) -> None:
    """Every name here is in the Dutch profile too; the codes are VERA's."""
    text = "overeenkomst;soort;boekdatum;bedrag\n1;VOR;2026-01-01;650.00\n1;ONT;2026-01-03;650.00\n"
    assert recognised(tmp_path, text).profile == "ledger-vera"


@pytest.mark.parametrize(
    ("header", "kind", "profile_name"),
    [
        ("Contractnr;Naam;Straat;Huisnr;Toev;Postcode;Plaats;Ingangsdatum;Huur;Wijk", "tenancies", "tenancies-nl"),
        ("tenancy;name;start;end;rent;iban;email", "tenancies", "tenancies-en"),
        ("id;begindatum;einddatum;brutohuur;betaalwijze;straatnaam;huisnummer;postcode", "tenancies", "tenancies-vera"),
        ("VHE-nummer;Straat;Huisnr;Postcode;Plaats;BAG-id;RD x;RD y;Wijk", "homes", "homes-nl"),
        ("id;straatnaam;huisnummer;huisletter;huisnummerToevoeging;postcode", "homes", "homes-vera"),
        ("id;street;number;postcode;latitude;longitude;neighbourhood", "homes", "homes-en"),
        ("Wijk;Wijkbeheerder;E-mail", "neighbourhoods", "neighbourhoods-nl"),
        ("neighbourhood;manager", "neighbourhoods", "neighbourhoods-en"),
        ("Contractnr;Naam;Adres;Postcode;Plaats;Boekdatum;Soort;Bedrag;D/C", "ledger", "ledger-nl"),
        ("tenancy;date;debit;credit", "ledger", "ledger-en"),
    ],
)  # fmt: skip
def test_every_kind_of_table_is_known_by_its_header(
    tmp_path: Path, header: str, kind: str, profile_name: str
) -> None:
    found = recognised(tmp_path, f"{header}\n{';'.join('1' for _ in header.split(';'))}\n")
    assert (found.kind, found.profile) == (kind, profile_name)


def test_a_person_may_say_what_it_is(tmp_path: Path) -> None:
    text = "Contractnr;Straat;Huisnr;Postcode\n1;Kade;9;1234 AB\n"
    assert recognised(tmp_path, text).kind == "tenancies"
    assert recognised(tmp_path, text, kind="homes").kind == "homes"


def test_names_are_compared_without_capitals_and_punctuation(tmp_path: Path) -> None:
    text = "CONTRACT-NR.;boek datum;SOORT ;Bedrag (EUR)\n1;13-01-2026;HUUR;5,00\n1;14-01-2026;BETALING;5,00\n"
    assert recognised(tmp_path, text).certain


def test_the_first_choice_wins_from_the_second(tmp_path: Path) -> None:
    text = "Debiteurnr;Contractnr;Datum;Boekdatum;Soort;Bedrag\n9;1;x;13-01-2026;HUUR;5,00\n"
    found = recognised(tmp_path, text)
    assert (found.header("tenancy"), found.header("date")) == ("Contractnr", "Boekdatum")
    assert found.certain


# Columns


def test_a_number_that_several_rows_share_is_not_the_number_of_a_row(tmp_path: Path) -> None:
    text = (
        "Contractnr;Boekdatum;Soort;Bedrag;Mutatienr\n1;13-01-2026;HUUR;5,00;M1\n1;13-01-2026;HUUR;1,00;{}\n"
    )
    assert recognised(tmp_path, text.format("M2")).header("id") == "Mutatienr"
    found = recognised(tmp_path, text.format("M1"))
    assert "id" not in found.columns
    assert [column.header for column in found.unused] == ["Mutatienr"]


def test_a_column_that_says_what_a_charge_is_for(tmp_path: Path) -> None:
    text = (
        "Contractnr;Boekdatum;Soort;Bedrag;Component\n1;13-01-2026;VORDERING;5,00;Servicekosten\n"
        "1;13-01-2026;VORDERING;6,00;Nettohuur\n1;13-01-2026;VORDERING;6,00;Zonnepanelen\n"
    )
    components = [record.component for record in ledger(tmp_path, text)]
    assert components == [Component.SERVICE, Component.RENT, Component.RENT]


@pytest.mark.parametrize("header", ["BSN", "Burgerservicenummer", "Sofi-nummer", "BSN huurder", "Klant"])
def test_service_numbers_of_citizens_are_never_read(tmp_path: Path, header: str) -> None:
    numbers = ["111222333", "123456782", "100000009", "999999990", "12345672"]  # all pass the test of eleven
    rows = "".join(f"{n};13-01-2026;HUUR;5,00;{number}\n" for n, number in enumerate(numbers))
    table = table_of(tmp_path, f"Contractnr;Boekdatum;Soort;Bedrag;{header}\n{rows}")
    found = recognise(table, shipped_profiles())
    (note,) = found.notes
    assert (note.code, note.column, note.value) == ("bsn-column", header, "")
    assert found.certain
    everything = repr(as_data(found)) + repr(list(read_records(table, found)))
    assert not any(number in everything for number in numbers)


def test_a_name_that_holds_service_numbers_is_not_read_either(tmp_path: Path) -> None:
    rows = "".join(f"{n};111222333;01-01-2020\n" for n in range(6))
    found = recognised(tmp_path, f"Contractnr;Naam;Ingangsdatum\n{rows}")
    assert "name" not in found.columns
    assert [note.code for note in found.notes] == ["bsn-column"]


def test_ordinary_numbers_are_no_service_numbers(tmp_path: Path) -> None:
    rows = "".join(f"{100000000 + n};13-01-2026;HUUR;5,00;{600000000 + 7 * n}\n" for n in range(50))
    assert not recognised(tmp_path, f"Contractnr;Boekdatum;Soort;Bedrag;Telefoon\n{rows}").notes


def test_a_column_without_a_name_is_listed_only_when_something_is_in_it(tmp_path: Path) -> None:
    found = recognised(tmp_path, "Contractnr;Boekdatum;Soort;Bedrag;;\n1;13-01-2026;HUUR;5,00;x;\n")
    assert [(column.position, column.header) for column in found.unused] == [(4, "")]


# As data, as a profile


def test_a_recognition_is_kept_as_json(tmp_path: Path) -> None:
    found = recognised(tmp_path, BARE)
    kept = from_data(json.loads(json.dumps(as_data(found))))
    assert kept == replace(found, notes=())
    assert list(read_records(table_of(tmp_path, BARE), kept)) == ledger(tmp_path, BARE)


def test_a_recognition_becomes_a_profile_for_the_next_file(tmp_path: Path) -> None:
    first = "Contractnr;Boekdatum;Soort;Bedrag;Opm\n1;13-01-2026;HUUR;5,00;\n1;14-01-2026;BETALING;-5,00;\n"
    kept = profile_from(recognised(tmp_path, first), "onze-mutaties")
    kept = profile(profile_toml(kept))
    # The next file proves nothing by itself: no sign, no day above 12, no cents.
    following = "Contractnr;Boekdatum;Soort;Bedrag;Opm\n1;02-03-26;CORRECTIE;-5;\n"
    assert not recognised(tmp_path, following).certain
    found = recognised(tmp_path, following, kept)
    assert (found.certain, found.profile) == (True, "onze-mutaties")
    assert owed(tmp_path, following, kept) == [("correction", -500)]


def test_an_exact_profile_is_not_laid_on_another_file(tmp_path: Path) -> None:
    kept = profile_from(recognised(tmp_path, BARE), "kaal")
    other = "tenancy,date,kind,amount\n1,2026-01-13,charge,5.00\n"
    assert recognised(tmp_path, other, kept).profile == "ledger-en"
    alone = recognise(table_of(tmp_path, other), [kept])
    assert set(doubts(alone)) == {"missing-column"}


def test_a_profile_may_point_at_the_header_row(tmp_path: Path) -> None:
    text = "Contractnr;Boekdatum;Soort;Bedrag\nTenancy;Date;Kind;Amount\n1;13-01-2026;HUUR;5,00\n"
    own = profile(
        'name = "x"\nkind = "ledger"\nheader_row = 2\nexact = true\n[columns]\ntenancy = "tenancy"\ndate = "date"\n'
        'kind = "kind"\namount = "amount"\n[words]\n"huur" = "rent"'
    )
    assert [record.row for record in ledger(tmp_path, text, own)] == [3]


def test_an_open_document_is_recognised_like_any_other(tmp_path: Path) -> None:
    rows: list[list[str | float]] = [
        ["Contractnr", "Boekdatum", "Soort", "Bedrag"],
        [104417.0, "2026-12-01", "HUUR", 618.4],
        [104417.0, "2026-12-03", "ONTVANGST", -618.4],
    ]
    table = open_table(write_ods(tmp_path / "m.ods", rows))
    found = recognise(table, shipped_profiles())
    assert list(read_records(table, found)) == [
        LedgerRecord(2, "104417", date(2026, 12, 1), Kind.CHARGE, 61840),
        LedgerRecord(3, "104417", date(2026, 12, 3), Kind.PAYMENT, 61840),
    ]


def test_an_unusable_file_is_not_certain_and_says_why(tmp_path: Path) -> None:
    path = tmp_path / "leeg.csv"
    path.write_bytes(b"")
    table = open_table(path)
    found = recognise(table, shipped_profiles())
    assert doubts(found) == ["empty-file"]
    assert list(read_records(table, found)) == list(found.doubts)


def test_kind_words_of_another_vocabulary_are_understood_too(tmp_path: Path) -> None:
    text = (
        "tenancy,date,kind,amount\n1,2026-01-13,HUUR,5.00\n1,2026-01-14,Ontvangst,4.00\n"
        "1,2026-01-15,MEM AFB,1.00\n1,2026-01-16,Betaling uit beslag,2.00\n1,2026-01-17,UIT,3.00\n"
    )
    assert recognised(tmp_path, text).profile == "ledger-en"
    kinds = [("charge", 500), ("payment", 400), ("write_off", 100), ("payment", 200), ("refund", 300)]
    assert owed(tmp_path, text) == kinds


def test_but_not_by_a_profile_that_a_person_settled(tmp_path: Path) -> None:
    first = "Contractnr;Boekdatum;Soort;Bedrag\n1;13-01-2026;A;5,00\n1;14-01-2026;B;4,00\n"
    own = profile(
        'name = "x"\nkind = "ledger"\nexact = true\n[columns]\ntenancy = "Contractnr"\ndate = "Boekdatum"\n'
        'kind = "Soort"\namount = "Bedrag"\n[words]\nA = "rent"\nB = "payment"'
    )
    assert owed(tmp_path, first, own) == [("charge", 500), ("payment", 400)]
    *_, strange = read(tmp_path, first + "1;15-01-2026;HUUR;4,00\n", own)
    assert isinstance(strange, Problem)
    assert (strange.code, strange.value) == ("unknown-kind", "HUUR")


def test_two_tenancies_may_number_their_rows_alike(tmp_path: Path) -> None:
    text = BARE + BARE.replace("T1", "T2").split("\n", 1)[1]
    assert recognised(tmp_path, text).header("id") == "id"
    assert [record.id for record in ledger(tmp_path, text)] == ["c1", "p1", "r1", "k1", "f1"] * 2
