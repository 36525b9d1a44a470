"""What paid what, and what happened: the rows of the ledger and of the timeline. Pure: from a file to rows."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from voordeur.core.ledger import Allocation, Charge, Component, Entry, Kind, known_by
from voordeur.core.words import Words, month_in_words
from voordeur.store import queries
from voordeur.store.queries import TenancyFile
from voordeur.web import labels
from voordeur.web.templatetags.voordeur import language, money, short_day

_ROWS = 5
"""Newest rows shown at first; older ones only when a part is open."""
_EVENTS = 9


@dataclass(frozen=True, slots=True)
class Row:
    """One charge with what covered it."""

    due: date
    title: str
    amount: int
    open: int
    overdue: bool
    paid_by: tuple[str, ...]
    """`€ 300,00 · overgemaakt 14 okt, met “huur oktober”`."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The rows that are shown, and the sums of all."""

    rows: tuple[Row, ...]
    left_out: int
    """Older rows that are paid and not shown."""
    amount: int
    """Cents: of the rows that are shown."""
    open: int
    """Cents open in all; the open column adds up to it, because every open row is shown."""
    overdue: int
    not_due: int
    credit: int
    oldest: date | None
    days: int
    open_parts: tuple[Row, ...]
    """Rows with an open part, oldest first."""


def ledger(file: TenancyFile, *, everything: bool = False) -> Ledger:
    """The charges by due day. Rows that are paid and older than the newest five are left out, unless asked for."""
    at = file.position
    ordered = sorted((c for c in at.charges if c.amount), key=lambda charge: (charge.due, charge.entry.order))
    newest = {charge.id for charge in ordered[-_ROWS:]}
    shown = [charge for charge in ordered if everything or charge.outstanding or charge.id in newest]
    rows = tuple(_row(charge, file) for charge in shown)
    open_in_all = sum(charge.outstanding for charge in ordered)
    return Ledger(
        rows=rows,
        left_out=len(ordered) - len(shown),
        amount=sum(row.amount for row in rows),
        open=open_in_all,
        overdue=at.overdue,
        not_due=open_in_all - at.overdue,
        credit=at.credit,
        oldest=at.oldest_unpaid_due,
        days=at.days_overdue,
        open_parts=tuple(row for row in rows if row.open),
    )


def _row(charge: Charge, file: TenancyFile) -> Row:
    return Row(
        due=charge.due,
        title=_title(charge.entry, file),
        amount=charge.amount,
        open=charge.outstanding,
        overdue=bool(charge.outstanding) and charge.due < file.on,
        paid_by=tuple(_paid_by(part, file) for part in charge.allocations),
    )


def _title(entry: Entry, file: TenancyFile) -> str:
    """`Huur november`, or what else it is."""
    if entry.kind is Kind.REVERSAL:
        return _("Teruggeboekt")
    if entry.kind is Kind.REFUND:
        return _("Terugbetaald aan de huurder")
    if entry.kind is Kind.CORRECTION:
        return _("Correctie")
    note = file.notes.get(entry.id)
    due = entry.due or entry.date
    period = (note.period if note else None) or due
    name = labels.of("component", entry.component.value)
    if entry.component in (Component.OTHER, Component.COSTS) and note and note.description:
        return note.description
    return f"{name} {month_in_words(period, year=period.year != file.on.year).in_language(language())}"


def _paid_by(part: Allocation, file: TenancyFile) -> str:
    said = _how(part.kind, file) % {"amount": money(part.amount), "day": _day(part.money_date, file)}
    words = _own_words(part.credit, file) if part.kind is Kind.PAYMENT else ""
    return _("%(paid)s, met %(words)s") % {"paid": said, "words": words} if words else said


def _how(kind: Kind, file: TenancyFile) -> str:
    if kind is Kind.WRITE_OFF:
        return _("%(amount)s · kwijtgescholden %(day)s")
    if kind is Kind.CORRECTION:
        return _("%(amount)s · gecorrigeerd %(day)s")
    if file.method == "direct_debit":
        return _("%(amount)s · betaald %(day)s")
    return _("%(amount)s · overgemaakt %(day)s")


def _day(day: date, file: TenancyFile) -> str:
    """`14 okt`, with the year when it is another one."""
    return short_day(day) if day.year == file.on.year else f"{short_day(day)} {day.year}"


def _own_words(entry_id: str, file: TenancyFile) -> str:
    note = file.notes.get(entry_id)
    return f"“{note.description}”" if note and note.description else ""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, with its icon and its kind of dot."""

    on: date
    title: str
    text: str
    icon: str
    dot: str
    """`paid` for money, `back` for money that went back, empty for the rest."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Newest first."""

    events: tuple[Event, ...]
    left_out: int
    since: date | None


def timeline(file: TenancyFile, *, everything: bool = False) -> Timeline:
    """What happened up to the day of the file, as it was known then."""
    known = known_by(file.entries, file.on, file.known)
    events = _due_days(file)
    events += [event for entry in known for event in [_money(entry, file)] if event]
    events += [_pause(pause.start, file) for pause in file.pauses if pause.start <= file.on]
    events.sort(key=lambda event: (event.on, event.dot), reverse=True)
    shown = events if everything else events[:_EVENTS]
    return Timeline(tuple(shown), len(events) - len(shown), events[-1].on if events else None)


def _due_days(file: TenancyFile) -> list[Event]:
    """One event per due day: charges of one day come together."""
    by_day: dict[date, list[Charge]] = {}
    for charge in file.position.charges:
        if charge.entry.kind is Kind.CHARGE and charge.due <= file.on and charge.amount:
            by_day.setdefault(charge.due, []).append(charge)
    return [_due_day(day, charges, file) for day, charges in by_day.items()]


def _due_day(day: date, charges: list[Charge], file: TenancyFile) -> Event:
    main = min(charges, key=lambda charge: (charge.entry.component is not Component.RENT, -charge.amount))
    amount, left = sum(c.amount for c in charges), sum(c.outstanding for c in charges)
    text = money(amount)
    if left == amount:
        text = _("%(amount)s, nog niets betaald") % {"amount": text}
    elif left:
        text = _("%(amount)s, nog %(open)s open") % {"amount": text, "open": money(left)}
    return Event(
        day, _("%(charge)s vervallen") % {"charge": _title(main.entry, file)}, text, "calendar-days", ""
    )


def _money(entry: Entry, file: TenancyFile) -> Event | None:
    note = file.notes.get(entry.id)
    sums = {"amount": money(abs(entry.amount))}
    if entry.kind is Kind.PAYMENT:
        return Event(
            entry.date, _("%(amount)s betaald") % sums, _own_words(entry.id, file), "banknote", "paid"
        )
    if entry.kind is Kind.REVERSAL:
        why = labels.of("bank_reason", note.reason if note else "")
        return Event(entry.date, _("%(amount)s teruggeboekt") % sums, why, "banknote", "back")
    if entry.kind is Kind.REFUND:
        return Event(entry.date, _("%(amount)s terugbetaald aan de huurder") % sums, "", "banknote", "")
    if entry.kind is Kind.WRITE_OFF:
        return Event(entry.date, _("%(amount)s kwijtgescholden") % sums, "", "check", "")
    if entry.kind is Kind.CORRECTION:
        said = _("Correctie: %(amount)s erbij") if entry.amount > 0 else _("Correctie: %(amount)s eraf")
        return Event(entry.date, said % sums, note.description if note else "", "check", "")
    return None


def _pause(start: date, file: TenancyFile) -> Event:
    return Event(start, _("Dagen tellen gestopt"), _("Er loopt een pauze."), "hourglass", "")


_LADDER = ("message", "call", "visit", "letter", "refer")


def why_not(file: TenancyFile) -> tuple[list[tuple[str, Words]], list[tuple[str, Words]]]:
    """Why not the step just lighter and the one just heavier; and, apart, why not the others."""
    standing = file.standing
    if standing is None:
        return [], []
    reasons = {action: said for action, said in standing.why_not if action not in queries.NO_STEP}
    here = _LADDER.index("visit" if standing.action not in _LADDER else standing.action)
    near = [
        step for step in (*_LADDER[max(0, here - 1) : here], *_LADDER[here + 1 : here + 2]) if step in reasons
    ]
    return (
        [(step, reasons[step]) for step in near],
        [(step, said) for step, said in reasons.items() if step not in near],
    )
