"""Who works here, and where. For the administrator."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.models import Neighbourhood, User


@dataclass(frozen=True, slots=True)
class Member:
    """One colleague."""

    id: int
    username: str
    first_name: str
    last_name: str
    role: str
    neighbourhoods: tuple[int, ...]
    neighbourhood_names: tuple[str, ...]
    weekly_visits: int
    active: bool

    @property
    def name(self) -> str:
        """Full name, or the user name."""
        return f"{self.first_name} {self.last_name}".strip() or self.username


@dataclass(frozen=True, slots=True)
class NeighbourhoodName:
    """One neighbourhood, to choose from."""

    id: int
    name: str


def staff_names(ids: Iterable[int]) -> dict[str, str]:
    """Names by the number of the account, written as a case writes it. One query, none for nobody."""
    wanted = set(ids)
    rows = User.objects.filter(pk__in=wanted) if wanted else ()
    return {str(one.pk): str(one) for one in rows}


def members() -> tuple[Member, ...]:
    """Everybody with an account: active first, by role and name."""
    rows = User.objects.prefetch_related("neighbourhoods").order_by(
        "-is_active", "role", "first_name", "username"
    )
    return tuple(_member(row) for row in rows)


def member(member_id: int) -> Member | None:
    """One colleague."""
    row = User.objects.prefetch_related("neighbourhoods").filter(pk=member_id).first()
    return _member(row) if row else None


def neighbourhoods() -> tuple[NeighbourhoodName, ...]:
    """All neighbourhoods by name."""
    return tuple(
        NeighbourhoodName(*row) for row in Neighbourhood.objects.order_by("name").values_list("pk", "name")
    )


def neighbourhood_ids(names: Sequence[str]) -> list[int]:
    """The numbers of neighbourhoods by name, capitals aside. Refused for a name that no neighbourhood has."""
    known = {place.name.casefold(): place.id for place in neighbourhoods()}
    unknown = [name for name in names if name.casefold() not in known]
    if unknown:
        raise Refused([_unknown(name) for name in unknown])
    return [known[name.casefold()] for name in names]


def _unknown(name: str) -> Problem:
    return Problem(
        code="unknown-neighbourhood",
        message=Words("Deze wijk kennen we niet.", "There is no neighbourhood of this name."),
        cure=Words("Kijk hoe de wijk in Voordeur heet.", "See how Voordeur spells it."),
        value=name[:80],
    )


def _member(row: User) -> Member:
    own = sorted(row.neighbourhoods.all(), key=lambda place: place.name)
    return Member(
        id=row.pk,
        username=row.username,
        first_name=row.first_name,
        last_name=row.last_name,
        role=row.role,
        neighbourhoods=tuple(place.pk for place in own),
        neighbourhood_names=tuple(place.name for place in own),
        weekly_visits=row.weekly_visits,
        active=row.is_active,
    )
