"""What goes to and comes from a phone is sealed with the key of its day: AES-256-GCM, bound to what it is.

WebCrypto on the phone does the same: 12 bytes of nonce, then the sealed bytes, in base64url without padding.
"""

import base64
import binascii
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_NONCE_BYTES = 12


def make_secret() -> str:
    """A new key, as the phone keeps it: 43 characters of base64url."""
    return _text(os.urandom(KEY_BYTES))


def seal(secret: str, plain: bytes, bound_to: str) -> str:
    """`plain` sealed with the key. It opens only with the same `bound_to`: what it is, and of which phone."""
    nonce = os.urandom(_NONCE_BYTES)
    return _text(nonce + AESGCM(_bytes(secret)).encrypt(nonce, plain, bound_to.encode()))


def unseal(secret: str, box: str, bound_to: str) -> bytes | None:
    """What was sealed; None when it is another key, bound to something else, changed, or no box at all."""
    try:
        raw = _bytes(box)
        return AESGCM(_bytes(secret)).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], bound_to.encode())
    except (InvalidTag, ValueError, binascii.Error):
        return None


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
