"""Small pieces of screens: amounts in both languages, reasons without amounts, cells that start no formula."""

from datetime import date

import pytest
from django.utils.translation import override

from voordeur.core.quiet import without_amounts
from voordeur.core.words import Words
from voordeur.web.rows_to_correct import harmless
from voordeur.web.templatetags import voordeur as tags


@pytest.mark.parametrize(
    ("reason", "quiet"),
    [
        (
            "De huur van november is niet binnen: €\u00a0618,40. In vier jaar gebeurde dat nog nooit.",
            "De huur van november is niet binnen. In vier jaar gebeurde dat nog nooit.",
        ),
        (
            "De achterstand is €\u00a01.142,44: twee maanden huur. Een maand geleden was dat €\u00a0571,22.",
            "De achterstand is twee maanden huur.",
        ),
        (
            "Van de huur van oktober is €\u00a0300,00 betaald. €\u00a0318,40 staat nog open.",
            "Van de huur van oktober is een deel betaald.",
        ),
        (
            "Sinds juli komt er elke maand €\u00a012,05 te weinig binnen. Samen is dat €\u00a060,25.",
            "Sinds juli komt er elke maand te weinig binnen.",
        ),
        (
            "The arrears are €\u00a01,142.44: two months of rent. A month ago that was €\u00a0571.22.",
            "The arrears are two months of rent.",
        ),
        ("Er staat €\u00a012,00 open.", ""),
        ("De bank meldt: te weinig saldo.", "De bank meldt: te weinig saldo."),
    ],
)
def test_a_reason_for_the_street_has_no_amounts(reason: str, quiet: str) -> None:
    assert without_amounts(Words(reason, reason)) == Words(quiet, quiet)


@pytest.mark.parametrize("cell", ["=1+1", "+SUM(A1)", "-cmd|x", "@x", "\tx", " =1", "%x", "|x"])
def test_a_cell_that_looks_like_a_formula_gets_a_quote(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-12,50", "+12", "104417", "Huur november", "", "655,15"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert harmless(cell) == cell


def test_amounts_and_days_follow_the_language() -> None:
    day = date(2026, 11, 10)
    with override("nl"):
        assert (tags.money(123_456), tags.whole(123_456), tags.number(9_990)) == (
            "€\u00a01.234,56",
            "€\u00a01.235",
            "9.990",
        )
        assert (tags.weekday(day), tags.short_day(day)) == ("dinsdag 10 november", "10 nov")
    with override("en"):
        assert (tags.money(-123_456), tags.whole(123_456), tags.number(9_990)) == (
            "\u2212€\u00a01,234.56",
            "€\u00a01,235",
            "9,990",
        )
        assert (tags.weekday(day), tags.short_day(day)) == ("Tuesday 10 November", "10 nov")
