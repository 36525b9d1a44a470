"""Whose files somebody may see today: the own neighbourhoods, and those of a colleague they stand in for."""

from datetime import date

from django.db.models import Q, QuerySet

from voordeur.core.access import Role, may_see_file
from voordeur.store.models import Cover, Neighbourhood, Proposal, Tenancy, User


def own_neighbourhoods(user: User, today: date) -> frozenset[int]:
    """Ids of the neighbourhoods that `user` looks after on `today`, cover included. One query."""
    return frozenset(_looked_after(user, today).values_list("pk", flat=True))


def named_neighbourhoods(user: User, today: date) -> list[tuple[int, str]]:
    """The same with their names, by name. One query."""
    return list(_looked_after(user, today).order_by("name").values_list("pk", "name"))


def _looked_after(user: User, today: date) -> QuerySet[Neighbourhood]:
    away = Cover.objects.filter(cover=user, first__lte=today, last__gte=today).values("absent")
    return Neighbourhood.objects.filter(Q(managers=user) | Q(managers__in=away)).distinct()


def sees(user: User, tenancy_id: int, today: date) -> bool:
    """May `user` open the file on this tenancy? False too for a tenancy that does not exist."""
    found = Tenancy.objects.filter(pk=tenancy_id).values_list("neighbourhood_id", flat=True)
    role = Role(user.role)
    own = own_neighbourhoods(user, today) if role is Role.NEIGHBOURHOOD_MANAGER else frozenset[int]()
    waits = role is Role.MANAGER and waits_for_second(tenancy_id, user)
    return any(may_see_file(role, own, place, waits) for place in found)


def waits_for_second(tenancy_id: int, user: User) -> bool:
    """True when a decision on this tenancy waits for somebody else than the one who proposed it."""
    waiting = Proposal.objects.filter(case__tenancy=tenancy_id, case__closed_on=None, decided=None)
    return waiting.exclude(by=user).exists()
