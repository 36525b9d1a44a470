"""What goes over the line between phone and server, read with care: JSON in, JSON out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest
from django.utils import timezone

from voordeur.actions.carry_phone import note_contact, state_of
from voordeur.actions.make_packet import make_packet
from voordeur.actions.take_field_events import Box, take_boxes
from voordeur.store.models import PhoneDay

MOST_BOXES = 50
"""Events taken in at one contact; the phone comes back for the rest."""
LONGEST_BOX = 60_000


def body_of(request: HttpRequest) -> Mapping[str, Any]:
    """The JSON object that was sent; empty when it is none."""
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def device_of(body: Mapping[str, Any]) -> tuple[UUID, str]:
    """Which phone this says it is, and what it calls itself; a new number when it says nothing usable."""
    return _uuid(body.get("device")) or uuid4(), str(body.get("label", ""))[:60]


@dataclass(frozen=True, slots=True)
class Contact:
    """What a phone says when it has network."""

    boxes: tuple[Box, ...]
    waiting: int = 0
    """How much more it has to send after these."""
    wiped: tuple[UUID, ...] = ()
    """Days of which it has wiped what it could read."""

    @classmethod
    def read(cls, body: Mapping[str, Any]) -> "Contact":
        """What can be understood of it; a box that is none is left where it is: on the phone."""
        sent, wiped, waiting = (body.get(name) for name in ("boxes", "wiped", "waiting"))
        boxes = [_box(one) for one in (sent if isinstance(sent, list) else [])[:MOST_BOXES]]
        days = [_uuid(one) for one in (wiped if isinstance(wiped, list) else [])[:MOST_BOXES]]
        return cls(
            tuple(one for one in boxes if one is not None),
            min(waiting, 100_000) if isinstance(waiting, int) and waiting > 0 else 0,
            tuple(one for one in days if one is not None),
        )


def answer_contact(asked: Contact, phone: PhoneDay | None, today: date) -> dict[str, Any]:
    """What became of each event, what the time is, whether the key still counts, and the packet as it is now."""
    results = take_boxes(asked.boxes)
    note_contact(phone, asked.waiting, asked.wiped)
    now = timezone.now()
    state = state_of(phone, now) if phone is not None else "unknown"
    return {
        "now": int(now.timestamp() * 1000),
        "results": [[str(number), became] for number, became in results],
        "day": state,
        "packet": make_packet(phone, today) if phone is not None and state == "active" else None,
    }


def _box(one: object) -> Box | None:
    if not isinstance(one, dict) or not isinstance(one.get("box"), str) or len(one["box"]) > LONGEST_BOX:
        return None
    number, phone = _uuid(one.get("id")), _uuid(one.get("phone"))
    return Box(number, phone, one["box"]) if number and phone else None


def _uuid(value: object) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None
