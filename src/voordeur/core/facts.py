"""Facts: what a policy may ask about a household on a day.

Money facts come from the ledger, contact facts from the diary (none recorded is the default). A policy knows
nothing else: no name, no neighbourhood, nothing about the people themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from voordeur.core.arrears import Standing, Technical, Undone, overdue_at
from voordeur.core.calendar import add_months
from voordeur.core.conditions import FactKind, Vocabulary
from voordeur.core.ledger import Position
from voordeur.core.limits import Limits
from voordeur.core.pattern import Method, Pattern, is_rent
from voordeur.core.signals import DECEASED, Signal, SignalKind, shortfall, usually_cures
from voordeur.core.words import Words


@dataclass(frozen=True, slots=True)
class Tenancy:
    """What the contract says that matters here."""

    method: Method = Method.UNKNOWN
    ended: date | None = None
    """Last day of the tenancy; None while it runs."""


@dataclass(frozen=True, slots=True)
class Contacts:
    """What was tried and agreed in the present arrears episode; the defaults say: nothing recorded."""

    messages: int = 0
    calls: int = 0
    """Attempts by telephone, reached or not."""
    visits: int = 0
    """Attempts at the door, met or not."""
    letters: int = 0
    day_parts: int = 0
    """Different parts of the day (morning, afternoon, evening) of the calls and visits."""
    spoken: bool = False
    """True when somebody spoke with the household in person."""
    last_contact: date | None = None
    """The newest attempt of any kind."""
    promise_until: date | None = None
    """The day by which the household said it would pay."""
    arrangement: bool = False
    """True while a payment arrangement is being kept."""
    arrangement_at_risk: bool = False
    """True while an instalment is missed and it is not yet a breach: that is a conversation."""
    arrangement_broken: bool = False
    """True while a running arrangement is not kept."""
    arrangement_contacted: bool = False
    """True when somebody tried to speak with the household since the trouble with the arrangement began."""
    visit_planned: date | None = None
    hold: bool = False
    """True while the case is on hold for a reason outside the ledger."""
    benefit_pending: bool = False
    """True while a decision about a benefit is being waited for."""
    gate_open: bool = False
    """True when every duty of art. 2 Besluit gemeentelijke schuldhulpverlening is proven; not done here."""
    contact_days: tuple[date, ...] = ()
    """Days of personal contact, earlier episodes included: arrears that ended after one did not end alone."""
    contacts_in_window: int = 0
    """Attempts of any kind by any department in the last `Policy.contact_window` days: the household's budget."""
    last_message: date | None = None
    last_visit: date | None = None
    last_letter: date | None = None
    unwanted: frozenset[str] = frozenset()
    """What the tenant asked us not to do: `message`, `call`, `visit`, `letter`."""
    ladder_level: int | None = None
    """The level of a ladder that was reached; None: the letters are the levels."""
    ladder_level_on: date | None = None


CHANNELS = ("message", "call", "visit", "letter")
"""The ways to reach a household that a tenant can ask us not to use."""
ANY_TENANCY = Tenancy()
NOTHING_RECORDED = Contacts()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a policy may ask. Numbers and flags are conditions; the rest only fills in sentences."""

    # from the ledger
    in_arrears: bool = False
    technical: bool = False
    small: bool = False
    covered_by_credit: bool = False
    on_hold: bool = False
    days_overdue: int = 0
    days_in_arrears: int = 0
    days_past_expected: int = 0
    months_owed: float = 0.0
    reversed: bool = False
    deceased_reported: bool = False
    only_other: bool = False
    partial: bool = False
    shortfall: bool = False
    sliding: bool = False
    growing: bool = False
    silent: bool = False
    first_time: bool = False
    late_episodes: int = 0
    self_cure_percent: int = 0
    within_own_recovery: bool = False
    falling: bool = False
    standing_debt: bool = False
    days_since_payment: int | None = None
    ended: bool = False
    rent_stopped: bool = False
    # from the contact diary
    messages: int = 0
    calls: int = 0
    visits: int = 0
    letters: int = 0
    personal_attempts: int = 0
    day_parts: int = 0
    spoken: bool = False
    days_since_contact: int | None = None
    promise_open: bool = False
    promise_broken: bool = False
    arrangement: bool = False
    arrangement_at_risk: bool = False
    arrangement_broken: bool = False
    arrangement_contacted: bool = False
    visit_planned: bool = False
    benefit_pending: bool = False
    gate_open: bool = False
    contacts_in_window: int = 0
    days_since_message: int | None = None
    days_since_visit: int | None = None
    days_since_letter: int | None = None
    message_unwanted: bool = False
    call_unwanted: bool = False
    visit_unwanted: bool = False
    letter_unwanted: bool = False
    ladder_level: int = 0
    # only for sentences and for the levels of a ladder
    on: date = date.min
    amount: int = 0
    expected_on: date | None = None
    recovery_until: date | None = None
    promise_until: date | None = None
    visit_on: date | None = None
    technical_reason: Words | None = None
    oldest_due: date | None = None
    ladder_level_on: date | None = None


_TWO_MONTHS = 62
NOT_CONDITIONS = frozenset(
    {
        "on", "amount", "expected_on", "recovery_until", "promise_until", "visit_on", "technical_reason",
        "oldest_due", "ladder_level_on",
    }
)  # fmt: skip
FLAGS = frozenset(f.name for f in fields(Facts) if f.type is bool)
NUMBERS = frozenset(f.name for f in fields(Facts)) - FLAGS - NOT_CONDITIONS
HOUSEHOLD: Vocabulary = {f.name: FactKind.FLAG if f.name in FLAGS else FactKind.NUMBER for f in fields(Facts)
                         if f.name not in NOT_CONDITIONS}  # fmt: skip
"""The facts that a condition of a policy may name."""


def gather(
    at: Position,
    pattern: Pattern,
    stand: Standing,
    found: Sequence[Signal],
    limits: Limits,
    tenancy: Tenancy,
    contacts: Contacts,
    undone: Undone | None = None,
) -> Facts:
    """The facts of one household on day `at.on`: those of the ledger, those of its months, those of the diary."""
    if not stand.in_arrears:
        return Facts(on=at.on, ended=_over(tenancy.ended, at.on))
    kinds = {signal.kind for signal in found}
    last = at.last_payment
    return Facts(
        in_arrears=True,
        technical=stand.technical is not None,
        small=stand.technical is Technical.SMALL,
        covered_by_credit=stand.technical is Technical.CREDIT,
        on_hold=stand.technical is Technical.PAUSE or contacts.hold,
        days_overdue=stand.days_overdue,
        days_in_arrears=(at.on - stand.since).days if stand.since else 0,
        days_past_expected=stand.days_past_expected,
        months_owed=stand.months_owed,
        reversed=SignalKind.REVERSED in kinds,
        deceased_reported=undone is not None and undone.code == DECEASED,
        only_other=bool(stand.ripe) and not any(is_rent(one.charge) for one in stand.ripe),
        partial=SignalKind.PARTIAL in kinds,
        shortfall=SignalKind.PARTIAL in kinds and shortfall(at, pattern, stand) is not None,
        sliding=SignalKind.SLIDING in kinds,
        growing=SignalKind.GROWING in kinds,
        silent=SignalKind.SILENCE in kinds,
        falling=_falling(stand, limits),
        days_since_payment=(at.on - last.date).days if last else None,
        ended=_over(tenancy.ended, at.on),
        on=at.on,
        amount=stand.due_now or stand.overdue,
        expected_on=stand.expected_on,
        oldest_due=stand.oldest_due,
        technical_reason=stand.reason,
        **_of_the_months(pattern, stand, limits),
        **_of_the_diary(contacts, at.on),
    )


def _of_the_months(pattern: Pattern, stand: Standing, limits: Limits) -> dict[str, Any]:
    """What the household used to do."""
    recovery = _recovery_until(pattern, stand, limits)
    return {
        "first_time": pattern.on_time >= limits.clean_months and pattern.on_time == pattern.known,
        "late_episodes": len(pattern.episodes),
        "self_cure_percent": round(100 * pattern.self_cure_share),
        "within_own_recovery": recovery is not None and stand.on <= recovery,
        "recovery_until": recovery,
        "standing_debt": _lasts(pattern, stand, limits) and not _grew(stand, limits),
        "rent_stopped": bool(pattern.months) and (stand.on - pattern.months[-1].due).days > _TWO_MONTHS,
    }


def _of_the_diary(contacts: Contacts, on: date) -> dict[str, Any]:
    """What people tried and agreed."""
    promise, planned = contacts.promise_until, contacts.visit_planned
    return {
        "messages": contacts.messages,
        "calls": contacts.calls,
        "visits": contacts.visits,
        "letters": contacts.letters,
        "personal_attempts": contacts.calls + contacts.visits,
        "day_parts": contacts.day_parts,
        "spoken": contacts.spoken,
        "days_since_contact": _days_since(contacts.last_contact, on),
        "promise_until": promise,
        "promise_open": promise is not None and on <= promise,
        "promise_broken": promise is not None and on > promise,
        "arrangement": contacts.arrangement,
        "arrangement_at_risk": contacts.arrangement_at_risk,
        "arrangement_broken": contacts.arrangement_broken,
        "arrangement_contacted": contacts.arrangement_contacted,
        "visit_planned": planned is not None and planned >= on,
        "visit_on": planned,
        "benefit_pending": contacts.benefit_pending,
        "gate_open": contacts.gate_open,
        "contacts_in_window": contacts.contacts_in_window,
        "days_since_message": _days_since(contacts.last_message, on),
        "days_since_visit": _days_since(contacts.last_visit, on),
        "days_since_letter": _days_since(contacts.last_letter, on),
        **{f"{channel}_unwanted": channel in contacts.unwanted for channel in CHANNELS},
        **_of_the_ladder(contacts),
    }


def _of_the_ladder(contacts: Contacts) -> dict[str, Any]:
    """Where the household stands on a ladder; letters are its levels unless the diary says otherwise."""
    if contacts.ladder_level is None:
        return {"ladder_level": contacts.letters, "ladder_level_on": contacts.last_letter}
    return {"ladder_level": contacts.ladder_level, "ladder_level_on": contacts.ladder_level_on}


def _days_since(day: date | None, on: date) -> int | None:
    return None if day is None else (on - day).days


def _over(ended: date | None, on: date) -> bool:
    return ended is not None and ended < on


def _recovery_until(pattern: Pattern, stand: Standing, limits: Limits) -> date | None:
    """Up to this day money usually still came by itself here; None when that is not the habit."""
    usual = pattern.usual_cure_days
    if usual is None or stand.oldest_due is None or not usually_cures(pattern, limits):
        return None
    return stand.oldest_due + timedelta(days=min(usual, limits.cure_limit_days))


def _falling(stand: Standing, limits: Limits) -> bool:
    """Less is open than a month ago and two months ago, in two months by more than a small amount."""
    one, two = (overdue_at(stand.ever_late, add_months(stand.on, -n)) for n in (1, 2))
    return stand.overdue < one <= two and stand.overdue + limits.small_amount < two


def _lasts(pattern: Pattern, stand: Standing, limits: Limits) -> bool:
    """Far too late month after month, or in arrears without a break, for `steady_months`."""
    long_ago = add_months(stand.on, -limits.steady_months)
    return pattern.behind >= limits.steady_months or (stand.since is not None and stand.since <= long_ago)


def _grew(stand: Standing, limits: Limits) -> bool:
    return stand.overdue > overdue_at(stand.ever_late, add_months(stand.on, -3)) + limits.small_amount
