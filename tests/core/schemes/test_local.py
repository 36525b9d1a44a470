"""What the municipality decides: nothing invented, configured amounts used, the fund only while it is open."""

from dataclasses import replace
from datetime import date

import pytest

from tests.core.schemes.households import NOVEMBER, decide, on, single, single_parent
from voordeur.core.schemes.check import check_household
from voordeur.core.schemes.decision import Decision, Outcome
from voordeur.core.schemes.household import CareHours, Household, Scheme, exactly
from voordeur.core.schemes.rules import DayRules, MunicipalRules

ASK = Outcome.ASK_PERSON
POOR = {"net_income": exactly(1_400_00)}


def town(**given: int) -> DayRules:
    """The rules of November with what one municipality decided."""
    names = ("supplement_single", "supplement_single_parent", "supplement_couple", "supplement_share",
             "supplement_months", "special_share", "remission_share", "yearly_taxes")  # fmt: skip
    values: dict[str, int | None] = dict.fromkeys(names) | given
    own = MunicipalRules(
        start=date(2026, 1, 1), end=date(2026, 12, 31), provisional=False, sources={},
        municipality="Lindewaard", **values,
    )  # fmt: skip
    return replace(on(), municipal=own)


def local(home: Household, scheme: Scheme, rules: DayRules) -> Decision:
    return check_household(home, rules)[scheme]


def test_the_income_supplement_is_asked_of_the_municipality() -> None:
    home = single(**POOR, long_low_income=True)
    assert decide(home, Scheme.INCOME_SUPPLEMENT) == Decision(ASK, 0, 0, "municipality")
    assert decide(replace(home, born=date(2006, 1, 1)), Scheme.INCOME_SUPPLEMENT).reason == "too-young"
    assert decide(replace(home, born=date(1950, 1, 1)), Scheme.INCOME_SUPPLEMENT).reason == "pension-age"
    assert decide(replace(home, assets=exactly(9_000_00)), Scheme.INCOME_SUPPLEMENT).reason == "assets"
    assert decide(single(**POOR), Scheme.INCOME_SUPPLEMENT).reason == "income-not-long-low"


def test_a_configured_municipality_gives_its_amount_and_its_limit() -> None:
    rules = town(supplement_single=600_00, supplement_share=110_000)
    home = single(net_income=exactly(1_561_40), long_low_income=True)  # 110% of the norm is 1,561.406
    assert local(home, Scheme.INCOME_SUPPLEMENT, rules) == Decision(ASK, 50_00, 50_00, "supplement")
    richer = replace(home, net_income=exactly(1_561_41))
    assert local(richer, Scheme.INCOME_SUPPLEMENT, rules).reason == "income-high"


def test_special_assistance_is_for_costs_that_cannot_be_paid() -> None:
    assert decide(single(**POOR, special_costs=True), Scheme.SPECIAL_ASSISTANCE).outcome is ASK
    assert decide(single(**POOR), Scheme.SPECIAL_ASSISTANCE).reason == "no-special-costs"
    rich = single(net_income=exactly(3_000_00), special_costs=None)
    assert decide(rich, Scheme.SPECIAL_ASSISTANCE).reason == "income-high"


def test_the_study_supplement_has_no_amount_because_none_was_found() -> None:
    student = single(born=date(2003, 1, 1), study=True)
    assert decide(student, Scheme.STUDY_SUPPLEMENT) == Decision(ASK, 0, 0, "municipality")
    assert decide(replace(student, study=False), Scheme.STUDY_SUPPLEMENT).reason == "no-study"
    assert decide(single(study=None), Scheme.STUDY_SUPPLEMENT).reason == "age"


def test_remission_is_worth_asking_at_the_norm_and_not_far_above_it() -> None:
    """Living costs 1,277.51, and 395.66 of the rent of 600; of what is left 80% counts."""
    at_norm = single(**POOR)
    assert decide(at_norm, Scheme.REMISSION) == Decision(ASK, 0, 0, "remission")
    assert decide(single(net_income=exactly(3_000_00)), Scheme.REMISSION).reason == "income-high"
    assert decide(replace(at_norm, assets=exactly(5_000_00)), Scheme.REMISSION).reason == "assets"


@pytest.mark.parametrize(("net", "month"), [(1_277_51, 40_00), (1_302_51, 20_00), (1_327_51, 0)])
def test_with_the_tariff_of_the_municipality_remission_has_an_amount(net: int, month: int) -> None:
    """Taxes of 480 a year; each 25 a month above living costs takes 240 a year of it."""
    home = single(rent=150_00, net_income=exactly(net))
    decision = local(home, Scheme.REMISSION, town(yearly_taxes=480_00))
    assert decision.high == month
    assert decision.reason == ("remission" if month else "income-high")


def test_a_municipality_that_goes_to_100_percent_leaves_more() -> None:
    home = single(rent=150_00, net_income=exactly(1_419_46))
    assert local(home, Scheme.REMISSION, town(yearly_taxes=480_00)).reason == "income-high"
    assert local(home, Scheme.REMISSION, town(yearly_taxes=480_00, remission_share=100_000)).high == 40_00


def test_an_energy_fund_counts_on_the_days_on_which_it_is_open() -> None:
    home = single(energy_bill=200_00)
    assert decide(home, Scheme.ENERGY_FUND, date(2025, 4, 10)).reason == "fund-closed"
    rules = on(date(2025, 4, 10))
    assert rules.energy is not None
    opened = replace(rules, energy=replace(rules.energy, opens=date(2025, 4, 10), closes=date(2025, 5, 10)))
    assert local(home, Scheme.ENERGY_FUND, opened) == Decision(ASK, 0, 0, "fund")
    assert local(replace(home, energy_bill=146_66), Scheme.ENERGY_FUND, opened).reason == "bill-low"
    assert local(replace(home, income=exactly(40_801_00)), Scheme.ENERGY_FUND, opened).reason == "income-high"
    late = replace(opened, on=date(2025, 5, 11))
    assert local(home, Scheme.ENERGY_FUND, late).reason == "fund-closed"


def test_childcare_only_points_the_way_unless_hours_are_given() -> None:
    home = single_parent(childcare=True, income=exactly(40_000_00))
    assert decide(home, Scheme.CHILDCARE) == Decision(ASK, 0, 0, "childcare")
    hours = (CareHours(kind="gastouder", hours=240_00, rate=8_25),)
    assert decide(replace(home, care_hours=hours), Scheme.CHILDCARE).high == 1_821_00
    assert decide(single_parent(date(2010, 1, 1), childcare=None), Scheme.CHILDCARE).reason == "no-children"


def test_of_childcare_the_child_with_most_hours_is_the_first() -> None:
    """At 60,000: 93.9% for the child of 100 hours, 95.6% for the one of 50, which comes first in the list."""
    hours = tuple(CareHours(kind="bso", hours=number, rate=10_00) for number in (50_00, 100_00))
    home = single_parent(childcare=True, income=exactly(60_000_00), care_hours=hours)
    assert decide(home, Scheme.CHILDCARE, NOVEMBER).high == int(9.98 * (100 * 0.939 + 50 * 0.956)) * 100
