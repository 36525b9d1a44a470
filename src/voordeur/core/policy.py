"""Policy: conditions on facts, as data, lead to one recommended next action; and why not to the others.

The rules of a policy are read from top to bottom and the first that holds is the advice; what other rules
would have wanted stands beside it, so that a clash can be seen. A block closes actions for a while (a hold, a
contact budget, a wish of the tenant), whatever rule asks for them. Two things no policy can do, whatever its
data say: send a letter before somebody tried to make personal contact, and report to the municipality before
the law's gate is open. It is advice to a person: nothing is ever done by this module.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import partial

from voordeur.core.conditions import Condition, all_hold, fill, plain
from voordeur.core.facts import Facts
from voordeur.core.ladders import Level
from voordeur.core.limits import Limits
from voordeur.core.money import euros
from voordeur.core.phrases import days
from voordeur.core.weighing import NO_RULE, weigh
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
    def contacts(self) -> bool:
        """True when it reaches out to the household: what a contact budget counts."""
        return self.at_door or self in (Action.MESSAGE, Action.CALL, Action.LETTER)

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
    unless: tuple[tuple[Condition, ...], ...] = ()
    """Groups of conditions: when one whole group holds, the rule does not."""
    ladder: str = ""
    """The ladder that `level` is a level of."""
    level: Level | None = None
    """The rule also waits for this level of its ladder to open."""
    priority: int | None = None
    """Rules with the same priority are equals: that the upper one wins is chance, and is shown as a clash."""

    def holds(self, facts: Facts) -> bool:
        """True when every condition is met, no exception is, and its level of the ladder is open."""
        for condition in self.when:
            if not condition.holds(facts):
                return False
        if self.level is not None and not self.level.open_on(*_of_ladder(facts)):
            return False
        return not any(all_hold(group, facts) for group in self.unless)

    @property
    def always(self) -> bool:
        """True when nothing can keep it from holding: the rule that comes last."""
        return not self.when and not self.unless and self.level is None


def _of_ladder(facts: Facts) -> tuple[date, date | None, int, date | None, int]:
    return facts.on, facts.oldest_due, facts.ladder_level, facts.ladder_level_on, facts.amount


@dataclass(frozen=True, slots=True)
class Block:
    """While all conditions hold, these actions are closed, whatever rule asks for them; `reason` says why."""

    name: str
    actions: tuple[Action, ...]
    when: tuple[Condition, ...]
    reason: Words
    source: str
    trust: str


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
class Setting:
    """A number of the policy with its meaning and source."""

    value: int
    note: Note


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
    blocks: tuple[Block, ...] = ()
    contact_window: Setting | None = None
    """Days over which contacts of all departments are counted for the budget of a household."""
    minutes: Mapping[Action, Setting] = field(default_factory=dict)
    """Minutes that one such action takes; empty when nobody filled them in."""
    hours: Mapping[str, Setting] = field(default_factory=dict)
    """Hours a week per 1,000 tenancies, at the `door` and at the `desk`; empty when nobody filled them in."""

    @property
    def window_days(self) -> int:
        """The stretch of the contact budget in days; 0 when the policy sets none."""
        return self.contact_window.value if self.contact_window is not None else 0


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
    clash: tuple[str, ...] = ()
    """Those of them with the same priority as the rule that won: the order of the file decided, nothing else."""
    blocked: tuple[tuple[str, str], ...] = ()
    """(rule, block): rules above the one that won that hold, but whose action is closed just now."""


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
    closed = closed_actions(policy, facts)
    holding = [rule for rule in policy.rules if rule.holds(facts) and gate(rule.action, facts) is None]
    found = weigh(holding, closed)
    chosen, barred = found.chosen, found.blocked
    wanted = {rule.action for rule in holding if not rule.always}
    others = [a for a in Action if a is not chosen.action] if facts.in_arrears else []
    return Recommendation(
        action=chosen.action,
        rule=chosen.name,
        reason=closed[barred[0].action].reason if barred and chosen.always else filled(chosen.reason, facts),
        not_now=tuple(WhyNot(a, _why_not(a, a in wanted, chosen, policy, facts, closed)) for a in others),
        also=found.also,
        clash=found.clash,
        blocked=tuple((rule.name, closed[rule.action].name) for rule in barred),
    )


def advised(policy: Policy, facts: Facts) -> Rule:
    """The rule that `recommend` takes its advice from, without the words: quick, for a whole portfolio."""
    closed: Mapping[Action, Block] | None = None
    for rule in policy.rules:
        if not rule.holds(facts) or gate(rule.action, facts) is not None:
            continue
        if closed is None:
            closed = closed_actions(policy, facts)
        if rule.action not in closed:
            return rule
    raise ValueError(NO_RULE)


def closed_actions(policy: Policy, facts: Facts) -> dict[Action, Block]:
    """The actions that a block closes now, each with the first block that does so."""
    found: dict[Action, Block] = {}
    for block in policy.blocks:
        if all_hold(block.when, facts):
            for action in block.actions:
                found.setdefault(action, block)
    return found


def _why_not(
    action: Action,
    wanted: bool,
    chosen: Rule,
    policy: Policy,
    facts: Facts,
    closed: Mapping[Action, Block],
) -> Words:
    """`wanted`: another rule would have advised it."""
    barred = gate(action, facts)
    if barred is not None:
        return barred
    if action in closed:
        return closed[action].reason
    if wanted and _WEIGHT[action] > _WEIGHT[chosen.action]:
        return _first_sentence(
            filled(chosen.reason, facts)
        )  # a lighter step was chosen for a reason: say that
    if wanted:
        first = chosen.action.words
        return Words(
            f"Iets anders gaat voor: {_lower(first.nl)}.", f"Something else comes first: {_lower(first.en)}."
        )
    own = [rule for rule in policy.rules if rule.action is action and not rule.always]
    speaking = [rule for rule in own if rule.explains] or own
    if not speaking:
        return Words(
            "In dit beleid is er iets anders te doen.", "In this policy there is something else to do."
        )
    return min((list(_lacking(rule, facts)) for rule in speaking), key=len)[0]()


def _lacking(rule: Rule, facts: Facts) -> Iterator[Callable[[], Words]]:
    """Everything that keeps a rule from holding; called, each says so in a sentence (most are only counted)."""
    yield from (partial(one.unmet_words, facts) for one in rule.when if not one.holds(facts))
    if rule.level is not None and not rule.level.open_on(*_of_ladder(facts)):
        yield partial(rule.level.closed_words, *_of_ladder(facts))
    yield from (partial(group[0].barring_words, facts) for group in rule.unless if all_hold(group, facts))


def urgency(policy: Policy, facts: Facts) -> Urgency:
    """Where this household stands in the order of the policy's work list; last when nothing is open."""
    if not facts.in_arrears:
        return Urgency(len(policy.order), 0, 0, Words("Er staat niets open.", "Nothing is open."))
    for at, tier in enumerate(policy.order):
        if all_hold(tier.when, facts):
            return Urgency(at, facts.days_past_expected, facts.amount, tier.words)
    return Urgency(len(policy.order), facts.days_past_expected, facts.amount, Words("Overig.", "Other."))


PLACEHOLDERS: Mapping[str, Callable[[Facts], Words]] = {
    "amount": lambda facts: euros(facts.amount),
    "days": lambda facts: days(facts.days_past_expected),
    "expected_on": lambda facts: _day(facts.expected_on),
    "recovery_until": lambda facts: _day(facts.recovery_until),
    "promise_until": lambda facts: _day(facts.promise_until),
    "visit_on": lambda facts: _day(facts.visit_on),
    "technical": lambda facts: facts.technical_reason or Words("", ""),
    "calls": lambda facts: plain(facts.calls),
    "visits": lambda facts: plain(facts.visits),
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
    return fill(template, {name: PLACEHOLDERS[name](facts) for name in names})


def _day(day: date | None) -> Words:
    return day_in_words(day) if day else Words("later", "later")


def _first_sentence(words: Words) -> Words:
    return Words(*(re.split(r"(?<=[.:]) (?=[A-Z])", text)[0] for text in (words.nl, words.en)))


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
