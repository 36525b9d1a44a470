"""Ageing: how long the money has been open, in buckets that always add up to the balance."""

from collections.abc import Sequence
from dataclasses import dataclass

from voordeur.core.ledger import Position
from voordeur.core.pauses import Pause, days_counted


@dataclass(frozen=True, slots=True)
class Bucket:
    """Days overdue from `first` up to and including `last`; `last` None means "or longer"."""

    first: int
    last: int | None = None

    def holds(self, days: int) -> bool:
        """True when something that is `days` overdue belongs here."""
        return self.first <= days and (self.last is None or days <= self.last)


STANDARD = (Bucket(1, 30), Bucket(31, 60), Bucket(61, 90), Bucket(91))


@dataclass(frozen=True, slots=True)
class Ageing:
    """Cents per bucket. `not_overdue + sum(by_bucket) - credit` is the balance, to the cent."""

    not_overdue: int
    by_bucket: tuple[int, ...]
    credit: int

    @property
    def balance(self) -> int:
        """Cents owed in all; negative when there is credit."""
        return self.not_overdue + sum(self.by_bucket) - self.credit


def check_buckets(buckets: Sequence[Bucket]) -> None:
    """ValueError unless the buckets start at day 1, follow each other without gap and the last has no end."""
    next_day: int | None = 1
    for bucket in buckets:
        if bucket.first != next_day or (bucket.last is not None and bucket.last < bucket.first):
            raise ValueError("buckets start at day 1 and follow each other without gap or overlap")
        next_day = None if bucket.last is None else bucket.last + 1
    if next_day is not None:
        raise ValueError("the last bucket has no last day, so that every charge finds a place")


def ageing(at: Position, buckets: Sequence[Bucket] = STANDARD, pauses: Sequence[Pause] = ()) -> Ageing:
    """Age every open charge of a position. `pauses` must be normalised; paused days do not count."""
    check_buckets(buckets)
    sums = [0] * len(buckets)
    not_overdue = 0
    for charge in at.charges:
        days = days_counted(charge.due, at.on, pauses)
        place = next((i for i, bucket in enumerate(buckets) if bucket.holds(days)), None)
        if place is None:
            not_overdue += charge.outstanding
        else:
            sums[place] += charge.outstanding
    return Ageing(not_overdue, tuple(sums), at.credit)
