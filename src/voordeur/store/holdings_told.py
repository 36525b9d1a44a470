"""How one column of a record is told to whoever it is about: in words, and as JSON."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Model, Q

from voordeur.core.access import Role
from voordeur.core.holdings import Raw, raw
from voordeur.core.money import euros
from voordeur.core.register import ROLE_WORDS
from voordeur.core.words import Words, day_in_words
from voordeur.store import models

NOTHING = Words("", "")
_YES, _NO = Words("ja", "yes"), Words("nee", "no")


def in_words(value: Any) -> Words:
    """A value as a reader sees it; empty when there is nothing."""
    if isinstance(value, Words):
        return value
    if value in (None, "", [], {}):
        return NOTHING
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, datetime):
        local = value.astimezone(ZoneInfo(settings.TIME_ZONE))
        day = day_in_words(local.date(), year=True)
        return Words(f"{day.nl}, {local:%H:%M}", f"{day.en}, {local:%H:%M}")
    if isinstance(value, date):
        return day_in_words(value, year=True)
    if isinstance(value, list | tuple):
        return joined(in_words(one) for one in value)
    if isinstance(value, dict):
        return joined(_named(str(name), in_words(one)) for name, one in value.items())
    return Words(str(value), str(value))


@dataclass(frozen=True, slots=True)
class Told:
    """One datum of a record: what it is called, from which columns it comes, how it is said."""

    name: str
    label: Words
    columns: tuple[str, ...]
    take: Callable[[Any], Any]
    """Row -> value."""
    say: Callable[[Any], Words] = in_words
    """Value -> words."""
    keep: Callable[[Any], Raw] = raw
    """Value -> JSON."""
    joins: bool = False
    """The column points to another table, which is fetched along."""


@dataclass(frozen=True, slots=True)
class HoldingsPart:
    """One table, and how its rows are found and told."""

    model: type[Model]
    of: Callable[[models.Tenancy], Q]
    """Tenancy -> which rows are about it."""
    title: Words
    told: tuple[Told, ...]
    left_out: frozenset[str]
    """Columns that tell nothing: numbers between tables, and what another column already says."""
    order: tuple[str, ...] = ("pk",)
    columns: tuple[str, ...] = ()
    """Names of what a table on paper shows: for what comes in long rows of the same."""

    @property
    def name(self) -> str:
        """As the database calls the table."""
        return self.model._meta.model_name or ""


def joined(parts: Iterable[Words]) -> Words:
    """Several, behind each other; what is empty is left out."""
    some = [one for one in parts if one.nl]
    return Words("; ".join(one.nl for one in some), "; ".join(one.en for one in some))


def _named(name: str, value: Words) -> Words:
    return Words(f"{name}: {value.nl}", f"{name}: {value.en}") if value.nl else NOTHING


def plain(column: str, nl: str, en: str) -> Told:
    """A column as it is."""
    return Told(column, Words(nl, en), (column,), lambda row: getattr(row, column))


def money(column: str, nl: str, en: str) -> Told:
    """Cents, said in euros."""
    return Told(
        column, Words(nl, en), (column,), lambda row: getattr(row, column),
        lambda cents: NOTHING if cents is None else euros(cents),
    )  # fmt: skip


def coded(column: str, nl: str, en: str, words: Mapping[Any, Words]) -> Told:
    """A code with its words; a code without words is shown as it is."""

    def say(code: Any) -> Words:
        if isinstance(code, list | tuple):
            return joined(say(one) for one in code)
        return words.get(code) or in_words(code)

    return Told(column, Words(nl, en), (column,), lambda row: getattr(row, column), say)


def role(column: str, nl: str, en: str) -> Told:
    """A colleague: what work it is, not who."""

    def work(row: Any) -> str:
        user = getattr(row, column)
        return str(user.role) if user else ""

    return Told(
        column, Words(nl, en), (column,), work,
        lambda code: ROLE_WORDS[Role(code)] if code in set(Role) else NOTHING, joins=True,
    )  # fmt: skip


def both(name: str, nl: str, en: str) -> Told:
    """A sentence that is kept in two columns, one per language."""
    return Told(
        name, Words(nl, en), (f"{name}_nl", f"{name}_en"),
        lambda row: Words(getattr(row, f"{name}_nl"), getattr(row, f"{name}_en")),
        keep=lambda words: {"nl": words.nl, "en": words.en},
    )  # fmt: skip
