"""What the columns of a file say together: decimal sign, order of day and month, direction; and the doubts."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from voordeur.adapters.booking import meaning_or_none, meaning_reader
from voordeur.adapters.cells import SERIALS
from voordeur.adapters.doubts import missing_doubts, words_doubt
from voordeur.adapters.evidence import (
    Evidence,
    Places,
    cell,
    date_order,
    decimal_sign,
    direction,
    direction_doubt,
    gather,
    settle_sides,
    settled,
)
from voordeur.adapters.profiles import Direction, Meaning, Profile
from voordeur.adapters.recognition import Column, Recognition
from voordeur.adapters.spreadsheet import Table
from voordeur.core.problems import Problem

SAMPLE: Final = 2000
"""Rows that are looked at first."""
_DATE_FIELDS = ("date", "due", "known", "start", "end")
_WORDS_KEPT = 200


def settle_ledger(
    table: Table, found: Recognition, profile: Profile, sample: list[list[str]]
) -> tuple[Recognition, list[Problem]]:
    """A ledger: also which way amounts go and what the kind words mean."""
    columns = found.columns
    by_description = not columns.keys() & {"kind", "side", "debit"}
    seen = _seen(table, found, sample, _places(found, by_description), profile.words)
    sides = settle_sides(seen, profile.sides)
    way, doubt = _direction(seen, found, profile, sides, by_description)
    found, doubts = _dates_and_decimal(found, profile, seen, sample)
    doubts += [doubt] if doubt else []
    read = meaning_reader(profile.words, None)
    words = (
        {} if by_description else {word: meaning_or_none(read, word) for word, _ in seen.kinds.most_common()}
    )
    if not by_description and seen.unknown_kinds > 0.5 * seen.kinds.total():
        doubts.append(
            words_doubt(found.header("kind"), [word for word, ours in words.items() if ours is None])
        )
    if found.at("date") == found.at("due") and _has_payments(seen, sides):
        doubts += missing_doubts(["date"])  # a payment has a day of its own
    if way in (Direction.SIGNED, Direction.SIGNED_REVERSED):
        columns = {name: column for name, column in columns.items() if name != "side"}
    return replace(
        found,
        columns=columns,
        words=profile.words,
        value_map=dict(list(words.items())[:_WORDS_KEPT]),
        sides=sides,
        direction=way,
        every_row=profile.every_row,
    ), doubts


def settle_others(
    table: Table, found: Recognition, profile: Profile, sample: list[list[str]]
) -> tuple[Recognition, list[Problem]]:
    """Tenancies, homes, neighbourhoods: days and amounts only."""
    seen = _seen(
        table, found, sample, replace(_places(found, False), tenancy=None, amount=found.at("rent")), {}
    )
    return _dates_and_decimal(found, profile, seen, sample)


def _seen(
    table: Table, found: Recognition, sample: list[list[str]], places: Places, words: Mapping[str, Meaning]
) -> Evidence:
    """What the sample proves; what the whole file proves when the sample leaves something open."""
    seen = gather(sample, places, words)
    if len(sample) >= SAMPLE and not settled(seen):
        seen = gather(_data_rows(table, found.header_row), places, words)
    return seen


def _places(found: Recognition, by_description: bool) -> Places:
    return Places(
        tuple(column.position for name, column in found.columns.items() if name in _DATE_FIELDS),
        tenancy=found.at("tenancy"),
        amount=found.at("amount"),
        debit=found.at("debit"),
        credit=found.at("credit"),
        side=found.at("side"),
        kind=found.at("description") if by_description else found.at("kind"),
        detail=None if by_description else found.at("detail"),
    )


def _direction(
    seen: Evidence, found: Recognition, profile: Profile, sides: Mapping[str, str], by_description: bool
) -> tuple[Direction | None, Problem | None]:
    if profile.direction is not None:
        return profile.direction, None
    if by_description and profile.every_row is not None:
        return Direction.KIND, None
    way, doubt = direction(seen, _places(found, by_description), sides)
    both = {"owed", "paid"} <= {group for group, _ in seen.signs}
    if by_description and (way is Direction.KIND or not both):
        # Without a kind column the words in descriptions may show what a sign means, not replace the kind.
        return None, direction_doubt()
    return way, doubt


def _has_payments(seen: Evidence, sides: Mapping[str, str]) -> bool:
    return (
        any(group == "paid" for group, _ in seen.signs)
        or any(sides.get(word) == "credit" for word, _, _ in seen.sides)
        or any(name == "credit" for name, _, _ in seen.columns)
    )


def _dates_and_decimal(
    found: Recognition, profile: Profile, seen: Evidence, sample: list[list[str]]
) -> tuple[Recognition, list[Problem]]:
    decimal, decimal_doubt = (profile.decimal, None) if profile.decimal else decimal_sign(seen)
    dutch = not profile.name.endswith("-en")
    order, order_doubt = (profile.dates, None) if profile.dates else date_order(seen, dutch=dutch)
    serial = frozenset(
        name for name in _DATE_FIELDS if name in found.columns and _is_serial(found.columns[name], sample)
    )
    doubts = [doubt for doubt in (decimal_doubt, order_doubt) if doubt is not None]
    return replace(found, decimal=decimal, dates=order, serial=serial), doubts


def _is_serial(column: Column, sample: list[list[str]]) -> bool:
    """True when every filled cell is an Excel day number (or, in a workbook, a day)."""
    filled = [text for text in (cell(row, column.position).strip() for row in sample) if text]
    return (
        bool(filled)
        and any(len(text) == 5 for text in filled)
        and all(
            (len(text) == 5 and text.isdecimal() and int(text) in SERIALS)
            or re.match(r"\d{4}-\d\d-\d\d", text)
            for text in filled
        )
    )


def _data_rows(table: Table, header_row: int) -> Iterable[list[str]]:
    return (cells for row, cells in table.rows() if row > header_row)
