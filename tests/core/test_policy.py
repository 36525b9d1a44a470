"""Policy: one next action with its reason, and why not each of the others; two gates that no policy opens."""

import re
from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.test_signals import too_long
from voordeur.adapters.rules import load_policy
from voordeur.core.conditions import Condition, Op, parse_condition
from voordeur.core.facts import FLAGS, HOUSEHOLD, NOT_CONDITIONS, NUMBERS, Facts
from voordeur.core.policy import PLACEHOLDERS, Action, Policy, Rule, filled, gate, recommend, urgency
from voordeur.core.policy_check import check
from voordeur.core.unmet import UNMET
from voordeur.core.words import Words

POLICY = load_policy()
OPEN = Facts(
    in_arrears=True,
    days_overdue=9,
    days_past_expected=8,
    months_owed=1.0,
    amount=600_00,
    days_since_payment=40,
)


def advice(**facts: object) -> tuple[Action, str]:
    found = recommend(POLICY, replace(OPEN, **facts))  # type: ignore[arg-type]
    return found.action, found.rule


# The ladder of the standard policy, counted from the day this household's rent is expected


@pytest.mark.parametrize(
    ("day", "done", "action"),
    [
        (0, {}, Action.WAIT),
        (2, {}, Action.WAIT),
        (3, {}, Action.MESSAGE),
        (4, {"messages": 1, "days_since_contact": 1}, Action.WAIT),
        (5, {"messages": 1, "days_since_contact": 2}, Action.CALL),
        (6, {"messages": 1, "calls": 1, "days_since_contact": 0}, Action.CALL),
        (7, {"messages": 1, "calls": 2, "days_since_contact": 1}, Action.WAIT),
        (8, {"messages": 1, "calls": 2, "days_since_contact": 1}, Action.VISIT),
        (8, {}, Action.VISIT),
        (12, {"calls": 2, "visits": 0}, Action.VISIT),
        (13, {"calls": 2, "visits": 1, "days_since_contact": 3}, Action.WAIT),
        (14, {"calls": 2, "visits": 1, "days_since_contact": 4}, Action.SECOND_VISIT),
        (14, {"calls": 2, "visits": 1, "days_since_contact": 1}, Action.WAIT),
        (15, {"calls": 2, "visits": 2, "personal_attempts": 4, "day_parts": 2, "days_since_contact": 1}, Action.LETTER),
        (15, {"calls": 2, "visits": 2, "personal_attempts": 4, "day_parts": 1, "days_since_contact": 1}, Action.WAIT),
        (16, {"calls": 2, "visits": 2, "personal_attempts": 4, "day_parts": 2, "letters": 1}, Action.WAIT),
        (40, {"calls": 2, "visits": 2, "personal_attempts": 4, "day_parts": 2, "letters": 1, "days_since_contact": 20},
         Action.VISIT),
    ],
)  # fmt: skip
def test_the_contact_ladder(day: int, done: dict[str, int], action: Action) -> None:
    assert advice(days_past_expected=day, **done)[0] is action


@pytest.mark.parametrize(
    ("facts", "action", "rule"),
    [
        ({"in_arrears": False}, Action.NOTHING, "bij"),
        ({"on_hold": True}, Action.WAIT, "staat-stil"),
        ({"technical": True, "technical_reason": Words("x", "x")}, Action.WAIT, "kan-nog-komen"),
        ({"small": True, "technical": True, "technical_reason": Words("x", "x")}, Action.NOTHING, "klein-bedrag"),
        ({"small": True, "technical": True, "days_in_arrears": 60}, Action.MESSAGE, "klein-bedrag-lang-open"),
        ({"covered_by_credit": True, "technical": True}, Action.NOTHING, "geld-staat-klaar"),
        ({"deceased_reported": True, "reversed": True}, Action.WAIT, "overlijden-gemeld"),
        ({"ended": True, "days_past_expected": 60}, Action.CALL, "huur-gestopt"),
        ({"rent_stopped": True, "days_past_expected": 60}, Action.WAIT, "geen-huur-meer"),
        ({"visit_planned": True}, Action.WAIT, "bezoek-gepland"),
        ({"promise_open": True, "spoken": True}, Action.WAIT, "belofte-loopt"),
        ({"promise_broken": True, "spoken": True, "days_since_contact": 5}, Action.CALL, "belofte-gebroken"),
        ({"arrangement": True, "spoken": True}, Action.WAIT, "regeling-loopt"),
        ({"benefit_pending": True}, Action.WAIT, "toeslag-komt"),
        ({"benefit_pending": True, "months_owed": 2.5}, Action.VISIT, "bezoek"),
        ({"within_own_recovery": True}, Action.MESSAGE, "komt-meestal-alsnog-bericht"),
        ({"within_own_recovery": True, "messages": 1}, Action.WAIT, "komt-meestal-alsnog"),
        ({"within_own_recovery": True, "growing": True}, Action.VISIT, "bezoek"),
        ({"falling": True, "days_since_payment": 9}, Action.WAIT, "loopt-in"),
        ({"falling": True, "days_since_payment": 32}, Action.VISIT, "bezoek"),
        ({"falling": True, "days_since_payment": 9, "months_owed": 3.5}, Action.VISIT, "bezoek"),
        ({"shortfall": True, "months_owed": 0.3}, Action.MESSAGE, "te-weinig-bericht"),
        ({"standing_debt": True, "days_past_expected": 40}, Action.CALL, "vaste-achterstand"),
        ({"months_owed": 0.2}, Action.CALL, "klein-deel-bellen"),
        ({"months_owed": 0.2, "calls": 2}, Action.WAIT, "klein-deel"),
        ({"months_owed": 0.2, "days_past_expected": 60}, Action.VISIT, "bezoek"),
        ({"only_other": True}, Action.MESSAGE, "alleen-een-rekening-bericht"),
        ({"spoken": True, "visits": 1, "days_since_contact": 2}, Action.ARRANGEMENT, "regeling"),
        ({"gate_open": True, "days_overdue": 30}, Action.REFER, "gemeente"),
        ({"reversed": True, "days_past_expected": 2}, Action.CALL, "storno-bellen"),
        ({"sliding": True, "technical": True, "days_past_expected": 1}, Action.MESSAGE, "schuift-op"),
    ],
)  # fmt: skip
def test_what_the_standard_policy_does_in_other_cases(
    facts: dict[str, object], action: Action, rule: str
) -> None:
    assert advice(**facts) == (action, rule)


# Why not the others


def why_not(facts: Facts) -> dict[Action, str]:
    return {no.action: no.reason.nl for no in recommend(POLICY, facts).not_now}


def test_every_other_action_has_a_reason_why_not() -> None:
    found = why_not(replace(OPEN, days_past_expected=4))
    assert set(found) == set(Action) - {Action.MESSAGE}
    assert found[Action.CALL] == "Het is nu dag 4 na de verwachte betaaldag. Dit kan vanaf dag 5."
    assert found[Action.SECOND_VISIT] == "Dit kan pas na één keer langsgaan."
    assert found[Action.NOTHING] == "Er staat geld open."
    assert found[Action.LETTER].startswith("Een brief gaat pas uit")
    assert found[Action.REFER].startswith("De wet vraagt eerst")


def test_a_heavier_step_is_held_back_by_the_reason_of_the_lighter_one() -> None:
    facts = replace(OPEN, within_own_recovery=True, recovery_until=date(2026, 11, 14))
    assert why_not(facts)[Action.VISIT] == "Meestal komt het hier uiterlijk 14 november alsnog."


def test_a_lighter_step_gives_way_to_the_heavier_one() -> None:
    assert why_not(OPEN)[Action.CALL] == "Iets anders gaat voor: ga langs."


def test_with_nothing_open_nothing_needs_explaining() -> None:
    found = recommend(POLICY, Facts())
    assert found.action is Action.NOTHING
    assert found.not_now == ()


def test_rules_that_also_hold_and_want_something_else_are_shown() -> None:
    assert recommend(POLICY, OPEN).also == ("bellen", "bericht")


# Two gates

SINCE = {name for name in NUMBERS if name.startswith("days_since_")}

facts_of_any_kind = st.builds(
    Facts,
    **{name: st.booleans() for name in FLAGS},
    **{name: st.integers(0, 100) for name in NUMBERS - SINCE - {"months_owed"}},
    **{name: st.none() | st.integers(0, 400) for name in SINCE},
    months_owed=st.floats(0, 12).map(lambda months: round(months, 2)),
    on=st.just(date(2026, 11, 10)),
    amount=st.integers(0, 5000_00),
)


@given(facts_of_any_kind)
def test_the_law_is_a_gate_whatever_the_facts(facts: Facts) -> None:
    action = recommend(POLICY, facts).action
    if facts.personal_attempts == 0 and not facts.spoken:
        assert action is not Action.LETTER
    if not facts.gate_open:
        assert action is not Action.REFER


def lawless(action: Action) -> Policy:
    """A policy that was never checked: always this action."""
    rule = Rule("altijd", action, (), Words("Doen.", "Do it."), "", "choice")
    last = Rule("anders", Action.WAIT, (), Words("Wacht.", "Wait."), "", "choice")
    return replace(POLICY, rules=(rule, last))


@given(facts_of_any_kind)
def test_an_unchecked_policy_does_not_open_a_gate_either(facts: Facts) -> None:
    for action in (Action.LETTER, Action.REFER):
        assert gate(action, facts) is None or recommend(lawless(action), facts).action is Action.WAIT


def test_a_check_names_every_rule_that_passes_a_gate() -> None:
    found = check(lawless(Action.LETTER).rules) + check(lawless(Action.REFER).rules)
    assert [(problem.code, problem.column) for problem in found] == [
        ("letter-before-person", "altijd"),
        ("report-before-gate", "altijd"),
    ]
    assert [problem.code for problem in check([])] == ["no-last-rule"]


def test_a_policy_without_a_last_rule_gives_no_advice() -> None:
    with pytest.raises(ValueError, match="no rule"):
        recommend(replace(POLICY, rules=POLICY.rules[:1]), OPEN)


@given(facts_of_any_kind)
def test_every_advice_is_complete_and_short(facts: Facts) -> None:
    found = recommend(POLICY, facts)
    others = {no.action for no in found.not_now}
    assert others == (set(Action) - {found.action} if facts.in_arrears else set())
    for words in [found.reason, *(no.reason for no in found.not_now), found.action.words]:
        assert too_long(words) == []
        assert not re.search(r"[{}]", words.nl + words.en)


# Conditions


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("spoken", Condition("spoken", Op.IS)),
        ("not spoken", Condition("spoken", Op.IS_NOT)),
        ("days_past_expected >= 8", Condition("days_past_expected", Op.AT_LEAST, 8)),
        ("days_past_expected>=8", Condition("days_past_expected", Op.AT_LEAST, 8)),
        (" months_owed <= 1.5 ", Condition("months_owed", Op.AT_MOST, 1.5)),
        ("visits = 0", Condition("visits", Op.EQUALS, 0)),
    ],
)
def test_a_condition_reads_as_it_is_written(text: str, condition: Condition) -> None:
    assert parse_condition(text, HOUSEHOLD) == condition
    assert parse_condition(str(condition), HOUSEHOLD) == condition


def test_a_number_that_is_not_known_meets_no_comparison() -> None:
    never = Facts(days_since_contact=None)
    for op in (Op.AT_LEAST, Op.AT_MOST, Op.EQUALS):
        assert not Condition("days_since_contact", op, 0).holds(never)


@given(facts_of_any_kind, st.sampled_from(sorted(NUMBERS)), st.integers(0, 100))
def test_at_least_and_at_most_meet_in_equals(facts: Facts, fact: str, value: int) -> None:
    at_least, at_most, equals = (
        Condition(fact, op, value).holds(facts) for op in (Op.AT_LEAST, Op.AT_MOST, Op.EQUALS)
    )
    assert equals == (at_least and at_most)


def test_every_fact_that_can_be_asked_has_words_for_why_not() -> None:
    assert set(UNMET) == FLAGS | NUMBERS
    assert {one.name for one in fields(Facts)} == FLAGS | NUMBERS | NOT_CONDITIONS


def test_every_placeholder_can_be_filled_in() -> None:
    template = Words(*(" ".join(f"{{{name}}}" for name in PLACEHOLDERS) for _ in range(2)))
    facts = replace(
        OPEN,
        expected_on=date(2026, 11, 2),
        technical_reason=Words("Kan nog komen.", "May still come."),
        visits=2,
    )
    words = filled(template, facts)
    assert "acht dagen" in words.nl
    assert "2 November" in words.en
    assert "€" in words.nl


# The order of a work list


def test_who_grows_comes_before_who_only_waits() -> None:
    growing = urgency(POLICY, replace(OPEN, growing=True, days_past_expected=3))
    first_time = urgency(POLICY, replace(OPEN, first_time=True, days_past_expected=40))
    usual = urgency(POLICY, replace(OPEN, within_own_recovery=True))
    nothing = urgency(POLICY, Facts())
    assert sorted([usual, nothing, first_time, growing], key=lambda one: one.order) == [
        growing, first_time, usual, nothing,
    ]  # fmt: skip
    assert growing.words.nl == "Twee maanden huur of meer, en het groeit."


def test_within_a_tier_the_longest_wait_comes_first_and_then_the_largest_amount() -> None:
    long, large, small = (
        urgency(POLICY, replace(OPEN, days_past_expected=days, amount=amount))
        for days, amount in ((20, 100_00), (10, 900_00), (10, 100_00))
    )
    assert sorted([small, large, long], key=lambda one: one.order) == [long, large, small]
