"""Loads what is known about who pays for which tenancy."""

from collections import defaultdict

from voordeur.core.matching import Payer, PayerIndex, index
from voordeur.store.models import Arrangement, KnownPayer, Mandate, Tenancy, Tenant


def payer_index() -> PayerIndex:
    """The index over all tenancies: references, mandates, accounts, names, addresses and fitting amounts."""
    names: dict[int, list[str]] = defaultdict(list)
    for tenancy, name in Tenant.objects.values_list("tenancy_id", "name"):
        names[tenancy].append(name)
    references, mandates = _of_arrangements()
    rows = Tenancy.objects.values_list(
        "pk", "payment_reference", "mandate", "rent", "standing__balance", "standing__current_rent",
        "home__street", "home__number", "home__addition",
    )  # fmt: skip
    payers = [
        Payer(
            tenancy=pk,
            reference=reference,
            mandate=mandate,
            more_references=tuple(references.get(pk, ())),
            more_mandates=tuple(mandates.get(pk, ())),
            names=tuple(names.get(pk, ())),
            address=f"{street or ''} {number or ''} {addition or ''}",
            amounts=frozenset(amount for amount in (rent, balance, charged) if amount and amount > 0),
        )
        for pk, reference, mandate, rent, balance, charged, street, number, addition in rows.iterator(20_000)
    ]
    accounts: dict[str, list[int | None]] = defaultdict(list)
    for iban, tenancy in KnownPayer.objects.values_list("iban", "tenancy_id"):
        accounts[iban].append(tenancy)
    return index(payers, accounts)


def _of_arrangements() -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Per tenancy the references and the mandates of its payment arrangements, also of those that are over."""
    references: dict[int, list[str]] = defaultdict(list)
    for tenancy, reference in Arrangement.objects.values_list("tenancy_id", "reference"):
        references[tenancy].append(reference)
    mandates: dict[int, list[str]] = defaultdict(list)
    for tenancy, mandate in Mandate.objects.values_list("arrangement__tenancy_id", "reference"):
        mandates[tenancy].append(mandate)
    return references, mandates
