"""Look at tenancies anew: standing, signals and next action, from the ledger as it is now.

A few are read row by row and spoken about by the core. Of many the engine first finds out in one pass of whom nothing
is overdue (`assess_many.py`); what is said about the others is the core's all the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Count, Max

from voordeur.actions.draw_portfolio import draw_today
from voordeur.actions.findings import (
    SIGNAL_COLUMNS,
    STANDING_COLUMNS,
    Before,
    Finding,
    finding,
    signal_rows,
    standing_row,
)
from voordeur.actions.policy_now import policy_now
from voordeur.adapters.rules import load_calendar
from voordeur.core.assessment import assess as assess_household
from voordeur.core.facts import NOTHING_RECORDED
from voordeur.core.facts import Tenancy as Contract
from voordeur.core.pattern import Method
from voordeur.store.bulk import chunks, insert_rows
from voordeur.store.convert import core_entries, entry_id, ledgers, pauses
from voordeur.store.convert_diary import contacts_of
from voordeur.store.models import Entry, Signal, Standing, Tenancy, Unassessed

AT_ONCE = 500
MANY = 2_000
"""From so many tenancies the engine goes first: below that, loading it costs more than it saves."""


def assess(tenancies: Iterable[int], today: date) -> int:
    """Assess these for `today` and draw their neighbourhoods anew; how many have a ledger. Safe to repeat."""
    wanted = sorted(set(tenancies))
    if not wanted:
        return 0
    places: set[int | None] | None = None
    if len(wanted) >= MANY:
        from voordeur.actions.assess_many import assess_many  # the engine: not for a few, so not on a screen

        count = assess_many(wanted, today)
    else:
        count = sum(assess_piece(piece, today) for piece in chunks(wanted, AT_ONCE))
        places = set(Tenancy.objects.filter(pk__in=wanted).values_list("neighbourhood_id", flat=True))
    draw_today(today, places)
    return count


def assess_piece(piece: Sequence[int], today: date) -> int:
    """Assess a few hundred tenancies: read and think first, then write in one short transaction.

    A tenancy whose ledger grew in the meantime is left to whoever made it grow: it is unassessed, and
    `follow_unassessed` comes after every booking.
    """
    policy, calendar = policy_now(today), load_calendar()
    contracts = {row.pk: row for row in Tenancy.objects.filter(pk__in=piece)}
    contacts = contacts_of(piece, today, calendar.banks, policy.window_days)
    paused, codes = pauses(piece), reversal_codes(piece)
    found: dict[int, Finding] = {}
    read: dict[int, tuple[int, int]] = {}
    for tenancy, rows in ledgers(piece):
        found[tenancy] = finding(
            assess_household(
                core_entries(rows),
                today,
                policy,
                calendar,
                pauses=paused.get(tenancy, ()),
                tenancy=contract(contracts[tenancy].method, contracts[tenancy].end),
                contacts=contacts.get(tenancy, NOTHING_RECORDED),
                reversal_codes=codes.get(tenancy, {}),
            )
        )
        read[tenancy] = (len(rows), max(row.id for row in rows))
    with transaction.atomic():
        same = {t: found[t] for t, size in _sizes(piece).items() if read.get(t) == size}
        _keep(same, {pk: contracts[pk].neighbourhood_id for pk in same}, today)
    return len(same)


def _keep(found: Mapping[int, Finding], places: Mapping[int, int | None], today: date) -> None:
    """Put these findings in the place of those that were there."""
    columns = Standing.objects.filter(pk__in=list(found)).values_list("pk", *Before._fields)
    before = {pk: Before(*rest) for pk, *rest in columns}
    Signal.objects.filter(tenancy_id__in=list(found)).delete()
    Standing.objects.filter(pk__in=list(found)).delete()
    rows = (standing_row(t, places[t], one, before.get(t), today) for t, one in found.items())
    insert_rows(Standing, STANDING_COLUMNS, rows)
    insert_rows(Signal, SIGNAL_COLUMNS, (row for t, one in found.items() for row in signal_rows(t, one)))
    Unassessed.objects.filter(pk__in=list(found)).delete()


def _sizes(piece: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Per tenancy the number of its rows and the newest: together they tell whether a ledger has grown."""
    found = Entry.objects.filter(tenancy_id__in=piece).order_by("tenancy_id").values_list("tenancy_id")
    return {tenancy: (count, newest) for tenancy, count, newest in found.annotate(Count("id"), Max("id"))}


def contract(method: str, end: date | None) -> Contract:
    """What the contract says that matters to the core."""
    return Contract(method=Method(method), ended=end)


def reversal_codes(tenancies: Sequence[int]) -> dict[int, dict[str, str]]:
    """Per tenancy the bank's reason per reversal, for those that have any."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    rows = Entry.objects.filter(tenancy_id__in=tenancies, kind=Entry.Kind.REVERSAL).exclude(reason="")
    for tenancy, pk, reason in rows.values_list("tenancy_id", "id", "reason"):
        found[tenancy][entry_id(pk)] = reason
    return found
