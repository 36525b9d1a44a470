"""One cell at a time: days, months, amounts, and the cure for each mistake."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voordeur.adapters.cells import (
    CellFault,
    Remembered,
    amount_reader,
    date_reader,
    number_cents,
    read_month,
    read_number,
    typed_amounts,
)
from voordeur.adapters.workbook import NumberCell
from voordeur.core.words import Words


def fault(read: Callable[[str], object], text: str) -> CellFault:
    with pytest.raises(CellFault) as caught:
        read(text)
    return caught.value


DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    "text",
    [
        "01-03-2026", "1-3-2026", "1-3-26", "01-03-26", "01/03/2026", "1/3/26", "1.3.2026", "2026-03-01", "2026/03/01",
        "20260301", "1 mrt 2026", "1 maart 2026", "1-mrt-26", "01 MRT. 2026", "1 march 2026", " 01-03-2026 ",
        "01-03-2026 00:00", "2026-03-01 13:05:00", "2026-03-01T13:05:00+01:00",
    ],
)  # fmt: skip
def test_the_first_of_march_in_many_shapes(text: str) -> None:
    assert date_reader()(text) == DAY


def test_the_order_matters_only_where_a_day_does_not_show_it() -> None:
    assert date_reader("mdy")("03/01/2026") == DAY
    assert date_reader("ymd")("26-03-01") == DAY
    assert date_reader("ymd")("01-03-2026") == DAY
    assert date_reader("mdy")("2026-03-01") == DAY


def test_day_numbers_only_where_the_column_holds_them() -> None:
    assert date_reader(serial=True)("46082") == DAY
    assert fault(date_reader(), "46082").cure.nl == "Is dit 01-03-2026? Maak er dat van."


def test_years_of_two_digits_are_1950_to_2049() -> None:
    assert date_reader()("1-3-68") == date(1968, 3, 1)
    assert date_reader()("1-3-49") == date(2049, 3, 1)


@pytest.mark.parametrize(
    ("text", "code", "cure"),
    [
        ("", "empty-date", "Vul de datum in."),
        ("31-11-2026", "impossible-date", "November heeft 30 dagen. Maak er 30-11-2026 of 01-12-2026 van."),
        ("29-02-2026", "impossible-date", "Februari heeft 28 dagen. Maak er 28-02-2026 of 01-03-2026 van."),
        ("12-31-2026", "impossible-date", "Staan dag en maand omgewisseld? Maak er 31-12-2026 van."),
        ("45-03-2026", "impossible-date", "Kijk de dag na."),
        ("99-99-2026", "impossible-date", "Kijk dag en maand na."),
        ("00-00-2026", "impossible-date", "Kijk dag en maand na."),
        ("0l-03-2026", "not-a-date", "Maak er 01-03-2026 van. Er staat een letter in."),
        ("O1-O3-2O26", "not-a-date", "Maak er 01-03-2026 van. Er staat een letter in."),
        ("#N/B", "formula-error", "Herstel de formule, of vul de waarde zelf in."),
        ("########", "formula-error", "Herstel de formule, of vul de waarde zelf in."),
        ("01-03-0206", "unlikely-year", "Kijk het jaartal na."),
        ("21260301", "unlikely-year", "Kijk het jaartal na."),
        ("volgt", "not-a-date", "Schrijf de datum als 01-12-2026."),
        ("1 bla 2026", "not-a-date", "Schrijf de datum als 01-12-2026."),
    ],
)
def test_a_day_that_is_none_comes_with_its_cure(text: str, code: str, cure: str) -> None:
    found = fault(date_reader(), text)
    assert (found.code, found.cure.nl) == (code, cure)


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_every_day_reads_back_in_every_shape(day: date) -> None:
    read = date_reader()
    for shape in ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d", "%Y%m%d", "%d-%m-%y"):
        assert read(day.strftime(shape)) == day


@given(st.text(max_size=12))
def test_no_text_makes_a_reader_stumble(text: str) -> None:
    words: list[Words] = []
    for read in (
        date_reader(),
        date_reader(serial=True),
        amount_reader(","),
        amount_reader(None),
        read_number,
    ):
        try:
            read(text)
        except CellFault as found:
            words.append(found.cure)
    month = read_month(text)
    assert month is None or month.day == 1
    assert all(cure.nl and cure.en for cure in words)


@pytest.mark.parametrize(
    ("text", "decimal", "cents"),
    [
        ("618,40", ",", 61840),
        ("-618,40", ",", -61840),
        ("618,40-", ",", -61840),
        ("(618,40)", ",", -61840),
        ("1.037,25", ",", 103725),
        ("1.037", ",", 103700),
        ("€ 1.037,25", ",", 103725),
        ("12,-", ",", 1200),
        ("1 037,25", ",", 103725),
        ("1,037.25", ".", 103725),
        ("650", ".", 65000),
        ("650", None, 65000),
        ("650.5", ".", 65050),
    ],
)
def test_amounts(text: str, decimal: str | None, cents: int) -> None:
    assert amount_reader(decimal)(text) == cents


@pytest.mark.parametrize(
    ("text", "decimal", "code", "cure"),
    [
        ("", ",", "empty-amount", "Vul het bedrag in."),
        ("n.v.t.", ",", "not-an-amount", "Vul het bedrag in."),
        ("-", ",", "not-an-amount", "Vul het bedrag in."),
        ("6O2,15", ",", "not-an-amount", "Maak er 602,15 van. De nul is een letter."),
        ("58l,40", ",", "not-an-amount", "Maak er 581,40 van. De één is een letter."),
        ("5OI,l0", ",", "not-an-amount", "Maak er 501,10 van. De nul is een letter. De één is een letter."),
        ("602,155", ",", "three-decimals", "Rond het af op twee cijfers achter de komma."),
        ("602.155", ".", "three-decimals", "Rond het af op twee cijfers achter de komma."),
        ("602.15", ",", "other-decimal-sign", "Bedoel je 602,15? Maak er dat van."),
        ("1.234", None, "ambiguous-amount", "Schrijf 1234,00 als je euro's bedoelt."),
        ("#VERW!", ",", "formula-error", "Herstel de formule, of vul de waarde zelf in."),
        ("#DEEL/0!", ",", "formula-error", "Herstel de formule, of vul de waarde zelf in."),
        ("zie bijlage", ",", "not-an-amount", "Vul het bedrag in."),
        ("NL91ABNA0417164300", ",", "not-an-amount", "Vul het bedrag in."),
        ("12,50,30", ",", "not-an-amount", "Vul het bedrag in."),
    ],
)
def test_an_amount_that_is_none_comes_with_its_cure(
    text: str, decimal: str | None, code: str, cure: str
) -> None:
    found = fault(amount_reader(decimal), text)
    assert (found.code, found.cure.nl) == (code, cure)


def test_a_number_of_a_workbook_is_not_its_text() -> None:
    read = typed_amounts(",")
    assert read(NumberCell("602.15")) == 60215
    assert fault(read, "602.15").code == "other-decimal-sign"
    assert read("1.234") == 123400
    assert fault(read, NumberCell("1.234")).code == "three-decimals"
    assert number_cents("12") == 1200


def test_months() -> None:
    december = date(2026, 12, 1)
    for text in (
        "2026-12",
        "202612",
        "2026/12",
        "2026P12",
        "12-2026",
        "12/2026",
        "dec 2026",
        "December 2026",
        "dec-26",
    ):
        assert read_month(text) == december
    assert read_month("2026-12-01") == december
    assert read_month("31-12-2026") == december
    assert [read_month(text) for text in ("", "13-2026", "2026-00", "kwartaal 4", "12")] == [None] * 5


def test_coordinates() -> None:
    assert read_number("120700,723") == 120700.723
    assert read_number("120.700,723") == 120700.723
    assert read_number("52.1551744") == 52.1551744
    assert fault(read_number, "52.1N").code == "not-a-number"


def test_what_was_read_is_remembered_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def read(text: str) -> int:
        asked.append(text)
        return int(text)

    monkeypatch.setattr(Remembered, "MOST", 3)
    remembered = Remembered(read)
    assert [remembered["1"], remembered["1"], remembered["2"]] == [1, 1, 2]
    assert asked == ["1", "2"]
    for number in range(10):
        assert remembered[str(number)] == number
        assert len(remembered) <= 3
