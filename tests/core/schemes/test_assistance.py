"""Social assistance: norms per half year, cost sharers, who is for the municipality and who for the SVB."""

from dataclasses import replace
from datetime import date

import pytest

from tests.core.schemes.households import NOVEMBER, couple, decide, on, single, single_parent
from voordeur.core.schemes.decision import Outcome
from voordeur.core.schemes.household import CoResident, Household, Scheme, exactly
from voordeur.core.schemes.norms import LIVING, norm, without_holiday

HELP, AIO = Scheme.ASSISTANCE, Scheme.PENSION_SUPPLEMENT
SHARER = CoResident(born=date(1980, 1, 1), income=exactly(0))


def gap(home: Household, day: date = NOVEMBER, scheme: Scheme = HELP) -> int:
    decision = decide(home, scheme, day)
    assert decision.low == decision.high
    return decision.high


@pytest.mark.parametrize(
    ("day", "amount"),
    [
        (date(2025, 6, 30), 1_345_45), (date(2025, 7, 1), 1_369_06), (date(2025, 12, 31), 1_369_06),
        (date(2026, 1, 1), 1_401_50), (date(2026, 6, 30), 1_401_50), (date(2026, 7, 1), 1_419_46),
    ],
)  # fmt: skip
def test_norms_change_on_the_first_of_january_and_of_july(day: date, amount: int) -> None:
    assert gap(single(net_income=exactly(0)), day) == amount


def test_at_the_norm_there_is_nothing_and_a_cent_below_it_a_cent() -> None:
    assert gap(single(net_income=exactly(1_419_46))) == 0
    assert gap(single(net_income=exactly(1_419_45))) == 1


@pytest.mark.parametrize(("sharers", "amount"), [(1, 1_013_90), (2, 878_71), (3, 811_12), (4, 770_56)])
def test_cost_sharers_lower_the_norm(sharers: int, amount: int) -> None:
    others = (SHARER,) * sharers
    home = single(size=1 + sharers, partner=False, children=(), others=others, net_income=exactly(0))
    assert gap(home) == amount


def test_students_tenants_with_a_contract_and_the_young_share_no_costs() -> None:
    free = (
        replace(SHARER, student=True), replace(SHARER, commercial=True), replace(SHARER, born=date(1999, 11, 23)),
    )  # fmt: skip
    home = single(size=4, partner=False, children=(), others=free, net_income=exactly(0))
    assert gap(home) == 1_419_46
    older = (replace(SHARER, born=date(1999, 11, 22)),)
    assert gap(replace(home, size=2, others=older)) == 1_013_90


def test_a_couple_that_shares_with_one_more_counts_as_three() -> None:
    home = couple(size=3, others=(SHARER,), net_income=exactly(0))
    assert gap(home) == 2 * 878_71


def test_a_couple_of_whom_one_is_twenty_has_a_norm_of_its_own() -> None:
    home = couple(partner_born=date(2006, 6, 1), net_income=exactly(0))
    assert gap(home) == 1_364_32
    assert gap(replace(home, size=3, children=(date(2025, 1, 1),))) == 1_769_88


def test_from_pension_age_it_is_the_supplement_of_the_svb() -> None:
    """Born on 22 November 1959: 67 on 22 November 2026, so from 1 December."""
    home = single(born=date(1959, 11, 22), net_income=exactly(0))
    assert gap(home) == 1_419_46
    assert decide(home, AIO).reason == "below-pension-age"
    december = date(2026, 12, 1)
    assert decide(home, HELP, december).reason == "pension-age"
    assert gap(home, december, AIO) == 1_587_34
    assert gap(couple(born=date(1950, 1, 1), net_income=exactly(0)), december, AIO) == 2_176_10


def test_the_asset_limit_is_exact_and_doubles_for_a_family() -> None:
    poor = {"net_income": exactly(0)}
    assert gap(single(**poor, assets=exactly(8_000_00))) > 0
    assert decide(single(**poor, assets=exactly(8_001_00)), HELP).reason == "assets"
    assert gap(single_parent(**poor, assets=exactly(16_000_00))) > 0
    assert decide(single_parent(**poor, assets=exactly(16_001_00)), HELP).reason == "assets"


def test_the_second_half_of_2024_is_not_in_our_data() -> None:
    decision = decide(single(), HELP, date(2024, 7, 1))
    assert (decision.outcome, decision.reason) == (Outcome.ASK_PERSON, "no-data")


def test_without_holiday_allowance_a_norm_is_4_8_percent_less() -> None:
    rules = on().assistance
    assert rules is not None
    assert [without_holiday(rules, amount) for amount in (1_419_46, 2_027_79)] == [1_351_33, 1_930_46]


def test_until_twenty_and_in_an_institution_no_costs_are_shared() -> None:
    rules = on().assistance
    assert rules is not None
    for living in LIVING[5:]:
        assert norm(rules, living, 3) == norm(rules, living)
