"""What may be kept no longer, and what was erased: for the privacy officer's desk. No names, no numbers of persons."""

from dataclasses import dataclass
from datetime import date, datetime

from voordeur.adapters.retention_rules import load_retention
from voordeur.core.retention import Holdback, RetentionRule
from voordeur.store.models import AuditLine, RetentionRun
from voordeur.store.retention_plan import plans


@dataclass(frozen=True, slots=True)
class DueRule:
    """One rule of the retention table on a day."""

    rule: RetentionRule
    due: int
    """Rows that may be kept no longer."""
    oldest: date | None
    """The day that the oldest of them is counted from."""
    held: tuple[tuple[Holdback, int], ...]
    """Rows whose term is over and that stay, per reason."""


@dataclass(frozen=True, slots=True)
class RunLine:
    """One rule as it was carried out once."""

    rule: RetentionRule | None
    """None when the table no longer has it."""
    name: str
    day: date
    at: datetime
    by: str
    """The name of the colleague; empty for the program itself."""
    count: int
    digest: str
    wiped: datetime | None
    """When the database files were written anew without it; None: that still has to be done."""


def due_now(day: date) -> list[DueRule]:
    """Every rule that the program carries out, in the order of the table: what would go on `day`. Reads only."""
    ending = [rule for rule in load_retention() if rule.is_carried_out]
    return [DueRule(one.rule, one.due, one.oldest, one.held) for one in plans(ending, day)]


def last_time() -> datetime | None:
    """When something was erased last."""
    return RetentionRun.objects.order_by("-at").values_list("at", flat=True).first()


def looked_since(moment: datetime) -> bool:
    """Did somebody have erased what had to go since then, also when that was nothing?"""
    return AuditLine.objects.filter(at__gte=moment, action="run_retention").exists()


def staying() -> list[RetentionRule]:
    """The rules that the program does not carry out: what a person throws away, and what has no end."""
    return [rule for rule in load_retention() if not rule.is_carried_out]


def last_runs(most: int = 20) -> list[RunLine]:
    """What was erased last, newest first."""
    rules = {rule.name: rule for rule in load_retention()}
    rows = RetentionRun.objects.select_related("by").order_by("-at", "-pk")[:most]
    return [
        RunLine(
            rules.get(row.rule),
            row.rule,
            row.day,
            row.at,
            str(row.by or ""),
            row.count,
            row.digest,
            row.wiped,
        )
        for row in rows
    ]
