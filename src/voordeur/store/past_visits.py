"""Earlier visits to the households of some neighbourhoods, without anything that was said there."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from voordeur.core.contacts import Channel, Contact, ContactOutcome, DayPart
from voordeur.core.plan_rules import PlanRules
from voordeur.store.models import Contact as ContactRow


def past_visits(places: Collection[int], today: date, rules: PlanRules) -> Iterator[tuple[int, int, Contact]]:
    """(household, neighbourhood, visit) of the stretch that is learned from. One query."""
    since = today - timedelta(days=rules.look_back_days)
    rows = ContactRow.objects.filter(
        tenancy__neighbourhood__in=list(places),
        channel=Channel.VISIT,
        incoming=False,
        day__range=(since, today),
    )
    columns = ("tenancy_id", "tenancy__neighbourhood_id", "day", "part", "reached")
    for tenancy, place, day, part, reached in rows.values_list(*columns):
        part_of_day = DayPart(part) if part else None
        yield tenancy, place or 0, Contact(day, Channel.VISIT, part_of_day, reached, ContactOutcome.SPOKEN)
