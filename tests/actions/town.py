"""A few made-up households for the tests of actions: three homes in two neighbourhoods, one street each."""

from dataclasses import dataclass
from datetime import date
from itertools import count

from voordeur.core.access import Role
from voordeur.store.models import Entry, Home, KnownPayer, Neighbourhood, Tenancy, Tenant, User

TODAY = date(2026, 11, 23)
_number = count(1)


@dataclass(frozen=True)
class SmallTown:
    """What the tests need to name."""

    molenkwartier: Neighbourhood
    havenkant: Neighbourhood
    manager: User
    consultant: User
    administrator: User
    veldhuizer: Tenancy
    de_wit: Tenancy
    oudshoven: Tenancy


def small_town() -> SmallTown:
    """Build it in the test database."""
    molenkwartier = Neighbourhood.objects.create(name="Molenkwartier")
    havenkant = Neighbourhood.objects.create(name="Havenkant")
    manager = User.objects.create(username="marit", role=Role.NEIGHBOURHOOD_MANAGER)
    manager.neighbourhoods.set([molenkwartier])
    return SmallTown(
        molenkwartier,
        havenkant,
        manager,
        User.objects.create(username="tarek", role=Role.CONSULTANT),
        User.objects.create(username="beheer", role=Role.ADMINISTRATOR),
        _tenancy("104417", molenkwartier, "Molenstraat", 14, "B. Veldhuizer", 655_15, "5000056789012345"),
        _tenancy("104418", molenkwartier, "Kade", 9, "J. de Wit", 598_00, mandate="M-104418"),
        _tenancy("104419", havenkant, "Lindelaan", 6, "P. Oudshoven", 598_00, iban="NL86INGB0002445588"),
    )


def _tenancy(
    key: str, place: Neighbourhood, street: str, number: int, name: str, rent: int, reference: str = "",
    *, mandate: str = "", iban: str = "",
) -> Tenancy:  # fmt: skip
    home = Home.objects.create(key=f"h{key}", neighbourhood=place, street=street, number=number)
    tenancy = Tenancy.objects.create(
        key=key, home=home, neighbourhood=place, start=date(2020, 1, 1), rent=rent,
        payment_reference=reference, mandate=mandate,
    )  # fmt: skip
    Tenant.objects.create(tenancy=tenancy, name=name)
    if iban:
        KnownPayer.objects.create(iban=iban, tenancy=tenancy)
    return tenancy


def entry(tenancy: Tenancy, day: date, kind: Entry.Kind, amount: int, **more: object) -> Entry:
    """One ledger row as an earlier import left it."""
    values: dict[str, object] = {
        "tenancy": tenancy, "date": day, "known": day, "kind": kind, "amount": amount,
        "source": Entry.Source.LEDGER, "key": f"test-{next(_number)}",
    }  # fmt: skip
    if kind == Entry.Kind.CHARGE:
        values["due"] = day
    return Entry.objects.create(**(values | more))


def rent_paid_until(tenancy: Tenancy, months: int, last: date, amount: int, *, paid_day: int = 2) -> None:
    """`months` of rent up to and including the month of `last`, each paid on `paid_day` of its month."""
    for back in range(months):
        month_number = last.year * 12 + last.month - 1 - back
        month = date(month_number // 12, month_number % 12 + 1, 1)
        entry(tenancy, month, Entry.Kind.CHARGE, amount)
        entry(tenancy, month.replace(day=paid_day), Entry.Kind.PAYMENT, amount)
