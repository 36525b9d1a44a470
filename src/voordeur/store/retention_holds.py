"""Which households something keeps that would otherwise be erased: a case, a court file, a request, a debt."""

from collections.abc import Callable, Collection, Mapping
from datetime import date

from django.db.models import Exists, OuterRef, Q

from voordeur.core.case_table import COURT
from voordeur.core.case_values import EventKind
from voordeur.core.retention import Holdback
from voordeur.store.models import Case, CaseEvent, Entry, RightsRequest, Tenancy


def _running(households: Collection[int], day: date) -> set[int]:
    """A case is open. What opened after `day` counts too: it is there now."""
    return set(Case.objects.filter(tenancy__in=households, closed_on=None).values_list("tenancy", flat=True))


def _in_court(households: Collection[int], day: date) -> set[int]:
    """An open case that is before the court, or was brought there and is on hold."""
    summoned = CaseEvent.objects.filter(case=OuterRef("pk"), kind=EventKind.SUMMONS_SERVED)
    found = Case.objects.filter(Q(state__in=COURT) | Exists(summoned), tenancy__in=households, closed_on=None)
    return set(found.values_list("tenancy", flat=True))


def _owing(households: Collection[int], day: date) -> set[int]:
    """The tenancy is over and money is still owed, or nobody worked out how the ledger stands."""
    owes = Q(standing__balance__gt=0) | Q(unassessed__isnull=False)
    unknown = Q(standing=None) & Exists(Entry.objects.filter(tenancy=OuterRef("pk")))
    found = Tenancy.objects.filter(owes | unknown, pk__in=households, end__lt=day)
    return set(found.values_list("pk", flat=True))


def _asking(households: Collection[int], day: date) -> set[int]:
    """Somebody of the household asked something about the own data and has no answer yet."""
    found = RightsRequest.objects.filter(tenancy__in=households, closed_on=None)
    return set(found.values_list("tenancy", flat=True))


HOLDS: Mapping[Holdback, Callable[[Collection[int], date], set[int]]] = {
    Holdback.COURT_FILE: _in_court,
    Holdback.RUNNING_CASE: _running,
    Holdback.OPEN_REQUEST: _asking,
    Holdback.FORMER_DEBT: _owing,
}
