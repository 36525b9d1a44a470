"""Erase what may be kept no longer, rule by rule, and keep the proof: what, how many, under which rule, by whom."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from voordeur.actions.audit import erase_payload, write_line
from voordeur.actions.backup import SUFFIX
from voordeur.actions.guard import NOT_FOUND, check
from voordeur.actions.today import today
from voordeur.actions.wipe import wipe_erased
from voordeur.adapters.retention_rules import load_retention
from voordeur.core.access import Deed
from voordeur.core.problems import Problem, Refused
from voordeur.core.retention import RetentionRule, is_over
from voordeur.core.words import Words
from voordeur.store.bulk import chunks
from voordeur.store.models import AuditPayload, ImportRun, RetentionRun, Tenancy, User
from voordeur.store.queries.retention import DueRule, due_now
from voordeur.store.retention_parts import Part
from voordeur.store.retention_plan import AT_ONCE, Plan, plan

_LOCK = 7_064_302  # advisory lock number on PostgreSQL, beside that of the log
_NOT_YET = Problem(
    "not-yet",
    Words(
        "Die dag moet nog komen: dan mag dit nog bewaard worden.",
        "That day is still to come: till then this may be kept.",
    ),
    Words("Wis voor vandaag, of voor een eerdere dag.", "Erase for today, or for an earlier day."),
)


@dataclass(frozen=True, slots=True)
class Erased:
    """What was done."""

    runs: tuple[RetentionRun, ...]
    """The proofs, one per rule under which something went."""
    wiped: bool
    """The files of the database were written anew: there was something to wipe."""

    @property
    def count(self) -> int:
        """Rows that were erased or made anonymous, without what went along."""
        return sum(run.count for run in self.runs)


def due(member: User | None, day: date) -> list[DueRule]:
    """The dry run: what `erase` would do on `day`, and what holds the rest back. Refused to who may not see it."""
    check(member, Deed.RUN_RETENTION)
    return due_now(day)


def erase(member: User | None, day: date) -> Erased:
    """Carry out every rule of the retention table, each in its own transaction, and wipe the files. Safe to repeat.

    Stopped halfway, or refused by `wipe_erased` because somebody still reads, it is simply run again: what is still
    to be wiped is known from the proofs. Not inside a transaction; run it at a quiet hour. Refused for a day to come.
    """
    check(member, Deed.RUN_RETENTION)
    if day > today():
        raise Refused(_NOT_YET)
    found = [_carry_out(member, rule, day) for rule in load_retention() if rule.is_carried_out]
    runs = tuple(run for run in found if run is not None)
    _throw_away_uploads()
    if not runs:
        write_line(member, "run_retention", data={"rule": "", "count": 0, "day": day.isoformat()})
    pending = list(RetentionRun.objects.filter(wiped=None).values_list("pk", flat=True))
    if pending:
        wipe_erased()
        RetentionRun.objects.filter(pk__in=pending).update(wiped=timezone.now())
    return Erased(runs, wiped=bool(pending))


def old_backups(day: date) -> int:
    """Backups whose term is over on `day`, in the folder of the settings: they still hold what was erased since.

    They are thrown away by hand: which of them go is known where they were copied to.
    """
    folder = Path(settings.BACKUPS or "")
    [rule] = [rule for rule in load_retention() if rule.name == "backups"]
    if not settings.BACKUPS or not folder.is_dir():
        return 0
    made = (_made_on(path) for path in folder.glob(f"*{SUFFIX}"))
    return sum(is_over(rule, one, day) for one in made)


def _made_on(path: Path) -> date:
    return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC).date()


def member_named(username: str) -> User:
    """The colleague with this user name. Refused when there is none."""
    found = User.objects.filter(username=username).first()
    if found is None:
        raise Refused(NOT_FOUND)
    return found


def _carry_out(member: User | None, rule: RetentionRule, day: date) -> RetentionRun | None:
    """One rule, and the proof of it; None when nothing was due."""
    with transaction.atomic():
        _one_at_a_time()
        first = plan(rule, day)
        if not first.due:
            return None
        _hold_still(first.households)
        one = plan(rule, day)  # again: nobody can add a case or a request to these households any more
        if not one.due:
            return None
        counts: Counter[str] = Counter()
        digest = hashlib.sha256()
        for planned in one.parts:
            _digest(digest, planned.part.model, planned.keys)
            for keys in chunks(planned.keys, AT_ONCE):
                counts += _take_away(member, rule, planned.part, keys)
        run = _prove(member, one, day, counts, digest.hexdigest())
        write_line(
            member, "run_retention", data={"rule": rule.name, "count": run.count, "day": day.isoformat()}
        )
    return run


def _one_at_a_time() -> None:
    """Two who press the button at once would both prove the same rows (PostgreSQL; SQLite writes alone)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _hold_still(households: Iterable[int]) -> None:
    """Until the end of this transaction nothing new can point to these tenancies (PostgreSQL; SQLite writes alone)."""
    for some in chunks(sorted(households), AT_ONCE):
        list(Tenancy.objects.select_for_update().filter(pk__in=some).order_by("pk").values_list("pk"))


def _take_away(member: User | None, rule: RetentionRule, part: Part, keys: Sequence[Any]) -> Counter[str]:
    """Erase these rows, or make them anonymous. How many rows of which table."""
    gone: Counter[str] = Counter()
    for model, column in part.along:
        gone[model._meta.label] += _delete(model, column, keys)
    for model, column in part.freed:
        model._default_manager.filter(**{f"{column}__in": keys}).update(**{column: None})
    if part.model is AuditPayload:
        for key in keys:  # each its own line: the log must know which of its details are gone
            erase_payload(member, key, rule=rule.name)
        gone[part.model._meta.label] += len(keys)
    elif part.blank:
        rows = part.model._default_manager.filter(pk__in=keys)
        gone[part.model._meta.label] += rows.update(**part.blank)
    else:
        gone[part.model._meta.label] += _delete(part.model, "pk", keys)
    return gone


def _delete(model: type[Model], column: str, keys: Sequence[Any]) -> int:
    """Delete through Django, which refuses what something else still points to. How many rows of this table."""
    _, tables = model._default_manager.filter(**{f"{column}__in": keys}).delete()
    return tables.get(model._meta.label, 0)


def _throw_away_uploads() -> None:
    """Files of runs that are over: also what a process that died left behind."""
    folder = Path(settings.UPLOADS)
    kept = {path.stem: path for path in folder.iterdir()} if folder.is_dir() else {}
    over = ImportRun.objects.filter(state__in=(ImportRun.State.BOOKED, ImportRun.State.CANCELLED))
    for some in chunks([name for name in kept if _is_uuid(name)], AT_ONCE):
        for run in over.filter(pk__in=some).values_list("pk", flat=True):
            kept[str(run)].unlink(missing_ok=True)


def _is_uuid(name: str) -> bool:
    try:
        return str(UUID(name)) == name
    except ValueError:
        return False


def _digest(digest: Any, model: type[Model], keys: Sequence[Any]) -> None:
    for key in keys:
        digest.update(f"{model._meta.label}:{key}\n".encode())


def _prove(member: User | None, one: Plan, day: date, counts: Counter[str], digest: str) -> RetentionRun:
    rule = one.rule
    return RetentionRun.objects.create(
        rule=rule.name, fate=rule.fate, months=rule.months, days=rule.days, day=day, at=timezone.now(),
        by=member, count=one.due, counts=dict(counts), held=dict(one.held), oldest=one.oldest, digest=digest,
    )  # fmt: skip
