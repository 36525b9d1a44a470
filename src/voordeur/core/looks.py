"""Looks at files on persons that stand out: for the privacy officer, who asks and does not conclude.

Nothing here says that somebody did wrong. No law names the numbers; they are ours, and few and plain on purpose.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from voordeur.core.phrases import how_many, months
from voordeur.core.words import Words

EARLIEST_HOUR, LATEST_HOUR = 7, 21
"""Setting, our choice: neighbourhood managers ring at the door in the evening, hardly anybody works at night."""
SUNDAY = 6
MANY_FILES = 20
"""Setting, our choice: households of which the file was opened in one stretch without writing anything down."""
STRETCH = timedelta(minutes=30)
CLOSED_DAYS = 365
"""Setting, our choice: the last case was closed so long ago, and nothing is overdue."""


class Oddity(StrEnum):
    """Why a look stands out; the first that fits is named."""

    SAME_NAME = "same_name"
    MANY = "many"
    ODD_HOUR = "odd_hour"
    LONG_CLOSED = "long_closed"


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looked at a file, or wrote something down in it, as the log tells."""

    id: int
    """Number of the line."""
    member: int
    household: int
    at: datetime
    """Local time."""
    writes: bool = False
    """A deed: not a look, but a sign that the looks before it were for work."""
    urgent: bool = False
    """It was an emergency: judged on its own, and never odd for its hour."""


@dataclass(frozen=True, slots=True)
class Background:
    """What is known of the households and the people who looked."""

    same_name: frozenset[tuple[int, int]] = frozenset()
    """(member, household) with the same family name."""
    closed: dict[int, date] | None = None
    """Household -> the day its last case was closed; only where none is open and nothing is overdue."""


@dataclass(frozen=True, slots=True)
class Standout:
    """One look, or one stretch of them, to ask about."""

    look: Look
    """The first of them."""
    oddity: Oddity
    households: int
    why: Words


def standouts(looks: Iterable[Look], background: Background) -> list[Standout]:
    """What stands out among these looks (in the order of the log), newest first. A day is named once per household."""
    found: dict[tuple[int, int, date], Standout] = {}
    by_member: dict[int, list[Look]] = defaultdict(list)
    for look in looks:
        by_member[look.member].append(look)
    stretches: list[Standout] = []
    for rows in by_member.values():
        many, covered = _stretches(rows)
        stretches += many
        wrote = {(one.household, one.at.date()) for one in rows if one.writes}
        for look in rows:
            if look.writes or look.id in covered:
                continue
            key = (look.member, look.household, look.at.date())
            odd = _odd(look, background, wrote=(look.household, look.at.date()) in wrote)
            if odd is not None and key not in found:
                found[key] = odd
    return sorted((*found.values(), *stretches), key=lambda one: one.look.id, reverse=True)


def _odd(look: Look, background: Background, *, wrote: bool) -> Standout | None:
    """The first oddity that fits; a name or an hour stands out whatever was written, an old case only without."""
    if (look.member, look.household) in background.same_name:
        return Standout(look, Oddity.SAME_NAME, 1, _SAME_NAME)
    if not look.urgent and (odd := _odd_hour(look.at)) is not None:
        return Standout(look, Oddity.ODD_HOUR, 1, odd)
    closed = (background.closed or {}).get(look.household)
    since = (look.at.date() - closed).days if closed else 0
    if since > CLOSED_DAYS and not wrote:
        said = months(since // 30)
        why = Words(
            f"De zaak is al {said.nl} gesloten en er staat niets open.",
            f"The case was closed {said.en} ago and nothing is owed.",
        )
        return Standout(look, Oddity.LONG_CLOSED, 1, why)
    return None


def _odd_hour(at: datetime) -> Words | None:
    """At night or on a Sunday; None at an hour at which people work."""
    if at.weekday() == SUNDAY:
        return Words(f"Op zondag om {at:%H:%M}.", f"On Sunday at {at:%H:%M}.")
    if not EARLIEST_HOUR <= at.hour < LATEST_HOUR:
        return Words(f"Om {at:%H:%M}, buiten de gewone uren.", f"At {at:%H:%M}, outside the usual hours.")
    return None


def _stretches(rows: Sequence[Look]) -> tuple[list[Standout], set[int]]:
    """Stretches in which somebody opened many files and wrote nothing down; and the numbers of their looks."""
    found: list[list[Look]] = []
    window: list[Look] = []
    for look in rows:
        if look.writes:
            window = []
            continue
        window = [one for one in (*window, look) if look.at - one.at <= STRETCH]
        if len({one.household for one in window}) < MANY_FILES:
            continue
        if found and window[0].id <= found[-1][-1].id:  # the stretch goes on
            found[-1] += [one for one in window if one.id > found[-1][-1].id]
        else:
            found.append(window)
    return [_many(run) for run in found], {one.id for run in found for one in run}


def _many(run: Sequence[Look]) -> Standout:
    many = len({one.household for one in run})
    took = max(1, round((run[-1].at - run[0].at).total_seconds() / 60))
    said = how_many(took, ("minuut", "minuten"), ("minute", "minutes"))
    return Standout(run[0], Oddity.MANY, many, Words(
        f"{many} dossiers in {said.nl}, zonder iets op te schrijven.",
        f"{many} files in {said.en}, without writing anything down."))  # fmt: skip


_SAME_NAME = Words("Zelfde achternaam als de huurder.", "The same family name as the tenant.")
