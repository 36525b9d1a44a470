"""The comparison itself can fail: wrong cases are found, and unread ones cannot slip through."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.paused_account import Account, check_effective_periods, check_pause_resume
from tests.conformance.published import OWN_FOLDER, Case, a_day, cases, cents
from tests.conformance.test_published_cases import CHECKS

PROJECT = Path(__file__).parents[2]
OURS = {case.id: case for case in cases(OWN_FOLDER, set(CHECKS))}


def run(folder: Path) -> subprocess.CompletedProcess[str]:
    """The published cases of another folder, in a pytest of their own."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "tests/conformance/test_published_cases.py",
        "--tb=line",
        "-rA",
    ]
    return subprocess.run(
        command,
        cwd=PROJECT,
        env=os.environ | {"VOORDEUR_VECTORS": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def outcomes(report: str) -> dict[str, str]:
    """Per case what became of it."""
    return {
        case: word for word, case in re.findall(r"^(PASSED|FAILED|ERROR) .*\[(.+?)\]", report, re.MULTILINE)
    }


def allocation(id_: str, paid: float, **more: Any) -> dict[str, Any]:
    """One charge of 100 and one payment of 60; right when `paid` is 60."""
    row = {
        "nr": 1, "due_date": "2026-03-01", "due": 100.0, "paid": paid, "paid_in_advance": 0.0, "paid_late": paid,
        "outstanding": 40.0, "fully_paid_on": None,
    }  # fmt: skip
    payment = {"date": "2026-03-09", "amount": 60.0, "kind": "PAYOUT_REFUND"}
    return {"id": id_, "payments": [payment], "expected_per_charge": [row], **more}


def account(id_: str, *events: dict[str, Any]) -> dict[str, Any]:
    """An account with one charge of 100 and some steps."""
    return {
        "id": id_, "charges": [{"due": "2026-03-01", "amount": 100.0}], "down_payment_auto_paid": False,
        "grace_days_account_level": 3, "events": list(events),
    }  # fmt: skip


def test_a_wrong_case_fails_and_an_unknown_suite_is_left_alone(tmp_path: Path) -> None:
    suites = [
        {
            "suite": "fineract_oldest_due_first_allocation",
            "cases": [
                allocation("right", 60.0, note="words do no harm"),
                allocation("wrong", 59.99),
                allocation("left-out", 1.0, usable=False),
            ],
        },
        {"suite": "fineract_allocation_other_strategies", "cases": [allocation("not-another-rule", 60.0)]},
        {
            "suite": "fineract_delinquency_pause_resume",
            "bucket_days": {"RANGE_1": [1, None]},
            "cases": [account("unknown-step", {"type": "eclipse", "date": "2026-03-02"})],
        },
        {"suite": "weather", "cases": [{"id": "of-another-suite"}]},
    ]
    (tmp_path / "more_cases.json").write_text(json.dumps({"title": "Made up", "suites": suites}))
    (tmp_path / "another_file.json").write_text(json.dumps([{"suites": "none"}]))
    done = run(tmp_path)
    assert done.returncode == 1, done.stdout
    assert outcomes(done.stdout) == {
        "right": "PASSED",
        "wrong": "FAILED",
        "not-another-rule": "FAILED",
        "unknown-step": "FAILED",
    }


def test_a_folder_without_cases_fails(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.returncode == 1, done.stdout
    assert "there is no case that we know" in done.stdout


def test_our_own_folder_holds_every_suite_of_the_readme() -> None:
    counted = {name: sum(1 for case in OURS.values() if case.suite["suite"] == name) for name in CHECKS}
    readme = (OWN_FOLDER / "README.md").read_text("utf-8")
    assert counted == {name: int(n) for name, n in re.findall(r"\| `(\w+)` \| (\d+) \|", readme)}


# --- what the peer leaves unmarked but the rule gives all the same ---------------------------------------------


def every(step_type: str) -> list[tuple[str, Any]]:
    """Steps of one type in our own copy that have no mark, with the case they stand in."""
    return [
        (id_, step)
        for id_, case in OURS.items()
        for step in case.case.get("events", [])
        if step["type"] == step_type and "plain_rule_agrees" not in step
    ]


@pytest.mark.parametrize(("id_", "step"), every("expect_next_due"))
def test_the_next_due_day_is_the_oldest_unpaid_day(id_: str, step: dict[str, Any]) -> None:
    marked = OURS[id_].case | {"events": [step | {"plain_rule_agrees": True}]}
    check_pause_resume(OURS[id_]._replace(case=marked))


@pytest.mark.parametrize(("id_", "step"), every("expect_account"))
def test_late_since_is_the_oldest_unpaid_day_and_three_days(id_: str, step: dict[str, Any]) -> None:
    followed = Account(OURS[id_])
    assert followed.late_since(followed.at(a_day(step["as_of"]))) == a_day(step["delinquent_since"])


# --- details of reading ----------------------------------------------------------------------------------------


def test_amounts_are_whole_cents() -> None:
    assert [cents(167.4), cents(0.1), cents(1234567.89), cents(250)] == [16740, 10, 123456789, 25000]
    with pytest.raises(ValueError, match="whole number of cents"):
        cents(0.125)


@pytest.mark.parametrize("resume", [["resume", "2026-03-05"], ["resume", "2026-03-05", None]])
def test_a_resume_may_have_two_or_three_elements(resume: list[str | None]) -> None:
    actions = [["pause", "2026-03-01", "2026-03-10"], resume]
    right = {"id": "x", "actions": actions, "expect_periods": [["2026-03-01", "2026-03-05"]]}
    check_effective_periods(Case({}, right))
    wrong = right | {"expect_periods": [["2026-03-01", "2026-03-10"]]}
    with pytest.raises(AssertionError):
        check_effective_periods(Case({}, wrong))


@pytest.mark.parametrize(
    ("published", "agrees"),
    [
        ({"past_due_days": 9, "delinquent_days": 6, "delinquent_amount": 100.0}, True),
        ({"past_due_days": 9, "delinquent_since": "2026-03-04", "classification": "RANGE_1"}, True),
        ({"past_due_days": 8}, False),
        ({"delinquent_days": 9}, False),
        ({"delinquent_since": "2026-03-01"}, False),
        ({"delinquent_amount": 99.99}, False),
        ({"classification": "NO_DELINQUENCY"}, False),
    ],
)
def test_every_figure_of_an_account_is_compared(published: dict[str, Any], agrees: bool) -> None:
    job = {"type": "nightly_job", "as_of": "2026-03-10"}
    expect = {"type": "expect_account", "as_of": "2026-03-10", "plain_rule_agrees": True, **published}
    case = Case({"bucket_days": {"RANGE_1": [1, None]}}, account("x", job, expect))
    if agrees:
        check_pause_resume(case)
    else:
        with pytest.raises(AssertionError):
            check_pause_resume(case)
