"""The nightly run: every tenancy looked at anew, and the portfolio drawn. Running it twice changes nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from voordeur.actions.assess import assess
from voordeur.actions.audit import write_line
from voordeur.actions.draw_portfolio import draw_portfolio
from voordeur.store.models import Signal


@dataclass(frozen=True, slots=True)
class NightlyReport:
    """What the run did."""

    tenancies: int
    signals: int
    points: int


def nightly(today: date, progress: Callable[[str], None] = lambda _: None) -> NightlyReport:
    """Assess every tenancy with a ledger for `today`, then bring the portfolio history up to date."""
    tenancies = assess(None, today, progress)
    points = draw_portfolio(today)
    with transaction.atomic():
        signals = Signal.objects.count()
        write_line(
            None, "nightly", data={"on": today.isoformat(), "tenancies": tenancies, "signals": signals}
        )
    return NightlyReport(tenancies, signals, points)
