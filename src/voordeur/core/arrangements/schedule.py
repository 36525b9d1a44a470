"""Schedules: instalments on the household's own pay day that add up to the debt to the cent, within the limits."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from voordeur.core.arrangements.values import ArrangementRules, Instalment, Rhythm, Terms
from voordeur.core.calendar import NotCovered, add_months, next_working_day
from voordeur.core.money import euros
from voordeur.core.problems import Problem
from voordeur.core.words import Words

MOST_INSTALMENTS = 1_000
_DAYS = {Rhythm.WEEKLY: 7, Rhythm.FORTNIGHTLY: 14, Rhythm.FOUR_WEEKLY: 28}
A_YEAR = {Rhythm.WEEKLY: 52, Rhythm.FORTNIGHTLY: 26, Rhythm.FOUR_WEEKLY: 13, Rhythm.MONTHLY: 12}
"""Turns in a year."""


def planned_day(first: date, rhythm: Rhythm, number: int) -> date:
    """The day of the `number`-th turn after `first` (0 is `first`), by the calendar alone."""
    if rhythm is Rhythm.MONTHLY:
        return add_months(first, number)
    return first + timedelta(days=_DAYS[rhythm] * number)


def bank_day(day: date, banks: Container[date] | None) -> date:
    """The first day on or after `day` on which banks work; where the holidays are not known only weekends count.

    `banks`: the days besides the weekend on which they do not; None: every day will do.
    """
    if banks is None:
        return day
    try:
        return next_working_day(day, banks)
    except NotCovered:
        return next_working_day(day, ())


def instalments(terms: Terms, banks: Container[date] | None = None) -> tuple[Instalment, ...]:
    """The instalments of these terms, in order; they add up to `terms.total`, the last is what is left.

    An amount per turn is not needed when the lump sum is all. Raises ValueError for a total or an amount that is not
    positive, a lump sum that is more than the total or has no day, steps that do not come in order, more than
    MOST_INSTALMENTS instalments, or days that no calendar has.
    """
    _check_numbers(terms)
    try:
        return _instalments(terms, banks)
    except OverflowError as beyond:
        raise ValueError("the days lie beyond the calendar") from beyond


def _instalments(terms: Terms, banks: Container[date] | None) -> tuple[Instalment, ...]:
    found: list[Instalment] = []
    left = terms.total
    if terms.lump and terms.lump_on is not None:
        found.append(_instalment(1, terms.lump_on, terms.lump, banks))
        left -= terms.lump
    for turn, amount in enumerate(_amounts(terms)):
        if left <= 0:
            break
        if len(found) >= MOST_INSTALMENTS:
            raise ValueError("there are too many instalments")
        part = min(amount, left)
        found.append(_instalment(len(found) + 1, planned_day(terms.first, terms.rhythm, turn), part, banks))
        left -= part
    return tuple(found)


def _check_numbers(terms: Terms) -> None:
    regular = terms.amount > 0 or (terms.amount == 0 and terms.lump == terms.total)
    if terms.total <= 0 or not regular or any(step.amount <= 0 for step in terms.steps):
        raise ValueError("amounts are positive")
    if not 0 <= terms.lump <= terms.total or (terms.lump and terms.lump_on is None):
        raise ValueError("a lump sum is part of the total and has a day")
    if terms.lump and terms.lump_on is not None and terms.lump_on > terms.first:
        raise ValueError("a lump sum comes first")
    turns = [step.after for step in terms.steps]
    if any(after < 1 for after in turns) or turns != sorted(set(turns)):
        raise ValueError("steps come in order")


def _amounts(terms: Terms) -> Iterator[int]:
    """The amount of each regular turn, without end."""
    changes = {step.after: step.amount for step in terms.steps}
    amount, turn = terms.amount, 0
    while True:
        amount = changes.get(turn, amount)
        yield amount
        turn += 1


def _instalment(number: int, planned: date, amount: int, banks: Container[date] | None) -> Instalment:
    due = bank_day(planned, banks)
    return Instalment(number, due, amount, None if due == planned else planned)


def end_day(plan: Sequence[Instalment]) -> date:
    """The day of the last instalment."""
    return plan[-1].due


def a_month(amount: int, rhythm: Rhythm) -> int:
    """What an instalment of this rhythm comes down to a month, cents, rounded up."""
    return -(-amount * A_YEAR[rhythm] // 12)


def first_pay_day(today: date, pay_day: int, rules: ArrangementRules) -> date:
    """The first day after today that lies `pay_after_days` after the income of day `pay_day` of the month (1-31)."""
    if not 1 <= pay_day <= 31:
        raise ValueError("a day of the month is 1 to 31")
    for months in (-1, 0, 1, 2):
        start = add_months(today.replace(day=1), months)
        last = (add_months(start, 1) - timedelta(days=1)).day
        day = start.replace(day=min(pay_day, last)) + timedelta(days=rules.pay_after_days)
        if day > today:
            return day
    raise AssertionError("two months always hold a later pay day")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the limits have to know besides the terms. Amounts are cents."""

    today: date
    rent: int = 0
    """A month; 0 when it is not known: then nothing depends on it."""
    earlier: tuple[date, ...] = ()
    """The days on which earlier arrangements of this household were agreed."""
    most_a_month: int | None = None
    """What the household can miss a month in an ordinary month; None when nobody worked it out."""


def against_limits(terms: Terms, at: Circumstances, rules: ArrangementRules) -> list[Problem]:
    """Everything in these terms that goes beyond a limit of the policy, each with what would do; empty when fine."""
    try:
        plan = instalments(terms)
    except ValueError:
        return [_NO_PLAN]
    checks = (_too_little, _too_much, _too_long, _too_large, _too_late, _too_often, _in_the_past)
    return [one for check in checks if (one := check(terms, plan, at, rules)) is not None]


Plan = Sequence[Instalment]
_NO_PLAN = Problem(
    "no-plan",
    Words("Van deze getallen kan geen schema worden gemaakt.", "No schedule can be made of these numbers."),
    Words("Vul een bedrag per termijn in, en een som ineens die niet hoger is dan het totaal.",
          "Fill in an amount per instalment, and a lump sum that is not more than the total."),
    column="amount",
)  # fmt: skip


def _too_little(terms: Terms, plan: Plan, at: Circumstances, rules: ArrangementRules) -> Problem | None:
    before_last = [one.amount for one in _regular(terms, plan)[:-1]]
    if not before_last or a_month(min(before_last), terms.rhythm) >= rules.minimum_month:
        return None
    least = euros(rules.minimum_month)
    return Problem(
        "instalment-too-small",
        Words(f"Dit is minder dan {least.nl} per maand.", f"That is less than {least.en} a month."),
        Words(
            "Kies een hoger bedrag, of zoek eerst hulp.", "Choose a higher amount, or look for help first."
        ),
        column="amount",
    )


def _too_much(terms: Terms, plan: Plan, at: Circumstances, rules: ArrangementRules) -> Problem | None:
    if at.most_a_month is None:
        return None
    amounts = [one.amount for one in _regular(terms, plan)]
    if not amounts:
        return None
    highest = a_month(max(amounts), terms.rhythm) if len(amounts) > 1 else amounts[0]
    if highest <= at.most_a_month:
        return None
    most = euros(at.most_a_month)
    return Problem(
        "more-than-can-be-missed",
        Words(
            f"Dit huishouden kan {most.nl} per maand missen.", f"This household can miss {most.en} a month."
        ),
        Words("Kies een lager bedrag, of meer tijd.", "Choose a lower amount, or more time."),
        column="amount",
    )


def _regular(terms: Terms, plan: Plan) -> Plan:
    """The instalments after the lump sum; none when that is everything."""
    return plan[1:] if terms.lump else plan


def _too_long(terms: Terms, plan: Plan, at: Circumstances, rules: ArrangementRules) -> Problem | None:
    small = bool(at.rent) and terms.total <= at.rent
    months = rules.longest_small_months if small else rules.longest_months
    if end_day(plan) <= add_months(at.today, months) + timedelta(days=rules.first_within_days):
        return None
    return Problem(
        "takes-too-long",
        Words(f"Dit duurt langer dan {months} maanden.", f"That takes longer than {months} months."),
        Words("Kies een hoger bedrag. Kan dat niet? Dan is hulp de volgende stap.",
              "Choose a higher amount. Not possible? Then help is the next step."),
        column="amount",
    )  # fmt: skip


def _too_large(terms: Terms, plan: Plan, at: Circumstances, rules: ArrangementRules) -> Problem | None:
    if not at.rent or terms.total <= rules.most_rents * at.rent:
        return None
    return Problem(
        "debt-too-large",
        Words(f"De schuld is meer dan {rules.most_rents} maanden huur.",
              f"The debt is more than {rules.most_rents} months of rent."),
        Words("Vraag de gemeente om schuldhulp; een regeling tussen twee partijen is dan te zwaar.",
              "Ask the municipality for debt help; an arrangement between two parties is too heavy then."),
        column="total",
    )  # fmt: skip


def _too_late(terms: Terms, plan: Plan, at: Circumstances, rules: ArrangementRules) -> Problem | None:
    if plan[0].due <= at.today + timedelta(days=rules.first_within_days):
        return None
    return Problem(
        "starts-too-late",
        Words("De eerste termijn ligt te ver weg.", "The first instalment is too far away."),
        Words(f"Kies een dag binnen {rules.first_within_days} dagen.",
              f"Choose a day within {rules.first_within_days} days."),
        column="first",
    )  # fmt: skip


def _in_the_past(terms: Terms, plan: Plan, at: Circumstances, rules: ArrangementRules) -> Problem | None:
    if plan[0].due >= at.today:
        return None
    return Problem(
        "starts-in-the-past",
        Words("De eerste termijn ligt in het verleden.", "The first instalment lies in the past."),
        Words("Kies vandaag of een latere dag.", "Choose today or a later day."),
        column="first",
    )


def _too_often(terms: Terms, plan: Plan, at: Circumstances, rules: ArrangementRules) -> Problem | None:
    since = add_months(at.today, -rules.again_months)
    if sum(1 for day in at.earlier if day > since) < rules.most_again:
        return None
    return Problem(
        "too-many-before",
        Words(f"In {rules.again_months} maanden waren er al {rules.most_again} regelingen.",
              f"There were {rules.most_again} arrangements in {rules.again_months} months already."),
        Words("Spreid de lopende regeling opnieuw, of zoek samen hulp.",
              "Spread the running arrangement anew, or look for help together."),
    )  # fmt: skip


def in_words(plan: Sequence[Instalment]) -> Words:
    """`11 keer € 80,00 en dan € 56,80`: equal instalments after each other said once."""
    runs: list[tuple[int, int]] = []
    for one in plan:
        if runs and runs[-1][1] == one.amount:
            runs[-1] = (runs[-1][0] + 1, one.amount)
        else:
            runs.append((1, one.amount))
    first, *others = [_run(count, amount) for count, amount in runs]
    nl, en = first.nl, first.en
    for one_run in others:
        nl, en = f"{nl} en dan {one_run.nl}", f"{en} and then {one_run.en}"
    return Words(nl, en)


def _run(count: int, amount: int) -> Words:
    said = euros(amount)
    return said if count == 1 else Words(f"{count} keer {said.nl}", f"{count} times {said.en}")
