"""Judging a work list: small cases by hand, then the whole thing on a small town."""

from dataclasses import replace
from datetime import date

import pytest

from voordeur.core.policy import Action
from voordeur.demo.evaluate import Findings, Household, Score, evaluate, mornings, report
from voordeur.demo.town import make_town
from voordeur.demo.truth import Cause, Episode

DAY = date(2026, 10, 12)
TROUBLE = Episode("100001", "Molenkwartier", Cause.INCOME_DROP, date(2026, 9, 1), cures_itself=False)
HOUSEHOLD = Household(
    tenancy=0, day=DAY, balance=640_00, overdue=640_00, days_overdue=41, action=Action.VISIT, episode=TROUBLE
)


def test_a_household_with_arrears_that_stay_needs_somebody() -> None:
    assert HOUSEHOLD.needs_somebody
    assert HOUSEHOLD.listed


def test_who_cures_by_itself_or_owes_nothing_or_pays_by_plan_needs_nobody() -> None:
    assert not replace(HOUSEHOLD, episode=replace(TROUBLE, cures_itself=True)).needs_somebody
    assert not replace(HOUSEHOLD, overdue=0).needs_somebody
    planned = replace(HOUSEHOLD, episode=replace(TROUBLE, plan_from=date(2026, 10, 1)))
    assert planned.on_plan
    assert not planned.needs_somebody
    assert not replace(HOUSEHOLD, episode=None).needs_somebody


@pytest.mark.parametrize("action", [Action.WAIT, Action.NOTHING, Action.MESSAGE])
def test_only_a_call_or_a_visit_is_on_the_list(action: Action) -> None:
    assert not replace(HOUSEHOLD, action=action).listed


def test_shares_of_a_score() -> None:
    score = Score(listed=40, right=30, planned=6, needing=50)
    assert (score.share_right, score.share_found) == (0.75, 0.6)
    nothing = Score(0, 0, 0, 0)
    assert (nothing.share_right, nothing.share_found) == (0.0, 0.0)


def test_mornings_are_real_days_of_past_months() -> None:
    days = mornings(date(2026, 3, 31), (2, 1))
    assert days[:2] == [date(2026, 1, 3), date(2026, 1, 8)]
    assert days[-1] == date(2026, 2, 28)


@pytest.fixture(scope="module")
def findings() -> Findings:
    """Two months of a small town."""
    today = date(2026, 11, 23)
    return evaluate(make_town(6, today, homes=600), mornings(today, (3, 2)))


def test_our_list_is_right_far_more_often_than_everyone_who_owes(findings: Findings) -> None:
    """The bounds are wide on purpose: the figures themselves are reported, not tested."""
    for day in (date(2026, 9, 12), date(2026, 9, 20)):
        ours, naive = findings.scores["voordeur", day], findings.scores["balance", day]
        assert ours.share_right > naive.share_right
        assert ours.listed < naive.listed
        assert ours.needing == naive.needing == naive.right


def test_the_report_names_every_list_and_says_how_early(findings: Findings) -> None:
    text = report([findings])
    assert "Voordeur: ring or visit today" in text
    assert "everyone with a positive balance" in text
    assert "on the list within 12 days" in text
