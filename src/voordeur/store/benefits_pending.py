"""Which households wait for a decision about a benefit: until it comes, no letter about money goes out."""

from collections.abc import Sequence
from datetime import date


def benefits_pending(tenancies: Sequence[int] | None, on: date) -> frozenset[int]:
    """Tenancies (of these; None: of all) for which an application was made and not decided on by day `on`."""
    return frozenset()
