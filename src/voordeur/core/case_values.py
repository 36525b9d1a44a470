"""The values of a case: its states, what can happen, who did it, proofs, holds, and the law that it runs by.

One case is one tenancy in one arrears episode. Whatever happens is an Event, append-only; a Case is what the
events add up to (`core/cases.py`). The table of what may follow what stands in `core/case_table.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from voordeur.core.access import Role
from voordeur.core.calendar import Calendar
from voordeur.core.contacts import Channel, DayPart
from voordeur.core.costs import FeeLaw
from voordeur.core.words import Words


class State(StrEnum):
    """Where a case stands, on the landlord's side."""

    CURRENT = "current"
    OVERDUE = "overdue"
    CONTACTING = "contacting"
    IN_TALK = "in_talk"
    REMINDED = "reminded"
    PLAN_ACTIVE = "plan_active"
    SIGNAL_ELIGIBLE = "signal_eligible"
    BLOCKED_OBJECTION = "blocked_objection"
    SIGNALLED = "signalled"
    PAUSED = "paused"
    FOURTEEN_DAY_LETTER = "fourteen_day_letter"
    PRE_COURT = "pre_court"
    IN_COURT = "in_court"
    EVICTION_PLANNED = "eviction_planned"
    ON_HOLD = "on_hold"
    CLOSED = "closed"

    @property
    def code(self) -> str:
        """L0 to L12, LX, LZ: how the state is numbered in the process description."""
        return _CODES[self]


_CODES = dict(
    zip(
        State,
        ["L0", "L1", "L2", "L3", "L4", "L5", "L6", "L6b", "L7", "L8", "L9", "L10", "L11", "L12", "LX", "LZ"],
        strict=True,
    )
)


class EventKind(StrEnum):
    """What can happen in a case."""

    # it begins, it is paid
    OPENED = "opened"
    FELL_BACK = "fell_back"
    """A payment was taken back after all was paid: the same episode goes on."""
    PAID_OFF = "paid_off"
    """The program sees that nothing is overdue any more."""
    # people speak
    ATTEMPTED = "attempted"
    """A personal attempt (telephone, visit) that reached nobody."""
    SPOKE = "spoke"
    MESSAGED = "messaged"
    """A card, message or e-mail: no writing in the sense of the law, no personal attempt either."""
    HELP_POINTED = "help_pointed"
    """The household was told what debt help there is (Bgs art. 2 b), apart from a talk or a reminder."""
    REMINDER_SENT = "reminder_sent"
    OBJECTED = "objected"
    """The tenant does not want the data passed on, or wants no help: silence is no objection."""
    CONSENTED = "consented"
    """The tenant agrees in writing that data are passed on."""
    DISPUTE_NOTED = "dispute_noted"
    """A part of the amount is disputed; the rest is not. A dispute about all of it is a hold."""
    CLAUSE_JUDGED = "clause_judged"
    """Somebody looked whether a court would let the clause on raising the rent stand."""
    # a plan
    PLAN_AGREED = "plan_agreed"
    PLAN_MISSED = "plan_missed"
    PLAN_BROKEN = "plan_broken"
    PLAN_ENDED = "plan_ended"
    """No plan runs any more, and something is overdue all the same: it was paid, or ended without being broken."""
    # the municipality
    GATE_OPENED = "gate_opened"
    """The program sees that every condition for a signal is met. A person still decides."""
    GATE_CLOSED = "gate_closed"
    SIGNAL_SENT = "signal_sent"
    CRISIS_SIGNAL = "crisis_signal"
    SIGNAL_ANSWERED = "signal_answered"
    SIGNAL_WITHDRAWN = "signal_withdrawn"
    PAUSE_STARTED = "pause_started"
    PAUSE_EXTENDED = "pause_extended"
    PAUSE_ENDED = "pause_ended"
    # costs
    LETTER_SENT = "letter_sent"
    """The fourteen-day letter of BW 6:96 lid 6."""
    LETTER_DELIVERED = "letter_delivered"
    """Somebody recorded on which day a letter reached the household: until then its arrival is presumed."""
    LETTER_FAILED = "letter_failed"
    """A letter came back, or came too late for the term it names: what rested on it falls away."""
    COSTS_ADDED = "costs_added"
    # court
    BUNDLE_APPROVED = "bundle_approved"
    COURT_PROPOSED = "court_proposed"
    COURT_DECLINED = "court_declined"
    SUMMONS_SERVED = "summons_served"
    TITLE_GIVEN = "title_given"
    """The court dissolved the lease; a time to pay may be given first (BW 7:280)."""
    CLAIM_DISMISSED = "claim_dismissed"
    EXECUTION_RESUMED = "execution_resumed"
    EVICTION_DATED = "eviction_dated"
    COLLEGE_INFORMED = "college_informed"
    """The bailiff told the municipality the day (Gerechtsdeurwaarderswet art. 14)."""
    EVICTION_CALLED_OFF = "eviction_called_off"
    # on hold
    HELD = "held"
    RELEASED = "released"
    # the end
    CLOSED_PAID = "closed_paid"
    WRITTEN_OFF = "written_off"
    SETTLED = "settled"
    EVICTED = "evicted"
    TENANCY_ENDED = "tenancy_ended"
    OPENED_IN_ERROR = "opened_in_error"


class Outcome(StrEnum):
    """How a case ended: the classes of the statistics."""

    PAID = "paid"
    WRITTEN_OFF = "written_off"
    SETTLED = "settled"
    EVICTED = "evicted"
    LEFT = "left"
    """The tenancy ended otherwise; what is still owed is a claim on a former tenant."""
    ERROR = "error"


class Duty(StrEnum):
    """The four duties of a landlord before a signal (Bgs art. 2)."""

    EFFORT = "effort"
    """a: an effort to get into personal contact."""
    HELP = "help"
    """b: pointed to the possibilities of debt help."""
    REMINDER = "reminder"
    """c: at least one written reminder."""
    OFFER = "offer"
    """d: with it the offer to pass on data, and no objection."""


class HoldReason(StrEnum):
    """Why a case is on hold."""

    DISPUTE = "dispute"
    MORATORIUM = "moratorium"
    """The court forbade eviction for a while (Fw 287b)."""
    COOLING_OFF = "cooling_off"
    """The court gave a cooling-off period for debt help (Wgs art. 5)."""
    DEBT_SCHEME = "debt_scheme"
    """Statutory debt restructuring began (Fw 299 and further)."""
    ADMINISTRATOR = "administrator"
    """An administrator (bewindvoerder) was named: money matters go to the administrator."""
    BEREAVEMENT = "bereavement"


class Help(StrEnum):
    """How debt help by the municipality stands, as far as the landlord may know."""

    NONE = "none"
    ACCEPTED = "accepted"
    ADMITTED = "admitted"
    """The notice that the tenant was admitted to debt help (Kennisgeving) came in."""
    ENDED = "ended"


class Answer(StrEnum):
    """What the municipality reports back on a signal: the outcome class, never why (DDAS model text)."""

    HELP_ACCEPTED = "help_accepted"
    ALREADY_HELPED = "already_helped"
    SOLVED = "solved"
    DECLINED = "declined"
    NO_CONTACT = "no_contact"
    REPEATED = "repeated"
    UNJUSTIFIED = "unjustified"
    NOT_RESIDENT = "not_resident"
    DECEASED = "deceased"
    NOT_TAKEN_UP = "not_taken_up"
    """Another reason, which is not told."""
    TAKEN_UP = "taken_up"
    """In progress: the municipality is trying to reach the household."""


CLOSING_ANSWERS = frozenset(Answer) - {Answer.HELP_ACCEPTED, Answer.ALREADY_HELPED, Answer.TAKEN_UP}
"""With these the municipality is done with the signal."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person who does something: the account (never a name) and the role."""

    id: str
    role: Role


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. Append-only: nothing is ever changed, what was wrong is put right by a new event.

    `by` None is the program itself (the nightly run), which may record what the ledger shows and decides
    nothing. Which details an event needs is asked by the table; others are ignored. Amounts are cents.
    """

    kind: EventKind
    day: date
    by: Actor | None = None
    second: Actor | None = None
    """The second person, where the table asks for two."""
    reason: str = ""
    overrules: tuple[str, ...] = ()
    """Names of guards that two persons set aside, with the reason; never one of the law."""
    evidence: str = ""
    """Where the proof lies: id of the document, the diary entry, the receipt."""
    channel: Channel | None = None
    part: DayPart | None = None
    help_told: bool = False
    """In this talk or letter the household was told what debt help there is."""
    offer: bool = False
    """This reminder offers to pass on contact data and says how to object."""
    delivered: date | None = None
    """The day a letter reached the household."""
    presumed: bool = False
    """Nobody recorded that arrival: `delivered` is the day on which post that was sent then usually comes."""
    amount: int = 0
    fee: int = 0
    """Collection costs that a letter announces, or that are charged."""
    all_claims: bool = False
    """This letter covers every claim that can be demanded (BW 6:96 lid 7)."""
    affordable: bool = False
    """Somebody looked whether the household can pay this plan, and wrote it down."""
    since: date | None = None
    """OPENED, FELL_BACK: the due day with which these arrears began."""
    until: date | None = None
    """Last day: of a plan, a pause, a hold, a time to pay."""
    owner: str = ""
    """Who looks after a hold: an account."""
    hold: HoldReason | None = None
    municipality: str = ""
    answer: Answer | None = None
    eviction_day: date | None = None
    previous: str = ""
    """OPENED: the id of the earlier case of this tenancy, for a relapse."""
    objected: date | None = None
    """OPENED: the objection that stands from an earlier case about the same arrears; `fee`: costs asked in it."""
    doubted: bool = False
    """CLAUSE_JUDGED: the clause on raising the rent may be unfair, so less may be owed."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A personal attempt as the case needs it."""

    day: date
    channel: Channel
    part: DayPart | None
    reached: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """One duty, done on a day, with where the evidence lies."""

    duty: Duty
    day: date
    evidence: str
    delivered: date | None = None
    """Of a letter: the day it reached the household."""
    presumed: bool = False
    """That day is presumed, not recorded."""
    promised: date | None = None
    """The day of arrival by which the letter itself names its terms: an earlier arrival does not shorten them."""


@dataclass(frozen=True, slots=True)
class Hold:
    """A stretch in which the case is on hold: from, up to and including, and who looks after it."""

    reason: HoldReason
    since: date
    until: date
    owner: str
    released: date | None = None

    def active(self, on: date) -> bool:
        """True on every day of the hold; it ends by itself after its last day."""
        return self.since <= on <= self.until and (self.released is None or on < self.released)


@dataclass(frozen=True, slots=True)
class SentSignal:
    """A signal to the municipality."""

    day: date
    municipality: str
    amount: int
    receipt: str
    answer: Answer | None = None
    answered: date | None = None
    withdrawn: date | None = None

    @property
    def open(self) -> bool:
        """True while the municipality still works with it."""
        return self.withdrawn is None and self.answer not in CLOSING_ANSWERS


@dataclass(frozen=True, slots=True)
class Case:
    """What the events of a case add up to. Made by `core.cases` only; `Case()` is a case that has not begun."""

    state: State = State.CURRENT
    since: date | None = None
    """The day the present state began."""
    overdue_since: date | None = None
    """The oldest unpaid due day when the case began."""
    previous: str = ""
    """The earlier case of this tenancy: this one is a relapse."""
    history: tuple[Event, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    proofs: tuple[Proof, ...] = ()
    objection: date | None = None
    """The day of an objection that still stands."""
    consent: date | None = None
    disputed: int = 0
    clause_doubted: bool = False
    """A court may set the clause on raising the rent aside: the arrears may be smaller than the ledger says."""
    help: Help = Help.NONE
    plan_until: date | None = None
    plan_missed: date | None = None
    signals: tuple[SentSignal, ...] = ()
    pause_until: date | None = None
    letter_delivered: date | None = None
    """The day from which the newest fourteen-day letter counts: that of arrival, not before the letter says so."""
    letter_fee: int = 0
    letter_charged: bool = False
    """The costs that the newest letter announced were asked."""
    costs: int = 0
    """Collection costs asked in this episode and not yet paid, cents."""
    bundle: date | None = None
    proposed_by: str = ""
    """The account that proposed to go to court."""
    title: date | None = None
    respite_until: date | None = None
    eviction_day: date | None = None
    eviction_set: date | None = None
    college_informed: date | None = None
    holds: tuple[Hold, ...] = ()
    before_hold: State | None = None
    administrator: bool = False
    outcome: Outcome | None = None
    last_day: date | None = None
    """The newest day in the history."""

    def proof(self, duty: Duty) -> Proof | None:
        """The newest proof of a duty."""
        return next((one for one in reversed(self.proofs) if one.duty is duty), None)

    @property
    def signal(self) -> SentSignal | None:
        """The newest signal that was not withdrawn."""
        return next((one for one in reversed(self.signals) if one.withdrawn is None), None)

    @property
    def signals_now(self) -> tuple[SentSignal, ...]:
        """The signals about these arrears that were not withdrawn, oldest first; one about paid arrears is none."""
        since = self.overdue_since or date.min
        return tuple(one for one in self.signals if one.withdrawn is None and one.day >= since)

    @property
    def first_signal(self) -> SentSignal | None:
        """The oldest of those: from its day on the municipality could help."""
        return next(iter(self.signals_now), None)

    def holds_on(self, on: date) -> tuple[Hold, ...]:
        """The holds that are active on a day."""
        return tuple(hold for hold in self.holds if hold.active(on))

    def letter_named(self, evidence: str) -> Event | None:
        """The newest reminder or fourteen-day letter with this proof; None when there is none, or it failed."""
        letters = (EventKind.REMINDER_SENT, EventKind.LETTER_SENT, EventKind.LETTER_FAILED)
        named = (one for one in reversed(self.history) if one.evidence == evidence and one.kind in letters)
        newest = next(named, None)
        return None if newest is None or newest.kind is EventKind.LETTER_FAILED else newest

    @property
    def spoken(self) -> date | None:
        """The newest day on which somebody spoke with the household."""
        return max((one.day for one in self.attempts if one.reached), default=None)


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the landlord agreed with the municipality about signals; without it no signal may be sent."""

    municipality: str
    first: date
    last: date | None = None
    floor: int = 0
    """The municipality asks for signals from this amount, cents; below it there is a warning."""

    def valid(self, on: date) -> bool:
        """True from the first up to and including the last day."""
        return self.first <= on and (self.last is None or on <= self.last)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a case needs to know on a day that is not in its events: ledger, agreement, tenancy."""

    on: date
    amount: int = 0
    """Overdue, cents, all that the ledger has."""
    days_overdue: int = 0
    """Days since the oldest unpaid due day, without paused days."""
    current_rent_paid: bool = True
    """The rent that fell due since the episode began is paid."""
    plan_term_missed: bool = False
    """A term of the payment plan is later than its grace."""
    agreement: Agreement | None = None
    already_helped: bool = False
    """The household is known to be in debt help, otherwise than by our own signal."""
    tenancy_ended: bool = False
    demand_open: int | None = None
    """Of what the newest fourteen-day letter asked: cents unpaid at the end of its term, or now while it runs."""
    visit_planned: date | None = None
    """The first day on which a visit to this household is planned."""
    benefit_pending: bool = False
    """A decision about a benefit is being waited for."""
    plan_over: bool = False
    """No payment plan runs any more."""
    plan_kept: bool = False
    """A payment plan runs and no term of it was missed."""
    oldest_due: date | None = None
    """The due day of the oldest claim of which anything is open."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a number of the law or of the landlord comes from."""

    words: Words
    source: str
    trust: str


@dataclass(frozen=True, slots=True)
class CaseLaw:
    """The dated numbers a case runs by (`rules/law/case.toml`), with the holidays. Days are calendar days."""

    first: date
    """Before this day these rules say nothing."""
    calendar: Calendar
    contact_by_days: int
    visit_by_days: int
    attempts: int
    """Personal attempts, at as many parts of the day, before "no contact"."""
    reaction_days: int
    """So long after delivery of the reminder silence counts as no objection."""
    arrears_days: int
    """From so many days overdue a signal may be sent (agreement with the municipality)."""
    chase_days: int
    """So long after a signal without a word somebody asks the municipality."""
    pause_days: int
    """The longest pause after help was accepted."""
    summons_days: int
    """So long between signal and summons."""
    stale_days: int
    """An older signal is stale: warn."""
    recent_contact_days: int
    """The last personal attempt before court is at most so long ago."""
    mail_days: int
    """Days a letter travels when nobody recorded its arrival."""
    letter_days: int
    """Days the fourteen-day letter gives (BW 6:96 lid 6)."""
    lapse_years: int
    """So many years after its due day, or after the last written demand, a rent term lapses (BW 3:308)."""
    respite_months: int
    eviction_notice_days: int
    hold_days: Mapping[HoldReason, int] = field(default_factory=dict)
    """The longest hold per reason in days; a reason that is not here is measured in months."""
    hold_months: Mapping[HoldReason, int] = field(default_factory=dict)
    sources: Mapping[str, Setting] = field(default_factory=dict)
    fees: FeeLaw | None = None
    """What a fourteen-day letter may announce; without it the amount is not checked here."""
