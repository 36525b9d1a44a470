"""Published cases of other systems: one test per case, named by its id. See tests/vectors/README.md."""

from collections.abc import Callable

import pytest

from tests.conformance import published
from tests.conformance.allocation import check_ageing, check_oldest_due_first, check_other_strategy
from tests.conformance.paused_account import check_effective_periods, check_pause_resume
from tests.conformance.published import Case

CHECKS: dict[str, Callable[[Case], None]] = {
    "fineract_oldest_due_first_allocation": check_oldest_due_first,
    "fineract_ageing_buckets": check_ageing,
    "fineract_delinquency_pause_resume": check_pause_resume,
    "fineract_effective_pause_periods": check_effective_periods,
    "fineract_allocation_other_strategies": check_other_strategy,
}
CASES = published.cases(published.folder(), set(CHECKS))


def test_there_are_cases() -> None:
    assert CASES, f"there is no case that we know in {published.folder()}"


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_published_case(case: Case) -> None:
    CHECKS[case.suite["suite"]](case)
