"""Ten thousand deeds in the log; every way to tamper with them is tried, and found."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone

from voordeur.actions.audit import anchor, erase_payload, first_break, write_line
from voordeur.actions.verify_audit import put_lock_back, verify
from voordeur.core import audit
from voordeur.core.access import Role
from voordeur.core.problems import Refused
from voordeur.store.append_only import is_locked, unlock, unlocked
from voordeur.store.audit_rows import line_of
from voordeur.store.models import AuditLine, AuditPayload, User

pytestmark = pytest.mark.django_db
EVENTS = 10_000


def write_events(count: int) -> list[int]:
    """Looks and deeds of two colleagues; every hundredth with personal details. Their numbers in the log."""
    people = [User.objects.create(username=name, role=Role.CONSULTANT) for name in ("tarek", "noor")]
    return [
        write_line(
            people[number % 2],
            "open_file" if number % 3 else "record_contact",
            subject=f"tenancy:{number % 700}",
            purpose="collection",
            data={"number": number},
            payload={"said": f"belt na {number} uur, zegt mevrouw Ypelaar"} if number % 100 == 0 else None,
        ).pk
        for number in range(count)
    ]


def rows(numbers: list[int], start: int = 0) -> list[AuditLine]:
    return list(AuditLine.objects.filter(pk__gte=numbers[start]).order_by("pk"))


def chain_anew(lines: list[AuditLine], previous: str) -> None:
    """What a clever forger does: compute every hash again from here on."""
    for line in lines:
        line.previous_hash = previous
        line.hash = previous = audit.link(previous, line_of(line))
    with connection.cursor() as cursor:  # hashes are unique: first out of the way
        cursor.executemany(
            "UPDATE store_auditline SET hash = %s WHERE id = %s", [(f"x{line.pk}", line.pk) for line in lines]
        )
        cursor.executemany(
            "UPDATE store_auditline SET previous_hash = %s, hash = %s, subject = %s, data = %s WHERE id = %s",
            [(one.previous_hash, one.hash, one.subject, json.dumps(one.data), one.pk) for one in lines],
        )


def edit(**change: object) -> Callable[[list[int]], None]:
    def tamper(numbers: list[int]) -> None:
        AuditLine.objects.filter(pk=numbers[4801]).update(**change)

    return tamper


def delete(start: int, stop: int) -> Callable[[list[int]], None]:
    def tamper(numbers: list[int]) -> None:
        AuditPayload.objects.filter(pk__in=numbers[start:stop]).delete()
        AuditLine.objects.filter(pk__in=numbers[start:stop]).delete()

    return tamper


def swap_numbers(numbers: list[int]) -> None:
    one, other, spare = numbers[4001], numbers[7003], numbers[-1] + 1000
    for old, new in ((one, spare), (other, one), (spare, other)):
        AuditLine.objects.filter(pk=old).update(id=new)


def swap_contents(numbers: list[int]) -> None:
    one, other = (AuditLine.objects.get(pk=numbers[place]) for place in (4001, 4002))
    for line, said in ((one, other.data), (other, one.data)):
        AuditLine.objects.filter(pk=line.pk).update(data=said)


def replace_one(numbers: list[int]) -> None:
    """A line that chains well to the one before it, in the place of another."""
    before = AuditLine.objects.get(pk=numbers[6000])
    delete(6001, 6002)(numbers)
    insert(numbers[6001], before.hash)


def insert_between(numbers: list[int]) -> None:
    """A line that chains well to the one before it; all that follow get a higher number to make room."""
    AuditLine.objects.filter(pk__gte=numbers[6001]).update(id=F("id") + 100_000)
    insert(numbers[6001], AuditLine.objects.get(pk=numbers[6000]).hash)


def insert_at_head(numbers: list[int]) -> None:
    insert(numbers[0] - 1, audit.GENESIS)


def insert(number: int, previous: str) -> None:
    line = AuditLine(
        pk=number, at=timezone.now(), action="open_file", subject="tenancy:9", previous_hash=previous
    )
    line.hash = audit.link(previous, line_of(line))
    line.save(force_insert=True)


def append_unchained(numbers: list[int]) -> None:
    insert(numbers[-1] + 1, "f" * 64)


def edit_and_hash_anew(place: int) -> Callable[[list[int]], None]:
    """Edit one line and give it a hash that fits."""

    def tamper(numbers: list[int]) -> None:
        line = AuditLine.objects.get(pk=numbers[place])
        line.subject = "tenancy:1"
        chain_anew([line], line.previous_hash)

    return tamper


def forge_the_rest(numbers: list[int]) -> None:
    lines = rows(numbers, 9_500)
    lines[0].subject = "tenancy:1"
    chain_anew(lines, lines[0].previous_hash)


def forge_and_shorten(numbers: list[int]) -> None:
    delete(9_990, 10_000)(numbers)
    forge_the_rest(numbers)


def forge_everything(numbers: list[int]) -> None:
    lines = rows(numbers)
    lines[17].data = {"number": 0}
    chain_anew(lines, audit.GENESIS)


def change_details(numbers: list[int]) -> None:
    AuditPayload.objects.filter(pk=numbers[300]).update(content='{"said": "niets"}')


def scramble_details(numbers: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE store_auditpayload SET content = 'v1:k1:AAAA' WHERE line_id = %s", [numbers[300]]
        )


def drop_details(numbers: list[int]) -> None:
    AuditPayload.objects.filter(pk=numbers[300]).delete()


def add_details(numbers: list[int]) -> None:
    AuditPayload.objects.create(line_id=numbers[301], salt="00" * 32, content='{"said": "nooit"}')


ANCHORED = {"audit-rewritten"}
"""Whatever shifts the count is seen against the anchor as well."""
TAMPERINGS: dict[str, tuple[Callable[[list[int]], None], set[str], int | None]] = {
    "the moment": (edit(at=timezone.now() - timedelta(days=9)), {"audit-edited"}, 4801),
    "who": (edit(actor=None), {"audit-edited"}, 4801),
    "what": (edit(action="search"), {"audit-edited"}, 4801),
    "why": (edit(purpose="visit"), {"audit-edited"}, 4801),
    "to whom": (edit(subject="tenancy:1"), {"audit-edited"}, 4801),
    "how many": (edit(data={"number": 1}), {"audit-edited"}, 4801),
    "the hash of the details": (
        edit(payload_hash="a" * 64),
        {"audit-edited", "audit-payload-gone"},
        4801,
    ),
    "the previous hash": (edit(previous_hash="a" * 64), {"audit-edited"}, 4801),
    "its own hash": (edit(hash="a" * 64), {"audit-edited"}, 4801),
    "edited, hashed anew": (edit_and_hash_anew(5001), {"audit-gap"}, 5002),
    "the last one edited, hashed anew": (edit_and_hash_anew(9_999), ANCHORED, None),
    "the first line gone": (delete(0, 1), {"audit-gap", "audit-tail-gone", *ANCHORED}, 1),
    "the first thousand gone": (delete(0, 1000), {"audit-gap", "audit-tail-gone", *ANCHORED}, 1000),
    "one from the middle gone": (delete(4001, 4002), {"audit-gap", "audit-tail-gone", *ANCHORED}, 4002),
    "half the middle gone": (delete(2500, 7500), {"audit-gap", "audit-tail-gone", *ANCHORED}, 7500),
    "the last line gone": (delete(9_999, 10_000), {"audit-tail-gone"}, None),
    "the last thousand gone": (delete(9_000, 10_000), {"audit-tail-gone"}, None),
    "everything gone": (delete(0, 10_000), {"audit-tail-gone"}, None),
    "two lines changed numbers": (swap_numbers, {"audit-moved"}, 4001),
    "two lines changed contents": (swap_contents, {"audit-edited"}, 4001),
    "one replaced by another": (replace_one, {"audit-gap"}, 6002),
    "one put in between": (insert_between, {"audit-inserted", *ANCHORED}, 6001),
    "one put at the head": (insert_at_head, {"audit-inserted", *ANCHORED}, -1),
    "one put at the end": (append_unchained, {"audit-gap"}, 10_000),
    "a new chain from 9,500 on": (forge_the_rest, ANCHORED, None),
    "a new and shorter chain": (forge_and_shorten, {"audit-tail-gone"}, None),
    "a whole new chain": (forge_everything, ANCHORED, None),
    "other details": (change_details, {"audit-payload-changed"}, 300),
    "unreadable details": (scramble_details, {"audit-payload-changed"}, 300),
    "details silently gone": (drop_details, {"audit-payload-gone"}, 300),
    "details that never were": (add_details, {"audit-payload-changed"}, 301),
}


class _Undo(Exception):
    """Rolls one tampering back."""


def test_every_kind_of_tampering_is_found_and_its_place_named() -> None:
    numbers = write_events(EVENTS // 2)
    halfway = anchor(timezone.now())
    numbers += write_events_more(EVENTS - len(numbers))
    anchors = [halfway, anchor(timezone.now())]
    assert verify(anchors, anchors[1].head).problems == ()
    missed: dict[str, object] = {}
    for name, (tamper, codes, place) in TAMPERINGS.items():
        try:
            with transaction.atomic():
                with unlocked(connection):
                    tamper(numbers)
                found = verify(anchors).problems
                raise _Undo
        except _Undo:
            pass
        seen = {problem.code for problem in found}
        expected_row = (
            None if place is None else numbers[0] - 1 if place < 0 else (*numbers, numbers[-1] + 1)[place]
        )
        if seen != codes or found[0].row != expected_row or any(not problem.line() for problem in found):
            missed[name] = [problem.line() for problem in found]
    assert missed == {}
    assert verify(anchors).problems == ()


def write_events_more(count: int) -> list[int]:
    return [write_line(None, "nightly", data={"number": number}).pk for number in range(count)]


def test_a_forged_tail_is_placed_between_two_anchors() -> None:
    numbers = write_events(20)
    first = anchor(timezone.now())
    write_events_more(20)
    second = anchor(timezone.now())
    with unlocked(connection):
        lines = rows(numbers, 19)[5:]
        lines[0].data = {"number": 99}
        chain_anew(lines, lines[0].previous_hash)
    assert first_break() is None  # by itself it looks whole
    [problem] = verify([second, first]).problems
    assert f"De eerste 40 regels zijn niet meer zoals op {second.at}" in problem.line("nl")
    assert "The first 20 are" in problem.line("en")
    assert [one.code for one in verify(expected=second.head).problems] == ["audit-head-gone"]
    assert verify(expected=first.head).problems == ()


def test_the_database_itself_refuses_to_change_the_log() -> None:
    numbers = write_events(3)
    statements = [
        "UPDATE store_auditline SET subject = 'x'",
        "DELETE FROM store_auditline",
        f"DELETE FROM store_auditline WHERE id = {numbers[2]}",
    ]
    if connection.vendor == "postgresql":
        statements += ["SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE store_auditline CASCADE"]
    else:
        columns = "at, action, purpose, subject, data, payload_hash, previous_hash, hash"
        values = "at, 'x', purpose, subject, data, payload_hash, previous_hash"
        statements += [
            f"INSERT OR REPLACE INTO store_auditline (id, {columns})"
            f" SELECT id, {values}, 'other' FROM store_auditline WHERE id = {numbers[1]}",
            f"INSERT OR REPLACE INTO store_auditline ({columns})"
            f" SELECT {values}, hash FROM store_auditline WHERE id = {numbers[1]}",
            f"UPDATE OR REPLACE store_auditline SET id = {numbers[1]} WHERE id = {numbers[2]}",
        ]
    for statement in statements:
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert verify().problems == ()
    assert verify().count == 3


def test_a_lock_that_was_taken_off_is_seen_and_put_back() -> None:
    unlock(connection)
    assert [problem.code for problem in verify().problems] == ["audit-unlocked"]
    put_lock_back()
    assert is_locked(connection)
    assert verify().problems == ()
    assert AuditLine.objects.filter(action="lock_audit").count() == 1


def test_erasing_details_leaves_the_chain_whole_and_a_line_behind() -> None:
    numbers = write_events(101)
    before = anchor(timezone.now())
    kept = AuditLine.objects.get(pk=numbers[100])
    erase_payload(None, numbers[100], rule="bewaartermijn")
    assert not AuditPayload.objects.filter(pk=numbers[100]).exists()
    assert AuditLine.objects.get(pk=numbers[100]).payload_hash == kept.payload_hash
    verdict = verify([before])
    assert (verdict.problems, verdict.count) == ((), 102)
    with pytest.raises(Refused):
        erase_payload(None, numbers[100], rule="bewaartermijn")
    with pytest.raises(Refused):
        erase_payload(None, numbers[1], rule="bewaartermijn")


def test_the_hash_that_stays_behind_cannot_be_guessed() -> None:
    """The same words give another hash each time, and without the salt none can be compared."""
    one, other = (write_line(None, "record_contact", payload={"said": "ja"}) for _ in range(2))
    assert one.payload_hash != other.payload_hash
    assert len(AuditPayload.objects.get(pk=one.pk).salt) == 64
