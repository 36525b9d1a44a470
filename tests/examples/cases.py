"""Reads the plain-text cases in this folder: a ledger, a day, and what somebody at a desk should then see.

    # wat er aan de hand is, in een zin
    dag       10-11-2026
    huur      655,15 elke maand van 11-2022 tot en met 11-2026
    betaald   655,15 elke maand van 11-2022 tot en met 10-2026 op de 1e
    betaald   300,00 op 14-10-2026 voor 10-2026
    storno    655,15 op 05-11-2026 van 02-11-2026 reden AM04
    verwacht
    signaal   niet binnen
    zin       De huur van november is niet binnen: € 655,15. In vier jaar gebeurde dat nog nooit.
    stap      ga langs

Rent is due on the 1st unless the line ends in `vervalt de 28e`. A line that starts with # is a remark.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from voordeur.adapters.rules import load_calendar, load_policy
from voordeur.core.assessment import Assessment, assess
from voordeur.core.calendar import add_months
from voordeur.core.facts import Contacts, Tenancy
from voordeur.core.ledger import Component, Entry, Kind
from voordeur.core.money import parse_euros
from voordeur.core.pattern import Method
from voordeur.core.pauses import Pause, normalised
from voordeur.core.signals import SignalKind

SIGNALS = {
    "loopt op": SignalKind.GROWING,
    "stil": SignalKind.SILENCE,
    "teruggeboekt": SignalKind.REVERSED,
    "niet binnen": SignalKind.MISSING,
    "loopt achter": SignalKind.BEHIND,
    "deel betaald": SignalKind.PARTIAL,
    "schuift op": SignalKind.SLIDING,
}
_METHODS = {"incasso": Method.DIRECT_DEBIT, "overmaken": Method.TRANSFER}
_DAY = r"(\d\d-\d\d-\d{4})"
_MONTHLY = re.compile(
    r"(\S+) elke maand van (\d\d-\d{4}) tot en met (\d\d-\d{4})(?: (?:op|vervalt) de (\d+)e)?"
)
_ONCE = re.compile(
    rf"(\S+) op {_DAY}(?: (?:voor (\d\d-\d{{4}})|van {_DAY}))?(?: reden (\w+))?(?: vervalt {_DAY})?"
)
_PAUSE = re.compile(rf"van {_DAY}(?: tot en met {_DAY})?")
_ATTEMPT = re.compile(rf"(bericht|gebeld|langs geweest|brief) op {_DAY}(?: (ochtend|middag|avond))?")


@dataclass
class Case:
    """One case, while it is read."""

    title: str = ""
    on: date = date.min
    entries: list[Entry] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    tenancy: Tenancy = field(default_factory=Tenancy)
    contacts: Contacts = field(default_factory=Contacts)
    parts_of_day: set[str] = field(default_factory=set)
    expected: list[tuple[str, str]] = field(default_factory=list)

    def assess(self) -> Assessment:
        """What the program makes of it, by the standard policy."""
        return assess(
            self.entries,
            self.on,
            load_policy(),
            load_calendar(),
            pauses=normalised(self.pauses),
            tenancy=self.tenancy,
            contacts=replace(self.contacts, day_parts=len(self.parts_of_day)),
            reversal_codes=self.codes,
        )


def said(found: Assessment) -> list[tuple[str, str]]:
    """Everything that a case can expect, in the words of the cases."""
    names = {kind: name for name, kind in SIGNALS.items()}
    lines = [("signaal", names[one.kind]) for one in found.signals]
    lines += [("zin", one.reason.nl) for one in found.signals]
    if not found.signals:
        lines.append(("signaal", "geen"))
    if found.standing.reason is not None:
        lines.append(("technisch", found.standing.reason.nl))
    advice = found.recommendation
    lines += [("stap", advice.action.words.nl.lower()), ("want", advice.reason.nl)]
    lines += [("niet", f"{no.action.words.nl.lower()}: {no.reason.nl}") for no in advice.not_now]
    return [(name, text.replace("\u00a0", " ")) for name, text in lines]


def read(path: Path) -> Case:
    """One case from its file."""
    case, expecting = Case(), False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        word, _, rest = line.strip().partition(" ")
        if word == "#":
            case.title = case.title or rest.strip()
        elif word == "verwacht":
            expecting = True
        elif expecting and word:
            case.expected.append((word, rest.strip()))
        elif word:
            assert word in _READERS, f"{path.name}, regel {number}: onbekend woord {word}"
            _READERS[word](case, rest.strip())
    return case


def day(text: str) -> date:
    """`10-11-2026`."""
    return date(int(text[6:]), int(text[3:5]), int(text[:2]))


def _month(text: str) -> date:
    return day(f"01-{text}")


def _matched(pattern: re.Pattern[str], text: str) -> tuple[str | None, ...]:
    found = pattern.fullmatch(text)
    assert found, f"niet te lezen: {text}"
    return found.groups()


def _cents(text: str) -> int:
    cents = parse_euros(text)
    assert cents is not None, f"geen bedrag: {text}"
    return cents


def _months(text: str) -> list[tuple[date, int]] | None:
    """The days and amounts of a line that repeats every month; None for a line about one day."""
    found = _MONTHLY.fullmatch(text)
    if found is None:
        return None
    amount, first, last, on_day = found.groups()
    days = []
    month = _month(first)
    while month <= _month(last):
        days.append(month.replace(day=int(on_day or 1)))
        month = add_months(month, 1)
    return [(one, _cents(amount)) for one in days]


def _add(case: Case, kind: Kind, on: date, amount: int, **more: object) -> Entry:
    entry = Entry(f"{kind}-{len(case.entries)}", on, kind, amount, sequence=len(case.entries), **more)  # type: ignore[arg-type]
    case.entries.append(entry)
    return entry


def _charge(component: Component) -> "Callable[[Case, str], None]":
    def reader(case: Case, text: str) -> None:
        monthly = _months(text)
        if monthly is None:
            amount, on, _, _, _, due = _matched(_ONCE, text)
            _add(
                case,
                Kind.CHARGE,
                day(on or ""),
                _cents(amount or ""),
                due=day(due or on or ""),
                component=component,
            )
        for on_day, cents in monthly or []:
            _add(case, Kind.CHARGE, on_day, cents, component=component)

    return reader


def _paid(case: Case, text: str) -> None:
    monthly = _months(text)
    if monthly is None:
        amount, on, month, _, _, _ = _matched(_ONCE, text)
        named = f"charge-of-{month}" if month else None
        for entry in case.entries if month else []:
            if entry.kind is Kind.CHARGE and (entry.due or entry.date).replace(day=1) == _month(month or ""):
                named = entry.id
        _add(case, Kind.PAYMENT, day(on or ""), _cents(amount or ""), designates=named)
    for on_day, cents in monthly or []:
        _add(case, Kind.PAYMENT, on_day, cents)


def _undone(case: Case, text: str) -> None:
    amount, on, _, paid_on, code, _ = _matched(_ONCE, text)
    payment = next(e for e in case.entries if e.kind is Kind.PAYMENT and e.date == day(paid_on or ""))
    reversal = _add(case, Kind.REVERSAL, day(on or ""), _cents(amount or ""), reverses=payment.id)
    if code:
        case.codes[reversal.id] = code


def _on(case: Case, text: str) -> None:
    case.on = day(text)


def _pays_by(case: Case, text: str) -> None:
    case.tenancy = replace(case.tenancy, method=_METHODS[text])


def _ended(case: Case, text: str) -> None:
    case.tenancy = replace(case.tenancy, ended=day(text.removeprefix("op ")))


def _pause(case: Case, text: str) -> None:
    start, end = _matched(_PAUSE, text)
    case.pauses.append(Pause(day(start or ""), day(end) if end else None))


def _contact(case: Case, text: str) -> None:
    """One attempt, or what was agreed."""
    now = case.contacts
    if text == "gesproken":
        case.contacts = replace(now, spoken=True)
    elif text.startswith("belofte tot en met "):
        case.contacts = replace(now, promise_until=day(text[-10:]))
    elif text.startswith("bezoek gepland op "):
        case.contacts = replace(now, visit_planned=day(text[-10:]))
    elif text == "wacht op toeslag":
        case.contacts = replace(now, benefit_pending=True)
    else:
        kind, on, part = _matched(_ATTEMPT, text)
        counter = {"bericht": "messages", "gebeld": "calls", "langs geweest": "visits", "brief": "letters"}[
            kind or ""
        ]
        counted: dict[str, int] = {counter: getattr(now, counter) + 1}
        case.contacts = replace(now, last_contact=day(on or ""), **counted)  # type: ignore[arg-type]
        if part:
            case.parts_of_day.add(part)


_READERS: "dict[str, Callable[[Case, str], None]]" = {
    "dag": _on,
    "huur": _charge(Component.RENT),
    "rekening": _charge(Component.OTHER),
    "betaald": _paid,
    "storno": _undone,
    "betaalwijze": _pays_by,
    "gestopt": _ended,
    "pauze": _pause,
    "contact": _contact,
}
