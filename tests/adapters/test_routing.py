"""Many doors at once: PyVRP's proposal keeps to every window and hour, is the same every time, and misses little."""

from random import Random

import pytest

from tests.core.plan_cases import BASE, WAY, a_question
from tests.core.test_planning import violations
from voordeur.adapters import routing
from voordeur.core import exact_plan
from voordeur.core.planning import FIRM, Moment, Question, Shift, Visit


@pytest.mark.parametrize("seed", range(12))
def test_every_window_and_hour_is_kept_and_nobody_is_lost(seed: int) -> None:
    question = a_question(Random(seed), 14 + seed, 2 + seed % 5, firm=0.1)
    assert violations(question, routing.plan(question, rounds=150)) == []


def test_the_same_question_has_the_same_answer() -> None:
    question = a_question(Random(3), 30, 6)
    assert routing.plan(question, rounds=200) == routing.plan(question, rounds=200)


def test_few_doors_get_the_best_plan() -> None:
    question = a_question(Random(5), 9, 3)
    assert routing.plan(question) == exact_plan.best_plan(question)


def test_pyvrp_alone_finds_nearly_always_the_best_of_a_few_doors(monkeypatch: pytest.MonkeyPatch) -> None:
    questions = [a_question(Random(seed), 9, 3) for seed in range(20)]
    best = [exact_plan.best_plan(question).worth for question in questions]
    monkeypatch.setattr(exact_plan, "MOST", 1)
    found = [routing.plan(question, rounds=300).worth for question in questions]
    assert all(ours <= theirs for ours, theirs in zip(found, best, strict=True))
    assert sum(ours == theirs for ours, theirs in zip(found, best, strict=True)) >= 19


def test_what_is_firm_stays_among_many() -> None:
    question = a_question(Random(8), 25, 3)
    firm = Visit(99, BASE, 30, (Moment(600, 600, 1),), firm=True)
    plan = routing.plan(Question(question.shifts, (*question.visits, firm)), rounds=150)
    assert (99, 600) in [(call.visit.key, call.start) for call in plan.calls]
    assert plan.worth > FIRM


def test_without_hours_everything_is_left_out() -> None:
    question = a_question(Random(2), 20, 2)
    plan = routing.plan(Question((), question.visits))
    assert plan.tours == ()
    assert plan.left_out == tuple(range(20))


def test_two_moments_that_are_worth_the_same_are_one_when_nobody_works_in_between() -> None:
    shifts = (Shift(540, 700, BASE, WAY), Shift(800, 900, BASE, WAY))
    moments = [Moment(500, 719, 9), Moment(720, 1_000, 9), Moment(1_200, 1_300, 9)]
    assert routing._joined(moments, shifts) == [Moment(500, 1_000, 9)]
    gap = [Moment(500, 560, 9), Moment(620, 700, 9)]
    assert routing._joined(gap, shifts) == gap
