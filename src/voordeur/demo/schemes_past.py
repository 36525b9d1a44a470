"""What colleagues did with the check on schemes in the past weeks: what tenants let us keep, and what came of it.

Answers are drawn the way households in the town could answer; the amounts are calculated as anywhere else.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from voordeur.actions.follow_scheme import follow_scheme
from voordeur.actions.keep_scheme_check import Kept, put_down
from voordeur.core.access import Role
from voordeur.core.schemes.follow_up import Step, TaskState
from voordeur.core.schemes.household import Fact
from voordeur.core.schemes.questions import TOGETHER
from voordeur.store.models import SchemeCheck, Standing, User

CHECKS = 24
"""So many talks that were kept."""
DAYS = 26
"""In so many days until today."""
_STEPS = (TaskState.ADVISED, TaskState.APPLIED, TaskState.GRANTED, TaskState.REFUSED, TaskState.DROPPED)
_CHANCES = (30, 35, 22, 8, 5)
"""Chosen by us, so that every state can be seen."""


@transaction.atomic
def make_schemes_past(today: date, seed: int) -> None:
    """Keep the checks, at households that are behind, by whoever looks after the neighbourhood."""
    chance = random.Random(f"{seed}-schemes")
    for tenancy, user in _talks(chance):
        day = today - timedelta(days=chance.randint(0, DAYS))
        number = UUID(int=chance.getrandbits(128), version=4)
        row = put_down(user, tenancy, Kept(number, day, _said(chance), "nl", True), today)
        _follow(row, user, chance, today)


def _talks(chance: random.Random) -> Iterator[tuple[int, User]]:
    """Households that are behind, each with its neighbourhood manager."""
    managers = {
        place: user
        for user in User.objects.filter(role=Role.NEIGHBOURHOOD_MANAGER).order_by("pk")
        for place in user.neighbourhoods.values_list("pk", flat=True)
    }
    behind = Standing.objects.filter(overdue__gt=0, tenancy__end=None, tenancy__rent__gt=0)
    rows = list(behind.order_by("pk").values_list("pk", "tenancy__neighbourhood"))
    for tenancy, place in chance.sample(rows, min(CHECKS, len(rows))):
        if place in managers:
            yield tenancy, managers[place]


def _said(chance: random.Random) -> list[dict[str, Any]]:
    """A single person or a single parent with a small income."""
    children = [
        f"{chance.randint(2010, 2024)}-0{chance.randint(1, 9)}-14" for _ in range(chance.choice((0, 0, 1, 2)))
    ]
    per = chance.choice(("month-work", "month-benefit", "month"))
    received = [one for one in ("zorgtoeslag", "huurtoeslag") if chance.random() < 0.35]
    answers: dict[str, Any] = {
        "receives": received, "partner": False, "children": children, "others": [],
        "born": {"born": f"{chance.randint(1958, 2001)}-0{chance.randint(1, 9)}-21"},
        "income": {"amount": chance.randint(1_150, 2_150) * 100, "per": per}, "assets": "0-800000", "insured": "all",
    }  # fmt: skip
    answers |= {fact.value: [] for fact in TOGETHER}
    if chance.random() < 0.4:
        answers |= {fact.value: [Fact.LONG_LOW_INCOME.value] for fact in TOGETHER[:2]}
    return [{"about": about, "answer": answer} for about, answer in answers.items()]


def _follow(row: SchemeCheck, user: User, chance: random.Random, today: date) -> None:
    for task in row.tasks.order_by("pk"):
        state = chance.choices(_STEPS, _CHANCES)[0]
        if state is TaskState.ADVISED:
            continue
        on = min(today, row.day + timedelta(days=chance.randint(0, 12)))
        granted = state is TaskState.GRANTED and task.high > 0
        if state is TaskState.GRANTED and not granted:
            state = TaskState.APPLIED
        amount = (task.low + task.high) // 2 // 100 * 100 or task.high
        step = Step(state, on, amount, row.day.replace(day=1)) if granted else Step(state, on)
        follow_scheme(user, task.pk, step, today)
