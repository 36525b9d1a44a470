"""The law as data: what is wrong in a file comes back as Problems with place and cure."""

import pytest

from voordeur.adapters.law_rules import (
    load_case_law,
    load_fees,
    load_rates,
    load_terms,
    read_case_law,
    read_fees,
    read_rates,
    read_terms,
)
from voordeur.adapters.rules import load_calendar

RATE = """
[[rate]]
first = {first}
last = {last}
basis_points = {points}
source = "made up"
trust = "choice"
"""
TERM = """
title = "x"
[[term]]
name = "a"
nl = "a"
en = "a"
starts_nl = "b"
starts_en = "b"
length = {length}
unit = "{unit}"
counted = "statutory"
first = 2021-01-01
source = "made up"
trust = "choice"
"""


def test_what_comes_with_the_program_can_be_read() -> None:
    assert load_case_law().reaction_days == 14
    assert load_fees().letter_days == load_case_law().letter_days
    assert load_fees().mail_days == load_case_law().mail_days
    assert len(load_terms()) >= 12
    assert load_rates()[-1].basis_points == 400


@pytest.mark.parametrize("read", [read_terms, read_fees, read_rates])
def test_what_is_no_toml_is_one_problem(read: object) -> None:
    found, problems = read("first = ", "x.toml")  # type: ignore[operator]
    assert found is None
    assert [one.code for one in problems] == ["not-toml"]


def test_an_empty_file_misses_everything() -> None:
    law, problems = read_case_law('title = "x"', load_calendar())
    assert law is None
    assert {one.code for one in problems} == {"missing-key"}
    assert "reaction_days" in {one.column for one in problems}


@pytest.mark.parametrize(
    ("length", "unit", "code"),
    [(0, "days", "wrong-value"), (3, "fortnights", "wrong-value"), (-1, "weeks", "wrong-value")],
)
def test_a_term_that_cannot_be_is_a_problem(length: int, unit: str, code: str) -> None:
    terms, problems = read_terms(TERM.format(length=length, unit=unit))
    assert terms is None
    assert [one.code for one in problems] == [code]
    assert problems[0].row == 3


def test_a_misspelt_key_is_a_problem() -> None:
    terms, problems = read_terms(TERM.format(length=3, unit="days") + "lenght = 4\n")
    assert terms is None
    assert [one.code for one in problems] == ["unknown-key"]


@pytest.mark.parametrize("second", ["2026-02-01", "2025-12-31"], ids=["gap", "overlap"])
def test_periods_of_interest_join(second: str) -> None:
    text = 'title = "x"' + RATE.format(first="2025-01-01", last="2025-12-31", points=600)
    rates, problems = read_rates(text + RATE.format(first=second, last="2026-06-30", points=400))
    assert rates is None
    assert [one.code for one in problems] == ["periods-do-not-join"]


def test_bands_go_up_and_only_the_last_is_the_rest() -> None:
    text = """
title = "x"
[letter]
days = 14
source = "x"
trust = "choice"
[mail]
days = 3
source = "x"
trust = "choice"
[vat]
basis_points = 2100
source = "x"
trust = "choice"
[[rule]]
first = 2012-07-01
least = "40,00"
most = "6.775,00"
source = "x"
trust = "choice"
[[rule.band]]
rest = true
basis_points = 1500
[[rule.band]]
until = "5.000,00"
basis_points = 1000
[small_terms]
first = 2024-10-01
below = "266,67"
most = "140,00"
months = 6
source = "x"
trust = "choice"
"""
    law, problems = read_fees(text)
    assert law is None
    assert [one.code for one in problems] == ["wrong-bands"]


def test_a_hold_is_in_days_or_in_months() -> None:
    text = 'title = "x"\nfirst = 2021-01-01\n[hold.dispute]\ndays = 3\nmonths = 2\n'
    _, problems = read_case_law(text, load_calendar())
    assert any(one.code == "wrong-value" and "hold.dispute" in one.column for one in problems)
