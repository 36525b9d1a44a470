"""The case: what may happen next, why not the rest, and the step itself. Nothing unlawful gets past `step`.

`allowed` lists every event of the table for the screen, open or with what is still needed; `step` takes one
event or refuses it with everything that is lacking; `fold` makes a case of its history. The table itself is
`core/case_table.py`, what is checked `core/case_guards.py` and `core/case_asks.py`.
"""

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from voordeur.core.access import Role
from voordeur.core.calendar import NotCovered
from voordeur.core.case_asks import HOLD_BASIS, HOLD_STOPS
from voordeur.core.case_fold import apply, fold
from voordeur.core.case_guards import GATE, Binds, Guard, decides
from voordeur.core.case_table import TABLE, Row, row_of
from voordeur.core.case_terms import Deadline, deadlines
from voordeur.core.case_values import (
    Actor,
    Agreement,
    Answer,
    Case,
    CaseLaw,
    Circumstances,
    Duty,
    Event,
    EventKind,
    Help,
    Hold,
    HoldReason,
    Outcome,
    Proof,
    SentSignal,
    State,
)
from voordeur.core.case_warnings import cautions, warnings
from voordeur.core.case_words import CAUTION_WORDS, DEED_WORDS, HOLD_WORDS, STATE_WORDS
from voordeur.core.contacts import Channel, DayPart
from voordeur.core.problems import Problem, Refused
from voordeur.core.terms import no_holidays
from voordeur.core.words import Words, day_in_words

__all__ = [
    "Actor", "Agreement", "Answer", "Case", "CaseLaw", "Circumstances", "Deadline", "Duty", "Event", "EventKind",
    "Help", "Hold", "HoldReason", "Outcome", "Possible", "Proof", "SentSignal", "State", "Unmet", "allowed", "as_dict",
    "deadlines", "fold", "from_dict", "gate", "step", "warnings",
]  # fmt: skip

MAY_COME_LATE = frozenset(
    {
        EventKind.ATTEMPTED, EventKind.SPOKE, EventKind.MESSAGED, EventKind.HELP_POINTED, EventKind.OBJECTED,
        EventKind.CONSENTED, EventKind.DISPUTE_NOTED, EventKind.HELD, EventKind.SIGNAL_ANSWERED,
        EventKind.COLLEGE_INFORMED, EventKind.TITLE_GIVEN, EventKind.CLAIM_DISMISSED,
    }
)  # fmt: skip
"""What somebody hears or writes down days later may carry its own, earlier day. A decision may not."""
DECIDED_THAT_DAY = frozenset(
    {
        EventKind.REMINDER_SENT, EventKind.LETTER_SENT, EventKind.COSTS_ADDED, EventKind.GATE_OPENED,
        EventKind.SIGNAL_SENT, EventKind.CRISIS_SIGNAL, EventKind.PAUSE_STARTED, EventKind.PAUSE_EXTENDED,
        EventKind.PAUSE_ENDED, EventKind.PLAN_BROKEN, EventKind.BUNDLE_APPROVED, EventKind.COURT_PROPOSED,
        EventKind.SUMMONS_SERVED, EventKind.EXECUTION_RESUMED, EventKind.EVICTION_DATED, EventKind.WRITTEN_OFF,
        EventKind.CLAUSE_JUDGED,
    }
)  # fmt: skip
"""What starts a term against the tenant, or presses, carries the day on which it is done: none begins in the past."""


@dataclass(frozen=True, slots=True)
class Unmet:
    """One thing that stands in the way: which guard, what is needed and why, by which article."""

    guard: str
    words: Words
    basis: str
    binds: Binds

    @property
    def may_overrule(self) -> bool:
        """True when two persons may set it aside, with a reason. Never for the law or the agreement."""
        return self.binds is Binds.HOUSE


@dataclass(frozen=True, slots=True)
class Possible:
    """One event of the table on a day: open, or what is unmet; and what is asked of whoever does it."""

    kind: EventKind
    to: str
    """A state, or the name of a `Where`."""
    unmet: tuple[Unmet, ...]
    asks: tuple[Words, ...]
    warnings: tuple[Words, ...]
    basis: str

    @property
    def open(self) -> bool:
        """True when nothing stands in the way."""
        return not self.unmet

    @property
    def words(self) -> Words:
        """The step as an instruction."""
        return DEED_WORDS[self.kind].do


def allowed(case: Case, at: Circumstances, law: CaseLaw) -> list[Possible]:
    """Every event the table has for this state on `at.on`, in the order of the table.

    Raises Refused when a term runs into days without holiday data.
    """
    now = cautions(case, at, law)
    return [
        Possible(
            row.kind,
            str(row.to),
            tuple(_unmet(case, Event(row.kind, at.on), row, at, law)),
            tuple(ask.lacking(case, Event(row.kind, at.on), at, law) for ask in row.asks),
            tuple(CAUTION_WORDS[one] for one in row.cautions if one in now),
            row.basis,
        )
        for row in TABLE
        if case.state in row.states
    ]


def gate(case: Case, at: Circumstances, law: CaseLaw) -> list[tuple[Guard, Unmet | None]]:
    """The checklist of a signal on `at.on`: every guard, with what is lacking or None when it is met."""
    event = Event(EventKind.SIGNAL_SENT, at.on)
    return [
        (guard, None if _met(guard, case, event, at, law) else _lack(guard, case, event, at, law))
        for guard in GATE
    ]


def step(case: Case, event: Event, at: Circumstances, law: CaseLaw) -> Case:
    """The case after `event`, seen on `at.on`.

    Raises Refused with a Problem for everything that is lacking: no row in the table, a guard that is not
    met, something that was not brought, a day that cannot be. A guard of the house may be set aside by two
    persons who name it in `event.overrules`; a guard of the law never.
    """
    row = row_of(case.state, event.kind)
    if row is None:
        raise Refused(_no_row(case, event))
    problems = [*_wrong_day(case, event, at, law)]
    lacking = _unmet(case, event, row, at, law)
    if event.overrules:
        problems += _wrong_overrules(event, lacking)
        lacking = [one for one in lacking if not (one.may_overrule and one.guard in event.overrules)]
    problems += [_problem(one) for one in lacking]
    problems += [
        _problem(_lack(ask, case, event, at, law)) for ask in row.asks if not _met(ask, case, event, at, law)
    ]
    if problems:
        raise Refused(problems)
    return apply(case, event)


def _unmet(case: Case, event: Event, row: Row, at: Circumstances, law: CaseLaw) -> list[Unmet]:
    """Holds first, then the guards of the row in their order."""
    found = [
        Unmet(f"hold_{hold.reason}", _on_hold(hold), HOLD_BASIS[hold.reason], Binds.LAW)
        for hold in case.holds
        if event.kind in HOLD_STOPS[hold.reason] and (hold.active(event.day) or hold.active(at.on))
    ]
    found += [_lack(one, case, event, at, law) for one in row.guards if not _met(one, case, event, at, law)]
    return found


def _met(guard: Guard, case: Case, event: Event, at: Circumstances, law: CaseLaw) -> bool:
    try:
        return guard.met(case, event, at, law)
    except NotCovered as gap:
        raise Refused(no_holidays(gap.day)) from gap


def _lack(guard: Guard, case: Case, event: Event, at: Circumstances, law: CaseLaw) -> Unmet:
    return Unmet(guard.name, guard.lacking(case, event, at, law), guard.basis, guard.binds)


def _on_hold(hold: Hold) -> Words:
    until, why = day_in_words(hold.until, year=True), HOLD_WORDS[hold.reason]
    return Words(
        f"De zaak is onderbroken tot en met {until.nl}: {why.nl}.",
        f"The case is on hold up to and including {until.en}: {why.en}.",
    )


def _problem(lack: Unmet) -> Problem:
    return Problem(
        lack.guard.replace("_", "-"), lack.words, Words(f"Grond: {lack.basis}.", f"Ground: {lack.basis}.")
    )


def _no_row(case: Case, event: Event) -> Problem:
    deed, state = DEED_WORDS[event.kind].do, STATE_WORDS[case.state]
    return Problem(
        "forbidden-transition",
        Words(
            f"Deze stap kan hier niet: {deed.nl.lower()}. De zaak staat op: {state.nl.lower()}.",
            f"This step is not possible here: {deed.en.lower()}. The case is at: {state.en.lower()}.",
        ),
        Words("Kies een stap die bij deze zaak wel kan.", "Choose a step that this case does allow."),
        value=f"{case.state} {event.kind}",
    )


def _wrong_day(case: Case, event: Event, at: Circumstances, law: CaseLaw) -> list[Problem]:
    """A day in the future, before the rules, before this episode, or a decision dated back."""
    if event.day > at.on:
        return [
            _day_problem(
                "day-in-future", "Deze dag is nog niet geweest.", "This day has not come yet.", event.day
            )
        ]
    if event.day < law.first:
        return [
            _day_problem(
                "before-the-rules",
                "Voor deze dag kennen we de regels niet.",
                "The rules for this day are not known.",
                event.day,
            )
        ]
    if case.overdue_since is not None and event.day < case.overdue_since:
        return [
            _day_problem(
                "before-the-case",
                "Dit was voor deze achterstand begon.",
                "This was before these arrears began.",
                event.day,
            )
        ]
    if event.kind in DECIDED_THAT_DAY and event.day != at.on:
        return [
            _day_problem(
                "not-decided-that-day",
                "Een besluit draagt de dag waarop het wordt genomen: vandaag.",
                "A decision carries the day on which it is taken: today.",
                event.day,
            )
        ]
    if event.kind not in MAY_COME_LATE and case.last_day is not None and event.day < case.last_day:
        return [
            _day_problem(
                "dated-back",
                "Na deze dag is er al iets anders gebeurd.",
                "Something else happened after this day.",
                event.day,
            )
        ]
    return []


def _day_problem(code: str, nl: str, en: str, day: date) -> Problem:
    cure = Words("Verbeter de datum.", "Correct the date.")
    return Problem(code, Words(nl, en), cure, value=day.isoformat())


def _wrong_overrules(event: Event, lacking: list[Unmet]) -> list[Problem]:
    """Everything that is wrong with setting guards aside."""
    kinds = {one.guard: one for one in lacking}
    found = []
    for name in event.overrules:
        if name in kinds and not kinds[name].may_overrule:
            found.append(
                Problem(
                    "law-not-overruled",
                    Words("Dit is de wet of een afspraak; daar kan niemand omheen.",
                          "This is the law or an agreement; nobody can pass it by."),
                    Words(f"Grond: {kinds[name].basis}.", f"Ground: {kinds[name].basis}."),
                    value=name,
                )
            )  # fmt: skip
        elif name not in kinds:
            found.append(
                Problem(
                    "nothing-to-overrule",
                    Words("Hier staat niets in de weg.", "Nothing stands in the way here."),
                    Words("Haal dit weg.", "Take this out."),
                    value=name,
                )
            )
    two = decides(event.by) and decides(event.second) and event.by != event.second
    same = event.by is not None and event.second is not None and event.by.id == event.second.id
    if not two or same or not event.reason.strip():
        found.append(
            Problem(
                "overrule-by-two",
                Words("Afwijken doen twee mensen samen, met een reden.",
                      "Setting a rule aside takes two people together, with a reason."),
                Words("Vraag een collega die mag beslissen, en schrijf op waarom.",
                      "Ask a colleague who may decide, and write down why."),
            )
        )  # fmt: skip
    return found


# --- events as rows ---

_DATES = frozenset({"day", "delivered", "objected", "since", "until", "eviction_day"})
_ENUMS: dict[str, type[StrEnum]] = {
    "kind": EventKind, "channel": Channel, "part": DayPart, "hold": HoldReason, "answer": Answer,
}  # fmt: skip


def as_dict(event: Event) -> dict[str, Any]:
    """An event as plain values, for JSON; what is at its default is left out."""
    found: dict[str, Any] = {}
    for one in fields(Event):
        value = getattr(event, one.name)
        if one.name not in ("kind", "day") and value == one.default:
            continue
        if isinstance(value, Actor):
            value = {"id": value.id, "role": str(value.role)}
        elif isinstance(value, date):
            value = value.isoformat()
        elif isinstance(value, StrEnum):
            value = str(value)
        elif isinstance(value, tuple):
            value = list(value)
        found[one.name] = value
    return found


def from_dict(values: dict[str, Any]) -> Event:
    """The event that `as_dict` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    made: dict[str, Any] = {}
    for name, value in values.items():
        if name in ("by", "second"):
            made[name] = Actor(value["id"], Role(value["role"]))
        elif name in _DATES:
            made[name] = date.fromisoformat(value)
        elif name in _ENUMS:
            made[name] = _ENUMS[name](value)
        elif name == "overrules":
            made[name] = tuple(value)
        else:
            made[name] = value
    return Event(**made)
