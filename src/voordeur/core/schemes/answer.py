"""The whole answer of the check about one household: per scheme the decision, its steps, its margins and its words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from voordeur.core.schemes import assistance, care, child_budget, housing, seizure
from voordeur.core.schemes.check import decide_all
from voordeur.core.schemes.decision import Decision, Outcome
from voordeur.core.schemes.household import Household, Scheme
from voordeur.core.schemes.margins import Margin, margins
from voordeur.core.schemes.rules import Dated, DayRules
from voordeur.core.schemes.sentences import in_words
from voordeur.core.schemes.situation import Situation, situation
from voordeur.core.schemes.trace import Step
from voordeur.core.words import Words

TRUST = ("verified", "choice", "secondary", "unverified")
"""From the best to the weakest trust mark."""
_ALLOWANCES = (Scheme.HOUSING, Scheme.CARE, Scheme.CHILD_BUDGET, Scheme.CHILDCARE)


PROVISIONAL = Words(
    "De bedragen van dat jaar zijn nog een raming.", "The amounts of that year are still an estimate."
)
UNVERIFIED = Words("Niet alle bedragen hierin zijn nagezien.", "Not all amounts in this were checked.")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the check says about one scheme."""

    scheme: Scheme
    decision: Decision
    words: Words
    received: bool
    """The household gets it already."""
    steps: tuple[Step, ...]
    """How the most comes about; they add up to `decision.high`."""
    steps_low: tuple[Step, ...]
    """How the least comes about, when it is another amount; empty when the least is nothing."""
    margins: tuple[Margin, ...]
    until: date
    """Last day for which the amount holds: the rules end, or a birthday changes it."""
    apply_by: date | None
    """Last day on which it can be asked for; None when there is no such day in the law."""
    trust: str
    """The weakest trust mark of the values behind the amount, or behind a no; empty where nothing was weighed."""
    provisional: bool
    """The amounts are announced or expected, not fixed."""


def check(home: Household, rules: DayRules, *, with_margins: bool = True) -> tuple[Answer, ...]:
    """Every scheme for one household under the rules of a day, with steps, margins and words."""
    s = situation(home, rules)
    decided = decide_all(s)
    return tuple(_answer(s, scheme, decision, with_margins) for scheme, decision in decided.items())


def _answer(s: Situation, scheme: Scheme, decision: Decision, with_margins: bool) -> Answer:
    high, low = _steps(s, scheme, decision)
    found = margins(s.home, s.rules, scheme) if with_margins else ()
    period = _period(s.rules, scheme)
    until = min([period.end, *(one.at - timedelta(days=1) for one in found if isinstance(one.at, date))])
    trust = _weakest(_leant_on(s, scheme, decision) or high, period, decision.reason)
    received = scheme in (s.home.receives or ())
    words = in_words(scheme, decision, until, received=received)
    if decision.outcome is Outcome.CALCULATED and period.provisional:
        words += PROVISIONAL
    elif trust == "unverified":
        words += UNVERIFIED
    return Answer(
        scheme, decision, words, received, high, low, found, until, _apply_by(s.rules, scheme), trust,
        period.provisional,
    )  # fmt: skip


def _leant_on(s: Situation, scheme: Scheme, decision: Decision) -> tuple[Step, ...]:
    """The steps that end in nothing, where the income is what is too high; they are not shown."""
    if decision.reason != "income-high" or s.unsaid or (scheme is Scheme.HOUSING and s.home.rent is None):
        return ()
    tell, span = _TELL.get(scheme), s.net if scheme in _NET else s.income
    return tell(s, span.low) if tell is not None and span is not None else ()


def _weakest(steps: tuple[Step, ...], period: Dated, reason: str) -> str:
    """The weakest trust mark of the values behind an amount or a no; the limit of assets is one of them."""
    marks = [step.cited.trust for step in steps]
    if ((steps and not reason) or reason in ("assets", "assets-others")) and "assets" in period.sources:
        marks.append(period.sources["assets"].trust)
    return max(marks, key=TRUST.index, default="")


def _steps(s: Situation, scheme: Scheme, decision: Decision) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """The steps of the most and of the least amount."""
    tell = _TELL.get(scheme)
    span = s.net if scheme in _NET else s.income
    if scheme is Scheme.PROTECTED_INCOME and decision.reason in ("too-much-seized", "enough-left"):
        if s.income is None or s.net is None:
            return (), ()
        return seizure.steps(s, s.income.high, s.net.high), ()
    if tell is None or span is None or decision.outcome is not Outcome.CALCULATED:
        return (), ()
    if scheme is Scheme.HOUSING:
        span = housing.counted_income(s)
    high = tell(s, span.low)
    return high, tell(s, span.high) if 0 < decision.low < decision.high else ()


_NET = (Scheme.ASSISTANCE, Scheme.PENSION_SUPPLEMENT)
_TELL: Mapping[Scheme, Callable[[Situation, int], tuple[Step, ...]]] = {
    Scheme.HOUSING: housing.steps,
    Scheme.CARE: care.steps,
    Scheme.CHILD_BUDGET: child_budget.steps,
    Scheme.ASSISTANCE: assistance.steps,
    Scheme.PENSION_SUPPLEMENT: assistance.steps,
}


def _period(rules: DayRules, scheme: Scheme) -> Dated:
    """The rules file that a scheme leans on; the general one when there is none."""
    own: Mapping[Scheme, Dated | None] = {
        Scheme.HOUSING: rules.housing,
        Scheme.CARE: rules.care,
        Scheme.CHILD_BUDGET: rules.child_budget,
        Scheme.CHILDCARE: rules.childcare,
        Scheme.REMISSION: rules.remission,
        Scheme.ENERGY_FUND: rules.energy,
        Scheme.PROTECTED_INCOME: rules.seizure,
        Scheme.STUDY_SUPPLEMENT: rules.study,
    }
    return own.get(scheme, rules.assistance) or rules.general


def _apply_by(rules: DayRules, scheme: Scheme) -> date | None:
    """The end of the year after (Awir art. 15 lid 1), for what Dienst Toeslagen pays."""
    return date(rules.on.year + rules.general.apply_years, 12, 31) if scheme in _ALLOWANCES else None
