"""Say when somebody makes visits: hours per weekday, a break, how one travels and where one starts."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from voordeur.actions.audit import write_line
from voordeur.actions.guard import NOT_FOUND, check
from voordeur.core.access import Deed, Role
from voordeur.core.planning import Mode
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.models import Home, User, Workday


@dataclass(frozen=True, slots=True)
class DayHours:
    """One weekday, 0 is Monday; minutes after midnight."""

    weekday: int
    first: int
    last: int
    mode: Mode
    break_first: int | None = None
    break_last: int | None = None


@transaction.atomic
def set_hours(user: User, member_id: int, days: Sequence[DayHours], start: str = "") -> None:
    """Replace the hours of a neighbourhood manager as a whole; a weekday that is not named is free.

    `start`: an address of one of the own homes, as `Molenstraat 14`; empty for the middle of the neighbourhoods.
    Refused with everything that is wrong, each at its day.
    """
    check(user, Deed.SET_HOURS)
    member = User.objects.filter(pk=member_id, is_active=True, role=Role.NEIGHBOURHOOD_MANAGER).first()
    if member is None:
        raise Refused(NOT_FOUND)
    home, problems = _home_at(start)
    problems += [problem for day in days for problem in _problems(day)]
    if problems:
        raise Refused(problems)
    Workday.objects.filter(user=member).delete()
    Workday.objects.bulk_create(
        Workday(
            user=member, weekday=day.weekday, first=day.first, last=day.last, break_first=day.break_first,
            break_last=day.break_last, mode=day.mode, start_home=home,
        )
        for day in days
    )  # fmt: skip
    write_line(user, "set_hours", subject=f"user:{member.pk}", data={"days": len(days)})


def _problems(day: DayHours) -> list[Problem]:
    """What is wrong with one day."""
    found = []
    if not 0 <= day.first < day.last <= 24 * 60:
        found.append(
            Problem(
                "hours-do-not-fit",
                Words("Het einde ligt voor het begin.", "The end lies before the beginning."),
                Words("Vul een later einde in.", "Fill in a later end."),
                column=f"last_{day.weekday}",
            )
        )
    pause = (day.break_first, day.break_last)
    if pause != (None, None) and not _is_within(pause, day):
        found.append(
            Problem(
                "break-does-not-fit",
                Words("De pauze valt niet binnen de uren.", "The break does not lie within the hours."),
                Words("Vul begin en einde van de pauze in, binnen de uren, of geen van beide.",
                      "Fill in the beginning and end of the break, within the hours, or neither."),
                column=f"break_last_{day.weekday}",
            )
        )  # fmt: skip
    return found


def _is_within(pause: tuple[int | None, int | None], day: DayHours) -> bool:
    first, last = pause
    return first is not None and last is not None and day.first < first < last < day.last


def _home_at(start: str) -> tuple[Home | None, list[Problem]]:
    """The home at an address; a problem when there is none of which we know the place."""
    wanted = " ".join(start.split()).casefold()
    if not wanted:
        return None, []
    rows = Home.objects.filter(latitude__isnull=False, longitude__isnull=False)
    number = next((part for part in wanted.replace("-", " ").split() if part.isdecimal()), "")
    near = rows.filter(number=int(number)) if number and len(number) < 7 else rows.none()
    found = next((home for home in near.order_by("pk") if home.address.casefold() == wanted), None)
    if found is not None:
        return found, []
    return None, [
        Problem(
            "unknown-address",
            Words("Dit adres kennen we niet, of we weten niet waar het ligt.",
                  "We do not know this address, or not where it lies."),
            Words("Vul het adres in van een woning bij de plek waar je begint, zoals Molenstraat 14. Of laat het leeg.",
                  "Fill in the address of a home near where one starts, such as Molenstraat 14. Or leave it empty."),
            column="start",
        )
    ]  # fmt: skip
