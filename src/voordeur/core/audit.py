"""The hash chain of the audit log: canonical form, link, and what is wrong when somebody changed the log.

Every line holds the hash of the line before it. What must be erasable (personal details of an event) is kept apart
from its line; the line holds only a keyed hash of it, whose key is erased together with the details.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from voordeur.core.problems import Problem
from voordeur.core.words import Words

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is hashed: everything but the hashes themselves."""

    at: str
    """ISO 8601 in UTC, to the microsecond."""
    actor: str
    action: str
    purpose: str
    subject: str
    data: dict[str, object]
    payload_hash: str = ""
    """Keyed hash of the details that are kept apart; empty when there are none."""

    def canonical(self) -> bytes:
        """The one byte form of this line: JSON with sorted keys and no spaces."""
        parts: list[object] = [self.at, self.actor, self.action, self.purpose, self.subject, self.data]
        if self.payload_hash:
            parts.append(self.payload_hash)
        return json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


@dataclass(frozen=True, slots=True)
class ChainedLine:
    """A line as it is kept: with its number and its place in the chain."""

    number: int
    """As it stands in the log; numbers rise but may leave gaps."""
    line: Line
    previous_hash: str
    hash: str

    def fits_itself(self) -> bool:
        """Is its own hash the hash of what it says?"""
        return link(self.previous_hash, self.line) == self.hash


@dataclass(frozen=True, slots=True)
class Anchor:
    """What the log was at a moment, kept outside so that nobody can rewrite both."""

    at: str
    """ISO 8601 in UTC."""
    count: int
    """Lines the log held."""
    head: str
    """Hash of its last line; GENESIS of an empty log."""


def link(previous_hash: str, line: Line) -> str:
    """SHA-256 over the previous hash and this line, in hexadecimal."""
    return hashlib.sha256(previous_hash.encode() + line.canonical()).hexdigest()


def payload_hash(salt: str, payload: dict[str, object]) -> str:
    """HMAC-SHA-256 of the details, keyed with a random salt of their own: without it nothing can be guessed."""
    text = json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hmac.new(bytes.fromhex(salt), text.encode(), hashlib.sha256).hexdigest()


def first_break(chain: Iterable[tuple[Line, str, str]]) -> int | None:
    """Place (from 0) of the first line whose (line, previous hash, hash) does not fit; None when all is whole."""
    expected = GENESIS
    for place, (line, previous_hash, own_hash) in enumerate(chain):
        if previous_hash != expected or link(previous_hash, line) != own_hash:
            return place
        expected = own_hash
    return None


def breaks(chain: Sequence[ChainedLine]) -> list[Problem]:
    """Everything that is wrong inside the log, in the order of the log; empty when it fits.

    Finds an edit, a removal (but not at the tail: that takes an anchor), an insertion and another order.
    """
    places = {one.hash: place for place, one in enumerate(chain)}
    found: list[Problem] = []
    misplaced: set[int] = set()
    doubtful = False  # the line before was edited: that its hash is not known here needs no second word
    for place, one in enumerate(chain):
        edited = not one.fits_itself()
        expected = chain[place - 1].hash if place else GENESIS
        if edited:
            found.append(_edited(one.number))
        elif one.previous_hash != expected:
            before = -1 if one.previous_hash == GENESIS else places.get(one.previous_hash)
            if before is None and not doubtful:
                found.append(_gap(one.number, chain[place - 1].number if place else None))
            elif before is not None and before < place and not misplaced & set(range(before + 1, place)):
                found.append(_inserted([other.number for other in chain[before + 1 : place]], one.number))
            elif before is not None:
                misplaced.add(place)
                found.append(_moved(one.number))
        doubtful = edited
    return found


def unlike_anchors(count: int, hashes: dict[int, str], anchors: Iterable[Anchor]) -> list[Problem]:
    """What no longer is as it was anchored: lines gone from the tail, or a log that was written anew.

    `count` is the number of lines now; `hashes` gives the hash of the n-th line (from 1) for each anchored count.
    """
    found: list[Problem] = []
    sure: Anchor | None = None
    for anchor in sorted(anchors, key=lambda one: one.count):
        head = GENESIS if anchor.count == 0 else hashes.get(anchor.count)
        if head == anchor.head:
            sure = anchor
        elif anchor.count > count:
            found.append(_tail_gone(anchor, count))
        else:
            found.append(_rewritten(anchor, sure))
    return found


def anchors_in(text: str) -> list[Anchor]:
    """Read a file of anchors: one JSON object a line. ValueError when a line is no anchor."""
    return list(_anchors(text))


def anchor_line(anchor: Anchor) -> str:
    """An anchor as one line of such a file."""
    return json.dumps({"at": anchor.at, "count": anchor.count, "head": anchor.head}) + "\n"


def _anchors(text: str) -> Iterator[Anchor]:
    for line in text.splitlines():
        if not line.strip():
            continue
        said = json.loads(line)
        if not isinstance(said, dict) or not isinstance(said.get("count"), int) or said["count"] < 0:
            raise ValueError("no anchor")
        head, at = said.get("head"), said.get("at")
        if not isinstance(head, str) or len(head) != len(GENESIS) or not isinstance(at, str):
            raise ValueError("no anchor")
        yield Anchor(at, said["count"], head)


# --- in words ---------------------------------------------------------------------------------------------------

_FIND_OUT = Words(
    "Zoek uit wie bij de database kon, en vergelijk met een back-up van daarvoor.",
    "Find out who could reach the database, and compare with a backup from before.",
)


def _problem(code: str, message: Words, number: int | None = None) -> Problem:
    return Problem(code=code, message=message, cure=_FIND_OUT, row=number, fatal=True)


def _edited(number: int) -> Problem:
    return _problem(
        "audit-edited",
        Words(
            f"Regel {number} is veranderd nadat hij geschreven was.",
            f"Line {number} was changed after it was written.",
        ),
        number,
    )


def _gap(number: int, before: int | None) -> Problem:
    if before is None:
        message = Words(
            f"Vóór regel {number}, nu de eerste, is het begin van het log weggehaald of overschreven.",
            f"Before line {number}, now the first, the beginning of the log was taken away or overwritten.",
        )
    else:
        message = Words(
            f"Tussen regel {before} en regel {number} is iets weggehaald, of regel {before} is opnieuw geschreven.",
            f"Between line {before} and line {number} something was taken away, or line {before} was written anew.",
        )
    return _problem("audit-gap", message, number)


def _inserted(numbers: list[int], number: int) -> Problem:
    which = f"{numbers[0]}" if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}"
    return _problem(
        "audit-inserted",
        Words(
            f"Vóór regel {number} is iets tussengevoegd: regel {which} hoort daar niet.",
            f"Something was inserted before line {number}: line {which} does not belong there.",
        ),
        numbers[0],
    )


def _moved(number: int) -> Problem:
    return _problem(
        "audit-moved",
        Words(
            f"Regel {number} staat niet op zijn eigen plaats: de volgorde is veranderd.",
            f"Line {number} is not in its own place: the order was changed.",
        ),
        number,
    )


def _tail_gone(anchor: Anchor, count: int) -> Problem:
    return _problem(
        "audit-tail-gone",
        Words(
            f"Op {anchor.at} had het log {anchor.count} regels; nu zijn het er {count}. Het einde is weggehaald.",
            f"On {anchor.at} the log had {anchor.count} lines; now it has {count}. Its end was taken away.",
        ),
    )


def _rewritten(anchor: Anchor, sure: Anchor | None) -> Problem:
    since = sure.count if sure else 0
    return _problem(
        "audit-rewritten",
        Words(
            f"De eerste {anchor.count} regels zijn niet meer zoals op {anchor.at} is vastgelegd. Tot en met de"
            f" {since}e regel klopt het; daarna is er geknoeid.",
            f"The first {anchor.count} lines are not as they were anchored on {anchor.at}. The first {since} are; what"
            " follows was tampered with.",
        ),
    )
