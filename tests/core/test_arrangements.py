"""Arrangements: schedules that add up, money that has one place, states that do not depend on the order of anything."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voordeur.adapters.arrangement_rules import load_arrangement_rules
from voordeur.adapters.arrangement_table import day_rules
from voordeur.adapters.rules import load_calendar
from voordeur.core.arrangements.budget import (
    Cost,
    CostKind,
    HouseholdBudget,
    Income,
    IncomeKind,
    Verdict,
    choices,
    room,
)
from voordeur.core.arrangements.division import Covered, Purpose, divide
from voordeur.core.arrangements.plain import budget_in, budget_out, plan_in, plan_out, terms_in, terms_out
from voordeur.core.arrangements.schedule import (
    Circumstances,
    against_limits,
    first_pay_day,
    in_words,
    instalments,
)
from voordeur.core.arrangements.values import (
    ArrangementEvent,
    ArrangementEventKind,
    ArrangementState,
    Rhythm,
    Step,
    Terms,
)
from voordeur.core.arrangements.watching import InstalmentState, watch
from voordeur.core.ledger import Entry, Kind
from voordeur.core.problems import Refused
from voordeur.core.schemes.household import Span, exactly

RULES = load_arrangement_rules()
BANKS = load_calendar().banks
TODAY = date(2026, 11, 23)
RENT = 600_00

days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
amounts = st.integers(1, 2_000_000)


@st.composite
def all_terms(draw: st.DrawFn) -> Terms:
    """Any total, frequency and start, with and without a lump sum and steps; at most 200 instalments."""
    total = draw(amounts)
    least = -(-total // 200)
    first = draw(days)
    lump = draw(st.one_of(st.just(0), st.integers(1, total)))
    turns = draw(st.lists(st.integers(1, 40), unique=True, max_size=3))
    return Terms(
        total, draw(st.integers(least, max(least, total))), draw(st.sampled_from(Rhythm)), first, lump,
        first - timedelta(days=draw(st.integers(0, 40))) if lump else None,
        tuple(Step(turn, draw(st.integers(least, max(least, total)))) for turn in sorted(turns)),
    )  # fmt: skip


@given(all_terms())
def test_a_schedule_adds_up_to_the_debt_to_the_cent(terms: Terms) -> None:
    plan = instalments(terms, BANKS)
    assert sum(one.amount for one in plan) == terms.total
    assert [one.number for one in plan] == list(range(1, len(plan) + 1))
    assert all(one.amount > 0 for one in plan)
    dues = [one.due for one in plan]
    assert dues == sorted(dues)
    assert all(one.due.weekday() < 5 for one in plan), "banks work on these days"
    assert all(one.planned is None or 0 < (one.due - one.planned).days <= 6 for one in plan)
    regular = plan[1:] if terms.lump else plan
    assert all(one.amount == terms.amount for one in regular[:-1]) or terms.steps
    assert plan_in(plan_out(plan)) == plan
    assert terms_in(terms_out(terms)) == terms


def test_the_schedule_of_the_mock_screen() -> None:
    plan = instalments(Terms(936_80, 80_00, Rhythm.MONTHLY, date(2026, 11, 25)), BANKS)
    assert in_words(plan).nl == "11 keer €\u00a080,00 en dan €\u00a056,80"
    assert (plan[0].due, plan[1].due, plan[-1].due) == (
        date(2026, 11, 25), date(2026, 12, 28), date(2027, 10, 25),
    )  # fmt: skip


def test_steps_rise_and_the_end_of_a_short_month_comes_back_to_the_31st() -> None:
    plan = instalments(Terms(300_00, 50_00, Rhythm.MONTHLY, date(2027, 1, 31), steps=(Step(2, 75_00),)))
    assert [one.amount for one in plan] == [50_00, 50_00, 75_00, 75_00, 50_00]
    assert [one.due.day for one in plan] == [31, 28, 31, 30, 31]


@pytest.mark.parametrize(
    "wrong",
    [
        {"total": 0}, {"amount": 0}, {"amount": -5}, {"lump": 700_00}, {"lump": 10_00, "lump_on": None},
        {"lump": 10_00, "lump_on": date(2027, 1, 1)}, {"steps": (Step(0, 5_00),)}, {"amount": 1},
        {"first": date.max}, {"first": date.max, "rhythm": Rhythm.MONTHLY},
    ],
)  # fmt: skip
def test_numbers_that_make_no_schedule(wrong: dict[str, object]) -> None:
    values: dict[str, object] = {
        "total": 600_00, "amount": 50_00, "rhythm": Rhythm.WEEKLY, "first": TODAY, "lump_on": TODAY,
    }  # fmt: skip
    with pytest.raises(ValueError, match=r"\w+"):
        instalments(Terms(**(values | wrong)))  # type: ignore[arg-type]


def test_all_in_one_go_needs_no_amount_per_turn() -> None:
    plan = instalments(Terms(600_00, 0, Rhythm.MONTHLY, TODAY, 600_00, TODAY))
    assert [(one.due, one.amount) for one in plan] == [(TODAY, 600_00)]


@pytest.mark.parametrize(
    ("pay_day", "first"),
    [(24, date(2026, 11, 25)), (22, date(2026, 12, 23)), (31, date(2026, 12, 1)), (1, date(2026, 12, 2))],
)  # fmt: skip
def test_the_first_day_after_the_income(pay_day: int, first: date) -> None:
    assert first_pay_day(TODAY, pay_day, RULES) == first


# --- what can be missed ---


def household(net: int, **more: object) -> HouseholdBudget:
    """Somebody alone with a wage, rent, energy and insurance."""
    values: dict[str, object] = {
        "incomes": (Income(IncomeKind.WAGE, exactly(net), pay_day=24),),
        "costs": (Cost(CostKind.HOUSING, exactly(655_15)), Cost(CostKind.ENERGY, Span(180_00, 215_00)),
                  Cost(CostKind.INSURANCE, exactly(160_00)), Cost(CostKind.TRANSPORT, exactly(130_00))),
        "living": exactly(530_00),
    }  # fmt: skip
    return HouseholdBudget(**(values | more))  # type: ignore[arg-type]


def test_a_range_from_what_is_sure_to_what_is_usual() -> None:
    found = room(household(1_790_00), RULES, day_rules(TODAY))
    assert found.left == Span(1_790_00 - 1_160_15 - 530_00, 1_790_00 - 1_125_15 - 530_00)
    assert (found.verdict, found.by_law) == (Verdict.FITS, False)
    assert [one.amount for one in choices(936_80, found, RULES)] == [95_00, 115_00, 130_00]


def test_the_protected_income_is_a_floor() -> None:
    """Low costs do not make what the law protects available: at most five percent is left of so low an income."""
    found = room(household(1_300_00, costs=(), living=exactly(300_00)), RULES, day_rules(TODAY))
    assert found.protected == exactly(1_235_00)
    assert (found.left, found.by_law) == (exactly(65_00), True)


@given(st.integers(0, 600_00), st.integers(0, 300_00), st.sampled_from(Rhythm))
def test_every_amount_that_is_offered_lies_within_the_limits(low: int, more: int, rhythm: Rhythm) -> None:
    """Rounded to whole euros a turn, it is neither less than the minimum a month nor more than can be missed."""
    income = Span(1_125_15 + 530_00 + low, 1_125_15 + 530_00 + low + more)
    found = room(household(0, incomes=(Income(IncomeKind.ALLOWANCE, income),)), RULES, None)
    at = Circumstances(TODAY, most_a_month=found.left.high)
    for one in choices(936_80, found, RULES, rhythm):
        said = {
            problem.code for problem in against_limits(Terms(936_80, one.amount, rhythm, TODAY), at, RULES)
        }
        assert said <= {"takes-too-long"}


def limits(**more: object) -> set[str]:
    """What is against these terms of a household that can miss € 150 a month."""
    terms = Terms(**({"total": 100_00, "amount": 100_00, "rhythm": Rhythm.MONTHLY, "first": TODAY} | more))  # type: ignore[arg-type]
    return {one.code for one in against_limits(terms, Circumstances(TODAY, most_a_month=150_00), RULES)}


def test_what_is_paid_once_is_not_paid_every_week() -> None:
    assert limits(rhythm=Rhythm.WEEKLY) == set()
    assert limits(rhythm=Rhythm.WEEKLY, total=200_00) == {"more-than-can-be-missed"}


def test_a_later_step_keeps_to_the_minimum_too_and_a_rest_after_a_lump_sum_need_not() -> None:
    assert limits(total=120_00, amount=80_00, steps=(Step(1, 5_00),)) == {"instalment-too-small"}
    assert limits(total=120_00, amount=80_00, steps=(Step(40, 5_00),)) == set()
    assert limits(total=600_00, amount=30_00, lump=570_00, lump_on=TODAY) == set()


def test_nothing_left_is_help_first_and_offers_no_choice() -> None:
    found = room(household(1_400_00), RULES, day_rules(TODAY))
    assert (found.verdict, found.left, found.short) == (Verdict.HELP_FIRST, exactly(0), 290_15)
    assert choices(936_80, found, RULES) == ()


def test_a_seizure_comes_before_us() -> None:
    """What lies above the protected income goes to who seized it first."""
    free = room(household(2_000_00, costs=(), living=exactly(0)), RULES, day_rules(TODAY))
    seized = (Cost(CostKind.SEIZURE, exactly(free.left.high)),)
    found = room(household(2_000_00, costs=seized, living=exactly(0)), RULES, day_rules(TODAY))
    assert found.verdict is Verdict.HELP_FIRST


def test_allowances_stay_outside_the_protected_income_and_weekly_pay_counts_by_the_year() -> None:
    weekly = HouseholdBudget(
        incomes=(
            Income(IncomeKind.WAGE, exactly(400_00), Rhythm.WEEKLY),
            Income(IncomeKind.ALLOWANCE, exactly(300_00)),
        ),
    )  # fmt: skip
    found = room(weekly, RULES, day_rules(TODAY))
    assert found.income == exactly(400_00 * 52 // 12 + 1 + 300_00)
    assert found.left.low >= 300_00 - found.living.high


def test_without_rules_for_the_day_only_the_budget_counts() -> None:
    found = room(household(1_790_00), RULES, None)
    assert found.protected is None
    assert found.verdict is Verdict.FITS


@given(
    st.integers(0, 5_000_00),
    st.integers(0, 3_000_00),
    st.booleans(),
    st.integers(0, 5),
    st.integers(0, 200_00),
)
def test_what_is_left_is_never_more_than_income_less_costs(
    net: int, costs: int, partner: bool, children: int, unsure: int
) -> None:
    budget = HouseholdBudget(
        (Income(IncomeKind.BENEFIT, Span(net, net + unsure)),), (Cost(CostKind.OTHER, exactly(costs)),),
        partner, children,
    )  # fmt: skip
    found = room(budget, RULES, day_rules(TODAY))
    assert 0 <= found.left.low <= found.left.high <= max(0, net + unsure - costs)
    if found.verdict is Verdict.HELP_FIRST:
        assert found.left.high < RULES.minimum_month
    else:
        offered = choices(1_000_00, found, RULES)
        assert offered
        assert all(one.amount <= found.left.high for one in offered)
    assert budget_in(budget_out(budget)) == budget


@pytest.mark.parametrize(
    "bad",
    [None, [], {"incomes": [{"kind": "gift", "amount": [1, 2]}]}, {"incomes": [{"kind": "wage", "amount": [2, 1]}]},
     {"costs": [{"kind": "energy", "amount": "12"}]}, {"children": -1}, {"children": True},
     {"incomes": [{"kind": "wage", "amount": [10**12, 10**12]}]},
     {"incomes": [{"kind": "wage", "amount": [1, 1], "pay_day": 32}]}],
)  # fmt: skip
def test_a_budget_that_cannot_be_read_is_refused(bad: object) -> None:
    with pytest.raises(Refused):
        budget_in(bad)


# --- money and states ---

PLAN = instalments(Terms(600_00, 100_00, Rhythm.MONTHLY, date(2027, 1, 25)))
AGREED = ArrangementEvent(ArrangementEventKind.AGREED, date(2027, 1, 10), PLAN, sequence=1)
ABOUT = Covered(AGREED.day, {"old": 600_00}, [(AGREED.day, PLAN)], RENT)
FIRST_RENT = date(2027, 2, 1)


@st.composite
def ledgers(draw: st.DrawFn) -> list[Entry]:
    """Half a year of rent, and any payments and reversals."""
    entries = [Entry("old", date(2026, 12, 1), Kind.CHARGE, 600_00)]
    for month in range(draw(st.integers(0, 6))):
        day = date(2027, 2 + month, 1)
        entries.append(Entry(f"rent{month}", day, Kind.CHARGE, RENT, due=day))
    usual = st.sampled_from([RENT, 100_00, RENT + 100_00, 200_00, 50_00, 600_00, 1])
    for nr in range(draw(st.integers(0, 8))):
        day = AGREED.day + timedelta(days=draw(st.integers(0, 200)))
        amount = draw(st.one_of(usual, st.integers(1, 2_000_00)))
        named = draw(st.sampled_from([None, None, "old", "rent0", "rent 2027-09"]))
        entries.append(Entry(f"pay{nr}", day, Kind.PAYMENT, amount, designates=named, sequence=nr))
        if draw(st.integers(0, 4)) == 0:
            back = day + timedelta(days=draw(st.integers(0, 30)))
            part = draw(st.integers(1, amount))
            entries.append(
                Entry(f"back{nr}", back, Kind.REVERSAL, part, reverses=f"pay{nr}", sequence=90 + nr)
            )
    return entries


@given(ledgers(), st.integers(0, 220), st.randoms(use_true_random=False))
def test_no_order_changes_anything_and_no_cent_is_counted_twice(
    entries: list[Entry], after: int, order: random.Random
) -> None:
    on = AGREED.day + timedelta(days=after)
    found = divide(entries, ABOUT, on)
    shuffled = list(entries)
    order.shuffle(shuffled)
    assert divide(shuffled, ABOUT, on) == found
    states = watch([AGREED], found.received, found.gaps, on, RULES)
    mixed = [list(found.received), list(found.gaps)]
    for one in mixed:
        order.shuffle(one)
    assert watch([AGREED], mixed[0], mixed[1], on, RULES) == states  # type: ignore[arg-type]

    paid = {one.id: one.amount for one in entries if one.kind is Kind.PAYMENT and AGREED.day < one.date <= on}
    for one in entries:
        if one.kind is Kind.REVERSAL and one.date <= on and one.reverses in paid:
            paid[one.reverses] -= one.amount
    placed: dict[str, int] = {}
    for part in found.parts:
        placed[part.payment] = placed.get(part.payment, 0) + part.amount
        assert part.amount > 0
    assert placed == {key: left for key, left in paid.items() if left}, "each cent of a payment has one place"
    for_us = sum(part.amount for part in found.parts if part.purpose is Purpose.ARRANGEMENT)
    assert for_us == sum(one.amount for one in found.received) <= 600_00
    assert states is not None
    assert sum(one.paid for one in states.instalments) == for_us == states.received


@given(ledgers(), st.integers(0, 220))
def test_a_payment_of_exactly_the_rent_never_pays_an_instalment_while_rent_is_open(
    entries: list[Entry], after: int
) -> None:
    on = AGREED.day + timedelta(days=after)
    found = divide(entries, ABOUT, on)
    open_on = {gap.charge for gap in found.gaps if gap.until is None}
    free = {
        one.id
        for one in entries
        if one.kind is Kind.PAYMENT and one.designates is None and one.amount == RENT
    }
    for part in found.parts:
        if part.payment in free and part.purpose is Purpose.ARRANGEMENT:
            later = {one.id for one in entries if one.id.startswith("rent") and one.date > part.day}
            assert open_on <= later | _reopened(entries), "the current rent comes first"


def _reopened(entries: list[Entry]) -> set[str]:
    """Rents may be open again because a bank took a payment back."""
    return {
        one.id
        for one in entries
        if one.id.startswith("rent") and any(e.kind is Kind.REVERSAL for e in entries)
    }


def state(on: date, *money: tuple[date, int], events: tuple[ArrangementEvent, ...] = ()) -> ArrangementState:
    """The state on a day, of payments that name the arrangement, with the rent always paid."""
    entries = [
        Entry(f"p{nr}", day, Kind.PAYMENT, amount, designates="old") for nr, (day, amount) in enumerate(money)
    ]
    found = divide(entries, ABOUT, on)
    seen = watch([AGREED, *events], found.received, found.gaps, on, RULES)
    assert seen is not None
    return seen.state


def test_the_tolerance_ends_on_its_own_day() -> None:
    assert state(date(2027, 1, 24)) is ArrangementState.AGREED
    assert state(date(2027, 1, 29)) is ArrangementState.LIVE
    assert state(date(2027, 1, 30)) is ArrangementState.AT_RISK
    assert state(date(2027, 1, 30), (date(2027, 1, 30), 100_00)) is ArrangementState.LIVE


def test_a_part_is_not_the_whole_and_a_cent_too_little_is() -> None:
    assert state(date(2027, 1, 30), (date(2027, 1, 25), 60_00)) is ArrangementState.AT_RISK
    assert state(date(2027, 1, 30), (date(2027, 1, 25), 99_99)) is ArrangementState.LIVE


def test_twice_at_once_pays_the_next_one_too() -> None:
    assert state(date(2027, 3, 2), (date(2027, 1, 25), 200_00)) is ArrangementState.LIVE
    assert state(date(2027, 3, 30), (date(2027, 1, 25), 200_00)) is ArrangementState.AT_RISK


def test_a_breach_waits_for_a_contact_and_ends_when_all_is_there() -> None:
    rang = ArrangementEvent(ArrangementEventKind.CONTACTED, date(2027, 3, 3))
    assert state(date(2027, 3, 2)) is ArrangementState.AT_RISK
    assert state(date(2027, 3, 3), events=(rang,)) is ArrangementState.BREACHED
    half = (date(2027, 3, 5), 100_00)
    assert state(date(2027, 3, 5), half, events=(rang,)) is ArrangementState.BREACHED
    both = (date(2027, 3, 5), 200_00)
    assert state(date(2027, 3, 5), both, events=(rang,)) is ArrangementState.RECOVERED


def test_money_that_went_back_is_news_at_once() -> None:
    entries = [
        Entry("p", date(2027, 1, 25), Kind.PAYMENT, 100_00, designates="old"),
        Entry("b", date(2027, 1, 27), Kind.REVERSAL, 100_00, reverses="p"),
    ]
    found = divide(entries, ABOUT, date(2027, 1, 27))
    seen = watch([AGREED], found.received, found.gaps, date(2027, 1, 27), RULES)
    assert seen is not None
    assert [change.state for change in seen.history] == [
        ArrangementState.AGREED, ArrangementState.LIVE, ArrangementState.AT_RISK,
    ]  # fmt: skip
    assert seen.instalments[0].state is InstalmentState.MISSED
