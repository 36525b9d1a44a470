"""What a phone delivers: each event once, however often and in whatever order it comes. Nothing is lost in silence."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from voordeur.actions.audit import write_line
from voordeur.actions.field_events import HANDLERS, problem_row
from voordeur.adapters.phone_seal import unseal
from voordeur.core.problems import Problem, Refused
from voordeur.core.visits import EventState, when_it_was
from voordeur.core.words import Words
from voordeur.store.field_content import payload_of
from voordeur.store.models import FieldEvent, PhoneDay, Tenancy

UNOPENED = "unopened"
"""Not what this phone sealed, or not a box at all: it stays on the phone, and the log has a line."""
NEWEST_SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Box:
    """One event as it comes: sealed on the phone, with which day's key."""

    id: UUID
    phone: UUID
    sealed: str


def take_boxes(boxes: Iterable[Box]) -> list[tuple[UUID, str]]:
    """Take in what came; per event what became of it. Each in a transaction of its own: one bad apple harms no other.

    No sign-in is asked: that it opens with the key of a phone's day proves who recorded it, however late it comes.
    """
    return [(box.id, take_box(box)) for box in boxes]


@transaction.atomic
def take_box(box: Box) -> str:
    """One event; its state, or UNOPENED. The same id again changes nothing."""
    known = FieldEvent.objects.filter(pk=box.id).values_list("state", flat=True).first()
    if known is not None:
        return known
    phone = PhoneDay.objects.select_related("user").filter(pk=box.phone).first()
    if phone is None:
        return UNOPENED
    plain = unseal(phone.secret, box.sealed, f"event:{box.phone}:{box.id}")
    told = _told(plain)
    if told is None:
        write_line(None, "field_event_unopened", subject=f"phone:{phone.pk}", data={"event": str(box.id)})
        return UNOPENED
    return _take(phone, box.id, told)


def take_again(event: FieldEvent) -> str:
    """Try once more what could not be taken in; its state afterwards."""
    if event.tenancy is not None:
        _hand_over(event, event.tenancy)
    event.save()
    return event.state


def _take(phone: PhoneDay, number: UUID, told: Mapping[str, Any]) -> str:
    now = timezone.now()
    happened, clock = when_it_was(told["at"], told["offset"], phone.begun, now)
    days = timezone.localtime(happened).date() - timezone.localtime(phone.begun).date()
    stop = phone.stops.select_related("tenancy").filter(tenancy=told["tenancy"]).first()
    event = FieldEvent(
        id=number, phone=phone, tenancy=stop.tenancy if stop else None, kind=told["kind"][:32],
        schema=told["schema"], order=told["order"], said_at=told["at"], offset_ms=told["offset"],
        happened=happened, clock=clock, received=now, day=phone.day + timedelta(days=days.days),
        state=EventState.TAKEN, content=json.dumps(told["payload"], ensure_ascii=False),
    )  # fmt: skip
    event.save(force_insert=True)
    problem = _problem(phone, stop is not None, event)
    if problem is not None:
        event.state, event.problems = EventState.REFUSED, [problem_row(problem)]
    elif stop is not None:
        _hand_over(event, stop.tenancy)
    event.save()
    subject = f"tenancy:{event.tenancy_id}" if event.tenancy_id else f"phone:{phone.pk}"
    data = {"event": str(number), "kind": event.kind, "state": event.state, "clock": event.clock}
    write_line(phone.user, "take_field_event", subject=subject, data=data)
    return event.state


def _hand_over(event: FieldEvent, tenancy: Tenancy) -> None:
    """To its handler; what that refuses is undone, and kept with why."""
    event.state, event.problems = EventState.TAKEN, []
    try:
        with transaction.atomic():
            HANDLERS[event.kind](event.phone.user, tenancy, payload_of(event), event)
    except Refused as refusal:
        event.state, event.contact = EventState.REFUSED, None
        event.problems = [problem_row(one) for one in refusal.problems]


def _told(plain: bytes | None) -> dict[str, Any] | None:
    """The event in a sealed box; None when nothing can be made of it."""
    try:
        found = json.loads(plain or b"")
        at = datetime.fromisoformat(found["at"])
        offset = found.get("offset")
        told = {
            "kind": str(found["kind"]), "schema": int(found["schema"]), "order": int(found["order"]),
            "tenancy": int(found["tenancy"]), "at": at if at.tzinfo else at.replace(tzinfo=UTC),
            "offset": None if offset is None else max(-_FARTHEST_MS, min(_FARTHEST_MS, int(offset))),
            "payload": found["payload"],
        }  # fmt: skip
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return None
    fits = 0 <= told["schema"] < 2**15 and 0 <= told["order"] < 2**31 and abs(told["tenancy"]) < 2**63
    return told if fits and isinstance(told["payload"], dict) else None


_FARTHEST_MS = 20 * 365 * 24 * 3600 * 1000


def _problem(phone: PhoneDay, in_packet: bool, event: FieldEvent) -> Problem | None:
    """Why an event cannot be taken in at all."""
    if phone.revoked is not None and event.happened > phone.revoked:
        return _AFTER_REVOKE
    if not in_packet:
        return _NOT_IN_PACKET
    if event.kind not in HANDLERS or event.schema > NEWEST_SCHEMA:
        return _UNKNOWN_KIND
    return None


_ASK = Words("Vraag degene die het opschreef hoe het zit.", "Ask who wrote it down how it is.")
_AFTER_REVOKE = Problem(
    "after-revoke",
    Words(
        "Dit is opgeschreven nadat de telefoon was ingetrokken.",
        "This was recorded after the phone had been revoked.",
    ),
    _ASK,
)
_NOT_IN_PACKET = Problem(
    "not-in-packet",
    Words("Dit adres stond niet op deze telefoon.", "This address was not on that phone."),
    _ASK,
)
_UNKNOWN_KIND = Problem(
    "unknown-kind",
    Words(
        "De app op de telefoon is nieuwer of ouder dan Voordeur hier kent.",
        "The app on the phone is newer or older than Voordeur here knows.",
    ),
    Words("Werk Voordeur bij en probeer dit opnieuw.", "Update Voordeur and try this again."),
)
