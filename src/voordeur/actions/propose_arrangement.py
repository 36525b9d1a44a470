"""Propose a payment arrangement: within the limits of the policy and within what the household can miss."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from voordeur.actions.arrangement_book import look, write_event
from voordeur.actions.audit import write_line
from voordeur.actions.guard import NOT_FOUND
from voordeur.actions.reach_tenancy import check_reach
from voordeur.adapters import arrangement_table
from voordeur.core.access import Deed
from voordeur.core.arrangements import plain
from voordeur.core.arrangements.budget import HouseholdBudget, Verdict
from voordeur.core.arrangements.values import (
    ArrangementEvent,
    ArrangementEventKind,
    ArrangementState,
    EndReason,
    Terms,
)
from voordeur.core.ledger import position
from voordeur.core.problems import Problem, Refused
from voordeur.core.remittance import with_check_digit
from voordeur.core.words import Words
from voordeur.store import convert
from voordeur.store.models import Arrangement, Budget, Tenancy, User
from voordeur.store.queries import arrangements as queries

ORIGINS = ("office", "table", "tenant")
OPEN = (ArrangementState.PROPOSED,)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody proposes."""

    key: UUID
    """Made where it was made up: sending it twice makes one."""
    terms: Terms
    origin: str = "office"
    language: str = "nl"
    budget: HouseholdBudget | None = None


@transaction.atomic
def propose(user: User | None, tenancy_id: int, proposal: Proposal, today: date) -> Arrangement:
    """Keep a proposal; it replaces an earlier one that nobody agreed on. `user` None: the tenant, by a link.

    Refused with everything that is against it at once: limits, more than is open, help that must come first.
    """
    if user is not None:
        check_reach(user, Deed.MAKE_ARRANGEMENT, tenancy_id, today)
    known = Arrangement.objects.filter(key=proposal.key).first()
    if known is not None:
        if known.tenancy_id != tenancy_id:
            raise Refused(NOT_FOUND)
        return known
    Tenancy.objects.select_for_update().get(pk=tenancy_id)
    debts = open_debts(tenancy_id, today)
    refuse_against(tenancy_id, proposal.terms, proposal.budget, debts, today)
    _drop_earlier(user, tenancy_id, today)
    row = _new_row(user, tenancy_id, proposal, debts, today)
    event = ArrangementEvent(ArrangementEventKind.PROPOSED, today, arrangement_table.plan_of(proposal.terms))
    write_event(row, event, user)
    if proposal.budget is not None:
        keep_budget(row, proposal.budget, today)
    look(row, today)
    write_line(
        user, "propose_arrangement", subject=f"tenancy:{tenancy_id}",
        data={"arrangement": row.pk, "origin": row.origin},
    )  # fmt: skip
    return row


def _new_row(
    user: User | None, tenancy_id: int, proposal: Proposal, debts: dict[int, int], today: date
) -> Arrangement:
    return Arrangement.objects.create(
        key=proposal.key,
        tenancy_id=tenancy_id,
        made_on=today,
        made_by=user,
        origin=proposal.origin if proposal.origin in ORIGINS else "office",
        terms=plain.terms_out(proposal.terms),
        debts={str(pk): cents for pk, cents in debts.items()},
        reference=new_reference(proposal.key),
        language=proposal.language if proposal.language in ("nl", "en") else "nl",
        owner=user,
        state=ArrangementState.PROPOSED,
        since=today,
        total=proposal.terms.total,
    )


def open_debts(tenancy_id: int, today: date) -> dict[int, int]:
    """Cents per charge that is overdue, oldest first; collection costs and interest stay out: they are waived."""
    return _debts(convert.ledger(tenancy_id), today)


def _debts(rows: list[convert.Row], today: date) -> dict[int, int]:
    return {
        int(charge.id): charge.outstanding
        for charge in position(convert.core_entries(rows), today).overdue_charges
        if charge.is_principal
    }


def tables(tenancies: Sequence[int], today: date) -> dict[int, queries.Table]:
    """What somebody at the table has to know, of several households at once."""
    debts = {tenancy: _debts(rows, today) for tenancy, rows in convert.ledgers(tenancies)}
    return queries.tables({pk: sum(debts.get(pk, {}).values()) for pk in tenancies})


def refuse_against(
    tenancy_id: int, terms: Terms, budget: HouseholdBudget | None, debts: dict[int, int], today: date
) -> None:
    """Refused with everything that stands in the way of these terms."""
    facts = queries.tables({tenancy_id: sum(debts.values())})[tenancy_id]
    found = arrangement_table.room_on(budget, today) if budget is not None else None
    asked = {
        "today": today.isoformat(), "rent": facts.rent, "earlier": [day.isoformat() for day in facts.earlier]
    }  # fmt: skip
    problems = arrangement_table.limits_of(terms, asked, found)
    if found is not None and found.verdict is Verdict.HELP_FIRST:
        problems.insert(0, Problem("help-first", found.words, found.next_step))
    if facts.running is not None:
        problems.append(_RUNS)
    if terms.total > facts.open:
        problems.append(_MORE_THAN_OPEN)
    if problems:
        raise Refused(problems)


_RUNS = Problem(
    "arrangement-runs",
    Words("Er loopt al een regeling.", "An arrangement is running already."),
    Words("Spreid die opnieuw, of stop hem eerst.", "Spread that one anew, or end it first."),
)
_MORE_THAN_OPEN = Problem(
    "more-than-open",
    Words("Dit is meer dan er open staat.", "This is more than what is open."),
    Words("Neem het bedrag dat vandaag te laat is.", "Take the amount that is overdue today."),
    column="total",
)


def _drop_earlier(user: User | None, tenancy_id: int, today: date) -> None:
    """A newer proposal takes the place of one that waits."""
    for row in Arrangement.objects.filter(tenancy=tenancy_id, agreed_on=None).exclude(
        state=ArrangementState.ENDED
    ):
        event = ArrangementEvent(ArrangementEventKind.DECLINED, today, reason=EndReason.REPLACED)
        write_event(row, event, user)
        look(row, today)


def keep_budget(row: Arrangement, budget: HouseholdBudget, today: date) -> None:
    """Keep what was said about money, encrypted, with what it came to."""
    found = arrangement_table.room_on(budget, today)
    content = {"budget": plain.budget_out(budget), "room": plain.room_out(found, row.language)}
    Budget.objects.update_or_create(arrangement=row, defaults={"day": today, "content": json.dumps(content)})


def new_reference(key: UUID) -> str:
    """A betalingskenmerk for this arrangement alone; no tenancy or other arrangement has it."""
    at = key.int
    while True:
        reference = with_check_digit(f"{at % 10**15:015}")
        taken = Arrangement.objects.filter(reference=reference).exists()
        if not taken and not Tenancy.objects.filter(payment_reference=reference).exists():
            return reference
        at += 1
