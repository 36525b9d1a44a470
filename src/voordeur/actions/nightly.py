"""The nightly run: every tenancy looked at anew, and the portfolio drawn. Running it twice changes nothing.

The work is cut in pieces of a few hundred tenancies and spread over the processors; each piece reads every ledger
once, for the assessment and for the month ends that the portfolio still misses.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date

import django
from django.db import connections, transaction

from voordeur.actions.assess import AT_ONCE, assess_piece
from voordeur.actions.audit import write_line
from voordeur.actions.draw_portfolio import MonthEnds, draw_portfolio, missing_month_ends
from voordeur.adapters.rules import load_calendar, load_policy
from voordeur.store.bulk import chunks
from voordeur.store.models import Entry, Signal

_WORTH_SPREADING = 4 * AT_ONCE
"""Fewer tenancies than this are done here: starting processes takes longer."""


@dataclass(frozen=True, slots=True)
class NightlyReport:
    """What the run did."""

    tenancies: int
    signals: int
    points: int


def nightly(today: date, progress: Callable[[str], None] = lambda _: None) -> NightlyReport:
    """Assess every tenancy with a ledger for `today`, then bring the portfolio history up to date."""
    wanted = list(Entry.objects.order_by("tenancy_id").values_list("tenancy_id", flat=True).distinct())
    missing = missing_month_ends(today)
    assessed, past = 0, MonthEnds(missing)
    for count, part in _pieces(wanted, today, missing):
        assessed += count
        past.add(part)
        progress(f"{assessed} / {len(wanted)}")
    points = draw_portfolio(today, past)
    with transaction.atomic():
        signals = Signal.objects.count()
        write_line(None, "nightly", data={"on": today.isoformat(), "tenancies": assessed, "signals": signals})
    return NightlyReport(assessed, signals, points)


def _pieces(wanted: list[int], today: date, missing: list[date]) -> Iterator[tuple[int, MonthEnds]]:
    jobs = [(piece, today, missing) for piece in chunks(wanted, AT_ONCE)]
    if len(wanted) < _WORTH_SPREADING:
        yield from map(_look_at, jobs)
        return
    connections.close_all()  # a connection cannot be shared with the processes that are started now
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(os.cpu_count(), mp_context=context, initializer=_begin) as pool:
        yield from pool.map(_look_at, jobs)


def _begin() -> None:
    """A process of our own starts with Django set up and no connection of its parent."""
    django.setup()
    connections.close_all()


def _look_at(job: tuple[list[int], date, list[date]]) -> tuple[int, MonthEnds]:
    piece, today, missing = job
    past = MonthEnds(missing).of(piece)
    return assess_piece(piece, today, load_policy(), load_calendar(), past.watch), past
