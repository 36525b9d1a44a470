"""The retention table: what comes with the program reads without a problem; what is wrong is named with its place."""

import pytest

from voordeur.adapters.retention_rules import load_retention, read_retention
from voordeur.core.retention import Fate, Holdback, Moment

GOOD = """
title = "Bewaartermijnen"

[[rule]]
name = "notes"
nl = "Notities"
en = "Notes"
whose_nl = "huurders"
whose_en = "tenants"
tables = ["store.Contact"]
fate = "erase"
months = 12
moment = "case_closed"
holds = ["running_case"]
basis_nl = "AVG art. 6 lid 1 f"
basis_en = "GDPR art. 6(1)(f)"
source = "eigen keuze"
trust = "choice"
"""


def codes(text: str) -> list[tuple[str, str]]:
    rules, problems = read_retention(text, "retention.toml")
    assert rules is None
    assert all(
        one.fatal and one.source == "retention.toml" and one.cure.nl and one.cure.en for one in problems
    )
    return [(one.code, one.column) for one in problems]


def test_the_table_that_comes_with_the_program() -> None:
    rules = load_retention()
    assert len({one.name for one in rules}) == len(rules)
    assert all((one.fate is Fate.KEEP) == (one.months + one.days == 0) for one in rules)
    assert all(one.what.nl and one.what.en and one.basis.nl and one.basis.en and one.source for one in rules)
    about_cases = [one for one in rules if one.moment is Moment.CASE_CLOSED]
    assert all(Holdback.RUNNING_CASE in one.holds and Holdback.COURT_FILE in one.holds for one in about_cases)
    assert not [one.name for one in rules if one.trust == "verified"]  # nobody found a term in the law


def test_one_rule_reads_as_it_stands() -> None:
    rules, problems = read_retention(GOOD)
    assert problems == []
    assert rules is not None
    [rule] = rules
    assert (rule.name, rule.months, rule.days, rule.fate) == ("notes", 12, 0, Fate.ERASE)
    assert rule.holds == {Holdback.RUNNING_CASE}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("months = 12", "", ("wrong-value", "rule notes months")),
        ("months = 12", "months = 12\ndays = 3", ("wrong-value", "rule notes months")),
        ("months = 12", "months = 0", ("wrong-value", "rule notes months")),
        ("months = 12", "months = 99999", ("wrong-value", "rule notes months")),
        ("months = 12", "months = -1", ("wrong-value", "rule notes months")),
        ('fate = "erase"', 'fate = "forget"', ("wrong-value", "rule notes fate")),
        ('moment = "case_closed"', 'moment = "always"', ("wrong-value", "rule notes moment")),
        ('holds = ["running_case"]', 'holds = ["maybe"]', ("wrong-value", "rule notes holds")),
        ('holds = ["running_case"]', 'holds = ["needed"]', ("wrong-value", "rule notes holds")),
        ('tables = ["store.Contact"]', "tables = []", ("wrong-value", "rule notes tables")),
        ('source = "eigen keuze"', "", ("missing-key", "rule notes source")),
        ('trust = "choice"', 'trust = "sure"', ("wrong-value", "rule notes trust")),
        ('trust = "choice"', 'trust = "choice"\nmonhts = 3', ("unknown-key", "rule notes monhts")),
        ('basis_nl = "AVG art. 6 lid 1 f"', "", ("missing-key", "rule notes basis_nl")),
    ],
)
def test_what_is_wrong_is_named_with_its_place(before: str, after: str, expected: tuple[str, str]) -> None:
    assert before in GOOD
    assert expected in codes(GOOD.replace(before, after))


def test_what_is_kept_has_no_term() -> None:
    assert codes(GOOD.replace('fate = "erase"', 'fate = "keep"')) == [
        ("wrong-value", "rule notes fate"),
        ("wrong-value", "rule notes moment"),
    ]


def test_a_name_stands_once() -> None:
    assert codes(GOOD + GOOD.partition("\n\n")[2]) == [("double-name", "")]


def test_no_toml_at_all() -> None:
    assert codes("[[rule")[0][0] == "not-toml"
