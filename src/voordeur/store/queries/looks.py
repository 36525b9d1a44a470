"""Which looks at files stand out, and how the log was found each night: for the privacy officer's desk."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, QuerySet

from voordeur.core.access import Purpose
from voordeur.core.looks import Background, Look, Standout, standouts
from voordeur.core.words import Words
from voordeur.store.bulk import chunks
from voordeur.store.models import AuditCheck, AuditLine, Case, Tenancy, Tenant, User

DAYS = 7
"""How far back the desk looks."""
NIGHTS = 30
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class StandoutLine:
    """One look that stands out, as the desk shows it."""

    at: datetime
    member: int
    who: str
    role: str
    key: str
    """Number of the tenancy agreement; empty when it is about many."""
    households: int
    why: Words


@dataclass(frozen=True, slots=True)
class LooksOfAWeek:
    """What stood out, and among how many looks."""

    first: date
    last: date
    lines: tuple[StandoutLine, ...]
    in_all: int


@dataclass(frozen=True, slots=True)
class LogHealth:
    """How the log was found at the last check, and on the nights before."""

    checked: datetime | None
    """None: it was never checked."""
    count: int
    head: str
    since: datetime | None
    """The first line."""
    problems: int
    first: Words
    anchored: datetime | None
    """When it was last kept outside."""
    nights: tuple[tuple[date, bool | None], ...]
    """(day, was it whole; None: nobody looked), oldest first."""

    @property
    def whole(self) -> bool:
        """True when it was checked and every line was as it was written."""
        return self.checked is not None and not self.problems

    @property
    def good_nights(self) -> int:
        """Nights on which it was whole."""
        return sum(whole is True for _, whole in self.nights)


def looks_of_a_week(today: date) -> LooksOfAWeek:
    """The seven days before today and today itself. Looks for a request of the tenant are left out."""
    zone = ZoneInfo(settings.TIME_ZONE)
    first = today - timedelta(days=DAYS)
    rows = (
        AuditLine.objects.filter(
            at__gte=datetime.combine(first, time(), zone), subject__startswith="tenancy:"
        )
        .exclude(actor=None)
        .exclude(purpose=Purpose.RIGHTS)
        .order_by("id")
        .values_list("id", "actor", "subject", "at", "purpose")
    )
    looks = [
        Look(
            pk, member, int(subject[8:]), at.astimezone(zone), not purpose, purpose == Purpose.EMERGENCY
        )
        for pk, member, subject, at, purpose in rows
    ]  # fmt: skip
    found = standouts(looks, _background(looks, today))
    return LooksOfAWeek(first, today, tuple(_lines(found)), sum(not one.writes for one in looks))


def _background(looks: Collection[Look], today: date) -> Background:
    pairs = {(one.member, one.household) for one in looks if not one.writes}
    households = {household for _, household in pairs}
    return Background(_same_names(pairs), _long_closed(households))


def _same_names(pairs: Collection[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    """Of these (member, household) those where a tenant's name ends with the family name of the member."""
    members = User.objects.filter(pk__in={member for member, _ in pairs}).exclude(last_name="")
    family = {pk: f" {name.strip().casefold()}" for pk, name in members.values_list("pk", "last_name")}
    names: dict[int, list[str]] = {}
    for some in chunks(sorted({household for _, household in pairs}), _AT_ONCE):
        for household, name in Tenant.objects.filter(tenancy__in=some).values_list("tenancy", "name"):
            names.setdefault(household, []).append(f" {name.casefold()}")
    return frozenset(
        (member, household)
        for member, household in pairs
        if member in family and any(name.endswith(family[member]) for name in names.get(household, ()))
    )


def _long_closed(households: Collection[int]) -> dict[int, date]:
    """Household -> the day its last case was closed, where none is open and nothing is overdue."""
    found: dict[int, date] = {}
    for some in chunks(sorted(households), _AT_ONCE):
        rows: QuerySet[Tenancy] = Tenancy.objects.filter(pk__in=some).exclude(standing__overdue__gt=0)
        running = Case.objects.filter(tenancy=OuterRef("pk"), closed_on=None)
        ended = rows.filter(~Exists(running)).annotate(closed=Max("cases__closed_on")).exclude(closed=None)
        found.update(dict(ended.values_list("pk", "closed")))
    return found


def _lines(found: Iterable[Standout]) -> Iterable[StandoutLine]:
    found = list(found)
    people = User.objects.in_bulk({one.look.member for one in found})
    keys = dict(
        Tenancy.objects.filter(pk__in={one.look.household for one in found}).values_list("pk", "key")
    )  # fmt: skip
    for one in found:
        who = people[one.look.member]
        key = keys.get(one.look.household, "") if one.households == 1 else ""
        yield StandoutLine(one.look.at, who.pk, str(who), who.role, key, one.households, one.why)


def log_health(today: date) -> LogHealth:
    """The last check, and the thirty nights up to it. Four queries."""
    checks = {one.day: one for one in AuditCheck.objects.order_by("-day")[:NIGHTS]}
    last = max(checks.values(), key=lambda one: one.day, default=None)
    first = AuditLine.objects.order_by("at").values_list("at", flat=True).first()
    anchored = AuditLine.objects.filter(action="anchor_audit").order_by("-id").values_list("at", flat=True)
    return LogHealth(
        checked=last.at if last else None,
        count=last.count if last else 0,
        head=last.head if last else "",
        since=first,
        problems=last.problems if last else 0,
        first=Words(last.first_nl, last.first_en) if last else Words("", ""),
        anchored=anchored.first(),
        nights=tuple(_nights(checks, today)),
    )


def _nights(checks: dict[date, AuditCheck], today: date) -> Iterable[tuple[date, bool | None]]:
    """From the first check that is known, at most thirty nights."""
    began = min(checks, default=today)
    for back in range(NIGHTS - 1, -1, -1):
        day = today - timedelta(days=back)
        if day >= began:
            yield day, not checks[day].problems if day in checks else None
