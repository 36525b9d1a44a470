"""One made-up tenant gets a personal link when the demo starts, so that a visitor can see the tenant's own page."""

from datetime import date

from voordeur.actions.demo_link import leave
from voordeur.actions.tenant_link import make
from voordeur.core.access import Role
from voordeur.core.arrangements.values import ArrangementState
from voordeur.core.personal_links import Handed
from voordeur.store.models import Arrangement, Case, Tenancy, User

_MOST_OPEN = 2_500_00


def give_link(today: date) -> str:
    """A new link, kept beside the demo for its sign-in page; the code. Empty when nobody is in arrears."""
    household = _household()
    if household is None:
        return ""
    user = User.objects.filter(role=Role.CONSULTANT).order_by("pk")[0]
    code = make(user, household.pk, Handed.IN_PERSON, today)
    leave(code)
    return code


def _household() -> Tenancy | None:
    """Somebody who keeps an arrangement, else somebody whose case is open and who owes not too much."""
    keeps = Arrangement.objects.filter(state=ArrangementState.LIVE, next_due__isnull=False).order_by(
        "tenancy__key"
    )
    first = keeps.select_related("tenancy").first()
    if first is not None:
        return first.tenancy
    open_cases = Case.objects.filter(closed_on=None, tenancy__standing__overdue__gt=0)
    case = open_cases.filter(tenancy__standing__overdue__lt=_MOST_OPEN).order_by("tenancy__key").first()
    return case.tenancy if case else None
