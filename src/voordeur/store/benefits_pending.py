"""Which households wait for a decision about a benefit: until it comes, no letter about money goes out."""

from collections.abc import Collection

from django.db.models import OuterRef, QuerySet

from voordeur.core.schemes.follow_up import TaskState
from voordeur.store.models import SchemeTask


def waiting_benefits(tenancy: OuterRef) -> QuerySet[SchemeTask]:
    """Applications without an answer of the household of an outer query."""
    return SchemeTask.objects.filter(state=TaskState.APPLIED, tenancy=tenancy)


def pending_benefits(tenancies: Collection[int] | None = None) -> set[int]:
    """Households that applied for something and have no answer yet; only of these `tenancies` when given."""
    found = SchemeTask.objects.filter(state=TaskState.APPLIED)
    if tenancies is not None:
        found = found.filter(tenancy__in=tenancies)
    return set(found.values_list("tenancy", flat=True))
