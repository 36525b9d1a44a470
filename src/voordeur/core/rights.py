"""What people may ask about what is kept of them: by when it is answered, and what stops until then (GDPR 12-21)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from voordeur.core.calendar import add_months
from voordeur.core.phrases import days
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words, day_in_words

TERM_MONTHS = 1
"""GDPR art. 12(3): without undue delay, and in any event within one month of receipt."""
EXTENSION_MONTHS = 2
"""GDPR art. 12(3): two further months where necessary, when the person hears so, and why, within the first month."""


class RequestKind(StrEnum):
    """What somebody asks."""

    ACCESS = "access"
    CORRECTION = "correction"
    ERASURE = "erasure"
    OBJECTION = "objection"

    @property
    def words(self) -> Words:
        """The request as people call it."""
        return _KIND_WORDS[self]

    @property
    def article(self) -> Words:
        """Where the right stands."""
        number = _ARTICLES[self]
        return Words(f"AVG art. {number}", f"GDPR art. {number}")


_KIND_WORDS = {
    RequestKind.ACCESS: Words("inzage", "access"),
    RequestKind.CORRECTION: Words("verbetering", "correction"),
    RequestKind.ERASURE: Words("wissen", "erasure"),
    RequestKind.OBJECTION: Words("bezwaar", "objection"),
}
_ARTICLES = {
    RequestKind.ACCESS: 15,
    RequestKind.CORRECTION: 16,
    RequestKind.ERASURE: 17,
    RequestKind.OBJECTION: 21,
}


class RequestState(StrEnum):
    """How a request stands."""

    RUNNING = "running"
    GRANTED = "granted"
    """Answered, and done what was asked."""
    REFUSED = "refused"
    """Answered with no, with the reason and the way to complain (GDPR art. 12(4))."""

    @property
    def words(self) -> Words:
        """The state in words."""
        return _STATE_WORDS[self]


_STATE_WORDS = {
    RequestState.RUNNING: Words("loopt", "runs"),
    RequestState.GRANTED: Words("gedaan wat gevraagd werd", "done what was asked"),
    RequestState.REFUSED: Words("geweigerd met een reden", "refused with a reason"),
}


class IdentityCheck(StrEnum):
    """How we know that whoever asks is the person it is about (GDPR art. 12(6)). No copy of a document is kept."""

    KNOWN = "known"
    """A colleague knows this tenant in person."""
    DOCUMENT = "document"
    """An identity document was shown; nothing of it was copied."""
    RANG_BACK = "rang_back"
    """We rang the number that we already had."""
    OWN_ADDRESS = "own_address"
    """The answer goes on paper to the address of the tenancy, in the name of the tenant."""

    @property
    def words(self) -> Words:
        """The check in words."""
        return _IDENTITY_WORDS[self]


_IDENTITY_WORDS = {
    IdentityCheck.KNOWN: Words(
        "Een collega kent deze huurder.", "A colleague knows this tenant."
    ),
    IdentityCheck.DOCUMENT: Words(
        "Liet een identiteitsbewijs zien. Wij maakten geen kopie.",
        "Showed an identity document. We made no copy.",
    ),
    IdentityCheck.RANG_BACK: Words(
        "Wij belden terug op het nummer dat wij al hadden.", "We rang back on the number that we already had."
    ),
    IdentityCheck.OWN_ADDRESS: Words(
        "Het antwoord gaat op papier naar het huuradres, op naam.",
        "The answer goes on paper to the rented address, by name.",
    ),
}  # fmt: skip


class ProcessingGround(StrEnum):
    """On which ground we go on although somebody objects (GDPR art. 21(1)); a person chooses it and says why."""

    LEGAL_CLAIM = "legal_claim"
    """To bring, exercise or defend a legal claim: rent that is owed and asked for in court."""
    COMPELLING = "compelling"
    """Compelling grounds that outweigh the interests of this person."""

    @property
    def words(self) -> Words:
        """The ground in words."""
        return _GROUND_WORDS[self]


_GROUND_WORDS = {
    ProcessingGround.LEGAL_CLAIM: Words(
        "Een vordering bij de rechter instellen of onderbouwen.", "To bring or support a claim in court."
    ),
    ProcessingGround.COMPELLING: Words(
        "Dwingende redenen die zwaarder wegen dan het belang van deze huurder.",
        "Compelling grounds that outweigh the interest of this tenant.",
    ),
}


@dataclass(frozen=True, slots=True)
class Request:
    """One request, as far as its terms and what it stops are concerned."""

    kind: RequestKind
    received: date
    extended: date | None = None
    """The day on which the person heard that it takes longer, and why."""
    state: RequestState = RequestState.RUNNING
    closed: date | None = None
    """The day of the answer."""
    resumed: date | None = None
    """OBJECTION: the day on which a person decided, with a ground, that contact may go on."""

    @property
    def deadline(self) -> date:
        """The last day on which an answer is in time."""
        return answer_by(self.received, extended=self.extended is not None)

    @property
    def runs(self) -> bool:
        """True until it is answered."""
        return self.state is RequestState.RUNNING

    def days_left(self, on: date) -> int:
        """Days up to the deadline; 0 on the last day, negative when it has passed."""
        return (self.deadline - on).days

    def time_left(self, on: date) -> Words:
        """How long there still is, in words."""
        left = self.days_left(on)
        if left == 0:
            return Words("vandaag is de laatste dag", "today is the last day")
        if left > 0:
            return Words(f"nog {days(left).nl}", f"{days(left).en} left")
        return Words(f"{days(-left).nl} te laat", f"{days(-left).en} late")

    def stops_contact(self, on: date) -> bool:
        """Does it stop new letters, messages and visits on `on`?

        An objection does from the day it came in (GDPR art. 18(1)(d): restricted until it is decided whose interest
        weighs more), goes on doing so when it is granted (art. 21(1)), and stops doing so when it is refused or when
        somebody decided on a ground to go on.
        """
        if self.kind is not RequestKind.OBJECTION or on < self.received:
            return False
        if self.resumed is not None and self.resumed <= on:
            return False
        return not (self.state is RequestState.REFUSED and self.closed is not None and self.closed <= on)


def answer_by(received: date, *, extended: bool = False) -> date:
    """The last day for an answer: the same day one month later, or three months later when the term was extended.

    The last day of a month that is too short. European law moves an end on a Sunday to the next working day
    (Regulation 1182/71 art. 3(4)); we keep the earlier day, which is always in time.
    """
    return add_months(received, TERM_MONTHS + (EXTENSION_MONTHS if extended else 0))


def why_not_extend(request: Request, on: date) -> Problem | None:
    """None when the term may be extended on `on`: once, and within the first month (GDPR art. 12(3))."""
    if not request.runs:
        return CLOSED
    if request.extended is not None:
        return Problem(
            "extended-before",
            Words("De termijn is al een keer verlengd.", "The term was extended before."),
            Words("Geef antwoord voor de laatste dag.", "Answer before the last day."),
        )
    if on > answer_by(request.received):
        last = day_in_words(answer_by(request.received), year=True)
        return Problem(
            "first-month-over",
            Words(f"Verlengen kon tot en met {last.nl}.", f"Extending was possible up to {last.en}."),
            Words("Geef zo snel mogelijk antwoord.", "Answer as soon as possible."),
        )
    return None


def check_received(received: date, on: date) -> None:
    """Refused for a day to come, and for a day so long ago that even an extended term is over."""
    if received > on:
        raise Refused(
            Problem(
                "day-to-come",
                Words("Deze dag moet nog komen.", "That day is still to come."),
                Words("Kies de dag waarop het verzoek binnenkwam.", "Choose the day the request came in."),
                column="received",
            )
        )
    if answer_by(received, extended=True) < on:
        raise Refused(
            Problem(
                "too-long-ago",
                Words("Dit is langer dan drie maanden geleden.", "That is more than three months ago."),
                Words("Kijk of de dag klopt. Klopt hij, geef dan eerst antwoord en leg dat op papier vast.",
                      "See whether the day is right. If it is, answer first and record that on paper."),
                column="received",
            )
        )  # fmt: skip


CLOSED = Problem(
    "request-closed",
    Words("Dit verzoek is al beantwoord.", "This request was answered before."),
    Words(
        "Maak een nieuw verzoek als er iets anders gevraagd wordt.",
        "Make a new request when something else is asked.",
    ),
)  # fmt: skip
NOT_IDENTIFIED = Problem(
    "not-identified",
    Words("Nog niet vastgesteld is wie dit vraagt.", "It has not been established who asks this."),
    Words("Leg eerst vast hoe je dat weet.", "First write down how you know."),
)
