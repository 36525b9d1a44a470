"""Rows of the audit log <-> the lines that the core chains and checks."""

import json
from datetime import UTC, datetime
from typing import Any

from voordeur.core.audit import ChainedLine, Line
from voordeur.store.models import AuditLine

COLUMNS = (
    "id", "at", "actor_id", "action", "purpose", "subject", "data", "payload_hash", "previous_hash", "hash",
)  # fmt: skip
"""In the order of the arguments of `chained_line`."""


def iso_utc(moment: datetime) -> str:
    """A moment as it is hashed: ISO 8601 in UTC, to the microsecond."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def chained_line(
    number: int, at: datetime, actor: int | None, action: str, purpose: str, subject: str, data: dict[str, Any],
    payload_hash: str, previous_hash: str, own_hash: str,
) -> ChainedLine:  # fmt: skip
    """One row of the log."""
    actor_said = "" if actor is None else str(actor)
    line = Line(iso_utc(at), actor_said, action, purpose, subject, data, payload_hash)
    return ChainedLine(number, line, previous_hash, own_hash)


def line_of(row: AuditLine) -> Line:
    """What of a row is hashed."""
    return Line(
        at=iso_utc(row.at),
        actor=str(row.actor_id or ""),
        action=row.action,
        purpose=row.purpose,
        subject=row.subject,
        data=row.data,
        payload_hash=row.payload_hash,
    )


def chained_text(
    number: int,
    at: str,
    actor: int | str | None,
    action: str,
    purpose: str,
    subject: str,
    data: str,
    *hashes: str,
) -> ChainedLine:
    """One row of the log as the bare database writes it, without Django: moments and JSON are text, in UTC."""
    moment = datetime.fromisoformat(at)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    whom = None if actor is None else int(actor)
    payload_hash, previous_hash, own_hash = hashes
    return chained_line(
        number,
        moment,
        whom,
        action,
        purpose,
        subject,
        json.loads(data),
        payload_hash,
        previous_hash,
        own_hash,
    )
