"""The nightly run: every tenancy looked at anew, the portfolio drawn, the log checked. Twice changes nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction

from voordeur.actions.assess import assess
from voordeur.actions.assess_many import assess_many
from voordeur.actions.audit import write_line
from voordeur.actions.close_unused import close_unused
from voordeur.actions.draw_portfolio import draw_portfolio, time_machine
from voordeur.actions.keep_cases import keep_cases
from voordeur.actions.plan_day import plan_team
from voordeur.actions.settle_plans import settle_plans
from voordeur.actions.verify_audit import keep_verdict
from voordeur.actions.watch_arrangements import watch_arrangements
from voordeur.store.bulk import in_bulk
from voordeur.store.models import Signal, Tenancy


@dataclass(frozen=True, slots=True)
class NightlyReport:
    """What the run did."""

    tenancies: int
    signals: int
    points: int


def nightly(today: date, progress: Callable[[str], None] = lambda _: None) -> NightlyReport:
    """Assess every tenancy with a ledger for `today`, and draw the portfolio of ten years from the same pass."""
    with in_bulk():
        watch_arrangements(None, today)
        machine, in_all = time_machine(today), Tenancy.objects.count()
        assessed = assess_many(
            None, today, machine=machine, progress=lambda count: progress(f"{count} / {in_all}")
        )
        assess(keep_cases(None, today), today)
        settle_plans(None, today)
        plan_team(today)
        points = draw_portfolio(today, machine.points())
    SessionStore.clear_expired()  # whoever was signed out long ago leaves nothing behind
    close_unused(today)
    keep_verdict(today)
    with transaction.atomic():
        signals = Signal.objects.count()
        write_line(None, "nightly", data={"on": today.isoformat(), "tenancies": assessed, "signals": signals})
    return NightlyReport(assessed, signals, points)
