"""Loads what is known about who pays for which tenancy."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain

from voordeur.core.matching import Payer, PayerIndex, index_of_signs
from voordeur.store.models import Arrangement, KnownPayer, Mandate, Tenancy, Tenant


def payer_index() -> PayerIndex:
    """The index over all tenancies: references, mandates and accounts.

    Names, addresses and fitting amounts are read when a payment comes of which these do not tell enough.
    """
    accounts: dict[str, list[int | None]] = defaultdict(list)
    for iban, tenancy in KnownPayer.objects.values_list("iban", "tenancy_id"):
        accounts[iban].append(tenancy)
    signs = Tenancy.objects.values_list("pk", "payment_reference", "mandate")
    return index_of_signs(chain(signs.iterator(20_000), _signs_of_arrangements()), accounts, _payers)


def _payers() -> dict[int, Payer]:
    names: dict[int, list[str]] = defaultdict(list)
    for tenancy, name in Tenant.objects.values_list("tenancy_id", "name"):
        names[tenancy].append(name)
    rows = Tenancy.objects.values_list(
        "pk", "payment_reference", "mandate", "rent", "standing__balance", "standing__current_rent",
        "home__street", "home__number", "home__addition",
    )  # fmt: skip
    return {
        pk: Payer(
            tenancy=pk,
            reference=reference,
            mandate=mandate,
            names=tuple(names.get(pk, ())),
            address=f"{street or ''} {number or ''} {addition or ''}",
            amounts=frozenset(amount for amount in (rent, balance, charged) if amount and amount > 0),
        )
        for pk, reference, mandate, rent, balance, charged, street, number, addition in rows.iterator(20_000)
    }


def _signs_of_arrangements() -> Iterator[tuple[int, str, str]]:
    """Tenancy, reference, mandate of every payment arrangement, also of those that are over."""
    for tenancy, reference in Arrangement.objects.values_list("tenancy_id", "reference"):
        yield tenancy, reference, ""
    for tenancy, mandate in Mandate.objects.values_list("arrangement__tenancy_id", "reference"):
        yield tenancy, "", mandate
