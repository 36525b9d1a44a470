"""Opening a file in an emergency: how long it stays open, how often somebody may try, how it is judged afterwards.

GDPR art. 6(1)(d) and 9(2)(c): to protect the vital interests of a person. No law names the numbers; they are ours.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from voordeur.core.problems import Problem
from voordeur.core.words import Words

OPEN_MINUTES = 60
"""Setting, our choice: long enough to ring the household and who can help, too short to come back later."""
TRIES_AN_HOUR = 5
"""Setting, our choice: a mistyped house number may happen; going through a street may not."""
SHORTEST_REASON = 20
"""Setting, our choice: signs of a reason. `Gevaar` alone says nothing to whoever judges it."""


class Judgement(StrEnum):
    """What the privacy officer thinks of it afterwards."""

    JUSTIFIED = "justified"
    NOT_JUSTIFIED = "not_justified"

    @property
    def words(self) -> Words:
        """The judgement in words."""
        return _WORDS[self]


_WORDS = {
    Judgement.JUSTIFIED: Words("Dit was nodig.", "This was needed."),
    Judgement.NOT_JUSTIFIED: Words("Dit had niet gemogen.", "This should not have been done."),
}


def closes(opened: datetime) -> datetime:
    """The moment at which it is over."""
    return opened + timedelta(minutes=OPEN_MINUTES)


def counted_from(now: datetime) -> datetime:
    """Tries after this moment count."""
    return now - timedelta(hours=1)


NOTHING_THERE = Problem(
    "no-such-home",
    Words("Op dit adres vinden wij geen huurder.", "We find no tenant at this address."),
    Words("Kijk of postcode en huisnummer kloppen.", "See whether postcode and number are right."),
    column="number",
)
TOO_OFTEN = Problem(
    "too-often",
    Words(
        f"Je hebt dit het afgelopen uur {TRIES_AN_HOUR} keer geprobeerd.",
        f"You tried this {TRIES_AN_HOUR} times in the past hour.",
    ),
    Words(
        "Bel 112 als er nu gevaar is. Vraag anders een collega.",
        "Ring 112 if there is danger now. Else ask a colleague.",
    ),
)  # fmt: skip
NO_REASON = Problem(
    "reason-too-short",
    Words("Dit is te kort om later te begrijpen.", "This is too short to understand later."),
    Words(
        "Schrijf in een zin op wat er gebeurt en waarom je nu iemand moet bereiken.",
        "Write in one sentence what happens and why you must reach somebody now.",
    ),
    column="reason",
)
