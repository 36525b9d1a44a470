"""Care allowance: threshold, limits, half for a partner without insurance."""

from datetime import date

import pytest

from tests.core.schemes.households import couple, decide, month, on, single
from voordeur.core.schemes.care import care_year
from voordeur.core.schemes.household import Fact, Household, Insured, Scheme, exactly

CARE = Scheme.CARE


def test_up_to_the_threshold_everybody_gets_the_most() -> None:
    assert month(single(income=exactly(29_736_00)), CARE) == month(single(income=exactly(0)), CARE) == 129
    assert month(couple(income=exactly(29_736_00)), CARE) == 246


def test_at_the_published_limit_a_right_is_left_and_a_euro_above_it_none() -> None:
    rules = on().care
    assert rules is not None
    assert care_year(rules, False, 40_857_00).year(24_00) == 24_00
    assert care_year(rules, False, 40_858_00).year(24_00) == 0
    assert care_year(rules, True, 51_142_00).year(24_00) == 24_00
    assert decide(single(income=exactly(40_858_00)), CARE).reason == "income-high"


def test_the_asset_limit_is_exact_and_another_one_for_couples() -> None:
    assert month(single(assets=exactly(146_011_00)), CARE) == 129
    assert decide(single(assets=exactly(146_012_00)), CARE).reason == "assets"
    assert month(couple(assets=exactly(184_633_00)), CARE) == 246
    assert decide(couple(assets=exactly(184_634_00)), CARE).reason == "assets"


def test_with_a_partner_who_is_not_insured_it_is_half() -> None:
    assert month(couple(insured=Insured.TENANT), CARE) == 123
    assert decide(couple(insured=Insured.NOBODY), CARE).reason == "not-insured"


@pytest.mark.parametrize(("day", "amount"), [(date(2026, 3, 31), 0), (date(2026, 4, 1), 129)])
def test_from_the_month_after_the_18th_birthday(day: date, amount: int) -> None:
    assert month(single(born=date(2008, 3, 1)), CARE, day) == amount


def test_the_rules_change_on_the_first_of_january() -> None:
    days = [date(2024, 12, 31), date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1)]
    assert [month(single(), CARE, day) for day in days] == [123, 131, 131, 129]


def test_a_high_income_needs_no_other_answer() -> None:
    assert decide(Household(income=exactly(60_000_00)), CARE).reason == "income-high"
    assert Fact.INSURED in decide(Household(income=exactly(20_000_00)), CARE).missing
