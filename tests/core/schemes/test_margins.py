"""Margins: what they promise comes true when the household changes so."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings

from tests.core.schemes.households import decide, on, single, single_parent, told
from voordeur.core.schemes.household import Fact, Household, Scheme, exactly
from voordeur.core.schemes.margins import TESTED, Margin, margins


def of(home: Household, scheme: Scheme, fact: Fact) -> list[Margin]:
    return [one for one in margins(home, on(), scheme) if one.fact is fact]


def test_a_single_tenant_of_2026() -> None:
    """Above the income point 22.50 a month goes off per 1,000 a year; (361.85 - 23.50 / 12) x 12 / 27% is left."""
    home = single(income=exactly(25_000_00))
    more, limit = of(home, Scheme.HOUSING, Fact.INCOME)
    assert more.amount == 303_00
    assert more.words.nl == ("Bij €\u00a01.000 meer inkomen per jaar is het €\u00a023 per maand minder.")
    assert limit.at == 39_420_00
    assert [one.at for one in of(home, Scheme.HOUSING, Fact.ASSETS)] == [38_479_00]
    assert of(home, Scheme.HOUSING, Fact.RENT)[0].amount == 332_00


def test_care_allowance_ends_at_the_published_income() -> None:
    assert of(single(), Scheme.CARE, Fact.INCOME)[-1].at == 40_857_00


def test_who_earns_too_much_hears_from_where_there_is_something() -> None:
    limit = of(single(income=exactly(45_000_00)), Scheme.CARE, Fact.INCOME)[0]
    assert limit.at == 40_857_00
    assert limit.words.en == "There is something to get up to an income of €\u00a040,857 a year."


def test_a_birthday_to_come_is_told_with_its_month_and_amount() -> None:
    home = single_parent(date(2014, 12, 5))
    (birthday,) = of(home, Scheme.CHILD_BUDGET, Fact.BORN)
    assert (birthday.at, birthday.amount) == (date(2027, 1, 1), (2_580 + 724 + 3_416) // 12 * 100)


def test_the_pension_age_is_told_too() -> None:
    home = single(born=date(1960, 2, 1), net_income=exactly(1_000_00))
    (pension,) = of(home, Scheme.ASSISTANCE, Fact.BORN)
    assert (pension.at, pension.amount) == (date(2027, 2, 1), 0)


def test_while_something_is_missing_there_is_no_margin() -> None:
    assert margins(Household(rent=600_00), on(), Scheme.HOUSING) == ()


@settings(max_examples=40, deadline=None)
@given(told())
def test_at_the_limit_there_is_something_and_a_euro_above_it_nothing(home: Household) -> None:
    home = replace(home, assets=exactly(0))
    for scheme in TESTED:
        for one in margins(home, on(), scheme):
            if one.fact is Fact.INCOME and "tot en met" in one.words.nl:
                assert isinstance(one.at, int)
                assert decide(replace(home, income=exactly(one.at)), scheme).high == one.amount > 0
                assert decide(replace(home, income=exactly(one.at + 1_00)), scheme).high == 0
            if one.fact is Fact.ASSETS:
                assert isinstance(one.at, int)
                assert decide(replace(home, assets=exactly(one.at)), scheme).high == one.amount > 0
                assert decide(replace(home, assets=exactly(one.at + 1_00)), scheme).high == 0
