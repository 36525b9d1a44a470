"""Which way amounts go: by kind, by sign, by a side column, by two columns."""

from datetime import date
from pathlib import Path

from tests.adapters.recognised_tables import doubts, ledger, owed, profile, read, recognised
from voordeur.adapters.mapping import Direction, LedgerRecord
from voordeur.core.ledger import Kind
from voordeur.core.problems import Problem

# Which way amounts go


def test_one_signed_column_beside_a_kind(tmp_path: Path) -> None:
    rows = [
        ("HUUR", 5),
        ("BETALING", -5),
        ("BETALING", 4),
        ("HUUR", -1),
        *[("HUUR", 2), ("BETALING", -2)] * 3,
    ]
    expected = [("charge", 500), ("payment", 500), ("reversal", 400), ("correction", -100)]
    for turned in (1, -1):
        text = "".join(f"1;13-01-2026;{kind};{turned * euros},00\n" for kind, euros in rows)
        assert owed(tmp_path, f"Contractnr;Boekdatum;Soort;Bedrag\n{text}")[:4] == expected


def test_the_kind_decides_when_all_amounts_are_positive(tmp_path: Path) -> None:
    text = (
        "Contractnr;Boekdatum;Soort;Bedrag\n"
        "1;13-01-2026;HUUR;5,00\n1;14-01-2026;BETALING;4,00\n1;14-01-2026;STORNO;4,00\n"
    )
    assert owed(tmp_path, text) == [("charge", 500), ("payment", 400), ("reversal", 400)]


def test_a_negative_payment_where_the_kind_decides_is_refused(tmp_path: Path) -> None:
    text = "Contractnr;Boekdatum;Soort;Bedrag\n" + "1;13-01-2026;HUUR;5,00\n1;14-01-2026;BETALING;4,00\n" * 5
    *_, last = read(tmp_path, text + "1;15-01-2026;BETALING;-4,00\n")
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
    text = (
        "Contractnr;Boekdatum;Debet;Credit\n"
        "1;13-01-2026;5,00;\n1;14-01-2026;;4,00\n1;14-01-2026;0,00;3,00\n1;15-01-2026;-;2,00\n"
    )
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
        'name = "x"\nkind = "ledger"\nevery_row = "rent"\n'
        '[columns]\ntenancy = "Contractnr"\ndue = "Verv.dat"\namount = "Bedrag"'
    )
    assert owed(tmp_path, text, own) == [("charge", 500)]


def test_a_profile_settles_what_the_file_does_not_prove(tmp_path: Path) -> None:
    text = "Nr;Dag;Euro\n7;01-02-26;5.00\n7;02-02-26;-4.00\n"
    own = profile(
        'name = "eigen"\nkind = "ledger"\ndates = "mdy"\ndirection = "signed: - is a charge"\n'
        '[columns]\ntenancy = "Nr"\ndate = "Dag"\namount = "Euro"'
    )
    assert not recognised(tmp_path, text).certain
    first, second = ledger(tmp_path, text, own)
    assert first == LedgerRecord(2, "7", date(2026, 1, 2), Kind.PAYMENT, 500)
    assert second == LedgerRecord(3, "7", date(2026, 2, 2), Kind.CHARGE, 400)
