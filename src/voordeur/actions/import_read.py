"""Read a file: recognise it, stage its good rows outside the ledger, keep its problems, and fill the preview.

`run.preview` afterwards, for a spreadsheet:
    header_row, format, encoding, delimiter, sheet, profile, direction, decimal, dates
    columns   [{theirs, sample, ours, nl, en}]  in the order of the file; ours is empty for a column we do not read
    words     [{theirs, ours}]                  kind words in the file and what we make of them (ours null: unknown)
    doubts    [{code, nl, en, cure_nl, cure_en, column, value}]   while there are any, nothing can be booked
    notes     the same shape: good to know, nothing to mend
    rows_good, tenancies, charged, paid (decimal strings), first_day, last_day
for a bank file:
    statements [{account, id, opening, closing, closing_day, difference, in, out, reversed}], forcible
`run.mapping` holds how it was read: `adapters.recognition.as_data`, with `profile_toml` when a person chose the
columns, `header_row_chosen` when a person said where the column names stand, and `new_tenancies` when a person agreed
that the ledger brings tenancies of its own.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from voordeur.actions.import_bank import bank_preview, read_bank
from voordeur.actions.keep_problems import keep_problems
from voordeur.actions.stage_ledger import stage_ledger
from voordeur.adapters.bank import looks_like_bank_file
from voordeur.adapters.field_words import FIELD_WORDS
from voordeur.adapters.mapping import (
    Profile,
    Recognition,
    as_data,
    is_note,
    parse_profile,
    read_records,
    recognise,
    shipped_profiles,
)
from voordeur.adapters.spreadsheet import Row, Table, open_table
from voordeur.core.problems import Problem
from voordeur.store.models import ImportRun, MappingProfile

State = ImportRun.State
_SNIFF = 4_096
_CHOICES = ("profile_toml", "header_row_chosen", "new_tenancies")
"""What a person chose for this file; kept when it is read again."""


def read_run(run: ImportRun, today: date) -> None:
    """Fill `run` (not saved here): kind, mapping, preview, counts and state; rows and problems are stored."""
    path = Path(run.path)
    with path.open("rb") as file:
        start = file.read(_SNIFF)
    if looks_like_bank_file(start):
        _read_bank(run)
    else:
        _read_table(run, path)


def _read_bank(run: ImportRun) -> None:
    file = read_bank(run)
    run.kind, run.mapping = "bank", {}
    run.preview = bank_preview(file) | {"forcible": file.forcible, "format": file.format}
    run.rows_total = run.rows_read = sum(len(statement.entries) for statement in file.statements)
    keep_problems(run, file.all_problems)
    run.state = State.READ if file.statements else State.FAILED


def _read_table(run: ImportRun, path: Path) -> None:
    table = replace(open_table(path), name=run.file_name)
    recognition = recognise(table, profiles(run.mapping))
    run.kind = recognition.kind
    kept = {name: run.mapping[name] for name in _CHOICES if name in run.mapping}
    run.mapping = as_data(recognition) | kept
    run.preview = _table_preview(table, recognition)
    if not recognition.certain:
        keep_problems(run, recognition.doubts)
        run.state = State.READ if table.usable else State.FAILED
        return
    run.rows_total = _count_rows(table, recognition)
    run.save()
    if run.kind == "ledger":
        sums = stage_ledger(run, table, recognition)
        run.preview |= sums.as_preview()
    else:
        run.preview["rows_good"] = _check_rows(run, table, recognition)
    run.state = State.READ


def profiles(mapping: dict[str, Any]) -> list[Profile]:
    """What a person chose for this file and nothing else; else the profiles kept earlier, then those shipped."""
    chosen = parse_profile(mapping["profile_toml"]) if "profile_toml" in mapping else None
    if isinstance(chosen, Profile):
        return [chosen]
    own = MappingProfile.objects.order_by("-saved").values_list("toml", flat=True)
    kept = [one for one in map(parse_profile, own) if isinstance(one, Profile)]
    row = mapping.get("header_row_chosen")
    return [replace(one, header_row=row) if row else one for one in (*kept, *shipped_profiles())]


def _table_preview(table: Table, found: Recognition) -> dict[str, Any]:
    return {
        "format": table.format,
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "sheet": table.sheet,
        "header_row": found.header_row,
        "profile": found.profile,
        "direction": str(found.direction) if found.direction else "",
        "decimal": found.decimal,
        "dates": found.dates,
        "columns": _columns(table, found),
        "words": [{"theirs": word, "ours": ours and str(ours)} for word, ours in found.value_map.items()],
        "doubts": [_said(problem) for problem in found.doubts],
        "notes": [_said(problem) for problem in found.notes],
    }


def _columns(table: Table, found: Recognition) -> list[dict[str, Any]]:
    """Every column of the file with one value from it. A column that is never read shows no value."""
    rows: Iterator[Row] = (row for row in table.rows() if row[0] >= max(found.header_row, 1))
    header = next(rows, (0, []))[1]
    first = list(islice(rows, 20))
    ours = {column.position: name for name, column in found.columns.items()}
    hidden = {problem.column for problem in found.notes if problem.code == "bsn-column"}
    columns = []
    for at, theirs in enumerate(header):
        name = ours.get(at, "")
        filled = (cells[at] for _, cells in first if at < len(cells) and cells[at].strip())
        words = FIELD_WORDS.get(name)
        columns.append(
            {
                "theirs": theirs.strip(),
                "sample": "" if theirs.strip() in hidden else next(filled, "")[:40],
                "ours": name,
                "nl": words.nl if words else "",
                "en": words.en if words else "",
            }
        )
    return columns


def _count_rows(table: Table, found: Recognition) -> int:
    return sum(1 for row, _ in table.rows() if row > found.header_row)


def _check_rows(run: ImportRun, table: Table, found: Recognition) -> int:
    """Registers are read again when they are booked; here they are only checked. Returns the good rows."""
    good, wrong = 0, []
    for one in read_records(table, found):
        if isinstance(one, Problem):
            wrong.append(one)
        else:
            good += 1
    keep_problems(run, wrong)
    run.rows_read = run.rows_total
    run.rows_refused = len({one.row for one in wrong if not is_note(one)})
    return good


def _said(problem: Problem) -> dict[str, str]:
    return {
        "code": problem.code,
        "nl": problem.message.nl,
        "en": problem.message.en,
        "cure_nl": problem.cure.nl,
        "cure_en": problem.cure.en,
        "column": problem.column,
        "value": problem.value,
    }
