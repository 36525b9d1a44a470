"""The weeks of the whole team in numbers: hours there are against hours needed. No addresses, no households."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from voordeur.adapters.plan_rules import load_plan_rules
from voordeur.adapters.rules import load_calendar
from voordeur.core.access import Role
from voordeur.store import working_hours
from voordeur.store.models import Cover, DayPlan, PlanStop, User, WaitingDoor, Workday
from voordeur.store.queries.week_plan import WEEK, days_of

_State = PlanStop.State


@dataclass(frozen=True, slots=True)
class TeamDay:
    """One day of one colleague in numbers."""

    day: date
    room: int
    needed: int
    stops: int
    away: bool


@dataclass(frozen=True, slots=True)
class TeamWeek:
    """The week of one colleague in numbers: no addresses."""

    id: int
    name: str
    places: str
    days: tuple[TeamDay, ...]
    stops: int
    done: int
    waiting: int
    room: int
    needed: int
    stand_in: str


def team_week(monday: date) -> tuple[TeamWeek, ...]:
    """Hours there are against hours needed, for everybody who makes visits; who has no hours yet included."""
    people = (
        User.objects.filter(is_active=True, role=Role.NEIGHBOURHOOD_MANAGER)
        .prefetch_related("neighbourhoods")
        .order_by("pk")
    )
    plans: dict[tuple[int, date], DayPlan] = {
        (row.user_id, row.day): row for row in days_of([one.pk for one in people], monday)
    }
    until = monday + timedelta(days=WEEK)
    stops: dict[tuple[int, date, str], int] = defaultdict(int)
    for who, day, state in PlanStop.objects.filter(plan__day__gte=monday, plan__day__lt=until).values_list(
        "plan__user", "plan__day", "state"
    ):
        stops[who, day, state] += 1
    waiting: dict[int, int] = defaultdict(int)
    for who in WaitingDoor.objects.filter(week=monday).values_list("user", flat=True):
        waiting[who] += 1
    return tuple(
        _team_line(user, monday, plans, stops, waiting[user.pk], _hours(user, monday)) for user in people
    )


def _hours(user: User, monday: date) -> dict[int, int]:
    """Minutes per day of the week."""
    found: dict[int, int] = defaultdict(int)
    for one in working_hours.shifts_of(user, monday, load_plan_rules(), load_calendar().terms):
        found[one.day] += one.last - one.first
    return found


def _team_line(
    user: User, monday: date, plans: dict[tuple[int, date], DayPlan], stops: dict[tuple[int, date, str], int],
    waiting: int, hours: dict[int, int],
) -> TeamWeek:  # fmt: skip
    covers = Cover.objects.filter(absent=user, last__gte=monday, first__lt=monday + timedelta(days=WEEK))
    cover = covers.select_related("cover").order_by("first").first()
    days = []
    for at in range(WEEK):
        day = monday + timedelta(days=at)
        plan = plans.get((user.pk, day))
        days.append(
            TeamDay(
                day, hours[at], plan.needed if plan else 0,
                stops[user.pk, day, _State.PLANNED] + stops[user.pk, day, _State.DONE],
                cover is not None and cover.first <= day <= cover.last,
            )
        )  # fmt: skip
    done = sum(stops[user.pk, one.day, _State.DONE] for one in days)
    return TeamWeek(
        id=user.pk, name=str(user), places=", ".join(one.name for one in user.neighbourhoods.all()), days=tuple(days),
        stops=sum(one.stops for one in days), done=done, waiting=waiting, room=sum(one.room for one in days),
        needed=sum(one.needed for one in days), stand_in=str(cover.cover) if cover else "",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class HoursLine:
    """The hours of one weekday, as the form shows them; minutes after midnight."""

    weekday: int
    first: int
    last: int
    break_first: int | None
    break_last: int | None
    mode: str


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody makes visits, and from where."""

    id: int
    name: str
    lines: tuple[HoursLine, ...]
    start: str
    """The address one starts from; empty: the middle of the own neighbourhoods."""


def working_hours_of(user_id: int) -> Hours | None:
    """The hours of a colleague who makes visits; None for anybody else."""
    user = User.objects.filter(pk=user_id, is_active=True, role=Role.NEIGHBOURHOOD_MANAGER).first()
    if user is None:
        return None
    rows = list(Workday.objects.filter(user=user).select_related("start_home").order_by("weekday"))
    start = next((row.start_home.address for row in rows if row.start_home), "")
    return Hours(
        user.pk, str(user),
        tuple(HoursLine(r.weekday, r.first, r.last, r.break_first, r.break_last, r.mode) for r in rows), start,
    )  # fmt: skip
