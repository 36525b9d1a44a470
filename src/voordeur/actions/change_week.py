"""What can be done to one stop of the own week, by the name of its key."""

from collections.abc import Callable, Mapping
from datetime import date

from django.db import transaction

from voordeur.actions import move_stop
from voordeur.actions.guard import NOT_FOUND
from voordeur.actions.pair_visit import go_with_two
from voordeur.actions.plan_day import plan_week
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.models import PlanStop, User
from voordeur.store.working_hours import monday_of

Deed = Callable[[User, int, date, str], int]
"""Who, which stop, today, the day that was chosen; the stop as it is now, 0 when it is no longer there."""


def _earlier(user: User, stop: int, today: date, day: str) -> int:
    return move_stop.move_stop(user, stop, today, -1).pk


def _later(user: User, stop: int, today: date, day: str) -> int:
    return move_stop.move_stop(user, stop, today, 1).pk


def _pin(user: User, stop: int, today: date, day: str) -> int:
    return move_stop.pin_stop(user, stop, today, pinned=True).pk


def _unpin(user: User, stop: int, today: date, day: str) -> int:
    return move_stop.pin_stop(user, stop, today, pinned=False).pk


def _drop(user: User, stop: int, today: date, day: str) -> int:
    move_stop.drop_stop(user, stop, today)
    return 0


def _day(user: User, stop: int, today: date, day: str) -> int:
    try:
        chosen = date.fromisoformat(day)
    except ValueError:
        raise Refused(_NO_DAY) from None
    return move_stop.move_to_day(user, stop, today, chosen).pk


def _together(user: User, stop: int, today: date, day: str) -> int:
    return _pair(user, stop, today, two=True)


def _alone(user: User, stop: int, today: date, day: str) -> int:
    return _pair(user, stop, today, two=False)


@transaction.atomic
def _pair(user: User, stop: int, today: date, *, two: bool) -> int:
    """With two or alone from now on; the week is planned anew, as the hours of a colleague count now."""
    row = PlanStop.objects.filter(pk=stop, plan__user=user, state=PlanStop.State.PLANNED).first()
    if row is None:
        raise Refused(NOT_FOUND)
    monday = monday_of(row.plan.day)
    go_with_two(user, row.tenancy_id, today, two=two)
    PlanStop.objects.filter(pk=row.pk).update(pinned=False, companion=None)
    plan_week(user, monday, today)
    found = PlanStop.objects.filter(plan__user=user, plan__day__gte=monday, tenancy=row.tenancy_id)
    return found.order_by("plan__day").values_list("pk", flat=True).first() or 0


_NO_DAY = Problem(
    "no-such-day",
    Words("Deze dag bestaat niet.", "That day does not exist."),
    Words("Kies een dag uit de lijst.", "Choose a day from the list."),
    column="dag",
)
DEEDS: Mapping[str, Deed] = {
    "eerder": _earlier,
    "later": _later,
    "vast": _pin,
    "los": _unpin,
    "weg": _drop,
    "dag": _day,
    "samen": _together,
    "alleen": _alone,
}
"""By the word in the address of the page."""
