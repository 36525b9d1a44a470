"""Thirty days of a made-up log: who opened which file, four looks to ask about, and the check of every night."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from voordeur.actions.audit import last_hash
from voordeur.core.access import Role, purpose_of
from voordeur.core.audit import link
from voordeur.core.looks import MANY_FILES
from voordeur.store.audit_rows import line_of
from voordeur.store.models import AuditCheck, AuditLine, Tenancy, User

DAYS = 30
_AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_NIGHT = time(3, 0)


@dataclass(frozen=True, slots=True)
class _Look:
    at: datetime
    user: User
    tenancy: int


@transaction.atomic
def make_looks_past(today: date, seed: int) -> None:
    """Lines of the log from thirty days ago up to yesterday, as the screens would have written them."""
    dice = random.Random(f"looks/{seed}/{today}")
    looks = sorted(_looks(today, dice), key=lambda one: one.at)
    last, rows = last_hash(), []
    before = AuditLine.objects.count()
    for look in looks:
        purpose = purpose_of(Role(look.user.role))
        row = AuditLine(
            at=look.at, actor=look.user, action="open_file", purpose=purpose.value if purpose else "",
            subject=f"tenancy:{look.tenancy}", data={}, previous_hash=last,
        )  # fmt: skip
        row.hash = last = link(last, line_of(row))
        rows.append(row)
    AuditLine.objects.bulk_create(rows)
    AuditCheck.objects.bulk_create(_checks(today, rows, before))


def _looks(today: date, dice: random.Random) -> Iterator[_Look]:
    """Managers in their own neighbourhood, consultants everywhere, by day; and what stands out in the last week."""
    consultant = User.objects.filter(role=Role.CONSULTANT).order_by("pk")[0]
    everywhere = list(Tenancy.objects.filter(end=None).order_by("pk").values_list("pk", flat=True))
    own = {
        manager: list(
            Tenancy.objects.filter(neighbourhood__in=manager.neighbourhoods.all(), end=None)
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        for manager in User.objects.filter(role=Role.NEIGHBOURHOOD_MANAGER).order_by("pk")
    }
    for back in range(DAYS, 0, -1):
        day = today - timedelta(days=back)
        if day.weekday() > 4:
            continue
        for manager, places in own.items():
            yield from (_by_day(day, manager, dice.choice(places), dice) for _ in range(dice.randint(2, 5)))
        yield from (
            _by_day(day, consultant, dice.choice(everywhere), dice) for _ in range(dice.randint(8, 14))
        )
    yield from _to_ask_about(today, consultant, everywhere, own, dice)


def _by_day(day: date, user: User, tenancy: int, dice: random.Random) -> _Look:
    minutes = dice.randint(8 * 60 + 30, 16 * 60 + 45)
    return _Look(_at(day, minutes) + timedelta(seconds=dice.randint(0, 59)), user, tenancy)


def _to_ask_about(
    today: date, consultant: User, everywhere: list[int], own: dict[User, list[int]], dice: random.Random
) -> Iterator[_Look]:
    """A Sunday evening, a street in a quarter of an hour, and somebody of the same name."""
    sunday = today - timedelta(days=today.isoweekday() % 7 or 7)
    yield _Look(_at(sunday, 21 * 60 + 14), consultant, dice.choice(everywhere))
    manager, places = next(iter(own.items()))
    friday = today - timedelta(days=(today.weekday() - 4) % 7 or 7)
    for at, tenancy in enumerate(places[40 : 40 + MANY_FILES + 6]):
        yield _Look(_at(friday, 16 * 60 + 2) + timedelta(seconds=42 * at), manager, tenancy)
    namesake = Tenancy.objects.filter(end=None, tenants__name__endswith=f" {consultant.last_name}").order_by(
        "pk"
    )
    thursday = today - timedelta(days=(today.weekday() - 3) % 7 or 7)
    for same in namesake[:1]:
        yield _Look(_at(thursday, 11 * 60 + 37), consultant, same.pk)


def _at(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time(minutes // 60, minutes % 60), _AMSTERDAM)


def _checks(today: date, rows: list[AuditLine], before: int) -> Iterator[AuditCheck]:
    """What a check found each night: the lines up to then."""
    for back in range(DAYS - 1, 0, -1):
        night = datetime.combine(today - timedelta(days=back), _NIGHT, _AMSTERDAM)
        so_far = [row for row in rows if row.at < night]
        if so_far:
            yield AuditCheck(
                day=night.date(), at=night, count=before + len(so_far), head=so_far[-1].hash, problems=0
            )
