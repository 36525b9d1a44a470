"""A payment that both the bank and the corporation's own ledger tell of counts once.

Same tenancy, same kind, same amount, at most five days apart, each sighting paired with at most one of the other
kind, in order of date. Two identical payments in one source stay two.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from voordeur.store.bulk import chunks
from voordeur.store.models import Entry

DAYS_APART = 5
"""Bookkeeping runs a few days behind the bank; a choice of ours, not a rule from a source."""
_KINDS = (Entry.Kind.PAYMENT, Entry.Kind.REVERSAL, Entry.Kind.REFUND)


class _Sighting(NamedTuple):
    pk: int
    date: date
    source: int


def pair_sightings(tenancies: Iterable[int]) -> int:
    """Pair new sightings of these tenancies; the later one points at the earlier one. Returns how many were paired."""
    paired: list[Entry] = []
    for chunk in chunks(tenancies, 2000):
        twice = _seen_by_both(chunk)
        if twice:
            paired += [Entry(pk=pk, same_as_id=first) for pk, first in _pairs(twice)]
    Entry.objects.bulk_update(paired, ["same_as_id"], batch_size=500)
    return len(paired)


def _seen_by_both(tenancies: list[int]) -> list[int]:
    """Only tenancies with money from the bank and money from the ledger can have anything to pair."""
    money = Entry.objects.filter(tenancy_id__in=tenancies, kind__in=_KINDS)
    from_bank = set(money.filter(source=Entry.Source.BANK).values_list("tenancy_id", flat=True).distinct())
    if not from_bank:
        return []
    from_ledger = money.filter(tenancy_id__in=from_bank, source=Entry.Source.LEDGER)
    return sorted(set(from_ledger.values_list("tenancy_id", flat=True).distinct()))


def _pairs(tenancies: list[int]) -> list[tuple[int, int]]:
    money = Entry.objects.filter(tenancy_id__in=tenancies, kind__in=_KINDS).order_by("date", "id")
    taken = {
        pk
        for pk in money.filter(same_as__isnull=False).values_list("same_as_id", flat=True)
        if pk is not None
    }
    alike: dict[tuple[int, int, int], list[_Sighting]] = defaultdict(list)
    rows = money.filter(same_as=None).values_list("tenancy_id", "kind", "amount", "id", "date", "source")
    for tenancy, kind, amount, pk, day, source in rows:
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
