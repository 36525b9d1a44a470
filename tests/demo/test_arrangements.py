"""The payment plans of the town, watched over a year beside what really happened."""

from datetime import date

from voordeur.core.arrangements.values import ArrangementState
from voordeur.demo.arrangements import a_year, plans_of, report
from voordeur.demo.town import make_town


def test_who_paid_off_is_completed_and_who_missed_one_is_seen() -> None:
    town = make_town(1, date(2026, 11, 23), homes=250)
    plans = list(plans_of(town))
    assert plans
    assert all(sum(one.amount for one in plan.events[0].instalments) == plan.terms.total for plan in plans)
    found = a_year(town)
    over = {state: count for (truth, state), count in found.items() if truth == "paid off"}
    assert set(over) == {ArrangementState.COMPLETED.value}
    assert report(found).startswith("in that month")
