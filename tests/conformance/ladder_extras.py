"""The cases beside the month-end looks of the ladder suite: told in words, each about one rule of the ladder."""

import re
from datetime import date, timedelta

from tests.conformance.ladder_runs import MODES, START
from tests.conformance.published import Case
from voordeur.core.calendar import add_months
from voordeur.core.ladders import (
    Ladder,
    LadderStep,
    Level,
    StepState,
    check_look,
    check_withdrawal,
    next_step,
)


def ladder_of(case: Case, levels: int) -> Ladder:
    """The policy of the suite with this many levels."""
    named = case.suite["policy_levels"][f"{levels} time policy"]
    return Ladder(tuple(Level(one["level"], MODES[one["mode"]], one["delay_days"]) for one in named))


def check_extra(case: Case) -> None:
    """A step that is ignored, a look back in time, looks after one another, a claim that is withdrawn."""
    told = f"{case.case['given']} {case.case['expect']}"
    for pattern, check in _CHECKS:
        if re.search(pattern, told, re.I):
            check(case)
            return
    raise AssertionError(f"a case that we cannot read: {told}")


def _ignored(case: Case) -> None:
    """A step that was ignored does not count: the same level is proposed again, as a new draft."""
    level = _number(r"level-(\d)", case.case["given"])
    assert "draft" in case.case["expect"]
    steps = [LadderStep(nr, START + timedelta(days=30 * nr), StepState.SENT) for nr in range(1, level)]
    steps.append(LadderStep(level, START + timedelta(days=30 * level), StepState.IGNORED))
    found = next_step(ladder_of(case, 3), START, steps, START + timedelta(days=400), 1050_00)
    assert found is not None
    assert (found.level, found.state) == (level, StepState.DRAFT)


def _look_back(case: Case) -> None:
    """A look may not go back in time."""
    assert "error" in case.case["expect"]
    earlier = START - timedelta(days=_number(r"(\d+) days earlier", case.case["given"]))
    assert check_look(START, earlier)
    assert not check_look(START, START)


def _in_a_row(case: Case) -> None:
    """One level per look, never two at once, however long ago it was due."""
    looks = [int(one) for one in re.findall(r"(\d+) months? ago", case.case["given"])] + [0]
    expected = [int(one) for one in re.findall(r"\d+", case.case["expect"])]
    assert len(looks) == len(expected), "a number of steps for every look"
    ladder, due, steps = ladder_of(case, 3), add_months(START, -12), list[LadderStep]()
    for months, wanted in zip(looks, expected, strict=True):
        step = next_step(ladder, due, steps, _month_before(months), 500_00)
        steps += [LadderStep(step.level, step.on, StepState.SENT)] if step is not None else []
        assert len(steps) == wanted


def _month_before(months: int) -> date:
    return add_months(START, -months)


def _withdrawn(case: Case) -> None:
    """What is on its way out stands in the way; a draft does not."""
    assert "error" in case.case["expect"]
    assert check_withdrawal([LadderStep(1, START, StepState.TO_BE_SENT)])
    assert not check_withdrawal([LadderStep(1, START, StepState.DRAFT)])


def _number(pattern: str, text: str) -> int:
    found = re.search(pattern, text)
    assert found, f"no number in: {text}"
    return int(found[1])


_CHECKS = (
    (r"ignored", _ignored),
    (r"earlier is checked|run dated", _look_back),
    (r"months? ago", _in_a_row),
    (r"cancel", _withdrawn),
)
