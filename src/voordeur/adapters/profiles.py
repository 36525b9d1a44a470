"""Mapping profiles: which words other systems use for our columns and our kinds, as TOML that a person can edit.

A profile is vocabulary plus, where a person has settled it, the choices that a file cannot prove by itself (decimal
sign, order of day and month, which sign means "owes more"). Shipped profiles lie in `rules/profiles`; a corporation
adds its own. An example with every key:

    name = "huur-per-maand"
    kind = "ledger"                    # ledger, tenancies, homes or neighbourhoods
    title_nl = "Huur per maand"
    title_en = "Rent per month"
    decimal = ","                      # "," or "."
    dates = "dmy"                      # dmy, mdy or ymd: only for dates that do not show it themselves
    direction = "D/C column"           # see Direction
    every_row = "rent"                 # a file without a kind column: what every row is (see Meaning)
    header_row = 5
    exact = true                       # every column named here must be in the file

    [columns]                          # ours = theirs, capitals and punctuation do not matter
    tenancy = ["Contractnr", "Huurcontract"]
    [otherwise]                        # second choice, only when no name above is there
    tenancy = ["Debiteurnr"]
    [words]                            # their kind words = ours (see Meaning)
    "HUUR" = "rent"
    [sides]                            # their D/C words
    "D" = "debit"
"""

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from voordeur.adapters.nested import load_toml
from voordeur.core.problems import Problem
from voordeur.core.words import Words


class Direction(StrEnum):
    """How a ledger says whether a row adds to what a tenant owes."""

    KIND = "kind decides"
    """Amounts carry no sign (corrections do); the kind says which way it goes."""
    SIGNED = "signed: + is a charge"
    SIGNED_REVERSED = "signed: - is a charge"
    SIDE = "D/C column"
    COLUMNS = "debit/credit columns"
    COLUMNS_SIGNED = "debit/credit columns, credit below zero"


class Meaning(StrEnum):
    """What a kind word of another system comes to. `adapters.booking` says what each becomes in our ledger."""

    RENT = "rent"
    SERVICE = "service"
    OTHER = "other"
    COSTS = "costs"
    INTEREST = "interest"
    PAYMENT = "payment"
    REVERSAL = "reversal"
    REFUND = "refund"
    CORRECTION = "correction"
    CREDIT_NOTE = "credit_note"
    WRITE_OFF = "write_off"
    BUNDLE = "bundle"
    """A booking that gathers claims which already stand in the ledger (VERA: payment plan, dunning, final account)."""


_ADDRESS = ("street", "number", "letter", "addition", "address", "postcode", "town", "bag_id")
_PLACE = ("rd_x", "rd_y", "latitude", "longitude", "neighbourhood", "manager")
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "ledger": (
        "tenancy", "date", "kind", "detail", "amount", "debit", "credit", "side", "due", "period", "component",
        "id", "designates", "reverses", "claim", "known", "description",
    ),
    "tenancies": (
        "tenancy", "name", "initials", "prefix", "surname", "start", "end", "rent", "method", "mandate", "iban",
        "reference", "email", "phone", "language", "home", *_ADDRESS, *_PLACE,
    ),
    "homes": ("home", *_ADDRESS, *_PLACE),
    "neighbourhoods": ("neighbourhood", "manager", "email", "phone"),
}  # fmt: skip
"""The fields of ours that each kind of table can fill."""

DATE_ORDERS: Final = ("dmy", "mdy", "ymd")
_WORD = re.compile(r"[a-z0-9]+")


def plain_name(header: str) -> str:
    """A column name without what differs between exports: `Verv. dat.` and `VERVDAT` are both `vervdat`.

    A name of signs only, such as `+/-`, stays as it is.
    """
    return "".join(_WORD.findall(_unaccented(header))) or header.strip()


def plain_words(text: str) -> str:
    """A kind word the same way, words kept apart: `Af-/bijboeking` is `af bijboeking`."""
    return " ".join(_WORD.findall(_unaccented(text)))


def _unaccented(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


_NO_TITLE: Final = Words("", "")


@dataclass(frozen=True, slots=True)
class Profile:
    """One way of reading one kind of table. Names and words are kept as a person wrote them."""

    name: str
    kind: str
    title: Words = _NO_TITLE
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    otherwise: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: Mapping[str, Meaning] = field(default_factory=dict)
    sides: Mapping[str, str] = field(default_factory=dict)
    """Their word -> `debit` or `credit`."""
    decimal: str | None = None
    dates: str | None = None
    direction: Direction | None = None
    every_row: Meaning | None = None
    header_row: int | None = None
    needs: tuple[str, ...] = ()
    """Fields without which this profile does not fit, on top of what its kind of table needs."""
    exact: bool = False

    def ranks(self, field_name: str) -> tuple[frozenset[str], frozenset[str]]:
        """Plain names for a field: first choice and second choice."""
        return (
            frozenset(plain_name(name) for name in self.columns.get(field_name, ())),
            frozenset(plain_name(name) for name in self.otherwise.get(field_name, ())),
        )


@cache
def shipped_profiles() -> tuple[Profile, ...]:
    """The profiles of this package, in order of file name. A mistake in one is a programming error: ValueError."""
    folder = files("voordeur").joinpath("rules", "profiles")
    found = []
    for place in sorted(folder.iterdir(), key=lambda item: item.name):
        if place.name.endswith(".toml"):
            profile = parse_profile(place.read_text(encoding="utf-8"), place.name)
            if isinstance(profile, Problem):
                raise ValueError(profile.line("en"))
            found.append(profile)
    return tuple(found)


@cache
def known_names() -> frozenset[str]:
    """Every plain column name of the shipped profiles: by these a header row is found."""
    return names_of(shipped_profiles())


def names_of(profiles: Iterable[Profile]) -> frozenset[str]:
    """Every plain column name that these profiles know."""
    return frozenset(
        plain_name(name)
        for profile in profiles
        for names in (*profile.columns.values(), *profile.otherwise.values())
        for name in names
    )


def load_profiles(*places: Path) -> tuple[list[Profile], list[Problem]]:
    """The profiles in these files and folders (`*.toml`), and what is wrong with the others."""
    found = [
        _load_one(path)
        for place in places
        for path in (sorted(place.glob("*.toml")) if place.is_dir() else [place])
    ]
    return [p for p in found if isinstance(p, Profile)], [p for p in found if isinstance(p, Problem)]


def _load_one(path: Path) -> Profile | Problem:
    try:
        return parse_profile(path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError):
        return _bad_profile(
            path.name, "", Words("Dit profiel is niet te lezen.", "This profile cannot be read.")
        )


def parse_profile(text: str, source: str = "") -> Profile | Problem:
    """A profile from its TOML text, or the first thing that is wrong with it."""
    try:
        data = load_toml(text)
    except tomllib.TOMLDecodeError as error:
        wrong = Words("Dit is geen goede TOML.", "This is not good TOML.")
        return _bad_profile(source, str(error), wrong)
    try:
        return _profile(data)
    except _Wrong as wrong_key:
        return _bad_profile(source, wrong_key.value, wrong_key.words, wrong_key.key)


class _Wrong(Exception):
    """Carries what is wrong with one key of a profile to the Problem that it becomes."""

    def __init__(self, key: str, value: object, words: Words) -> None:
        self.key, self.value, self.words = key, str(value), words


def _profile(data: dict[str, Any]) -> Profile:
    unknown = set(data) - {
        "name", "kind", "title_nl", "title_en", "columns", "otherwise", "words", "sides", "decimal", "dates",
        "direction", "every_row", "header_row", "needs", "exact",
    }  # fmt: skip
    if unknown:
        raise _Wrong(min(unknown), "", Words("Deze sleutel kennen wij niet.", "We do not know this key."))
    kind = _one_of(data, "kind", FIELDS)
    if kind is None:
        raise _Wrong("kind", "", Words("Hier hoort de soort tabel.", "The kind of table belongs here."))
    direction = _one_of(data, "direction", list(Direction))
    every_row = _one_of(data, "every_row", list(Meaning))
    return Profile(
        name=str(data.get("name", "")),
        kind=kind,
        title=Words(str(data.get("title_nl", "")), str(data.get("title_en", ""))),
        columns=_names(data, "columns", kind),
        otherwise=_names(data, "otherwise", kind),
        words={word: Meaning(ours) for word, ours in _table(data, "words", list(Meaning)).items()},
        sides=_table(data, "sides", ("debit", "credit")),
        decimal=_one_of(data, "decimal", (",", ".")),
        dates=_one_of(data, "dates", DATE_ORDERS),
        direction=Direction(direction) if direction else None,
        every_row=Meaning(every_row) if every_row else None,
        header_row=_row_number(data),
        needs=tuple(str(name) for name in data.get("needs", ())),
        exact=bool(data.get("exact", False)),
    )


def _one_of(data: dict[str, Any], key: str, allowed: Iterable[str]) -> str | None:
    value = data.get(key)
    if value is None:
        return None
    if value not in allowed:
        raise _Wrong(key, value, _choices(allowed))
    return str(value)


def _row_number(data: dict[str, Any]) -> int | None:
    value = data.get("header_row")
    if value is not None and (not isinstance(value, int) or value < 1):
        raise _Wrong("header_row", value, Words("Dit is geen rijnummer.", "This is not a row number."))
    return value


def _names(data: dict[str, Any], key: str, kind: str) -> dict[str, tuple[str, ...]]:
    found = {}
    for ours, theirs in data.get(key, {}).items():
        if ours not in FIELDS[kind]:
            raise _Wrong(f"{key}.{ours}", "", _choices(FIELDS[kind]))
        listed = [theirs] if isinstance(theirs, str) else theirs
        if not isinstance(listed, list) or not all(isinstance(name, str) for name in listed):
            raise _Wrong(
                f"{key}.{ours}", theirs, Words("Hier horen kolomnamen.", "Column names belong here.")
            )
        found[ours] = tuple(listed)
    return found


def _table(data: dict[str, Any], key: str, allowed: Iterable[str]) -> dict[str, str]:
    found = data.get(key, {})
    for theirs, ours in found.items():
        if ours not in allowed:
            raise _Wrong(f"{key}.{theirs}", ours, _choices(allowed))
    return dict(found)


def _choices(allowed: Iterable[str]) -> Words:
    listed = ", ".join(allowed)
    return Words(f"Hier kan alleen staan: {listed}.", f"Only these can stand here: {listed}.")


def _bad_profile(source: str, value: str, words: Words, key: str = "") -> Problem:
    cure = Words("Pas het profiel aan en probeer opnieuw.", "Change the profile and try again.")
    return Problem("bad-profile", words, cure, source=source, column=key, value=value[:80], fatal=True)


def save_profile(profile: Profile, path: Path) -> None:
    """Write a profile as TOML that `load_profiles` reads back the same. OSError when the file cannot be written."""
    path.write_text(profile_toml(profile), encoding="utf-8")


def profile_toml(profile: Profile) -> str:
    """The TOML text of a profile."""
    heads: list[tuple[str, Any]] = [
        ("name", profile.name),
        ("kind", profile.kind),
        ("title_nl", profile.title.nl),
        ("title_en", profile.title.en),
        ("decimal", profile.decimal),
        ("dates", profile.dates),
        ("direction", profile.direction),
        ("every_row", profile.every_row),
        ("header_row", profile.header_row),
        ("needs", profile.needs),
        ("exact", profile.exact),
    ]
    lines = [f"{key} = {_value(value)}" for key, value in heads if value not in (None, "", (), False)]
    tables: list[tuple[str, Mapping[str, Any]]] = [
        ("columns", profile.columns),
        ("otherwise", profile.otherwise),
        ("words", profile.words),
        ("sides", profile.sides),
    ]
    for title, content in tables:
        if content:
            lines += [
                "",
                f"[{title}]",
                *(f"{_value(key)} = {_value(value)}" for key, value in content.items()),
            ]
    return "\n".join(lines) + "\n"


def _value(value: str | int | bool | tuple[str, ...]) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        # A JSON string is a TOML basic string, except that TOML also wants DEL escaped.
        return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
    return f"[{', '.join(_value(item) for item in value)}]"
