"""What the page of a week shows of it: the day that is open, the chosen door with its keys, the week as a finding."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils.safestring import mark_safe

from voordeur.actions.plan_day import FARTHEST_WEEKS
from voordeur.core.problems import Refused
from voordeur.store import queries
from voordeur.store.queries import WeekDay, WeekPlan, WeekStop
from voordeur.store.working_hours import monday_of, week_ahead
from voordeur.web.guard import NOT_YOURS
from voordeur.web.plan_map import drawn_map, places_for_script
from voordeur.web.templatetags.voordeur import said

_WORKING_DAYS = 5


@dataclass(frozen=True, slots=True)
class Column:
    """One day as it is drawn."""

    day: WeekDay
    shown: bool
    """The day whose map is open."""


def monday_asked(request: HttpRequest, today: date) -> date:
    """The week that was asked for, as any day of it in `van`; the one ahead when it is none that can be planned."""
    asked = request.POST.get("van") or request.GET.get("van") or ""
    try:
        monday = monday_of(date.fromisoformat(asked))
    except ValueError:
        return week_ahead(today)
    first = monday_of(today) - timedelta(weeks=FARTHEST_WEEKS)
    last = monday_of(today) + timedelta(weeks=FARTHEST_WEEKS)
    return monday if first <= monday <= last else week_ahead(today)


def context(week: WeekPlan, request: HttpRequest, today: date) -> dict[str, Any]:
    """Everything the template needs."""
    stop = _chosen(week, request.GET.get("stop", ""))
    shown = _shown(week, stop, request.GET.get("dag", ""), today)
    columns = _columns(week, shown)
    streets = queries.streets([*week.places, *_covered(shown)]) if shown and shown.stops else ()
    return {
        "week": week, "columns": columns, "shown": shown, "chosen": stop, "today": today,
        "over": week.monday + timedelta(days=7) <= today, "this_week": week.monday == monday_of(today),
        "before": week.monday - timedelta(days=7), "after": week.monday + timedelta(days=7),
        "asking": week.visits + len(week.waiting), "left": max(0, week.room - week.needed),
        "days": [one.day for one in week.days if one.room and not one.over],
        "map": drawn_map(shown, streets, stop.id if stop else 0) if shown else mark_safe(""),
        "widest": max(max(day.room, day.needed) for day in week.days),
        "tiles": settings.TILES, "tiles_by": settings.TILES_BY,
        "script_places": places_for_script(shown) if shown and settings.TILES else "",
        "navigation": _navigation(stop), "cover_notes": _covers(week),
    }  # fmt: skip


def _chosen(week: WeekPlan, asked: str) -> WeekStop | None:
    return next((stop for day in week.days for stop in day.stops if str(stop.id) == asked), None)


def _shown(week: WeekPlan, stop: WeekStop | None, asked: str, today: date) -> WeekDay | None:
    """The day of the chosen door, else the day that was asked for, else the first with something to come."""
    if stop is not None:
        return next(day for day in week.days if stop in day.stops)
    by_name = next((day for day in week.days if day.day.isoformat() == asked), None)
    coming = [day for day in week.days if day.stops and day.day >= today]
    return by_name or next(iter(coming), None)


def _columns(week: WeekPlan, shown: WeekDay | None) -> list[Column]:
    """Monday to Friday, and the weekend when somebody works then."""
    days = [day for at, day in enumerate(week.days) if at < _WORKING_DAYS or day.room or day.stops]
    return [Column(day, day is shown) for day in days]


def _covered(day: WeekDay) -> list[str]:
    return [note.place for note in day.covers]


def _covers(week: WeekPlan) -> list[queries.CoverNote]:
    found = {note: None for day in week.days for note in day.covers}
    return list(found)


def _navigation(stop: WeekStop | None) -> str:
    """The address that opens the phone's own navigation; only for a place that is known."""
    if stop is None or stop.spot is None:
        return ""
    address: str = settings.NAVIGATION.replace("{latitude}", f"{stop.spot.latitude:.6f}")
    return address.replace("{longitude}", f"{stop.spot.longitude:.6f}")


def told(request: HttpRequest, deed: Callable[[], object]) -> bool:
    """Do it; what is refused is told on the page that one came from. True when it was done."""
    try:
        deed()
    except Refused as refusal:
        if any(problem.code in NOT_YOURS for problem in refusal.problems):
            raise
        for problem in refusal.problems:
            messages.warning(request, f"{said(problem.message)} {said(problem.cure)}")
        return False
    return True


def around(monday: date, weeks: Sequence[queries.TeamWeek]) -> dict[str, Any]:
    """The week itself, the weeks beside it, and what the bars are drawn against."""
    return {
        "monday": monday, "before": monday - timedelta(days=7), "after": monday + timedelta(days=7),
        "widest": max((max(one.room, one.needed) for one in weeks), default=0),
    }  # fmt: skip


def totals(weeks: Sequence[queries.TeamWeek]) -> dict[str, int]:
    """The sums of the whole team."""
    return {
        name: sum(getattr(one, name) for one in weeks)
        for name in ("stops", "done", "waiting", "room", "needed")
    }
