"""Writes the audit log: one chained line per deed or look, inside the transaction of the deed itself."""

import json
import secrets
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Max
from django.utils import timezone

from voordeur.actions.guard import NOT_FOUND
from voordeur.core import audit
from voordeur.core.access import Purpose
from voordeur.core.problems import Refused
from voordeur.store.audit_rows import COLUMNS, chained_line, iso_utc, line_of
from voordeur.store.models import AuditLine, AuditPayload, User

ERASED = "erase_payload"
_LOCK = 7_064_301  # advisory lock number on PostgreSQL; SQLite write transactions are one at a time anyway


def write_line(
    actor: User | None,
    action: str,
    *,
    subject: str = "",
    purpose: str = "",
    data: dict[str, Any] | None = None,
    payload: dict[str, Any] | None = None,
) -> AuditLine:
    """Append one line. `data` holds counts and codes, never a name or an amount.

    What is personal goes into `payload` (anything JSON can hold): encrypted, kept beside the log, and erased by
    `erase_payload` while the chain stays whole.
    """
    salt = secrets.token_hex(32) if payload is not None else ""
    with transaction.atomic(savepoint=False):  # a deed whose line fails does not happen either
        last = last_hash()
        row = AuditLine(
            at=timezone.now(),
            actor=actor,
            action=action,
            purpose=purpose,
            subject=subject,
            data=data or {},
            payload_hash=audit.payload_hash(salt, payload) if payload is not None else "",
            previous_hash=last,
        )
        row.hash = audit.link(last, line_of(row))
        row.save(force_insert=True)
        if payload is not None:
            AuditPayload.objects.create(line=row, salt=salt, content=json.dumps(payload, ensure_ascii=False))
    return row


def write_tenant_line(link_id: int, tenancy_id: int, action: str, **data: Any) -> AuditLine:
    """A line about what a tenant did on the own page. The purpose says who did it, the number by which link."""
    return write_line(
        None,
        action,
        subject=f"tenancy:{tenancy_id}",
        purpose=Purpose.OWN.value,
        data={"link": link_id, **data},
    )


def last_hash() -> str:
    """Hash of the last line; on PostgreSQL nobody else writes one until this transaction ends."""
    with connection.cursor() as cursor:  # plain SQL: this runs in every request
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute("SELECT hash FROM store_auditline ORDER BY id DESC LIMIT 1")
        found = cursor.fetchone()
    return str(found[0]) if found else audit.GENESIS


@transaction.atomic
def erase_payload(actor: User | None, line_id: int, *, rule: str) -> None:
    """Erase the personal details of one line, and write down that it was done and under which rule.

    Refused when the line holds none. What the database file itself still holds of it goes with `wipe.wipe_erased`.
    """
    erased, _ = AuditPayload.objects.filter(pk=line_id).delete()
    if not erased:
        raise Refused(NOT_FOUND)
    write_line(actor, ERASED, subject=f"audit:{line_id}", data={"rule": rule})


def chained_lines() -> Iterator[audit.ChainedLine]:
    """The log in the order of its numbers."""
    rows = AuditLine.objects.order_by("id").values_list(*COLUMNS)
    for row in rows.iterator(chunk_size=5000):
        yield chained_line(*row)


def first_break() -> int | None:
    """Number of the first line that does not fit the chain; None when the whole log is intact."""
    expected = audit.GENESIS
    for one in chained_lines():
        if one.previous_hash != expected or not one.fits_itself():
            return one.number
        expected = one.hash
    return None


def anchor(now: datetime) -> audit.Anchor:
    """What the log is now, to be kept outside."""
    log = AuditLine.objects.aggregate(count=Count("id"), last=Max("id"))
    head = (
        AuditLine.objects.values_list("hash", flat=True).get(pk=log["last"])
        if log["count"]
        else audit.GENESIS
    )
    return audit.Anchor(iso_utc(now), log["count"], head)
