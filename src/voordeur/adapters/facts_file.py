"""Reads facts from lines of JSON, one household a line, for `voordeur next-action` and for comparing policies.

Keys are the facts of the policy; `id` and `neighbourhood` may stand beside them. A key that no policy can ask about is
a Problem: a misspelt fact would otherwise count as "not so" without anybody noticing.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from voordeur.adapters.nested import load_json
from voordeur.core.conditions import FactKind, Vocabulary
from voordeur.core.facts import HOUSEHOLD, Facts
from voordeur.core.packs import Situation
from voordeur.core.problems import Problem
from voordeur.core.words import Words

BESIDE = ("id", "neighbourhood")
"""Keys that are no facts: whose line it is."""
_DAYS = ("on", "expected_on", "recovery_until", "promise_until", "visit_on", "oldest_due", "ladder_level_on")
"""Facts that only fill in sentences or count the days of a ladder."""
_MOST = 1_000_000_000
_WANTED = {
    FactKind.FLAG: Words("true of false", "true or false"),
    FactKind.NUMBER: Words("een getal vanaf 0", "a number from 0"),
    FactKind.CODE: Words("een code als tekst", "a code as text"),
    FactKind.DAY: Words('een datum, zoals "2026-01-31"', 'a date, such as "2026-01-31"'),
}
_EUROS = Words('een bedrag in euro, zoals "655.15"', 'an amount in euros, such as "655.15"')


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What would have fitted, for a value that does not; without words for a key that is no fact."""

    words: Words | None = None


@dataclass(frozen=True, slots=True)
class FactsLine:
    """One line that could be read."""

    line: int
    id: str
    """What the line calls itself; the number of the line when it does not."""
    neighbourhood: str
    values: dict[str, Any]
    """Facts as core values: days as dates, `amount` in cents."""

    def household(self, on: date) -> Facts:
        """As facts of a household; `on` when the line does not say its day."""
        return Facts(**({"on": on} | self.values))

    def situation(self, on: date) -> Situation:
        """As facts of a pack; `on` when the line does not say its day."""
        values = dict(self.values)
        return Situation(values.pop("on", on), values)


def read_facts(
    lines: Iterable[str], source: str = "", vocabulary: Vocabulary = HOUSEHOLD
) -> Iterator[FactsLine | list[Problem]]:
    """One answer per line that is not empty: its facts, or everything that is wrong with it."""
    for number, text in enumerate(lines, start=1):
        if text.strip():
            yield _line(number, text, source, vocabulary)


def _line(number: int, text: str, source: str, vocabulary: Vocabulary) -> FactsLine | list[Problem]:
    try:
        given = load_json(text)
    except ValueError:
        given = None
    if not isinstance(given, dict):
        return [
            Problem(
                "not-json",
                Words("Deze regel is geen JSON-object.", "This line is no JSON object."),
                Words('Schrijf één object per regel, zoals {"id": "1", "in_arrears": true}.',
                      'Write one object per line, such as {"id": "1", "in_arrears": true}.'),
                source,
                number,
            )
        ]  # fmt: skip
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, value in given.items():
        if key in BESIDE:
            continue
        read = _value(key, value, vocabulary)
        if isinstance(read, _Wanted):
            problems.append(_refused(key, value, read.words, source, number, vocabulary))
        elif read is not None:
            values[key] = read
    if problems:
        return problems
    return FactsLine(
        number, _name(given.get("id"), str(number)), _name(given.get("neighbourhood"), ""), values
    )


def _name(value: object, otherwise: str) -> str:
    return otherwise if value is None or isinstance(value, (dict, list)) else str(value)


def _value(key: str, value: object, vocabulary: Vocabulary) -> Any:
    """The value as the core wants it, None when it is not known, or what would have fitted."""
    ours = vocabulary is HOUSEHOLD
    if key == "on" or (ours and key in _DAYS):
        kind: FactKind | None = FactKind.DAY
    elif ours and key == "amount":
        return _cents(value)
    elif ours and key == "technical_reason":
        return Words(value, value) if isinstance(value, str) else _Wanted(_WANTED[FactKind.CODE])
    else:
        kind = vocabulary.get(key)
    if kind is None:
        return _Wanted()
    return None if value is None and _may_be_unknown(key, ours) else _of_kind(kind, key, value)


def _may_be_unknown(key: str, ours: bool) -> bool:
    """In a household only days and `days_since_...` can be unknown; in a pack everything."""
    return not ours or key in _DAYS or key.startswith("days_since_")


def _of_kind(kind: FactKind, key: str, value: object) -> Any:
    if kind is FactKind.FLAG and isinstance(value, bool):
        return value
    if kind is FactKind.CODE and isinstance(value, str):
        return value
    if kind is FactKind.DAY and isinstance(value, str) and len(value) == len("2026-01-31"):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return _Wanted(_WANTED[kind])
    a_number = isinstance(value, (int, Decimal)) and not isinstance(value, bool) and 0 <= value <= _MOST
    if kind is FactKind.NUMBER and a_number:
        return value if isinstance(value, int) else float(str(value))
    return _Wanted(_WANTED[kind])


def _cents(value: object) -> Any:
    """`"655.15"`, `655.15` and `655` are euros."""
    exact = None
    if isinstance(value, (str, int, Decimal)) and not isinstance(value, bool):
        with suppress(ArithmeticError):
            exact = Decimal(value) * 100
    if (
        exact is None
        or not exact.is_finite()
        or not 0 <= exact <= _MOST * 100
        or exact != exact.to_integral_value()
    ):
        return _Wanted(_EUROS)
    return int(exact)


def _refused(
    key: str, value: object, wanted: Words | None, source: str, number: int, vocabulary: Vocabulary
) -> Problem:
    if wanted is not None:
        return Problem(
            "wrong-value",
            Words("Deze waarde past hier niet.", "This value does not fit here."),
            Words(f"Vul in: {wanted.nl}.", f"Fill in: {wanted.en}."),
            source,
            number,
            key[:80],
            str(value)[:80],
        )
    near = get_close_matches(key, vocabulary, 1)
    cure = Words(
        "Kijk in `voordeur policy facts` welke feiten er zijn.", "See `voordeur policy facts` for the facts."
    )
    if near:
        cure = Words(f"Bedoel je {near[0]}?", f"Do you mean {near[0]}?")
    return Problem(
        "unknown-fact",
        Words("Dit feit kennen we niet.", "We do not know this fact."),
        cure,
        source,
        number,
        key[:80],
    )
