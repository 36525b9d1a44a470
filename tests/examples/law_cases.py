"""Reads the examples in `zaken/`: what happened in a case, what somebody wants to do now, and whether that may.

    # wat er aan de hand is, in een zin
    grond     Bgs art. 2 onder d
    open      655,15 sinds 01-10-2026
    gebeurd   06-10-2026 gebeld, niet bereikt in de ochtend
    gebeurd   08-10-2026 gesproken, gewezen op schuldhulp
    dag       10-11-2026
    probeer   meld bij de gemeente
    verwacht
    mag       nee
    nodig     De huurder heeft nog tijd om te reageren, tot en met: 30 november 2026.

What happened is itself checked: a history that could not lawfully be makes the example fail. Unless it says
otherwise there is an agreement with the municipality of Lindewaard and the current rent is paid.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from tests.examples.cases import day
from voordeur.adapters.law_rules import load_case_law
from voordeur.core.access import Role
from voordeur.core.case_values import (
    Actor,
    Agreement,
    Answer,
    Case,
    Circumstances,
    Event,
    EventKind,
    HoldReason,
)
from voordeur.core.case_words import STATE_WORDS
from voordeur.core.cases import allowed, deadlines, step, warnings
from voordeur.core.contacts import Channel, DayPart
from voordeur.core.costs import collection_fee
from voordeur.core.money import parse_euros
from voordeur.core.problems import Refused

FIRST, SECOND = Actor("consulent-1", Role.CONSULTANT), Actor("consulent-2", Role.CONSULTANT)
LINDEWAARD = Agreement("Lindewaard", date(2021, 1, 1), floor=5000)
E = EventKind
_D = r"(\d\d-\d\d-\d{4})"
_PARTS = {"ochtend": DayPart.MORNING, "middag": DayPart.AFTERNOON, "avond": DayPart.EVENING}
_HOLDS = {
    "geschil": HoldReason.DISPUTE,
    "moratorium": HoldReason.MORATORIUM,
    "afkoelingsperiode": HoldReason.COOLING_OFF,
    "schuldsanering": HoldReason.DEBT_SCHEME,
    "bewind": HoldReason.ADMINISTRATOR,
    "overlijden": HoldReason.BEREAVEMENT,
}
_ANSWERS = {
    "hulp aanvaard": Answer.HELP_ACCEPTED,
    "al bekend": Answer.ALREADY_HELPED,
    "geen contact": Answer.NO_CONTACT,
    "wil geen hulp": Answer.DECLINED,
    "opgepakt": Answer.TAKEN_UP,
    "niet opgepakt": Answer.NOT_TAKEN_UP,
}
_PLAIN: dict[str, dict[str, Any]] = {
    "zaak begonnen": {"kind": E.OPENED, "by": None},
    "betaling teruggeboekt": {"kind": E.FELL_BACK, "by": None},
    "alles betaald": {"kind": E.PAID_OFF, "by": None},
    "gesproken": {"kind": E.SPOKE, "channel": Channel.VISIT},
    "gesproken, gewezen op schuldhulp": {"kind": E.SPOKE, "channel": Channel.VISIT, "help_told": True},
    "bericht gestuurd": {"kind": E.MESSAGED, "channel": Channel.MESSAGE},
    "gewezen op schuldhulp": {"kind": E.HELP_POINTED},
    "huurder wil geen melding": {"kind": E.OBJECTED},
    "huurder stemt op papier in": {"kind": E.CONSENTED},
    "termijn gemist": {"kind": E.PLAN_MISSED, "by": None},
    "regeling beëindigd": {"kind": E.PLAN_BROKEN},
    "klaar om te melden": {"kind": E.GATE_OPENED, "by": None},
    "meld bij de gemeente": {"kind": E.SIGNAL_SENT, "municipality": "Lindewaard"},
    "gemeld": {"kind": E.SIGNAL_SENT, "municipality": "Lindewaard"},
    "crisismelding": {"kind": E.CRISIS_SIGNAL, "municipality": "Lindewaard"},
    "melding ingetrokken": {"kind": E.SIGNAL_WITHDRAWN},
    "pauze beëindigd": {"kind": E.PAUSE_ENDED},
    "kosten gevraagd": {"kind": E.COSTS_ADDED},
    "bewijs goedgekeurd": {"kind": E.BUNDLE_APPROVED},
    "rechter voorgesteld": {"kind": E.COURT_PROPOSED},
    "gedagvaard": {"kind": E.SUMMONS_SERVED},
    "vonnis": {"kind": E.TITLE_GIVEN},
    "gemeente weet de dag": {"kind": E.COLLEGE_INFORMED},
    "ontruimd": {"kind": E.EVICTED},
    "verder na de onderbreking": {"kind": E.RELEASED},
    "zaak gesloten": {"kind": E.CLOSED_PAID, "by": None},
    "afgeboekt": {"kind": E.WRITTEN_OFF},
}
_SHAPES: tuple[tuple[str, Callable[[re.Match[str]], dict[str, Any]]], ...] = (
    (r"gebeld, niet bereikt in de (\w+)", lambda m: {"kind": E.ATTEMPTED, "channel": Channel.PHONE,
                                                      "part": _PARTS[m[1]]}),
    (r"langs geweest, niet bereikt in de (\w+)", lambda m: {"kind": E.ATTEMPTED, "channel": Channel.VISIT,
                                                             "part": _PARTS[m[1]]}),
    (rf"herinnering met aanbod, bezorgd {_D}", lambda m: {"kind": E.REMINDER_SENT, "offer": True,
                                                          "help_told": True, "delivered": day(m[1])}),
    (rf"herinnering zonder aanbod, bezorgd {_D}", lambda m: {"kind": E.REMINDER_SENT, "help_told": True,
                                                             "delivered": day(m[1])}),
    (rf"regeling tot en met {_D}", lambda m: {"kind": E.PLAN_AGREED, "until": day(m[1]), "affordable": True}),
    (rf"regeling zonder te kijken wat kan, tot en met {_D}", lambda m: {"kind": E.PLAN_AGREED,
                                                                      "until": day(m[1])}),
    (r"gemeente: (.+)", lambda m: {"kind": E.SIGNAL_ANSWERED, "answer": _ANSWERS[m[1]]}),
    (rf"pauze tot en met {_D}", lambda m: {"kind": E.PAUSE_STARTED, "until": day(m[1])}),
    (rf"veertiendagenbrief, bezorgd {_D}", lambda m: {"kind": E.LETTER_SENT, "delivered": day(m[1]),
                                                      "all_claims": True}),
    (rf"veertiendagenbrief voor een deel, bezorgd {_D}", lambda m: {"kind": E.LETTER_SENT,
                                                                    "delivered": day(m[1])}),
    (rf"vonnis, tijd om te betalen tot en met {_D}", lambda m: {"kind": E.TITLE_GIVEN, "until": day(m[1])}),
    (rf"ontruiming aangezegd op {_D}", lambda m: {"kind": E.EVICTION_DATED, "eviction_day": day(m[1])}),
    (rf"onderbroken wegens (\w+) tot en met {_D}", lambda m: {"kind": E.HELD, "hold": _HOLDS[m[1]],
                                                              "until": day(m[2]), "owner": "consulent-1"}),
    (r"(\S+) betwist", lambda m: {"kind": E.DISPUTE_NOTED, "amount": parse_euros(m[1])}),
)  # fmt: skip
_OVERRULE = {
    "eerst persoonlijk": "personal_first",
    "melding oud genoeg": "signal_aged",
    "kort geleden contact": "recent_contact",
    "verschillende dagdelen": "effort_spread",
    "geen bezwaar": "no_objection",
}


@dataclass
class Example:
    """One example, while it is read."""

    title: str = ""
    ground: str = ""
    on: date = date.min
    amounts: list[tuple[date, int, date]] = field(default_factory=list)
    """From this day: so much open, the oldest due on that day."""
    happened: list[tuple[date, str]] = field(default_factory=list)
    tries: str = ""
    agreement: Agreement | None = LINDEWAARD
    rent_paid: bool = True
    expected: list[tuple[str, str]] = field(default_factory=list)

    def at(self, on: date) -> Circumstances:
        """What the ledger says on a day."""
        known = [one for one in self.amounts if one[0] <= on]
        cents, since = known[-1][1:] if known else (0, on)
        overdue = (on - since).days if cents else 0
        missed = any(text == "termijn gemist" for _, text in self.happened)
        return Circumstances(on, cents, overdue, self.rent_paid, missed, self.agreement)


def read(path: Path) -> Example:
    """One example from its file."""
    example, expecting = Example(), False
    for line in path.read_text(encoding="utf-8").splitlines():
        word, _, rest = line.strip().partition(" ")
        text = rest.strip()
        if word == "#":
            example.title = example.title or text
        elif word == "verwacht":
            expecting = True
        elif expecting and word:
            example.expected.append((word, text))
        elif word:
            _READERS[word](example, text)
    return example


def _open(example: Example, text: str) -> None:
    found = re.fullmatch(rf"(\S+)(?: sinds {_D})?(?: vanaf {_D})?", text)
    assert found, f"niet te lezen: {text}"
    cents = parse_euros(found[1])
    assert cents is not None
    since = day(found[2]) if found[2] else example.amounts[0][2]
    example.amounts.append((day(found[3]) if found[3] else since, cents, since))


def _happened(example: Example, text: str) -> None:
    example.happened.append((day(text[:10]), text[11:].strip()))


def _agreement(example: Example, text: str) -> None:
    example.agreement = None if text == "geen" else replace(
        LINDEWAARD, last=day(text[-10:])
    )  # fmt: skip


_READERS = {
    "grond": lambda example, text: setattr(example, "ground", text),
    "dag": lambda example, text: setattr(example, "on", day(text)),
    "probeer": lambda example, text: setattr(example, "tries", text),
    "lopende": lambda example, text: setattr(example, "rent_paid", text != "huur niet betaald"),
    "open": _open,
    "gebeurd": _happened,
    "afspraak": _agreement,
}


def event(text: str, on: date, case: Case, at: Circumstances) -> Event:
    """An event from its words; `door twee` brings the second person, `afwijken van ...` sets a guard aside."""
    words, _, aside = text.partition(", afwijken van ")
    alone = words.removesuffix(", door twee")
    alone = alone.removesuffix(", zonder reden").removesuffix(", door het programma")
    values = dict(_PLAIN.get(alone) or _shaped(alone))
    law = load_case_law()
    assert law.fees is not None
    if values["kind"] is E.OPENED:
        values["since"] = on if at.days_overdue == 0 else date.fromordinal(on.toordinal() - at.days_overdue)
    if values["kind"] is E.LETTER_SENT:
        values["fee"] = collection_fee(at.amount, on, law.fees).total
    if values["kind"] is E.COSTS_ADDED:
        values["fee"] = case.letter_fee
    by = None if "door het programma" in words else FIRST
    given = {"by": by, "reason": "" if "zonder reden" in words else "zie verslag", "evidence": "stuk",
             "amount": at.amount}  # fmt: skip
    second = SECOND if words.endswith("door twee") else None
    if second is not None:
        values.pop("by", None)
    overrules = (_OVERRULE[aside],) if aside else ()
    return Event(day=on, second=second, overrules=overrules, **(given | values))


def _shaped(text: str) -> dict[str, Any]:
    for shape, made in _SHAPES:
        found = re.fullmatch(shape, text)
        if found:
            return made(found)
    raise AssertionError(f"onbekend: {text}")


def history(example: Example) -> Case:
    """The case as it stands after what happened; every step goes through the guards."""
    case, law = Case(), load_case_law()
    for on, text in example.happened:
        at = example.at(on)
        case = step(case, event(text, on, case, at), at, law)
    return case


def said(example: Example) -> list[tuple[str, str]]:
    """Everything an example can expect."""
    case, law, at = history(example), load_case_law(), example.at(example.on)
    lines = [("let", f"op: {one.nl}") for one in warnings(case, at, law)]
    if example.tries:
        try:
            case = step(case, event(example.tries, example.on, case, at), at, law)
            lines.append(("mag", "ja"))
        except Refused as no:
            lines.append(("mag", "nee"))
            lines += [("nodig", one.message.nl) for one in no.problems]
            lines += [("artikel", one.cure.nl.removeprefix("Grond: ").rstrip(".")) for one in no.problems]
    lines.append(("staat", STATE_WORDS[case.state].nl))
    lines.append(("code", case.state.code))
    lines += [("termijn", f"{one.words.nl}: {one.day:%d-%m-%Y}") for one in deadlines(case, law)]
    lines += [("kan", one.words.nl) for one in allowed(case, at, law) if one.open]
    lines += [("kan", f"niet: {one.words.nl}") for one in allowed(case, at, law) if not one.open]
    return lines
