"""From net a month to a range of yearly income: everybody who really has that net income is in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.schemes.households import on
from voordeur.core.schemes.household import Span, exactly
from voordeur.core.schemes.income import about_net, net_from_yearly, net_of, yearly_from_net
from voordeur.core.schemes.rules import TaxRules

gross = st.integers(0, 120_000_00)


def tax() -> TaxRules:
    rules = on().tax
    assert rules is not None
    return rules


@given(gross, st.booleans())
def test_the_real_yearly_income_lies_in_the_range(year: int, works: bool) -> None:
    month = net_of(year, tax(), works=works) // 12
    found = yearly_from_net(Span(month, month + 1), False, tax())
    assert found.low - 1_00 <= year <= found.high + 1_00


@given(gross, gross, st.booleans())
def test_for_a_couple_too_however_they_share_the_work(one: int, other: int, works: bool) -> None:
    net = net_of(one, tax(), works=works) + net_of(other, tax(), works=True)
    found = yearly_from_net(Span(net // 12, net // 12 + 1), True, tax())
    assert one + other <= found.high + 2_00


@given(gross, gross, st.booleans())
def test_more_gross_is_never_less_net(one: int, other: int, works: bool) -> None:
    less, more = sorted((one, other))
    assert net_of(less, tax(), works=works) <= net_of(more, tax(), works=works) + 1


@given(gross)
def test_work_leaves_at_least_as_much_as_no_work(year: int) -> None:
    found = net_from_yearly(exactly(year), False, tax())
    assert found.low <= found.high <= year // 12 + 1


def test_about_means_fifty_euro_either_way_and_holiday_allowance_on_top() -> None:
    assert about_net(1_800_00, on()) == Span(1_750_00, 1_998_00)
    assert about_net(20_00, on()).low == 0


@pytest.mark.parametrize(("year", "net"), [(0, 0), (8_000_00, 8_000_00)])
def test_below_the_credits_no_tax_is_due(year: int, net: int) -> None:
    assert net_of(year, tax(), works=False) == net
