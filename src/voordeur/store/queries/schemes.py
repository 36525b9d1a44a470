"""What the check on schemes needs and leaves: what we know of a household, what it let us keep, what is followed up."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.db.models import Prefetch

from voordeur.core.access import Role
from voordeur.core.schemes.follow_up import Extra, FollowUp, TaskState, extra
from voordeur.core.schemes.household import Scheme
from voordeur.core.schemes.sentences import ABOUT
from voordeur.core.words import Words
from voordeur.store.models import SchemeCheck, SchemeTask, Tenancy, User
from voordeur.store.queries.reach import own_neighbourhoods

PAGE = 30


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One scheme that is followed up."""

    id: int
    tenancy: int
    address: str
    title: Words
    state: TaskState
    on: date
    """The day of that state."""
    low: int
    high: int
    granted: int | None
    since: date | None
    apply_by: date | None


@dataclass(frozen=True, slots=True)
class KeptCheck:
    """A check that a household let us keep."""

    id: str
    day: date
    low: int
    high: int
    until: date
    by: str
    has_answers: bool
    """The answers are still there; without them the page of results cannot be made again."""
    tasks: tuple[TaskLine, ...]


@dataclass(frozen=True, slots=True)
class TaskPage:
    """A page of what is followed up."""

    lines: tuple[TaskLine, ...]
    in_all: int
    page: int
    pages: int


def known_of(tenancy_id: int) -> dict[str, object]:
    """What we know ourselves of a household, as `adapters.scheme_talk` takes it: it is never asked.

    Reached through an action only.
    """
    return known_of_many([tenancy_id])[tenancy_id]


def known_of_many(tenancies: Collection[int]) -> dict[int, dict[str, object]]:
    """The same of many households at once."""
    rows = Tenancy.objects.select_related("home").filter(pk__in=tenancies)
    return {
        row.pk: {
            "rent": row.rent,
            "service_costs": 0,
            "size": None,
            "municipality": row.home.town if row.home else "",
        }
        for row in rows
    }


def kept_checks(tenancy_id: int) -> tuple[KeptCheck, ...]:
    """The checks of a household, newest first, in at most two queries. Reached after `open_file` only.

    Their tasks name no address: whoever sees them is on the page of the household.
    """
    found = (
        SchemeCheck.objects.filter(tenancy=tenancy_id)
        .select_related("by")
        .prefetch_related(Prefetch("tasks", SchemeTask.objects.order_by("pk")))
        .order_by("-day", "-recorded")
    )
    return tuple(
        KeptCheck(
            str(row.pk), row.day, row.low, row.high, row.until, str(row.by or ""), bool(row.answers),
            tuple(_line(task, "") for task in row.tasks.all()),
        )
        for row in found
    )  # fmt: skip


def task_page(user: User, today: date, page: int = 1, states: Collection[TaskState] = ()) -> TaskPage:
    """What is followed up within the reach of `user`: what waits longest first. Without states: what is open."""
    wanted = states or [one for one in TaskState if one.open]
    found = SchemeTask.objects.filter(state__in=wanted).select_related("tenancy__home")
    if Role(user.role) is Role.NEIGHBOURHOOD_MANAGER:
        found = found.filter(tenancy__neighbourhood__in=own_neighbourhoods(user, today))
    paginator = Paginator(found.order_by("state_on", "pk"), PAGE)
    shown = paginator.get_page(page)
    return TaskPage(
        tuple(_line(row, _address(row)) for row in shown.object_list),
        paginator.count,
        shown.number,
        paginator.num_pages,
    )


def one_task(task_id: int) -> TaskLine | None:
    """One of them; None when it does not exist."""
    row = SchemeTask.objects.filter(pk=task_id).select_related("tenancy__home").first()
    return _line(row, _address(row)) if row else None


def extra_of(checks: Sequence[KeptCheck], on: date) -> Extra | None:
    """The same as `expected_extra`, of checks that are at hand (newest first)."""
    newest = {task.title: task for check in reversed(checks) if check.day <= on for task in check.tasks}
    tasks = newest.values()
    return extra(
        (FollowUp(one.state, one.low, one.high, one.granted, one.since, one.on) for one in tasks), on
    )


def expected_extra(tenancy_id: int, on: date) -> Extra | None:
    """What a household gets more a month through what it asked for: for how much it can pay. None: nothing.

    Reached through an action only. Of each scheme the newest task counts.
    """
    rows = SchemeTask.objects.filter(tenancy=tenancy_id, check_of__day__lte=on).order_by(
        "check_of__day", "pk"
    )
    newest = {row.scheme: row for row in rows}
    return extra(
        (
            FollowUp(TaskState(row.state), row.low, row.high, row.granted, row.since, row.state_on)
            for row in newest.values()
        ),
        on,
    )


def _address(row: SchemeTask) -> str:
    home = row.tenancy.home
    return home.address if home else row.tenancy.key


def _line(row: SchemeTask, address: str) -> TaskLine:
    return TaskLine(
        row.pk, row.tenancy_id, address, ABOUT[Scheme(row.scheme)].title,
        TaskState(row.state), row.state_on, row.low, row.high, row.granted, row.since, row.apply_by,
    )  # fmt: skip
