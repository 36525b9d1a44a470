"""Keep a check because the tenant said yes to that; take it away again when the tenant says so."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from voordeur.actions.audit import write_line
from voordeur.actions.check_schemes import LOST, talk_request
from voordeur.actions.guard import NOT_FOUND
from voordeur.actions.reach_tenancy import check_reach
from voordeur.actions.scheme_day import rule_book
from voordeur.adapters.scheme_talk import Plain, result_of
from voordeur.core.access import Deed
from voordeur.core.problems import Problem, Refused
from voordeur.core.schemes.follow_up import TaskState
from voordeur.core.schemes.result import Card, Result, State
from voordeur.core.words import Words
from voordeur.store.models import SchemeCheck, SchemeTask, Tenancy, User
from voordeur.store.queries.schemes import known_of

BACK_DAYS = 31
"""A check is kept at most so long after the talk."""
FOLLOWED = (State.WORTH, State.ASK)


@dataclass(frozen=True, slots=True)
class Kept:
    """A check as it is handed in."""

    id: UUID
    """Made where the talk was: handing it in twice keeps it once."""
    day: date
    said: Sequence[Plain]
    language: str
    consent: bool
    """The tenant said yes to keeping it."""


def keep_talk(
    user: User, tenancy_id: int, today: date, *, sealed: str, key: str, language: str, consent: bool
) -> SchemeCheck:
    """Keep a talk as it travelled with the form; `key` was made with the page, as text."""
    check_reach(user, Deed.CHECK_SCHEMES, tenancy_id, today)
    talk: dict[str, Any] = talk_request(user, tenancy_id, today, language, sealed)
    try:
        made = UUID(key)
    except ValueError:
        raise Refused(LOST) from None
    day = date.fromisoformat(talk["day"])
    return keep_check(user, tenancy_id, Kept(made, day, talk["said"], language, consent), today)


@transaction.atomic
def keep_check(user: User, tenancy_id: int, kept: Kept, today: date) -> SchemeCheck:
    """Keep what was answered, and what is to be asked for. It is calculated again here: amounts come from no form.

    Refused without a yes of the tenant, and for a day that lies in the future or too far back.
    """
    check_reach(user, Deed.CHECK_SCHEMES, tenancy_id, today)
    return put_down(user, tenancy_id, kept, today)


def put_down(user: User, tenancy_id: int, kept: Kept, today: date) -> SchemeCheck:
    """The same for what a phone delivers: who recorded it and about whom was made sure of already."""
    known = SchemeCheck.objects.filter(pk=kept.id, tenancy=tenancy_id).first()
    if known is not None:
        return known
    _refuse(kept, today)
    facts = known_of(tenancy_id)
    found = result_of({"day": kept.day.isoformat(), "said": list(kept.said), "known": facts}, rule_book())
    row = SchemeCheck.objects.create(
        id=kept.id, tenancy_id=tenancy_id, day=kept.day, consent_on=kept.day, language=kept.language, known=facts,
        answers=json.dumps(list(kept.said)), low=found.low, high=found.high, until=found.until, by=user,
        recorded=timezone.now(),
    )  # fmt: skip
    _keep_tasks(row, found)
    write_line(user, "keep_scheme_check", subject=f"tenancy:{tenancy_id}", data={"check": str(row.pk)})
    return row


def _keep_tasks(row: SchemeCheck, found: Result) -> None:
    """One open task per scheme: what ran already goes on under the newest check; what is of no use now is dropped."""
    running = [one.value for one in TaskState if one.open]
    before = SchemeTask.objects.filter(tenancy=row.tenancy_id, state__in=running).order_by("pk")
    open_before = {task.scheme: task for task in before}
    for card in found.cards:
        if card.state not in FOLLOWED:
            continue
        task = _task(row, card)
        known = open_before.pop(task.scheme, None)
        if known is not None:
            task.pk, task.state, task.state_on, task.by = known.pk, known.state, known.state_on, known.by
        task.save()
    stale = [task.pk for task in open_before.values() if task.state == TaskState.ADVISED]
    SchemeTask.objects.filter(pk__in=stale).update(state=TaskState.DROPPED, state_on=row.day)


def _task(row: SchemeCheck, card: Card) -> SchemeTask:
    return SchemeTask(
        check_of=row, tenancy_id=row.tenancy_id, scheme=card.scheme.value, state_on=row.day, low=card.low,
        high=card.high, apply_by=card.apply_by, by=row.by,
    )  # fmt: skip


def _refuse(kept: Kept, today: date) -> None:
    if not kept.consent:
        raise Refused(
            Problem(
                "no-consent",
                Words(
                    "De huurder gaf geen toestemming om dit te bewaren.",
                    "The tenant did not agree to keep this.",
                ),
                Words("Vraag het eerst, of bewaar niets.", "Ask first, or keep nothing."),
                column="consent",
            )
        )
    if not today - timedelta(days=BACK_DAYS) <= kept.day <= today:
        raise Refused(
            Problem(
                "day-of-check",
                Words("Deze dag kan niet.", "That day cannot be."),
                Words("Doe de check opnieuw.", "Do the check again."),
                column="day",
            )
        )


@transaction.atomic
def take_away(user: User, check_id: UUID, today: date) -> int:
    """The tenant takes the yes back: the check and its tasks go now. The tenancy it was of."""
    row = SchemeCheck.objects.filter(pk=check_id).first()
    if row is None:
        raise Refused(NOT_FOUND)
    check_reach(user, Deed.CHECK_SCHEMES, row.tenancy_id, today)
    tenancy_id = row.tenancy_id
    row.delete()
    write_line(user, "take_away_scheme_check", subject=f"tenancy:{tenancy_id}", data={"check": str(check_id)})
    return tenancy_id


def from_phone(user: User, tenancy: Tenancy, payload: Mapping[str, Any], number: UUID, day: date) -> None:
    """A check that came from a phone on `day`. Refused when it is none, or without a yes of the tenant."""
    said, language = payload.get("said"), payload.get("language")
    try:
        held = date.fromisoformat(str(payload.get("day")))
    except ValueError:
        raise Refused(LOST) from None
    if not isinstance(said, list):
        raise Refused(LOST)
    kept = Kept(number, held, said, "en" if language == "en" else "nl", payload.get("consent") is True)
    put_down(user, tenancy.pk, kept, day)


def request_of(row: SchemeCheck, language: str) -> Mapping[str, object]:
    """A kept check as a talk again. Refused when its answers are gone."""
    if not row.answers:
        raise Refused(
            Problem(
                "answers-erased",
                Words(
                    "De antwoorden zijn gewist, want hun termijn is om.",
                    "The answers were erased: their term is over.",
                ),
                Words("Doe de check opnieuw.", "Do the check again."),
            )
        )
    return {
        "day": row.day.isoformat(), "language": language, "known": row.known, "said": json.loads(row.answers),
    }  # fmt: skip
