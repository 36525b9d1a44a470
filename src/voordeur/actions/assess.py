"""Look at tenancies anew: standing, signals and next action, from the ledger as it is now."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Count, Max

from voordeur.adapters.rules import load_calendar, load_policy
from voordeur.core.assessment import Assessment
from voordeur.core.assessment import assess as assess_household
from voordeur.core.calendar import Calendar
from voordeur.core.facts import Tenancy as Contract
from voordeur.core.ledger import Entry as LedgerEntry
from voordeur.core.pattern import Method
from voordeur.core.policy import Policy, Urgency
from voordeur.store.bulk import chunks, insert_rows
from voordeur.store.convert import Row, core_entries, ledgers, pauses
from voordeur.store.models import Entry, Signal, Standing, Tenancy

AT_ONCE = 500


def assess(tenancies: Iterable[int], today: date) -> int:
    """Assess these tenancies for `today`; returns how many have a ledger. Safe to repeat."""
    policy, calendar = load_policy(), load_calendar()
    pieces = chunks(sorted(set(tenancies)), AT_ONCE)
    return sum(assess_piece(piece, today, policy, calendar) for piece in pieces)


def assess_stale(today: date) -> int:
    """Assess what a booking touched and nobody has looked at since."""
    return assess(Standing.objects.filter(stale=True).values_list("pk", flat=True), today)


def assess_piece(
    piece: Sequence[int],
    today: date,
    policy: Policy,
    calendar: Calendar,
    watch: Callable[[int, Sequence[LedgerEntry]], None] = lambda tenancy, entries: None,
) -> int:
    """Assess a few hundred tenancies: read and think first, then write in one short transaction.

    `watch` is shown each ledger as it passes. A tenancy whose ledger grew in the meantime is left to whoever made it
    grow: it is stale, and `assess_stale` follows every booking.
    """
    before = Standing.objects.in_bulk(piece)
    contracts = {row.pk: row for row in Tenancy.objects.filter(pk__in=piece)}
    paused, codes = pauses(piece), _reversal_codes(piece)
    standings: dict[int, tuple[object, ...]] = {}
    signals: dict[int, list[tuple[object, ...]]] = {}
    read: dict[int, tuple[int, int]] = {}
    for tenancy, rows in ledgers(piece):
        entries = core_entries(rows)
        watch(tenancy, entries)
        found = assess_household(
            entries,
            today,
            policy,
            calendar,
            pauses=paused.get(tenancy, ()),
            tenancy=_contract(contracts[tenancy]),
            reversal_codes=codes[tenancy],
        )
        standings[tenancy] = _standing_row(contracts[tenancy], found, before.get(tenancy), rows)
        signals[tenancy] = _signal_rows(tenancy, found)
        read[tenancy] = (len(rows), max(row.id for row in rows))
    with transaction.atomic():
        same = [tenancy for tenancy, size in _sizes(piece).items() if read.get(tenancy) == size]
        Signal.objects.filter(tenancy_id__in=same).delete()
        Standing.objects.filter(pk__in=same).delete()
        insert_rows(Standing, STANDING_COLUMNS, (standings[tenancy] for tenancy in same))
        insert_rows(Signal, SIGNAL_COLUMNS, (row for tenancy in same for row in signals[tenancy]))
    return len(same)


def _sizes(piece: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Per tenancy the number of its rows and the newest: together they tell whether a ledger has grown."""
    found = Entry.objects.filter(tenancy_id__in=piece).order_by("tenancy_id").values_list("tenancy_id")
    return {tenancy: (count, newest) for tenancy, count, newest in found.annotate(Count("id"), Max("id"))}


def _contract(row: Tenancy) -> Contract:
    return Contract(method=Method(row.method), ended=row.end)


def _reversal_codes(chunk: Sequence[int]) -> dict[int, dict[str, str]]:
    """Per tenancy the bank's reason per reversal."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    rows = Entry.objects.filter(tenancy_id__in=chunk, kind=Entry.Kind.REVERSAL).exclude(reason="")
    for tenancy, pk, reason in rows.values_list("tenancy_id", "id", "reason"):
        found[tenancy][str(pk)] = reason
    return found


SIGNAL_COLUMNS = ("tenancy_id", "kind", "since", "amount", "reason_nl", "reason_en")
STANDING_COLUMNS = (
    "tenancy_id", "neighbourhood_id", "on", "stale", "balance", "overdue", "credit", "not_overdue", "buckets",
    "oldest_unpaid_due", "days_overdue", "open_charges", "current_rent", "in_arrears_since",
    "technical", "technical_reason_nl", "technical_reason_en", "usual_day", "last_payment_on", "last_payment",
    "action", "action_title_nl", "action_title_en", "reason_nl", "reason_en", "advice_nl", "advice_en",
    "why_not", "urgency", "urgency_nl", "urgency_en", "signalled_since", "paid_off_on",
)  # fmt: skip


def _signal_rows(tenancy: int, found: Assessment) -> list[tuple[object, ...]]:
    return [
        (tenancy, one.kind.value, one.since, one.amount, one.reason.nl[:400], one.reason.en[:400])
        for one in found.signals
    ]


def _standing_row(
    contract: Tenancy, found: Assessment, before: Standing | None, rows: list[Row]
) -> tuple[object, ...]:
    stand, advice = found.standing, found.recommendation
    said = found.signals[0].reason if found.signals else stand.reason
    title = advice.action.words
    last_on, last_amount = _last_payment(rows, found.on)
    why_not = [{"action": no.action.value, "nl": no.reason.nl, "en": no.reason.en} for no in advice.not_now]
    return (
        contract.pk, contract.neighbourhood_id, found.on, False,
        found.totals.balance, found.totals.overdue, found.credit, found.ageing.not_overdue,
        json.dumps(found.ageing.by_bucket),
        found.totals.oldest_unpaid_due, stand.days_overdue, found.totals.open_charges, stand.rent, stand.since,
        stand.technical is not None, stand.reason.nl if stand.reason else "", stand.reason.en if stand.reason else "",
        found.pattern.usual_days, last_on, last_amount,
        advice.action.value, title.nl, title.en, said.nl[:400] if said else "", said.en[:400] if said else "",
        advice.reason.nl[:400], advice.reason.en[:400], json.dumps(why_not, ensure_ascii=False),
        urgency_number(found.urgency), found.urgency.words.nl[:120], found.urgency.words.en[:120],
        min((signal.since for signal in found.signals), default=None),
        _paid_off_on(found, before, last_on),
    )  # fmt: skip


def urgency_number(urgency: Urgency) -> int:
    """Tier, days and amount in one number that sorts the same way, largest first."""
    days, cents = min(urgency.days, 9_999), min(urgency.amount, 999_999_999)
    return (1_000 - urgency.tier) * 10**13 + max(days, 0) * 10**9 + max(cents, 0)


def _last_payment(rows: list[Row], on: date) -> tuple[date | None, int]:
    """Day and cents of the newest payment that still stands."""
    undone = {row.reverses for row in rows if row.reverses is not None and row.date <= on}
    paid = [row for row in rows if row.kind == Entry.Kind.PAYMENT and row.date <= on and row.id not in undone]
    newest = max(paid, key=lambda row: (row.date, row.id), default=None)
    return (newest.date, newest.amount) if newest else (None, 0)


def _paid_off_on(found: Assessment, before: Standing | None, last_payment_on: date | None) -> date | None:
    """The day money took this household off somebody's list; kept while it stays off."""
    if found.recommendation.action.acts or before is None:
        return None
    if _was_on_a_list(before) and last_payment_on is not None and last_payment_on != before.last_payment_on:
        return found.on
    return before.paid_off_on


def _was_on_a_list(before: Standing) -> bool:
    return before.action not in ("nothing", "wait")
