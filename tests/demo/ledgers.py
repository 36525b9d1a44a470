"""Town rows as core entries, to ask the core what they come to."""

from datetime import date

from voordeur.core.ledger import Position, position
from voordeur.demo.evaluate import core_entries
from voordeur.demo.town import Town


def stand(town: Town, place: int, on: date) -> Position:
    """How the tenancy at `place` stood at the end of day `on`."""
    return position(core_entries(enumerate(town.ledgers[place], 1)), on)


def runs(town: Town, place: int, on: date) -> bool:
    """True when somebody lived there on `on`."""
    tenancy = town.tenancies[place]
    return tenancy.start <= on and (tenancy.end is None or on <= tenancy.end)
