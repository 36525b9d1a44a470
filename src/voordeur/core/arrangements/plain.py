"""Terms, plans and budgets as plain data (JSON) and back: for the phone, the page, and what the database keeps.

What comes in was written elsewhere: everything that is not as it should be is a Problem, nothing is guessed.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from voordeur.core.arrangements.budget import Cost, CostKind, HouseholdBudget, Income, IncomeKind, Room
from voordeur.core.arrangements.values import Instalment, Rhythm, Step, Terms
from voordeur.core.problems import Problem, Refused
from voordeur.core.schemes.household import Span
from voordeur.core.words import Words

MOST_CENTS = 10_000_000
MOST_LINES = 20
MOST_CHILDREN = 15
T = TypeVar("T")


def terms_out(terms: Terms) -> dict[str, Any]:
    """Terms as JSON: cents and days."""
    return {
        "total": terms.total,
        "amount": terms.amount,
        "rhythm": terms.rhythm.value,
        "first": terms.first.isoformat(),
        "lump": terms.lump,
        "lump_on": terms.lump_on.isoformat() if terms.lump_on else None,
        "steps": [[step.after, step.amount] for step in terms.steps],
    }


def terms_in(data: object) -> Terms:
    """The terms that `terms_out` wrote. Raises Refused."""
    return _read(_terms, data, "terms")


def plan_out(plan: tuple[Instalment, ...]) -> list[list[Any]]:
    """A plan as JSON: number, day, cents, and the planned day where it is another one."""
    return [
        [one.number, one.due.isoformat(), one.amount, one.planned.isoformat() if one.planned else None]
        for one in plan
    ]


def plan_in(data: Any) -> tuple[Instalment, ...]:
    """The plan that `plan_out` wrote."""
    return tuple(
        Instalment(number, date.fromisoformat(due), amount, date.fromisoformat(planned) if planned else None)
        for number, due, amount, planned in data
    )


def budget_out(budget: HouseholdBudget) -> dict[str, Any]:
    """A budget as JSON: cents from low to high."""
    return {
        "incomes": [
            {
                "kind": one.kind.value,
                "amount": list(one.amount),
                "rhythm": one.rhythm.value,
                "pay_day": one.pay_day,
            }
            for one in budget.incomes
        ],
        "costs": [
            {"kind": one.kind.value, "amount": list(one.amount), "rhythm": one.rhythm.value}
            for one in budget.costs
        ],
        "partner": budget.partner,
        "children": budget.children,
        "living": list(budget.living) if budget.living else None,
    }


def budget_in(data: object) -> HouseholdBudget:
    """The budget that `budget_out` (or a form on the phone) wrote. Raises Refused."""
    return _read(_budget, data, "budget")


def room_out(room: Room, language: str) -> dict[str, Any]:
    """What can be missed, for a screen that is drawn on the phone."""
    return {
        "income": list(room.income),
        "costs": list(room.costs),
        "living": list(room.living),
        "protected": list(room.protected) if room.protected else None,
        "left": list(room.left),
        "short": room.short,
        "by_law": room.by_law,
        "verdict": room.verdict.value,
        "words": room.words.in_language(language),
        "next_step": room.next_step.in_language(language),
    }


def _read(reader: Callable[[Mapping[str, Any]], T], data: object, what: str) -> T:
    try:
        if not isinstance(data, Mapping):
            raise ValueError(what)
        return reader(data)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as wrong:
        raise Refused(
            Problem(
                "cannot-be-read",
                Words("Deze afspraak is niet goed overgekomen.", "This arrangement did not come across well."),
                Words("Open de bladzijde opnieuw en vul het nog een keer in.",
                      "Open the page again and fill it in once more."),
                column=what,
            )
        ) from wrong  # fmt: skip


def _terms(data: Mapping[str, Any]) -> Terms:
    lump_on = data.get("lump_on")
    return Terms(
        total=_cents(data["total"]),
        amount=_cents(data["amount"]),
        rhythm=Rhythm(data["rhythm"]),
        first=date.fromisoformat(data["first"]),
        lump=_cents(data.get("lump", 0)),
        lump_on=date.fromisoformat(lump_on) if lump_on else None,
        steps=tuple(Step(_count(after), _cents(amount)) for after, amount in data.get("steps", [])),
    )


def _budget(data: Mapping[str, Any]) -> HouseholdBudget:
    incomes, costs, living = data.get("incomes", []), data.get("costs", []), data.get("living")
    if len(incomes) > MOST_LINES or len(costs) > MOST_LINES:
        raise ValueError("too many lines")
    return HouseholdBudget(
        incomes=tuple(
            Income(IncomeKind(one["kind"]), _span(one["amount"]), Rhythm(one.get("rhythm", "monthly")), _pay_day(one))
            for one in incomes
        ),
        costs=tuple(
            Cost(CostKind(one["kind"]), _span(one["amount"]), Rhythm(one.get("rhythm", "monthly"))) for one in costs
        ),
        partner=data.get("partner") is True,
        children=_count(data.get("children", 0), MOST_CHILDREN),
        living=_span(living) if living is not None else None,
    )  # fmt: skip


def _pay_day(data: Mapping[str, Any]) -> int | None:
    day = data.get("pay_day")
    if day is None:
        return None
    if _count(day, 31) < 1:
        raise ValueError("a day of the month")
    return int(day)


def _span(data: Any) -> Span:
    low, high = data
    span = Span(_cents(low), _cents(high))
    if span.low > span.high:
        raise ValueError("from low to high")
    return span


def _cents(value: Any) -> int:
    return _count(value, MOST_CENTS)


def _count(value: Any, most: int = 1_000) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise ValueError("a whole number")
    return value
