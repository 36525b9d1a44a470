"""Policy: conditions on facts, as data, lead to one recommended next action; and why not to the others.

The rules of a policy are read from top to bottom and the first that holds is the advice; what other rules
would have wanted stands beside it, so that a clash can be seen. Two things no policy can do, whatever its
data say: send a letter before somebody tried to make personal contact, and report to the municipality before
the law's gate is open. It is advice to a person: nothing is ever done by this module.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from voordeur.core.facts import FLAGS, NUMBERS, Facts
from voordeur.core.limits import Limits
from voordeur.core.money import euros
from voordeur.core.phrases import days, times
from voordeur.core.problems import Problem
from voordeur.core.unmet import UNMET
from voordeur.core.words import Words, day_in_words


class Action(StrEnum):
    """What a person can do next, from nothing to reporting to the municipality."""

    NOTHING = "nothing"
    WAIT = "wait"
    MESSAGE = "message"
    CALL = "call"
    VISIT = "visit"
    SECOND_VISIT = "second_visit"
    ARRANGEMENT = "arrangement"
    LETTER = "letter"
    REFER = "refer"

    @property
    def words(self) -> Words:
        """The action as an instruction, for a button or a heading."""
        return _ACTION_WORDS[self]

    @property
    def at_door(self) -> bool:
        """True when somebody goes to the door."""
        return self in (Action.VISIT, Action.SECOND_VISIT)

    @property
    def acts(self) -> bool:
        """True when there is something to do today."""
        return self not in (Action.NOTHING, Action.WAIT)


_ACTION_WORDS = {
    Action.NOTHING: Words("Niets doen", "Do nothing"),
    Action.WAIT: Words("Wacht nog even", "Wait a little"),
    Action.MESSAGE: Words("Stuur een bericht", "Send a message"),
    Action.CALL: Words("Bel", "Ring"),
    Action.VISIT: Words("Ga langs", "Visit"),
    Action.SECOND_VISIT: Words("Ga nog een keer langs", "Visit once more"),
    Action.ARRANGEMENT: Words("Maak een afspraak over betalen", "Agree on how to pay"),
    Action.LETTER: Words("Stuur een brief met een aanbod van hulp", "Send a letter that offers help"),
    Action.REFER: Words("Meld bij de gemeente", "Report to the municipality"),
}


class Op(StrEnum):
    """How a fact is compared."""

    AT_LEAST = ">="
    AT_MOST = "<="
    EQUALS = "="
    IS = "is"
    IS_NOT = "not"


_COMPARISON = re.compile(r"(?P<fact>\w+) *(?P<op>>=|<=|=) *(?P<value>\d+(?:\.\d+)?)")
_FLAG = re.compile(r"(?P<no>not +)?(?P<fact>\w+)")


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on one fact: `days_past_expected >= 8`, `spoken`, `not spoken`."""

    fact: str
    op: Op
    value: float = 1

    def holds(self, facts: Facts) -> bool:
        """True when met. A number that is not known (no payment, no contact yet) meets no comparison."""
        now = getattr(facts, self.fact)
        if self.op is Op.IS:
            return bool(now)
        if self.op is Op.IS_NOT:
            return not now
        if now is None:
            return False
        if self.op is Op.AT_LEAST:
            return bool(now >= self.value)
        return bool(now <= self.value) if self.op is Op.AT_MOST else bool(now == self.value)

    def unmet_words(self, facts: Facts) -> Words:
        """Why it does not hold, as a sentence."""
        now = getattr(facts, self.fact)
        lacking = self.op in (Op.IS, Op.AT_LEAST) or (self.op is Op.EQUALS and (now or 0) < self.value)
        said = UNMET[self.fact].lacking if lacking else UNMET[self.fact].barring
        parts = {"now": _plain(now), "need": _plain(self.value)}
        parts |= {"now_times": times(int(now or 0)), "need_times": times(int(self.value))}
        return _fill(said, parts)

    def __str__(self) -> str:
        if self.op in (Op.IS, Op.IS_NOT):
            return self.fact if self.op is Op.IS else f"not {self.fact}"
        return f"{self.fact} {self.op} {self.value:g}"


def parse_condition(text: str) -> Condition | None:
    """A condition as written in a policy; None when it cannot be read or names no fact of the right kind."""
    compared = _COMPARISON.fullmatch(text.strip())
    if compared is not None:
        known = compared["fact"] in NUMBERS
        return Condition(compared["fact"], Op(compared["op"]), float(compared["value"])) if known else None
    flag = _FLAG.fullmatch(text.strip())
    if flag is None or flag["fact"] not in FLAGS:
        return None
    return Condition(flag["fact"], Op.IS_NOT if flag["no"] else Op.IS)


@dataclass(frozen=True, slots=True)
class Rule:
    """When all conditions hold, this is the advice. `source` and `trust` speak of its numbers."""

    name: str
    action: Action
    when: tuple[Condition, ...]
    reason: Words
    """One or two sentences; `{...}` is filled in from PLACEHOLDERS."""
    source: str
    trust: str
    explains: bool = False
    """True for the rule whose unmet condition answers "why not this action now?"."""

    def holds(self, facts: Facts) -> bool:
        """True when every condition is met."""
        return all(condition.holds(facts) for condition in self.when)


@dataclass(frozen=True, slots=True)
class Tier:
    """A step in the order of a work list: who meets it comes before who meets only a later one."""

    name: str
    when: tuple[Condition, ...]
    words: Words
    source: str
    trust: str


@dataclass(frozen=True, slots=True)
class Note:
    """Where a number of the policy comes from, and what it means in words."""

    words: Words
    source: str
    trust: str


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy as it was read: numbers, rules from heavy to light, and the order of the work list."""

    name: str
    title: Words
    start: date
    """The day from which an organisation uses it."""
    limits: Limits
    notes: Mapping[str, Note]
    """Per number of `limits` its meaning and source."""
    rules: tuple[Rule, ...]
    order: tuple[Tier, ...]


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why an action is not the advice now."""

    action: Action
    reason: Words


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One next action, why, and why not the others."""

    action: Action
    rule: str
    reason: Words
    not_now: tuple[WhyNot, ...]
    also: tuple[str, ...]
    """Names of later rules that hold too and want another action."""


@dataclass(frozen=True, slots=True)
class Urgency:
    """A household's place in a work list: the first tier it meets, then the longest wait, then the amount."""

    tier: int
    days: int
    amount: int
    words: Words

    @property
    def order(self) -> tuple[int, int, int]:
        """Sort key: smallest comes first."""
        return (self.tier, -self.days, -self.amount)


_WEIGHT = {action: weight for weight, action in enumerate(Action)}

_NO_ATTEMPT = Words(
    "Een brief gaat pas uit als iemand persoonlijk contact heeft gezocht.",
    "A letter only goes out once somebody has tried to make personal contact.",
)
_GATE_CLOSED = Words(
    "De wet vraagt eerst contact, een aanbod van hulp en een herinnering (art. 2 Bgs).",
    "The law first asks for contact, an offer of help and a reminder (art. 2 Bgs).",
)


def gate(action: Action, facts: Facts) -> Words | None:
    """Why this action is closed whatever a policy says, or None when it is open.

    A letter alone is no personal contact (Besluit gemeentelijke schuldhulpverlening, art. 2 sub a); a report
    to the municipality needs all duties of art. 2 proven.
    """
    if action is Action.LETTER and facts.personal_attempts == 0 and not facts.spoken:
        return _NO_ATTEMPT
    if action is Action.REFER and not facts.gate_open:
        return _GATE_CLOSED
    return None


def recommend(policy: Policy, facts: Facts) -> Recommendation:
    """The advice of a policy on these facts. ValueError when no rule holds: `check` refuses such a policy."""
    holding = [r for r in policy.rules if r.holds(facts) and gate(r.action, facts) is None]
    if not holding:
        raise ValueError("no rule of the policy holds: the last rule must have no conditions")
    chosen, wanted = holding[0], {rule.action for rule in holding if rule.when}
    others = [a for a in Action if a is not chosen.action] if facts.in_arrears else []
    return Recommendation(
        action=chosen.action,
        rule=chosen.name,
        reason=filled(chosen.reason, facts),
        not_now=tuple(WhyNot(a, _why_not(a, a in wanted, chosen, policy, facts)) for a in others),
        also=tuple(r.name for r in holding[1:] if r.action is not chosen.action and r.when),
    )


def _why_not(action: Action, wanted: bool, chosen: Rule, policy: Policy, facts: Facts) -> Words:
    """`wanted`: a rule further down would have advised it."""
    closed = gate(action, facts)
    if closed is not None:
        return closed
    if (
        wanted and _WEIGHT[action] > _WEIGHT[chosen.action]
    ):  # a lighter step was chosen for a reason: say that
        return _first_sentence(filled(chosen.reason, facts))
    if wanted:
        first = chosen.action.words
        return Words(
            f"Iets anders gaat voor: {_lower(first.nl)}.", f"Something else comes first: {_lower(first.en)}."
        )
    own = [rule for rule in policy.rules if rule.action is action and rule.when]
    speaking = [rule for rule in own if rule.explains] or own
    if not speaking:
        return Words(
            "In dit beleid is er iets anders te doen.", "In this policy there is something else to do."
        )
    unmet = [[condition for condition in rule.when if not condition.holds(facts)] for rule in speaking]
    return min(unmet, key=len)[0].unmet_words(facts)


def urgency(policy: Policy, facts: Facts) -> Urgency:
    """Where this household stands in the order of the policy's work list; last when nothing is open."""
    if not facts.in_arrears:
        return Urgency(len(policy.order), 0, 0, Words("Er staat niets open.", "Nothing is open."))
    for at, tier in enumerate(policy.order):
        if all(condition.holds(facts) for condition in tier.when):
            return Urgency(at, facts.days_past_expected, facts.amount, tier.words)
    return Urgency(len(policy.order), facts.days_past_expected, facts.amount, Words("Overig.", "Other."))


def check(rules: Sequence[Rule]) -> list[Problem]:
    """What is wrong with a set of rules as a whole; empty when nothing is. Places are rule names."""
    found = []
    for rule in rules:
        if rule.action is Action.LETTER and not any(_asks_for_person(c) for c in rule.when):
            found.append(
                Problem(
                    "letter-before-person",
                    Words("Deze regel laat een brief toe voordat iemand contact heeft gezocht.",
                          "This rule allows a letter before anybody tried to make contact."),
                    Words("Voeg een voorwaarde toe, zoals personal_attempts >= 1.",
                          "Add a condition such as personal_attempts >= 1."),
                    column=rule.name,
                )
            )  # fmt: skip
        if rule.action is Action.REFER and Condition("gate_open", Op.IS) not in rule.when:
            found.append(
                Problem(
                    "report-before-gate",
                    Words("Deze regel meldt bij de gemeente zonder de stappen van de wet.",
                          "This rule reports to the municipality without the steps of the law."),
                    Words("Voeg de voorwaarde gate_open toe.", "Add the condition gate_open."),
                    column=rule.name,
                )
            )  # fmt: skip
    if not rules or rules[-1].when:
        found.append(
            Problem(
                "no-last-rule",
                Words("Niet voor elk huishouden is er een advies.", "Not every household gets an advice."),
                Words(
                    "Zet onderaan een regel zonder voorwaarden.", "Put a rule without conditions at the end."
                ),
                column=rules[-1].name if rules else "",
            )
        )
    return found


def _asks_for_person(condition: Condition) -> bool:
    """True when the condition cannot hold before a personal attempt."""
    if condition == Condition("spoken", Op.IS):
        return True
    attempts = condition.fact in ("personal_attempts", "calls", "visits")
    return attempts and condition.op in (Op.AT_LEAST, Op.EQUALS) and condition.value >= 1


PLACEHOLDERS: Mapping[str, Callable[[Facts], Words]] = {
    "amount": lambda facts: euros(facts.amount),
    "days": lambda facts: days(facts.days_past_expected),
    "expected_on": lambda facts: _day(facts.expected_on),
    "recovery_until": lambda facts: _day(facts.recovery_until),
    "promise_until": lambda facts: _day(facts.promise_until),
    "visit_on": lambda facts: _day(facts.visit_on),
    "technical": lambda facts: facts.technical_reason or Words("", ""),
    "calls": lambda facts: _plain(facts.calls),
    "visits": lambda facts: _plain(facts.visits),
}
"""What a reason may fill in between braces."""


def placeholders(text: str) -> list[str]:
    """The names between braces in a sentence of a policy."""
    return re.findall(r"\{(\w*)\}", text)


def filled(template: Words, facts: Facts) -> Words:
    """A sentence of the policy with its placeholders filled in."""
    if "{" not in template.nl and "{" not in template.en:
        return template
    names = {*placeholders(template.nl), *placeholders(template.en)}
    return _fill(template, {name: PLACEHOLDERS[name](facts) for name in names})


def _fill(template: Words, parts: Mapping[str, Words]) -> Words:
    nl = {name: words.nl for name, words in parts.items()}
    en = {name: words.en for name, words in parts.items()}
    return Words(template.nl.format_map(nl), template.en.format_map(en))


def _plain(value: float | None) -> Words:
    if value is None:
        return Words("nog nooit", "never")
    said = f"{value:g}"
    return Words(said.replace(".", ","), said)


def _day(day: date | None) -> Words:
    return day_in_words(day) if day else Words("later", "later")


def _first_sentence(words: Words) -> Words:
    return Words(*(re.split(r"(?<=[.:]) (?=[A-Z])", text)[0] for text in (words.nl, words.en)))


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
