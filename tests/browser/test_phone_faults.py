"""The fault run in small: `python -m bench.field_faults` is the same with ten thousand events."""

from typing import Any

from bench.field_faults import count, new_hand, play
from playwright.sync_api import Browser

from tests.web.factories import colleague, town
from voordeur.core.access import Role
from voordeur.store.models import Contact, FieldEvent, PacketStop

EVENTS = 120


def test_nothing_is_lost_and_nothing_doubled(
    transactional_db: None, browser: Browser, live_server: Any
) -> None:
    """Three phones, requests and answers that vanish, batches twice and turned round, tabs killed, doors taken away."""
    place = town()
    sanne = colleague("sanne", "Sanne Kerkhof", Role.NEIGHBOURHOOD_MANAGER, place.molenkwartier)
    people = (place.manager, place.manager, sanne)
    hands = [new_hand(browser, live_server.url, user, at) for at, user in enumerate(people, 1)]
    doors = sorted(set(PacketStop.objects.values_list("tenancy_id", flat=True)))
    play(hands, doors, EVENTS, 5, lambda: place.manager.neighbourhoods.clear())
    found = count(hands)
    for hand in hands:
        hand.context.close()
    assert len(found.promised) > EVENTS / 2
    assert found.lost == set()
    assert found.doubled == 0
    assert found.conflicts > 0
    assert found.unlisted == 0
    visits = FieldEvent.objects.filter(kind="visit")
    assert Contact.objects.count() == visits.filter(state="taken").exclude(contact=None).count()
    assert not FieldEvent.objects.filter(state="refused").exists()
