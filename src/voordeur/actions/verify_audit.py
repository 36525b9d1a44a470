"""Looks whether the audit log is as it was written: every edit, removal, insertion and change of order is found."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.db import connection, transaction
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils import timezone

from voordeur.actions.audit import ERASED, anchor, chained_lines, write_line
from voordeur.core.audit import GENESIS, Anchor, ChainedLine, breaks, payload_hash, unlike_anchors
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.append_only import is_locked, lock
from voordeur.store.audit_rows import iso_utc
from voordeur.store.models import AuditCheck, AuditLine, AuditPayload

KNOWN_NIGHTS = 30
MOST_SHOWN = 50
"""Breaks that are named; one who rewrites the log leaves thousands."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the look found."""

    count: int
    """Lines in the log."""
    head: str
    """Hash of the last line."""
    problems: tuple[Problem, ...]
    """Empty: the log is as it was written (as far as the given anchors can tell of its tail)."""


def verify(anchors: Iterable[Anchor] = (), expected: str = "") -> Verdict:
    """Check the whole log against itself, and against what was anchored outside.

    `expected` is the hash of a line that must be there: a head that somebody wrote down. Without an anchor or an
    expected hash, lines taken from the tail and a log that was written anew from some line on cannot be seen.
    """
    anchored = list(anchors)
    sweep = _sweep({one.count for one in anchored}, expected)
    problems: list[Problem] = []
    if not is_locked(connection):
        problems.append(_no_lock())
    if not sweep.whole:
        problems += islice(breaks(list(chained_lines())), MOST_SHOWN)
    problems += unlike_anchors(sweep.count, sweep.at_count, anchored)
    if expected and not sweep.expected_seen:
        problems.append(_not_there(expected))
    problems += islice(_payload_problems(sweep), MOST_SHOWN)
    return Verdict(sweep.count, sweep.head, tuple(problems))


def make_anchor() -> Anchor:
    """What the log is now; to be written to a file outside this machine. The log says that it was anchored."""
    write_line(None, "anchor_audit")
    now: datetime = timezone.now()
    return anchor(now)


def keep_verdict(day: date) -> AuditCheck:
    """Check the log and keep what was found for `day`; what earlier nights found counts as anchors.

    A tail that was taken away since the last night is found by that, as long as nobody rewrote these checks too:
    only an anchor outside shows that.
    """
    before = AuditCheck.objects.filter(problems=0).order_by("-day")[:KNOWN_NIGHTS]
    verdict = verify(Anchor(iso_utc(one.at), one.count, one.head) for one in before)
    first = verdict.problems[0].message if verdict.problems else Words("", "")
    return AuditCheck.objects.update_or_create(
        day=day,
        defaults={
            "at": timezone.now(), "count": verdict.count, "head": verdict.head,
            "problems": len(verdict.problems), "first_nl": first.nl, "first_en": first.en,
        },
    )[0]  # fmt: skip


def put_lock_back() -> None:
    """Have the database refuse changes to the log again, and write down that it had to be done."""
    if not is_locked(connection):
        with transaction.atomic():
            lock(connection)
            write_line(None, "lock_audit")


@dataclass(slots=True)
class _Sweep:
    """What one pass over the log collects; the lines themselves are let go."""

    at_count: dict[int, str]
    payloads: dict[int, str]
    erased: set[str]
    whole: bool = True
    count: int = 0
    last: int = 0
    head: str = GENESIS
    expected_seen: bool = False


def _sweep(counts: set[int], expected: str) -> _Sweep:
    """One pass: does every line fit, and what must be known of it afterwards."""
    sweep = _Sweep({}, {}, set())
    for one in chained_lines():
        sweep.whole = sweep.whole and one.previous_hash == sweep.head and one.fits_itself()
        sweep.count += 1
        sweep.last, sweep.head = one.number, one.hash
        sweep.expected_seen |= one.hash == expected
        if sweep.count in counts:
            sweep.at_count[sweep.count] = one.hash
        _note_payload(sweep, one)
    return sweep


def _note_payload(sweep: _Sweep, one: ChainedLine) -> None:
    if one.line.payload_hash:
        sweep.payloads[one.number] = one.line.payload_hash
    if one.line.action == ERASED:
        sweep.erased.add(one.line.subject)


def _payload_problems(sweep: _Sweep) -> Iterator[Problem]:
    """Details that were changed, that went without a word in the log, or that belong to no line."""
    kept: set[int] = set()
    rows = AuditPayload.objects.filter(pk__lte=sweep.last).annotate(sealed=Cast("content", TextField()))
    for number, salt, sealed in rows.order_by("pk").values_list("pk", "salt", "sealed").iterator(5000):
        kept.add(number)
        if not _fits(salt, sealed, sweep.payloads.get(number, "")):
            yield _payload_changed(number)
    for number in sweep.payloads:
        if number not in kept and f"audit:{number}" not in sweep.erased and not _erased_meanwhile(number):
            yield _payload_gone(number)


def _fits(salt: str, sealed: str, expected: str) -> bool:
    """Is this what was hashed? Refused when its key is missing: then nobody can tell."""
    try:
        content = AuditPayload._meta.get_field("content").from_db_value(sealed, None, connection)
        return payload_hash(salt, json.loads(content or "")) == expected
    except ValueError:  # no hexadecimal salt, no JSON
        return False
    except Refused as refused:
        if refused.problems[0].code == "key-missing":
            raise
        return False


def _erased_meanwhile(number: int) -> bool:
    return AuditLine.objects.filter(action=ERASED, subject=f"audit:{number}").exists()


# --- in words ---------------------------------------------------------------------------------------------------

_LOOK_INTO_IT = Words("Zoek uit wie bij de database kon.", "Find out who could reach the database.")


def _problem(code: str, message: Words, number: int | None = None) -> Problem:
    return Problem(code=code, message=message, cure=_LOOK_INTO_IT, row=number, fatal=True)


def _no_lock() -> Problem:
    return Problem(
        code="audit-unlocked",
        message=Words(
            "Het slot is van het log: de database weigert geen wijzigingen meer.",
            "The lock is off the log: the database no longer refuses changes.",
        ),
        cure=Words(
            "Zoek uit wie het slot eraf haalde; voordeur verify-audit --lock zet het terug.",
            "Find out who took it off; voordeur verify-audit --lock puts it back.",
        ),
    )


def _not_there(expected: str) -> Problem:
    return _problem(
        "audit-head-gone",
        Words(
            f"De regel met hash {expected[:12]}… staat niet meer in het log: weggehaald, of het log is herschreven.",
            f"The line with hash {expected[:12]}… is no longer in the log: taken away, or the log was rewritten.",
        ),
    )


def _payload_changed(number: int) -> Problem:
    return _problem(
        "audit-payload-changed",
        Words(
            f"De persoonlijke gegevens bij regel {number} zijn niet die van toen.",
            f"The personal details of line {number} are not those of the time.",
        ),
        number,
    )


def _payload_gone(number: int) -> Problem:
    return _problem(
        "audit-payload-gone",
        Words(
            f"De persoonlijke gegevens bij regel {number} zijn weg, zonder dat het log zegt dat ze gewist zijn.",
            f"The personal details of line {number} are gone, and the log does not say that they were erased.",
        ),
        number,
    )
