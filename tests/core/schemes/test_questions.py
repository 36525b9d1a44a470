"""The questions: few, in an order that reads as a talk, and only those that can still change the outcome."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from tests.core.schemes.households import NOVEMBER, half_told, on, single, told
from voordeur.core.problems import Refused
from voordeur.core.schemes.answers import answered
from voordeur.core.schemes.check import check_household
from voordeur.core.schemes.decision import Outcome
from voordeur.core.schemes.household import CoResident, Fact, Household, Insured, Scheme, Span, exactly
from voordeur.core.schemes.questions import ORDER, AnswerKind, Question, next_question
from voordeur.core.schemes.situation import situation

KNOWN = Household(rent=650_00, size=1)
"""What the landlord knows of somebody who lives alone."""


def conversation(
    home: Household, said: dict[Fact, object], day: date = NOVEMBER
) -> tuple[Household, list[Question]]:
    """Ask until nothing is left to ask."""
    rules, asked = on(day), []
    while (question := next_question(home, rules)) is not None:
        asked.append(question)
        home = answered(home, question, said[question.facts[0]], rules)
    return home, asked


SINGLE_PARENT: dict[Fact, object] = {
    Fact.RECEIVES: ["zorgtoeslag"],
    Fact.PARTNER: False,
    Fact.CHILDREN: ["2014-12-05", "2019-03-01"],
    Fact.OTHERS: [],
    Fact.BORN: {"born": "1990-04-02"},
    Fact.INCOME: {"amount": 1_800_00, "per": "month"},
    Fact.ASSETS: "0-800000",
    Fact.CHILDCARE: ["long_low_income"],
}


def test_a_single_parent_answers_eight_questions() -> None:
    home, asked = conversation(Household(rent=650_00, size=4), SINGLE_PARENT)
    assert [question.facts[0] for question in asked] == list(SINGLE_PARENT)
    decided = check_household(home, on())
    assert decided[Scheme.HOUSING].outcome is Outcome.CALCULATED
    assert 0 < decided[Scheme.HOUSING].low < decided[Scheme.HOUSING].high, "about so much gives a range"
    assert Outcome.MISSING not in {
        one.outcome for scheme, one in decided.items() if scheme is not Scheme.CARE
    }


@pytest.mark.parametrize(
    ("home", "most"),
    [
        (KNOWN, 6),
        (Household(rent=650_00, size=3), 9),
        (Household(rent=650_00), 9),
        (replace(KNOWN, born=date(1990, 1, 1)), 5),
    ],
)
def test_at_most_so_many_answers_are_needed(home: Household, most: int) -> None:
    said = SINGLE_PARENT | {
        Fact.RECEIVES: [], Fact.INSURED: "all", Fact.OTHERS: [], Fact.LONG_LOW_INCOME: [], Fact.SPECIAL_COSTS: [],
        Fact.SEIZURE: [],
    }  # fmt: skip
    assert len(conversation(home, said)[1]) <= most


@settings(max_examples=150, deadline=None)
@given(told())
def test_no_household_needs_more_than_twelve_answers(home: Household) -> None:
    """Whoever it is, and whatever they say: the landlord knows only the rent."""
    known = Household(rent=home.rent, service_costs=home.service_costs)
    rules, number = on(), 0
    while (question := next_question(known, rules)) is not None:
        known = replace(known, **{name: getattr(home, name) for name in _fields(question)})
        number += 1
        if question.facts == (Fact.AFTER_SEIZURE,):
            break
    assert number <= 12


def _fields(question: Question) -> list[str]:
    names = [fact.value for fact in question.facts]
    return [*names, "partner_born"] if question.facts == (Fact.BORN,) else names


def test_what_the_landlord_knows_is_never_asked() -> None:
    assert Fact.RENT not in ORDER
    _, asked = conversation(
        KNOWN, SINGLE_PARENT | {Fact.RECEIVES: [], Fact.INSURED: "all", Fact.LONG_LOW_INCOME: []}
    )
    assert not {Fact.PARTNER, Fact.CHILDREN, Fact.OTHERS} & {
        fact for question in asked for fact in question.facts
    }


def test_what_is_received_already_is_not_asked_about() -> None:
    home = single(receives=frozenset(Scheme), income=None, net_income=None, assets=None, insured=None)
    assert next_question(home, on()) is None


def test_who_does_not_want_to_answer_skips() -> None:
    home = replace(KNOWN, receives=frozenset())
    first = next_question(home, on())
    assert first is not None
    assert first.facts == (Fact.BORN,)
    second = next_question(home, on(), skipped={Fact.BORN})
    assert second is not None
    assert second.facts == (Fact.INCOME,)


def test_of_one_cent_nothing_can_be_seized_too_much() -> None:
    home = single(receives=frozenset(), income=exactly(0), net_income=exactly(1), seizure=True)
    question = next_question(home, on())
    assert question is None or question.facts != (Fact.AFTER_SEIZURE,)


# --- it can still change the outcome ---------------------------------------------------------------------------

_CANDIDATES: dict[Fact, list[dict[str, object]]] = {
    Fact.RECEIVES: [{"receives": frozenset()}, {"receives": frozenset(Scheme)}],
    Fact.PARTNER: [{"partner": False}, {"partner": True}],
    Fact.CHILDREN: [{"children": ()}, {"children": (date(2020, 1, 1),)}],
    Fact.OTHERS: [{"others": ()}, {"others": (CoResident(born=date(1990, 1, 1), rich=True),)},
                  {"others": (CoResident(born=date(1990, 1, 1), income=exactly(0)),)}],
    Fact.BORN: [{"born": date(year, 1, 1), "partner_born": date(year, 1, 1)} for year in (2010, 2006, 2000, 1950)],
    Fact.INCOME: [{"income": exactly(0), "net_income": exactly(0)},
                  {"income": exactly(90_000_00), "net_income": exactly(5_000_00)}],
    Fact.NET_INCOME: [{"net_income": exactly(0)}, {"net_income": exactly(5_000_00)}],
    Fact.ASSETS: [{"assets": exactly(0)}, {"assets": exactly(500_000_00)}],
    Fact.INSURED: [{"insured": Insured.ALL}, {"insured": Insured.NOBODY}],
    Fact.AFTER_SEIZURE: [{"after_seizure": 0}, {"after_seizure": 9_000_00}],
}  # fmt: skip


_THE_REST = [
    {
        "receives": frozenset(), "partner": partner, "children": children, "others": (), "born": date(1990, 1, 1),
        "partner_born": date(1990, 1, 1), "income": exactly(income), "net_income": exactly(income // 15),
        "assets": exactly(0), "insured": Insured.ALL, "childcare": True, "long_low_income": True,
        "special_costs": True, "study": True, "seizure": True, "after_seizure": 0,
    }
    for partner, children in ((False, ()), (True, (date(2020, 1, 1),)))
    for income in (12_000_00, 24_000_00)
]  # fmt: skip
"""What somebody could say to everything that is still open."""


@settings(max_examples=100, deadline=None)
@given(half_told())
def test_each_question_can_still_change_the_outcome(home: Household) -> None:
    """There is a way to answer the other questions in which this answer makes a difference in the end."""
    question = next_question(home, on())
    if question is None:
        return
    answers = _CANDIDATES.get(question.facts[0])
    answers = answers or [{one.value: said for one in question.facts} for said in (True, False)]
    assert any(_differs(home, answers, rest) for rest in _THE_REST), question.words.en


def _differs(home: Household, answers: list[dict[str, object]], rest: dict[str, object]) -> bool:
    silent = {name: value for name, value in rest.items() if getattr(home, name) is None}
    return len({_end(home, silent | answer) for answer in answers}) > 1


def _end(home: Household, said: dict[str, Any]) -> tuple[object, ...]:
    complete = replace(home, **said)
    received = complete.receives or frozenset()
    return tuple(
        None if scheme in received else one for scheme, one in check_household(complete, on()).items()
    )


# --- answers ---------------------------------------------------------------------------------------------------


def ask(fact: Fact, **said: object) -> Question:
    """The question about one fact, of a household that did not say only that."""
    nobody: dict[str, object] = {"size": None, "partner": False, "children": (), "others": ()}
    home = single(**nobody | {fact.value: None} | said)
    question = next_question(home, on())
    assert question is not None
    assert fact in question.facts
    return question


def test_income_may_be_told_a_month_or_a_year() -> None:
    question = ask(Fact.INCOME, net_income=None)
    assert [option.value for option in question.options] == ["month-work", "month-benefit", "month", "year"]
    home = answered(
        single(income=None, net_income=None), question, {"amount": 1_800_00, "per": "month"}, on()
    )
    assert home.net_income == Span(1_750_00, 1_998_00)
    assert answered(home, question, {"amount": 25_000_00, "per": "year"}, on()).income == exactly(25_000_00)


def test_where_the_income_comes_from_narrows_the_yearly_income() -> None:
    """1,800 net: who works pays little tax, whoever gets a benefit pays more; the whole lies around both."""
    question, bare = ask(Fact.INCOME, net_income=None), single(income=None, net_income=None)
    spans = {}
    for per in ("month-work", "month-benefit", "month"):
        home = answered(bare, question, {"amount": 1_800_00, "per": per}, on())
        found = situation(home, on()).income
        assert found is not None
        spans[per] = found
    work, benefit, whole = spans["month-work"], spans["month-benefit"], spans["month"]
    assert whole.low <= work.low < work.high < benefit.low < benefit.high <= whole.high


@pytest.mark.parametrize("said", ["2026-11-23", "1890-01-01", "gisteren"])
def test_a_day_of_birth_that_cannot_be_is_refused(said: str) -> None:
    question = ask(Fact.BORN, born=None)
    with pytest.raises(Refused):
        answered(single(born=None), question, {"born": said}, on())


def test_without_tax_rules_of_the_year_income_is_told_a_year_and_then_a_month() -> None:
    home = single(income=None, net_income=None)
    rules = on(date(2025, 1, 1))
    question = next_question(home, rules)
    assert question is not None
    assert [option.value for option in question.options] == ["year"]
    home = answered(home, question, {"amount": 20_000_00, "per": "year"}, rules)
    again = next_question(home, rules)
    assert again is not None
    assert again.facts == (Fact.NET_INCOME,)


def test_assets_are_told_in_bands_between_the_limits() -> None:
    question = ask(Fact.ASSETS)
    values = [option.value for option in question.options]
    assert values[0] == "0-800000"
    assert "1600001-3847900" in values
    home = answered(single(), question, values[-1], on())
    assert home.assets is not None
    assert home.assets.low == 184_633_01
    assert home.assets.high > 10**9


def test_adults_who_live_there_are_told_with_a_few_facts() -> None:
    question = ask(Fact.OTHERS)
    assert question.kind is AnswerKind.PERSONS
    one = {"born": "2004-05-06", "income": 7_000_00, "child": True, "student": True}
    home = answered(single(), question, [one], on())
    assert home.others == (
        CoResident(born=date(2004, 5, 6), income=exactly(7_000_00), child=True, student=True),
    )


@pytest.mark.parametrize(
    ("fact", "answer"),
    [
        (Fact.PARTNER, "maybe"), (Fact.CHILDREN, ["31-12-2020"]), (Fact.CHILDREN, "2020-12-31"),
        (Fact.BORN, {}), (Fact.ASSETS, "0-5"), (Fact.INSURED, "partner"),
        (Fact.INSURED, ["all"]), (Fact.ASSETS, {"low": 5}),
        (Fact.OTHERS, [{"income": 5}]),
        (Fact.OTHERS, [{"born": "2000-01-01", "income": -5}]), (Fact.SPECIAL_COSTS, ["rich"]),
    ],
)  # fmt: skip
def test_an_answer_that_does_not_fit_is_refused_in_words(fact: Fact, answer: object) -> None:
    question = ask(fact)
    with pytest.raises(Refused) as refused:
        answered(single(), question, answer, on())
    (problem,) = refused.value.problems
    assert (problem.code, problem.column) == ("answer-unreadable", question.facts[0].value)


@pytest.mark.parametrize(
    "answer",
    [{"amount": "much", "per": "year"}, {"amount": 5, "per": "week"}, {"amount": -1, "per": "year"}, 5],
)
def test_an_amount_that_is_none_is_refused(answer: object) -> None:
    with pytest.raises(Refused):
        answered(single(), ask(Fact.INCOME, net_income=None), answer, on())
