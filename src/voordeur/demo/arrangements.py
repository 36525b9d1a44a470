"""The payment plans of the made-up town as arrangements that Voordeur knows, watched over a year, beside the truth.

    python -m voordeur.demo.arrangements              one town
    python -m voordeur.demo.arrangements --homes 2000 a smaller one

Households of the town that pay off by a plan were given one when it began: what was overdue then, the instalment that
they pay, on the 27th. Who misses one is rung and the rest is spread anew, as the house does it. Whether an instalment
really came each month only the town knows; Voordeur sees the ledger.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from voordeur.adapters.arrangement_rules import load_arrangement_rules
from voordeur.adapters.arrangement_table import plan_of
from voordeur.core.arrangements.division import Covered, beginning, divide
from voordeur.core.arrangements.values import (
    ArrangementEvent,
    ArrangementEventKind,
    ArrangementState,
    Rhythm,
    Terms,
)
from voordeur.core.arrangements.watching import Watched, watch
from voordeur.core.calendar import add_months
from voordeur.core.facts import NOTHING_RECORDED, Contacts
from voordeur.core.ledger import Kind, position
from voordeur.core.remittance import names_arrangement
from voordeur.demo.ledger_maker import LedgerRow
from voordeur.demo.ledger_rows import KINDS, named_entries
from voordeur.demo.town import Town, make_town
from voordeur.demo.truth import Ending, Episode

PAY_DAY = 27
"""People of the town pay their instalment on the 20th to the 27th."""
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Plan:
    """One payment plan of the town as an arrangement."""

    place: int
    """Of the tenancy in the town."""
    episode: Episode
    about: Covered
    events: tuple[ArrangementEvent, ...]
    terms: Terms

    def on(self, rows: Sequence[tuple[int, LedgerRow]], day: date) -> Watched | None:
        """How it stands, with what is known by a day: what payers say is for the arrangement is."""
        agreed = self.about.agreed_on
        known = [
            one
            for one in rows
            if max(one[1].day, one[1].known) > agreed and one[1].day <= day and one[1].known <= day
        ]
        first = next(iter(self.about.debts))
        entries = [
            replace(entry, designates=first) if _is_for_it(row) else entry
            for entry, (_, row) in zip(named_entries(known), known, strict=True)
        ]
        events = [one for one in self.events if one.day <= day]
        plans = [(one.day, one.instalments) for one in events if one.instalments]
        if not plans:
            return None
        rules = load_arrangement_rules()
        found = divide(entries, replace(self.about, plans=plans), day, small=rules.small_cents)
        return watch(events, found.received, found.gaps, day, rules)


def _is_for_it(row: LedgerRow) -> bool:
    return KINDS[row.kind] is Kind.PAYMENT and names_arrangement(row.description)


def plans_of(town: Town, since: date = date.min) -> Iterator[Plan]:
    """Every plan of the town that began before today and still ran on `since`, in the order of its episodes."""
    places = {tenancy.key: at for at, tenancy in enumerate(town.tenancies)}
    for episode in town.episodes:
        if episode.plan_from is None or not since <= (episode.ended or town.today):
            continue
        if episode.plan_from <= town.today:
            found = _plan(town, places[episode.tenancy], episode, episode.plan_from)
            if found is not None:
                yield found


def _plan(town: Town, place: int, episode: Episode, begins: date) -> Plan | None:
    agreed = begins - timedelta(days=1)
    rows = list(enumerate(town.ledgers[place], 1))
    then = named_entries([one for one in rows if one[1].day <= agreed and one[1].known <= agreed])
    at = position(then, agreed)
    debts = {charge.id: charge.outstanding for charge in at.overdue_charges if charge.is_principal}
    paid = [row.amount for _, row in rows if row.day >= begins and _is_for_it(row)]
    if not debts or not paid:
        return None
    terms = Terms(sum(debts.values()), paid[0], Rhythm.MONTHLY, begins.replace(day=PAY_DAY))
    instalments = plan_of(terms)
    event = ArrangementEvent(ArrangementEventKind.AGREED, agreed, instalments)
    about = Covered(
        agreed, debts, [(agreed, instalments)], town.tenancies[place].rent, beginning(then, agreed)
    )
    return _followed(Plan(place, episode, about, (event,), terms), rows, town.today)


def _followed(plan: Plan, rows: Sequence[tuple[int, LedgerRow]], today: date) -> Plan:
    """As the house does it: who misses an instalment is rung the next day, and the rest is spread anew."""
    day = plan.terms.first + timedelta(days=load_arrangement_rules().tolerance_days)
    while day <= today:
        seen = plan.on(rows, day)
        if seen is None or not seen.state.runs:
            return plan
        if seen.state is ArrangementState.AT_RISK and seen.left:
            rang = ArrangementEvent(ArrangementEventKind.CONTACTED, day + timedelta(days=1))
            terms = replace(plan.terms, total=seen.left, first=add_months(day, 1).replace(day=PAY_DAY))
            anew = ArrangementEvent(ArrangementEventKind.RESCHEDULED, day + timedelta(days=2), plan_of(terms))
            plan = replace(plan, events=(*plan.events, rang, anew))
        day = add_months(day, 1)
    return plan


def known_to(plan: Plan | None, rows: Sequence[tuple[int, LedgerRow]], day: date) -> Contacts:
    """The facts of a household with this plan that a policy may ask on a day."""
    seen = plan.on(rows, day) if plan is not None else None
    if seen is None or not seen.state.runs:
        return NOTHING_RECORDED
    return Contacts(
        arrangement=seen.state.kept,
        arrangement_at_risk=seen.state is ArrangementState.AT_RISK,
        arrangement_broken=seen.state is ArrangementState.BREACHED,
        arrangement_contacted=seen.contacted,
    )


# --- a year, beside the truth ---


def a_year(town: Town) -> Counter[tuple[str, str]]:
    """(what really happened that month, the state at the end of it) of every plan, over the last twelve months."""
    found: Counter[tuple[str, str]] = Counter()
    for plan in plans_of(town):
        rows = list(enumerate(town.ledgers[plan.place], 1))
        for back in range(MONTHS, 0, -1):
            month = add_months(town.today.replace(day=1), -back)
            end = add_months(month, 1) + timedelta(days=load_arrangement_rules().tolerance_days)
            seen = plan.on(rows, end) if plan.about.agreed_on < month else None
            if seen is not None and (seen.state.runs or seen.since >= month):
                found[_truth(town, plan, month), seen.state.value] += 1
    return found


def _truth(town: Town, plan: Plan, month: date) -> str:
    """What the town knows of one month of a plan."""
    following = add_months(month, 1)
    ended = plan.episode.ended
    if ended is not None and ended < following:
        return "paid off" if plan.episode.ending is Ending.PLAN else "left with a debt"
    came = any(_is_for_it(row) and month <= row.day < following for row in town.ledgers[plan.place])
    return "instalment came" if came else "no instalment"


def report(found: Counter[tuple[str, str]]) -> str:
    """The counts as a plain table."""
    states = [state.value for state in ArrangementState]
    truths = sorted({truth for truth, _ in found})
    lines = [f"{'in that month':<22}" + "".join(f"{state:>11}" for state in states)]
    lines += [f"{truth:<22}" + "".join(f"{found[truth, state]:>11}" for state in states) for truth in truths]
    return "\n".join(lines)


def main() -> None:
    """Command line; see the top of this file."""
    parser = argparse.ArgumentParser(
        description="The town's payment plans as arrangements, beside the truth."
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--today", type=date.fromisoformat, default=date(2026, 11, 23))
    parser.add_argument("--homes", type=int, default=0, help="a smaller town, for a quick look")
    asked = parser.parse_args()
    size = {"homes": asked.homes} if asked.homes else {}
    town = make_town(asked.seed, asked.today, **size)
    plans = list(plans_of(town))
    print(f"{len(plans)} plans in a town of {len(town.tenancies)} tenancies")
    print(report(a_year(town)))


if __name__ == "__main__":
    main()
