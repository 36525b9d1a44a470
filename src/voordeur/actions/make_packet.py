"""The packet of a day: what somebody needs at the doors of today, and nothing more. Sealed for one phone."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from voordeur.actions.audit import write_line
from voordeur.actions.door_sections import SECTIONS
from voordeur.actions.reach_tenancy import purpose_in_log
from voordeur.adapters.phone_seal import seal
from voordeur.store.models import PacketStop, PhoneDay
from voordeur.store.queries import field

PACKET_SCHEMA = 1


@transaction.atomic
def make_packet(phone: PhoneDay, today: date) -> str:
    """The packet of this phone as it is now, sealed. Who comes onto the phone is in the log, one line a household."""
    content = packet_of(phone, today, timezone.now())
    plain = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return seal(phone.secret, plain, f"packet:{phone.pk}")


def packet_of(phone: PhoneDay, today: date, now: datetime) -> dict[str, Any]:
    """What is in it: the doors in their order, who paid since, and until when it may be read."""
    added = list(phone.stops.filter(by_hand=True).order_by("pk").values_list("tenancy_id", flat=True))
    doors = list(field.doors_of_day(phone.user, today))
    doors += [field.DoorToday(pk) for pk in added if pk not in {one.tenancy for one in doors}]
    shown = [one.tenancy for one in doors]
    _note_stops(phone, shown, now)
    left = list(phone.stops.exclude(tenancy__in=shown).values_list("tenancy_id", flat=True))
    sections = {name: section(shown, today) for name, section in SECTIONS.items()}
    return {
        "schema": PACKET_SCHEMA,
        "made": now.isoformat(),
        "until": phone.until.isoformat(),
        "day": today.isoformat(),
        "name": phone.user.first_name or str(phone.user),
        "doors": [_door(one, sections) for one in doors],
        "paid": field.paid_doors([*left, *added], today),
        "gone": field.gone_doors(left, today),
    }


def _door(one: field.DoorToday, sections: Mapping[str, Mapping[int, Any]]) -> dict[str, Any]:
    found = {name: values[one.tenancy] for name, values in sections.items() if one.tenancy in values}
    why = [one.why.nl, one.why.en] if one.why else None
    return {
        "tenancy": one.tenancy, "start": one.start, "two": one.two_persons, "why": why, **found,
    }  # fmt: skip


def _note_stops(phone: PhoneDay, shown: Sequence[int], now: datetime) -> None:
    """Who is on this phone from now on; a household that was there already is not written down again."""
    known = set(phone.stops.values_list("tenancy_id", flat=True))
    new = [pk for pk in shown if pk not in known]
    PacketStop.objects.bulk_create(PacketStop(phone=phone, tenancy_id=pk, since=now) for pk in new)
    for pk in new:
        write_line(phone.user, "carry_packet", subject=f"tenancy:{pk}", purpose=purpose_in_log(phone.user))
