"""What a file is, how its columns are read, and when the honest answer is: we do not know, tell us in a profile."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.adapters.workbook_files import write_ods
from voordeur.adapters.mapping import (
    Direction,
    LedgerRecord,
    Meaning,
    Profile,
    Recognition,
    as_data,
    from_data,
    parse_profile,
    profile_from,
    profile_toml,
    read_records,
    recognise,
    shipped_profiles,
)
from voordeur.adapters.spreadsheet import Table, open_table
from voordeur.core.ledger import Component, Kind
from voordeur.core.problems import Problem


def table_of(folder: Path, text: str) -> Table:
    path = folder / "bestand.csv"
    path.write_text(text)
    return open_table(path)


def recognised(folder: Path, text: str, *own: Profile, kind: str | None = None) -> Recognition:
    return recognise(table_of(folder, text), (*own, *shipped_profiles()), kind=kind)


def profile(text: str) -> Profile:
    found = parse_profile(text)
    assert isinstance(found, Profile), found
    return found


def doubts(found: Recognition) -> list[str]:
    assert found.certain == (not found.doubts)
    return [doubt.code for doubt in found.doubts]


def records(folder: Path, text: str, *own: Profile) -> Sequence[LedgerRecord | Problem]:
    table = table_of(folder, text)
    found = recognise(table, (*own, *shipped_profiles()))
    assert found.certain, found.doubts
    return list(read_records(table, found))  # type: ignore[arg-type]


def owed(folder: Path, text: str, *own: Profile) -> list[tuple[str, int]]:
    """Kind and amount of every row."""
    return [
        (record.kind.value, record.amount)
        for record in records(folder, text, *own)
        if isinstance(record, LedgerRecord)
    ]


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
    assert records(tmp_path, BARE) == [
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
    *read, bundle = records(tmp_path, text)
    assert [(record.tenancy, record.kind, record.amount) for record in read] == [  # type: ignore[union-attr]
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
        ("Contractnr;Naam;Straat;Huisnr;Toev;Postcode;Plaats;Ingangsdatum;Huur;Wijk;Wijkbeheerder", "tenancies", "tenancies-nl"),
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
        ("Contractnr;Boekdatum;Soort;Bedrag\n1;01-12-26;HUUR;5,00\n1;02-12-26;BETALING;5,00\n", ["doubt-dates"], "dates ="),
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
        ("Contractnr;Boekdatum;Soort;Bedrag\n1;13-01-2026;A1;5,00\n1;13-01-2026;B2;5,00\n", ["doubt-direction", "doubt-kinds"], "[words]"),
        ("Contractnr;Verv.dat;Soort;Bedrag\n1;13-01-2026;HUUR;5,00\n1;14-01-2026;BETALING;5,00\n", ["missing-column"], "date ="),
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
    assert [record.date for record in records(tmp_path, text)] == [date(2026, 3, 1), date(2026, 3, 2)]  # type: ignore[union-attr]
    mixed = text + "1;03-03-2026;BETALING;5,00\n"
    assert [getattr(record, "code", "read") for record in records(tmp_path, mixed)] == ["not-a-date"] * 2 + [
        "read"
    ]


# Which way amounts go


def test_one_signed_column_beside_a_kind(tmp_path: Path) -> None:
    header = "Contractnr;Boekdatum;Soort;Bedrag\n"
    plus = "1;13-01-2026;HUUR;5,00\n1;14-01-2026;BETALING;-5,00\n1;15-01-2026;BETALING;4,00\n1;16-01-2026;HUUR;-1,00\n"
    rows = plus + "1;17-01-2026;BETALING;-2,00\n" * 3 + "1;17-01-2026;HUUR;2,00\n" * 3
    expected = [("charge", 500), ("payment", 500), ("reversal", 400), ("correction", -100)]
    assert owed(tmp_path, header + rows)[:4] == expected
    turned = (
        rows.replace(";-", ";#")
        .replace(",00", ",00")
        .replace(";HUUR;", ";HUUR;")
        .replace(";BETALING;", ";BETALING;")
    )
    turned = "".join(
        line.replace("#", "") if "#" in line else ";".join([*line.split(";")[:3], f"-{line.split(';')[3]}"])
        for line in turned.splitlines(keepends=True)
    )
    assert owed(tmp_path, header + turned)[:4] == expected


def test_the_kind_decides_when_all_amounts_are_positive(tmp_path: Path) -> None:
    text = "Contractnr;Boekdatum;Soort;Bedrag\n1;13-01-2026;HUUR;5,00\n1;14-01-2026;BETALING;4,00\n1;14-01-2026;STORNO;4,00\n"
    assert owed(tmp_path, text) == [("charge", 500), ("payment", 400), ("reversal", 400)]


def test_a_negative_payment_where_the_kind_decides_is_refused(tmp_path: Path) -> None:
    text = "Contractnr;Boekdatum;Soort;Bedrag\n" + "1;13-01-2026;HUUR;5,00\n1;14-01-2026;BETALING;4,00\n" * 5
    *_, last = records(tmp_path, text + "1;15-01-2026;BETALING;-4,00\n")
    assert isinstance(last, Problem)
    assert (last.code, last.row, last.column, last.value) == ("negative-payment", 12, "Bedrag", "-4,00")


def test_a_side_column(tmp_path: Path) -> None:
    text = (
        "Contractnr;Boekdatum;Soort;Bedrag;D/C\n1;13-01-2026;HUUR;5,00;D\n1;14-01-2026;BETALING;4,00;C\n"
        "1;14-01-2026;BETALING;4,00;Debet\n1;15-01-2026;HUUR;1,00;C.\n1;15-01-2026;AFBOEKING;1,00;c\n"
    )
    expected = [
        ("charge", 500),
        ("payment", 400),
        ("reversal", 400),
        ("correction", -100),
        ("write_off", 100),
    ]
    assert owed(tmp_path, text) == expected


def test_a_side_column_without_kinds(tmp_path: Path) -> None:
    text = (
        "Contractnr;Boekdatum;Omschrijving;Bedrag;D/C\n1;13-01-2026;Huur januari;5,00;D\n1;14-01-2026;huur jan;4,00;C\n"
        "1;15-01-2026;Storno incasso;4,00;D\n1;16-01-2026;Kwijtschelding;1,00;C\n1;16-01-2026;-;-1,00;D\n"
    )
    expected = [("charge", 500), ("payment", 400), ("reversal", 400), ("write_off", 100), ("payment", 100)]
    assert owed(tmp_path, text + "1;17-01-2026;Huur;1,00;D\n" * 3)[:5] == expected


def test_a_side_column_beside_signed_amounts_is_only_a_repetition(tmp_path: Path) -> None:
    text = "Contractnr;Boekdatum;Bedrag;D/C\n1;13-01-2026;5,00;D\n1;14-01-2026;-4,00;C\n"
    found = recognised(tmp_path, text)
    assert found.direction is Direction.SIGNED
    assert [column.header for column in found.unused] == ["D/C"]
    assert owed(tmp_path, text) == [("charge", 500), ("payment", 400)]


def test_af_and_bij_mean_something_beside_a_kind(tmp_path: Path) -> None:
    text = "Contractnr;Boekdatum;Soort;Bedrag;Af/Bij\n1;13-01-2026;HUUR;5,00;Bij\n1;14-01-2026;BETALING;4,00;Af\n"
    assert owed(tmp_path, text) == [("charge", 500), ("payment", 400)]
    turned = text.replace("Bij\n1", "Af\n1").replace(";4,00;Af", ";4,00;Bij")
    assert owed(tmp_path, turned) == [("charge", 500), ("payment", 400)]


def test_two_amount_columns(tmp_path: Path) -> None:
    text = "Contractnr;Boekdatum;Debet;Credit\n1;13-01-2026;5,00;\n1;14-01-2026;;4,00\n1;14-01-2026;0,00;3,00\n1;15-01-2026;-;2,00\n"
    assert owed(tmp_path, text) == [("charge", 500), ("payment", 400), ("payment", 300), ("payment", 200)]
    below = text.replace("4,00", "-4,00").replace("3,00", "-3,00").replace("2,00", "-2,00")
    assert owed(tmp_path, below) == [("charge", 500), ("payment", 400), ("payment", 300), ("payment", 200)]


def test_signs_explained_by_the_words_in_descriptions(tmp_path: Path) -> None:
    text = (
        "Contractnr;Boekdatum;Omschrijving;Bedrag\n1;13-01-2026;Huur jan;5,00\n1;14-01-2026;Betaling;-4,00\n"
    )
    assert owed(tmp_path, text) == [("charge", 500), ("payment", 400)]
    assert doubts(recognised(tmp_path, text.replace("-4,00", "4,00"))) == ["doubt-direction"]


def test_a_profile_may_say_that_every_row_is_rent(tmp_path: Path) -> None:
    text = "Contractnr;Verv.dat;Bedrag\n1;01-12-2026;5,00\n"
    own = profile(
        'name = "x"\nkind = "ledger"\nevery_row = "rent"\n[columns]\ntenancy = "Contractnr"\ndue = "Verv.dat"\namount = "Bedrag"'
    )
    assert owed(tmp_path, text, own) == [("charge", 500)]


def test_a_profile_settles_what_the_file_does_not_prove(tmp_path: Path) -> None:
    text = "Nr;Dag;Euro\n7;01-02-26;5.00\n7;02-02-26;-4.00\n"
    own = profile(
        'name = "eigen"\nkind = "ledger"\ndates = "mdy"\ndirection = "signed: - is a charge"\n'
        '[columns]\ntenancy = "Nr"\ndate = "Dag"\namount = "Euro"'
    )
    assert not recognised(tmp_path, text).certain
    first, second = records(tmp_path, text, own)
    assert first == LedgerRecord(2, "7", date(2026, 1, 2), Kind.PAYMENT, 500)
    assert second == LedgerRecord(3, "7", date(2026, 2, 2), Kind.CHARGE, 400)


# Columns


def test_a_number_that_several_rows_share_is_not_the_number_of_a_row(tmp_path: Path) -> None:
    text = "Contractnr;Boekdatum;Soort;Bedrag;Mutatienr\n1;13-01-2026;HUUR;5,00;M1\n1;13-01-2026;SERVICEKOSTEN;1,00;{}\n"
    assert recognised(tmp_path, text.format("M2")).header("id") == "Mutatienr"
    found = recognised(tmp_path, text.format("M1"))
    assert "id" not in found.columns
    assert [column.header for column in found.unused] == ["Mutatienr"]


def test_a_column_that_says_what_a_charge_is_for(tmp_path: Path) -> None:
    text = (
        "Contractnr;Boekdatum;Soort;Bedrag;Component\n1;13-01-2026;VORDERING;5,00;Servicekosten\n"
        "1;13-01-2026;VORDERING;6,00;Nettohuur\n1;13-01-2026;VORDERING;6,00;Zonnepanelen\n"
    )
    components = [record.component for record in records(tmp_path, text)]  # type: ignore[union-attr]
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
    assert list(read_records(table_of(tmp_path, BARE), kept)) == records(tmp_path, BARE)


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
    assert [getattr(record, "row", None) for record in records(tmp_path, text, own)] == [3]


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
    assert [problem.code for problem in read_records(table, found)] == ["empty-file"]  # type: ignore[union-attr]
