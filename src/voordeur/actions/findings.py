"""What is kept of an assessment: the columns of a standing and of its signals. Pure: from values to rows."""

import json
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from voordeur.core.ageing import STANDARD, Ageing
from voordeur.core.assessment import Assessment
from voordeur.core.facts import Facts
from voordeur.core.policy import Action, Policy, Recommendation, Urgency, WhyNot, recommend, urgency

SIGNAL_COLUMNS = ("tenancy_id", "kind", "since", "amount", "reason_nl", "reason_en")
STANDING_COLUMNS = (
    "on", "balance", "overdue", "credit", "not_overdue", "buckets",
    "oldest_unpaid_due", "days_overdue", "open_charges", "current_rent", "in_arrears_since",
    "technical", "technical_reason_nl", "technical_reason_en", "usual_day", "last_payment_on", "last_payment",
    "action", "action_title_nl", "action_title_en", "reason_nl", "reason_en", "advice_nl", "advice_en",
    "why_not", "urgency", "urgency_nl", "urgency_en", "signalled_since",
    "tenancy_id", "neighbourhood_id", "paid_off_on",
)  # fmt: skip
"""First what an assessment says, then whose it is and what the standing before has to do with it."""
NO_STEP = frozenset((Action.NOTHING.value, Action.WAIT.value))


class Before(NamedTuple):
    """What matters of the standing before this one."""

    action: str
    last_payment_on: date | None
    paid_off_on: date | None


class Finding(NamedTuple):
    """One assessment, ready to be kept."""

    standing: tuple[object, ...]
    """The columns up to and including `signalled_since`."""
    signals: tuple[tuple[object, ...], ...]
    """Without the tenancy."""
    acts: bool
    last_payment_on: date | None


def finding(found: Assessment) -> Finding:
    """What is kept of one assessment."""
    stand, paid = found.standing, found.last_payment
    said = found.signals[0].reason if found.signals else stand.reason
    standing = (
        found.on,
        found.totals.balance, found.totals.overdue, found.credit, found.ageing.not_overdue,
        json.dumps(found.ageing.by_bucket),
        found.totals.oldest_unpaid_due, stand.days_overdue, found.totals.open_charges, stand.rent, stand.since,
        stand.technical is not None, stand.reason.nl if stand.reason else "", stand.reason.en if stand.reason else "",
        found.pattern.usual_days, paid.date if paid else None, paid.amount if paid else 0,
        *_step(found.recommendation, said.nl if said else "", said.en if said else "", found.urgency),
        min((signal.since for signal in found.signals), default=None),
    )  # fmt: skip
    signals = tuple(
        (one.kind.value, one.since, one.amount, one.reason.nl[:400], one.reason.en[:400])
        for one in found.signals
    )
    return Finding(standing, signals, found.recommendation.action.acts, paid.date if paid else None)


def _step(advice: Recommendation, nl: str, en: str, how_urgent: Urgency) -> tuple[object, ...]:
    """From `action` up to and including `urgency_en`."""
    title = advice.action.words
    return (
        advice.action.value, title.nl, title.en, nl[:400], en[:400], advice.reason.nl[:400], advice.reason.en[:400],
        _why_not(advice.not_now),
        urgency_number(how_urgent), how_urgent.words.nl[:120], how_urgent.words.en[:120],
    )  # fmt: skip


@lru_cache(4_096)
def _why_not(reasons: tuple[WhyNot, ...]) -> str:
    """As JSON. Many households have the same reasons."""
    said = [{"action": no.action.value, "nl": no.reason.nl, "en": no.reason.en} for no in reasons]
    return json.dumps(said, ensure_ascii=False)


class Quiet(NamedTuple):
    """The part of a standing that is the same for every household of which nothing is overdue."""

    buckets: str
    step: tuple[Any, ...]
    """From `action` up to and including `urgency_en`."""


def quiet(policy: Policy, on: date, *, ended: bool) -> Quiet:
    """What the policy says when nothing is overdue: that depends on nothing but whether the tenancy ended."""
    facts = Facts(on=on, ended=ended)
    buckets = json.dumps(Ageing(0, (0,) * len(STANDARD), 0).by_bucket)
    return Quiet(buckets, _step(recommend(policy, facts), "", "", urgency(policy, facts)))


def urgency_number(urgency: Urgency) -> int:
    """Tier, days and amount in one number that sorts the same way, largest first."""
    days, cents = min(urgency.days, 9_999), min(urgency.amount, 999_999_999)
    return (1_000 - urgency.tier) * 10**13 + max(days, 0) * 10**9 + max(cents, 0)


def paid_off_on(*, acts: bool, last_payment_on: date | None, before: Before | None, on: date) -> date | None:
    """The day money took this household off somebody's list; kept while it stays off."""
    if acts or before is None:
        return None
    was_on_a_list = before.action not in NO_STEP
    if was_on_a_list and last_payment_on is not None and last_payment_on != before.last_payment_on:
        return on
    return before.paid_off_on


def standing_row(
    tenancy: int, neighbourhood: int | None, found: Finding, before: Before | None, on: date
) -> tuple[object, ...]:
    """The row of `STANDING_COLUMNS`."""
    off = paid_off_on(acts=found.acts, last_payment_on=found.last_payment_on, before=before, on=on)
    return (*found.standing, tenancy, neighbourhood, off)


def signal_rows(tenancy: int, found: Finding) -> Sequence[tuple[object, ...]]:
    """The rows of `SIGNAL_COLUMNS`."""
    return [(tenancy, *signal) for signal in found.signals]
