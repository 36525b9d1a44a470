"""Put a visit or a call on somebody's list for a day, or take it off again."""

from datetime import date, timedelta

from django.db import transaction

from voordeur.actions.audit import write_line
from voordeur.actions.follow import follow
from voordeur.actions.guard import NOT_FOUND
from voordeur.actions.move_stop import fit_appointment
from voordeur.actions.reach_tenancy import check_reach
from voordeur.core.access import Deed
from voordeur.core.contacts import Channel, ContactException, DayPart, blocked, day_part
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.convert_diary import wish_of
from voordeur.store.models import PlannedContact, User
from voordeur.store.queries.reach import sees

FARTHEST_DAYS = 60


@transaction.atomic
def plan_contact(
    user: User,
    tenancy_id: int,
    today: date,
    *,
    channel: Channel,
    day: date,
    who: int,
    part: DayPart | None = None,
    at: int | None = None,
    exception: ContactException | None = None,
) -> PlannedContact:
    """Plan a contact; what was planned through the same channel moves to this day. `at`: minutes after midnight, which
    also says in which part of the day.

    Refused when the tenant wishes otherwise and no lawful exception is named, on a day that has passed or lies far
    off, and for a colleague who may not see this household.
    """
    check_reach(user, Deed.PLAN_CONTACT, tenancy_id, today)
    _check_day(day, today)
    colleague = User.objects.filter(pk=who, is_active=True).first()
    if colleague is None or not sees(colleague, tenancy_id, day):
        raise Refused(NOT_FOUND)
    part = part if at is None else day_part(at // 60)
    refuse_against_wish(tenancy_id, day, channel, part, exception)
    PlannedContact.objects.filter(tenancy=tenancy_id, channel=channel, done=None, dropped=None).update(
        dropped=today
    )
    row = PlannedContact.objects.create(
        tenancy_id=tenancy_id,
        channel=channel,
        day=day,
        part=part or "",
        at=at,
        who=colleague,
        by=user,
        set_on=today,
    )
    write_line(
        user,
        "plan_contact",
        subject=f"tenancy:{tenancy_id}",
        data={"channel": channel, "exception": exception or ""},
    )
    follow([tenancy_id], today)
    if channel is Channel.VISIT:
        fit_appointment(colleague, tenancy_id, day, today)
    return row


@transaction.atomic
def drop_planned(user: User, planned_id: int, today: date) -> int:
    """Take a planned contact off the list; the tenancy it was for."""
    row = PlannedContact.objects.filter(pk=planned_id, done=None, dropped=None).first()
    if row is None:
        raise Refused(NOT_FOUND)
    check_reach(user, Deed.PLAN_CONTACT, row.tenancy_id, today)
    row.dropped = today
    row.save(update_fields=["dropped"])
    write_line(
        user, "drop_planned_contact", subject=f"tenancy:{row.tenancy_id}", data={"channel": row.channel}
    )
    follow([row.tenancy_id], today)
    return row.tenancy_id


def refuse_against_wish(
    tenancy_id: int, day: date, channel: Channel, part: DayPart | None, exception: ContactException | None
) -> None:
    """Refused when the wish of the tenant stands in the way of this contact."""
    against = blocked(wish_of(tenancy_id, day), day, channel, part, exception)
    if against is not None:
        raise Refused(
            Problem(
                "against-wish",
                against,
                Words("Kies een andere manier of dag, of de reden waarom de wet dit toch toelaat.",
                      "Choose another way or day, or the reason why the law allows it all the same."),
                column="exception",
            )
        )  # fmt: skip


def _check_day(day: date, today: date) -> None:
    if today <= day <= today + timedelta(days=FARTHEST_DAYS):
        return
    raise Refused(
        Problem(
            "day-not-to-plan",
            Words("Op deze dag kun je niets plannen.", "Nothing can be planned on that day."),
            Words(f"Kies een dag van vandaag tot over {FARTHEST_DAYS} dagen.",
                  f"Choose a day from today up to {FARTHEST_DAYS} days ahead."),
            column="day",
        )
    )  # fmt: skip
