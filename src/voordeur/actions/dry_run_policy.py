"""Try a policy on today's portfolio before it goes live: who would move where, and do the hours suffice.

Nothing is changed. Households of which nothing is overdue come from the nightly run, when it looked today; of the
others the ledger and the diary are read and both policies are asked.
"""

import gc
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date

import django
from django.db import connection, connections

from voordeur.actions.assess import AT_ONCE, contract, reversal_codes
from voordeur.actions.audit import write_line
from voordeur.actions.guard import check
from voordeur.actions.policy_now import policy_now
from voordeur.adapters.rules import load_calendar
from voordeur.core.access import Deed
from voordeur.core.assessment import assess
from voordeur.core.compare import Comparison, Household, compare
from voordeur.core.facts import NOTHING_RECORDED, Facts
from voordeur.core.policy import Policy
from voordeur.store.bulk import chunks
from voordeur.store.convert import core_entries, ledgers, pauses
from voordeur.store.convert_diary import contacts_of
from voordeur.store.models import Entry, Standing, Tenancy, User

_WORTH_SPREADING = 4 * AT_ONCE
"""Fewer households than this are looked at here: starting processes takes longer."""
_Job = tuple[Sequence[int], date, Policy, Policy]


def dry_run(user: User | None, policy: Policy, on: date, *, against: Policy | None = None) -> Comparison:
    """What `policy` would change on day `on`, beside `against` (default: the policy that counts then).

    Refused without the permission to see policies. Households are tenancy ids, neighbourhoods are ids. ValueError
    when a policy leaves a household without advice, which `adapters.policy_file` never lets through.
    """
    check(user, Deed.SEE_POLICY)
    before = policy_now(on) if against is None else against
    found = compare(before, policy, households(before, policy, on))
    write_line(
        user,
        "dry_run_policy",
        data={
            "policy": policy.name,
            "against": before.name,
            "on": on.isoformat(),
            "households": found.households,
            "moves": len(found.moves),
        },
    )
    return found


def households(before: Policy, after: Policy, on: date) -> Iterator[Household]:
    """Every tenancy with a ledger, with what each policy may look at on day `on`."""
    quiet = _quiet(on)
    for tenancy, (place, ended) in quiet.items():
        yield Household(tenancy, place, Facts(on=on, ended=ended))
    wanted = Entry.objects.order_by("tenancy_id").values_list("tenancy_id", flat=True).distinct()
    loud = [tenancy for tenancy in wanted if tenancy not in quiet]
    jobs: list[_Job] = [(piece, on, before, after) for piece in chunks(loud, AT_ONCE)]
    if len(loud) < _WORTH_SPREADING or connection.in_atomic_block:
        for job in jobs:
            yield from _look_at(job)
        return
    connections.close_all()  # a connection cannot be shared with the processes that are started now
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(os.cpu_count(), mp_context=context, initializer=_begin) as pool:
        for part in pool.map(_look_at, jobs):
            yield from part


def _quiet(on: date) -> dict[int, tuple[int | None, bool]]:
    """Neighbourhood, and whether it ended, of tenancies on which the nightly run of this day found nothing overdue."""
    rows = Standing.objects.filter(on=on, tenancy__unassessed=None, overdue=0).values_list(
        "tenancy_id", "tenancy__neighbourhood_id", "tenancy__end"
    )
    return {tenancy: (place, end is not None and end < on) for tenancy, place, end in rows}


def _begin() -> None:
    """A process of our own: Django set up, no connection of its parent, and nothing that goes round in circles."""
    gc.freeze()
    gc.disable()
    django.setup()
    connections.close_all()


def _look_at(job: _Job) -> list[Household]:
    """Facts by the first policy, and by the second one when it reads the ledger with other limits."""
    piece, on, before, after = job
    first = facts_of(piece, on, before)
    second = facts_of(piece, on, after) if after.limits != before.limits else {}
    places = dict(Tenancy.objects.filter(pk__in=piece).values_list("pk", "neighbourhood_id"))
    return [
        Household(tenancy, places[tenancy], facts, second.get(tenancy)) for tenancy, facts in first.items()
    ]


def facts_of(piece: Sequence[int], on: date, policy: Policy) -> dict[int, Facts]:
    """What this policy may look at, for some hundreds of tenancies."""
    calendar = load_calendar()
    contracts = {
        pk: contract(method, end)
        for pk, method, end in Tenancy.objects.filter(pk__in=piece).values_list("pk", "method", "end")
    }
    contacts = contacts_of(piece, on, calendar.banks, policy.window_days)
    paused, codes = pauses(piece), reversal_codes(piece)
    return {
        tenancy: assess(
            core_entries(rows),
            on,
            policy,
            calendar,
            pauses=paused.get(tenancy, ()),
            tenancy=contracts[tenancy],
            contacts=contacts.get(tenancy, NOTHING_RECORDED),
            reversal_codes=codes.get(tenancy, {}),
        ).facts
        for tenancy, rows in ledgers(piece)
    }
