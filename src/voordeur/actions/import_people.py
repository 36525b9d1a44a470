"""Book the tenants of a register and the accounts that they pay from. What a person corrected stays corrected."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from voordeur.actions.keep_problems import keep_problems
from voordeur.adapters.mapping import TenancyRecord
from voordeur.core.problems import Problem
from voordeur.core.words import Words
from voordeur.store.models import ImportRun, KnownPayer, Tenancy, Tenant, TenantCorrection

Datum = TenantCorrection.Datum
_KEPT = (Datum.PHONE, Datum.EMAIL, Datum.LANGUAGE)


@dataclass(slots=True)
class _Work:
    """What was corrected of the tenants of these tenancies, and what the file does to them."""

    names: dict[tuple[int, str], Tenant] = field(default_factory=dict)
    """(tenancy, name as it was) -> the tenant, who is called otherwise now."""
    data: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Tenant -> columns that a file does not change."""
    changed: set[int] = field(default_factory=set)
    """Tenants of whom the file tells something new."""
    problems: list[Problem] = field(default_factory=list)


def save_people(run: ImportRun, records: Sequence[TenancyRecord], tenancies: Mapping[str, Tenancy]) -> None:
    """Tenants and their accounts. A cell that the file leaves empty changes nothing.

    Where the file says something else than was corrected here, ours stays and the row comes on the to-do list.
    """
    of = {record.tenancy[:64]: tenancies[record.tenancy[:64]] for record in records}
    known = {(row.tenancy_id, row.name): row for row in Tenant.objects.filter(tenancy__in=of.values())}
    work = _corrected(of.values())
    people: dict[tuple[int, str], Tenant] = {}
    for record in records:
        if record.name:
            tenant = _tenant(record, of[record.tenancy[:64]], known, work)
            people[(tenant.tenancy_id, tenant.name)] = tenant
    _write([row for row in people.values() if not row.pk or row.pk in work.changed])
    if work.problems:
        keep_problems(run, work.problems)
    accounts = [
        KnownPayer(iban=record.iban, tenancy=of[record.tenancy[:64]]) for record in records if record.iban
    ]
    KnownPayer.objects.bulk_create(accounts, ignore_conflicts=True)


def _corrected(tenancies: Iterable[Tenancy]) -> _Work:
    found = _Work()
    rows = TenantCorrection.objects.filter(tenant__tenancy__in=tenancies).select_related("tenant")
    for row in rows.order_by("pk"):
        if row.datum == Datum.NAME:
            found.names[(row.tenant.tenancy_id, row.before)] = row.tenant
        else:
            found.data[row.tenant_id].add(row.datum)
    return found


def _tenant(
    record: TenancyRecord, tenancy: Tenancy, known: Mapping[tuple[int, str], Tenant], work: _Work
) -> Tenant:
    """The tenant of a row, with what the row tells; new when nobody here has this name, now or before."""
    name = record.name[:120]
    once = work.names.get((tenancy.pk, name))
    if once is not None and (tenancy.pk, name) not in known:
        work.problems.append(_differs(record, Datum.NAME))
        name = once.name
    tenant = known.get((tenancy.pk, name)) or Tenant(tenancy=tenancy, name=name)
    told = {Datum.PHONE: record.phone[:24], Datum.EMAIL: record.email, Datum.LANGUAGE: record.language[:8]}
    for datum, value in told.items():
        if not value or value == getattr(tenant, datum.value):
            continue
        if datum.value in work.data.get(tenant.pk, ()):
            work.problems.append(_differs(record, datum))
        else:
            setattr(tenant, datum.value, value)
            work.changed.add(tenant.pk or 0)
    return tenant


def _write(people: Collection[Tenant]) -> None:
    told = [datum.value for datum in _KEPT]
    Tenant.objects.bulk_update((row for row in people if row.pk), told, batch_size=100)
    Tenant.objects.bulk_create(
        (row for row in people if not row.pk),
        update_conflicts=True,
        unique_fields=["tenancy", "name"],
        update_fields=told,
    )


def _differs(record: TenancyRecord, datum: Datum) -> Problem:
    return Problem(
        f"corrected-{datum.value}",
        Words(
            f"Dit is hier verbeterd op verzoek van de huurder: {_NAMES[datum].nl}. Het bestand zegt nog iets anders.",
            f"This was corrected here at the tenant's request: {_NAMES[datum].en}. The file still says otherwise.",
        ),
        Words(
            "Wij lieten het zoals het verbeterd is. Verbeter het ook in het systeem waar het bestand vandaan komt.",
            "We left it as it was corrected. Correct it too in the system that the file comes from.",
        ),
        row=record.row,
        column=datum.value,
    )


_NAMES = {
    Datum.NAME: Words("naam", "name"),
    Datum.PHONE: Words("telefoonnummer", "telephone number"),
    Datum.EMAIL: Words("e-mailadres", "e-mail address"),
    Datum.LANGUAGE: Words("taal", "language"),
}
