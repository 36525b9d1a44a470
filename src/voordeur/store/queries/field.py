"""What a phone carries: the doors of somebody's day, what is needed there, and what was recorded about them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from voordeur.core.contacts import Channel
from voordeur.core.visit_card import VisitCard, read_visit
from voordeur.core.visits import EventState
from voordeur.core.words import Words
from voordeur.store.field_content import payload_of
from voordeur.store.models import DayPlan, FieldEvent, PlannedContact, Standing, Tenancy, User
from voordeur.store.queries.day_plan import day_stops
from voordeur.store.queries.reach import own_neighbourhoods
from voordeur.store.queries.worklist import VISITS, address_of, running

MOST_DOORS = 12
"""More doors are no day of one person."""


@dataclass(frozen=True, slots=True)
class DoorToday:
    """A door on somebody's day, in its order."""

    tenancy: int
    start: int | None = None
    """Minutes after midnight of an agreed time."""
    two_persons: bool = False
    why: Words | None = None


def doors_of_day(user: User, today: date) -> tuple[DoorToday, ...]:
    """The doors of this person today, in the order of the plan; where nothing was planned, those of the work list."""
    if not DayPlan.objects.filter(user=user, day=today).exists():
        return _listed_doors(user, today)
    stops = day_stops(user.pk, today)[:MOST_DOORS]
    return tuple(
        DoorToday(one.tenancy_id, one.start, one.two_persons, one.why if one.why.nl else None)
        for one in stops
    )


def _listed_doors(user: User, today: date) -> tuple[DoorToday, ...]:
    """What was agreed for today first, then whom the work list asks to visit, most urgent first."""
    planned = PlannedContact.objects.filter(channel=Channel.VISIT, done=None, dropped=None)
    mine = list(planned.filter(who=user, day=today).order_by("pk").values_list("tenancy_id", flat=True))
    own = own_neighbourhoods(user, today)
    listed = Standing.objects.filter(running(today), neighbourhood__in=own, action__in=VISITS)
    others = listed.exclude(tenancy__in=planned.values("tenancy")).order_by("-urgency", "tenancy_id")
    room = min(MOST_DOORS, user.weekly_visits)
    return tuple(DoorToday(pk) for pk in (*mine, *others.values_list("tenancy_id", flat=True)[:room]))[
        :MOST_DOORS
    ]


def visits_of_day(tenancy_id: int, day: date) -> list[tuple[FieldEvent, VisitCard]]:
    """The visits to one household on one day that count, oldest first."""
    rows = FieldEvent.objects.filter(tenancy=tenancy_id, day=day, kind="visit", state=EventState.TAKEN)
    read = [(row, read_visit(payload_of(row))) for row in rows.order_by("happened", "pk")]
    return [(row, card) for row, card in read if isinstance(card, VisitCard)]


def households(tenancies: Iterable[int]) -> dict[int, Tenancy]:
    """Tenancies with home, tenants and standing, by id. Two queries."""
    rows = Tenancy.objects.filter(pk__in=list(tenancies)).select_related("home", "standing", "neighbourhood")
    return {row.pk: row for row in rows.prefetch_related("tenants")}


def paid_doors(tenancies: Sequence[int], today: date) -> list[dict[str, Any]]:
    """Those of them whose money came in since yesterday: nobody rings there for money."""
    rows = Standing.objects.filter(
        pk__in=tenancies, paid_off_on__range=(today - timedelta(days=1), today), overdue__lte=0
    ).select_related("tenancy__home")
    return [{"tenancy": row.pk, "address": address_of(row)} for row in rows.order_by("pk")]


def gone_doors(tenancies: Sequence[int], today: date) -> list[int]:
    """Those of them that were on the phone, are not any more, and did not pay: planned away, or done by somebody."""
    paid = {one["tenancy"] for one in paid_doors(tenancies, today)}
    return [pk for pk in tenancies if pk not in paid]
