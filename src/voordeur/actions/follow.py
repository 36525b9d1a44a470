"""What follows from money, a contact or a deed: arrangement and standing anew, the case, the advice, the visits."""

from collections.abc import Iterable
from datetime import date

from voordeur.actions.assess import assess
from voordeur.actions.keep_cases import keep_cases
from voordeur.actions.settle_plans import settle_plans
from voordeur.actions.watch_arrangements import watch_arrangements
from voordeur.store.models import Unassessed


def follow(tenancies: Iterable[int], today: date) -> int:
    """Bring these tenancies up to date for `today`; how many have a ledger. Safe to repeat."""
    wanted = sorted(set(tenancies))
    watch_arrangements(wanted, today)  # first: it tells the ledger which debt a payment is for
    assessed = assess(wanted, today)
    assess(keep_cases(wanted, today), today)
    settle_plans(wanted, today)
    return assessed


def follow_unassessed(today: date) -> int:
    """Bring up to date what a booking touched and nobody has looked at since."""
    return follow(Unassessed.objects.values_list("pk", flat=True), today)
