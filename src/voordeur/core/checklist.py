"""May the signal go to the municipality? The gate as a list: each duty with its proof, or what is still needed.

The guards of `core/case_guards.py` decide; this only puts what is met into words.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from voordeur.core.case_guards import GATE, Guard
from voordeur.core.case_terms import reaction_until
from voordeur.core.case_values import Case, CaseLaw, Circumstances, Duty, Event, EventKind
from voordeur.core.phrases import days
from voordeur.core.words import Words, day_in_words


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the gate."""

    name: str
    title: Words
    said: Words
    """The proof with its day; or what is still needed."""
    met: bool
    waits: bool
    """Not met, and time alone will do it: nobody has to do anything."""
    basis: str


_NOT_BEGUN = Words(
    "Die tijd begint als de herinnering is bezorgd.", "That time begins when the reminder is delivered."
)
_QUIET = frozenset({"effort_spread", "not_repeated", "not_yet_helped", "no_plan_kept"})
"""Lines that say nothing while they are met."""
_WAITING = frozenset({"reaction_over", "old_enough"})
_Proof = Callable[[Case, Circumstances, CaseLaw], Words]


def checklist(case: Case, at: Circumstances, law: CaseLaw) -> tuple[Line, ...]:
    """Every condition of a signal on day `at.on`, the four duties first."""
    asked = Event(EventKind.GATE_OPENED, at.on)
    lines = [_line(guard, case, asked, at, law) for guard in GATE if guard.name in _LINES]
    return tuple(line for line in lines if not (line.met and line.name in _QUIET))


def _line(guard: Guard, case: Case, asked: Event, at: Circumstances, law: CaseLaw) -> Line:
    title, proof = _LINES[guard.name]
    if guard.name == "reaction_over" and case.consent is None and reaction_until(case, law) is None:
        return Line(guard.name, title, _NOT_BEGUN, met=False, waits=False, basis=guard.basis)
    met = guard.met(case, asked, at, law)
    said = proof(case, at, law) if met else guard.lacking(case, asked, at, law)
    return Line(guard.name, title, said, met, not met and _only_time(guard, case, law), guard.basis)


def _only_time(guard: Guard, case: Case, law: CaseLaw) -> bool:
    if guard.name == "reaction_over":
        return reaction_until(case, law) is not None
    return guard.name in _WAITING


def _effort(case: Case, at: Circumstances, law: CaseLaw) -> Words:
    count = len(case.attempts)
    tried = Words("1 poging", "1 attempt") if count == 1 else Words(f"{count} pogingen", f"{count} attempts")
    if case.spoken is None:
        return tried
    on = _day(case.spoken)
    return Words(f"{tried.nl}, op {on.nl} gesproken", f"{tried.en}, spoken on {on.en}")


def _spread(case: Case, at: Circumstances, law: CaseLaw) -> Words:
    if case.spoken is not None:
        return Words("Er is gesproken.", "There was a talk.")
    parts = {one.part for one in case.attempts if one.part}
    names = [part for part in type(next(iter(parts))) if part in parts] if parts else []
    return Words(" en ".join(p.words.nl for p in names), " and ".join(p.words.en for p in names))


def _proven(duty: Duty) -> _Proof:
    def said(case: Case, at: Circumstances, law: CaseLaw) -> Words:
        proof = case.proof(duty)
        if proof is None:
            return Words("", "")
        on = _day(proof.day)
        if proof.delivered is None:
            return on
        there = _day(proof.delivered)
        if proof.presumed:
            return Words(
                f"{on.nl}, vermoedelijk bezorgd op {there.nl}", f"{on.en}, presumably delivered on {there.en}"
            )
        return Words(f"{on.nl}, bezorgd op {there.nl}", f"{on.en}, delivered on {there.en}")

    return said


def _reaction(case: Case, at: Circumstances, law: CaseLaw) -> Words:
    if case.consent is not None:
        on = _day(case.consent)
        return Words(f"Toestemming gegeven op {on.nl}", f"Consent given on {on.en}")
    until = reaction_until(case, law)
    if until is None:
        return Words("", "")
    end = _day(until)
    return Words(f"Was tot en met {end.nl}, niemand zei nee", f"Until {end.en}, nobody said no")


def _agreement(case: Case, at: Circumstances, law: CaseLaw) -> Words:
    agreed = at.agreement
    if agreed is None:
        return Words("", "")
    if agreed.last is None:
        return Words(f"Afspraak met {agreed.municipality}", f"Agreement with {agreed.municipality}")
    last = day_in_words(agreed.last, year=True)
    return Words(
        f"Afspraak met {agreed.municipality} tot en met {last.nl}",
        f"Agreement with {agreed.municipality} until {last.en}",
    )


def _old_enough(case: Case, at: Circumstances, law: CaseLaw) -> Words:
    return days(at.days_overdue)


def _plain(nl: str, en: str) -> _Proof:
    return lambda case, at, law: Words(nl, en)


def _day(day: date) -> Words:
    return day_in_words(day)


_LINES: dict[str, tuple[Words, _Proof]] = {
    "effort": (Words("Persoonlijk contact gezocht", "Personal contact sought"), _effort),
    "effort_spread": (
        Words("Op meer dan één deel van de dag", "At more than one part of the day"), _spread),
    "help_pointed": (Words("Schuldhulp genoemd", "Debt help mentioned"), _proven(Duty.HELP)),
    "reminded": (Words("Herinnering gestuurd", "Reminder sent"), _proven(Duty.REMINDER)),
    "offered": (Words("Aangeboden om door te geven", "Offered to pass on"), _proven(Duty.OFFER)),
    "reaction_over": (Words("Tijd om nee te zeggen", "Time to say no"), _reaction),
    "no_objection": (Words("Geen nee", "No objection"), _plain("Niemand zei nee", "Nobody said no")),
    "agreement_valid": (Words("De gemeente neemt aan", "The municipality accepts"), _agreement),
    "old_enough": (Words("Lang genoeg open", "Open long enough"), _old_enough),
    "not_repeated": (
        Words("Nog niet gemeld", "Not signalled yet"),
        _plain("Of de achterstand is gegroeid", "Or the arrears have grown")),
    "no_plan_kept": (Words("Geen regeling die loopt", "No plan that runs"), _plain("Niet bekend", "Not known")),
    "not_yet_helped": (Words("Nog geen schuldhulp", "No debt help yet"), _plain("Niet bekend", "Not known")),
}  # fmt: skip
