"""One made-up case that went to court, told event by event; tests change it and look what a judge would see."""

from collections.abc import Iterable
from datetime import date

from voordeur.adapters.law_rules import load_case_law
from voordeur.core.access import Role
from voordeur.core.case_fold import fold
from voordeur.core.case_values import Actor, Agreement, Answer, Event, EventKind
from voordeur.core.contacts import Channel, DayPart
from voordeur.core.evidence import EvidenceData, EvidenceFile, StatementLine
from voordeur.core.evidence_steps import evidence_file
from voordeur.core.words import Words

LAW = load_case_law()
MARIT = Actor("u-12", Role.NEIGHBOURHOOD_MANAGER)
SAM = Actor("u-31", Role.CONSULTANT)
KIM = Actor("u-44", Role.MANAGER)
SIGNALLED = date(2026, 4, 3)

ROAD = (
    Event(EventKind.OPENED, date(2026, 3, 2), since=date(2026, 3, 1)),
    Event(EventKind.ATTEMPTED, date(2026, 3, 5), SAM, evidence="c-101", channel=Channel.PHONE, part=DayPart.MORNING),
    Event(EventKind.ATTEMPTED, date(2026, 3, 9), MARIT, evidence="c-104", channel=Channel.VISIT,
          part=DayPart.AFTERNOON),
    Event(EventKind.MESSAGED, date(2026, 3, 9), MARIT, evidence="c-105", channel=Channel.CARD),
    Event(EventKind.REMINDER_SENT, date(2026, 3, 16), SAM, evidence="brief-7", help_told=True, offer=True,
          delivered=date(2026, 3, 18), amount=61840),
    Event(EventKind.GATE_OPENED, date(2026, 4, 2)),
    Event(EventKind.SIGNAL_SENT, SIGNALLED, SAM, evidence="ontvangst-55", municipality="Lindewaard", amount=123680),
    Event(EventKind.SIGNAL_ANSWERED, date(2026, 5, 6), SAM, evidence="bericht-9", answer=Answer.NO_CONTACT),
    Event(EventKind.ATTEMPTED, date(2026, 6, 20), MARIT, evidence="c-140", channel=Channel.VISIT, part=DayPart.EVENING),
    Event(EventKind.LETTER_SENT, date(2026, 6, 22), SAM, evidence="brief-19", amount=247360, fee=37104,
          delivered=date(2026, 6, 24), all_claims=True),
)  # fmt: skip
"""From the first missed rent to just before court, everything in its time and kept."""

DATA = EvidenceData(
    reference="2026-0417",
    made_on=date(2026, 7, 10),
    landlord="Woonstichting De Linde",
    tenant="R. Oudshoven",
    address="Wilgenhof 31, 0417 MK Lindewaard",
    statement=(
        StatementLine(date(2026, 3, 1), Words("Huur van maart", "Rent for March"), 61840),
        StatementLine(date(2026, 4, 1), Words("Huur van april", "Rent for April"), 61840),
    ),
    statement_on=SIGNALLED,
    agreement=Agreement("Lindewaard", date(2021, 3, 1)),
    documents={"brief-7": "ab" * 32, "ontvangst-55": "cd" * 32},
    people={"u-12": "M. Hoogland", "u-31": "S. de Boer"},
)


def file_of(events: Iterable[Event] = ROAD, data: EvidenceData = DATA) -> EvidenceFile:
    """The evidence file of a case with this history."""
    return evidence_file(fold(list(events)), LAW, data)
