"""Rows <-> core values of arrangements: events, what is covered, and the ledger as the arrangement has to see it."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from voordeur.core.arrangements.division import Covered
from voordeur.core.arrangements.plain import plan_in
from voordeur.core.arrangements.values import (
    RUNNING,
    ArrangementEvent,
    ArrangementEventKind,
    ArrangementState,
    EndReason,
)
from voordeur.core.arrangements.watching import with_kept_contact
from voordeur.core.contacts import Channel
from voordeur.core.remittance import betalingskenmerk, creditor_references, names_arrangement
from voordeur.store.convert import Row, entry_id, ledger
from voordeur.store.models import Arrangement as ArrangementRow
from voordeur.store.models import ArrangementEvent as EventRow
from voordeur.store.models import ArrangementPart, BankLine, Collection, Contact, Entry

_PAYMENT = 2  # store.models.Entry.Kind.PAYMENT
_PERSONAL = tuple(one.value for one in Channel if one.personal)


def event(row: EventRow) -> ArrangementEvent:
    """One event."""
    return ArrangementEvent(
        ArrangementEventKind(row.kind),
        row.day,
        plan_in(row.instalments),
        EndReason(row.reason) if row.reason else None,
        row.sequence,
    )


def events_of(row: ArrangementRow) -> tuple[ArrangementEvent, ...]:
    """What happened to an arrangement, with the days on which somebody tried to speak with the household."""
    own = tuple(event(one) for one in row.events.order_by("sequence"))
    if row.agreed_on is None:
        return own
    tried = Contact.objects.filter(
        tenancy_id=row.tenancy_id, channel__in=_PERSONAL, incoming=False, day__gt=row.agreed_on
    )
    return with_kept_contact(own, tried.values_list("day", flat=True))


def covered(row: ArrangementRow, events: Iterable[ArrangementEvent]) -> Covered | None:
    """What a running arrangement is about; None while nothing is agreed."""
    plans = [(one.day, one.instalments) for one in events if one.instalments and one.kind in _WITH_PLAN]
    if row.agreed_on is None or not plans:
        return None
    debts = {entry_id(int(pk)): cents for pk, cents in row.debts.items()}
    return Covered(row.agreed_on, debts, plans, row.tenancy.rent or 0)


_WITH_PLAN = (ArrangementEventKind.AGREED, ArrangementEventKind.RESCHEDULED)


def rows_as_named(row: ArrangementRow) -> tuple[list[Row], frozenset[int]]:
    """The ledger with only what payers themselves named, and the payments of which the purpose is ours to derive.

    What an earlier look derived is taken off; money with the reference or the mandate of the arrangement names its
    oldest debt.
    """
    rows = ledger(row.tenancy_id)
    earlier = frozenset(
        ArrangementPart.objects.filter(arrangement=row, derived=True).values_list("entry_id", flat=True)
    )
    rows = [one._replace(designates=None, period=None) if one.id in earlier else one for one in rows]
    named, first = _named(row), next((int(pk) for pk in row.debts), None)
    rows = [one._replace(designates=first, period=None) if one.id in named else one for one in rows]
    free = frozenset(
        one.id
        for one in rows
        if one.kind == _PAYMENT and one.same_as is None and one.period is None
        and (one.designates is None or one.id in named)
    )  # fmt: skip
    return rows, free


def _named(row: ArrangementRow) -> frozenset[int]:
    """Payments with the reference, the mandate or a direct debit of this arrangement, or with words that say so."""
    mandates = set(row.mandates.values_list("reference", flat=True))
    collected = set(Collection.objects.filter(mandate__arrangement=row).values_list("end_to_end", flat=True))
    lines = BankLine.objects.filter(Q(entry__tenancy_id=row.tenancy_id), amount__gt=0, reversal=False)
    if row.agreed_on is not None:
        lines = lines.filter(booked__gte=row.agreed_on)
    found = set()
    for entry, twin, reference, said, mandate, number in lines.values_list(
        "entry_id", "entry__same_as_id", "reference", "remittance", "mandate", "end_to_end"
    ):
        text = f"{reference} {said}"
        written = {reference, *betalingskenmerk(text), *creditor_references(text)}
        if row.reference in written or mandate in mandates or number in collected:
            found.add(twin or entry)
    paid = Entry.objects.filter(tenancy=row.tenancy_id, kind=Entry.Kind.PAYMENT, same_as=None, period=None)
    if row.agreed_on is not None:
        paid = paid.filter(date__gte=row.agreed_on)
    found.update(pk for pk, text in paid.values_list("pk", "description") if names_arrangement(text))
    return frozenset(found)


def running(tenancies: Iterable[int] | None) -> Mapping[int, ArrangementRow]:
    """The running arrangement of each of these tenancies (None: of all), with what a policy may ask of it."""
    found = ArrangementRow.objects.filter(agreed_on__isnull=False).exclude(state__in=("completed", "ended"))
    if tenancies is not None:
        found = found.filter(tenancy_id__in=list(tenancies))
    return {row.tenancy_id: row for row in found.only("tenancy_id", "state", "contacted", "last_due")}


class PlansNow(NamedTuple):
    """Does an arrangement of the household run, and was a term of it missed, as the last look found?"""

    runs: bool
    missed: bool

    @property
    def kept(self) -> bool:
        """One runs and no term was missed."""
        return self.runs and not self.missed


NO_PLANS = PlansNow(runs=False, missed=False)
_IN_TROUBLE = (ArrangementState.AT_RISK, ArrangementState.BREACHED)


def running_plans(tenancy: Any) -> QuerySet[ArrangementRow]:
    """The arrangements of a tenancy (its number, or a column of a query around this one) that run."""
    return ArrangementRow.objects.filter(tenancy=tenancy, state__in=RUNNING)


def missed_plans(tenancy: Any) -> QuerySet[ArrangementRow]:
    """Those of them of which a term is later than its grace."""
    return ArrangementRow.objects.filter(tenancy=tenancy, state__in=_IN_TROUBLE)


def plans_of(tenancy: int) -> PlansNow:
    """How the arrangements of one tenancy stand. One query."""
    states = set(running_plans(tenancy).values_list("state", flat=True))
    return PlansNow(bool(states), bool(states & set(_IN_TROUBLE)))
