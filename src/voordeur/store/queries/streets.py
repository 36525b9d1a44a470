"""Where the streets of a neighbourhood lie, drawn from the homes: for a map that needs nobody else's tiles."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from voordeur.core.planning import Spot
from voordeur.store.models import Home


@dataclass(frozen=True, slots=True)
class Street:
    """A street as a straight line between its two outermost homes."""

    name: str
    one: Spot
    other: Spot


def streets(places: Sequence[str]) -> tuple[Street, ...]:
    """The streets of these neighbourhoods, as far as the homes have coordinates. One query."""
    rows = Home.objects.filter(
        neighbourhood__name__in=places, latitude__isnull=False, longitude__isnull=False
    ).exclude(street="")  # fmt: skip
    found: dict[str, list[Spot]] = defaultdict(list)
    for street, latitude, longitude in rows.order_by("street", "pk").values_list(
        "street", "latitude", "longitude"
    ):
        if latitude is not None and longitude is not None:
            found[street].append(Spot(latitude, longitude))
    return tuple(Street(name, *_outermost(spots)) for name, spots in found.items())


def _outermost(spots: Sequence[Spot]) -> tuple[Spot, Spot]:
    one = max(spots, key=lambda spot: _far(spots[0], spot))
    return one, max(spots, key=lambda spot: _far(one, spot))


def _far(one: Spot, other: Spot) -> float:
    """Good enough to tell which is farther, at Dutch latitudes."""
    return (one.latitude - other.latitude) ** 2 + (0.61 * (one.longitude - other.longitude)) ** 2
