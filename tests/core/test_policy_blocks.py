"""What closes a step whatever rule asks for it, exceptions to a rule, ladders in a policy, and clashes that show."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from tests.core.test_policy import OPEN, POLICY, facts_of_any_kind
from voordeur.adapters.rules import load_policy, shipped_policies
from voordeur.core.conditions import Condition, parse_condition, parse_conditions
from voordeur.core.facts import CHANNELS, HOUSEHOLD, Facts
from voordeur.core.ladders import DelayMode, Level
from voordeur.core.policy import Action, Block, Policy, Rule, advised, closed_actions, gate, recommend
from voordeur.core.policy_check import check, check_blocks, check_ladders
from voordeur.core.words import Words

SAID = Words("Daarom.", "Because.")


def conditions(*texts: str) -> tuple[Condition, ...]:
    found = tuple(parse_condition(text, HOUSEHOLD) for text in texts)
    assert None not in found
    return found  # type: ignore[return-value]


def rule(name: str, action: Action, *when: str, unless: str = "", **more: object) -> Rule:
    group = parse_conditions(unless, HOUSEHOLD) if unless else None
    return Rule(
        name, action, conditions(*when), SAID, "", "choice", unless=(group,) if group else (), **more  # type: ignore[arg-type]
    )  # fmt: skip


def policy(*rules: Rule, blocks: tuple[Block, ...] = ()) -> Policy:
    last = rule("anders", Action.WAIT)
    return replace(POLICY, rules=(*rules, last), blocks=blocks)


# Blocks of the standard policy

TRIED = replace(
    OPEN, days_past_expected=15, calls=2, visits=2, personal_attempts=4, day_parts=2, days_since_contact=3
)


def test_without_a_reason_against_it_the_letter_goes_out() -> None:
    assert recommend(POLICY, TRIED).action is Action.LETTER


@pytest.mark.parametrize(
    ("facts", "block"),
    [
        ({"visit_planned": True}, "geen-brief-bij-bezoek"),
        ({"benefit_pending": True, "months_owed": 3}, "geen-brief-bij-toeslag"),
        ({"letter_unwanted": True}, "wil-geen-brief"),
        ({"days_since_letter": 13}, "brief-te-snel"),
        ({"contacts_in_window": 4}, "contact-genoeg"),
        ({"on_hold": True}, "zaak-staat-stil"),
    ],
)
def test_no_letter_goes_out_then(facts: dict[str, object], block: str) -> None:
    now = replace(TRIED, **facts)  # type: ignore[arg-type]
    assert closed_actions(POLICY, now)[Action.LETTER].name == block
    found = recommend(POLICY, now)
    assert found.action is not Action.LETTER
    reasons = {no.action: no.reason for no in found.not_now}
    assert reasons[Action.LETTER] == closed_actions(POLICY, now)[Action.LETTER].reason


def test_two_weeks_after_a_letter_another_may_go_out() -> None:
    assert Action.LETTER not in closed_actions(POLICY, replace(TRIED, days_since_letter=14))


def test_when_everything_that_could_be_done_is_closed_the_advice_says_why() -> None:
    found = recommend(POLICY, replace(OPEN, contacts_in_window=4))
    assert (found.action, found.rule) == (Action.WAIT, "even-wachten")
    assert found.reason.nl.startswith("Deze week is al vier keer contact gezocht.")
    assert found.blocked[0] == ("bezoek", "contact-genoeg")


def test_who_wants_no_visit_is_rung_instead() -> None:
    found = recommend(POLICY, replace(OPEN, visit_unwanted=True))
    assert (found.action, found.blocked) == (Action.CALL, (("bezoek", "wil-geen-bezoek"),))
    assert {no.action: no.reason.nl for no in found.not_now}[Action.VISIT] == "Deze huurder wil geen bezoek."


@given(facts_of_any_kind)
def test_a_wish_really_blocks_in_every_policy_of_the_program(facts: Facts) -> None:
    for name in shipped_policies():
        found = recommend(load_policy(name), facts)
        for channel in CHANNELS:
            if getattr(facts, f"{channel}_unwanted"):
                assert found.action.value.removeprefix("second_") != channel
        if facts.contacts_in_window >= 4 or facts.on_hold:
            assert not found.action.contacts


@given(facts_of_any_kind)
def test_the_short_way_gives_the_same_advice_and_passes_no_gate(facts: Facts) -> None:
    for name in shipped_policies():
        whole = load_policy(name)
        chosen = advised(whole, facts)
        assert (chosen.name, chosen.action) == (recommend(whole, facts).rule, recommend(whole, facts).action)
        assert gate(chosen.action, facts) is None


# Exceptions, ladders and clashes


def test_an_exception_holds_only_as_a_whole() -> None:
    one = policy(rule("bel", Action.CALL, unless="spoken and visits >= 1"))
    assert recommend(one, replace(OPEN, spoken=True)).action is Action.CALL
    held = recommend(one, replace(OPEN, spoken=True, visits=1))
    assert held.action is Action.WAIT
    assert {no.action: no.reason.nl for no in held.not_now}[Action.CALL] == "Er is al persoonlijk gesproken."


def test_a_rule_can_be_a_level_of_a_ladder() -> None:
    ladder = policy(
        rule("een", Action.MESSAGE, ladder="x", level=Level(1, DelayMode.AFTER_DUE, 14)),
        rule("twee", Action.CALL, ladder="x", level=Level(2, DelayMode.AFTER_PREVIOUS, 7)),
    )
    due = date(2026, 11, 1)
    steps = []
    for day, level, level_on in ((14, 0, None), (15, 0, None), (21, 1, 15), (22, 1, 15), (30, 2, 22)):
        on = None if level_on is None else date(2026, 11, level_on)
        facts = replace(OPEN, on=date(2026, 11, day), oldest_due=due, ladder_level=level, ladder_level_on=on)
        steps.append(recommend(ladder, facts).rule)
    assert steps == ["anders", "een", "anders", "twee", "anders"]
    early = replace(OPEN, on=date(2026, 11, 14), oldest_due=due)
    assert {no.action: no.reason.nl for no in recommend(ladder, early).not_now}[Action.MESSAGE] == (
        "De ladder komt hier op 15 november 2026."
    )


def test_equals_that_want_something_else_are_a_clash_and_are_shown() -> None:
    clashing = policy(
        rule("bel", Action.CALL, "in_arrears", priority=1),
        rule("ga", Action.VISIT, "in_arrears", priority=1),
        rule("bel-ook", Action.CALL, "in_arrears", priority=1),
        rule("schrijf", Action.MESSAGE, "in_arrears", priority=2),
    )
    found = recommend(clashing, OPEN)
    assert (found.action, found.also, found.clash) == (Action.CALL, ("ga", "schrijf"), ("ga",))


def test_a_rule_whose_action_is_closed_is_no_clash() -> None:
    block = Block("x", (Action.VISIT,), conditions("in_arrears"), SAID, "", "choice")
    one = policy(
        rule("bel", Action.CALL, "in_arrears"), rule("ga", Action.VISIT, "in_arrears"), blocks=(block,)
    )
    assert recommend(one, OPEN).also == ()


# What is refused


def test_a_block_cannot_close_waiting_and_must_end() -> None:
    wrong = Block("x", (Action.CALL, Action.WAIT), (), SAID, "", "choice")
    assert [one.code for one in check_blocks([wrong])] == ["block-leaves-nothing", "block-without-end"]
    assert check_blocks(POLICY.blocks) == []


def test_the_last_rule_waits_for_no_ladder_and_has_no_exception() -> None:
    last = rule("laatste", Action.WAIT, unless="spoken")
    assert [one.code for one in check([last])] == ["no-last-rule"]
    level = rule("laatste", Action.WAIT, level=Level(1, DelayMode.AFTER_DUE, 1))
    assert [one.code for one in check([level])] == ["no-last-rule"]


def test_a_ladder_without_its_first_level_is_refused() -> None:
    second = rule("twee", Action.CALL, ladder="x", level=Level(2, DelayMode.AFTER_PREVIOUS, 7))
    assert [(one.code, one.column) for one in check_ladders([second])] == [
        ("levels-not-in-order", "twee"),
        ("no-level-before", "twee"),
    ]
    assert check_ladders(load_policy("brief-eerst").rules) == []


# Letter first, as far as the law lets it


@pytest.mark.parametrize(
    ("day", "done", "action"),
    [
        (4, {}, Action.MESSAGE),
        (5, {}, Action.CALL),
        (20, {}, Action.CALL),
        (12, {"calls": 1, "personal_attempts": 1, "days_since_contact": 6}, Action.WAIT),
        (13, {"calls": 1, "personal_attempts": 1, "days_since_contact": 7}, Action.LETTER),
        (20, {"calls": 1, "personal_attempts": 1, "letters": 1, "ladder_level": 1, "days_since_letter": 7,
              "ladder_level_on": date(2026, 11, 14)}, Action.WAIT),
        (27, {"calls": 1, "personal_attempts": 1, "letters": 1, "ladder_level": 1, "days_since_letter": 14,
              "ladder_level_on": date(2026, 11, 14)}, Action.LETTER),
        (58, {"calls": 1, "personal_attempts": 1, "letters": 2, "ladder_level": 2, "days_since_letter": 30},
         Action.VISIT),
    ],
)  # fmt: skip
def test_letter_first_rings_once_writes_twice_and_then_visits(
    day: int, done: dict[str, object], action: Action
) -> None:
    on = date.fromordinal(date(2026, 11, 2).toordinal() + day)
    facts = replace(OPEN, on=on, oldest_due=date(2026, 11, 1), days_past_expected=day, **done)  # type: ignore[arg-type]
    assert recommend(load_policy("brief-eerst"), facts).action is action
