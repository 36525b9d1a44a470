"""Search by address or name, within what the reader may see."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from voordeur.store.models import Tenancy

MOST_FOUND = 25
_ADDRESS = re.compile(r"(?P<street>.*?[^\d\s])\s+(?P<number>\d{1,6})\s*-?\s*(?P<addition>[\w/-]{0,6})")


@dataclass(frozen=True, slots=True)
class Found:
    """One tenancy that fits. The name stands here only when the search was for that name."""

    tenancy: int
    address: str
    place: str
    neighbourhood: str
    name: str
    ended: bool


def find(text: str, neighbourhoods: Collection[int] | None, most: int = MOST_FOUND) -> tuple[Found, ...]:
    """Tenancies whose address, agreement number or tenant's name fits; None: in all neighbourhoods.

    Fewer than two characters find nothing. At most `most + 1` answers: one more than fits says that there are more.
    """
    wanted = " ".join(text.replace("\0", " ").split())
    if len(wanted) < 2:
        return ()
    found = Tenancy.objects.filter(_fits(wanted))
    if neighbourhoods is not None:
        found = found.filter(neighbourhood__in=neighbourhoods)
    rows = (
        found.select_related("home", "neighbourhood")
        .prefetch_related("tenants")
        .order_by("home__street", "home__number", "home__addition", "-start", "pk")
        .distinct()[: most + 1]
    )
    return tuple(_found(row, wanted) for row in rows)


def _fits(wanted: str) -> Q:
    address = _ADDRESS.fullmatch(wanted)
    fits = Q(key__iexact=wanted) | Q(tenants__name__icontains=wanted)
    if address:
        here = Q(home__street__istartswith=address["street"], home__number=int(address["number"]))
        return fits | (here & Q(home__addition__istartswith=address["addition"]))
    postcode = wanted.replace(" ", "").upper()
    if re.fullmatch(r"\d{4}[A-Z]{2}", postcode):
        return fits | Q(home__postcode__in=(postcode, f"{postcode[:4]} {postcode[4:]}"))
    return fits | Q(home__street__istartswith=wanted)


def _found(row: Tenancy, wanted: str) -> Found:
    names = [person.name for person in row.tenants.all() if wanted.casefold() in person.name.casefold()]
    return Found(
        tenancy=row.pk,
        address=row.home.address if row.home else row.key,
        place=f"{row.home.postcode} {row.home.town}".strip() if row.home else "",
        neighbourhood=row.neighbourhood.name if row.neighbourhood else "",
        name=", ".join(names),
        ended=row.end is not None,
    )
