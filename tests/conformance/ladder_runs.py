"""Suites about reminders: month-end looks at open items, levels by days overdue, and what a reminder asks."""

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from tests.conformance.allocation import charges_known_from, payment
from tests.conformance.published import OWN_FOLDER, Case, a_day, cases, cents
from voordeur.core.ladders import DelayMode, Ladder, LadderStep, Level, StepState, next_step
from voordeur.core.ledger import Charge, Entry, Kind, Position, position

MODES = {
    "net_days": DelayMode.AFTER_DUE,
    "end_of_month": DelayMode.END_OF_MONTH,
    "previous_date": DelayMode.AFTER_PREVIOUS,
}
TOLERANCE = 10
"""Cents: the peer's scenario has an invoice of 9 cents that is never chased."""


# --- month-end looks, in order ---------------------------------------------------------------------------------


class Line(NamedTuple):
    """What is compared of one proposed step."""

    item: str
    due: date
    level: int
    channel: str
    balance: int


class Item:
    """One open item with the steps taken on it."""

    def __init__(self, given: dict[str, Any], policies: dict[str, Any]) -> None:
        self.name, self.due = str(given["open_item"]), a_day(given["due_date"])
        self.balance = cents(given["original_amount"])
        levels = policies[given["policy"]]
        self.ladder = Ladder(
            tuple(Level(one["level"], MODES[one["mode"]], one["delay_days"]) for one in levels), TOLERANCE
        )
        self.channels = {one["level"]: one["channel"] for one in levels}
        self.steps: list[LadderStep] = []

    def look(self, on: date) -> Line | None:
        """The step that a look on this day proposes; earlier drafts count as sent from then on."""
        self.steps = [replace(step, state=StepState.TO_BE_SENT) for step in self.steps]
        step = next_step(self.ladder, self.due, self.steps, on, self.balance)
        if step is None:
            return None
        self.steps.append(step)
        return Line(self.name, self.due, step.level, self.channels[step.level], self.balance)


def month_ends(first: date, last: date) -> Iterator[date]:
    """The last day of every month from `first` to `last`."""
    day = first
    while day < last:
        yield day
        after = day + timedelta(days=1)
        day = after.replace(day=monthrange(after.year, after.month)[1])
    yield last


def looks_until(case: Case) -> tuple[list[Line], list[Item]]:
    """What the look of this case proposes, after every earlier month-end with its payments.

    Earlier looks come from the file of the case and, where it has none for that month, from our own copy.
    """
    suite, wanted = case.suite, a_day(case.case["run_date"])
    known = {a_day(one["run_date"]): one for one in suite["cases"]}
    for one in cases(OWN_FOLDER, {suite["suite"]}):
        known.setdefault(a_day(one.case["run_date"]), one.case)
    items = [Item(given, suite["policy_levels"]) for given in suite["open_items"]]
    lines: list[Line] = []
    for on in month_ends(min(known), wanted):
        for paid in known.get(on, {}).get("payments_before_run", []):
            _pay(items, paid["invoice"], cents(paid["amount"]))
        lines = [line for item in items if (line := item.look(on)) is not None]
    return lines, items


def _pay(items: list[Item], invoice: str, amount: int) -> None:
    """Money goes to the oldest part of the invoice first."""
    for item in sorted((item for item in items if item.name == invoice), key=lambda item: item.due):
        part = min(item.balance, amount)
        item.balance, amount = item.balance - part, amount - part


def check_month_end_look(case: Case) -> None:
    """The same new lines, and the same residual of every invoice that was paid on.

    A line that is published twice in one look is a slip of the peer (an item gets at most one line per look): the
    second one stands for a line that is missing there.
    """
    lines, items = looks_until(case)
    published = [
        Line(
            row["open_item"],
            a_day(row["due_date"]),
            row["level"],
            row["channel"],
            cents(row["balance_at_run"]),
        )
        for row in case.case["expected_new_lines"]
    ]
    slips = len(published) - len(set(published))
    missing, extra = set(published) - set(lines), set(lines) - set(published)
    assert not missing, f"not proposed: {sorted(missing)}"
    assert len(extra) == slips, f"proposed too much: {sorted(extra)}"
    left: dict[str, int] = defaultdict(int)
    for item in items:
        left[item.name] += item.balance
    for row in case.case.get("expected_invoice_state_after_payments", []):
        assert left[row["invoice"]] == cents(row["residual"]), row["invoice"]


# --- levels by days overdue: draft, done, blocked, paid --------------------------------------------------------

START = date(2026, 1, 1)
GONE = re.compile(
    r"no reminder|no longer|remov|clos|inactive|gone|disappear|not active|resolved|cancel", re.I
)
PAID = re.compile(r"paid|payment|reconcil", re.I)
LIFTED = re.compile(r"lift|unblock|no longer blocked|released", re.I)
LEVEL = re.compile(r"level[- ](\d)", re.I)


def reminder_before(given: str, run_day: int, overdue: list[int]) -> LadderStep | None:
    """The reminder that was there before the look, as the case tells it."""
    told = LEVEL.search(given)
    if not told and not re.search(r"draft|process|done|block|lift", given, re.I):
        return None
    level = int(told[1]) if told else 1
    on = START + timedelta(days=min(overdue[level - 1], run_day))
    state = StepState.DRAFT if re.search(r"draft", given, re.I) else StepState.SENT
    return LadderStep(level, on, state, bool(re.search("block", given, re.I)) and not LIFTED.search(given))


def check_levels_by_days(case: Case) -> None:
    """Which reminder there is after a look on a day: its level, whether it is a draft, whether it is blocked."""
    suite, row = case.suite["given"], case.case
    overdue, run_day, told = (
        suite["levels_overdue_days"],
        row.get("run_on_day", 30),
        str(row.get("given", "")),
    )
    ladder = Ladder(tuple(Level(nr, DelayMode.AFTER_DUE, days) for nr, days in enumerate(overdue, start=1)))
    amount = 0 if PAID.search(told) else cents(suite["receivable"])
    before = reminder_before(told, run_day, overdue)
    steps = [before] if before else []
    proposed = next_step(ladder, START, steps, START + timedelta(days=run_day), amount)
    current = None if amount == 0 else proposed or before
    expected = row["expect"]
    if isinstance(expected, str):
        assert GONE.search(expected), f"an expectation that we cannot read: {expected}"
        assert current is None
        return
    if current is None:
        assert not {"level", "state"} & set(expected) or expected.get("state") in ("cancelled", "inactive")
        return
    ours = {
        "level": current.level,
        "state": "draft" if current.state is StepState.DRAFT else "done",
        "blocked": current.blocked,
    }
    same = {"waiting": "done", "processed": "done", "final": "done"}
    published = {
        name: same.get(value, value) if name == "state" else value for name, value in expected.items()
    }
    assert {name: ours[name] for name in published} == published


# --- what a reminder asks, and the rows of an invoice in terms -------------------------------------------------

KINDS_OF_REMINDER = {"First Notice": (0, 0), "Second Notice": (1000, 10_00)}
"""Yearly interest in hundredths of a percent, and fee in cents: derived from the peer's own figures."""


def check_terms_and_fees(case: Case) -> None:
    """A reminder with interest and fee, one of which only a part is due, or the rows of an invoice."""
    given = case.case["given"]
    if isinstance(given, str):
        _check_partly_due(case.case)
    elif "outstanding" in given:
        _check_asked(case.case)
    else:
        _check_rows(case.case)


def _check_asked(row: dict[str, Any]) -> None:
    """Simple interest per day of a year of 365 days, rounded half up."""
    given, expected = row["given"], row["expect"]
    rate, fee = KINDS_OF_REMINDER.get(given.get("dunning_type", ""), (0, 0))
    rate = round(given["interest"] * 100) if "interest" in given else rate
    fee = cents(given["fee"]) if "fee" in given else fee
    outstanding = cents(given["outstanding"])
    interest = (outstanding * rate * given["overdue_days"] * 2 + 365 * 10_000) // (2 * 365 * 10_000)
    asked = {
        "interest": interest,
        "fee": fee,
        "dunning_amount": interest + fee,
        "grand_total": outstanding + interest + fee,
    }
    unknown = set(expected) - set(asked)
    assert not unknown, f"an expectation of an unknown kind: {unknown}"
    assert {name: asked[name] for name in expected} == {name: cents(one) for name, one in expected.items()}


def _rows(at: Position, credits: set[str]) -> list[dict[str, int]]:
    """Per term that is not settled: what is still asked of it, and by what it was made smaller.

    The peer shows the first term on which something is open with what was paid on it; `credits` are credit notes.
    """

    def row(charge: Charge) -> dict[str, int]:
        credit = sum(part.amount for part in charge.allocations if part.credit in credits)
        return {
            "invoiced": charge.amount,
            "paid": charge.paid - credit,
            "credit": credit,
            "outstanding": charge.outstanding,
        }

    return [row(charge) for charge in at.charges if charge.outstanding]


def _check_rows(case: dict[str, Any]) -> None:
    given = case["given"]
    dues = [(START + timedelta(days=days), cents(amount)) for days, amount in given["terms"]]
    entries: list[Entry] = charges_known_from(START, dues)
    entries += [payment(1, START, cents(given["payment"]))] if given.get("payment") else []
    note = Entry("payment 2", START, Kind.PAYMENT, cents(given.get("credit_note", 0)), sequence=1002)
    entries += [note] if note.amount else []
    found = _rows(position(entries, dues[-1][0]), {"payment 2"})
    [key] = [name for name in case if name.startswith("expect_rows_")]
    columns = key.removeprefix("expect_rows_").split("_")
    published = [[cents(value) for value in row] for row in case[key]]
    assert [[row[column] for column in columns] for row in found] == published


def _check_partly_due(case: dict[str, Any]) -> None:
    """Half is due after 5 days, half after 10: on day 6 only the first half; paid it is gone; taken back it returns."""
    assert "6 days ago" in case["given"], f"a case that we cannot read: {case['given']}"
    assert "5 and 10 days" in case["given"], f"a case that we cannot read: {case['given']}"
    entries = charges_known_from(
        START, [(START + timedelta(days=5), 50_00), (START + timedelta(days=10), 50_00)]
    )
    on = START + timedelta(days=6)
    ladder = Ladder((Level(1, DelayMode.AFTER_DUE, 1),))

    def asked(more: list[Entry]) -> list[int]:
        at = position(entries + more, on)
        return [
            charge.outstanding
            for charge in at.charges
            if next_step(ladder, charge.due, [], on, charge.outstanding) is not None
        ]

    paid = payment(1, on, 50_00)
    back = Entry("back", on, Kind.REVERSAL, 50_00, reverses=paid.id, sequence=2000)
    assert asked([]) == [50_00]
    assert asked([paid]) == []
    assert position([*entries, paid], on).balance == 50_00
    assert asked([paid, back]) == [50_00]
