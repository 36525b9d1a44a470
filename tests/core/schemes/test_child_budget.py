"""Child budget: ages count from the month after the birthday; one parent, two parents, the provisional year."""

from datetime import date

import pytest

from tests.core.schemes.households import couple, decide, month, on, single, single_parent
from voordeur.core.schemes.answer import check
from voordeur.core.schemes.decision import Decision, Outcome
from voordeur.core.schemes.household import Household, Scheme, exactly

BUDGET = Scheme.CHILD_BUDGET


def test_a_single_parent_with_a_child_gets_what_the_card_of_2026_says() -> None:
    """5,996 a year for one child."""
    assert month(single_parent(), BUDGET) == 5_996 // 12


def test_a_couple_has_a_higher_threshold_and_no_supplement() -> None:
    family = {"size": 3, "children": (date(2018, 5, 15),)}
    assert month(couple(**family, income=exactly(39_141_00)), BUDGET) == 215
    assert month(couple(**family, income=exactly(39_541_00)), BUDGET) == 212


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 5, 31), 0),  # born in May: from June
        (date(2026, 6, 1), 5_996),
    ],
)
def test_from_the_month_after_birth(day: date, year: int) -> None:
    assert month(single_parent(date(2026, 5, 1)), BUDGET, day) == year // 12


@pytest.mark.parametrize(("age", "before", "after"), [(12, 5_996, 6_720), (16, 6_720, 6_960), (18, 6_960, 0)])
def test_a_birthday_counts_from_the_month_after_it(age: int, before: int, after: int) -> None:
    home = single_parent(date(2026 - age, 9, 1))
    assert month(home, BUDGET, date(2026, 9, 30)) == before // 12
    assert month(home, BUDGET, date(2026, 10, 1)) == after // 12


def test_the_asset_limit_is_exact() -> None:
    assert month(single_parent(assets=exactly(146_011_00)), BUDGET) > 0
    assert decide(single_parent(assets=exactly(146_012_00)), BUDGET).reason == "assets"


def test_without_children_nothing_is_asked() -> None:
    assert decide(single(), BUDGET).reason == "no-children"
    assert decide(Household(children=()), BUDGET).reason == "no-children"


def test_2027_is_calculated_and_labelled_as_an_estimate() -> None:
    """No asset limit of 2027 was found: with assets the least is nothing."""
    day = date(2027, 3, 1)
    answer = next(one for one in check(single_parent(), on(day)) if one.scheme is BUDGET)
    assert answer.decision == Decision(Outcome.CALCULATED, 513_00, 513_00)
    assert decide(single_parent(assets=exactly(1_00)), BUDGET, day).low == 0
    assert answer.provisional
    assert "raming" in answer.words.nl
    assert "estimate" in answer.words.en
