"""What the pages of arrangements show: range, choices, schedule, chart. Pure, but for the deed behind a button."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from voordeur.actions.agree_arrangement import make_and_agree
from voordeur.actions.letter_contents import letter_head
from voordeur.actions.print_agreement import in_fours
from voordeur.actions.propose_arrangement import propose
from voordeur.adapters import arrangement_table
from voordeur.adapters.arrangement_rules import load_arrangement_rules
from voordeur.adapters.qr import Payee, payment_code
from voordeur.core.arrangements.budget import Choice, Room, choices
from voordeur.core.arrangements.schedule import in_words
from voordeur.core.arrangements.values import ArrangementRules, Instalment
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.models import User
from voordeur.store.queries import arrangements as queries
from voordeur.store.queries.schemes import expected_extra
from voordeur.web import arrangement_charts
from voordeur.web.arrangement_forms import ArrangementForm
from voordeur.web.case_forms import add_problems, done

WORK, PROPOSE, AGREE = "reken", "voorstel", "afspraak"


@dataclass(frozen=True, slots=True)
class Talk:
    """Where the talk on the page stands."""

    room: Room | None
    choices: tuple[Choice, ...]
    plan: tuple[Instalment, ...]
    plan_words: Words | None
    problems: tuple[Problem, ...]
    rules: ArrangementRules


def talk(form: ArrangementForm, table: queries.Table, today: date) -> Talk:
    """What follows from what was filled in so far."""
    rules = load_arrangement_rules()
    if not form.is_bound or not form.is_valid():
        return Talk(None, (), (), None, (), rules)
    budget, terms = form.budget(), form.terms()
    room = arrangement_table.room_on(budget, today) if budget else None
    offered = choices(table.open, room, rules, terms.rhythm) if room else ()
    if not terms.amount and terms.lump != terms.total:
        return Talk(room, offered, (), None, (), rules)
    asked: Mapping[str, Any] = {"today": today, "rent": table.rent, "earlier": table.earlier}
    problems = arrangement_table.limits_of(terms, asked, room)
    try:
        plan = arrangement_table.plan_of(terms)
    except ValueError:
        return Talk(room, offered, (), None, tuple(problems), rules)
    return Talk(room, offered, plan, in_words(plan), tuple(problems), rules)


def made(form: ArrangementForm, step: str, user: User, tenancy_id: int, today: date) -> bool:
    """The deed behind the button that was pressed; False while there is only something to work out."""
    if step == PROPOSE:
        return done(form, lambda: propose(user, tenancy_id, form.proposal(), today))
    if step == AGREE:
        return done(form, lambda: make_and_agree(user, tenancy_id, form.proposal(), form.consent(), today))
    return False


def table_context(form: ArrangementForm, table: queries.Table, today: date) -> dict[str, Any]:
    """The page on which an arrangement is made."""
    found = talk(form, table, today)
    if found.problems and not form.non_field_errors() and form.data.get("stap", WORK) == WORK:
        add_problems(form, found.problems)
    return {
        "form": form,
        "table": table,
        "talk": found,
        "room_chart": arrangement_charts.room(found.room, found.rules.minimum_month) if found.room else "",
        "plan_chart": arrangement_charts.plan(found.plan),
        "extra": expected_extra(table.tenancy, today),
    }


def page_context(found: queries.ArrangementView) -> dict[str, Any]:
    """The page of one arrangement; a payment code when there is something to pay and a letter head to pay to."""
    coming = found.next
    try:
        head = letter_head()
    except Refused:
        head = None
    code = ""
    if head is not None and coming is not None and found.state.runs and not found.mandate:
        payee = Payee(head.name, head.iban)
        code = payment_code(payee, coming.amount - coming.paid, reference=found.creditor_reference)
    return {
        "found": found,
        "code": code,
        "iban": head.iban if head else "",
        "kenmerk": in_fours(found.reference),
        "plan_chart": arrangement_charts.plan(found.plan, found.instalments),
        "payments": queries.payments_of(found.id),
    }


def office_context(today: date, states: tuple[str, ...], page: int) -> dict[str, Any]:
    """All arrangements, what was promised against what came in, and who wants a call."""
    months = queries.promised_and_received(today)
    return {
        "months": months,
        "chart": arrangement_charts.promised(months),
        "said": arrangement_charts.promised_in_words(months),
        "risky": queries.at_risk(),
        "counts": queries.counts(),
        "found": queries.arrangements(states, page),
        "runs": queries.collection_runs(),
        "today": today,
    }
