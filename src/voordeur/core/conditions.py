"""Conditions: a fact compared with a limit, as text that can be printed, read back and edited in a form.

Nine shapes, and no more: `spoken`, `not spoken`, `visits >= 2`, `visits <= 2`, `visits = 2`,
`last_action in IC1, S01`, `last_action not in IC1`, `last_contact within 14 days` and
`last_contact older than 14 days`. The last four are for facts that are codes or days; the household facts of
`core/facts.py` have none.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Protocol

from voordeur.core.calendar import add_months
from voordeur.core.phrases import times
from voordeur.core.unmet import UNMET
from voordeur.core.words import Words


class FactKind(StrEnum):
    """What a fact can be."""

    FLAG = "flag"
    NUMBER = "number"
    CODE = "code"
    DAY = "day"


Vocabulary = Mapping[str, FactKind]
"""The facts that conditions may name."""


class Op(StrEnum):
    """How a fact is compared."""

    AT_LEAST = ">="
    AT_MOST = "<="
    EQUALS = "="
    IS = "is"
    IS_NOT = "not"
    IN = "in"
    NOT_IN = "not in"
    WITHIN = "within"
    OLDER = "older than"


OPS: Mapping[FactKind, tuple[Op, ...]] = {
    FactKind.FLAG: (Op.IS, Op.IS_NOT),
    FactKind.NUMBER: (Op.AT_LEAST, Op.AT_MOST, Op.EQUALS),
    FactKind.CODE: (Op.IN, Op.NOT_IN),
    FactKind.DAY: (Op.WITHIN, Op.OLDER),
}
"""Which comparisons fit which kind of fact: what a form offers."""

UNITS = ("days", "weeks", "months", "years")
"""In what a stretch of time is written."""


class OnADay(Protocol):
    """Facts of whatever kind know the day they speak of."""

    @property
    def on(self) -> date:
        """The day of the question."""


_COMPARISON = re.compile(r"(?P<fact>\w+) *(?P<op>>=|<=|=) *(?P<value>\d+(?:\.\d+)?)")
_FLAG = re.compile(r"(?P<no>not +)?(?P<fact>\w+)")
_CODES = re.compile(r"(?P<fact>\w+) +(?P<op>in|not +in) +(?P<codes>\w+(?: *, *\w+)*)")
_STRETCH = re.compile(r"(?P<fact>\w+) +(?P<op>within|older +than) +(?P<value>\d+) +(?P<unit>\w+)")
_AND = re.compile(r" +and +")


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on one fact: `days_past_expected >= 8`, `spoken`, `not spoken`."""

    fact: str
    op: Op
    value: float = 1
    unit: str = ""
    """One of UNITS for a stretch of time; else empty."""
    codes: tuple[str, ...] = ()

    def holds(self, facts: OnADay) -> bool:
        """True when met. What is not known (no payment, no contact yet) meets no comparison."""
        now = getattr(facts, self.fact)
        op = self.op
        if op is Op.IS:
            return bool(now)
        if op is Op.IS_NOT:
            return not now
        if now is None:
            return False
        if op is Op.AT_LEAST:
            return bool(now >= self.value)
        if op is Op.AT_MOST:
            return bool(now <= self.value)
        return bool(now == self.value) if op is Op.EQUALS else self._holds_of_code_or_day(now, facts)

    def _holds_of_code_or_day(self, now: Any, facts: OnADay) -> bool:
        if self.op in (Op.IN, Op.NOT_IN):
            return (now in self.codes) == (self.op is Op.IN)
        newer = bool(now > before(facts.on, int(self.value), self.unit))
        return newer if self.op is Op.WITHIN else not newer

    def unmet_words(self, facts: OnADay) -> Words:
        """Why it does not hold, as a sentence; for facts without sentences of their own, the condition itself."""
        if self.fact not in UNMET:
            return Words(f"Niet vervuld: {self}.", f"Not met: {self}.")
        now = getattr(facts, self.fact)
        if now is None:
            return Words("Dat is hier nog nooit gebeurd.", "That has never happened here yet.")
        lacking = self.op in (Op.IS, Op.AT_LEAST) or (self.op is Op.EQUALS and now < self.value)
        said = UNMET[self.fact].lacking if lacking else UNMET[self.fact].barring
        parts = {"now": plain(now), "need": plain(self.value)}
        parts |= {"now_times": times(int(now)), "need_times": times(int(self.value))}
        return fill(said, parts)

    def barring_words(self, facts: OnADay) -> Words:
        """Why it stands in the way now that it holds, as a sentence."""
        return replace(self, op=_OPPOSITE.get(self.op, self.op)).unmet_words(facts)

    def __str__(self) -> str:
        if self.op in (Op.IS, Op.IS_NOT):
            return self.fact if self.op is Op.IS else f"not {self.fact}"
        if self.codes:
            return f"{self.fact} {self.op} {', '.join(self.codes)}"
        return " ".join(
            part for part in (self.fact, self.op.value, number_text(self.value), self.unit) if part
        )


_OPPOSITE = {
    Op.IS: Op.IS_NOT,
    Op.IS_NOT: Op.IS,
    Op.AT_LEAST: Op.AT_MOST,
    Op.AT_MOST: Op.AT_LEAST,
    Op.EQUALS: Op.AT_MOST,
}


def parse_condition(text: str, vocabulary: Vocabulary) -> Condition | None:
    """A condition as written in a policy; None when it cannot be read or names no fact of the right kind."""
    text = text.strip()
    if found := _COMPARISON.fullmatch(text):
        made = Condition(found["fact"], Op(found["op"]), float(found["value"]))
    elif found := _STRETCH.fullmatch(text):
        op = Op.WITHIN if found["op"] == "within" else Op.OLDER
        made = Condition(found["fact"], op, float(found["value"]), found["unit"])
        if made.unit not in UNITS:
            return None
    elif found := _CODES.fullmatch(text):
        codes = tuple(code.strip() for code in found["codes"].split(","))
        made = Condition(found["fact"], Op.IN if found["op"] == "in" else Op.NOT_IN, codes=codes)
    elif found := _FLAG.fullmatch(text):
        made = Condition(found["fact"], Op.IS_NOT if found["no"] else Op.IS)
    else:
        return None
    kind = vocabulary.get(made.fact)
    return made if kind is not None and made.op in OPS[kind] else None


def parse_conditions(text: str, vocabulary: Vocabulary) -> tuple[Condition, ...] | None:
    """Conditions joined by `and`; None when one of them cannot be read."""
    found = [parse_condition(part, vocabulary) for part in _AND.split(text.strip())]
    known = tuple(one for one in found if one is not None)
    return known if len(known) == len(found) else None


def all_hold(conditions: Iterable[Condition], facts: OnADay) -> bool:
    """True when every condition is met; true of no conditions at all."""
    return all(condition.holds(facts) for condition in conditions)


def before(day: date, count: int, unit: str) -> date:
    """The day `count` days, weeks, months or years before; the last of the month when that day is not there.

    Before the first day that a calendar can name it is that day.
    """
    try:
        if unit in ("months", "years"):
            return add_months(day, -count * (12 if unit == "years" else 1))
        return day - timedelta(days=count * (7 if unit == "weeks" else 1))
    except (ValueError, OverflowError):
        return date.min


def fill(template: Words, parts: Mapping[str, Words]) -> Words:
    """The words with `{name}` filled in, each in its own language."""
    nl = {name: words.nl for name, words in parts.items()}
    en = {name: words.en for name, words in parts.items()}
    return Words(template.nl.format_map(nl), template.en.format_map(en))


def plain(value: float | None) -> Words:
    """A number as people write it: `1,5` and `1.5`; `nog nooit` when it is not known."""
    if value is None:
        return Words("nog nooit", "never")
    said = number_text(value)
    return Words(said.replace(".", ","), said)


def number_text(value: float) -> str:
    """`8`, `1.5`: a number as it is written in a policy."""
    return str(int(value)) if value == int(value) else str(value)
