"""The guards of a case: what must be so before a step, with the article it comes from and what is still needed.

A guard of the law or of the agreement with the municipality always holds. A guard of the house (our own care,
or what courts have come to expect) may be set aside by two persons together, with a reason.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from voordeur.core.access import Role
from voordeur.core.case_terms import reaction_until, summons_from
from voordeur.core.case_values import (
    Actor,
    Case,
    CaseLaw,
    Circumstances,
    Duty,
    Event,
    Help,
    HoldReason,
)
from voordeur.core.words import Words, day_in_words


class Binds(StrEnum):
    """What a guard rests on."""

    LAW = "law"
    AGREEMENT = "agreement"
    """The agreement with the municipality (national model agreement on early signalling)."""
    HOUSE = "house"
    """Our own care: two persons may set it aside."""


Check = Callable[[Case, Event, Circumstances, CaseLaw], bool]
Say = Callable[[Case, Event, Circumstances, CaseLaw], Words]


@dataclass(frozen=True, slots=True)
class Guard:
    """One thing that must be so: its name, what it rests on, the check, and the sentence when it is not so."""

    name: str
    binds: Binds
    basis: str
    met: Check
    needs: Words | Say

    def lacking(self, case: Case, event: Event, at: Circumstances, law: CaseLaw) -> Words:
        """What is still needed and why."""
        return self.needs if isinstance(self.needs, Words) else self.needs(case, event, at, law)


DECIDING = frozenset({Role.CONSULTANT, Role.MANAGER})
"""Roles that may take a decision that matters."""


def decides(actor: Actor | None) -> bool:
    """True for a person in a role that may decide."""
    return actor is not None and bool(actor.id) and actor.role in DECIDING


def being_helped(case: Case, at: Circumstances) -> bool:
    """True while the municipality helps and the current rent is paid: then the landlord waits."""
    return case.help in (Help.ACCEPTED, Help.ADMITTED) and at.current_rent_paid


def until_words(day: date | None, nl: str, en: str) -> Words:
    """The sentence with its day behind it; without one when no day is known."""
    if day is None:
        return Words(f"{nl}.", f"{en}.")
    said = day_in_words(day, year=True)
    return Words(f"{nl}: {said.nl}.", f"{en}: {said.en}.")


# --- what must be so ---

OVERDUE_NOW = Guard(
    "overdue_now",
    Binds.LAW,
    "BW 6:81-83",
    lambda case, event, at, law: at.amount > 0 and at.days_overdue >= 1,
    Words("Er staat niets te laat open.", "Nothing is overdue."),
)
NOTHING_OVERDUE = Guard(
    "nothing_overdue",
    Binds.LAW,
    "BW 6:114",
    lambda case, event, at, law: at.amount <= 0,
    Words("Er staat nog iets te laat open.", "Something is still overdue."),
)
NOT_BEGUN = Guard(
    "not_begun",
    Binds.LAW,
    "AVG art. 5 lid 1 onder d",
    lambda case, event, at, law: not case.history,
    Words("Deze zaak is al begonnen.", "This case has already begun."),
)
BEGUN = Guard(
    "begun",
    Binds.LAW,
    "AVG art. 5 lid 1 onder d",
    lambda case, event, at, law: bool(case.history),
    Words("Deze zaak is nog niet begonnen.", "This case has not begun."),
)
EFFORT = Guard(
    "effort",
    Binds.LAW,
    "Bgs art. 2 onder a",
    lambda case, event, at, law: any(one.day <= event.day for one in case.attempts),
    Words(
        "Er is nog niet geprobeerd de huurder persoonlijk te bereiken.",
        "Nobody has tried to reach the tenant in person yet.",
    ),
)


def _spread(case: Case, event: Event, at: Circumstances, law: CaseLaw) -> bool:
    tried = [one for one in case.attempts if one.day <= event.day]
    parts = {one.part for one in tried if one.part}
    return any(one.reached for one in tried) or (len(tried) >= law.attempts and len(parts) >= law.attempts)


EFFORT_SPREAD = Guard(
    "effort_spread",
    Binds.HOUSE,
    "Bgs art. 2 onder a; DDAS dagdeel",
    _spread,
    lambda case, event, at, law: Words(
        f"Probeer het {law.attempts} keer, op verschillende delen van de dag.",
        f"Try {law.attempts} times, at different parts of the day.",
    ),
)


def _proven(duty: Duty) -> Check:
    return lambda case, event, at, law: any(
        one.duty is duty and (one.delivered or one.day) <= event.day for one in case.proofs
    )


HELP_POINTED = Guard(
    "help_pointed",
    Binds.LAW,
    "Bgs art. 2 onder b",
    _proven(Duty.HELP),
    Words("Wijs de huurder op schuldhulpverlening.", "Tell the tenant about debt help."),
)
REMINDED = Guard(
    "reminded",
    Binds.LAW,
    "Bgs art. 2 onder c",
    _proven(Duty.REMINDER),
    Words("Er is nog geen schriftelijke herinnering aangekomen.", "No written reminder has arrived yet."),
)
OFFERED = Guard(
    "offered",
    Binds.LAW,
    "Bgs art. 2 onder d",
    _proven(Duty.OFFER),
    Words(
        "Bied in de herinnering aan om de contactgegevens door te geven, en zeg hoe de huurder nee zegt.",
        "Offer in the reminder to pass on contact data, and say how the tenant can say no.",
    ),
)


def _reaction_over(case: Case, event: Event, at: Circumstances, law: CaseLaw) -> bool:
    if case.consent is not None:
        return True
    until = reaction_until(case, law)
    return until is None or event.day > until  # without an offer it is OFFERED that stops


REACTION_OVER = Guard(
    "reaction_over",
    Binds.LAW,
    "Bgs art. 2 onder d",
    _reaction_over,
    lambda case, event, at, law: until_words(
        reaction_until(case, law),
        "De huurder heeft nog tijd om te reageren, tot en met",
        "The tenant still has time to react, up to and including",
    ),
)
NO_OBJECTION = Guard(
    "no_objection",
    Binds.LAW,
    "Bgs art. 2 onder d",
    lambda case, event, at, law: case.objection is None,
    lambda case, event, at, law: until_words(
        case.objection,
        "De huurder wil niet dat de gegevens worden doorgegeven. Nee is nee. Gezegd op",
        "The tenant does not want the data passed on. No is no. Said on",
    ),
)
OLD_ENOUGH = Guard(
    "old_enough",
    Binds.AGREEMENT,
    "Landelijk Convenant Vroegsignalering",
    lambda case, event, at, law: at.days_overdue >= law.arrears_days,
    lambda case, event, at, law: Words(
        f"De achterstand is {at.days_overdue} dagen oud; melden kan vanaf {law.arrears_days} dagen.",
        f"The arrears are {at.days_overdue} days old; a signal is possible from {law.arrears_days} days.",
    ),
)
AGREEMENT_VALID = Guard(
    "agreement_valid",
    Binds.LAW,
    "Bgs art. 2",
    lambda case, event, at, law: at.agreement is not None and at.agreement.valid(event.day),
    Words(
        "Er is geen geldige afspraak met deze gemeente over meldingen.",
        "There is no valid agreement with this municipality about signals.",
    ),
)
NOT_REPEATED = Guard(
    "not_repeated",
    Binds.AGREEMENT,
    "DDAS: herhaalde melding",
    lambda case, event, at, law: not case.signals_now or at.amount > case.signals_now[-1].amount,
    Words(
        "Deze achterstand is al gemeld en is niet gegroeid.",
        "These arrears were signalled already and have not grown.",
    ),
)
NOT_YET_HELPED = Guard(
    "not_yet_helped",
    Binds.AGREEMENT,
    "DDAS: inwoner al bekend bij schuldhulpverlening",
    lambda case, event, at, law: not at.already_helped and case.help not in (Help.ACCEPTED, Help.ADMITTED),
    Words("De huurder krijgt al schuldhulp.", "The tenant already gets debt help."),
)
NO_PLAN_KEPT = Guard(
    "no_plan_kept",
    Binds.HOUSE,
    "BW 6:29, 6:81-83; een regeling kan maar een deel van de schuld gaan",
    lambda case, event, at, law: not at.plan_kept,
    Words(
        "Er loopt een betalingsregeling die wordt nagekomen: daarvan is niets te laat.",
        "A payment plan runs and is kept: nothing of it is late.",
    ),
)
DUTIES = (EFFORT, HELP_POINTED, REMINDED, OFFERED)
"""The four duties of Bgs art. 2, as proofs."""
GATE = (
    *DUTIES,
    REACTION_OVER,
    NO_OBJECTION,
    AGREEMENT_VALID,
    OVERDUE_NOW,
    EFFORT_SPREAD,
    OLD_ENOUGH,
    NOT_REPEATED,
    NOT_YET_HELPED,
    NO_PLAN_KEPT,
)
"""All that a signal to the municipality needs."""
GATE_SHUT = Guard(
    "gate_shut",
    Binds.LAW,
    "Bgs art. 2",
    lambda case, event, at, law: not all(guard.met(case, event, at, law) for guard in GATE),
    Words("Alles voor een melding is er nog.", "Everything for a signal is still there."),
)
SIGNAL_OPEN = Guard(
    "signal_open",
    Binds.LAW,
    "Bgs art. 2",
    lambda case, event, at, law: case.signal is not None,
    Words("Er is geen melding.", "There is no signal."),
)
SIGNAL_TOLD = Guard(
    "signal_told",
    Binds.LAW,
    "AVG art. 5 lid 1 onder d",
    lambda case, event, at, law: not any(one.open for one in case.signals),
    Words(
        "De gemeente werkt nog met de melding: trek die eerst in.",
        "The municipality still works with the signal: withdraw it first.",
    ),
)
HELP_ACCEPTED = Guard(
    "help_accepted",
    Binds.AGREEMENT,
    "Landelijk Convenant Vroegsignalering: pauze",
    lambda case, event, at, law: case.help in (Help.ACCEPTED, Help.ADMITTED),
    Words(
        "De gemeente heeft niet gemeld dat de huurder hulp aanvaardt.",
        "The municipality has not reported that the tenant accepts help.",
    ),
)
CURRENT_RENT_PAID = Guard(
    "current_rent_paid",
    Binds.AGREEMENT,
    "Landelijk Convenant Vroegsignalering: pauze",
    lambda case, event, at, law: at.current_rent_paid,
    Words("De lopende huur is niet betaald.", "The current rent is not paid."),
)
NOT_HELPED = Guard(
    "not_helped",
    Binds.AGREEMENT,
    "Landelijk Convenant Vroegsignalering: pauze",
    lambda case, event, at, law: not being_helped(case, at),
    Words(
        "De huurder krijgt hulp en betaalt de lopende huur: nu geen stap verder.",
        "The tenant is being helped and pays the current rent: no step further now.",
    ),
)


def _pause_over(case: Case, event: Event, at: Circumstances, law: CaseLaw) -> bool:
    return (case.pause_until is not None and event.day > case.pause_until) or not at.current_rent_paid


PAUSE_OVER = Guard(
    "pause_over",
    Binds.AGREEMENT,
    "Landelijk Convenant Vroegsignalering: pauze",
    _pause_over,
    lambda case, event, at, law: until_words(
        case.pause_until, "De pauze loopt nog, tot en met", "The pause still runs, up to and including"
    ),
)
TALK_BEFORE_ENDING = Guard(
    "talk_before_ending",
    Binds.HOUSE,
    "eigen keuze: eerst contact, dan een pauze beëindigen",
    lambda case, event, at, law: (
        (case.pause_until is not None and event.day > case.pause_until)
        or any(case.since is not None and case.since <= one.day <= event.day for one in case.attempts)
    ),
    Words("Neem eerst contact op over de lopende huur.", "Get in touch about the current rent first."),
)
TERM_MISSED = Guard(
    "term_missed",
    Binds.LAW,
    "BW 6:81-83",
    lambda case, event, at, law: at.plan_term_missed,
    Words("Er is geen termijn van de regeling gemist.", "No term of the plan was missed."),
)
CONTACT_AFTER_MISS = Guard(
    "contact_after_miss",
    Binds.HOUSE,
    "eigen keuze: eerst contact, dan een regeling beëindigen",
    lambda case, event, at, law: (
        case.plan_missed is not None
        and any(case.plan_missed <= one.day <= event.day for one in case.attempts)
    ),
    Words(
        "Neem na de gemiste termijn eerst één keer persoonlijk contact op.",
        "After the missed term get in personal contact once first.",
    ),
)
PLAN_OVER = Guard(
    "plan_over",
    Binds.LAW,
    "BW 6:29",
    lambda case, event, at, law: at.plan_over,
    Words("De regeling loopt nog.", "The plan still runs."),
)
BUNDLE_APPROVED = Guard(
    "bundle_approved",
    Binds.LAW,
    "Bgs art. 2; BW 6:265",
    lambda case, event, at, law: case.bundle is not None and case.bundle <= event.day,
    Words("Het bewijsdossier is nog niet goedgekeurd.", "The evidence bundle is not approved yet."),
)


def _signal_aged(case: Case, event: Event, at: Circumstances, law: CaseLaw) -> bool:
    """Old enough, or answered for good, or impossible because the tenant objected."""
    if not case.signals_now:
        return case.objection is not None
    first = summons_from(case, law)
    return not case.signals_now[-1].open or (first is not None and event.day >= first)


SIGNAL_AGED = Guard(
    "signal_aged",
    Binds.HOUSE,
    "Bgs art. 2; rechtspraak Rotterdam sinds 1-5-2024",
    _signal_aged,
    lambda case, event, at, law: (
        until_words(
            summons_from(case, law),
            "De gemeente moet eerst tijd krijgen om te helpen. Dagvaarden kan vanaf",
            "The municipality must have time to help first. A summons is possible from",
        )
        if case.signals_now
        else Words("Meld eerst bij de gemeente.", "Signal to the municipality first.")
    ),
)
RECENT_CONTACT = Guard(
    "recent_contact",
    Binds.HOUSE,
    "BW 6:265; Bgs art. 2 onder a",
    lambda case, event, at, law: any(
        0 <= (event.day - one.day).days <= law.recent_contact_days for one in case.attempts
    ),
    lambda case, event, at, law: Words(
        f"Probeer nog een keer persoonlijk contact: het laatste is langer dan {law.recent_contact_days} dagen terug.",
        f"Try personal contact once more: the last is more than {law.recent_contact_days} days ago.",
    ),
)
TITLE = Guard(
    "title",
    Binds.LAW,
    "BW 7:231 lid 1",
    lambda case, event, at, law: case.title is not None,
    Words(
        "Alleen een rechter beëindigt de huur; er is geen vonnis.",
        "Only a court ends a lease; there is no ruling.",
    ),
)
RESPITE_OVER = Guard(
    "respite_over",
    Binds.LAW,
    "BW 7:280",
    lambda case, event, at, law: case.respite_until is None or event.day > case.respite_until,
    lambda case, event, at, law: until_words(
        case.respite_until,
        "De rechter gaf tijd om te betalen, tot en met",
        "The court gave time to pay, up to and including",
    ),
)
EVICTION_TODAY = Guard(
    "eviction_today",
    Binds.LAW,
    "Rv 555",
    lambda case, event, at, law: case.eviction_day == event.day,
    lambda case, event, at, law: until_words(
        case.eviction_day,
        "Ontruimen kan alleen op de aangezegde dag; na die dag is een nieuwe aanzegging nodig",
        "Eviction is possible on the announced day only; after it a new announcement is needed",
    ),
)
COLLEGE_KNOWS = Guard(
    "college_knows",
    Binds.LAW,
    "Gerechtsdeurwaarderswet art. 14",
    lambda case, event, at, law: case.college_informed is not None,
    Words(
        "De deurwaarder heeft de gemeente de dag nog niet gemeld.",
        "The bailiff has not told the municipality the day yet.",
    ),
)
ADMITTED_OR_SCHEME = Guard(
    "admitted_or_scheme",
    Binds.LAW,
    "Wgs art. 4a; Fw 287a, 299",
    lambda case, event, at, law: (
        case.help is not Help.NONE
        or at.already_helped
        or any(one.reason is HoldReason.DEBT_SCHEME for one in case.holds)
    ),
    Words("Er is geen schuldregeling bekend.", "No debt settlement is known."),
)
TENANCY_OVER = Guard(
    "tenancy_over",
    Binds.LAW,
    "BW 7:228, 7:229, 7:271",
    lambda case, event, at, law: at.tenancy_ended,
    Words("De huurovereenkomst loopt nog.", "The tenancy still runs."),
)
