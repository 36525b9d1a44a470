"""Collection costs: the staircase, the letter that must be right, day 15, and what else makes them nothing."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voordeur.adapters.law_rules import load_fees
from voordeur.adapters.rules import load_calendar
from voordeur.core.costs import (
    EarlierDemand,
    FourteenDayLetter,
    OpenClaim,
    Vat,
    collection_fee,
    costs_owed,
    fourteen_days,
    letter_faults,
    letter_fee,
)
from voordeur.core.problems import Refused

LAW, HOLIDAYS = load_fees(), load_calendar().terms
ON = date(2026, 9, 14)
RENT = OpenClaim(date(2026, 9, 1), 65515)
AUGUST = OpenClaim(date(2026, 8, 1), 65515)
VAT = Vat(pays_vat_on_an_outside_service=True, cannot_deduct=True, said_in_letter=True)


def letter(
    claims: tuple[OpenClaim, ...] = (RENT,), fee: int = 9827, days: int = 14, posted: date = ON
) -> FourteenDayLetter:
    return FourteenDayLetter(posted, date(2026, 9, 15), claims, fee, days)


@pytest.mark.parametrize(
    ("vat", "total"),
    [
        (VAT, 10890),
        (Vat(), 9000),
        (Vat(pays_vat_on_an_outside_service=True, cannot_deduct=True), 9000),
        (Vat(cannot_deduct=True, said_in_letter=True), 9000),
        (Vat(pays_vat_on_an_outside_service=True, said_in_letter=True), 9000),
    ],
)
def test_vat_only_when_paid_not_deductible_and_said(vat: Vat, total: int) -> None:
    assert collection_fee(60000, ON, LAW, vat).total == total


def test_before_the_decree_no_costs_are_known() -> None:
    with pytest.raises(Refused, match="fee-rule-missing"):
        collection_fee(60000, date(2012, 6, 30), LAW)


@given(st.integers(0, 200_000_000), st.integers(0, 100_000))
def test_more_principal_never_costs_less_and_stays_within_bounds(principal: int, more: int) -> None:
    small, large = (collection_fee(cents, ON, LAW).fee for cents in (principal, principal + more))
    assert small <= large
    assert principal == 0 or 4000 <= small <= 677500


@given(st.lists(st.integers(26667, 500_000), min_size=2, max_size=6))
def test_one_letter_never_costs_more_than_a_letter_for_each(amounts: list[int]) -> None:
    """BW 6:96 lid 7 protects the tenant: adding up costs at most what the letters would cost apart."""
    together = collection_fee(sum(amounts), ON, LAW).fee
    assert together <= sum(collection_fee(cents, ON, LAW).fee for cents in amounts) + len(amounts)


def test_the_letter_takes_all_claims_together_and_none_that_is_not_yet_due() -> None:
    october = OpenClaim(date(2026, 10, 1), 65515)
    assert letter_fee((AUGUST, RENT, october), ON, LAW).fee == 19655


@pytest.mark.parametrize(
    ("earlier", "fee"),
    [
        ((), 4000),
        (((date(2026, 8, 1), 4000), (date(2026, 7, 1), 4000)), 4000),
        (((date(2026, 8, 1), 4000), (date(2026, 7, 1), 4000), (date(2026, 6, 1), 4000)), 2000),
        (((date(2026, 8, 1), 4000),) * 4, 0),
        (((date(2026, 3, 13), 4000),) * 4, 4000),
        (((date(2026, 3, 14), 4000),) * 4, 0),
    ],
    ids=["first", "third", "fourth", "cap used", "longer ago than six months", "just six months"],
)
def test_small_terms_have_a_cap_in_six_months(earlier: tuple[tuple[date, int], ...], fee: int) -> None:
    """BW 6:96 lid 8: a garage of 90 euro a month."""
    garage = (OpenClaim(date(2026, 9, 1), 9000),)
    demands = [EarlierDemand(day, cents) for day, cents in earlier]
    assert letter_fee(garage, ON, LAW, demands).fee == fee


def test_the_cap_did_not_hold_before_october_2024_and_not_for_ordinary_rent() -> None:
    many = [EarlierDemand(date(2024, 8, 1), 4000)] * 5
    assert letter_fee((OpenClaim(date(2024, 8, 1), 9000),), date(2024, 9, 30), LAW, many).fee == 4000
    assert letter_fee((RENT,), ON, LAW, [EarlierDemand(date(2026, 8, 1), 14000)]).fee == 9827


@pytest.mark.parametrize(
    ("posted", "delivered", "free_until", "costs_from"),
    [
        (date(2026, 9, 14), date(2026, 9, 15), date(2026, 9, 29), date(2026, 9, 30)),
        (date(2026, 9, 14), None, date(2026, 10, 1), date(2026, 10, 2)),
        (date(2026, 9, 18), date(2026, 9, 19), date(2026, 10, 5), date(2026, 10, 6)),
        (date(2026, 12, 10), date(2026, 12, 11), date(2026, 12, 28), date(2026, 12, 29)),
        (date(2026, 3, 19), date(2026, 3, 20), date(2026, 4, 7), date(2026, 4, 8)),
    ],
    ids=["fifteen days after delivery", "arrival not recorded", "ends on Saturday", "Christmas", "Easter"],
)
def test_the_clock_starts_the_day_after_delivery(
    posted: date, delivered: date | None, free_until: date, costs_from: date
) -> None:
    clock = fourteen_days(posted, LAW, HOLIDAYS, delivered)
    assert (clock.free_until, clock.costs_from) == (free_until, costs_from)


def test_a_letter_cannot_arrive_before_it_was_posted() -> None:
    with pytest.raises(ValueError, match="arrives"):
        fourteen_days(ON, LAW, HOLIDAYS, ON - timedelta(days=1))


@pytest.mark.parametrize(
    ("said", "open_claims", "fault"),
    [
        (letter(), (RENT,), None),
        (letter(posted=date(2026, 9, 1)), (RENT,), "voor het verzuim"),
        (letter(), (AUGUST, RENT), "Niet alle open vorderingen"),
        (letter(fee=9828), (RENT,), "hooguit €\u00a098,27"),
        (letter(fee=0), (RENT,), "niet de juiste kosten"),
        (letter(days=13), (RENT,), "gaf 13 dagen"),
        (letter(days=15), (RENT,), None),
        (letter(claims=()), (RENT,), "voor het verzuim"),
    ],
)
def test_a_letter_with_a_fault_brings_no_costs(
    said: FourteenDayLetter, open_claims: tuple[OpenClaim, ...], fault: str | None
) -> None:
    found = letter_faults(said, open_claims, LAW)
    assert (not found) == (fault is None)
    owed = costs_owed(said, open_claims, date(2026, 12, 1), LAW, HOLIDAYS, open_at_deadline=65515)
    if fault is None:
        assert owed.fee == 9827
    else:
        assert any(fault in one.nl for one in found)
        assert owed.fee == 0


@pytest.mark.parametrize(
    ("on", "left", "helped", "fee", "why"),
    [
        (date(2026, 9, 29), 65515, False, 0, "29 september kan de huurder zonder kosten betalen"),
        (date(2026, 9, 30), 65515, False, 9827, "stond nog €\u00a0655,15 open"),
        (date(2026, 9, 30), 30000, False, 4500, "stond nog €\u00a0300,00 open"),
        (date(2026, 9, 30), 10000, False, 4000, "stond nog €\u00a0100,00 open"),
        (date(2026, 9, 30), 0, False, 0, "op tijd betaald"),
        (date(2026, 9, 30), 65515, True, 0, "krijgt hulp"),
    ],
    ids=["day 14", "day 15", "part paid", "little left", "paid in time", "being helped"],
)
def test_what_is_owed_after_the_letter(on: date, left: int, helped: bool, fee: int, why: str) -> None:
    owed = costs_owed(letter(), (RENT,), on, LAW, HOLIDAYS, open_at_deadline=left, being_helped=helped)
    assert owed.fee == fee
    assert why in owed.why.nl


def test_without_a_letter_nothing_is_owed() -> None:
    assert costs_owed(None, (RENT,), date(2027, 1, 1), LAW, HOLIDAYS, open_at_deadline=65515).fee == 0


@given(st.integers(1, 400_000), st.integers(0, 60), st.integers(0, 400_000))
def test_never_costs_before_day_fifteen_and_never_more_than_the_letter_said(
    amount: int, days: int, left: int
) -> None:
    claim = (OpenClaim(date(2026, 9, 1), amount),)
    fee = letter_fee(claim, ON, LAW).total
    sent = FourteenDayLetter(ON, date(2026, 9, 15), claim, fee, 14)
    on = date(2026, 9, 15) + timedelta(days=days)
    owed = costs_owed(sent, claim, on, LAW, HOLIDAYS, open_at_deadline=min(left, amount)).fee
    assert owed <= fee
    assert owed == 0 or days >= 15
