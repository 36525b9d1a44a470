"""The book of one arrangement: its events and the ledger, how it stands, and what of that is kept for lists.

Whatever changed (money, a contact, a deed), the same look makes everything anew from the events and the ledger; so
the order in which files were read makes no difference, and looking twice changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from voordeur.adapters.arrangement_rules import load_arrangement_rules
from voordeur.core.arrangements.division import Covered, Division, Part, Purpose, divide
from voordeur.core.arrangements.plain import plan_out
from voordeur.core.arrangements.values import (
    ArrangementEvent,
    ArrangementEventKind,
    ArrangementState,
)
from voordeur.core.arrangements.watching import Watched, watch
from voordeur.core.calendar import add_months
from voordeur.core.ledger import Component, Kind
from voordeur.store.convert import COMPONENT_CODES, KIND_CODES, Row, core_entries, period_of
from voordeur.store.convert_arrangements import covered, events_of, rows_as_named
from voordeur.store.models import Arrangement, ArrangementPart, Entry, Instalment, User
from voordeur.store.models import ArrangementEvent as EventRow

NOTHING = Division((), (), ())
STAYS_DAYS = 70
"""So long after all was paid a look goes on: a bank can still take a direct debit back (8 weeks, SEPA Core)."""
_CHARGE, _RENT = KIND_CODES[Kind.CHARGE], COMPONENT_CODES[Component.RENT]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look found."""

    row: Arrangement
    watched: Watched
    division: Division
    before: str
    """The state it had."""


def write_event(
    row: Arrangement, happened: ArrangementEvent, user: User | None, key: UUID | None = None
) -> EventRow:
    """Add one event."""
    return EventRow.objects.create(
        key=key or uuid4(),
        arrangement=row,
        sequence=row.events.count() + 1,
        kind=happened.kind,
        day=happened.day,
        by=user,
        reason=happened.reason or "",
        instalments=plan_out(happened.instalments),
        recorded=timezone.now(),
    )


def look(row: Arrangement, today: date) -> Seen | None:
    """Look at an arrangement anew and keep what was found; None before there is anything to see."""
    events, rules = events_of(row), load_arrangement_rules()
    about = covered(row, events)
    division, free = NOTHING, frozenset[int]()
    rows: list[Row] = []
    if about is not None:
        rows, free = rows_as_named(row)
        division = divide(core_entries(rows), about, _until(events, today), small=rules.small_cents)
    watched = watch(events, division.received, division.gaps, today, rules)
    if watched is None:
        return None
    before = row.state
    _keep(row, watched, today)
    if about is not None:
        _keep_instalments(row, watched)
        _keep_parts(row, division, about, free)
        _designate(rows, division, free)
    return Seen(row, watched, division, before)


def _until(events: Sequence[ArrangementEvent], today: date) -> date:
    """What comes in after an arrangement ended is no matter of it."""
    ended = [one.day for one in events if one.kind is ArrangementEventKind.ENDED]
    return min([today, *ended])


def _keep(row: Arrangement, watched: Watched, today: date) -> None:
    coming = watched.next if watched.state is not ArrangementState.ENDED else None
    row.state, row.since = watched.state, watched.since
    row.why_nl, row.why_en = watched.why.nl[:240], watched.why.en[:240]
    row.received, row.behind = watched.received, watched.behind
    row.total = watched.total or row.total
    row.next_due = coming.instalment.due if coming else None
    row.next_amount = coming.instalment.amount - coming.paid if coming else 0
    row.last_due = watched.last_day
    row.contact_first, row.contacted, row.watched_on = watched.contact_first, watched.contacted, today
    row.save()


def _keep_instalments(row: Arrangement, watched: Watched) -> None:
    wanted = [
        (
            one.instalment.number,
            one.instalment.due,
            one.instalment.amount,
            one.paid,
            one.paid_on,
            one.state.value,
        )
        for one in watched.instalments
    ]
    kept = row.instalments.order_by("number")
    if list(kept.values_list("number", "due", "amount", "paid", "paid_on", "state")) == wanted:
        return
    kept.all().delete()
    Instalment.objects.bulk_create(
        Instalment(
            arrangement=row, number=number, due=due, amount=amount, paid=paid, paid_on=paid_on, state=state
        )
        for number, due, amount, paid, paid_on, state in wanted
    )


def _keep_parts(row: Arrangement, division: Division, about: Covered, free: frozenset[int]) -> None:
    """What each payment was for; the parts of one payment for one purpose stand together."""
    sums: dict[tuple[int, str], int] = {}
    for part in division.parts:
        at = (int(part.payment), part.purpose.value)
        sums[at] = sums.get(at, 0) + part.amount
    wanted = sorted((entry, amount, purpose, entry in free) for (entry, purpose), amount in sums.items())
    kept = ArrangementPart.objects.filter(arrangement=row)
    if sorted(kept.values_list("entry_id", "amount", "purpose", "derived")) == wanted:
        return
    kept.delete()
    ArrangementPart.objects.bulk_create(
        ArrangementPart(arrangement=row, entry_id=entry, amount=amount, purpose=purpose, derived=derived)
        for entry, amount, purpose, derived in wanted
    )


def _designate(rows: Sequence[Row], division: Division, free: frozenset[int]) -> None:
    """Tell the ledger what payments are for that named nothing themselves: the arrangement did (BW 6:43 lid 1)."""
    last = max(
        (
            one.period or period_of(one.due or one.date)
            for one in rows
            if (one.kind, one.component) == (_CHARGE, _RENT)
        ),
        default=None,
    )
    found: dict[int, tuple[int | None, date | None]] = {}
    for part in sorted(division.parts, key=_weight):
        entry = int(part.payment)
        if entry in free and entry not in found:
            found[entry] = _target(part, last)
    kept = Entry.objects.filter(pk__in=found)
    now = {pk: (named, period) for pk, named, period in kept.values_list("pk", "designates_id", "period")}
    changed: dict[tuple[int | None, date | None], list[int]] = {}
    for entry, target in found.items():
        if now.get(entry) != target:
            changed.setdefault(target, []).append(entry)
    for (named, period), entries in changed.items():
        Entry.objects.filter(pk__in=entries).update(designates_id=named, period=period)


_ORDER = {Purpose.RENT: 0, Purpose.AHEAD: 1, Purpose.ARRANGEMENT: 2}


def _weight(part: Part) -> tuple[int, str, str]:
    """A row of the ledger names one thing: the rent goes first, what is left of the money goes to the oldest debt."""
    return (_ORDER[part.purpose], part.payment, part.charge or "")


def _target(part: Part, last_month: date | None) -> tuple[int | None, date | None]:
    """The row that a payment designates, or the month that it waits for."""
    if part.purpose is Purpose.AHEAD:
        return None, add_months(last_month, 1) if last_month else None
    return (int(part.charge) if part.charge else None), None


def watched_rows(tenancies: Sequence[int] | None, today: date) -> list[Arrangement]:
    """The arrangements that money can still change, of these tenancies (None: of all)."""
    found = Arrangement.objects.filter(agreed_on__isnull=False).exclude(state=ArrangementState.ENDED)
    found = found.exclude(state=ArrangementState.COMPLETED, since__lt=today - timedelta(days=STAYS_DAYS))
    if tenancies is not None:
        found = found.filter(tenancy_id__in=list(tenancies))
    return list(found.select_related("tenancy").order_by("pk"))
