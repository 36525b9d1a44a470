"""Watch arrangements: after every import, contact and deed, and each night; the case hears of a missed term."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from voordeur.actions import case_book
from voordeur.actions.arrangement_book import Seen, look, watched_rows
from voordeur.actions.collect_instalments import settle_collections
from voordeur.core.arrangements.values import ArrangementState
from voordeur.core.cases import Event, EventKind, State
from voordeur.core.problems import Refused
from voordeur.store.bulk import chunks
from voordeur.store.models import Arrangement

AT_ONCE = 200
S = ArrangementState
TROUBLE = frozenset({S.AT_RISK, S.BREACHED})


def watch_arrangements(tenancies: Iterable[int] | None, today: date) -> set[int]:
    """Look at the running arrangements of these tenancies (None: of all) anew. Safe to repeat.

    Returns the tenancies of which an arrangement came into another state: they want a new advice.
    """
    chosen: Sequence[int] | None = None if tenancies is None else sorted(set(tenancies))
    changed: set[int] = set()
    for rows in chunks(watched_rows(chosen, today), AT_ONCE):
        with transaction.atomic():
            settle_collections(rows, today)
            for row in rows:
                seen = look(row, today) if not _replaced(row) else None
                if seen is not None and seen.before != seen.row.state:
                    tell_case(seen, today)
                    changed.add(row.tenancy_id)
    return changed


def _replaced(row: Arrangement) -> bool:
    """All of it was paid, and a newer one runs by now: a reversal is then a matter of the newer one."""
    others = Arrangement.objects.filter(tenancy=row.tenancy_id, agreed_on__isnull=False, pk__gt=row.pk)
    return row.state == S.COMPLETED and others.exclude(state__in=(S.COMPLETED, S.ENDED)).exists()


def tell_case(seen: Seen, today: date) -> None:
    """A missed term is written in the case; what follows from it a person decides."""
    if seen.watched.state not in TROUBLE:
        return
    row = case_book.open_case_of(seen.row.tenancy_id)
    if row is None or row.state != State.PLAN_ACTIVE:
        return
    book = case_book.read(row, today)
    if book.case.plan_missed is None:
        try:
            case_book.add(book, Event(EventKind.PLAN_MISSED, today))
        except Refused:
            return  # on hold: the arrangement itself keeps the miss
