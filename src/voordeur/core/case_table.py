"""The table of a case: from where, what happens, to where; what must be so, what is asked, on which article.

Read a row as a sentence: in these states, this may happen and leads there, when all of `guards` are so, if
whoever does it brings `asks`, by `basis`. What has no row here cannot happen. `core/cases.py` walks it.
"""

from dataclasses import dataclass
from enum import StrEnum

from voordeur.core.case_asks import (
    AFFORDABLE,
    ALL_CLAIMS,
    AMOUNT_NOW,
    ANSWER,
    ARRIVAL,
    ARRIVED_ON,
    DECIDER,
    EVICTION_ANNOUNCED,
    EVIDENCE,
    FEE_OF_LETTER,
    HOLD_LENGTH,
    HOLD_NAMED,
    LAST_DAY,
    LETTER_NAMED,
    LETTER_RIGHT,
    MAY_RELEASE,
    NOT_PERSONAL,
    OWN_WORD,
    PART_DISPUTED,
    PAUSE_LENGTH,
    PERSON,
    PERSONAL,
    REASON,
    REASON_OR_CONSENT,
    RESPITE_LENGTH,
    SAME_MUNICIPALITY,
    SECOND,
    SECOND_FRESH,
)  # fmt: skip
from voordeur.core.case_guards import (
    ADMITTED_OR_SCHEME,
    AGREEMENT_VALID,
    BEGUN,
    BUNDLE_APPROVED,
    COLLEGE_KNOWS,
    CONTACT_AFTER_MISS,
    CURRENT_RENT_PAID,
    DUTIES,
    EVICTION_TODAY,
    GATE,
    GATE_SHUT,
    HELP_ACCEPTED,
    NO_OBJECTION,
    NO_PLAN_KEPT,
    NOT_BEGUN,
    NOT_HELPED,
    NOTHING_OVERDUE,
    OVERDUE_NOW,
    PAUSE_OVER,
    PLAN_OVER,
    REACTION_OVER,
    RECENT_CONTACT,
    RESPITE_OVER,
    SIGNAL_AGED,
    SIGNAL_OPEN,
    SIGNAL_TOLD,
    TALK_BEFORE_ENDING,
    TENANCY_OVER,
    TERM_MISSED,
    TITLE,
    Guard,
)  # fmt: skip
from voordeur.core.case_letter_guards import (
    COSTS_NOT_WAIVED,
    DEMAND_UNPAID,
    FREE_TERM_OVER,
    LETTER_ARRIVED,
    NO_BENEFIT_PENDING,
    NO_COSTS_YET,
    NO_VISIT_PLANNED,
    PERSONAL_FIRST,
)
from voordeur.core.case_values import EventKind as E
from voordeur.core.case_values import State as S


class Where(StrEnum):
    """Where a row leads when it leads to no state of its own."""

    SAME = "same"
    """The state stays; the event is recorded."""
    BEFORE_HOLD = "before_hold"
    """Back to where the case was before it was put on hold."""


class Caution(StrEnum):
    """A warning that must be shown with a step."""

    STALE_SIGNAL = "stale_signal"
    DISPUTED = "disputed"
    CLAUSE = "clause"
    ADMINISTRATOR = "administrator"
    LOWER_SIGNAL = "lower_signal"
    BELOW_FLOOR = "below_floor"
    NO_SIGNAL = "no_signal"
    CRISIS = "crisis"
    COOLING_OFF = "cooling_off"
    UNANSWERED = "unanswered"
    HOLD_OVER = "hold_over"
    RENT_IN_MORATORIUM = "rent_in_moratorium"
    LATE_OBJECTION = "late_objection"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    states: tuple[S, ...]
    kind: E
    to: S | Where
    guards: tuple[Guard, ...] = ()
    asks: tuple[Guard, ...] = ()
    basis: str = ""
    cautions: tuple[Caution, ...] = ()


SAME, BACK = Where.SAME, Where.BEFORE_HOLD
RUNNING = tuple(state for state in S if state not in (S.CURRENT, S.CLOSED))
"""Every state of a case in which something is overdue."""
BEGUN_STATES = (S.CURRENT, *RUNNING)
TALKING = (S.OVERDUE, S.CONTACTING, S.IN_TALK, S.REMINDED)
FREE = (*TALKING, S.SIGNAL_ELIGIBLE, S.BLOCKED_OBJECTION, S.SIGNALLED, S.FOURTEEN_DAY_LETTER)
"""States in which the landlord may still take an ordinary step: no plan, no pause, no court, no hold."""
COURT = (S.PRE_COURT, S.IN_COURT, S.EVICTION_PLANNED)
DECISION = (DECIDER, REASON)
BY_TWO = (DECIDER, REASON, SECOND)
MONEY = (Caution.ADMINISTRATOR, Caution.DISPUTED, Caution.CLAUSE, Caution.LAPSED)
BEFORE_LETTER = (OVERDUE_NOW, PERSONAL_FIRST, NO_VISIT_PLANNED, NO_BENEFIT_PENDING)
BEFORE_COURT = (OVERDUE_NOW, BUNDLE_APPROVED, SIGNAL_AGED, RECENT_CONTACT, NOT_HELPED, NO_PLAN_KEPT)
BEFORE_COURT_CAUTIONS = (Caution.STALE_SIGNAL, *MONEY, Caution.NO_SIGNAL)


def _without(states: tuple[S, ...], *some: S) -> tuple[S, ...]:
    return tuple(state for state in states if state not in some)


BEGINNING = (
    Row((S.CURRENT,), E.OPENED, S.OVERDUE, (NOT_BEGUN, OVERDUE_NOW), (), "BW 6:83 onder a"),
    Row((S.CURRENT,), E.FELL_BACK, S.OVERDUE, (BEGUN, OVERDUE_NOW), (), "BW 6:114"),
    Row(RUNNING, E.PAID_OFF, S.CURRENT, (NOTHING_OVERDUE,), (), "BW 6:114"),
)
"""L0 and L1: it begins when something is overdue, and rests when all is paid."""

TALK = (
    Row((S.OVERDUE, S.CONTACTING), E.ATTEMPTED, S.CONTACTING, (), (PERSON, PERSONAL), "Bgs art. 2 onder a",
        MONEY),
    Row(_without(RUNNING, S.OVERDUE, S.CONTACTING), E.ATTEMPTED, SAME, (), (PERSON, PERSONAL),
        "Bgs art. 2 onder a", MONEY),
    Row(TALKING, E.SPOKE, S.IN_TALK, (), (PERSON, PERSONAL), "Bgs art. 2 onder a en b", MONEY),
    Row(_without(RUNNING, *TALKING), E.SPOKE, SAME, (), (PERSON, PERSONAL), "Bgs art. 2 onder a en b", MONEY),
    Row(RUNNING, E.MESSAGED, SAME, (), (PERSON, NOT_PERSONAL), "eigen keuze", MONEY),
    Row(RUNNING, E.HELP_POINTED, SAME, (), (PERSON, EVIDENCE), "Bgs art. 2 onder b"),
    Row(TALKING, E.REMINDER_SENT, S.REMINDED, BEFORE_LETTER, (PERSON, EVIDENCE, ARRIVAL),
        "Bgs art. 2 onder c en d", MONEY),
    Row((S.SIGNAL_ELIGIBLE, S.BLOCKED_OBJECTION, S.SIGNALLED, S.FOURTEEN_DAY_LETTER), E.REMINDER_SENT, SAME,
        BEFORE_LETTER, (PERSON, EVIDENCE, ARRIVAL), "Bgs art. 2 onder c en d", MONEY),
    Row((*TALKING, S.SIGNAL_ELIGIBLE), E.OBJECTED, S.BLOCKED_OBJECTION, (), (OWN_WORD,), "Bgs art. 2 onder d"),
    Row(_without(RUNNING, *TALKING, S.SIGNAL_ELIGIBLE), E.OBJECTED, SAME, (), (OWN_WORD,), "Bgs art. 2 onder d"),
    Row((S.CURRENT,), E.OBJECTED, SAME, (BEGUN,), (OWN_WORD,), "Bgs art. 2 onder d"),
    Row((S.BLOCKED_OBJECTION,), E.CONSENTED, S.IN_TALK, (), (PERSON, EVIDENCE), "Bgs art. 2 onder d"),
    Row(_without(RUNNING, S.BLOCKED_OBJECTION), E.CONSENTED, SAME, (), (PERSON, EVIDENCE),
        "Bgs art. 2 onder d"),
    Row(RUNNING, E.DISPUTE_NOTED, SAME, (), (PERSON, PART_DISPUTED), "BW 6:262"),
    Row(RUNNING, E.CLAUSE_JUDGED, SAME, (), (DECIDER, REASON), "Richtlijn 93/13/EEG: ambtshalve toetsing"),
)  # fmt: skip
"""L2 to L4 and L6b: people speak first, then something is written; no is no."""

PLAN = (
    Row((*FREE, S.PLAN_ACTIVE, S.PAUSED, *COURT), E.PLAN_AGREED, S.PLAN_ACTIVE, (),
        (PERSON, AFFORDABLE, LAST_DAY), "BW 6:29", MONEY),
    Row((S.PLAN_ACTIVE,), E.PLAN_MISSED, SAME, (TERM_MISSED,), (), "BW 6:81-83"),
    Row((S.PLAN_ACTIVE,), E.PLAN_BROKEN, S.CONTACTING, (TERM_MISSED, CONTACT_AFTER_MISS), DECISION, "BW 6:29",
        MONEY),
    Row((S.PLAN_ACTIVE,), E.PLAN_ENDED, S.CONTACTING, (PLAN_OVER, OVERDUE_NOW), (), "BW 6:29"),
)  # fmt: skip
"""L5: a plan that fits, and one contact before it is ended."""

MUNICIPALITY = (
    Row((S.CONTACTING, S.IN_TALK, S.REMINDED, S.FOURTEEN_DAY_LETTER, S.SIGNALLED), E.GATE_OPENED,
        S.SIGNAL_ELIGIBLE, GATE, (), "Bgs art. 2; Landelijk Convenant Vroegsignalering"),
    Row((S.SIGNAL_ELIGIBLE,), E.GATE_CLOSED, S.REMINDED, (GATE_SHUT,), (), "Bgs art. 2"),
    Row((S.SIGNAL_ELIGIBLE,), E.SIGNAL_SENT, S.SIGNALLED, GATE,
        (DECIDER, REASON_OR_CONSENT, EVIDENCE, SAME_MUNICIPALITY, AMOUNT_NOW), "Bgs art. 2; AVG art. 22",
        (Caution.BELOW_FLOOR, *MONEY, Caution.LOWER_SIGNAL)),
    Row(COURT, E.CRISIS_SIGNAL, SAME, (*DUTIES, REACTION_OVER, NO_OBJECTION, AGREEMENT_VALID, OVERDUE_NOW),
        (DECIDER, REASON, EVIDENCE, SAME_MUNICIPALITY, AMOUNT_NOW), "Bgs art. 2; Wgs art. 4 lid 2",
        (Caution.LOWER_SIGNAL, Caution.DISPUTED, Caution.CLAUSE)),
    Row(BEGUN_STATES, E.SIGNAL_ANSWERED, SAME, (SIGNAL_OPEN,), (PERSON, ANSWER), "DDAS: uitkomst"),
    Row((S.SIGNALLED,), E.SIGNAL_WITHDRAWN, S.CONTACTING, (SIGNAL_OPEN,), DECISION, "AVG art. 5 lid 1 onder d"),
    Row(_without(BEGUN_STATES, S.SIGNALLED), E.SIGNAL_WITHDRAWN, SAME, (SIGNAL_OPEN,), DECISION,
        "AVG art. 5 lid 1 onder d"),
    Row((*_without(FREE, S.OVERDUE), S.PRE_COURT), E.PAUSE_STARTED, S.PAUSED,
        (HELP_ACCEPTED, CURRENT_RENT_PAID), (PERSON, PAUSE_LENGTH), "Landelijk Convenant Vroegsignalering"),
    Row((S.PAUSED,), E.PAUSE_EXTENDED, SAME, (HELP_ACCEPTED, CURRENT_RENT_PAID), (PERSON, EVIDENCE, LAST_DAY),
        "NVVK: landelijke pauzeknop"),
    Row((S.PAUSED,), E.PAUSE_ENDED, S.SIGNALLED, (PAUSE_OVER, TALK_BEFORE_ENDING), DECISION,
        "Landelijk Convenant Vroegsignalering"),
)  # fmt: skip
"""L6 to L8: the gate, a person who sends, and the pause when help is accepted."""

COSTS = (
    Row(_without(FREE, S.OVERDUE), E.LETTER_SENT, S.FOURTEEN_DAY_LETTER,
        (*BEFORE_LETTER, NOT_HELPED, NO_PLAN_KEPT), (DECIDER, EVIDENCE, ARRIVAL, LETTER_RIGHT, ALL_CLAIMS),
        "BW 6:96 lid 6 en 7", MONEY),
    Row(BEGUN_STATES, E.LETTER_DELIVERED, SAME, (), (PERSON, LETTER_NAMED, ARRIVED_ON), "BW 3:37 lid 3"),
    Row(BEGUN_STATES, E.LETTER_FAILED, SAME, (), (PERSON, LETTER_NAMED, REASON), "BW 3:37 lid 3"),
    Row((S.FOURTEEN_DAY_LETTER, S.SIGNALLED, S.PRE_COURT), E.COSTS_ADDED, SAME,
        (LETTER_ARRIVED, FREE_TERM_OVER, OVERDUE_NOW, DEMAND_UNPAID, NO_COSTS_YET, COSTS_NOT_WAIVED),
        (DECIDER, REASON, FEE_OF_LETTER), "BW 6:96 lid 5 en 6", MONEY),
)  # fmt: skip
"""L9: no costs without a correct letter, and none before day 15; what becomes of a letter is recorded."""

COURT_ROWS = (
    Row((S.SIGNALLED, S.FOURTEEN_DAY_LETTER, S.BLOCKED_OBJECTION), E.BUNDLE_APPROVED, SAME,
        DUTIES, (DECIDER, EVIDENCE), "Bgs art. 2"),
    Row((S.SIGNALLED, S.FOURTEEN_DAY_LETTER, S.BLOCKED_OBJECTION), E.COURT_PROPOSED, S.PRE_COURT,
        BEFORE_COURT, DECISION, "BW 6:265, 7:231; Bgs art. 2", BEFORE_COURT_CAUTIONS),
    Row((S.PRE_COURT,), E.COURT_DECLINED, S.CONTACTING, (), DECISION, "vier ogen"),
    Row((S.PRE_COURT,), E.SUMMONS_SERVED, S.IN_COURT, BEFORE_COURT, (*BY_TWO, SECOND_FRESH),
        "BW 6:265, 7:231; AVG art. 22", BEFORE_COURT_CAUTIONS),
    Row((S.IN_COURT,), E.TITLE_GIVEN, SAME, (), (PERSON, EVIDENCE, RESPITE_LENGTH), "BW 7:231, 7:280"),
    Row((S.IN_COURT,), E.CLAIM_DISMISSED, S.CONTACTING, (), (PERSON, EVIDENCE), "BW 6:265"),
    Row((S.CONTACTING,), E.EXECUTION_RESUMED, S.IN_COURT, (TITLE, OVERDUE_NOW, RECENT_CONTACT, NOT_HELPED),
        BY_TWO, "BW 7:231; Rv 555"),
    Row((S.IN_COURT, S.EVICTION_PLANNED), E.EVICTION_DATED, S.EVICTION_PLANNED,
        (TITLE, RESPITE_OVER, OVERDUE_NOW), (*BY_TWO, EVICTION_ANNOUNCED), "Rv 555; BW 7:231",
        (Caution.CRISIS, Caution.COOLING_OFF)),
    Row((S.EVICTION_PLANNED,), E.COLLEGE_INFORMED, SAME, (), (PERSON, EVIDENCE),
        "Gerechtsdeurwaarderswet art. 14"),
    Row((S.EVICTION_PLANNED,), E.EVICTION_CALLED_OFF, S.IN_COURT, (), DECISION, "Rv 555"),
    Row((S.EVICTION_PLANNED,), E.EVICTED, S.CLOSED, (TITLE, EVICTION_TODAY, COLLEGE_KNOWS), BY_TWO, "Rv 556"),
)  # fmt: skip
"""L10 to L12: only with the evidence approved, only by two persons, only a court ends a lease."""

HOLDS = (
    Row(RUNNING, E.HELD, S.ON_HOLD, (), (PERSON, REASON, HOLD_NAMED, HOLD_LENGTH),
        "Fw 287b; Wgs art. 5; BW 1:431, 6:262, 7:229", (Caution.COOLING_OFF,)),
    Row((S.ON_HOLD,), E.RELEASED, BACK, (MAY_RELEASE,), (), "Fw 305; eigen keuze"),
)  # fmt: skip
"""LX: with a reason, a last day and somebody who looks after it."""

ENDING = (
    Row((S.CURRENT,), E.CLOSED_PAID, S.CLOSED, (BEGUN, NOTHING_OVERDUE, SIGNAL_TOLD), (), "BW 6:114"),
    Row(RUNNING, E.WRITTEN_OFF, S.CLOSED, (SIGNAL_TOLD,), BY_TWO, "BW 6:160"),
    Row((*FREE, S.PLAN_ACTIVE, S.PAUSED, S.ON_HOLD), E.SETTLED, S.CLOSED, (ADMITTED_OR_SCHEME,),
        (DECIDER, EVIDENCE), "Wgs art. 4a; Fw 287a"),
    Row(RUNNING, E.TENANCY_ENDED, S.CLOSED, (TENANCY_OVER, SIGNAL_TOLD), DECISION, "BW 7:228, 7:271"),
    Row((S.OVERDUE, S.CONTACTING, S.IN_TALK, S.REMINDED, S.SIGNAL_ELIGIBLE, S.BLOCKED_OBJECTION, S.ON_HOLD),
        E.OPENED_IN_ERROR, S.CLOSED, (SIGNAL_TOLD,), DECISION, "AVG art. 5 lid 1 onder d"),
)  # fmt: skip
"""LZ: paid, written off, settled, evicted, left, or never should have been."""

TABLE: tuple[Row, ...] = (*BEGINNING, *TALK, *PLAN, *MUNICIPALITY, *COSTS, *COURT_ROWS, *HOLDS, *ENDING)


def row_of(state: S, kind: E) -> Row | None:
    """The row for this event in this state; None when it cannot happen."""
    return _ROWS.get((state, kind))


_ROWS = {(state, row.kind): row for row in TABLE for state in row.states}
assert len(_ROWS) == sum(len(row.states) for row in TABLE), "two rows for one event in one state"
