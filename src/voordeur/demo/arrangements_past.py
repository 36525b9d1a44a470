"""The payment plans of the made-up town in the database: agreed when they began, and watched up to today.

Only those that run, or ended within the last year; who missed an instalment was rung and the rest spread anew.
"""

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from voordeur.actions.arrangement_book import look, write_event
from voordeur.actions.propose_arrangement import new_reference
from voordeur.core.access import Role
from voordeur.core.arrangements.plain import terms_out
from voordeur.core.arrangements.values import (
    ArrangementEvent,
    ArrangementEventKind,
    ArrangementState,
    EndReason,
)
from voordeur.core.contacts import Channel, ContactOutcome, DayPart
from voordeur.demo.arrangements import Plan, plans_of
from voordeur.demo.town import Town
from voordeur.store.models import Arrangement, ArrangementAgreement, Contact, Entry, Tenancy, User

_SPACE = UUID("0d8b6a52-3f0e-4a5f-9a70-7f5d2a1c9e11")
BACK_DAYS = 365


def plans_to_keep(town: Town) -> list[tuple[str, Plan]]:
    """The newest plan of each household that ran in the last year, with the number of its tenancy agreement."""
    kept = {
        town.tenancies[plan.place].key: plan
        for plan in plans_of(town, town.today - timedelta(days=BACK_DAYS))
    }
    return sorted(kept.items())


@transaction.atomic
def make_arrangements_past(plans: list[tuple[str, Plan]], today: date) -> None:
    """Keep them, and look at each as of today."""
    user = User.objects.filter(role=Role.CONSULTANT).order_by("pk").first()
    tenancies = Tenancy.objects.in_bulk([key for key, _ in plans], field_name="key")
    for key, plan in plans:
        _make(tenancies[key], plan, user, today)


def _make(tenancy: Tenancy, plan: Plan, user: User | None, today: date) -> None:
    agreed = plan.about.agreed_on
    debts = _debts(tenancy, plan)
    key = uuid5(_SPACE, f"{tenancy.key}-{agreed}")
    row = Arrangement.objects.create(
        key=key, tenancy=tenancy, made_on=agreed, made_by=user, origin="office", agreed_on=agreed, agreed_by=user,
        owner=user, terms=terms_out(plan.terms), debts=debts, reference=new_reference(key),
        state=ArrangementState.AGREED, since=agreed, total=plan.terms.total,
    )  # fmt: skip
    write_event(
        row, ArrangementEvent(ArrangementEventKind.PROPOSED, agreed, plan.events[0].instalments), user
    )
    for event in plan.events:
        if event.kind is ArrangementEventKind.CONTACTED:
            _rang(tenancy, event.day, user)
        else:
            write_event(row, event, user)
    if tenancy.end is not None and tenancy.end < today:
        ended = ArrangementEvent(ArrangementEventKind.ENDED, tenancy.end, reason=EndReason.NOT_KEPT)
        write_event(row, ended, user)
    ArrangementAgreement.objects.create(
        arrangement=row, how="spoken", day=agreed, witness=user, recorded=_noon(agreed)
    )
    look(row, today)


def _debts(tenancy: Tenancy, plan: Plan) -> dict[str, int]:
    """The rows of the database behind the charges of the town: found by their due day and amount."""
    agreed = plan.about.agreed_on
    charges = Entry.objects.filter(tenancy=tenancy, kind=Entry.Kind.CHARGE, due__lte=agreed).order_by(
        "-due", "pk"
    )
    left, found = plan.terms.total, {}
    for pk, amount in charges.values_list("pk", "amount"):
        part = min(left, amount)
        if part:
            found[str(pk)] = part
            left -= part
    return dict(reversed(found.items()))


def _rang(tenancy: Tenancy, day: date, user: User | None) -> None:
    """Somebody rang about the missed instalment."""
    Contact.objects.create(
        tenancy=tenancy, day=day, channel=Channel.PHONE, part=DayPart.AFTERNOON, reached=True,
        outcome=ContactOutcome.ARRANGED, by=user, recorded=_noon(day),
    )  # fmt: skip


def _noon(day: date) -> datetime:
    """When it was written down."""
    return timezone.make_aware(datetime.combine(day, time(12)))
