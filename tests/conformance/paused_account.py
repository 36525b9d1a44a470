"""Suites about pauses: an account that is followed step by step, and pause/resume turned into periods."""

from datetime import date, timedelta
from typing import Any

from tests.conformance.allocation import charges_known_from, payment
from tests.conformance.published import Case, a_day, cents, day
from voordeur.core.ledger import Position, position
from voordeur.core.pauses import Pause, PauseAction, days_counted, effective_pauses, normalised, paused_days

NOT_LATE = "NO_DELINQUENCY"
Step = dict[str, Any]


class Account:
    """One account of the suite: charges, money, pauses, and what the plain rule says of them."""

    def __init__(self, case: Case) -> None:
        given = case.case
        self.ranges = {name: (first, last) for name, (first, last) in case.suite["bucket_days"].items()}
        self.grace = int(given["grace_days_account_level"])
        self.dues = [(a_day(charge["due"]), cents(charge["amount"])) for charge in given["charges"]]
        self.down_payment = bool(given["down_payment_auto_paid"])
        self.money: list[tuple[date, int]] = []
        self.actions: list[PauseAction] = []
        self.refreshed: date | None = None
        """The day on which the peer last wrote its label."""

    def at(self, on: date) -> Position:
        """How it stands; all charges are known from the first day."""
        entries = charges_known_from(min(due for due, _ in self.dues), self.dues)
        entries += [payment(nr, when, amount) for nr, (when, amount) in enumerate(self.money, start=1)]
        return position(entries, on)

    def pauses(self) -> list[Pause]:
        """The pauses as they ran, given what was entered so far."""
        return effective_pauses(self.actions)

    def late_since(self, at: Position) -> date | None:
        """The oldest unpaid due day plus the days of grace."""
        oldest = at.oldest_unpaid_due
        return None if oldest is None else oldest + timedelta(days=self.grace)

    def days_late(self, at: Position) -> int:
        """Days since the grace ended, less the paused days since the oldest unpaid due day."""
        since, overdue_since = self.late_since(at), at.oldest_unpaid_due
        if since is None or overdue_since is None:
            return 0
        return max(0, (at.on - since).days - paused_days(normalised(self.pauses()), overdue_since, at.on))

    def range_of(self, days: int) -> str | None:
        """The name that the peer gives to a number of days; None for no day at all."""
        for name, (first, last) in self.ranges.items():
            if first <= days and (last is None or days <= last):
                return str(name)
        return None

    def by_range(self, on: date) -> dict[str, int]:
        """Cents per range, each charge by its own days and without grace."""
        sums: dict[str, int] = {}
        for charge in self.at(on).overdue_charges:
            name = self.range_of(days_counted(charge.due, on, normalised(self.pauses())))
            if name is not None:
                sums[name] = sums.get(name, 0) + charge.outstanding
        return sums


# --- what happens ----------------------------------------------------------------------------------------------


def start(account: Account, step: Step) -> None:
    """Some accounts pay the first charge by themselves on the first day."""
    if account.down_payment:
        account.money.append((a_day(step["date"]), account.dues[0][1]))


def money_in(account: Account, step: Step) -> None:
    """A payment or credit; the peer writes its label anew."""
    account.money.append((a_day(step["date"]), cents(step["amount"])))
    account.refreshed = a_day(step["date"])


def fee(account: Account, step: Step) -> None:
    """A fee belongs to the instalment in whose period it falls; after the last one it stands alone."""
    own = a_day(step["due"])
    due = min((instalment for instalment, _ in account.dues if instalment >= own), default=own)
    account.dues.append((due, cents(step["amount"])))


def pause_or_resume(account: Account, step: Step) -> None:
    """Entered by a person; it may run from any day."""
    account.actions.append(PauseAction(step["type"], a_day(step["start"]), day(step.get("end"))))


def nightly_job(account: Account, step: Step) -> None:
    """The peer's nightly job writes labels, but skips an account that is paused."""
    on = a_day(step["as_of"])
    if not any(pause.active(on) for pause in account.pauses()):
        account.refreshed = on


def of_the_peer_only(_account: Account, _step: Step) -> None:
    """A setting of the peer, or something that it refuses by its own policy: nothing to compare."""


# --- what is expected ------------------------------------------------------------------------------------------


def expect_account(account: Account, step: Step) -> None:
    """Days, amount and (when it was written today) the label of the account."""
    if step.get("plain_rule_agrees") is not True:
        return
    at = account.at(a_day(step["as_of"]))
    ours: Step = {
        "past_due_days": at.days_overdue,
        "delinquent_days": account.days_late(at),
        "delinquent_since": account.late_since(at),
        "delinquent_amount": at.overdue,
    }
    if account.refreshed == at.on:
        ours["classification"] = account.range_of(account.days_late(at)) or NOT_LATE
    published = {name: step[name] for name in ours if name in step}
    if "delinquent_since" in published:
        published["delinquent_since"] = day(published["delinquent_since"])
    if "delinquent_amount" in published:
        published["delinquent_amount"] = cents(published["delinquent_amount"])
    assert {name: ours[name] for name in published} == published, f"on {at.on}"


def expect_instalment_buckets(account: Account, step: Step) -> None:
    """Cents per range of days, instalment by instalment."""
    if step.get("plain_rule_agrees") is not True:
        return
    on = a_day(step["as_of"])
    assert all(tuple(row["days"]) == account.ranges[row["range"]] for row in step["buckets"])
    assert account.by_range(on) == {row["range"]: cents(row["amount"]) for row in step["buckets"]}, f"on {on}"


def expect_effective_pauses(account: Account, step: Step) -> None:
    """The pauses themselves, also without a mark: the rule is written in the suite."""
    if step.get("plain_rule_agrees") is False:
        return
    on = a_day(step["as_of"])
    ours = [(pause.start, pause.end, pause.active(on)) for pause in account.pauses()]
    assert ours == [(day(row["start"]), day(row["end"]), row["active"]) for row in step["periods"]], (
        f"on {on}"
    )


def expect_next_due(account: Account, step: Step) -> None:
    """The oldest unpaid day; only marked steps, because the peer has other settings for it."""
    if step.get("plain_rule_agrees") is not True:
        return
    on = a_day(step["as_of"])
    assert min((charge.due for charge in account.at(on).open_charges), default=None) == day(step["date"]), (
        f"on {on}"
    )


STEPS = {
    "start": start,
    "payment": money_in,
    "credit": money_in,
    "fee": fee,
    "pause": pause_or_resume,
    "resume": pause_or_resume,
    "nightly_job": nightly_job,
    "config": of_the_peer_only,
    "expect_error": of_the_peer_only,
    "expect_account": expect_account,
    "expect_instalment_buckets": expect_instalment_buckets,
    "expect_effective_pauses": expect_effective_pauses,
    "expect_next_due": expect_next_due,
}


def check_pause_resume(case: Case) -> None:
    """Every step in order; what the plain rule gives is compared."""
    account = Account(case)
    for step in case.case["events"]:
        assert step["type"] in STEPS, f"a step of an unknown type: {step['type']}"
        STEPS[step["type"]](account, step)


# --- pause and resume turned into periods ----------------------------------------------------------------------


def check_effective_periods(case: Case) -> None:
    """Actions become periods; a period is active on both its days."""
    given = case.case
    assert "expect_periods" in given or "expect_active" in given, "this case expects nothing"
    if "actions" in given:
        periods = effective_pauses(_action(*action) for action in given["actions"])
    else:
        periods = [Pause(a_day(first), day(last)) for first, last in given["periods"]]
    if "expect_periods" in given:
        published = [(a_day(first), day(last)) for first, last in given["expect_periods"]]
        assert [(period.start, period.end) for period in periods] == published
    if "expect_active" in given:
        on = a_day(given["as_of"])
        assert [period.active(on) for period in periods] == given["expect_active"]


def _action(what: str, first: str, last: str | None = None) -> PauseAction:
    """`["pause", from, to]`, `["resume", from]` or `["resume", from, to]`."""
    return PauseAction(what, a_day(first), day(last))
