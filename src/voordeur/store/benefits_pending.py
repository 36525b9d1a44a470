"""Which households wait for a decision about a benefit: until it comes, no letter about money goes out."""

from collections.abc import Collection

from voordeur.core.schemes.follow_up import TaskState
from voordeur.store.models import SchemeTask


def pending_benefits(tenancies: Collection[int] | None = None) -> set[int]:
    """Households that applied for something and have no answer yet; only of these `tenancies` when given."""
    found = SchemeTask.objects.filter(state=TaskState.APPLIED)
    if tenancies is not None:
        found = found.filter(tenancy__in=tenancies)
    return set(found.values_list("tenancy", flat=True))
