"""From a table to records: recognise what a file is, read its rows. This is the door; the work is next to it.

- `profiles`     the words that other systems use (TOML)
- `evidence`     what the cells prove: decimal sign, order of day and month, direction
- `recognition`  the answer as a value
- `booking`      kind word and sign -> our kind and amount
- `records`      rows -> records and Problems
- `file_report`  the whole of it as JSON

Nothing is guessed. When a column is missing or has two candidates, or the cells do not prove how they are written, the
recognition is not `certain`, and each doubt says what to put in a profile.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from stdnum.nl import bsn

from voordeur.adapters.booking import meaning_reader
from voordeur.adapters.cells import SERIALS, CellFault
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
from voordeur.adapters.field_words import DIRECTION_WORDS, FIELD_WORDS, MEANING_WORDS
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
from voordeur.adapters.spreadsheet import Table
from voordeur.core.problems import Problem
from voordeur.core.words import Words

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

SAMPLE = 2000
_HEADER_WITHIN = 60  # rows from the top in which the header must stand
_KINDS = ("ledger", "tenancies", "homes", "neighbourhoods")  # a sheet that fits several is the first of these
_DATE_FIELDS = ("date", "due", "known", "start", "end")
_ID_FIELDS = ("tenancy", "id", "designates", "reverses", "claim", "home", "reference", "bag_id", "mandate")
_DECISIVE = ("tenancy", "date", "kind", "amount", "debit", "credit", "side", "due", "start", "rent")
_BSN_NAMES = ("bsn", "burgerservice", "sofinr", "sofinummer", "sofi")
_BSN_SHARE = 0.8
_BSN_LEAST = 5


def recognise(table: Table, profiles: Sequence[Profile], *, kind: str | None = None) -> Recognition:
    """What this table is and how to read it.

    `profiles` in order of preference (a corporation's own before `shipped_profiles()`). `kind`: what a person says
    that it is. Looks at the first 2,000 rows, and at the whole file when these do not settle a question.
    """
    top = list(islice(table.rows(), _HEADER_WITHIN + SAMPLE))
    fits = [profile for profile in profiles if kind in (None, profile.kind)]
    best = max(
        (_Fit(top, profile, -order) for order, profile in enumerate(fits)),
        key=lambda fit: fit.score,
        default=None,
    )
    if best is None or not best.matched:
        return _nothing(table)
    return _settle(table, top, best)


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


class _Fit:
    """One profile laid on the header row in which it knows most names."""

    def __init__(self, top: list[tuple[int, list[str]]], profile: Profile, preference: int) -> None:
        self.profile = profile
        self.header_row, self.header = _find_header(top, profile)
        self.candidates = _candidates(self.header, profile)
        self.matched = len(self.candidates)
        self.missing = _missing(profile, frozenset(self.candidates))
        usable = self.matched > 0 and not self.missing
        order = -_KINDS.index(profile.kind) if usable else 0
        own = usable and profile.exact
        self.score = (usable, own, order, self._knows_kinds(top), self.matched, preference)

    def _knows_kinds(self, top: list[tuple[int, list[str]]]) -> bool:
        """False when the kind column holds words of another vocabulary."""
        if "kind" not in self.candidates:
            return True
        at = self.candidates["kind"][0].position
        words = [cell(cells, at) for row, cells in top[:200] if row > self.header_row]
        read = meaning_reader(self.profile.words, None)
        known = sum(_meaning(read, word) is not None for word in words)
        return known * 2 >= sum(1 for word in words if word.strip())


def _find_header(top: list[tuple[int, list[str]]], profile: Profile) -> tuple[int, list[str]]:
    """The row in which most cells are a name that the profile knows; the first of equals."""
    names = names_of([profile])
    best_row, best_cells, best = 0, [""], 0
    for row, cells in top[:_HEADER_WITHIN]:
        if profile.header_row == row:
            return row, cells
        known = len({plain_name(text) for text in cells} & names)
        if known > best and profile.header_row is None:
            best_row, best_cells, best = row, cells, known
    return best_row, best_cells


def _candidates(header: Sequence[str], profile: Profile) -> dict[str, list[Column]]:
    """Our field -> the columns that bear one of its names, first choice names before second choice."""
    found: dict[str, list[Column]] = {}
    plain = [plain_name(text) for text in header]
    for name in FIELDS[profile.kind]:
        for rank in profile.ranks(name):
            columns = [
                Column(at, header[at].strip()) for at, text in enumerate(plain) if text and text in rank
            ]
            if columns:
                found[name] = columns
                break
    if profile.kind == "ledger" and "date" not in found and "due" in found:
        found["date"] = found["due"]  # a list of charges with only the day they must be paid
    return found


def _missing(profile: Profile, have: frozenset[str]) -> list[str]:
    """The fields without which this kind of table makes no sense; alternatives are joined with a slash."""
    needs: list[tuple[str, ...]] = [(name,) for name in profile.needs]
    if profile.kind == "ledger":
        needs += [("tenancy",), ("date",), ("amount", "debit")]
        needs += [("debit",)] if "credit" in have and "amount" not in have else []
        needs += [("credit",)] if "debit" in have and "amount" not in have else []
    elif profile.kind == "tenancies":
        needs += [
            ("tenancy",),
            ("name", "surname", "start", "rent", "home", "street", "address", "iban", "mandate"),
        ]
    elif profile.kind == "homes":
        needs += [("home", "street", "address", "postcode", "bag_id")]
    else:
        needs += [("neighbourhood",), ("manager",)]
    if profile.exact:
        needs += [(name,) for name in profile.columns]
    return list(dict.fromkeys("/".join(names) for names in needs if not have & set(names)))


def _settle(table: Table, top: list[tuple[int, list[str]]], fit: _Fit) -> Recognition:
    profile = fit.profile
    sample = [cells for row, cells in top if row > fit.header_row][:SAMPLE]
    columns, doubts = _choose(fit, sample)
    notes = list(table.problems)
    for name in [name for name, column in columns.items() if _is_bsn(column, sample, name)]:
        doubts += _missing_doubts([name]) if name in _DECISIVE else []
        del columns[name]
    if "id" in columns and _repeats(columns["id"], sample):
        del columns["id"]  # a number that several rows share does not tell rows apart
    whole = Recognition(profile.kind, profile.name, fit.header_row, len(fit.header), columns)
    if fit.missing:
        doubts += _missing_doubts(fit.missing)
    elif profile.kind == "ledger":
        whole, more = _settle_ledger(table, whole, profile, sample)
        doubts += more
    else:
        whole, more = _settle_dates(table, whole, profile, sample, Places(_places(whole)))
        doubts += more
    used = {column.position for column in whole.columns.values()}
    others = [Column(at, text.strip()) for at, text in enumerate(fit.header) if at not in used]
    unused = [
        column for column in others if column.header or any(cell(row, column.position) for row in sample)
    ]
    notes += [_bsn_note(table, column) for column in unused if _is_bsn(column, sample)]
    named = tuple(replace(doubt, source=table.name) for doubt in doubts)
    return replace(
        whole,
        certain=not named and table.usable,
        doubts=named,
        notes=tuple(notes),
        unused=tuple(unused),
    )


def _choose(fit: _Fit, sample: list[list[str]]) -> tuple[dict[str, Column], list[Problem]]:
    """One column per field. Two candidates with different content for a decisive field are a doubt."""
    chosen, doubts = {}, []
    for name, columns in fit.candidates.items():
        chosen[name] = columns[0]
        if name in _DECISIVE and not _alike(columns, sample):
            doubts.append(_candidates_doubt(name, columns))
    if "amount" in chosen and {"debit", "credit"} & set(chosen):
        pair = [chosen[name] for name in ("debit", "credit") if name in chosen]
        if fit.profile.direction in (None, Direction.COLUMNS, Direction.COLUMNS_SIGNED):
            doubts.append(_candidates_doubt("amount", [chosen["amount"], *pair]))
    return chosen, doubts


def _alike(columns: list[Column], sample: list[list[str]]) -> bool:
    first = columns[0]
    return all(
        cell(row, first.position).strip() == cell(row, other.position).strip()
        for other in columns[1:]
        for row in sample
    )


def _repeats(column: Column, sample: list[list[str]]) -> bool:
    filled = [text for text in (cell(row, column.position).strip() for row in sample) if text]
    return len(set(filled)) < len(filled)


def _places(recognition: Recognition) -> tuple[int, ...]:
    return tuple(column.position for name, column in recognition.columns.items() if name in _DATE_FIELDS)


def _settle_ledger(
    table: Table, found: Recognition, profile: Profile, sample: list[list[str]]
) -> tuple[Recognition, list[Problem]]:
    by_description = (
        "kind" not in found.columns and "side" not in found.columns and "debit" not in found.columns
    )
    places = Places(
        _places(found),
        tenancy=found.at("tenancy"),
        amount=found.at("amount"),
        debit=found.at("debit"),
        credit=found.at("credit"),
        side=found.at("side"),
        kind=found.at("description") if by_description else found.at("kind"),
        detail=None if by_description else found.at("detail"),
    )
    seen = gather(sample, places, profile.words)
    if len(sample) >= SAMPLE and not settled(seen):
        seen = gather(_data_rows(table, found.header_row), places, profile.words)
    sides = settle_sides(seen, profile.sides)
    way, way_doubt = _direction(seen, places, profile, sides, by_description)
    found, doubts = _dates_and_decimal(found, profile, seen, sample)
    doubts += [way_doubt] if way_doubt else []
    if not by_description and seen.unknown_kinds > 0.5 * seen.kinds.total():
        doubts.append(_words_doubt(found, seen, profile))
    if found.at("date") == found.at("due") and _has_payments(seen, sides):
        doubts += _missing_doubts(["date"])
    reader = meaning_reader(profile.words, None)
    value_map = (
        {} if by_description else {word: _meaning(reader, word) for word, _ in seen.kinds.most_common(200)}
    )
    if way in (Direction.SIGNED, Direction.SIGNED_REVERSED):
        found = replace(found, columns={name: c for name, c in found.columns.items() if name != "side"})
    return (
        replace(
            found,
            words=profile.words,
            value_map=value_map,
            sides=sides,
            direction=way,
            every_row=profile.every_row,
        ),
        doubts,
    )


def _direction(
    seen: Evidence, places: Places, profile: Profile, sides: dict[str, str], by_description: bool
) -> tuple[Direction | None, Problem | None]:
    if profile.direction is not None:
        return profile.direction, None
    if by_description and profile.every_row is not None:
        return Direction.KIND, None
    way, doubt = direction(seen, places, sides)
    if by_description and (
        way is Direction.KIND or not {"owed", "paid"} <= {group for group, _ in seen.signs}
    ):
        # Without a kind column the words in descriptions may show what a sign means, not replace the kind.
        return None, direction_doubt()
    return way, doubt


def _has_payments(seen: Evidence, sides: dict[str, str]) -> bool:
    return (
        any(group == "paid" for group, _ in seen.signs)
        or any(sides.get(word) == "credit" for word, _, _ in seen.sides)
        or any(name == "credit" for name, _, _ in seen.columns)
    )


def _meaning(read: Callable[[str], Meaning | None], word: str) -> Meaning | None:
    try:
        return read(word)
    except CellFault:
        return None


def _settle_dates(
    table: Table, found: Recognition, profile: Profile, sample: list[list[str]], places: Places
) -> tuple[Recognition, list[Problem]]:
    places = replace(places, amount=found.at("rent"))
    seen = gather(sample, places, {})
    if len(sample) >= SAMPLE and not settled(seen):
        seen = gather(_data_rows(table, found.header_row), places, {})
    return _dates_and_decimal(found, profile, seen, sample)


def _dates_and_decimal(
    found: Recognition, profile: Profile, seen: Evidence, sample: list[list[str]]
) -> tuple[Recognition, list[Problem]]:
    decimal, decimal_doubt = (profile.decimal, None) if profile.decimal else decimal_sign(seen)
    order, order_doubt = (profile.dates, None) if profile.dates else date_order(seen)
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


# Doubts and notes


def _nothing(table: Table) -> Recognition:
    doubt = Problem(
        "no-header",
        Words(
            "Wij vinden geen rij met kolomnamen die wij kennen.",
            "We find no row with column names that we know.",
        ),
        Words(
            'Maak een profiel: zet onder [columns] hoe jullie kolommen heten, zoals tenancy = "Contractnr".',
            'Make a profile: put under [columns] what your columns are called, as in tenancy = "Contractnr".',
        ),
        source=table.name,
        fatal=True,
    )
    doubts = () if not table.usable else (doubt,)
    return Recognition("", "", 0, 0, doubts=(*(p for p in table.problems if p.fatal), *doubts))


def _missing_doubts(missing: Iterable[str]) -> list[Problem]:
    doubts = []
    for names in missing:
        first = names.split("/")[0]
        said = [FIELD_WORDS[name] for name in names.split("/")[:3]]
        doubts.append(
            Problem(
                "missing-column",
                Words(
                    f"Wij vinden geen kolom voor: {' of '.join(words.nl for words in said)}.",
                    f"We find no column for: {' or '.join(words.en for words in said)}.",
                ),
                Words(
                    f'Zet in een profiel onder [columns]: {first} = "de naam van jullie kolom"',
                    f'Put in a profile under [columns]: {first} = "the name of your column"',
                ),
                fatal=True,
            )
        )
    return doubts


def _candidates_doubt(name: str, columns: Sequence[Column]) -> Problem:
    listed = ", ".join(f"“{column.header}”" for column in columns)
    ours = FIELD_WORDS[name]
    return Problem(
        "two-candidates",
        Words(
            f"Meer kolommen kunnen {ours.nl} zijn: {listed}.", f"Several columns may be {ours.en}: {listed}."
        ),
        Words(
            f'Kies er één in een profiel, onder [columns]: {name} = "{columns[0].header}"',
            f'Choose one in a profile, under [columns]: {name} = "{columns[0].header}"',
        ),
        column=columns[0].header,
        fatal=True,
    )


def _words_doubt(found: Recognition, seen: Evidence, profile: Profile) -> Problem:
    reader = meaning_reader(profile.words, None)
    unknown = [word for word, _ in seen.kinds.most_common() if _meaning(reader, word) is None][:4]
    example = plain_words(unknown[0]).upper()
    return Problem(
        "doubt-kinds",
        Words("Wij kennen de woorden in deze kolom niet.", "We do not know the words in this column."),
        Words(
            f'Zet in een profiel onder [words] wat ze zijn: "{example}" = "rent"',
            f'Put in a profile under [words] what they are: "{example}" = "rent"',
        ),
        column=found.header("kind"),
        value=", ".join(unknown)[:80],
        fatal=True,
    )


def _bsn_note(table: Table, column: Column) -> Problem:
    return Problem(
        "bsn-column",
        Words(
            "In deze kolom staan burgerservicenummers. Wij lezen die nooit.",
            "This column holds BSNs; never read.",
        ),
        Words(
            "Laat de kolom de volgende keer weg uit het bestand.",
            "Leave the column out of the file next time.",
        ),
        source=table.name,
        column=column.header,
    )
