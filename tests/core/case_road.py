"""The road that the tests of cases walk: a missed rent, contact, a reminder, a signal, a proposal to go to court."""

from datetime import date, timedelta

import pytest

from tests.core.case_walk import AGREEMENT
from voordeur.adapters.law_rules import load_case_law
from voordeur.core.access import Role
from voordeur.core.cases import Actor, Case, Circumstances, Event, EventKind, HoldReason, step
from voordeur.core.contacts import Channel, DayPart
from voordeur.core.problems import Refused

LAW = load_case_law()
E = EventKind
ANNE, BEN = Actor("anne", Role.CONSULTANT), Actor("ben", Role.CONSULTANT)
CARE = Actor("wijk", Role.NEIGHBOURHOOD_MANAGER)
DUE = date(2026, 9, 1)


def at(day: date, amount: int = 65515, *, paid: bool = True) -> Circumstances:
    return Circumstances(day, amount, max(0, (day - DUE).days), paid, agreement=AGREEMENT)


def said(kind: EventKind, day: date, **more: object) -> Event:
    given = {"by": ANNE, "reason": "zie verslag", "evidence": "stuk-1", "amount": 65515} | more
    return Event(kind, day, **given)  # type: ignore[arg-type]


def lived(*events: Event) -> Case:
    """A case that went through every guard."""
    case = Case()
    for event in events:
        case = step(case, event, at(event.day), LAW)
    return case


def codes(case: Case, event: Event, now: Circumstances | None = None) -> list[str]:
    """Why a step is refused."""
    with pytest.raises(Refused) as refused:
        step(case, event, now or at(event.day), LAW)
    return [one.code for one in refused.value.problems]


OPENED = Event(E.OPENED, date(2026, 9, 4), since=DUE, previous="zaak-17")
RANG = said(E.ATTEMPTED, date(2026, 9, 6), by=CARE, channel=Channel.PHONE, part=DayPart.MORNING)
SPOKE = said(E.SPOKE, date(2026, 9, 9), by=CARE, channel=Channel.VISIT, help_told=True)
REMINDED = said(E.REMINDER_SENT, date(2026, 9, 13), offer=True, delivered=date(2026, 9, 16))
READY = Event(E.GATE_OPENED, date(2026, 10, 2))
SIGNAL = said(E.SIGNAL_SENT, date(2026, 10, 2), municipality="Lindewaard")
LONG_ROAD = (
    OPENED, RANG, SPOKE, REMINDED, READY, SIGNAL,
    said(E.SPOKE, date(2026, 11, 25), channel=Channel.PHONE),
    said(E.BUNDLE_APPROVED, date(2026, 11, 26)),
    said(E.COURT_PROPOSED, date(2026, 12, 2)),
)  # fmt: skip


def held(reason: HoldReason, day: date, days: int, **more: object) -> Event:
    return said(E.HELD, day, hold=reason, until=day + timedelta(days=days), owner="anne", **more)
