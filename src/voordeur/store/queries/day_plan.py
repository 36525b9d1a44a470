"""The doors of one colleague on one day, in the order of the plan."""

from dataclasses import dataclass
from datetime import date

from voordeur.core.words import Words
from voordeur.store.models import PlanStop, User
from voordeur.store.queries.reach import own_neighbourhoods


@dataclass(frozen=True, slots=True)
class DayStop:
    """One door of a day."""

    tenancy_id: int
    order: int
    """1, 2, 3, ..."""
    start: int | None
    """Minutes after midnight; None when no moment is known."""
    fixed: bool
    """Agreed with the household, or pinned by the colleague."""
    two_persons: bool
    why: Words


def day_stops(user_id: int, day: date) -> tuple[DayStop, ...]:
    """What `user_id` still has to do on `day`, in order. What was done, paid or dropped is not in it. Four queries.

    Nor what this colleague may no longer see on that day: a neighbourhood of somebody who is back.
    """
    user = User.objects.filter(pk=user_id).first()
    places = own_neighbourhoods(user, day) if user is not None else ()
    rows = PlanStop.objects.filter(
        plan__user=user_id, plan__day=day, state=PlanStop.State.PLANNED, tenancy__neighbourhood__in=places
    )
    return tuple(
        DayStop(
            tenancy_id=row.tenancy_id,
            order=place,
            start=row.start,
            fixed=row.pinned or row.appointment,
            two_persons=row.companion_id is not None,
            why=Words(row.why_nl, row.why_en),
        )
        for place, row in enumerate(rows.order_by("start", "place"), 1)
    )
