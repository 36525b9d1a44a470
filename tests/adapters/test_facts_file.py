"""Facts from lines of JSON: what fits becomes core values, what does not is a Problem with its line and its cure."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.test_packs import garden
from voordeur.adapters.facts_file import FactsLine, read_facts
from voordeur.core.conditions import Vocabulary
from voordeur.core.facts import HOUSEHOLD, Facts
from voordeur.core.problems import Problem

TODAY = date(2026, 11, 20)


def one(text: str, vocabulary: Vocabulary = HOUSEHOLD) -> Any:
    [answer] = read_facts([text], "feiten.jsonl", vocabulary)
    return answer


def facts(text: str) -> Facts:
    answer = one(text)
    assert isinstance(answer, FactsLine), answer
    return answer.household(TODAY)


def test_what_is_not_given_is_not_so() -> None:
    assert facts("{}") == Facts(on=TODAY)


@pytest.mark.parametrize("amount", ['"655.15"', "655.15", '"655.150"'])
def test_amounts_are_euros_and_days_are_days(amount: str) -> None:
    line = f'{{"in_arrears": true, "amount": {amount}, "months_owed": 1.5, "on": "2026-10-01", "visit_on": null}}'
    assert facts(line) == Facts(in_arrears=True, amount=655_15, months_owed=1.5, on=date(2026, 10, 1))


def test_a_line_is_called_by_its_id_or_its_number() -> None:
    named, bare = read_facts(['{"id": 7, "neighbourhood": "Noord"}', "", "{}"])
    assert isinstance(named, FactsLine)
    assert isinstance(bare, FactsLine)
    assert [(named.line, named.id, named.neighbourhood), (bare.line, bare.id, bare.neighbourhood)] == [
        (1, "7", "Noord"),
        (3, "3", ""),
    ]


@pytest.mark.parametrize(
    ("text", "code", "column", "cure"),
    [
        ("visits", "not-json", "", "one object per line"),
        ("[1]", "not-json", "", "one object per line"),
        ("", "", "", ""),
        ('{"visit": 1}', "unknown-fact", "visit", "visits"),
        ('{"colour": 1}', "unknown-fact", "colour", "policy facts"),
        ('{"spoken": 1}', "wrong-value", "spoken", "true or false"),
        ('{"spoken": null}', "wrong-value", "spoken", "true or false"),
        ('{"visits": "2"}', "wrong-value", "visits", "a number"),
        ('{"visits": true}', "wrong-value", "visits", "a number"),
        ('{"visits": -1}', "wrong-value", "visits", "a number"),
        ('{"visits": NaN}', "wrong-value", "visits", "a number"),
        ('{"visits": 1e999}', "wrong-value", "visits", "a number"),
        ('{"on": "20-11-2026"}', "wrong-value", "on", "a date"),
        ('{"on": "2026-02-30"}', "wrong-value", "on", "a date"),
        ('{"amount": "veel"}', "wrong-value", "amount", "an amount"),
        ('{"amount": "655.155"}', "wrong-value", "amount", "an amount"),
        ('{"amount": true}', "wrong-value", "amount", "an amount"),
        ('{"amount": "NaN"}', "wrong-value", "amount", "an amount"),
        ('{"technical_reason": 3}', "wrong-value", "technical_reason", "text"),
    ],
)
def test_what_does_not_fit_is_a_problem(text: str, code: str, column: str, cure: str) -> None:
    found = list(read_facts([text], "feiten.jsonl"))
    if not code:
        assert found == []
        return
    [problems] = found
    assert isinstance(problems, list)
    [problem] = problems
    assert isinstance(problem, Problem)
    assert (problem.code, problem.column, problem.row, problem.source) == (code, column, 1, "feiten.jsonl")
    assert cure in problem.cure.en


def test_all_problems_of_a_line_come_at_once() -> None:
    assert [problem.column for problem in one('{"spoken": 1, "visits": -1, "visitz": 2}')] == [
        "spoken",
        "visits",
        "visitz",
    ]


def test_a_pack_has_facts_of_its_own_that_may_all_be_unknown() -> None:
    vocabulary = garden().vocabulary
    line = one('{"height": 2.5, "asked_on": "2026-11-06", "nesting": null}', vocabulary)
    situation = line.situation(TODAY)
    assert (situation.height, situation.asked_on, situation.nesting) == (2.5, date(2026, 11, 6), None)
    [problem] = one('{"visits": 1}', vocabulary)
    assert problem.code == "unknown-fact"


@given(st.text() | st.from_regex(r'\{"[a-z_]{0,12}": .{0,20}\}', fullmatch=True))
def test_no_line_breaks_the_reader(text: str) -> None:
    for answer in read_facts(text.splitlines(), "x"):
        assert isinstance(answer, FactsLine) or answer
