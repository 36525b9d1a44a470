"""Put right what is wrong about a tenant, because somebody asked; a file that is read in later does not undo it."""

from datetime import date

from django.db import IntegrityError, transaction

from voordeur.actions import handle_request
from voordeur.actions.audit import write_line
from voordeur.actions.guard import NOT_FOUND
from voordeur.core import rights
from voordeur.core.access import Purpose
from voordeur.core.problems import Problem, Refused
from voordeur.core.rights import RequestKind
from voordeur.core.words import Words
from voordeur.store.models import Tenant, TenantCorrection, User

Datum = TenantCorrection.Datum
ALLOWS = frozenset({RequestKind.CORRECTION, RequestKind.ERASURE})
"""Kinds of request that ask for it: to put right, or to empty what is not needed."""


@transaction.atomic
def correct_tenant(
    user: User, request_id: int, tenant_id: int, told: dict[Datum, str], today: date
) -> tuple[Datum, ...]:
    """Write the new values; what was changed. What stood there goes into the erasable part of the log.

    Refused for another kind of request, while it is not known who asks, and for a name that is empty or taken.
    """
    request = handle_request.running(user, request_id)
    if request.kind not in ALLOWS:
        raise Refused(_OTHER_KIND)
    if not request.identity:
        raise Refused(rights.NOT_IDENTIFIED)
    tenant = Tenant.objects.filter(pk=tenant_id, tenancy=request.tenancy_id).first()
    if tenant is None:
        raise Refused(NOT_FOUND)
    if request.asker_id not in (None, tenant.pk):
        raise Refused(_NOT_THE_ASKER)
    before = {datum: getattr(tenant, datum.value) for datum in Datum}
    changed = tuple(datum for datum, value in told.items() if value.strip() != before[datum])
    if not changed:
        return ()
    _write(tenant, {datum: told[datum].strip() for datum in changed})
    TenantCorrection.objects.bulk_create(
        TenantCorrection(
            tenant=tenant, request=request, datum=datum, day=today, by=user,
            before=before[datum] if datum is Datum.NAME else "",
        )
        for datum in changed
    )  # fmt: skip
    write_line(
        user, "correct_tenant", subject=f"tenancy:{request.tenancy_id}", purpose=Purpose.RIGHTS.value,
        data={"request": request.pk, "data": [datum.value for datum in changed]},
        payload={"before": {datum.value: before[datum] for datum in changed}},
    )  # fmt: skip
    return changed


def _write(tenant: Tenant, values: dict[Datum, str]) -> None:
    if not values.get(Datum.NAME, "-"):
        raise Refused(_NO_NAME)
    for datum, value in values.items():
        setattr(tenant, datum.value, value)
    try:
        with transaction.atomic():
            tenant.save(update_fields=[datum.value for datum in values])
    except IntegrityError:
        raise Refused(_TAKEN) from None


_OTHER_KIND = Problem(
    "no-correction-asked",
    Words(
        "Dit verzoek vraagt niet om verbeteren of wissen.", "This request does not ask to correct or erase."
    ),
    Words("Schrijf daarvoor een nieuw verzoek op.", "Write down a new request for it."),
)
_NOT_THE_ASKER = Problem(
    "not-the-asker",
    Words("Dit gaat over een ander dan wie het vraagt.", "This is about somebody else than who asks."),
    Words(
        "Alleen de huurder zelf kan vragen om dit te veranderen.", "Only the tenant can ask to change this."
    ),
)
_NO_NAME = Problem(
    "name-empty",
    Words("Zonder naam weten wij niet wie er huurt.", "Without a name we do not know who rents."),
    Words("Vul de juiste naam in.", "Fill in the right name."),
    column="name",
)
_TAKEN = Problem(
    "name-taken",
    Words(
        "Er staat al een huurder met deze naam op het contract.", "The agreement has a tenant of this name."
    ),
    Words("Kijk of dit dezelfde persoon is.", "See whether this is the same person."),
    column="name",
)
