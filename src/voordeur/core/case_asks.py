"""What a step asks of whoever does it (a person, a reason, a second person, the proof), and what holds stop.

Guards (`core/case_guards.py`) are about how things are; these are about the deed itself, so that a screen can
ask for them before somebody presses the button.
"""

from datetime import timedelta

from voordeur.core.calendar import add_months
from voordeur.core.case_guards import Binds, Check, Guard, decides
from voordeur.core.case_letter_guards import highest_fee
from voordeur.core.case_terms import comply_until, longest_hold
from voordeur.core.case_values import Case, CaseLaw, Circumstances, Event, EventKind, HoldReason
from voordeur.core.costs import collection_fee
from voordeur.core.words import Words

# --- what holds stop ---

_COLLECTING = frozenset(
    {
        EventKind.REMINDER_SENT,
        EventKind.GATE_OPENED,
        EventKind.SIGNAL_SENT,
        EventKind.CRISIS_SIGNAL,
        EventKind.LETTER_SENT,
        EventKind.COSTS_ADDED,
        EventKind.COURT_PROPOSED,
        EventKind.SUMMONS_SERVED,
        EventKind.EXECUTION_RESUMED,
        EventKind.EVICTION_DATED,
        EventKind.EVICTED,
    }
)
HOLD_STOPS = {
    HoldReason.DISPUTE: _COLLECTING,
    HoldReason.MORATORIUM: _COLLECTING,
    HoldReason.COOLING_OFF: _COLLECTING,
    HoldReason.DEBT_SCHEME: _COLLECTING | {EventKind.PLAN_AGREED},
    HoldReason.ADMINISTRATOR: _COLLECTING,
    HoldReason.BEREAVEMENT: _COLLECTING | {EventKind.ATTEMPTED, EventKind.MESSAGED, EventKind.PLAN_AGREED},
}
"""What each hold stops, in whatever state the case is. Listening is never stopped."""
HOLD_BASIS = {
    HoldReason.DISPUTE: "BW 6:262",
    HoldReason.MORATORIUM: "Fw 287b, 305",
    HoldReason.COOLING_OFF: "Wgs art. 5",
    HoldReason.DEBT_SCHEME: "Fw 299, 301, 303",
    HoldReason.ADMINISTRATOR: "BW 1:431, 1:441",
    HoldReason.BEREAVEMENT: "BW 7:229",
}


# --- ending a hold ---

COURT_HOLDS = frozenset({HoldReason.MORATORIUM, HoldReason.COOLING_OFF, HoldReason.DEBT_SCHEME})
"""Holds that a court ordered: only a court ends them early."""


def _may_release(case: Case, event: Event, at: Circumstances, law: CaseLaw) -> bool:
    running = [one for one in case.holds_on(event.day) if event.hold in (None, one.reason)]
    if not running:
        return True
    if not decides(event.by) or not event.reason:
        return False
    return bool(event.evidence) or not any(one.reason in COURT_HOLDS for one in running)


MAY_RELEASE = Guard(
    "may_release",
    Binds.LAW,
    "Fw 287b, 305; Wgs art. 5",
    _may_release,
    Words(
        "De onderbreking loopt nog. Eerder beëindigen vraagt een persoon met een reden; "
        "was het de rechter, dan ook diens beslissing.",
        "The hold still runs. Ending it early takes a person with a reason; "
        "if a court ordered it, also the court's decision.",
    ),
)

# --- what is asked of the deed itself ---


def _ask(name: str, basis: str, met: Check, nl: str, en: str) -> Guard:
    return Guard(name, Binds.LAW, basis, met, Words(nl, en))


PERSON = _ask(
    "person",
    "AVG art. 22",
    lambda case, event, at, law: event.by is not None and bool(event.by.id),
    "Een persoon doet dit, niet het programma.",
    "A person does this, not the program.",
)
OWN_PAGE = "own-page:"
"""How the evidence of what a tenant did on the own page begins; the number of the link follows."""
OWN_WORD = _ask(
    "person",
    "AVG art. 22",
    lambda case, event, at, law: (
        (event.by is not None and bool(event.by.id))
        or (event.by is None and event.evidence.startswith(OWN_PAGE))
    ),
    "Een persoon doet dit, of de huurder zelf op de eigen pagina; niet het programma.",
    "A person does this, or the tenant on the own page; not the program.",
)
DECIDER = _ask(
    "decider",
    "AVG art. 22",
    lambda case, event, at, law: decides(event.by),
    "Een consulent of manager beslist dit.",
    "A consultant or manager decides this.",
)
REASON = _ask(
    "reason",
    "AVG art. 5 lid 2",
    lambda case, event, at, law: bool(event.reason.strip()),
    "Schrijf op waarom.",
    "Write down why.",
)
REASON_OR_CONSENT = _ask(
    "reason_or_consent",
    "Bgs art. 2 onder d",
    lambda case, event, at, law: case.consent is not None or bool(event.reason.strip()),
    "Er is geen toestemming op papier: schrijf op waarom je toch meldt.",
    "There is no consent on paper: write down why you signal.",
)
SECOND = _ask(
    "second",
    "vier ogen",
    lambda case, event, at, law: (
        decides(event.second)
        and event.second is not None
        and (event.by is None or event.second.id != event.by.id)
    ),
    "Een tweede persoon stemt in, een ander dan de eerste.",
    "A second person agrees, other than the first.",
)
SECOND_FRESH = _ask(
    "second_fresh",
    "vier ogen",
    lambda case, event, at, law: event.second is None or event.second.id != case.proposed_by,
    "De tweede persoon is een ander dan wie de gang naar de rechter voorstelde.",
    "The second person is other than who proposed to go to court.",
)
EVIDENCE = _ask(
    "evidence",
    "AVG art. 5 lid 2",
    lambda case, event, at, law: bool(event.evidence),
    "Leg vast waar het bewijs ligt.",
    "Record where the proof lies.",
)
PERSONAL = _ask(
    "personal",
    "Bgs art. 2 onder a",
    lambda case, event, at, law: event.channel is not None and event.channel.personal,
    "Dit gaat over bellen, langsgaan of een afspraak.",
    "This is about ringing, visiting or an appointment.",
)
NOT_PERSONAL = _ask(
    "not_personal",
    "Bgs art. 2 onder a",
    lambda case, event, at, law: event.channel is not None and not event.channel.personal,
    "Dit gaat over een kaartje, bericht of e-mail.",
    "This is about a card, message or e-mail.",
)


def _arrival(case: Case, event: Event, at: Circumstances, law: CaseLaw) -> bool:
    """Handed over today, or as far away as post travels: nobody knows yet that it comes sooner."""
    if event.delivered is None:
        return False
    by_hand = event.delivered == event.day and not event.presumed
    return by_hand or event.delivered >= event.day + timedelta(days=law.mail_days)


ARRIVAL = _ask(
    "arrival",
    "BW 3:37 lid 3",
    _arrival,
    "Noem de dag waarop de brief aankomt: vandaag als je hem afgeeft, anders zo ver weg als post onderweg is.",
    "Name the day the letter arrives: today when you hand it over, otherwise as far away as post travels.",
)
LETTER_NAMED = _ask(
    "letter_named",
    "BW 3:37 lid 3",
    lambda case, event, at, law: case.letter_named(event.evidence) is not None,
    "Kies de brief waar dit over gaat.",
    "Choose the letter that this is about.",
)


def _arrived_on(case: Case, event: Event, at: Circumstances, law: CaseLaw) -> bool:
    """Between the day it was sent and the day somebody records it."""
    letter = case.letter_named(event.evidence)
    return letter is not None and event.delivered is not None and letter.day <= event.delivered <= event.day


ARRIVED_ON = _ask(
    "arrived_on",
    "BW 3:37 lid 3",
    _arrived_on,
    "Leg vast op welke dag de brief aankwam: vanaf de dag van versturen, tot en met vandaag.",
    "Record the day the letter arrived: from the day it was sent, up to and including today.",
)


def _letter_right(case: Case, event: Event, at: Circumstances, law: CaseLaw) -> bool:
    """The amount is what is open; the costs, with those asked before, are no more than the law allows on it."""
    if event.amount != at.amount or event.fee <= 0:
        return False
    if law.fees is None:
        return True
    return case.costs + event.fee <= collection_fee(event.amount, event.day, law.fees).total


LETTER_RIGHT = _ask(
    "letter_right",
    "BW 6:96 lid 5 en 6",
    _letter_right,
    "De brief noemt het bedrag dat open staat en de kosten die daarbij horen.",
    "The letter states the amount that is open and the costs that belong to it.",
)
ALL_CLAIMS = _ask(
    "all_claims",
    "BW 6:96 lid 7",
    lambda case, event, at, law: event.all_claims,
    "Eén brief voor alle open vorderingen.",
    "One letter for all open claims.",
)
FEE_OF_LETTER = _ask(
    "fee_of_letter",
    "BW 6:96 lid 5 en 6",
    lambda case, event, at, law: 0 < event.fee <= highest_fee(case, at, event.day, law),
    "Niet meer kosten dan de brief noemde, en dan past bij wat nog open staat van die brief.",
    "No more costs than the letter stated, and than fits what is still open of that letter.",
)
AFFORDABLE = _ask(
    "affordable",
    "BW 6:2; eigen keuze",
    lambda case, event, at, law: event.affordable,
    "Kijk eerst wat dit huishouden kan betalen, en schrijf het op.",
    "Look first at what this household can pay, and write it down.",
)
LAST_DAY = _ask(
    "last_day",
    "BW 6:39",
    lambda case, event, at, law: event.until is not None and event.until >= event.day,
    "Noem de laatste dag.",
    "Name the last day.",
)
PAUSE_LENGTH = _ask(
    "pause_length",
    "Landelijk Convenant Vroegsignalering: pauze",
    lambda case, event, at, law: (
        event.until is not None and event.day <= event.until <= event.day + timedelta(days=law.pause_days)
    ),
    "Een pauze duurt hooguit 30 dagen.",
    "A pause takes 30 days at most.",
)
RESPITE_LENGTH = _ask(
    "respite_length",
    "BW 7:280",
    lambda case, event, at, law: (
        event.until is None or event.day <= event.until <= add_months(event.day, law.respite_months)
    ),
    "De rechter geeft hooguit een maand.",
    "The court gives a month at most.",
)
SAME_MUNICIPALITY = _ask(
    "same_municipality",
    "Bgs art. 2",
    lambda case, event, at, law: at.agreement is not None and event.municipality == at.agreement.municipality,
    "Meld bij de gemeente waarmee de afspraak is.",
    "Signal to the municipality of the agreement.",
)
AMOUNT_NOW = _ask(
    "amount_now",
    "Bgs art. 2; AVG art. 5 lid 1 onder d",
    lambda case, event, at, law: event.amount == at.amount,
    "Het gemelde bedrag is wat er nu open staat.",
    "The amount in the signal is what is open now.",
)
ANSWER = _ask(
    "answer",
    "DDAS",
    lambda case, event, at, law: event.answer is not None,
    "Kies wat de gemeente meldt.",
    "Choose what the municipality reports.",
)
PART_DISPUTED = _ask(
    "part_disputed",
    "BW 6:262",
    lambda case, event, at, law: event.amount >= 0,
    "Noem het deel waarover ze van mening verschillen.",
    "Name the part that is disputed.",
)
HOLD_NAMED = _ask(
    "hold_named",
    "eigen keuze",
    lambda case, event, at, law: event.hold is not None and bool(event.owner),
    "Noem de reden en wie erop let.",
    "Name the reason and who looks after it.",
)
HOLD_LENGTH = _ask(
    "hold_length",
    "Fw 287b lid 1; Wgs art. 5; eigen keuze",
    lambda case, event, at, law: (
        event.hold is not None
        and event.until is not None
        and event.day <= event.until <= longest_hold(event.hold, event.day, law)
    ),
    "Noem een einddag, niet verder weg dan voor deze reden kan.",
    "Name a last day, not further away than this reason allows.",
)


def _eviction_far_enough(case: Case, event: Event, at: Circumstances, law: CaseLaw) -> bool:
    if event.eviction_day is None:
        return False
    if case.eviction_set is None:
        return event.eviction_day > comply_until(event.day, law)
    return event.eviction_day >= event.day + timedelta(days=law.eviction_notice_days)


EVICTION_ANNOUNCED = _ask(
    "eviction_announced",
    "Rv 555",
    _eviction_far_enough,
    "Noem de dag: na de drie dagen van het bevel; een nieuwe dag ten minste drie dagen vooruit.",
    "Name the day: after the three days of the order; a new day at least three days ahead.",
)
