"""The team: who has how much work, who is away and who stands in."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from voordeur.core.access import Role
from voordeur.core.case_terms import TermKind
from voordeur.core.case_words import DEED_WORDS
from voordeur.core.cases import EventKind
from voordeur.core.words import Words
from voordeur.store.models import Case, Cover, Proposal, Standing, User
from voordeur.store.queries.worklist import CONTACTS, VISITS, running


@dataclass(frozen=True, slots=True)
class Load:
    """What one member of staff has on the plate, against what fits."""

    id: int
    name: str
    role: str
    places: str
    doors: int
    """Visits that wait in the own neighbourhoods."""
    calls: int
    room: int
    """Visits that fit in a week."""
    cases: int
    """Open cases somebody looks after by name."""
    due: int
    """Days in those cases that fall in the coming week, or passed without what had to be done."""
    planned: int
    """Contacts planned for the coming week."""
    away: tuple[date, date] | None
    stand_in: str
    cover: int | None


def team_load(today: date) -> tuple[Load, ...]:
    """Neighbourhood managers and consultants with their work and who stands in for them. Six queries."""
    people = (
        User.objects.filter(is_active=True, role__in=(Role.NEIGHBOURHOOD_MANAGER, Role.CONSULTANT))
        .prefetch_related("neighbourhoods")
        .annotate(
            owned=Count("cases", filter=Q(cases__closed_on=None), distinct=True),
            due=Count("cases__terms", filter=_due(today), distinct=True),
            coming=Count(
                "planned",
                filter=Q(
                    planned__done=None, planned__dropped=None, planned__day__lte=today + timedelta(days=7)
                ),
                distinct=True,
            ),
        )
        .order_by("role", "first_name", "username")
    )
    covers = {
        row.absent_id: row
        for row in Cover.objects.filter(last__gte=today).select_related("cover").order_by("-first")
    }
    waiting = _waiting_work(today)
    return tuple(_load(person, covers.get(person.pk), waiting) for person in people)


def cases_without_owner() -> int:
    """Open cases that nobody looks after by name."""
    return Case.objects.filter(closed_on=None, owner=None).count()


def _due(today: date) -> Q:
    week = Q(cases__terms__day__lte=today + timedelta(days=7))
    still = Q(cases__terms__kind__in=(TermKind.DEADLINE, "hold")) | Q(cases__terms__day__gte=today)
    return Q(cases__closed_on=None) & week & still & ~Q(cases__terms__kind="promise")


def _waiting_work(today: date) -> dict[int | None, tuple[int, int]]:
    rows = (
        Standing.objects.filter(running(today), action__in=(*VISITS, *CONTACTS))
        .order_by()
        .values_list("neighbourhood_id")
        .annotate(
            doors=Count("pk", filter=Q(action__in=VISITS)), calls=Count("pk", filter=Q(action__in=CONTACTS))
        )
    )
    return {place: (doors, calls) for place, doors, calls in rows}


def _load(person: Any, cover: Cover | None, waiting: dict[int | None, tuple[int, int]]) -> Load:
    places = list(person.neighbourhoods.all())
    work = [waiting.get(place.pk, (0, 0)) for place in places]
    return Load(
        id=person.pk,
        name=str(person),
        role=person.role,
        places=", ".join(place.name for place in places),
        doors=sum(doors for doors, _calls in work),
        calls=sum(calls for _doors, calls in work),
        room=person.weekly_visits if person.role == Role.NEIGHBOURHOOD_MANAGER else 0,
        cases=person.owned,
        due=person.due,
        planned=person.coming,
        away=(cover.first, cover.last) if cover else None,
        stand_in=str(cover.cover) if cover else "",
        cover=cover.pk if cover else None,
    )


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """A decision that waits for somebody else than who proposed it."""

    tenancy: int
    address: str
    number: str
    title: Words
    """What is proposed."""
    by: str
    made: datetime


def waiting_for_second(user: User) -> tuple[SecondOpinion, ...]:
    """Decisions that wait and that `user` did not propose, oldest first."""
    return opinions(Proposal.objects.filter(decided=None, case__closed_on=None).exclude(by=user))


def opinions(found: QuerySet[Proposal]) -> tuple[SecondOpinion, ...]:
    """These proposals, oldest first, with what is proposed in words. One query."""
    rows = found.select_related("case__tenancy__home", "by").order_by("made")
    return tuple(
        SecondOpinion(
            tenancy=row.case.tenancy_id,
            address=row.case.tenancy.home.address if row.case.tenancy.home else row.case.tenancy.key,
            number=row.case.number,
            title=DEED_WORDS[EventKind(row.details["kind"])].do,
            by=str(row.by),
            made=row.made,
        )
        for row in rows
    )
