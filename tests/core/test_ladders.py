"""Ladders: three ways of counting days, one level at a time, and what holds a ladder up."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voordeur.core.ladders import (
    DelayMode,
    Ladder,
    LadderStep,
    Level,
    StepState,
    check_levels,
    check_look,
    check_withdrawal,
    next_step,
)

THREE = Ladder(
    (
        Level(1, DelayMode.AFTER_DUE, 10),
        Level(2, DelayMode.END_OF_MONTH, 30),
        Level(3, DelayMode.AFTER_PREVIOUS, 10),
    ),
    tolerance=10,
)
DUE = date(2026, 1, 18)


def sent(level: int, on: date) -> LadderStep:
    return LadderStep(level, on, StepState.SENT)


@pytest.mark.parametrize(
    ("mode", "days", "opens"),
    [
        (DelayMode.AFTER_DUE, 10, date(2026, 1, 28)),
        (DelayMode.END_OF_MONTH, 10, date(2026, 1, 31)),
        (DelayMode.END_OF_MONTH, 30, date(2026, 2, 28)),
        (DelayMode.END_OF_MONTH, 13, date(2026, 1, 31)),
        (DelayMode.END_OF_MONTH, 14, date(2026, 2, 28)),
        (DelayMode.AFTER_PREVIOUS, 10, date(2026, 3, 11)),
    ],
)
def test_when_a_level_opens(mode: DelayMode, days: int, opens: date) -> None:
    assert Level(2, mode, days).opens(DUE, date(2026, 3, 1)) == opens


def test_one_item_climbs_one_level_per_look() -> None:
    steps: list[LadderStep] = []
    looks = [
        date(2026, 1, 27),
        date(2026, 1, 28),
        date(2026, 6, 30),
        date(2026, 6, 30),
        date(2026, 7, 10),
        DUE,
    ]
    found = []
    for on in looks:
        step = next_step(THREE, DUE, steps, on, 300_00)
        found.append(step.level if step else None)
        steps += [replace(step, state=StepState.SENT)] if step else []
    assert found == [None, 1, 2, None, 3, None]


@pytest.mark.parametrize(("amount", "level"), [(0, None), (-5_00, None), (10, None), (11, 1)])
def test_paid_or_next_to_nothing_is_left_alone(amount: int, level: int | None) -> None:
    step = next_step(THREE, DUE, [], date(2026, 2, 1), amount)
    assert (step.level if step else None) == level


def test_a_level_can_ask_for_a_larger_amount() -> None:
    ladder = Ladder((Level(1, DelayMode.AFTER_DUE, 0, from_amount=50_00),))
    assert next_step(ladder, DUE, [], DUE, 49_99) is None
    assert next_step(ladder, DUE, [], DUE, 50_00) == LadderStep(1, DUE)


def test_a_draft_waits_for_a_person_and_what_was_ignored_does_not_count() -> None:
    late = date(2026, 8, 30)
    draft = LadderStep(1, date(2026, 1, 31))
    assert next_step(THREE, DUE, [draft], late, 300_00) is None
    ignored = replace(draft, state=StepState.IGNORED)
    assert next_step(THREE, DUE, [ignored], late, 300_00) == LadderStep(1, late)
    two = [sent(1, date(2026, 1, 31)), sent(2, date(2026, 2, 28))]
    again = [*two, LadderStep(3, date(2026, 3, 31), StepState.IGNORED)]
    assert next_step(THREE, DUE, again, late, 300_00) == LadderStep(3, late)


def test_a_blocked_step_holds_the_ladder_until_it_is_lifted() -> None:
    blocked = replace(sent(1, date(2026, 1, 31)), blocked=True)
    assert next_step(THREE, DUE, [blocked], date(2026, 8, 30), 300_00) is None
    assert next_step(THREE, DUE, [replace(blocked, blocked=False)], date(2026, 8, 30), 300_00) is not None


def test_three_looks_in_a_year_are_three_steps() -> None:
    due, steps = date(2025, 11, 20), list[LadderStep]()
    for number, on in enumerate([date(2026, 5, 20), date(2026, 9, 20), date(2026, 11, 20)], start=1):
        step = next_step(THREE, due, steps, on, 500_00)
        assert step is not None
        steps.append(replace(step, state=StepState.TO_BE_SENT))
        assert len(steps) == number


def test_a_look_does_not_go_back_in_time() -> None:
    assert check_look(None, DUE) == check_look(DUE, DUE) == []
    [problem] = check_look(DUE, DUE - timedelta(days=15))
    assert problem.code == "look-goes-back"


def test_a_claim_with_a_step_on_its_way_is_not_withdrawn() -> None:
    assert check_withdrawal([LadderStep(1, DUE)]) == []
    [problem] = check_withdrawal([LadderStep(1, DUE, StepState.TO_BE_SENT)])
    assert problem.code == "step-on-its-way"


def test_levels_follow_each_other_from_the_due_day() -> None:
    assert check_levels(THREE.levels) == []
    assert [one.code for one in check_levels(THREE.levels[1:])] == ["levels-not-in-order"]
    assert [one.code for one in check_levels([Level(1, DelayMode.AFTER_PREVIOUS, 3)])] == ["no-level-before"]


@pytest.mark.parametrize(
    ("on", "done", "amount", "words"),
    [
        (date(2026, 3, 1), 2, 60_00, "Deze stap van de ladder is al gezet."),
        (date(2026, 2, 1), 1, 60_00, "De ladder komt hier op 28 februari 2026."),
        (date(2026, 3, 1), 1, 10_00, "Voor deze stap van de ladder is het bedrag te klein."),
        (date(2026, 3, 1), 0, 60_00, "De stap ervoor is nog niet gezet."),
    ],
)
def test_a_closed_level_says_why(on: date, done: int, amount: int, words: str) -> None:
    level = Level(2, DelayMode.END_OF_MONTH, 30, from_amount=50_00)
    assert not level.open_on(on, DUE, done, None, amount)
    assert level.closed_words(on, DUE, done, None, amount).nl == words


states = st.sampled_from(StepState)


@given(st.lists(st.tuples(st.integers(0, 60), states), max_size=12), st.integers(0, 1000_00))
def test_no_level_is_ever_skipped(looks: list[tuple[int, StepState]], amount: int) -> None:
    on, steps = DUE, list[LadderStep]()
    for days, becomes in looks:
        on += timedelta(days=days)
        step = next_step(THREE, DUE, steps, on, amount)
        if step is not None:
            steps.append(replace(step, state=becomes))
    levels = [step.level for step in steps if step.counts]
    assert levels == list(range(1, len(levels) + 1))
    assert amount > THREE.tolerance or not steps
