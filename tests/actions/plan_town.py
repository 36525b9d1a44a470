"""A neighbourhood in which some doors ask for a visit, two colleagues with hours, and their manager."""

from dataclasses import dataclass
from datetime import date, timedelta

from tests.actions.town import TODAY, SmallTown, small_town
from voordeur.core.access import Role
from voordeur.store.models import (
    DayPlan,
    Home,
    Neighbourhood,
    PlanStop,
    Standing,
    Tenancy,
    User,
    WaitingDoor,
    Workday,
)

MONDAY = TODAY
HOUSES = 12


@dataclass(frozen=True)
class PlanTown:
    """What the tests need to name."""

    small: SmallTown
    manager: User
    """Looks after the Molenkwartier: hours on Monday, Tuesday (with a break) and Thursday evening."""
    colleague: User
    """Looks after the Havenkant: hours on Tuesday."""
    chief: User
    doors: tuple[Tenancy, ...]
    """Ask for a visit in the Molenkwartier, the most urgent first."""


def plan_town(houses: int = HOUSES) -> PlanTown:
    """Build it in the test database."""
    small = small_town()
    colleague = User.objects.create(username="ruben", first_name="Ruben", role=Role.NEIGHBOURHOOD_MANAGER)
    colleague.neighbourhoods.set([small.havenkant])
    chief = User.objects.create(username="ines", role=Role.MANAGER)
    hours(small.manager, 0, 780, 960)
    hours(small.manager, 1, 540, 780, pause=(660, 690))
    hours(small.manager, 3, 1_080, 1_200)
    hours(colleague, 1, 540, 780)
    doors = tuple(door(small.molenkwartier, at, urgency=houses - at) for at in range(houses))
    Workday.objects.filter(user=small.manager).update(start_home=doors[0].home)
    return PlanTown(small, small.manager, colleague, chief, doors)


def hours(user: User, weekday: int, first: int, last: int, pause: tuple[int, int] | None = None) -> Workday:
    """A day with hours for visits, by bicycle."""
    return Workday.objects.create(
        user=user, weekday=weekday, first=first, last=last, mode="bicycle",
        break_first=pause[0] if pause else None, break_last=pause[1] if pause else None,
    )  # fmt: skip


def door(place: Neighbourhood, at: int, *, urgency: int = 1, action: str = "visit") -> Tenancy:
    """A household that asks for a visit; a street further for every next one."""
    home = Home.objects.create(
        key=f"p{place.pk}-{at}", neighbourhood=place, street="Weverslaan", number=100 + at,
        latitude=52.5 + at % 15 * 0.0007, longitude=5.3 + (at % 3) * 0.001,
    )  # fmt: skip
    tenancy = Tenancy.objects.create(key=f"p{place.pk}-{at}", home=home, neighbourhood=place, rent=600_00)
    Standing.objects.create(
        tenancy=tenancy, neighbourhood=place, on=TODAY, action=action, overdue=600_00, days_overdue=20,
        urgency=1_000 * 10**13 + urgency * 10**9, buckets=[600_00, 0, 0, 0],
        reason_nl="De huur is niet binnen.", reason_en="No rent.",
    )  # fmt: skip
    return tenancy


def planned(user: User) -> dict[int, tuple[date, int]]:
    """Tenancy -> day and minute of what is still to come."""
    rows = PlanStop.objects.filter(plan__user=user, state=PlanStop.State.PLANNED).select_related("plan")
    return {row.tenancy_id: (row.plan.day, row.start) for row in rows.order_by("plan__day", "start")}


def waiting(user: User) -> dict[int, str]:
    """Tenancy -> code of what waits."""
    return dict(WaitingDoor.objects.filter(user=user).order_by("place").values_list("tenancy_id", "code"))


def stop_of(user: User, tenancy: Tenancy) -> PlanStop:
    """The stop of a household, whatever became of it."""
    return PlanStop.objects.select_related("plan").get(plan__user=user, tenancy=tenancy)


def violations(user: User) -> list[str]:
    """Hours that are exceeded, visits that overlap, visits outside the hours."""
    found = []
    rows = {row.weekday: row for row in Workday.objects.filter(user=user)}
    for plan in DayPlan.objects.filter(user=user):
        hours_of_day, free = rows[plan.day.weekday()], 0
        if plan.needed > plan.room:
            found.append(f"{plan.day}: {plan.needed} of {plan.room}")
        for stop in plan.stops.filter(state=PlanStop.State.PLANNED).order_by("start"):
            end = stop.start + stop.minutes
            pause = (hours_of_day.break_first or 0, hours_of_day.break_last or 0)
            if stop.start < free or stop.start < hours_of_day.first or end > hours_of_day.last:
                found.append(f"{plan.day}: {stop.start} overlaps or lies outside the hours")
            if stop.start < pause[1] and pause[0] < end:
                found.append(f"{plan.day}: {stop.start} lies in the break")
            free = end
    return found


def day(number: int) -> date:
    """A day of the week of the tests; 0 is its Monday."""
    return MONDAY + timedelta(days=number)
