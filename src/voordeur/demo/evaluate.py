"""How good is the work list? On the town's known truth, against lists that anybody could make without Voordeur.

    python -m voordeur.demo.evaluate                       five seeds, five days of the month, six months
    python -m voordeur.demo.evaluate --seeds 1 --homes 2000

Each list is judged on the morning it would have been made, with what was known by then. A household counts as one that
needs somebody when, left alone from that day on, it would not have made its arrears good. Households with a running
payment plan do not count as such. Voordeur knows of the plan as an arrangement and watches it; the other lists do not.
Nothing in the policy or the signals is fitted to this town; nothing in the town is fitted to them.
"""

import argparse
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from statistics import mean, median

from voordeur.adapters.rules import load_calendar, load_policy
from voordeur.core.assessment import assess
from voordeur.core.calendar import add_months
from voordeur.core.facts import Tenancy as Contract
from voordeur.core.ledger import Kind
from voordeur.core.pattern import Method
from voordeur.core.pauses import Pause, normalised
from voordeur.core.policy import Action
from voordeur.demo.arrangements import Plan, known_to, plans_of
from voordeur.demo.ledger_maker import REVERSAL, LedgerRow
from voordeur.demo.ledger_rows import KINDS, core_entries
from voordeur.demo.town import Town, make_town
from voordeur.demo.truth import Cause, Episode

MONTH_DAYS = (3, 8, 12, 20, 28)
MONTHS_BACK = (13, 12, 8, 7, 3, 2)
"""Three pairs of months, so that an episode can be followed from the one into the other."""
SEEDS = (1, 2, 3, 4, 5)
_TODAY = (Action.CALL, Action.VISIT, Action.SECOND_VISIT)


@dataclass(frozen=True, slots=True)
class Household:
    """One household on one morning: what the ledger said, what was advised, and what was really going on."""

    tenancy: int
    day: date
    balance: int
    overdue: int
    days_overdue: int
    action: Action
    episode: Episode | None

    @property
    def needs_somebody(self) -> bool:
        """Would not have made it good, left alone from this day on; a household that owes nothing needs nobody."""
        return self.episode is not None and self.overdue > 0 and self.episode.needs_somebody(self.day)

    @property
    def on_plan(self) -> bool:
        """Pays off by a plan."""
        plan = self.episode.plan_from if self.episode else None
        return plan is not None and plan <= self.day

    @property
    def listed(self) -> bool:
        """Voordeur says: ring or visit today."""
        return self.action in _TODAY


@dataclass(frozen=True, slots=True)
class Score:
    """What one way of making a list gave on one day."""

    listed: int
    right: int
    """Listed and needs somebody."""
    planned: int
    """Listed, and paying off by a plan."""
    needing: int
    """All that need somebody, listed or not."""

    @property
    def share_right(self) -> float:
        """Of the listed households the share that would not have cured by themselves."""
        return self.right / self.listed if self.listed else 0.0

    @property
    def share_found(self) -> float:
        """Of the households that need somebody the share that is listed."""
        return self.right / self.needing if self.needing else 0.0


LISTS = ("voordeur", "balance", "overdue", "month", "largest")


@dataclass(slots=True)
class Findings:
    """The scores of one town."""

    seed: int
    scores: dict[tuple[str, date], Score] = field(default_factory=dict)
    first_listed: list[int | None] = field(default_factory=list)
    """Days from the first month that went wrong to the first morning on the list, per episode that needs somebody."""
    wrong: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """Listed without need, by what was really going on."""
    missed: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """Needs somebody but not on the list, by the step that was advised instead."""


def evaluate(town: Town, days: Sequence[date]) -> Findings:
    """Judge the lists of these mornings. Uses the ledger only; the database is not needed."""
    found = Findings(town.seed)
    ledgers = _Ledgers(town)
    listed_on: dict[int, list[date]] = defaultdict(list)
    for day in days:
        households = list(ledgers.on(day))
        for name, chosen in _lists(households):
            found.scores[name, day] = _score(chosen, households)
        for one in households:
            _note(found, one)
            if one.listed:
                listed_on[one.tenancy].append(day)
    found.first_listed = list(_first_listed(town, days, listed_on))
    return found


def _lists(households: Sequence[Household]) -> Iterator[tuple[str, list[Household]]]:
    ours = [one for one in households if one.listed]
    yield "voordeur", ours
    yield "balance", [one for one in households if one.balance > 0]
    yield "overdue", [one for one in households if one.overdue > 0]
    yield "month", [one for one in households if one.days_overdue > 30]
    yield "largest", sorted(households, key=lambda one: (-one.overdue, one.tenancy))[: len(ours)]


def _score(chosen: Sequence[Household], everybody: Sequence[Household]) -> Score:
    return Score(
        listed=len(chosen),
        right=sum(one.needs_somebody for one in chosen),
        planned=sum(one.on_plan for one in chosen),
        needing=sum(one.needs_somebody for one in everybody),
    )


def _note(found: Findings, one: Household) -> None:
    """Keep why a household was listed for nothing or left out though it needed somebody."""
    if one.listed and not one.needs_somebody:
        found.wrong["plan" if one.on_plan else one.episode.cause if one.episode else "habit"] += 1
    elif one.needs_somebody and not one.listed:
        found.missed[one.action] += 1


def _first_listed(town: Town, days: Sequence[date], listed_on: dict[int, list[date]]) -> Iterator[int | None]:
    """Per episode that does not cure by itself and began in the first month of a pair: days until it was listed."""
    places = {tenancy.key: at for at, tenancy in enumerate(town.tenancies)}
    months = sorted({day.replace(day=1) for day in days})
    firsts = [month for month in months if add_months(month, 1) in months]
    for episode in town.episodes:
        if episode.started not in firsts or episode.cures_itself or episode.cause is Cause.OLD_AMOUNT:
            continue
        until = add_months(episode.started, 2)
        if episode.ended is not None and episode.ended < until:
            continue
        seen = [day for day in listed_on[places[episode.tenancy]] if episode.started <= day < until]
        yield (seen[0] - episode.started).days if seen else None


class _Ledgers:
    """The ledgers of a town, ready to be read as of any morning."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.policy, self.calendar = load_policy(), load_calendar()
        self.balances = [_running_balance(rows) for rows in town.ledgers]
        self.episodes: dict[str, list[Episode]] = defaultdict(list)
        for episode in town.episodes:
            self.episodes[episode.tenancy].append(episode)
        self.plans: dict[int, list[Plan]] = defaultdict(list)
        for plan in plans_of(town):
            self.plans[plan.place].append(plan)
        self.pauses: dict[int, list[Pause]] = defaultdict(list)
        for place, pause in town.pauses:
            self.pauses[place].append(Pause(pause.start, pause.end))

    def on(self, day: date) -> Iterator[Household]:
        """All households that owed something on the morning of `day`; who owes nothing is on no list."""
        for at, tenancy in enumerate(self.town.tenancies):
            if tenancy.start <= day and (tenancy.end is None or day <= tenancy.end):
                days, balances = self.balances[at]
                if balances[bisect_right(days, day)] > 0:
                    yield self._household(at, day)

    def _household(self, at: int, day: date) -> Household:
        tenancy = self.town.tenancies[at]
        rows = enumerate(self.town.ledgers[at], 1)
        known = [(number, row) for number, row in rows if row.day <= day and row.known <= day]
        pauses = [pause for pause in self.pauses.get(at, ()) if pause.start <= day]
        plans = [plan for plan in self.plans.get(at, ()) if plan.about.agreed_on <= day]
        found = assess(
            core_entries(known),
            day,
            self.policy,
            self.calendar,
            known=day,
            pauses=normalised(pauses),
            contacts=known_to(plans[-1] if plans else None, known, day),
            tenancy=Contract(Method.DIRECT_DEBIT if tenancy.debit else Method.TRANSFER, None),
            reversal_codes={str(number): row.reason for number, row in known if row.kind == REVERSAL},
        )
        running = [episode for episode in self.episodes.get(tenancy.key, ()) if episode.running(day)]
        return Household(
            tenancy=at,
            day=day,
            balance=found.totals.balance,
            overdue=found.totals.overdue,
            days_overdue=found.standing.days_overdue,
            action=found.recommendation.action,
            episode=running[-1] if running else None,
        )


def _running_balance(rows: Iterable[LedgerRow]) -> tuple[list[date], list[int]]:
    """(days, balances): after the first n days on which something became known, the balance is the n-th."""
    effects = sorted((max(row.day, row.known), _effect(row)) for row in rows)
    return [day for day, _ in effects], [0, *accumulate(effect for _, effect in effects)]


def _effect(row: LedgerRow) -> int:
    """Cents that a row adds to what is owed."""
    kind = KINDS[row.kind]
    return row.amount if kind in (Kind.CHARGE, Kind.REVERSAL, Kind.REFUND, Kind.CORRECTION) else -row.amount


def mornings(today: date, months_back: Sequence[int] = MONTHS_BACK) -> list[date]:
    """The mornings that are judged, ascending."""
    first = today.replace(day=1)
    return [add_months(first, -back).replace(day=day) for back in months_back for day in MONTH_DAYS]


# --- in words -------------------------------------------------------------------------------------------------------

_NAMES = {
    "voordeur": "Voordeur: ring or visit today",
    "balance": "everyone with a positive balance",
    "overdue": "everyone with something overdue",
    "month": "everyone more than 30 days overdue",
    "largest": "as many as Voordeur, largest debt first",
}


def report(findings: Sequence[Findings]) -> str:
    """The figures as plain tables: per list, per day of the month, how early, and where it goes wrong."""
    lines = [f"{len(findings)} towns (seeds {', '.join(str(one.seed) for one in findings)})", ""]
    lines.append(f"{'list':<44}{'length':>7}{'needs somebody':>17}{'on plan':>10}{'found':>8}")
    for name in LISTS:
        lines.append(_row(_NAMES[name], [_mean(one, name, None) for one in findings]))
        lines += [_row(f"  on day {day}", [_mean(one, name, day) for one in findings]) for day in MONTH_DAYS]
    return "\n".join([*lines, "", *_early(findings), *_where(findings)])


@dataclass(frozen=True, slots=True)
class _Mean:
    """Means over mornings, each morning counted alike: a morning with a long list does not weigh more."""

    length: float
    right: float
    planned: float
    found: float


def _mean(found: Findings, name: str, month_day: int | None) -> _Mean:
    scores = [
        score for (list_name, day), score in found.scores.items()
        if list_name == name and month_day in (None, day.day)
    ]  # fmt: skip
    return _Mean(
        mean(score.listed for score in scores),
        mean(score.share_right for score in scores),
        mean(score.planned / score.listed if score.listed else 0.0 for score in scores),
        mean(score.share_found for score in scores),
    )


def _row(title: str, towns: Sequence[_Mean]) -> str:
    """One line: means over the towns, with the lowest and the highest town for the share that matters."""
    right = [town.right for town in towns]
    spread = f"{100 * mean(right):.0f} % ({100 * min(right):.0f}-{100 * max(right):.0f})"
    length, planned, found = (
        mean(getattr(town, part) for town in towns) for part in ("length", "planned", "found")
    )
    return f"{title:<44}{length:>7.0f}{spread:>17}{_percent(planned):>10}{_percent(found):>8}"


def _early(findings: Sequence[Findings]) -> Iterator[str]:
    days = [day for one in findings for day in one.first_listed]
    seen = [day for day in days if day is not None]
    yield f"{len(days)} episodes that did not cure by themselves, followed for two months from their first month:"
    for limit in (8, 12, 20, 28, 62):
        share = sum(day <= limit for day in seen) / len(days) if days else 0.0
        yield f"  on the list within {limit:>2} days of the due day: {_percent(share)}"
    if seen:
        yield f"  median of those listed: {median(seen):.0f} days (looked at only on the days above)"


def _where(findings: Sequence[Findings]) -> Iterator[str]:
    for title, part in (
        ("listed without need", "wrong"),
        ("needs somebody, not listed; advice instead", "missed"),
    ):
        counts: dict[str, int] = defaultdict(int)
        for one in findings:
            for reason, count in getattr(one, part).items():
                counts[str(reason)] += count
        total = sum(counts.values())
        said = ", ".join(
            f"{reason} {_percent(n / total)}" for reason, n in sorted(counts.items(), key=lambda c: -c[1])
        )
        yield f"{title}: {said}" if total else f"{title}: none"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def main() -> None:
    """Command line; see the top of this file."""
    parser = argparse.ArgumentParser(
        description="How good is the work list, on the made-up town's known truth?"
    )
    parser.add_argument("--seeds", type=int, nargs="+", default=list(SEEDS))
    parser.add_argument("--today", type=date.fromisoformat, default=date(2026, 11, 23))
    parser.add_argument("--homes", type=int, default=0, help="a smaller town, for a quick look")
    asked = parser.parse_args()
    findings = []
    for seed in asked.seeds:
        size = {"homes": asked.homes} if asked.homes else {}
        findings.append(evaluate(make_town(seed, asked.today, **size), mornings(asked.today)))
    print(report(findings))


if __name__ == "__main__":
    main()
