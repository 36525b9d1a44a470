"""The contact diary: who tried to reach the household and how, what was agreed, what the tenant wishes.

Telephone, visit, card, message and letter are equal channels; what differs is whether somebody spoke. Nobody
writes "no contact" after one attempt, nor after two at the same part of the day. A wish really blocks, and the
lawful exceptions have names. Whether a promise was kept is known the day after.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from voordeur.core import facts
from voordeur.core.calendar import DaySet, next_working_day
from voordeur.core.words import Words, day_in_words


class Channel(StrEnum):
    """How somebody tried (DDAS Vroegsignalering v1.2, contactsoort; message is its SMS/Whatsapp)."""

    PHONE = "phone"
    VISIT = "visit"
    APPOINTMENT = "appointment"
    """An appointment somewhere else than at the door."""
    CARD = "card"
    """A card through the letter box."""
    MESSAGE = "message"
    EMAIL = "email"
    LETTER = "letter"
    OTHER = "other"

    @property
    def personal(self) -> bool:
        """True when the household can answer at once: an attempt counts as personal effort (Bgs art. 2 a)."""
        return self in PERSONAL

    @property
    def words(self) -> Words:
        """The channel as people call it."""
        return _CHANNEL_WORDS[self]

    @property
    def ddas(self) -> str:
        """The value in the exchange model of DDAS Vroegsignalering v1.2."""
        return _DDAS[self]


PERSONAL = frozenset({Channel.PHONE, Channel.VISIT, Channel.APPOINTMENT})
_CHANNEL_WORDS = {
    Channel.PHONE: Words("telefoon", "telephone"),
    Channel.VISIT: Words("huisbezoek", "home visit"),
    Channel.APPOINTMENT: Words("afspraak op locatie", "appointment elsewhere"),
    Channel.CARD: Words("kaartje", "card"),
    Channel.MESSAGE: Words("bericht", "message"),
    Channel.EMAIL: Words("e-mail", "e-mail"),
    Channel.LETTER: Words("brief", "letter"),
    Channel.OTHER: Words("anders", "other"),
}
_DDAS = {
    Channel.PHONE: "Telefoon",
    Channel.VISIT: "Huisbezoek",
    Channel.APPOINTMENT: "Afspraak op locatie",
    Channel.CARD: "Kaartje",
    Channel.MESSAGE: "SMS/Whatsapp",
    Channel.EMAIL: "Mail",
    Channel.LETTER: "Brief",
    Channel.OTHER: "Overige",
}


class DayPart(StrEnum):
    """Part of the day (DDAS dagdeel): morning before 12, afternoon from 12 to 18, evening from 18."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"

    @property
    def words(self) -> Words:
        """The part of the day in words."""
        return _DAY_PART_WORDS[self]


_DAY_PART_WORDS = {
    DayPart.MORNING: Words("ochtend", "morning"),
    DayPart.AFTERNOON: Words("middag", "afternoon"),
    DayPart.EVENING: Words("avond", "evening"),
}


def day_part(hour: int) -> DayPart:
    """The part of the day of an hour from 0 to 23."""
    if hour < 12:
        return DayPart.MORNING
    return DayPart.AFTERNOON if hour < 18 else DayPart.EVENING


class ContactOutcome(StrEnum):
    """What came of it, from a closed list; more belongs in what was agreed."""

    NO_ANSWER = "no_answer"
    CARD_LEFT = "card_left"
    SPOKEN = "spoken"
    PROMISED = "promised"
    """Spoken, and the household said when it would pay."""
    ARRANGED = "arranged"
    """Spoken, and a payment arrangement was agreed."""
    WANTS_HELP = "wants_help"
    DECLINED = "declined"
    """Spoken, and the household wants nothing from us."""
    DISPUTES = "disputes"
    """Spoken, and the household says that the money is not owed."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One line of the diary: one attempt, reached or not. Append-only; a mistake is put right by a new line."""

    day: date
    channel: Channel
    part: DayPart | None = None
    reached: bool = False
    """True when somebody of the household answered in person."""
    outcome: ContactOutcome = ContactOutcome.NO_ANSWER
    by: str = ""
    """Who did it: the account, never a name."""
    agreed: str = ""
    """What was agreed, in the words of whoever was there. Never about health."""
    incoming: bool = False
    """True when the household came to us."""

    @property
    def spoken(self) -> bool:
        """True when somebody spoke with the household in person."""
        return self.reached and self.channel.personal


def no_contact(contacts: Sequence[Contact], on: date, *, attempts: int = 2) -> Words | None:
    """None when "no contact" may be written down on `on`; otherwise what is still lacking.

    It takes `attempts` personal attempts of our own (telephone, visit) at that many different parts of the
    day, up to three, and nobody may have been reached.
    """
    tried = [one for one in contacts if one.day <= on and one.channel.personal and not one.incoming]
    if any(one.spoken for one in contacts if one.day <= on):
        return Words(
            "Er is gesproken: dit is geen 'geen contact'.", "There was a talk: this is not 'no contact'."
        )
    if len(tried) < attempts:
        lacking = attempts - len(tried)
        return Words(
            f"Nog {lacking} keer bellen of langsgaan.",
            f"Ring or visit {lacking} more time{'s' if lacking > 1 else ''}.",
        )
    if len({one.part for one in tried if one.part}) < min(attempts, len(DayPart)):
        return Words(
            "Alle pogingen waren op hetzelfde deel van de dag. Probeer het op een ander deel.",
            "All attempts were at the same part of the day. Try another part.",
        )
    return None


# --- what the tenant wishes ---


class ContactException(StrEnum):
    """Why a wish may be passed over: a closed list, each with its ground; nothing else is a reason."""

    THEY_ASKED = "they_asked"
    """The household itself asked for this contact."""
    DUTY_TO_WARN = "duty_to_warn"
    """The law demands that this is sent: the written reminder of Bgs art. 2 c, the letter of BW 6:96 lid 6."""
    COURT_PAPER = "court_paper"
    """A bailiff's paper (Rv 45): a summons or a writ does not ask for leave."""
    EVICTION_NEAR = "eviction_near"
    """A day of eviction is set: whoever can still prevent it may knock."""
    DANGER = "danger"
    """Danger to life or to the home."""

    @property
    def words(self) -> Words:
        """The exception and its ground, for whoever has to choose it."""
        return _EXCEPTION_WORDS[self]


_EXCEPTION_WORDS = {
    ContactException.THEY_ASKED: Words(
        "De huurder vroeg hier zelf om (AVG art. 21 lid 1).",
        "The tenant asked for this (GDPR art. 21(1)).",
    ),
    ContactException.DUTY_TO_WARN: Words(
        "De wet eist deze brief (Bgs art. 2 onder c; BW 6:96 lid 6).",
        "The law demands this letter (Bgs art. 2 c; BW 6:96(6)).",
    ),
    ContactException.COURT_PAPER: Words(
        "Een stuk van de deurwaarder (Rv 45 en 555).", "A bailiff's paper (Rv 45 and 555)."
    ),
    ContactException.EVICTION_NEAR: Words(
        "De ontruiming staat vast; contact kan die nog voorkomen (Wgs art. 4 lid 2).",
        "An eviction is dated; contact may still prevent it (Wgs art. 4(2)).",
    ),
    ContactException.DANGER: Words(
        "Gevaar voor mensen of voor de woning (AVG art. 6 lid 1 onder d).",
        "Danger to people or to the home (GDPR art. 6(1)(d)).",
    ),
}
_WRITTEN_ONLY = frozenset({ContactException.DUTY_TO_WARN, ContactException.COURT_PAPER})
_ON_PAPER = frozenset({Channel.LETTER, Channel.EMAIL})


class Objection(StrEnum):
    """An objection to the use of personal data that stands in the way of contact (GDPR art. 21)."""

    RUNS = "runs"
    """It is not decided yet: until then nothing new is sent (art. 18(1)(d))."""
    GRANTED = "granted"


_OBJECTION_WORDS = {
    Objection.RUNS: Words(
        "De huurder maakte bezwaar tegen het gebruik van gegevens. Daarover is nog niet beslist.",
        "The tenant objected to the use of personal data. That has not been decided yet.",
    ),
    Objection.GRANTED: Words(
        "De huurder maakte bezwaar tegen het gebruik van gegevens, en kreeg gelijk.",
        "The tenant objected to the use of personal data, and the objection was granted.",
    ),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What a household asked of us, from the day it said so. The newest wish counts as a whole."""

    since: date
    channels: frozenset[Channel] = frozenset()
    """Only these; empty: any."""
    parts: frozenset[DayPart] = frozenset()
    """For telephone and visits only these parts of the day; empty: any."""
    language: str = "nl"
    """The language to speak or write in, as an ISO 639-1 code. A way to be understood, never a fact for a rule."""
    leave_alone_until: date | None = None
    """No contact of ours up to and including this day."""
    withdrawn: date | None = None
    """From this day on the wish no longer counts."""
    objection: Objection | None = None
    """More than a wish: whatever else was asked, no contact of ours."""

    def counts(self, on: date) -> bool:
        """True while the wish stands."""
        return self.since <= on and (self.withdrawn is None or on < self.withdrawn)


def wish_on(wishes: Sequence[Wish], on: date) -> Wish | None:
    """The wish that counts on a day: the newest that stands; of two on one day, the later in the list."""
    standing = [(wish.since, at) for at, wish in enumerate(wishes) if wish.counts(on)]
    return wishes[max(standing)[1]] if standing else None


def blocked(
    wish: Wish | None,
    on: date,
    channel: Channel,
    part: DayPart | None = None,
    exception: ContactException | None = None,
) -> Words | None:
    """None when this contact may be made on `on`; otherwise which wish stands in the way.

    A named exception lifts the wish. An exception that is about a paper lifts it for paper only. Language
    never blocks: it says how, not whether.
    """
    if wish is None or not wish.counts(on) or _lifts(exception, channel):
        return None
    if wish.objection is not None:
        return _OBJECTION_WORDS[wish.objection]
    if wish.leave_alone_until is not None and on <= wish.leave_alone_until:
        until = day_in_words(wish.leave_alone_until, year=True)
        return Words(
            f"De huurder wil met rust gelaten worden tot en met {until.nl}.",
            f"The tenant wants to be left alone up to and including {until.en}.",
        )
    if wish.channels and channel not in wish.channels:
        names = [one for one in Channel if one in wish.channels]
        nl, en = (" of ".join(one.words.nl for one in names), " or ".join(one.words.en for one in names))
        return Words(f"De huurder wil alleen contact per {nl}.", f"The tenant wants contact by {en} only.")
    if channel.personal and wish.parts and part is not None and part not in wish.parts:
        wanted = [one for one in DayPart if one in wish.parts]
        nl, en = (" of ".join(one.words.nl for one in wanted), " or ".join(one.words.en for one in wanted))
        return Words(
            f"De huurder wil alleen contact in de {nl}.", f"The tenant wants contact in the {en} only."
        )
    return None


def _lifts(exception: ContactException | None, channel: Channel) -> bool:
    if exception is None:
        return False
    return exception not in _WRITTEN_ONLY or channel in _ON_PAPER


# --- promises ---


class PromiseState(StrEnum):
    """How a promise stands."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"

    @property
    def words(self) -> Words:
        """The state in words."""
        return _PROMISE_WORDS[self]


_PROMISE_WORDS = {
    PromiseState.OPEN: Words("loopt nog", "still open"),
    PromiseState.KEPT: Words("nagekomen", "kept"),
    PromiseState.BROKEN: Words("niet nagekomen", "not kept"),
}


@dataclass(frozen=True, slots=True)
class Promise:
    """ "I pay on Friday": so much, at the latest on that day."""

    made_on: date
    until: date
    """The last day on which the money keeps the promise."""
    amount: int
    """Cents."""
    by: str = ""
    """Who heard it: the account."""
    withdrawn: date | None = None
    """From this day on it no longer counts: replaced by another, or made by mistake."""


@dataclass(frozen=True, slots=True)
class Credited:
    """Money of the household on the landlord's account: the day is the day of crediting (BW 6:114)."""

    day: date
    cents: int


def last_day(promise: Promise, banks: DaySet | None = None) -> date:
    """The last day on which money keeps the promise: a promise for a Sunday is kept by money on Monday.

    Without `banks` the day that was named. Raises NotCovered for a day that the bank days do not cover.
    """
    return promise.until if banks is None else next_working_day(promise.until, banks)


def promise_state(
    promise: Promise, credited: Sequence[Credited], on: date, banks: DaySet | None = None
) -> PromiseState:
    """How the promise stands on `on`: kept as soon as the money is in, broken the day after the last day.

    Money counts from the day of the promise up to and including the last day, in one sum or in several.
    """
    end = last_day(promise, banks)
    paid = sum(one.cents for one in credited if promise.made_on <= one.day <= min(end, on))
    if paid >= promise.amount:
        return PromiseState.KEPT
    return PromiseState.OPEN if on <= end else PromiseState.BROKEN


# --- what a policy may ask ---


@dataclass(frozen=True, slots=True)
class Held:
    """A stretch in which the case is on hold, up to and including `until`; `ended` when released before that."""

    since: date
    until: date
    ended: date | None = None

    def active(self, on: date) -> bool:
        """True on every day of the hold."""
        return self.since <= on <= self.until and (self.ended is None or on < self.ended)


def summarise(
    contacts: Sequence[Contact],
    promises: Sequence[Promise],
    holds: Sequence[Held],
    on: date,
    credited: Sequence[Credited] = (),
    *,
    since: date | None = None,
    visit_planned: date | None = None,
    arrangement: bool = False,
    benefit_pending: bool = False,
    gate_open: bool = False,
    banks: DaySet | None = None,
    wishes: Sequence[Wish] = (),
    window_days: int = 0,
) -> facts.Contacts:
    """The contact facts of the present arrears episode (from `since`) as a policy may ask them on `on`.

    Contacts and promises after `on` do not exist yet. A promise that was kept is no fact any more; of the
    others the newest counts. `contact_days` also holds the days of earlier episodes; `window_days` is the
    stretch of the contact budget, today included.
    """
    known = [one for one in contacts if one.day <= on]
    now = [one for one in known if since is None or one.day >= since]
    ours = [one for one in now if not one.incoming]
    tried = [one for one in ours if one.channel.personal]
    return facts.Contacts(
        messages=sum(one.channel in (Channel.MESSAGE, Channel.EMAIL, Channel.CARD) for one in ours),
        calls=sum(one.channel is Channel.PHONE for one in tried),
        visits=sum(one.channel is not Channel.PHONE for one in tried),
        letters=sum(one.channel is Channel.LETTER for one in ours),
        day_parts=len({one.part for one in tried if one.part}),
        spoken=any(one.spoken for one in now),
        last_contact=max((one.day for one in now), default=None),
        promise_until=_promised(promises, credited, on, since, banks),
        arrangement=arrangement,
        visit_planned=visit_planned if visit_planned is not None and visit_planned >= on else None,
        hold=any(hold.active(on) for hold in holds),
        benefit_pending=benefit_pending,
        gate_open=gate_open,
        contact_days=tuple(sorted({one.day for one in known if one.spoken})),
        contacts_in_window=sum(0 <= (on - one.day).days < window_days for one in known if not one.incoming),
        last_message=_last(ours, "message"),
        last_visit=_last(ours, "visit"),
        last_letter=_last(ours, "letter"),
        unwanted=unwanted(wishes, on),
    )


_WAYS = {
    "message": (Channel.MESSAGE, Channel.EMAIL, Channel.CARD),
    "call": (Channel.PHONE,),
    "visit": (Channel.VISIT, Channel.APPOINTMENT),
    "letter": (Channel.LETTER,),
}
"""The channels behind the four ways that a policy speaks of (`facts.CHANNELS`)."""


def _last(contacts: Sequence[Contact], way: str) -> date | None:
    return max((one.day for one in contacts if one.channel in _WAYS[way]), default=None)


def unwanted(wishes: Sequence[Wish], on: date) -> frozenset[str]:
    """The ways of `facts.CHANNELS` that the tenant's wish of that day shuts out altogether."""
    wish = wish_on(wishes, on)
    return frozenset(
        way for way, channels in _WAYS.items() if all(blocked(wish, on, one) is not None for one in channels)
    )


def _promised(
    promises: Sequence[Promise],
    credited: Sequence[Credited],
    on: date,
    since: date | None,
    banks: DaySet | None,
) -> date | None:
    """The last day of the newest promise that counts; the day before when only a bank day made it later."""
    standing = [
        one
        for one in promises
        if one.made_on <= on
        and (since is None or one.made_on >= since)
        and (one.withdrawn is None or on < one.withdrawn)
    ]
    newest = max(standing, key=lambda one: one.made_on, default=None)
    if newest is None or promise_state(newest, credited, on, banks) is PromiseState.KEPT:
        return None
    return last_day(newest, banks)


def day_after(promise: Promise, banks: DaySet | None = None) -> date:
    """The day on which somebody looks whether the promise was kept."""
    return last_day(promise, banks) + timedelta(days=1)
