"""To this door one goes with two, for a while; or alone again. Why is not written down here."""

from datetime import date

from django.db import transaction

from voordeur.actions.audit import write_line
from voordeur.actions.reach_tenancy import check_reach
from voordeur.adapters.plan_rules import load_plan_rules
from voordeur.core.access import Deed
from voordeur.core.calendar import add_months
from voordeur.store.models import PairVisit, User


@transaction.atomic
def go_with_two(user: User, tenancy_id: int, today: date, *, two: bool) -> date | None:
    """From today, for as many months as the rules say; the last day. With `two` false: alone again from today."""
    check_reach(user, Deed.PLAN_CONTACT, tenancy_id, today)
    running = PairVisit.objects.filter(tenancy=tenancy_id, until__gte=today)
    running.delete()
    until = add_months(today, load_plan_rules().pair_months) if two else None
    if until is not None:
        PairVisit.objects.create(tenancy_id=tenancy_id, since=today, until=until, by=user)
    write_line(user, "go_with_two" if two else "go_alone", subject=f"tenancy:{tenancy_id}")
    return until
