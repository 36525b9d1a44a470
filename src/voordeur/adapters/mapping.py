"""From a table to records: recognise what a file is, read its rows. This is the door; the work is next to it.

- `profiles`     the words that other systems use (TOML)
- `header_fit`   a profile laid on a table: header, columns, what is missing
- `evidence`     what the cells prove: decimal sign, order of day and month, direction; `settle` applies it
- `recognition`  the answer as a value; `doubts` what it says when it does not know
- `booking`      kind word and sign -> our kind and amount
- `records`      rows -> records and Problems
- `file_report`  the whole of it as JSON

Nothing is guessed. When a column is missing or has two candidates, or the cells do not prove how they are written, the
recognition is not `certain`, and each doubt says what to put in a profile.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from stdnum.nl import bsn

from voordeur.adapters.doubts import bsn_note, header_doubt, missing_doubts
from voordeur.adapters.evidence import cell
from voordeur.adapters.field_words import DIRECTION_WORDS, FIELD_WORDS, MEANING_WORDS
from voordeur.adapters.header_fit import DECISIVE, HEADER_WITHIN, Fit, choose
from voordeur.adapters.ledger_records import read_ledger
from voordeur.adapters.place_rows import read_homes, read_neighbourhoods, read_tenancies
from voordeur.adapters.profiles import (
    FIELDS,
    Direction,
    Meaning,
    Profile,
    load_profiles,
    names_of,
    parse_profile,
    plain_name,
    plain_words,
    profile_toml,
    save_profile,
    shipped_profiles,
)
from voordeur.adapters.recognition import Column, Recognition, as_data, from_data, profile_from
from voordeur.adapters.records import (
    HomeRecord,
    LedgerRecord,
    NeighbourhoodRecord,
    Record,
    TenancyRecord,
    is_note,
)
from voordeur.adapters.settle import SAMPLE, settle_ledger, settle_others
from voordeur.adapters.spreadsheet import Row, Table
from voordeur.core.problems import Problem

__all__ = [
    "DIRECTION_WORDS",
    "FIELDS",
    "FIELD_WORDS",
    "MEANING_WORDS",
    "Column",
    "Direction",
    "HomeRecord",
    "LedgerRecord",
    "Meaning",
    "NeighbourhoodRecord",
    "Profile",
    "Recognition",
    "Record",
    "TenancyRecord",
    "as_data",
    "from_data",
    "is_note",
    "load_profiles",
    "names_of",
    "parse_profile",
    "profile_from",
    "profile_toml",
    "read_records",
    "recognise",
    "save_profile",
    "shipped_profiles",
]

_ID_FIELDS = ("tenancy", "id", "designates", "reverses", "claim", "home", "reference", "bag_id", "mandate")
_BSN_NAMES = ("bsn", "burgerservice", "sofinr", "sofinummer", "sofi")
_BSN_SHARE = 0.8
_BSN_LEAST = 5
_SLIP = 0.1


def recognise(table: Table, profiles: Sequence[Profile], *, kind: str | None = None) -> Recognition:
    """What this table is and how to read it.

    `profiles` in order of preference (a corporation's own before `shipped_profiles()`). `kind`: what a person says
    that it is. Looks at the first 2,000 rows, and at the whole file when these do not settle a question.

    Two things are taken for granted because Dutch files are written so: a day with a year of four digits at the end
    is day-month-year as long as no row shows otherwise, and D means that the tenant owes more.
    """
    top = list(islice(table.rows(), HEADER_WITHIN + SAMPLE))
    fits = (Fit(top, profile, -at) for at, profile in enumerate(profiles) if kind in (None, profile.kind))
    best = max(fits, key=lambda fit: fit.score, default=None)
    if best is not None and best.matched:
        return _settle(table, top, best, _with_words_of(best.profile, profiles))
    doubts = [problem for problem in table.problems if problem.fatal] or [header_doubt()]
    return Recognition("", "", 0, 0, doubts=tuple(replace(doubt, source=table.name) for doubt in doubts))


def read_records(table: Table, recognition: Recognition) -> Iterator[Record | Problem]:
    """The records of a table and the Problems in between, streaming, in the order of the rows.

    A table that was not recognised with certainty is not read: only its doubts come out.
    """
    if not recognition.certain:
        return iter(recognition.doubts)
    read: dict[str, Callable[[Table, Recognition], Iterator[Record | Problem]]] = {
        "ledger": read_ledger,
        "tenancies": read_tenancies,
        "homes": read_homes,
        "neighbourhoods": read_neighbourhoods,
    }
    return read[recognition.kind](table, recognition)


def _with_words_of(profile: Profile, profiles: Sequence[Profile]) -> Profile:
    """The profile, that also understands the words of the others; where they differ its own count.

    English column names above Dutch kind words are common. An exact profile is what a person settled: no more words.
    """
    if profile.exact:
        return profile
    others = [other for other in reversed(profiles) if other.kind == profile.kind and not other.exact]
    own = {plain_words(word) for word in profile.words}
    words = {
        word: ours for other in others for word, ours in other.words.items() if plain_words(word) not in own
    }
    sides = {word: side for other in others for word, side in other.sides.items()}
    return replace(profile, words={**words, **profile.words}, sides={**sides, **profile.sides})


def _settle(table: Table, top: list[Row], fit: Fit, profile: Profile) -> Recognition:
    """Choose the columns, leave out what is never read, and settle what the rest says together."""
    sample = [cells for row, cells in top if row > fit.header_row][:SAMPLE]
    columns, doubts = choose(fit, sample)
    missing = list(fit.missing)
    for name in [name for name, column in columns.items() if _is_bsn(column, sample, name)]:
        missing += [name] if name in DECISIVE else []
        del columns[name]
    if {"id", "tenancy"} <= columns.keys() and _repeats(columns["id"], columns["tenancy"], sample):
        del columns["id"]  # a number that several rows of a tenancy share does not tell rows apart
    found = Recognition(profile.kind, profile.name, fit.header_row, _width(fit.header, sample), columns)
    doubts += missing_doubts(missing)
    if not missing:
        settle = settle_ledger if profile.kind == "ledger" else settle_others
        found, more = settle(table, found, profile, sample)
        doubts += more
    unused = _unused(fit.header[: found.width], found, sample)
    notes = [*table.problems, *(bsn_note(column) for column in unused if _is_bsn(column, sample))]
    return replace(
        found,
        certain=not doubts and table.usable,
        doubts=tuple(replace(doubt, source=table.name) for doubt in doubts),
        notes=tuple(replace(note, source=table.name) for note in notes),
        unused=unused,
    )


def _width(header: Sequence[str], sample: list[list[str]]) -> int:
    """Up to the last column with a name, and those behind it that rows use more often than by a slip."""
    width = len(header)
    while width and not header[width - 1].strip():
        if sum(1 for row in sample if cell(row, width - 1).strip()) > _SLIP * len(sample):
            break
        width -= 1
    return width


def _unused(header: Sequence[str], found: Recognition, sample: list[list[str]]) -> tuple[Column, ...]:
    """Columns that nothing is read from: those with a name, and those without one that hold something."""
    used = {column.position for column in found.columns.values()}
    others = [Column(at, text.strip()) for at, text in enumerate(header) if at not in used]
    return tuple(
        column for column in others if column.header or any(cell(row, column.position) for row in sample)
    )


def _repeats(column: Column, tenancy: Column, sample: list[list[str]]) -> bool:
    numbers = [(cell(row, tenancy.position).strip(), cell(row, column.position).strip()) for row in sample]
    filled = [pair for pair in numbers if pair[1]]
    return len(set(filled)) < len(filled)


def _is_bsn(column: Column, sample: list[list[str]], name: str = "") -> bool:
    """A column by whose name or content citizens' service numbers stand in it (test of eleven)."""
    if plain_name(column.header).startswith(_BSN_NAMES):
        return True
    if name in _ID_FIELDS:
        return False
    filled = [text for text in (cell(row, column.position).strip() for row in sample) if text]
    passing = sum(
        1 for text in filled if len(text) in (8, 9) and text.isdecimal() and bsn.is_valid(text.zfill(9))
    )
    return len(filled) >= _BSN_LEAST and passing > _BSN_SHARE * len(filled)
