"""A visit as it is recorded at the door: what may stand in it, when it was, and which two cannot both be so.

A phone records without network and delivers later, perhaps twice, perhaps out of order. Everything here gives the
same answer in whatever order the events come.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from voordeur.core.words import Words


class VisitResult(StrEnum):
    """What happened at the door."""

    MET = "met"
    NOT_MET = "not_met"
    REFUSED = "refused"
    """Somebody opened and wanted no talk."""
    MOVED = "moved"
    """The tenant does not live there any more, as whoever is there says."""
    UNSAFE = "unsafe"
    """Whoever went there left because it was not safe."""

    @property
    def words(self) -> Words:
        """The result as people say it."""
        return _RESULT_WORDS[self]

    @property
    def spoken(self) -> bool:
        """True when somebody of the household answered in person."""
        return self in (VisitResult.MET, VisitResult.REFUSED)


_RESULT_WORDS = {
    VisitResult.MET: Words("gesproken", "spoken"),
    VisitResult.NOT_MET: Words("niemand thuis", "nobody home"),
    VisitResult.REFUSED: Words("wil niet praten", "does not want to talk"),
    VisitResult.MOVED: Words("woont hier niet meer", "no longer lives here"),
    VisitResult.UNSAFE: Words("niet veilig, weggegaan", "not safe, left"),
}


class Reason(StrEnum):
    """What the tenant says is going on. A short list; never about health."""

    LESS_INCOME = "less_income"
    FAMILY = "family"
    BENEFIT = "benefit"
    PAYMENT_FAILED = "payment_failed"
    FORGOTTEN = "forgotten"
    DISPUTES = "disputes"
    OTHER_DEBTS = "other_debts"
    OTHER = "other"

    @property
    def words(self) -> Words:
        """The reason as it stands on the card."""
        return _REASON_WORDS[self]


_REASON_WORDS = {
    Reason.LESS_INCOME: Words("minder inkomen", "less income"),
    Reason.FAMILY: Words("gezin veranderd", "family changed"),
    Reason.BENEFIT: Words("toeslag klopt niet", "benefit is wrong"),
    Reason.PAYMENT_FAILED: Words("betaling mislukt", "payment failed"),
    Reason.FORGOTTEN: Words("vergeten of te laat", "forgotten or late"),
    Reason.DISPUTES: Words("bedrag klopt niet", "amount is wrong"),
    Reason.OTHER_DEBTS: Words("ook andere rekeningen", "other bills too"),
    Reason.OTHER: Words("iets anders", "something else"),
}


class Need(StrEnum):
    """What is needed beyond money, as the tenant says."""

    REPAIR = "repair"
    WORK = "work"
    PAPERS = "papers"
    LANGUAGE = "language"
    CONTACT = "contact"

    @property
    def words(self) -> Words:
        """The need as it stands on the card."""
        return _NEED_WORDS[self]


_NEED_WORDS = {
    Need.REPAIR: Words("iets aan de woning is stuk", "something in the home is broken"),
    Need.WORK: Words("hulp bij werk zoeken", "help with finding work"),
    Need.PAPERS: Words("hulp bij post en formulieren", "help with letters and forms"),
    Need.LANGUAGE: Words("hulp bij Nederlands", "help with Dutch"),
    Need.CONTACT: Words("iemand om mee te praten", "somebody to talk to"),
}


class DangerKind(StrEnum):
    """Why not to go there alone: only these, each a fact of one visit."""

    THREAT = "threat"
    DOG = "dog"
    BUILDING = "building"

    @property
    def words(self) -> Words:
        """What whoever goes there must know."""
        return _DANGER_WORDS[self]


_DANGER_WORDS = {
    DangerKind.THREAT: Words(
        "Er is gedreigd. Ga met twee personen.", "There was a threat. Go with two people."
    ),
    DangerKind.DOG: Words("Losse hond. Bel eerst.", "Dog off the lead. Ring first."),
    DangerKind.BUILDING: Words(
        "Trap of ingang is gevaarlijk. Kijk uit.", "Stairs or entrance are dangerous. Take care."
    ),
}
SAFETY_NOTE_DAYS = 90
"""A safety note is shown so long at most; whoever goes there then sees it anew or does not."""


class ConsentFor(StrEnum):
    """What a tenant is asked to agree with, beyond what the law lets us share."""

    HANDOVER = "handover"
    """The municipality rings the tenant, and hears what was said at the door."""


class ConsentWay(StrEnum):
    """How the answer was given."""

    SPOKEN = "spoken"
    SIGNED = "signed"


class EventState(StrEnum):
    """What became of an event."""

    TAKEN = "taken"
    """It is in the diary, or wherever its kind belongs."""
    UNFINISHED = "unfinished"
    """A card that was begun and never finished; a person looks at it."""
    CONTRADICTS = "contradicts"
    """It cannot be so together with another; a person chooses."""
    REFUSED = "refused"
    """It could not be taken in; kept with why, a person looks at it."""
    SET_ASIDE = "set_aside"
    """A person decided that it does not count. It stays."""


# --- the clock of the phone ---


class Clock(StrEnum):
    """Why the time of an event is not simply what the phone said."""

    RIGHT = ""
    SHIFTED = "shifted"
    """The measured difference was taken off."""
    AHEAD = "ahead"
    """It would have been in the future: the moment it was received counts."""
    BEHIND = "behind"
    """It would have been before the phone got its packet: that moment counts."""


CLOCK_TOLERANCE = timedelta(minutes=2)


def when_it_was(
    said_at: datetime, offset_ms: int | None, begun: datetime, received: datetime
) -> tuple[datetime, Clock]:
    """The moment by the clock of the server, and what had to be done for it.

    `offset_ms`: how far the clock of the phone was ahead when it was last compared. `begun`: when the phone got
    what it recorded about. All moments know their time zone. Never later than `received`.
    """
    shift = timedelta(milliseconds=offset_ms or 0)
    moment = said_at.astimezone(UTC) - shift
    if moment > received + CLOCK_TOLERANCE:
        return received, Clock.AHEAD
    if moment < begun - CLOCK_TOLERANCE:
        return begun, Clock.BEHIND
    return min(moment, received), Clock.SHIFTED if abs(shift) > CLOCK_TOLERANCE else Clock.RIGHT


# --- two records of one visit ---

SAME_VISIT = timedelta(minutes=30)
"""Two records so close to each other are of one visit."""


@dataclass(frozen=True, slots=True)
class Record:
    """What has to be known of a recorded visit to see whether it contradicts another."""

    id: str
    phone: str
    """Which phone, on which sign-in."""
    order: int
    card: str
    """Which card on that phone: a card that is put right keeps its own."""
    happened: datetime
    result: VisitResult
    promise: tuple[int, date] | None = None
    """Cents and the last day."""
    consent: bool | None = None


def contradiction(one: Record, other: Record) -> Words | None:
    """None when both can be so; otherwise what contradicts what. The same whichever comes first.

    Records of one phone never contradict each other: there the later one puts the earlier one right.
    """
    if one.phone == other.phone:
        return None
    if VisitResult.MOVED in (one.result, other.result) and (one.result.spoken or other.result.spoken):
        return Words("Verhuisd, en toch gesproken.", "Moved, and yet spoken with.")
    if abs(one.happened - other.happened) <= SAME_VISIT and one.result is not other.result:
        return Words("Eén bezoek, twee uitkomsten.", "One visit, two outcomes.")
    if one.promise and other.promise and one.promise != other.promise:
        return Words("Twee verschillende beloften op één dag.", "Two different promises on one day.")
    if None not in (one.consent, other.consent) and one.consent != other.consent:
        return Words("Ja en nee op dezelfde vraag.", "Yes and no to the same question.")
    return None


def contradicted(record: Record, others: Iterable[Record]) -> tuple[Record, Words] | None:
    """The first of `others` (by time, then id) that cannot be so together with `record`, and why."""
    for other in sorted(others, key=lambda known: (known.happened, known.id)):
        why = contradiction(record, other)
        if why is not None:
            return other, why
    return None


def put_right_by(record: Record, others: Sequence[Record]) -> Record | None:
    """A later version of the same card that arrived earlier: then `record` no longer changes anything."""
    later = [one for one in others if one.card == record.card and one.order > record.order]
    return max(later, key=lambda one: one.order) if later else None
