"""A text column that is encrypted in the database: notes, income, contact data. Not searchable, by intent."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models

from voordeur.adapters.encryption import KeyRing, key_id_of, key_ring, seal, unseal

_Set = TypeVar("_Set")
_Get = TypeVar("_Get")
if TYPE_CHECKING:  # only the stubs know that a field is generic: what goes in, what comes out

    class _Text(models.TextField[_Set, _Get]): ...

else:

    class _Text(models.TextField, Generic[_Set, _Get]): ...


_ring = lru_cache(maxsize=4)(key_ring)


def field_keys() -> KeyRing:
    """The keys of the encrypted columns, as the settings have them. Refused when they cannot be read."""
    return _ring(settings.FIELD_KEYS)


class EncryptedText(_Text[_Set, _Get]):
    """A TextField whose value is encrypted on its way in and decrypted on its way out.

    Empty stays empty and null stays null, so `blank=True` works as usual; only `isnull` can be asked of it.
    A value opens only in the table and column it was written to; `context` keeps that name when either is renamed.
    Reading raises Refused (with a Problem in words) when the key is missing or the value was changed.
    """

    def __init__(self, *args: Any, context: str = "", **kwargs: Any) -> None:
        self._given_context = context
        super().__init__(*args, **kwargs)

    @property
    def context(self) -> str:
        """Where values of this column belong."""
        return self._given_context or f"{self.model._meta.label_lower}.{self.name}"

    def deconstruct(self) -> Any:
        """As Django writes it in a migration."""
        name, path, args, kwargs = super().deconstruct()
        if self._given_context:
            kwargs["context"] = self._given_context
        return name, path, args, kwargs

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt what goes to the database."""
        text = super().get_prep_value(value)
        return seal(field_keys(), text, self.context) if text else text

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        """Decrypt what comes from the database."""
        if not value:
            return value
        ring = field_keys()
        if key_id_of(value) not in ring.keys:
            ring = _kept_since(ring)
        return unseal(ring, value, self.context)

    def get_lookup(self, lookup_name: str) -> Any:
        """Only `isnull`: two encryptions of one text differ, so nothing can be compared."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted and cannot be searched")
        return super().get_lookup(lookup_name)


def _kept_since(ring: KeyRing) -> KeyRing:
    """The ring as its file has it now: another process may have added a key since this one started."""
    kept = Path(settings.VAR) / "field_keys"
    return _ring(kept.read_text()) if kept.exists() else ring
