"""Published cases of other systems: one test per case, named by its id. See tests/vectors/README.md."""

from collections.abc import Callable

import pytest

from tests.conformance import benefits, published
from tests.conformance.allocation import check_ageing, check_oldest_due_first, check_other_strategy
from tests.conformance.arrangements import check_end_date, check_state
from tests.conformance.hackney import check_collectable_arrears, check_recommended_action
from tests.conformance.ladder_extras import check_extra
from tests.conformance.ladder_runs import check_levels_by_days, check_month_end_look, check_terms_and_fees
from tests.conformance.paused_account import check_effective_periods, check_pause_resume
from tests.conformance.published import Case

CHECKS: dict[str, Callable[[Case], None]] = {
    "fineract_oldest_due_first_allocation": check_oldest_due_first,
    "fineract_ageing_buckets": check_ageing,
    "fineract_delinquency_pause_resume": check_pause_resume,
    "fineract_effective_pause_periods": check_effective_periods,
    "fineract_allocation_other_strategies": check_other_strategy,
    "hackney_recommended_action": check_recommended_action,
    "hackney_collectable_arrears": check_collectable_arrears,
    "hackney_payment_agreement_state": check_state,
    "hackney_payment_agreement_end_date": check_end_date,
    "oca_credit_control_ladder_2013": check_month_end_look,
    "tryton_dunning_levels": check_levels_by_days,
    "erpnext_dunning_and_terms": check_terms_and_fees,
}
CASES = published.cases(published.folder(), set(CHECKS))
EXTRA = published.extra_cases(published.folder(), {"oca_credit_control_ladder_2013"})


def test_there_are_cases() -> None:
    """A folder may hold cases of income support only: `test_benefits.py` runs those."""
    where = published.folder()
    assert CASES or benefits.vectors(where), f"there is no case that we know in {where}"


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_published_case(case: Case) -> None:
    CHECKS[case.suite["suite"]](case)


@pytest.mark.parametrize("case", EXTRA, ids=[case.id for case in EXTRA])
def test_published_case_beside_the_others(case: Case) -> None:
    check_extra(case)
