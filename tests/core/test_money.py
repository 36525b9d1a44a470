"""Amounts: what people write, what we print, and splitting without losing a cent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voordeur.core.money import decimal_string, euros, parse_euros, split

amounts = st.integers(-(10**14), 10**14)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("650", 650_00),
        ("650,5", 650_50),
        ("650.50", 650_50),
        ("1.234,56", 1234_56),
        ("1,234.56", 1234_56),
        ("1.234.567,89", 1234567_89),
        ("1 234,56", 1234_56),
        ("1'234.56", 1234_56),
        ("1.234", 1234_00),  # a separator with three digits after it is a thousands separator
        ("1,234", 1234_00),
        ("€ 12", 12_00),
        ("€\u00a012,50", 12_50),
        ("12,50 EUR", 12_50),
        ("eur 12,50", 12_50),
        ("12,-", 12_00),
        ("€ 12,--", 12_00),
        ("12,=", 12_00),
        (",50", 50),
        ("0", 0),
        ("-0,01", -1),
        ("12,50-", -12_50),
        ("12,50 -", -12_50),
        ("(12,50)", -12_50),
        ("€ -12,50", -12_50),
        ("-€ 12,50", -12_50),
        ("\u221212,50", -12_50),
        ("\u201312,-", -12_00),
        ("+12", 12_00),
        ("  12  ", 12_00),
    ],
)
def test_an_amount_as_people_write_it(text: str, cents: int) -> None:
    assert parse_euros(text) == cents


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", "€", ",", ".", "geen", "12a", "1e3", "NaN", "1,2,3", "1.23.456", "1.2345", "12.345.6",
        "12 34", "1 2", "(12", "12)", "--12", "-12-", "(-12)", "+-12", "1€234", "12 ,50", "12345678901234",
        "NL91ABNA0417164300",
    ],
)  # fmt: skip
def test_what_is_not_an_amount_is_refused_rather_than_guessed(text: str) -> None:
    assert parse_euros(text) is None


@pytest.mark.parametrize(
    ("text", "decimal", "cents"),
    [
        ("1.234,56", ",", 1234_56),
        ("1.234", ",", 1234_00),
        ("1,234", ",", None),  # three decimals: refused, not rounded and not read as thousands
        ("1,234", ".", 1234_00),
        ("1.234", ".", None),
        ("12.50", ",", None),
        ("12,50", ".", None),
        ("12", ",", 12_00),
        ("1 234,56", ",", 1234_56),
        ("1 234,56", ".", None),
    ],
)
def test_a_known_decimal_sign_decides(text: str, decimal: str, cents: int | None) -> None:
    assert parse_euros(text, decimal=decimal) == cents


@given(amounts)
def test_what_we_print_can_be_read_again(cents: int) -> None:
    said = euros(cents)
    assert parse_euros(said.nl) == parse_euros(said.nl, decimal=",") == cents
    assert parse_euros(said.en) == parse_euros(said.en, decimal=".") == cents
    assert parse_euros(decimal_string(cents), decimal=".") == cents


@given(st.text(max_size=20))
def test_no_text_makes_it_fall_over(text: str) -> None:
    assert isinstance(parse_euros(text), int | None)


@given(st.text(alphabet="0123456789.,-+() €'", max_size=12))
def test_a_known_decimal_sign_never_changes_an_amount_it_only_refuses(text: str) -> None:
    either = {parse_euros(text, decimal=","), parse_euros(text, decimal=".")}
    assert either <= {parse_euros(text), None}


def test_how_an_amount_looks() -> None:
    assert euros(-1234567_89).nl == "\u2212€\u00a01.234.567,89"
    assert euros(-1234567_89).en == "\u2212€\u00a01,234,567.89"
    assert euros(5).nl == "€\u00a00,05"
    assert decimal_string(-5) == "-0.05"
    assert decimal_string(1234_50) == "1234.50"


@given(amounts, st.integers(1, 50))
def test_the_parts_of_a_split_add_up_and_differ_by_a_cent_at_most(cents: int, parts: int) -> None:
    shares = split(cents, parts)
    assert (len(shares), sum(shares)) == (parts, cents)
    assert max(shares) - min(shares) <= 1
    assert shares == sorted(shares, reverse=True)


def test_ten_cents_over_three() -> None:
    assert split(10, 3) == [4, 3, 3]
    with pytest.raises(ValueError, match="at least one"):
        split(10, 0)
