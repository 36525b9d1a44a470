"""Town rows as core entries, to ask the core what they come to."""

from collections.abc import Sequence
from datetime import date

from voordeur.core.ledger import Position, history, position
from voordeur.demo.evaluate import core_entries
from voordeur.demo.town import Town


def stand(town: Town, place: int, on: date) -> Position:
    """How the tenancy at `place` stood at the end of day `on`."""
    return position(core_entries(enumerate(town.ledgers[place], 1)), on)


def overdue(town: Town, place: int, days: Sequence[date]) -> dict[date, int]:
    """Cents overdue at the end of each of these days (ascending) on which somebody lived there."""
    lived = [day for day in days if runs(town, place, day)]
    return {at.on: at.overdue for at in history(core_entries(enumerate(town.ledgers[place], 1)), lived)}


def runs(town: Town, place: int, on: date) -> bool:
    """True when somebody lived there on `on`."""
    tenancy = town.tenancies[place]
    return tenancy.start <= on and (tenancy.end is None or on <= tenancy.end)
