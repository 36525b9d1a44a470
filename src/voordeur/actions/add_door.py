"""A door that was not on the list of today: looked up in the own neighbourhoods, and put on the phone."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from voordeur.actions.audit import write_line
from voordeur.actions.carry_phone import state_of
from voordeur.actions.guard import NOT_FOUND
from voordeur.actions.look_up import look_up
from voordeur.actions.reach_tenancy import check_reach, purpose_in_log
from voordeur.core.access import Deed
from voordeur.core.problems import Refused
from voordeur.store.models import PacketStop, PhoneDay

MOST_FOUND = 8


def look_up_door(phone: PhoneDay, text: str, today: date) -> list[dict[str, Any]]:
    """Addresses in the own neighbourhoods that fit; no names. Nothing for a phone whose day is over."""
    if state_of(phone, timezone.now()) != "active":
        return []
    return [
        {"tenancy": one.tenancy, "address": one.address} for one in look_up(phone.user, text)[:MOST_FOUND]
    ]


@transaction.atomic
def add_door(phone: PhoneDay, tenancy_id: int, today: date) -> None:
    """Put a household on this phone for today. Refused outside the own neighbourhoods, as if it were not there."""
    if state_of(phone, timezone.now()) != "active":
        raise Refused(NOT_FOUND)
    check_reach(phone.user, Deed.CARRY_PHONE, tenancy_id, today)
    now = timezone.now()
    _stop, new = PacketStop.objects.update_or_create(
        phone=phone,
        tenancy_id=tenancy_id,
        defaults={"by_hand": True},
        create_defaults={"since": now, "by_hand": True},
    )
    if new:
        write_line(
            phone.user, "carry_packet", subject=f"tenancy:{tenancy_id}", purpose=purpose_in_log(phone.user)
        )


def added(phone: PhoneDay, tenancy_id: int, today: date) -> bool:
    """The same; False when it was refused."""
    try:
        add_door(phone, tenancy_id, today)
    except Refused:
        return False
    return True
