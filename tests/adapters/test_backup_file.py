"""The file of a backup: what goes in comes out, and whatever is done to the file is noticed."""

import io
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voordeur.adapters.backup_file import BackupReader, BackupWriter, Manifest, read_manifest
from voordeur.adapters.encryption import KeyRing, key_ring, make_key
from voordeur.core.audit import GENESIS, Anchor
from voordeur.core.problems import Refused

RING = key_ring(make_key("k1"))


def written(parts: dict[str, list[bytes]], ring: KeyRing = RING) -> bytes:
    file = io.BytesIO()
    writer = BackupWriter(file, ring, {"made_at": "2026-11-23T03:00:00+00:00"})
    for name, pieces in parts.items():
        writer.part(name)
        for piece in pieces:
            writer.write(piece)
    writer.close()
    return file.getvalue()


def read(data: bytes, ring: KeyRing = RING) -> dict[str, bytes]:
    return {name: b"".join(body) for name, body in BackupReader(io.BytesIO(data), ring).parts()}


def code(data: bytes, ring: KeyRing = RING) -> str:
    with pytest.raises(Refused) as refused:
        read(data, ring)
    return refused.value.problems[0].code


def noise(length: int) -> bytes:
    return random.Random(length).randbytes(length)


@settings(max_examples=30)
@given(st.dictionaries(st.text(max_size=20), st.lists(st.binary(max_size=5000), max_size=4), max_size=5))
def test_what_goes_in_comes_out(parts: dict[str, list[bytes]]) -> None:
    assert read(written(parts)) == {name: b"".join(pieces) for name, pieces in parts.items()}


@pytest.mark.parametrize("length", [0, 1, 262_143, 262_144, 262_145, 524_288, 3_000_000])
def test_parts_of_any_length(length: int) -> None:
    parts = {"database": [noise(length)], "manifest": [b"{}"]}
    assert read(written(parts)) == {"database": noise(length), "manifest": b"{}"}
    assert len(read(written({"zeros": [bytes(50_000_000)]}))["zeros"]) == 50_000_000


def test_nothing_in_it_can_be_read_without_the_key() -> None:
    data = written({"database": [b"mevrouw Ypelaar " * 1000]})
    assert b"Ypelaar" not in data
    assert code(data, key_ring(make_key("k2"))) == "key-missing"
    assert code(data, key_ring(make_key("k1"))) == "backup-does-not-open"


def test_a_file_that_was_cut_off_anywhere_is_noticed() -> None:
    data = written({"database": [noise(1_000_000)]})
    piece = 256 * 1024 + 16
    start = len(data) - len(data) % piece
    places = {0, 5, 18, 30, 200, len(data) - 1, len(data) - 17, *(start - n * piece for n in range(3))}
    for place in sorted(places):
        assert code(data[:place]) in {"no-backup", "backup-damaged", "backup-does-not-open"}, place
    header = data.index(b"}") + 1
    for pieces in range(1, 4):  # cut off precisely between two pieces
        assert code(data[: header + pieces * piece]) == (
            "backup-does-not-open" if pieces == 1 else "backup-damaged"
        )


def test_any_changed_byte_is_noticed() -> None:
    data = written({"database": [noise(600_000)]})
    dice = random.Random(3)
    for place in [*range(0, 180), *(dice.randrange(len(data)) for _ in range(60))]:
        changed = bytearray(data)
        changed[place] ^= 1 << dice.randrange(8)
        assert code(bytes(changed)) in {"no-backup", "key-missing", "backup-damaged", "backup-does-not-open"}


def test_pieces_that_changed_places_or_came_twice_are_noticed() -> None:
    data = written({"database": [noise(1_500_000)]})
    header, piece = data.index(b"}") + 1, 256 * 1024 + 16
    pieces = [data[at : at + piece] for at in range(header, len(data), piece)]
    for changed in ([1, 0, 2, 3, 4, 5], [0, 2, 1, 3, 4, 5], [0, 1, 1, 2, 3, 4, 5], [0, 1, 3, 4, 5], [5]):
        assert code(data[:header] + b"".join(pieces[at] for at in changed)) in {
            "backup-damaged",
            "backup-does-not-open",
        }
    assert code(data + b"x") == "backup-damaged"


def test_the_header_is_part_of_what_is_sealed() -> None:
    data = written({"database": [b"x"]})
    assert code(data.replace(b"2026-11-23", b"2026-11-24")) == "backup-does-not-open"


def test_a_manifest_comes_back_as_it_was() -> None:
    manifest = Manifest(
        "sqlite", (("store", "0001_initial"),), {"store_entry": 3}, Anchor("2026-11-23", 0, GENESIS)
    )
    assert read_manifest(manifest.text()) == manifest
