"""A tenant proposes a plan on the own page, or says yes to the one of a colleague. A person always agrees too.

The limits are those of the policy (rules/law/arrangement.toml); the household chooses amount, rhythm and day.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from voordeur.actions.agree_arrangement import Consent, agree
from voordeur.actions.audit import write_tenant_line
from voordeur.actions.propose_arrangement import Proposal, open_debts, propose
from voordeur.actions.tenant_link import Visit
from voordeur.adapters.arrangement_rules import load_arrangement_rules
from voordeur.adapters.arrangement_table import limits_of, plan_of
from voordeur.core.arrangements.schedule import first_pay_day, in_words
from voordeur.core.arrangements.values import ArrangementState, Instalment, Rhythm, Terms
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.models import Arrangement
from voordeur.store.queries import arrangements

USUAL_PAY_DAY = 1
"""The day of the month from which a first day is suggested where no pay day is known."""


@dataclass(frozen=True, slots=True)
class Wished:
    """What the household chooses. `amount` in cents, each time."""

    amount: int
    rhythm: Rhythm
    first: date


@dataclass(frozen=True, slots=True)
class Start:
    """What stands on the page before anything is chosen."""

    total: int
    """Cents that can be spread: what is overdue, without collection costs and interest."""
    least_month: int
    """Cents a month that it must be at least."""
    longest_months: int
    first: date
    """The first day that is suggested: after the day on which this household usually has money."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The schedule of what was chosen, and everything that is against it."""

    plan: tuple[Instalment, ...]
    problems: tuple[Problem, ...]

    @property
    def words(self) -> Words:
        """`11 keer € 80,00 en dan € 56,80`. Only when there is a plan."""
        return in_words(self.plan)


def start(here: Visit, today: date) -> Start:
    """What can be spread, within which limits. Refused when nothing is open, or when a plan runs already."""
    rules, debts = load_arrangement_rules(), open_debts(here.tenancy, today)
    facts = arrangements.tables({here.tenancy: sum(debts.values())})[here.tenancy]
    if facts.running is not None:
        raise Refused(_RUNS)
    if facts.open <= 0:
        raise Refused(_NOTHING_OPEN)
    day = first_pay_day(today, facts.pay_day or USUAL_PAY_DAY, rules)
    return Start(facts.open, rules.minimum_month, rules.longest_months, day)


def preview(here: Visit, wished: Wished, today: date) -> Preview:
    """The schedule, with what the policy has against it. Nothing is kept."""
    debts = open_debts(here.tenancy, today)
    facts, terms = (
        arrangements.tables({here.tenancy: sum(debts.values())})[here.tenancy],
        _terms(wished, sum(debts.values())),
    )
    asked = {
        "today": today.isoformat(), "rent": facts.rent, "earlier": [day.isoformat() for day in facts.earlier]
    }  # fmt: skip
    problems = tuple(limits_of(terms, asked, None))
    no_plan = any(one.code == "no-plan" for one in problems)
    return Preview(() if no_plan else plan_of(terms), problems)


@transaction.atomic
def propose_plan(here: Visit, wished: Wished, key: UUID, language: str, today: date) -> Arrangement:
    """Keep the proposal for a colleague to decide on; the same key again keeps one. Refused beyond the limits."""
    terms = _terms(wished, sum(open_debts(here.tenancy, today).values()))
    row = propose(None, here.tenancy, Proposal(key, terms, origin="tenant", language=language), today)
    write_tenant_line(here.link, here.tenancy, "propose_plan", arrangement=row.pk)
    return row


@transaction.atomic
def agree_plan(here: Visit, arrangement_id: int, language: str, today: date) -> Arrangement:
    """Yes to what a colleague proposed, as it is on the page. Refused for any other, and when it changed meanwhile."""
    view = arrangements.newest(here.tenancy)
    if view is None or view.id != arrangement_id or view.state is not ArrangementState.PROPOSED:
        raise Refused(_GONE)
    row = agree(None, arrangement_id, Consent(how="link", language=language, channel=None), today)
    write_tenant_line(here.link, here.tenancy, "agree_plan", arrangement=row.pk)
    return row


def _terms(wished: Wished, total: int) -> Terms:
    return Terms(total, min(wished.amount, total), wished.rhythm, wished.first)


_NOTHING_OPEN = Problem(
    "nothing-open",
    Words("Er staat niets open om te verdelen.", "Nothing is open that could be spread."),
    Words("U hoeft niets te doen.", "You need not do anything."),
)
_RUNS = Problem(
    "arrangement-runs",
    Words("U heeft al een regeling.", "You have an arrangement already."),
    Words("Lukt die niet? Vraag om een andere regeling.", "Does it not work out? Ask for another one."),
)
_GONE = Problem(
    "proposal-gone",
    Words("Dit voorstel geldt niet meer.", "This proposal no longer holds."),
    Words("Bekijk uw pagina opnieuw, of bel ons.", "Look at your page again, or ring us."),
)
