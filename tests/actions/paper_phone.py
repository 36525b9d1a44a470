"""A phone without a screen: begins a day, records, seals and delivers as the scripts do, through the real addresses."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from voordeur.actions.carry_phone import begin_day
from voordeur.adapters.phone_seal import seal, unseal
from voordeur.field.key_cookie import NAME
from voordeur.store.models import PhoneDay, User


class PaperPhone:
    """Its outbox holds what the server has not confirmed; `deliver` sends it, `lose` is a reply that never came."""

    def __init__(self, user: User, today: date, device: UUID | None = None) -> None:
        self.user, self.today, self.device = user, today, device or uuid4()
        self.client = Client()
        self.outbox: list[dict[str, str]] = []
        self.order = 0
        self.clock_ahead = timedelta()
        self.offset: int | None = 0
        self.begin()

    def begin(self) -> None:
        """A key for today."""
        self.day: PhoneDay = begin_day(self.user, self.device, "Android", "", self.today)
        self.client.cookies[NAME] = f"{self.day.pk}.{self.day.secret}"

    def record(self, kind: str, tenancy: int, payload: dict[str, Any], **more: Any) -> str:
        """Into the outbox; its id."""
        self.order += 1
        number = str(more.pop("id", uuid4()))
        at = more.pop("at", datetime.now(UTC)) + self.clock_ahead
        event = {
            "kind": kind, "schema": 1, "tenancy": tenancy, "order": self.order, "at": at.isoformat(),
            "offset": self.offset, "payload": payload, **more,
        }  # fmt: skip
        box = seal(self.day.secret, json.dumps(event).encode(), f"event:{self.day.pk}:{number}")
        self.outbox.append({"id": number, "phone": str(self.day.pk), "box": box})
        return number

    def visit(self, tenancy: int, result: str = "met", **payload: Any) -> str:
        """A visit, with whatever else stood on the card."""
        at = {name: payload.pop(name) for name in ("at", "id") if name in payload}
        return self.record("visit", tenancy, {"card": str(uuid4()), "result": result, **payload}, **at)

    def deliver(self, boxes: list[dict[str, str]] | None = None) -> dict[str, Any]:
        """Send the outbox (or these), and let go of what the server has."""
        answer = self.send(self.outbox[:50] if boxes is None else boxes)
        settled = {number for number, became in answer["results"] if became != "unopened"}
        self.outbox = [one for one in self.outbox if one["id"] not in settled]
        return answer

    def send(self, boxes: list[dict[str, str]], **more: Any) -> dict[str, Any]:
        """One contact; the phone does not hear the answer unless it is used."""
        body = {"boxes": boxes, "waiting": 0, "wiped": [], **more}
        answer = self.client.post("/veld/contact/", json.dumps(body), content_type="application/json")
        assert answer.status_code == 200, answer.content
        found: dict[str, Any] = answer.json()
        return found

    def packet(self) -> dict[str, Any]:
        """The packet of now, opened."""
        box = self.send([])["packet"]
        plain = unseal(self.day.secret, box, f"packet:{self.day.pk}")
        assert plain is not None
        found: dict[str, Any] = json.loads(plain)
        return found
