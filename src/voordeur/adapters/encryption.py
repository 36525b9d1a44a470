"""Keeps a text secret at rest: AES-256-GCM with the id of its key beside it, and several keys at a time.

A key ring is written as `id:key` pairs, the newest first, apart by commas or lines; a key is 32 random bytes in
URL-safe base64. New values are sealed with the first key; older values name theirs, so that keys can be replaced
without a day on which nothing can be read.
"""

import base64
import binascii
import os
import re
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words

KEY_BYTES = 32
_NONCE_BYTES = 12
_MARK = "v1"
_PAIR = re.compile(r"([A-Za-z0-9_-]{1,32}):([A-Za-z0-9_-]{43}=?)")


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Keys by id; `current` seals what is new. Never shows a key when it is printed."""

    current: str
    keys: dict[str, bytes] = field(repr=False)

    def key(self, key_id: str) -> bytes:
        """The key with this id. Refused when it is not on the ring."""
        if key_id not in self.keys:
            raise Refused(_key_missing(key_id))
        return self.keys[key_id]


def make_key(key_id: str) -> str:
    """A new random key as it is written on a ring: `id:key`."""
    return f"{key_id}:{base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode()}"


def key_ring(text: str) -> KeyRing:
    """Read a ring of keys, the current one first. Refused when there is none, one is no key, or an id comes twice."""
    keys: dict[str, bytes] = {}
    for number, pair in enumerate(re.split(r"[,\s]+", text.strip()), start=1):
        found = _PAIR.fullmatch(pair)
        if found is None or found[1] in keys:
            raise Refused(_bad_ring(number))
        keys[found[1]] = base64.urlsafe_b64decode(found[2].rstrip("=") + "=")
    return KeyRing(next(iter(keys)), keys)


def seal(ring: KeyRing, text: str, context: str) -> str:
    """`text` encrypted with the current key, as `v1:key id:base64`. It opens only with the same `context`.

    The context says where the value belongs (a table and a column): a value that is moved elsewhere does not open.
    """
    nonce = os.urandom(_NONCE_BYTES)
    sealed = AESGCM(ring.keys[ring.current]).encrypt(nonce, text.encode(), _bound(ring.current, context))
    return f"{_MARK}:{ring.current}:{base64.urlsafe_b64encode(nonce + sealed).decode()}"


def unseal(ring: KeyRing, sealed: str, context: str) -> str:
    """The text that was sealed. Refused when its key is missing, is another key, or the value was changed."""
    key_id = key_id_of(sealed)
    key = ring.key(key_id)
    try:
        text = sealed.split(":", 2)[2]
        raw = base64.urlsafe_b64decode(text)
        if base64.urlsafe_b64encode(raw).decode() != text:
            raise ValueError("another spelling of the same bytes")
        return AESGCM(key).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], _bound(key_id, context)).decode()
    except (InvalidTag, ValueError, binascii.Error):
        raise Refused(_does_not_open(key_id)) from None


def key_id_of(sealed: str) -> str:
    """The id of the key with which a value was sealed. Refused when it is no sealed value."""
    parts = sealed.split(":", 2)
    if len(parts) != 3 or parts[0] != _MARK:
        raise Refused(_not_sealed())
    return parts[1]


def _bound(key_id: str, context: str) -> bytes:
    """What is not secret but must not change: form, key and place."""
    return "\0".join(("voordeur", _MARK, key_id, context)).encode()


def _bad_ring(number: int) -> Problem:
    return Problem(
        code="bad-key-ring",
        message=Words(
            f"Sleutel {number} van de sleutelbos is geen sleutel, of heeft een naam die al bestaat.",
            f"Key {number} of the key ring is no key, or has a name that exists already.",
        ),
        cure=Words(
            "Schrijf elke sleutel als naam:sleutel, de nieuwste eerst; maak er een met voordeur rotate-keys --new-key.",
            "Write each key as name:key, the newest first; make one with voordeur rotate-keys --new-key.",
        ),
        fatal=True,
    )


def _key_missing(key_id: str) -> Problem:
    return Problem(
        code="key-missing",
        message=Words(
            f"Dit is versleuteld met sleutel {key_id}, en die is hier niet.",
            f"This was encrypted with key {key_id}, which is not here.",
        ),
        cure=Words(
            "Zet die sleutel bij de andere sleutels.",
            "Put that key with the other keys.",
        ),
        value=key_id,
        fatal=True,
    )


def _does_not_open(key_id: str) -> Problem:
    return Problem(
        code="does-not-open",
        message=Words(
            f"Dit gaat niet open met sleutel {key_id}: het is een andere sleutel, of iemand heeft de waarde veranderd.",
            f"This does not open with key {key_id}: it is another key, or somebody changed the value.",
        ),
        cure=Words(
            "Zoek de juiste sleutel, of zet een back-up terug.",
            "Find the right key, or restore a backup.",
        ),
        value=key_id,
        fatal=True,
    )


def _not_sealed() -> Problem:
    return Problem(
        code="not-sealed",
        message=Words(
            "Hier hoort een versleutelde waarde te staan, en die staat er niet.",
            "An encrypted value should stand here, and does not.",
        ),
        cure=Words(
            "Zoek uit wie dit buiten Voordeur om heeft veranderd, of zet een back-up terug.",
            "Find out who changed this outside Voordeur, or restore a backup.",
        ),
        fatal=True,
    )
