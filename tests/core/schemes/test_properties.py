"""For any household: steps add up, ranges hold, more income never gives more than the taper allows."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.schemes.households import DAYS, NOVEMBER, half_told, on, told
from voordeur.core.schemes.answer import Answer, check
from voordeur.core.schemes.check import check_household
from voordeur.core.schemes.decision import Outcome
from voordeur.core.schemes.household import Fact, Household, Scheme, exactly
from voordeur.core.schemes.trace import Operation, running, total

ALLOWANCES = (Scheme.HOUSING, Scheme.CARE, Scheme.CHILD_BUDGET)
TAPER = {Scheme.HOUSING: 27_000, Scheme.CARE: 13_730, Scheme.CHILD_BUDGET: 7_600}
ROUNDING = 1_00
"""A month is paid in whole euros, so each amount may jump one euro."""


def amounts(home: Household, day: date = NOVEMBER) -> dict[Scheme, int]:
    decided = check_household(home, on(day))
    return {scheme: decided[scheme].high for scheme in ALLOWANCES}


@settings(max_examples=150)
@given(told(), st.integers(0, 90_000_00), st.integers(1, 20_000_00))
def test_a_euro_of_income_takes_no_more_than_the_taper_and_gives_nothing(
    home: Household, year: int, more: int
) -> None:
    """2026: 27 (22) + 13.73 + 7.60 percent of what is earned more goes off, and never a cent on."""
    home = replace(home, assets=exactly(0))
    before = amounts(replace(home, income=exactly(year)))
    after = amounts(replace(home, income=exactly(year + more)))
    for scheme in ALLOWANCES:
        lost = before[scheme] - after[scheme]
        ceased = before[scheme] if not after[scheme] else 0
        assert lost >= 0, scheme
        least_granted = 2_00 if ceased else 0  # below 24 euro a year nothing is paid
        assert lost * 12 * 100_000 <= more * TAPER[scheme] + (ROUNDING + least_granted) * 12 * 100_000, scheme


@settings(max_examples=100)
@given(told(), st.integers(0, 60_000_00), st.integers(1, 2_000_00))
def test_all_allowances_together_never_take_more_than_half_of_what_is_earned_more(
    home: Household, year: int, more: int
) -> None:
    home = replace(home, assets=exactly(0))
    before = amounts(replace(home, income=exactly(year)))
    after = amounts(replace(home, income=exactly(year + more)))
    lost = sum(before.values()) - sum(after.values())
    assert 0 <= lost * 12 * 100_000 <= more * sum(TAPER.values()) + 3 * (ROUNDING + 2_00) * 12 * 100_000


@settings(max_examples=100)
@given(told(), st.sampled_from(DAYS))
def test_the_steps_add_up_to_the_answer(home: Household, day: date) -> None:
    for answer in check(home, on(day), with_margins=False):
        if not answer.steps:
            continue
        assert total(answer.steps) == answer.decision.high, answer.scheme
        if answer.steps_low:
            assert total(answer.steps_low) == answer.decision.low, answer.scheme
        assert all(
            step.cited.source and step.cited.trust and step.words.nl and step.words.en
            for step in answer.steps
        )


@settings(max_examples=50)
@given(told())
def test_no_step_can_be_left_out(home: Household) -> None:
    """Without any of the amounts that count up, the total is another one."""
    for answer in check(home, on(), with_margins=False):
        if answer.decision.outcome is not Outcome.CALCULATED:
            continue
        adds = [
            at
            for at, step in enumerate(answer.steps)
            if step.operation is Operation.ADD and step.amount >= 24_00
        ]
        for at in adds:
            without = answer.steps[:at] + answer.steps[at + 1 :]
            assert total(without) != total(answer.steps), answer.scheme
        assert len(running(answer.steps)) == len(answer.steps)


@settings(max_examples=100)
@given(told(), st.data())
def test_every_income_in_the_range_has_its_amount_in_the_range(home: Household, data: st.DataObject) -> None:
    assert home.income is not None
    assert home.net_income is not None
    income = data.draw(st.integers(home.income.low, home.income.high))
    net = data.draw(st.integers(home.net_income.low, home.net_income.high))
    wide, narrow = check_household(home, on()), check_household(
        replace(home, income=exactly(income), net_income=exactly(net)), on()
    )  # fmt: skip
    for scheme in (*ALLOWANCES, Scheme.ASSISTANCE, Scheme.PENSION_SUPPLEMENT):
        assert wide[scheme].low <= narrow[scheme].high, scheme
        assert narrow[scheme].high <= wide[scheme].high, scheme


@settings(max_examples=150)
@given(half_told(), st.sampled_from(DAYS))
def test_every_outcome_is_one_of_four_and_has_words(home: Household, day: date) -> None:
    answers = check(home, on(day), with_margins=False)
    assert [answer.scheme for answer in answers] == list(Scheme)
    for answer in answers:
        _is_whole(answer)


def _is_whole(answer: Answer) -> None:
    decision, said = answer.decision, answer.words
    assert said.nl
    assert said.en
    assert "recht op" not in said.nl
    assert "entitled" not in said.en
    match decision.outcome:
        case Outcome.CALCULATED:
            assert 0 <= decision.low <= decision.high
            assert decision.high > 0
            assert answer.steps
            assert "moeite waard" in said.nl.lower()
        case Outcome.NOT_ELIGIBLE:
            assert decision.reason
            assert not decision.high
        case Outcome.MISSING:
            assert decision.missing
        case Outcome.ASK_PERSON:
            assert decision.reason


@settings(max_examples=100)
@given(told())
def test_who_said_everything_is_asked_nothing_more(home: Household) -> None:
    after = {Fact.AFTER_SEIZURE} if home.after_seizure is None else set()
    for decision in check_household(home, on()).values():
        assert set(decision.missing) <= after
