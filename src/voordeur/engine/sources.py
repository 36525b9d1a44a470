"""Where a ledger comes from: Parquet or CSV (and `database.py`). It is read and asked by whole tenancies."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from threading import local
from typing import NamedTuple, TypedDict, TypeVar, Unpack

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from voordeur.core.ageing import Bucket
from voordeur.core.limits import Limits
from voordeur.core.pauses import Pause
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.engine.columns import NEEDED, OPTIONAL, is_packed, ledger
from voordeur.engine.day import Answer, Key, Question, answer, charges_of, tenancies_schema
from voordeur.engine.packing import Packed, pack
from voordeur.engine.stream import Piece, ask_pieces, ask_whole_pieces

T = TypeVar("T")
ROW_GROUP = 1 << 19
"""Rows per row group: small enough for the cache of a processor, large enough to be worth the trouble."""
_FEW_VALUES = (
    "tenancy",
    "date",
    "due",
    "known",
)  # fastest to read as a dictionary; the others as plain numbers
WHOLE = b"voordeur.whole_tenancies"
"""Metadata of a file of which every row group holds whole tenancies."""
SORT_AT_MOST = 10_000_000
"""A Parquet file with ids of at most so many rows is sorted in memory; a larger one must have been sorted."""


class Options(TypedDict, total=False):
    """What else can be asked; see `Question`."""

    per_charge: bool
    buckets: tuple[Bucket, ...]
    pauses: Mapping[Key, Sequence[Pause]]
    limits: Limits


class Arrears(NamedTuple):
    """How every tenancy stands: one row each, in order; and when asked of every charge when it was paid."""

    tenancies: pa.Table
    """See `tenancies_schema` in `day.py`."""
    charges: pa.Table | None
    """See `charges_of` in `day.py`."""


def arrears_from_parquet(
    path: str | Path, on: date, known: date | None = None, **options: Unpack[Options]
) -> Arrears:
    """How every tenancy in a Parquet file, or in a folder of them, stands at the end of day `on`.

    The file is packed (see `columns.py`) or a ledger with ids (see `packing.py`). With `known` only what was known at
    the end of that day. Refused when it cannot be read or is not sorted.
    """
    question = Question(on, known, **options)
    return gather(answers_from_parquet(path, question))


def arrears_from_csv(
    path: str | Path, on: date, known: date | None = None, **options: Unpack[Options]
) -> Arrears:
    """How every tenancy in a CSV file stands at the end of day `on`. Rows may stand in any order.

    Columns as in `packing.py`, amounts in euros with a point, UTF-8, commas. Refused when it cannot be read.
    """
    return gather([ask_table(read_csv(Path(path)), Question(on, known, **options), source=Path(path).name)])


def arrears_from_table(
    table: pa.Table, on: date, known: date | None = None, **options: Unpack[Options]
) -> Arrears:
    """How every tenancy in an Arrow table stands at the end of day `on`; packed, or with ids in any order."""
    return gather([ask_table(table, Question(on, known, **options))])


def answers_from_parquet(path: str | Path, question: Question) -> Iterator[Answer]:
    """`arrears_from_parquet` piece by piece: memory holds a few row groups and the answers about them."""
    wanted = [*_packed_columns(known=question.known is not None)]
    return over_parquet(path, lambda table, name: ask_table(table, question, source=name), wanted)


def over_parquet(
    path: str | Path, ask: Callable[[pa.Table, str], T], packed_columns: Sequence[str]
) -> Iterator[T]:
    """Ask a Parquet file, or a folder of them, by whole tenancies; of a packed file only read these columns."""
    files = _files(Path(path))
    name = files[0].name
    shape = pq.read_schema(files[0])
    packed = is_packed(shape.names)
    if not packed and sum(pq.read_metadata(file).num_rows for file in files) <= SORT_AT_MOST:
        return iter([ask(pa.concat_tables([pq.read_table(file) for file in files]), name)])
    columns = [column for column in packed_columns if column in shape.names] if packed else None

    def ask_piece(table: pa.Table) -> T:
        return ask(table, name)

    in_whole = all(WHOLE in (pq.read_schema(file).metadata or {}) for file in files)
    return (ask_whole_pieces if in_whole else ask_pieces)(row_groups(files, columns), ask_piece, source=name)


def ask_table(table: pa.Table, question: Question, *, source: str = "") -> Answer:
    """Ask a table of whole tenancies, packed or with ids. With ids the entries come with theirs."""
    if is_packed(table.schema.names):
        return answer(ledger(table, with_known=question.known is not None, source=source), question)
    return ask_packed(pack(table, source=source), table["id"], question, source=source)


def ask_packed(packed: Packed, ids: pa.ChunkedArray, question: Question, *, source: str = "") -> Answer:
    """Ask what was packed of a table with these ids; the entries come with theirs."""
    found = answer(ledger(packed.table, with_known=question.known is not None, source=source), question)
    if found.entries is None:
        return found
    return found._replace(entries=found.entries.append_column("id", ids.take(pa.array(packed.came_from))))


def gather(answers: Iterable[Answer]) -> Arrears:
    """One answer of many, in their order."""
    tenancies, charges = [], []
    for found in answers:
        tenancies.append(found.tenancies)
        if found.entries is not None:
            charges.append(charges_of(found.entries))
    if not tenancies:
        return Arrears(tenancies_schema(pa.string()).empty_table(), None)
    return Arrears(pa.concat_tables(tenancies), pa.concat_tables(charges) if charges else None)


def row_groups(files: Sequence[Path], columns: Sequence[str] | None = None) -> Iterator[Piece]:
    """The row groups of some Parquet files, each to be read in whatever thread."""
    opened = local()

    def read(file: Path, group: int) -> pa.Table:
        if getattr(opened, "path", None) != file:
            opened.path, opened.file = file, pq.ParquetFile(file)  # mapped pages would count as memory
        return opened.file.read_row_group(group, columns=columns, use_threads=False)

    for file in files:
        for group in range(pq.read_metadata(file).num_row_groups):
            yield partial(read, file, group)


def write_packed(path: str | Path, tables: Iterable[pa.Table], schema: pa.Schema) -> int:
    """Write a packed ledger, with the choices that are fastest to read back; the number of entries.

    Each table must hold whole tenancies, in order, and becomes a row group; about ROW_GROUP rows is a good size.
    """
    written = 0
    plain = [field.name for field in schema if field.name in _FEW_VALUES]
    with pq.ParquetWriter(
        path,
        schema.with_metadata({WHOLE: b"yes"}),
        compression={field.name: "none" if field.name in plain else "lz4" for field in schema},
        use_dictionary=plain,
        write_statistics=False,
    ) as writer:
        for table in tables:
            writer.write_table(table, row_group_size=max(1, table.num_rows))
            written += table.num_rows
    return written


def read_csv(path: Path) -> pa.Table:
    """A CSV file as text. Refused when it is no CSV file."""
    with path.open("rb") as file:
        names = file.readline().decode("utf-8-sig", "replace").strip().split(",")
    try:
        return pyarrow.csv.read_csv(
            path,
            convert_options=pyarrow.csv.ConvertOptions(
                column_types={name.strip('"'): pa.string() for name in names}, strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid as error:
        raise Refused(_not_csv(path.name)) from error


def _files(path: Path) -> list[Path]:
    found = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
    if not found or not found[0].exists():
        raise Refused(_not_found(path.name))
    return found


def _packed_columns(*, known: bool) -> Iterator[str]:
    yield "tenancy"
    yield from NEEDED
    yield from (name for name in OPTIONAL if name != "known" or known)


def _not_found(name: str) -> Problem:
    return Problem(
        "file-not-found",
        Words("Dit bestand is er niet.", "There is no such file."),
        Words("Kijk de naam en de map na.", "Check the name and the folder."),
        source=name,
        fatal=True,
    )


def _not_csv(name: str) -> Problem:
    return Problem(
        "not-a-csv-file",
        Words("Dit bestand kan niet als CSV worden gelezen.", "This file cannot be read as CSV."),
        Words(
            "Bewaar het als CSV met komma's en UTF-8, met op elke regel evenveel kolommen.",
            "Save it as CSV with commas and UTF-8, with the same number of columns in each row.",
        ),
        source=name,
        fatal=True,
    )
