"""The file of a backup: named parts in a row, compressed, and encrypted in pieces that cannot be changed or left out.

A readable header names the key; the key of this one file is derived from it, a random salt and the header itself.
Each piece is sealed with AES-256-GCM under its number, and the last one says that it is the last (the construction
STREAM of Hoang, Reyhanitabar, Rogaway and Vizár, 2015, as in the age format). So a changed, moved or missing piece,
a changed header and a file that was cut off are all noticed before the end is reached.
"""

import json
import os
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from voordeur.adapters.encryption import KeyRing
from voordeur.adapters.nested import load_json
from voordeur.core.audit import Anchor
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words

MAGIC = b"VOORDEUR-BACKUP-1\n"
MANIFEST = "manifest"
FILE = "file/"
"""What the name of a part begins with that is a file beside the database."""
WITNESS = "voordeur backup"
"""Sealed in every manifest with each key of the encrypted columns, in the context of the same name."""
_PIECE = 256 * 1024
_TAG = 16
_MOST_HEADER = 4096
_END = 0xFFFF  # instead of the length of a name
_SLICE = 1024 * 1024  # at most this much comes out of the decompressor at a time


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds, written after everything else."""

    database: str
    """`sqlite` or `postgresql`."""
    migrations: tuple[tuple[str, str], ...]
    """(app, name) of every change of the schema that the database had."""
    rows: dict[str, int]
    """Rows per table."""
    audit: Anchor
    """The audit log as it was; `at` is the moment of the backup."""
    witnesses: tuple[str, ...] = ()
    """WITNESS, sealed with each key of the encrypted columns: who can open these can read what was restored."""
    files: tuple[str, ...] = ()
    """Names of the files beside the database: what was uploaded and not booked yet."""

    def text(self) -> bytes:
        """As JSON."""
        said = {
            "database": self.database,
            "migrations": self.migrations,
            "rows": self.rows,
            "audit": {"at": self.audit.at, "count": self.audit.count, "head": self.audit.head},
            "witnesses": self.witnesses,
            "files": self.files,
        }
        return json.dumps(said, sort_keys=True).encode()


def read_manifest(text: bytes) -> Manifest:
    """What `Manifest.text` wrote."""
    said = json.loads(text)
    migrations = tuple((app, name) for app, name in said["migrations"])
    beside = tuple(said.get("witnesses", ())), tuple(said.get("files", ()))  # older backups have none
    return Manifest(said["database"], migrations, said["rows"], Anchor(**said["audit"]), *beside)


class BackupWriter:
    """Writes parts one after the other: `part`, `write` as often as needed, and `close` at the end of it all."""

    def __init__(self, file: BinaryIO, ring: KeyRing, facts: dict[str, str]) -> None:
        header = {"key": ring.current, "salt": os.urandom(32).hex()} | facts
        text = json.dumps(header, sort_keys=True).encode()
        self._file = file
        self._file.write(MAGIC + struct.pack(">I", len(text)) + text)
        self._cipher = _cipher(ring.keys[ring.current], header["salt"], text)
        self._compress = zlib.compressobj(1)
        self._waiting = bytearray()
        self._number = 0
        self._in_part = False

    def part(self, name: str) -> None:
        """Begin a part; the one before it ends."""
        self._end_part()
        encoded = name.encode()
        self._put(struct.pack(">H", len(encoded)) + encoded)
        self._in_part = True

    def write(self, data: bytes | memoryview) -> None:
        """Bytes of the part."""
        if len(data):
            self._put(struct.pack(">I", len(data)))
            self._put(data)

    def close(self) -> None:
        """Write what still waits and the last piece. The file itself stays open."""
        self._end_part()
        self._put(struct.pack(">H", _END))
        self._waiting += self._compress.flush()
        self._seal_full()
        self._seal(bytes(self._waiting), last=True)

    def _end_part(self) -> None:
        if self._in_part:
            self._put(struct.pack(">I", 0))

    def _put(self, data: bytes | memoryview) -> None:
        self._waiting += self._compress.compress(data)
        self._seal_full()

    def _seal_full(self) -> None:
        while len(self._waiting) > _PIECE:  # never the very last piece: that one is sealed by `close`
            self._seal(bytes(self._waiting[:_PIECE]), last=False)
            del self._waiting[:_PIECE]

    def _seal(self, piece: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last), piece, None))
        self._number += 1


class BackupReader:
    """Reads what BackupWriter wrote. Refused, at any call, when the file was changed, cut off or needs another key."""

    def __init__(self, file: BinaryIO, ring: KeyRing) -> None:
        self.header, text = _header(file)
        self._pieces = _pieces(file, self.header["key"], self._cipher(ring, text))
        self._expand = zlib.decompressobj()
        self._ready = bytearray()

    def _cipher(self, ring: KeyRing, text: bytes) -> AESGCM:
        return _cipher(ring.key(self.header["key"]), self.header["salt"], text)

    def parts(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Each part with its bytes, in the order of writing; read a part to its end before asking for the next."""
        while (length := struct.unpack(">H", self._take(2))[0]) != _END:
            yield self._take(length).decode(), self._body()
        self._finish()

    def _finish(self) -> None:
        """Nothing may follow, and the last piece must have said that it is the last."""
        over = self._expand.decompress(b"".join((self._expand.unconsumed_tail, *self._pieces)), 1)
        if over or self._ready or not self._expand.eof:
            raise Refused(_damaged())

    def _body(self) -> Iterator[bytes]:
        while length := struct.unpack(">I", self._take(4))[0]:
            yield self._take(length)

    def _take(self, count: int) -> bytes:
        while len(self._ready) < count:
            self._more()
        taken = bytes(self._ready[:count])
        del self._ready[:count]
        return taken

    def _more(self) -> None:
        piece = self._expand.unconsumed_tail or next(self._pieces, b"")
        if not piece:
            raise Refused(_damaged())
        self._ready += self._expand.decompress(piece, _SLICE)


def _header(file: BinaryIO) -> tuple[dict[str, Any], bytes]:
    if file.read(len(MAGIC)) != MAGIC:
        raise Refused(_no_backup())
    length = struct.unpack(">I", file.read(4).ljust(4, b"\xff"))[0]
    text = file.read(length) if length <= _MOST_HEADER else b""
    try:
        header = load_json(text.decode())
        if {type(header["key"]), type(header["salt"])} != {str} or len(bytes.fromhex(header["salt"])) != 32:
            raise ValueError
    except (ValueError, TypeError, KeyError):
        raise Refused(_damaged()) from None
    return header, text


def _pieces(file: BinaryIO, key_id: str, cipher: AESGCM) -> Iterator[bytes]:
    """Decrypted pieces, up to and including the one that says that it is the last."""
    number, sealed = 0, file.read(_PIECE + _TAG)
    while True:
        following = file.read(_PIECE + _TAG)
        try:
            yield cipher.decrypt(_nonce(number, not following), sealed, None)
        except InvalidTag:
            raise Refused(_damaged() if number else _will_not_open(key_id)) from None
        if not following:
            return
        number, sealed = number + 1, following


def _cipher(key: bytes, salt: str, header: bytes) -> AESGCM:
    """The cipher of one file: another header or salt is another key."""
    derived = HKDF(SHA256(), 32, bytes.fromhex(salt), b"voordeur backup 1\0" + header).derive(key)
    return AESGCM(derived)


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


# --- in words ---------------------------------------------------------------------------------------------------

_ANOTHER = Words("Neem een andere back-up.", "Take another backup.")


def _no_backup() -> Problem:
    message = Words("Dit bestand is geen back-up van Voordeur.", "This file is no backup of Voordeur.")
    return Problem(code="no-backup", message=message, cure=_ANOTHER, fatal=True)


def _damaged() -> Problem:
    return Problem(
        code="backup-damaged",
        message=Words(
            "Deze back-up is beschadigd, afgekapt of veranderd; hij is niet te vertrouwen.",
            "This backup is damaged, cut off or changed; it cannot be trusted.",
        ),
        cure=_ANOTHER,
        fatal=True,
    )


def _will_not_open(key_id: str) -> Problem:
    return Problem(
        code="backup-does-not-open",
        message=Words(
            f"De back-up gaat niet open met sleutel {key_id}: het is een andere sleutel, of het bestand is veranderd.",
            f"The backup does not open with key {key_id}: it is another key, or the file was changed.",
        ),
        cure=Words(
            "Zet de goede sleutel in VOORDEUR_BACKUP_KEYS, of neem een andere back-up.",
            "Put the right key in VOORDEUR_BACKUP_KEYS, or take another backup.",
        ),
        value=key_id,
        fatal=True,
    )
