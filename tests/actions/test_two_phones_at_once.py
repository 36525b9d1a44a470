"""Two phones deliver at the same moment what cannot both be so: it still is a contradiction, on either database."""

from threading import Barrier, Thread
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from tests.actions.paper_phone import PaperPhone
from tests.web.factories import TODAY, colleague, town
from voordeur.actions.take_field_events import LATER, Box, take_boxes
from voordeur.core.access import Role
from voordeur.store.models import FieldEvent, VisitConflict


@pytest.mark.django_db(transaction=True)
def test_at_the_same_moment_one_counts_and_one_waits() -> None:
    place = town()
    cover = colleague("sanne", "Sanne Kerkhof", Role.NEIGHBOURHOOD_MANAGER, place.molenkwartier)
    phones = [PaperPhone(one, TODAY) for one in (place.manager, cover)]
    doors = [int(one["tenancy"]) for one in phones[0].packet()["doors"]]
    for door in doors:
        phones[1].day.stops.get_or_create(tenancy_id=door, defaults={"since": timezone.now()})
        phones[0].visit(door, "met")
        phones[1].visit(door, "not_met")
    together = Barrier(2)

    def deliver(phone: PaperPhone) -> None:
        try:
            for one in phone.outbox:
                box = Box(UUID(one["id"]), UUID(one["phone"]), one["box"])
                together.wait()
                while take_boxes([box])[0][1] == LATER:  # as a phone does: it comes again
                    pass
        finally:
            connection.close()

    at_once = [Thread(target=deliver, args=(one,)) for one in phones]
    for thread in at_once:
        thread.start()
    for thread in at_once:
        thread.join()
    assert FieldEvent.objects.filter(state="taken").count() == len(doors)
    assert FieldEvent.objects.filter(state="contradicts").count() == len(doors)
    assert VisitConflict.objects.count() == len(doors)
