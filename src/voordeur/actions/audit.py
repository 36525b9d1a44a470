"""Writes the audit log: one chained line per deed or look, inside the transaction of the deed itself."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from voordeur.core import audit
from voordeur.store.models import AuditLine, User

_LOCK = 7_064_301  # advisory lock number on PostgreSQL; SQLite write transactions are one at a time anyway


def write_line(
    actor: User | None,
    action: str,
    *,
    subject: str = "",
    purpose: str = "",
    data: dict[str, Any] | None = None,
) -> AuditLine:
    """Append one line. `data` holds counts and codes, never a name or an amount."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        last = AuditLine.objects.order_by("-id").values_list("hash", flat=True).first() or audit.GENESIS
        row = AuditLine(
            at=timezone.now(),
            actor=actor,
            action=action,
            purpose=purpose,
            subject=subject,
            data=data or {},
            previous_hash=last,
        )
        row.hash = audit.link(last, _line(row))
        row.save(force_insert=True)
    return row


def first_break() -> int | None:
    """Id of the first line that does not fit the chain; None when the whole log is intact."""
    rows = AuditLine.objects.order_by("id").iterator(chunk_size=2000)
    seen: list[int] = []

    def chain() -> Iterator[tuple[audit.Line, str, str]]:
        for row in rows:
            seen.append(row.pk)
            yield _line(row), row.previous_hash, row.hash

    place = audit.first_break(chain())
    return None if place is None else seen[place]


def _line(row: AuditLine) -> audit.Line:
    at: datetime = row.at
    return audit.Line(
        at=at.astimezone(UTC).isoformat(timespec="microseconds"),
        actor=str(row.actor_id or ""),
        action=row.action,
        purpose=row.purpose,
        subject=row.subject,
        data=row.data,
    )
