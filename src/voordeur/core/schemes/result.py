"""The result of the check, as it is shown: the sum first, then a card per scheme that opens to how it comes about.

Office, phone and paper show the same values. Nothing in it says "you are entitled": it says whether asking is worth it,
about how much, and who decides.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from voordeur.core.money import euros
from voordeur.core.phrases import how_many, joined
from voordeur.core.schemes.answer import Answer, check
from voordeur.core.schemes.decision import Outcome
from voordeur.core.schemes.household import Household, Scheme, Span
from voordeur.core.schemes.rounding import EURO, half_up
from voordeur.core.schemes.rules import DayRules
from voordeur.core.schemes.sentences import ABOUT, amount_in_words, whole
from voordeur.core.schemes.situation import Situation, situation
from voordeur.core.schemes.trace import Operation, Step, running
from voordeur.core.words import Words, day_in_words

SUMMED = (Scheme.HOUSING, Scheme.CARE, Scheme.CHILD_BUDGET)
"""What Dienst Toeslagen pays and we calculate. Assistance is not in the sum: of that we only screen."""


class State(StrEnum):
    """How a card is shown, from what to do first to what to leave."""

    WORTH = "worth"
    ASK = "ask"
    MISSING = "missing"
    RECEIVED = "received"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of how an amount comes about."""

    words: Words
    amount: Words | None
    source: str
    trust: str
    """`verified`, `secondary`, `unverified` or `choice`."""
    total: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One scheme."""

    scheme: Scheme
    state: State
    title: Words
    short: Words
    """What stands beside the title: an amount, or what to do."""
    sentence: Words
    inputs: Words | None
    """With what was calculated."""
    rows: tuple[Row, ...]
    range: Words | None
    """Why there is a least and a most."""
    what_if: Words | None
    """One change that would change it."""
    low: int
    """Cents a month."""
    high: int
    until: date
    apply_by: date | None
    last_year: Words | None
    """Until when it can still be asked for of the year before (Awir art. 15 lid 1)."""
    where: Words
    papers: Words


@dataclass(frozen=True, slots=True)
class Result:
    """All of it."""

    low: int
    """What applying for is worth, cents a month, at least; of `SUMMED` only."""
    high: int
    head: Words
    sum: Words | None
    """The amount; None when there is none."""
    note: Words
    until: date
    """Last day for which the sum holds."""
    cards: tuple[Card, ...]


def result(home: Household, rules: DayRules) -> Result:
    """What is shown of this household on the day of the rules."""
    s = situation(home, rules)
    cards = sorted(
        (_card(s, one) for one in check(home, rules)), key=lambda card: list(State).index(card.state)
    )
    summed = [card for card in cards if card.state is State.WORTH and card.scheme in SUMMED]
    low, high = sum(card.low for card in summed), sum(card.high for card in summed)
    until = min((card.until for card in summed), default=date(rules.on.year, 12, 31))
    head, total = _head(low, high, cards)
    return Result(low, high, head, total, _note(home, bool(summed)), until, tuple(cards))


def _head(low: int, high: int, cards: Sequence[Card]) -> tuple[Words, Words | None]:
    if high:
        return (
            Words("Aanvragen is de moeite waard", "It is worth applying"),
            Words(f"{_most(low, high).nl}", f"{_most(low, high).en}"),
        )
    if any(card.state in (State.ASK, State.WORTH) for card in cards):
        return Words("Er is iets om na te vragen", "There is something to ask about"), None
    if any(card.state is State.MISSING for card in cards):
        return Words("Dit weten we nog niet", "We do not know this yet"), None
    return Words("Er lijkt niets te missen", "Nothing seems to be missing"), None


def _most(low: int, high: int) -> Words:
    least, most = whole(low), whole(high)
    if low == high:
        return most
    if not low:
        return Words(f"hoogstens {most.nl}", f"at most {most.en}")
    return Words(f"{least.nl} tot {most.nl}", f"{least.en} to {most.en}")


def _note(home: Household, summed: bool) -> Words:
    if not summed:
        return Words("Een schatting. Wie het betaalt, beslist.", "An estimate. Whoever pays it decides.")
    note = Words("Een schatting. Dienst Toeslagen beslist.", "An estimate. Dienst Toeslagen decides.")
    if home.receives is None:
        note += Words(
            "We weten niet wat u hiervan al krijgt.", "We do not know what of this you get already."
        )
    return note


_STATES = {
    Outcome.CALCULATED: State.WORTH,
    Outcome.ASK_PERSON: State.ASK,
    Outcome.MISSING: State.MISSING,
    Outcome.NOT_ELIGIBLE: State.NO,
}
_SHORT = {
    State.ASK: Words("vraag het na", "ask about it"),
    State.MISSING: Words("nog niet bekend", "not known yet"),
    State.RECEIVED: Words("krijgt u al", "you get it already"),
    State.NO: Words("waarschijnlijk niet", "probably not"),
}


def _card(s: Situation, one: Answer) -> Card:
    decision, about = one.decision, ABOUT[one.scheme]
    state = (
        State.RECEIVED
        if one.received and decision.outcome is not Outcome.NOT_ELIGIBLE
        else _STATES[decision.outcome]
    )
    calculated = decision.outcome is Outcome.CALCULATED
    short = _most(decision.low, decision.high) if state is State.WORTH else _SHORT[state]
    return Card(
        one.scheme, state, about.title, short, one.words,
        _inputs(s, one.scheme) if calculated else None,
        tuple(_rows(one.steps)), _range(one),
        one.margins[0].words if one.margins else None,
        decision.low, decision.high, one.until, one.apply_by, _last_year(s.rules, one), about.where, about.papers,
    )  # fmt: skip


def _last_year(rules: DayRules, one: Answer) -> Words | None:
    if one.apply_by is None:
        return None
    before, last = rules.on.year - 1, day_in_words(date(one.apply_by.year - 1, 12, 31), year=True)
    return Words(f"Over {before} kan het nog tot en met {last.nl}; dan telt het inkomen van {before}.",
                 f"For {before} it is still possible until {last.en}; the income of {before} counts then.")  # fmt: skip


def _range(one: Answer) -> Words | None:
    decision = one.decision
    if decision.outcome is not Outcome.CALCULATED or decision.low == decision.high:
        return None
    least, said = whole(decision.low), amount_in_words(decision)
    tail = Words("Zo komt het meeste tot stand:", "This is how the most comes about:")
    if not decision.low:
        return (
            Words(f"Het is {said.nl}: het kan ook niets zijn.", f"It is {said.en}: it may be nothing too.")
            + tail
        )
    return Words(f"Het minste is {least.nl}, bij het hoogste inkomen dat past.",
                 f"The least is {least.en}, at the highest income that fits.") + tail  # fmt: skip


# --- how it comes about ------------------------------------------------------------------------------------------

_SIGNED = {Operation.ADD: "+", Operation.SUBTRACT: "\u2212"}
_LIMITS = (
    Operation.AT_LEAST,
    Operation.AT_MOST,
    Operation.CLEAR_BELOW,
    Operation.ROUND_HALF_UP,
    Operation.ROUND_UP,
)


def _rows(steps: Sequence[Step]) -> Iterator[Row]:
    """The steps that did something, each with its amount; the last one is the total."""
    before = Fraction(0)
    for at, (step, after) in enumerate(zip(steps, running(steps), strict=True)):
        last = at == len(steps) - 1
        if last or step.operation not in _LIMITS or after != before:
            amount = _row_amount(step, after, first=not before, last=last)
            yield Row(step.words, amount, step.cited.source, step.cited.trust, last)
        before = after


def _row_amount(step: Step, after: Fraction, *, first: bool, last: bool) -> Words | None:
    if last:
        return whole(_cents(after))
    sign = _SIGNED.get(step.operation)
    if sign is None:
        return None if step.operation is Operation.COMPARE else euros(_cents(after))
    said = euros(_cents(step.amount))
    if first and sign == "+":
        return said
    return Words(f"{sign} {said.nl}", f"{sign} {said.en}")


def _cents(amount: Fraction) -> int:
    return half_up(amount.numerator, amount.denominator)


# --- with what ---------------------------------------------------------------------------------------------------


def _inputs(s: Situation, scheme: Scheme) -> Words:
    """What this amount was calculated with, to read back."""
    found = [_people(s)]
    if scheme is Scheme.HOUSING and s.home.rent is not None:
        rent = euros(s.home.rent)
        found.append(Words(f"De huur is {rent.nl} per maand.", f"The rent is {rent.en} a month."))
    if scheme in SUMMED and s.income is not None:
        found.append(_income(s.income, Words("per jaar", "a year")))
    elif s.net is not None:
        found.append(_income(s.net, Words("netto per maand", "net a month")))
    if s.home.assets is not None:
        found.append(_assets(s.home.assets))
    said = found[0]
    for words in found[1:]:
        said += words
    return said


def _people(s: Situation) -> Words:
    others, children = len(s.others or ()), len(s.children or ())
    if not s.partner and not others and not children:
        return Words("U woont alleen.", "You live alone.")
    parts = [Words("een partner", "a partner")] if s.partner else []
    if children:
        parts.append(how_many(children, ("kind", "kinderen"), ("child", "children")))
    if others:
        parts.append(
            how_many(others, ("andere volwassene", "andere volwassenen"), ("other adult", "other adults"))
        )
    said = joined(parts)
    return Words(f"U woont met {said.nl}.", f"You live with {said.en}.")


def _income(span: Span, per: Words) -> Words:
    low, high = whole(_to_euros(span.low)), whole(_to_euros(span.high))
    if low == high:
        return Words(f"Het inkomen is {low.nl} {per.nl}.", f"The income is {low.en} {per.en}.")
    return Words(f"Het inkomen ligt tussen {low.nl} en {high.nl} {per.nl}.",
                 f"The income lies between {low.en} and {high.en} {per.en}.")  # fmt: skip


def _to_euros(cents: int) -> int:
    return half_up(cents, EURO) * EURO


def _assets(span: Span) -> Words:
    if span.high >= 10**12:
        low = whole(_to_euros(span.low))
        return Words(f"Het vermogen is meer dan {low.nl}.", f"The assets are more than {low.en}.")
    high = whole(span.high)
    return Words(f"Het vermogen is hoogstens {high.nl}.", f"The assets are at most {high.en}.")


def holds_until(until: date) -> Words:
    """`tot en met 31 december 2026`."""
    said = day_in_words(until, year=True)
    return Words(f"tot en met {said.nl}", f"until {said.en}")
