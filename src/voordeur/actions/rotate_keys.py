"""Encrypts every encrypted column anew with the current key, in small steps, while everybody works on."""

import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from voordeur.actions.audit import write_line
from voordeur.actions.sign_in import reseal_secrets
from voordeur.adapters.encryption import KeyRing, key_id_of, key_ring, make_key, seal, unseal
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.encrypted import EncryptedText, field_keys

BATCH = 500


@dataclass(frozen=True, slots=True)
class Rotation:
    """What was done."""

    current: str
    """Id of the key that everything is encrypted with now."""
    values: int
    """Values that were encrypted anew."""
    not_needed: tuple[str, ...]
    """Ids of keys that no value in the database needs any more (an older backup may)."""


def rotate_keys() -> Rotation:
    """Encrypt anew whatever is not encrypted with the current key. Stopped halfway, it is taken up again.

    Refused when a value does not open; what was done before it stays done.
    """
    ring = field_keys()
    values = sum(_rotate_column(field, ring) for field in encrypted_columns()) + reseal_secrets()
    others = tuple(key_id for key_id in ring.keys if key_id != ring.current)
    write_line(None, "rotate_keys", data={"key": ring.current, "values": values})
    return Rotation(ring.current, values, others)


def add_key() -> str:
    """Put a new key first in the file that holds the keys; its id. Refused when the environment holds them instead."""
    kept = Path(settings.VAR) / "field_keys"
    if not kept.exists() or os.environ.get("VOORDEUR_FIELD_KEYS"):
        raise Refused(_not_ours())
    ring = key_ring(kept.read_text())
    made = make_key(_next_id(ring))
    draft = kept.with_name(f"field_keys.{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_text("\n".join((made, kept.read_text().strip())) + "\n")
    draft.replace(kept)
    settings.FIELD_KEYS = kept.read_text()
    write_line(None, "add_key", data={"key": key_ring(made).current})
    return key_ring(made).current


def encrypted_columns() -> Iterator[EncryptedText[str, str]]:
    """Every encrypted column of every table."""
    for model in apps.get_app_config("store").get_models():
        for field in model._meta.local_fields:
            if isinstance(field, EncryptedText):
                yield field


def _next_id(ring: KeyRing) -> str:
    numbers = [int(found[1]) for key_id in ring.keys if (found := re.fullmatch(r"k(\d+)", key_id))]
    return f"k{max(numbers, default=0) + 1}"


def _rotate_column(field: EncryptedText[str, str], ring: KeyRing) -> int:
    done, after = 0, None  # the key of the last row that was seen
    while batch := _batch(field, ring, after):
        with transaction.atomic():
            done += sum(_rotate_value(field, ring, number, sealed) for number, sealed in batch)
        after = batch[-1][0]
    return done


def _batch(field: EncryptedText[str, str], ring: KeyRing, after: Any) -> list[tuple[Any, str]]:
    """The next rows, by key, whose value is not encrypted with the current key."""
    table, column, key = _names(field)
    beyond = f" AND {key} > %s" if after is not None else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, {column} FROM {table} WHERE {column} <> '' AND {column} NOT LIKE %s ESCAPE '!'{beyond}"
            f" ORDER BY {key} LIMIT {BATCH}",
            [f"v1:{ring.current.replace('_', '!_')}:%", *([after] if beyond else [])],
        )
        return list(cursor.fetchall())


def _rotate_value(field: EncryptedText[str, str], ring: KeyRing, number: Any, sealed: str) -> int:
    """1 when it was encrypted anew, 0 when somebody wrote another value meanwhile."""
    table, column, key = _names(field)
    key_id_of(sealed)
    anew = seal(ring, unseal(ring, sealed, field.context), field.context)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {column} = %s WHERE {key} = %s AND {column} = %s", [anew, number, sealed]
        )
        return int(cursor.rowcount)


def _names(field: EncryptedText[str, str]) -> tuple[str, str, str]:
    """Table, column and primary key, quoted."""
    meta = field.model._meta
    quote = connection.ops.quote_name
    return quote(meta.db_table), quote(str(field.column)), quote(str(meta.pk and meta.pk.column))


def _not_ours() -> Problem:
    return Problem(
        code="keys-elsewhere",
        message=Words(
            "De sleutels staan niet in een bestand van Voordeur, maar in VOORDEUR_FIELD_KEYS.",
            "The keys are not in a file of Voordeur, but in VOORDEUR_FIELD_KEYS.",
        ),
        cure=Words(
            "Zet daar zelf een nieuwe sleutel vooraan: naam:sleutel, van openssl rand -base64 32 | tr +/ -_",
            "Put a new key first there yourself: name:key, made by openssl rand -base64 32 | tr +/ -_",
        ),
        fatal=True,
    )
