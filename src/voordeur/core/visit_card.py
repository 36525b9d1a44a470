"""The card that is filled in at a door, as a phone sends it: read with care, because it comes from outside."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from voordeur.core.contacts import Channel, ContactOutcome, DayPart
from voordeur.core.money import euros
from voordeur.core.problems import Problem
from voordeur.core.visits import ConsentFor, ConsentWay, DangerKind, Need, Reason, VisitResult
from voordeur.core.words import Words, day_in_words

SCHEMA = 1
"""Version of the card that this app writes. Older ones stay readable: see `read_visit`."""
LONGEST_WORDS = 500
LONGEST_SIGNATURE = 20_000
MOST_CENTS = 10_000_000


class Agreed(StrEnum):
    """What was agreed, besides a promise to pay."""

    CHECK = "check"
    PARTS = "parts"
    MUNICIPALITY = "municipality"
    AGAIN = "again"

    @property
    def words(self) -> Words:
        """The agreement as it stands on the card."""
        return _AGREED_WORDS[self]


_AGREED_WORDS = {
    Agreed.CHECK: Words("samen de regelingen nakijken", "check together which support there is"),
    Agreed.PARTS: Words("betalen in delen", "pay in parts"),
    Agreed.MUNICIPALITY: Words("de gemeente belt", "the municipality rings"),
    Agreed.AGAIN: Words("ik kom nog een keer", "I come again"),
}


@dataclass(frozen=True, slots=True)
class AskedConsent:
    """An answer to the question whether data may be shared, and how it was given."""

    purpose: ConsentFor
    given: bool
    way: ConsentWay
    text: str
    """The sentence that was read aloud."""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class AskedWish:
    """How the tenant wants to be reached from now on."""

    channels: frozenset[Channel] = frozenset()
    parts: frozenset[DayPart] = frozenset()
    leave_alone_until: date | None = None


@dataclass(frozen=True, slots=True)
class VisitCard:
    """What was recorded of one visit."""

    card: str
    """Id of the card on its phone."""
    result: VisitResult
    reasons: tuple[Reason, ...] = ()
    needs: tuple[Need, ...] = ()
    agreed: tuple[Agreed, ...] = ()
    words: str = ""
    wants_help: bool = False
    help_told: bool = False
    objects: bool = False
    """The tenant does not want data to be passed on to the municipality."""
    promise_cents: int = 0
    promise_until: date | None = None
    next_day: date | None = None
    next_part: DayPart | None = None
    card_left: bool = False
    wish: AskedWish | None = None
    consent: AskedConsent | None = None
    danger: DangerKind | None = None

    @property
    def outcome(self) -> ContactOutcome:
        """What the diary calls it: the weightiest of what was said."""
        if not self.result.spoken:
            return ContactOutcome.CARD_LEFT if self.card_left else ContactOutcome.NO_ANSWER
        if self.result is VisitResult.REFUSED:
            return ContactOutcome.DECLINED
        if Reason.DISPUTES in self.reasons:
            return ContactOutcome.DISPUTES
        if self.promise_until is not None:
            return ContactOutcome.PROMISED
        helped = self.wants_help or Agreed.MUNICIPALITY in self.agreed
        return ContactOutcome.WANTS_HELP if helped else ContactOutcome.SPOKEN

    def told(self) -> str:
        """The visit in Dutch sentences, for the diary; the own words of whoever was there come last."""
        lines = [] if self.result is VisitResult.MET else [f"{self.result.words.nl.capitalize()}."]
        for lead, items in (
            ("Wat speelt er", self.reasons),
            ("Ook nodig", self.needs),
            ("Afgesproken", self.agreed),
        ):
            if items:
                lines.append(f"{lead}: {', '.join(one.words.nl for one in items)}.")
        if self.promise_until is not None:
            sum_in_words = f"{euros(self.promise_cents).nl} " if self.promise_cents else ""
            lines.append(f"Betaalt {sum_in_words}op uiterlijk {day_in_words(self.promise_until).nl}.")
        return " ".join([*lines, self.words]).strip()


def read_visit(payload: Mapping[str, Any]) -> VisitCard | list[Problem]:
    """The card, or everything that is wrong with it. What a newer app adds is not looked at; nothing is guessed."""
    reader = _Reader(payload)
    card = VisitCard(
        card=reader.text("card", 36, needed=True),
        result=reader.one_of("result", VisitResult, VisitResult.NOT_MET, needed=True) or VisitResult.NOT_MET,
        reasons=reader.some_of("reasons", Reason),
        needs=reader.some_of("needs", Need),
        agreed=reader.some_of("agreed", Agreed),
        words=reader.text("words", LONGEST_WORDS),
        wants_help=reader.flag("wants_help"),
        help_told=reader.flag("help_told"),
        objects=reader.flag("objects"),
        promise_cents=reader.cents("promise_cents"),
        promise_until=reader.day("promise_until"),
        next_day=reader.day("next_day"),
        next_part=reader.one_of("next_part", DayPart),
        card_left=reader.flag("card_left"),
        wish=_wish(reader.part("wish")),
        consent=_consent(reader.part("consent")),
        danger=reader.one_of("danger", DangerKind),
    )
    return reader.problems or card


def _wish(reader: "_Reader | None") -> AskedWish | None:
    if reader is None:
        return None
    return AskedWish(
        frozenset(reader.some_of("channels", Channel)),
        frozenset(reader.some_of("parts", DayPart)),
        reader.day("leave_alone_until"),
    )


def _consent(reader: "_Reader | None") -> AskedConsent | None:
    if reader is None:
        return None
    return AskedConsent(
        reader.one_of("purpose", ConsentFor, needed=True) or ConsentFor.HANDOVER,
        reader.flag("given"),
        reader.one_of("way", ConsentWay, needed=True) or ConsentWay.SPOKEN,
        reader.text("text", LONGEST_WORDS, needed=True),
        reader.text("signature", LONGEST_SIGNATURE),
    )


E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")


class _Reader:
    """Reads values of a kind from what came in, and gathers what is wrong with them."""

    def __init__(self, values: Mapping[str, Any], problems: list[Problem] | None = None) -> None:
        self._values = values
        self.problems: list[Problem] = [] if problems is None else problems

    def part(self, name: str) -> "_Reader | None":
        """A part of its own; None when it is not there."""
        value = self._values.get(name)
        if value is None:
            return None
        if not isinstance(value, Mapping):
            self._wrong(name, value)
            return None
        return _Reader(value, self.problems)

    def text(self, name: str, longest: int, *, needed: bool = False) -> str:
        """A text of at most `longest` characters, without spaces around it."""
        value = self._values.get(name)
        fits = isinstance(value, str) and len(value) <= longest and (value.strip() or not needed)
        if fits or (value is None and not needed):
            return (value or "").strip()
        self._wrong(name, value)
        return ""

    def flag(self, name: str) -> bool:
        """Yes or no; absent is no."""
        value = self._values.get(name, False)
        if not isinstance(value, bool):
            self._wrong(name, value)
        return value is True

    def cents(self, name: str) -> int:
        """An amount of cents, not negative; absent is 0."""
        value = self._values.get(name, 0)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_CENTS:
            return value
        self._wrong(name, value)
        return 0

    def day(self, name: str) -> date | None:
        """A day as YYYY-MM-DD."""
        return self._read(name, date.fromisoformat)

    def one_of(self, name: str, kind: type[E], instead: E | None = None, *, needed: bool = False) -> E | None:
        """A value of a fixed list."""
        if needed and self._values.get(name) is None:
            self._wrong(name, None)
            return instead
        return self._read(name, kind)

    def some_of(self, name: str, kind: type[E]) -> tuple[E, ...]:
        """Several values of a fixed list, in the order of that list."""
        value = self._values.get(name) or []
        known = {one.value for one in kind}
        if not isinstance(value, list) or any(one not in known for one in value if isinstance(one, str)):
            self._wrong(name, value)
            return ()
        return tuple(one for one in kind if one.value in value)

    def _read(self, name: str, reader: Callable[[str], T]) -> T | None:
        value = self._values.get(name)
        if value is None or value == "":
            return None
        try:
            return reader(value)
        except (ValueError, TypeError):
            self._wrong(name, value)
            return None

    def _wrong(self, name: str, value: object) -> None:
        self.problems.append(
            Problem(
                "card-not-readable",
                Words(
                    f"Op het kaartje van de deur klopt {name} niet.",
                    f"On the card of the door {name} is wrong.",
                ),
                Words(
                    "Vraag wie er was wat er gebeurde en schrijf het op in het dossier.",
                    "Ask who was there what happened, and write it in the file.",
                ),
                column=name,
                value=str(value)[:80] if isinstance(value, int | float | bool) else "",
            )
        )
