"""Take all arrangements to another system of the corporation, in the form of VERA. Without names and accounts."""

from datetime import date

from django.db import transaction

from voordeur.actions.audit import write_line
from voordeur.actions.guard import check
from voordeur.adapters.vera_arrangements import Exported, Term, vera_file
from voordeur.core.access import Deed
from voordeur.core.arrangements.plain import terms_in
from voordeur.core.arrangements.values import ArrangementEventKind, ArrangementState, EndReason
from voordeur.core.arrangements.watching import InstalmentState
from voordeur.store.models import Arrangement, User


@transaction.atomic
def export_arrangements(user: User, today: date) -> bytes:
    """The file, of all arrangements that were agreed."""
    check(user, Deed.COLLECT)
    rows = Arrangement.objects.filter(agreed_on__isnull=False, agreed_on__lte=today).order_by("pk")
    rows = rows.select_related("tenancy").prefetch_related("instalments", "events", "mandates")
    found = [_exported(row) for row in rows]
    write_line(user, "export_arrangements", data={"count": len(found)})
    return vera_file(found)


def _exported(row: Arrangement) -> Exported:
    over = next((one for one in row.events.all() if one.kind == ArrangementEventKind.ENDED), None)
    return Exported(
        id=row.pk,
        reference=row.reference,
        tenancy_key=row.tenancy.key,
        state=ArrangementState(row.state),
        reason=EndReason(over.reason) if over and over.reason else None,
        agreed_on=row.agreed_on,
        ended_on=over.day if over else None,
        total=row.total,
        received=row.received,
        rhythm=terms_in(row.terms).rhythm,
        direct_debit=any(one.ended_on is None for one in row.mandates.all()),
        terms=[
            Term(one.number, one.due, one.amount, one.paid, one.paid_on, InstalmentState(one.state))
            for one in sorted(row.instalments.all(), key=lambda one: one.number)
        ],
    )
