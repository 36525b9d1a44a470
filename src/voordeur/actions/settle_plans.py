"""What became of planned visits: done when somebody was there, off the list when money came or the advice changed.

Comes after every change of a standing: a payment that was booked, a contact, a wish, a night. Nobody walks to a door
that has paid.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import F, Q, QuerySet

from voordeur.actions.audit import write_line
from voordeur.core.contacts import Channel, Objection, Wish, blocked, day_part
from voordeur.store.convert_diary import wishes_of
from voordeur.store.models import Contact, DayPlan, PlannedContact, PlanStop, Standing, WaitingDoor
from voordeur.store.queries.worklist import VISITS
from voordeur.store.working_hours import monday_of

BACK_DAYS = 31
"""A visit may be written down so long after it was made (`record_contact.BACK_DAYS`)."""
AT_ONCE = 500
_State = PlanStop.State
Row = TypeVar("Row", PlanStop, WaitingDoor)


@dataclass(frozen=True, slots=True)
class _Now:
    """What counts for a stop today."""

    action: str
    overdue: int


@transaction.atomic
def settle_plans(tenancies: Iterable[int] | None, today: date) -> int:
    """Bring the stops of these households (None: of all) up to date; how many left the list. Safe to repeat."""
    planned = PlanStop.objects.filter(
        state=_State.PLANNED, plan__day__gte=today - timedelta(days=BACK_DAYS)
    ).select_related("plan")
    keys = None if tenancies is None else set(tenancies)
    rows = _of(planned, keys)
    found = {row.pk: state for row, state in _states(rows, today).items()}
    for state in (_State.DONE, _State.PAID, _State.GONE):
        some = [pk for pk, one in found.items() if one is state]
        PlanStop.objects.filter(pk__in=some).update(state=state)
    off = [row for row in rows if found.get(row.pk) in (_State.PAID, _State.GONE)]
    for row in off:
        DayPlan.objects.filter(pk=row.plan_id, needed__gte=row.minutes).update(
            needed=F("needed") - row.minutes
        )
    _forget_waiting(keys, today)
    if off:
        paid = sum(found[row.pk] is _State.PAID for row in off)
        write_line(None, "settle_plans", data={"paid": paid, "gone": len(off) - paid})
    return len(off)


def _states(rows: Sequence[PlanStop], today: date) -> dict[PlanStop, PlanStop.State]:
    """The new state of those stops that have one."""
    if not rows:
        return {}
    keys = sorted({row.tenancy_id for row in rows})
    standings = {
        pk: _Now(action, overdue)
        for pk, action, overdue in Standing.objects.filter(pk__in=keys).values_list("pk", "action", "overdue")
    }
    visits = set(
        Contact.objects.filter(tenancy__in=keys, channel=Channel.VISIT, incoming=False).values_list(
            "tenancy", "day"
        )
    )
    agreed = set(
        PlannedContact.objects.filter(tenancy__in=keys, channel=Channel.VISIT, done=None, dropped=None)
        .values_list("tenancy", "day")
    )  # fmt: skip
    wishes = wishes_of(keys, today)
    found = {}
    for row in rows:
        where = (row.tenancy_id, row.plan.day)
        if where in visits:
            found[row] = _State.DONE
        elif row.plan.day >= today:
            state = _to_come(row, standings.get(row.tenancy_id), wishes.get(row.tenancy_id), where in agreed)
            if state is not None:
                found[row] = state
    return found


def _to_come(row: PlanStop, now: _Now | None, wish: Wish | None, agreed: bool) -> PlanStop.State | None:
    """The new state of a stop that is still to come; None when it stands."""
    if row.appointment:
        objects = wish is not None and wish.objection in set(Objection)
        return None if agreed and not objects else _State.GONE
    if now is None or now.action not in VISITS:
        return _State.PAID if now is not None and now.overdue <= 0 else _State.GONE
    part = day_part(row.start // 60)
    return _State.GONE if blocked(wish, row.plan.day, Channel.VISIT, part) is not None else None


def _forget_waiting(keys: set[int] | None, today: date) -> None:
    """Who no longer asks for a visit does not wait for one."""
    asks = Q(tenancy__standing__action__in=VISITS)
    over = _of(WaitingDoor.objects.filter(~asks, week__gte=monday_of(today)), keys)
    WaitingDoor.objects.filter(pk__in=[row.pk for row in over]).delete()


def _of(rows: QuerySet[Row], keys: set[int] | None) -> list[Row]:
    """The rows of these households. An import touches thousands; that many do not go into a question."""
    if keys is not None and len(keys) <= AT_ONCE:
        return list(rows.filter(tenancy__in=keys))
    return [row for row in rows if keys is None or row.tenancy_id in keys]
