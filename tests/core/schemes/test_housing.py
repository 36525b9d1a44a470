"""Housing benefit: the published examples with people in them, boundaries to the cent and the day."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.schemes.households import couple, decide, month, on, single, single_parent
from voordeur.core.schemes.decision import Outcome
from voordeur.core.schemes.household import CoResident, Fact, Household, Scheme, Span, exactly
from voordeur.core.schemes.housing import Tenancy, counted_income, rent_parts
from voordeur.core.schemes.situation import situation

RENT = Scheme.HOUSING
NEW_YEAR = date(2026, 1, 1)


def why(home: Household, day: date = NEW_YEAR) -> str:
    decision = decide(home, RENT, day)
    assert decision.outcome is Outcome.NOT_ELIGIBLE, decision
    return decision.reason


def test_a_tenant_of_twenty_gets_what_the_leaflet_of_2026_says() -> None:
    assert month(single(born=date(2005, 8, 1)), RENT, NEW_YEAR) == 295


def test_a_couple_with_a_child_in_a_dear_home_gets_what_the_leaflet_of_2026_says() -> None:
    """Rent 1,200 is above the maximum: the right stays, the part above it gives nothing."""
    home = couple(size=3, children=(date(2021, 1, 1),), rent=1_200_00, income=exactly(34_000_00))
    assert month(home, RENT) == 492


def test_a_pensioner_gets_what_the_leaflet_of_2026_says() -> None:
    assert month(single(born=date(1958, 1, 1), rent=710_00, income=exactly(29_000_00)), RENT) == 307


def test_the_income_point_is_exact() -> None:
    """23,425 takes nothing off; each euro above it takes 27 cents a year."""
    at = [month(single(income=exactly(23_425_00 + more)), RENT) for more in (0, 1_00, 40_00)]
    assert at == [361, 361, 360]


def test_the_asset_limit_is_exact_and_partners_have_it_twice() -> None:
    assert month(single(assets=exactly(38_479_00)), RENT) == 361
    assert why(single(assets=exactly(38_480_00))) == "assets"
    assert month(couple(assets=exactly(76_958_00)), RENT) > 0
    assert why(couple(assets=exactly(76_959_00))) == "assets"
    rich = CoResident(born=date(1980, 1, 1), income=exactly(0), rich=True)
    assert why(single(size=2, partner=False, children=(), others=(rich,))) == "assets-others"


def test_assets_that_may_be_too_high_make_the_least_nothing() -> None:
    decision = decide(single(assets=Span(30_000_00, 40_000_00)), RENT)
    assert (decision.low, decision.high) == (0, 361_00)


def test_a_range_of_income_becomes_a_range_of_amounts() -> None:
    decision = decide(single(income=Span(20_000_00, 30_000_00)), RENT)
    exact = [month(single(income=exactly(year)), RENT) * 100 for year in (30_000_00, 20_000_00)]
    assert [decision.low, decision.high] == exact


def test_on_the_day_of_the_21st_birthday_the_whole_rent_counts_if_it_is_the_first_of_a_month() -> None:
    """A change on the first counts at once, later from the next month (Awir art. 5)."""
    assert month(single(born=date(2005, 6, 1)), RENT, date(2026, 6, 15)) == 361
    assert month(single(born=date(2005, 6, 2)), RENT, date(2026, 6, 15)) == 295
    assert month(single(born=date(2005, 6, 2)), RENT, date(2026, 7, 1)) == 361


def test_a_child_in_the_home_takes_the_youth_limit_away() -> None:
    home = single_parent(date(2025, 5, 1), born=date(2006, 1, 1), rent=700_00)
    without = single(born=date(2006, 1, 1), rent=700_00)
    assert month(home, RENT) > month(without, RENT) + 100


@pytest.mark.parametrize(("year", "maximum"), [(2023, 808_06), (2024, 879_66), (2025, 900_07)])
def test_until_2025_a_cent_above_the_maximum_rent_is_too_much(year: int, maximum: int) -> None:
    day = date(year, 1, 1)
    assert month(single(rent=maximum, income=exactly(15_000_00)), RENT, day) > 400
    assert why(single(rent=maximum + 1, income=exactly(15_000_00)), day) == "rent-high"


def test_the_rules_change_on_the_first_of_january() -> None:
    """2025: youth until 23, and a rent of 600 is too high for them; 2026: until 21, and the right stays."""
    young = single(born=date(2003, 6, 1))
    assert decide(young, RENT, date(2025, 12, 31)).reason == "rent-high"
    assert month(young, RENT, date(2026, 1, 1)) == 361


def test_service_costs_count_until_2025_and_no_more_than_48() -> None:
    def at(service: int, day: date) -> int:
        return month(single(rent=500_00, service_costs=service), RENT, day)

    assert at(100_00, date(2025, 1, 1)) == at(48_00, date(2025, 1, 1)) > at(0, date(2025, 1, 1))
    assert at(100_00, NEW_YEAR) == at(0, NEW_YEAR)


def test_the_part_above_the_cap_counted_in_2024_for_some_households_only() -> None:
    day, dear = date(2024, 1, 1), {"rent": 800_00, "income": exactly(15_000_00)}
    family = couple(**dear)
    assert month(replace(family, adapted_home=True), RENT, day) - month(family, RENT, day) == 60
    assert month(couple(**dear), RENT, date(2025, 1, 1)) == month(
        couple(**dear, adapted_home=True), RENT, date(2025, 1, 1)
    )


def test_a_rent_below_the_own_part_needs_no_question() -> None:
    assert why(Household(rent=200_71)) == "rent-low"
    assert decide(Household(rent=200_72), RENT).outcome is Outcome.MISSING


def test_a_high_income_needs_no_question_about_who_lives_there() -> None:
    assert why(Household(rent=600_00, income=exactly(80_000_00))) == "income-high"


def test_of_a_child_below_23_only_income_above_its_exemption_counts() -> None:
    """The published case of 2026: 20,000 + (7,000 - 6,218) + 4,000."""
    others = (
        CoResident(born=date(2006, 1, 1), income=exactly(7_000_00), child=True),
        CoResident(born=date(2002, 1, 1), income=exactly(4_000_00)),
    )
    home = single(size=3, partner=False, children=(), others=others, income=exactly(20_000_00))
    assert counted_income(situation(home, on())) == exactly(24_782_00)
    assert counted_income(situation(home, on(date(2025, 1, 1)))) == Span(24_000_00, 31_000_00)


def test_without_an_own_front_door_a_person_must_look() -> None:
    decision = decide(single(independent_home=False), RENT)
    assert (decision.outcome, decision.reason) == (Outcome.ASK_PERSON, "shared-home")


def test_what_is_missing_is_named() -> None:
    assert decide(Household(), RENT).missing == (Fact.RENT,)
    assert decide(Household(rent=600_00, size=1), RENT).missing == (Fact.BORN, Fact.INCOME, Fact.ASSETS)


def test_less_than_24_euro_a_year_is_not_granted() -> None:
    """1.94 a month is 23 euro a year; 1.96 is 24, and a month is paid down to whole euros."""
    assert [month(single(rent=202_52 + more), RENT) for more in (1_94, 1_96, 2_00)] == [0, 1, 2]


@given(
    st.sampled_from([date(year, 1, 1) for year in (2023, 2024, 2025, 2026)]),
    st.builds(
        Tenancy, size=st.integers(1, 6), rent=st.integers(100_00, 930_00), service=st.just(0), youth=st.just(False),
        older=st.booleans(), adapted=st.booleans(),
    ),
    st.integers(0, 90_000),
    st.integers(1, 3_000),
)  # fmt: skip
def test_more_income_never_gives_more(day: date, tenancy: Tenancy, income: int, more: int) -> None:
    rules = on(day).housing
    assert rules is not None
    first, second = (rent_parts(rules, tenancy, euro * 100) for euro in (income, income + more))
    assert (first is None) == (second is None)
    if first and second:
        assert second.exact <= first.exact
        assert second.basic >= first.basic
