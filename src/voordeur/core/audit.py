"""The hash chain of the audit log: canonical form, link, verify."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

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

    def canonical(self) -> bytes:
        """The one byte form of this line: JSON with sorted keys and no spaces."""
        parts = [self.at, self.actor, self.action, self.purpose, self.subject, self.data]
        return json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def link(previous_hash: str, line: Line) -> str:
    """SHA-256 over the previous hash and this line, in hexadecimal."""
    return hashlib.sha256(previous_hash.encode() + line.canonical()).hexdigest()


def first_break(chain: Iterable[tuple[Line, str, str]]) -> int | None:
    """Place (from 0) of the first line whose (line, previous hash, hash) does not fit; None when all is whole."""
    expected = GENESIS
    for place, (line, previous_hash, own_hash) in enumerate(chain):
        if previous_hash != expected or link(previous_hash, line) != own_hash:
            return place
        expected = own_hash
    return None
