"""At the table: from a budget and a wish to what can be missed, what to choose from, and the schedule.

The phone runs this very function in the browser (`field/python_bundle.py`), the office on the server; so both say the
same. It loads the rules that come with the program and asks the core; nothing is kept.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from voordeur.adapters.arrangement_rules import load_arrangement_rules
from voordeur.adapters.rules import load_calendar
from voordeur.adapters.scheme_rules import load_rule_book
from voordeur.core.arrangements import plain
from voordeur.core.arrangements.budget import (
    CostKind,
    HouseholdBudget,
    IncomeKind,
    Room,
    Verdict,
    choices,
    room,
)
from voordeur.core.arrangements.paper import aloud
from voordeur.core.arrangements.schedule import (
    Circumstances,
    against_limits,
    end_day,
    first_pay_day,
    in_words,
    instalments,
)
from voordeur.core.arrangements.values import Instalment, Rhythm, Terms
from voordeur.core.letter_data import long_day
from voordeur.core.money import euros
from voordeur.core.problems import Problem, Refused
from voordeur.core.schemes.rules import DayRules


def day_rules(on: date) -> DayRules | None:
    """The rules of the schemes on a day; None when there are none for it."""
    try:
        return load_rule_book().on(on)
    except Refused:
        return None


def room_on(budget: HouseholdBudget, on: date) -> Room:
    """What this household can miss a month, by the rules of a day."""
    return room(budget, load_arrangement_rules(), day_rules(on))


def plan_of(terms: Terms) -> tuple[Instalment, ...]:
    """The instalments, on days on which banks work. Raises ValueError as `schedule.instalments` does."""
    return instalments(terms, load_calendar().banks)


def offer(asked: Mapping[str, Any]) -> dict[str, Any]:
    """What the screen at the table shows. `asked`: today, total, rent, language, budget, and what was chosen so far.

    Raises Refused when the budget or the choice cannot be read.
    """
    today, language = date.fromisoformat(str(asked["today"])), str(asked.get("language", "nl"))
    budget, rules = plain.budget_in(asked.get("budget")), load_arrangement_rules()
    found, total = room_on(budget, today), int(asked["total"])
    rhythm = Rhythm(asked.get("rhythm") or Rhythm.MONTHLY)
    pay_day = budget.pay_day or 1
    days = {pay_day: first_pay_day(today, pay_day, rules), 0: first_pay_day(today, 31, rules)}
    return {
        "room": plain.room_out(found, language),
        "minimum": rules.minimum_month,
        "labels": labels(language),
        "sources": {
            name: [one.words.in_language(language), one.source, one.trust] for name, one in rules.sources.items()
        },
        "choices": [
            {"amount": one.amount, "turns": one.turns, "said": euros(one.amount).in_language(language)}
            for one in choices(total, found, rules, rhythm)
        ],
        "days": [{"pay_day": key, "first": day.isoformat()} for key, day in days.items()],
        "plan": plan_shown(asked.get("terms"), asked, found, language),
    }  # fmt: skip


def labels(language: str) -> dict[str, list[list[str]]]:
    """The words of what can be chosen, for a form that is drawn on the phone."""
    return {
        "incomes": [[one.value, one.words.in_language(language)] for one in IncomeKind],
        "costs": [
            ["children_costs" if one is CostKind.CHILDREN else one.value, one.words.in_language(language)]
            for one in CostKind
        ],
        "rhythms": [[one.value, one.words.in_language(language)] for one in Rhythm],
    }


def plan_shown(
    chosen: Any, asked: Mapping[str, Any], found: Room | None, language: str
) -> dict[str, Any] | None:
    """The schedule of what was chosen, in words and days, with what is against it; None while nothing was chosen."""
    if not chosen:
        return None
    terms = plain.terms_in(chosen)
    problems = limits_of(terms, asked, found)
    if any(one.code == "no-plan" for one in problems):
        return {"problems": [_said(one, language) for one in problems], "instalments": []}
    plan = plan_of(terms)
    moved = [one for one in plan if one.planned]
    return {
        "problems": [_said(one, language) for one in problems],
        "instalments": plain.plan_out(plan),
        "words": in_words(plan).in_language(language),
        "total": euros(terms.total).in_language(language),
        "first": long_day(plan[0].due, year=True).in_language(language),
        "last": long_day(end_day(plan), year=True).in_language(language),
        "aloud": [one.in_language(language) for one in aloud(plan, terms.rhythm)],
        "moved": [long_day(one.due).in_language(language) for one in moved[:2]],
        "rows": [
            [
                one.number,
                long_day(one.due, year=True).in_language(language),
                euros(one.amount).in_language(language),
            ]
            for one in plan
        ],
    }


def limits_of(terms: Terms, asked: Mapping[str, Any], found: Room | None) -> list[Problem]:
    """What is against these terms; what can be missed counts when a budget was made."""
    at = Circumstances(
        today=date.fromisoformat(str(asked["today"])),
        rent=int(asked.get("rent") or 0),
        earlier=tuple(date.fromisoformat(day) for day in asked.get("earlier", ())),
        most_a_month=found.left.high if found and found.verdict is not Verdict.HELP_FIRST else None,
    )
    return against_limits(terms, at, load_arrangement_rules())


def _said(problem: Problem, language: str) -> dict[str, str]:
    return {
        "code": problem.code,
        "message": problem.message.in_language(language),
        "cure": problem.cure.in_language(language),
    }
