"""The hours of the made-up colleagues, somebody who is away, a door for two, and the week that follows from it."""

from datetime import date, timedelta

from voordeur.actions.plan_day import plan_team
from voordeur.core.access import Role
from voordeur.core.contacts import Channel, DayPart
from voordeur.core.planning import Mode
from voordeur.store.models import Cover, PairVisit, PlannedContact, Standing, User, Workday
from voordeur.store.queries.worklist import VISITS
from voordeur.store.working_hours import week_ahead

_MORNING, _LONG, _AFTERNOON, _EVENING = (570, 690), (570, 870), (780, 900), (990, 1_155)
_WEEKS = (
    {0: _AFTERNOON, 1: _LONG, 3: _EVENING, 4: _MORNING},
    {0: _MORNING, 2: _LONG, 3: _EVENING},
    {1: _AFTERNOON, 2: _MORNING, 3: _LONG, 4: _MORNING},
)
"""Weekday -> hours for visits in minutes after midnight; the colleagues take turns."""
_BREAK = (735, 765)
_MODES = (Mode.BICYCLE, Mode.FOOT, Mode.BICYCLE, Mode.CAR)
_AWAY, _STANDS_IN = "kees", "marit"


def make_week(today: date) -> int:
    """Give everybody hours, let one be away at the end of the week, and plan; how many weeks were planned."""
    people = list(User.objects.filter(role=Role.NEIGHBOURHOOD_MANAGER).order_by("pk"))
    Workday.objects.bulk_create(
        _workday(user, weekday, first, last, _MODES[at % len(_MODES)])
        for at, user in enumerate(people)
        for weekday, (first, last) in _WEEKS[at % len(_WEEKS)].items()
    )
    by_name = {user.username: user for user in people}
    if _AWAY in by_name and _STANDS_IN in by_name:
        friday = week_ahead(today) + timedelta(days=4)
        Cover.objects.create(absent=by_name[_AWAY], cover=by_name[_STANDS_IN], first=friday, last=friday)
    for user in people:
        _agree(user, today)
    return plan_team(today)


def _workday(user: User, weekday: int, first: int, last: int, mode: Mode) -> Workday:
    whole = first < _BREAK[0] and _BREAK[1] < last
    pause = _BREAK if whole else (None, None)
    return Workday(
        user=user,
        weekday=weekday,
        first=first,
        last=last,
        break_first=pause[0],
        break_last=pause[1],
        mode=mode,
    )


def _agree(user: User, today: date) -> None:
    """One appointment and one door for two per neighbourhood, further down the list."""
    asking = Standing.objects.filter(neighbourhood__managers=user, action__in=VISITS).order_by(
        "-urgency", "pk"
    )
    keys = list(asking.values_list("pk", flat=True)[:6])
    if len(keys) < 6:
        return
    PairVisit.objects.create(tenancy_id=keys[2], since=today, until=today + timedelta(days=120), by=user)
    days = Workday.objects.filter(user=user).order_by("weekday")
    monday = week_ahead(today)
    coming = [
        monday + timedelta(days=row.weekday) for row in days if monday + timedelta(days=row.weekday) >= today
    ]
    if coming:
        row = days[len(days) - len(coming) + len(coming) // 2]
        day = monday + timedelta(days=row.weekday)
        part = DayPart.MORNING if row.first < 720 else DayPart.AFTERNOON
        at = row.first + 60
        PlannedContact.objects.create(
            tenancy_id=keys[4],
            channel=Channel.VISIT,
            day=day,
            part=part,
            at=at,
            who=user,
            by=user,
            set_on=today,
        )
