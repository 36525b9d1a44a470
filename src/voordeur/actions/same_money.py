"""A payment that both the bank and the corporation's own ledger tell of counts once.

Same tenancy, same kind, same amount, at most five days apart, each sighting paired with at most one of the other
kind, in order of date. Two identical payments in one source stay two.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.db import connection
from django.db.models import Q

from voordeur.store.bulk import among, chunks
from voordeur.store.models import Entry

DAYS_APART = 5
"""Bookkeeping runs a few days behind the bank; a choice of ours, not a rule from a source."""
_APART = timedelta(days=DAYS_APART)
_KINDS = (Entry.Kind.PAYMENT, Entry.Kind.REVERSAL, Entry.Kind.REFUND)


class _Sighting(NamedTuple):
    pk: int
    date: date
    source: int


def pair_sightings(tenancies: Iterable[int], days: Sequence[date] = ()) -> int:
    """Pair new sightings of these tenancies; the later one points at the earlier one. Returns how many were paired.

    `days` on which the new sightings are: only what is near them is looked at. None given: everything is.
    """
    near = Q(date__range=(min(days) - _APART, max(days) + _APART)) if days else Q()
    around = Q(date__range=(min(days) - 2 * _APART, max(days) + 2 * _APART)) if days else Q()
    paired: list[Entry] = []
    for chunk in chunks(tenancies, 2000):
        twice = _seen_by_both(_seen_often(chunk, days), near)
        if twice:
            paired += [Entry(pk=pk, same_as_id=first) for pk, first in _pairs(twice, near, around)]
    Entry.objects.bulk_update(paired, ["same_as_id"], batch_size=500)
    return len(paired)


def _seen_often(tenancies: list[int], days: Sequence[date]) -> list[int]:
    """Those with more than one entry of money; an index alone tells, and nearly nobody is left."""
    where, values = among("tenancy_id", tenancies), []
    if days:
        where += " AND date BETWEEN %s AND %s"
        values = [min(days) - _APART, max(days) + _APART]
    kinds = among("kind", _KINDS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT tenancy_id FROM store_entry WHERE {where} AND {kinds} GROUP BY tenancy_id HAVING COUNT(*) > 1",
            values,
        )
        return [tenancy for (tenancy,) in cursor.fetchall()]


def _seen_by_both(tenancies: list[int], near: Q) -> list[int]:
    """Only tenancies with money from the bank and money from the ledger can have anything to pair."""
    money = Entry.objects.filter(near, tenancy_id__in=tenancies, kind__in=_KINDS)
    sources: dict[int, set[int]] = defaultdict(set)
    for tenancy, source in money.values_list("tenancy_id", "source").distinct():
        sources[tenancy].add(source)
    both = {Entry.Source.BANK.value, Entry.Source.LEDGER.value}
    return sorted(tenancy for tenancy, seen in sources.items() if both <= seen)


def _pairs(tenancies: list[int], near: Q, around: Q) -> list[tuple[int, int]]:
    money = Entry.objects.filter(tenancy_id__in=tenancies, kind__in=_KINDS).order_by("date", "id")
    told_again = money.filter(around, same_as__isnull=False)
    taken = {pk for pk in told_again.values_list("same_as_id", flat=True) if pk is not None}
    alike: dict[tuple[int, int, int], list[_Sighting]] = defaultdict(list)
    rows = money.filter(near, same_as=None)
    for tenancy, kind, amount, pk, day, source in rows.values_list(
        "tenancy_id", "kind", "amount", "id", "date", "source"
    ):
        if pk not in taken:
            alike[tenancy, kind, amount].append(_Sighting(pk, day, source))
    return [pair for sightings in alike.values() for pair in _pair_up(sightings)]


def _pair_up(sightings: list[_Sighting]) -> list[tuple[int, int]]:
    """(second sighting, first sighting): the row that was there first, by id, keeps counting."""
    bank = [one for one in sightings if one.source == Entry.Source.BANK]
    found = []
    for own in (one for one in sightings if one.source == Entry.Source.LEDGER):
        near = [one for one in bank if abs((one.date - own.date).days) <= DAYS_APART]
        if near:
            twin = min(near, key=lambda one: (abs((one.date - own.date).days), one.pk))
            bank.remove(twin)
            found.append((max(own.pk, twin.pk), min(own.pk, twin.pk)))
    return found
