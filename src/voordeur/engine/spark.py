"""The same pass on a Spark cluster: the extra `[spark]`, Spark 4, with your own session and its settings.

Every executor needs this package (in its image or environment). A tenancy is put together on one executor and replayed
there by the compiled function that runs everywhere else; the answers are the same to the byte.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Unpack

import pyarrow as pa

from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.engine.bare_file import ask_bare
from voordeur.engine.columns import is_packed
from voordeur.engine.day import Answer, Question, pattern_fields, tenancies_schema
from voordeur.engine.sources import ROW_GROUP, Options, ask_table
from voordeur.engine.stream import Piece, ask_pieces

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_TYPES = {
    pa.int32(): "int",
    pa.int64(): "bigint",
    pa.date32(): "date",
    pa.string(): "string",
    pa.float64(): "double",
}


def arrears_on_spark(
    spark: "SparkSession",
    path: str,
    on: date,
    known: date | None = None,
    *,
    bare: bool = False,
    **options: Unpack[Options],
) -> "DataFrame":
    """How every tenancy in a ledger in Parquet stands at the end of day `on`; columns as of `Answer.tenancies`.

    `path` is whatever Spark reads: s3a://..., a folder, a file. It holds a packed ledger (`columns.py`), of which each
    tenancy is in one file, or one with ids (`packing.py`), in any order. With `bare` a ledger with ids is read as
    `bare_file.py` does, and the tenancies are text. `per_charge` is not for Spark.
    """
    rows = spark.read.parquet(path)
    rows = rows.withColumns({"file": rows["_metadata.file_name"], "row": rows["_metadata.row_index"]})
    bare = bare and not is_packed(rows.columns)
    return arrears_of_frame(rows, Question(on, known, **options), bare=bare)


def arrears_of_frame(rows: "DataFrame", question: Question, *, bare: bool = False) -> "DataFrame":
    """The same of a frame, of which the columns `file` and `row` say in which order the rows stood."""
    from pyspark.sql.pandas.types import to_arrow_type

    key = pa.string() if bare else to_arrow_type(rows.schema["tenancy"].dataType)
    shape = [*tenancies_schema(key, question.buckets)]
    if question.limits:
        shape += pattern_fields()

    def ask_one(table: pa.Table) -> Answer:
        table = table.drop_columns(["file", "row"])
        found = ask_bare(table, question) if bare else (ask_table(table, question), [])
        if found is None:
            raise Refused(look_closer())
        return found[0]

    def ask(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for found in ask_pieces(_larger(batches), ask_one, workers=1):
            yield from found.tenancies.to_batches()

    together = rows.repartition("tenancy").sortWithinPartitions("tenancy", "file", "row")
    return together.mapInArrow(ask, ", ".join(f"{field.name} {_TYPES[field.type]}" for field in shape))


def _larger(batches: Iterable[pa.RecordBatch]) -> Iterator[Piece]:
    """The batches of Spark are small; a pass wants about ROW_GROUP rows at a time."""
    held: list[pa.RecordBatch] = []
    rows = 0
    for batch in batches:
        held.append(batch)
        rows += batch.num_rows
        if rows >= ROW_GROUP:
            yield _joined(held)
            held, rows = [], 0
    if held:
        yield _joined(held)


def _joined(batches: list[pa.RecordBatch]) -> Piece:
    return lambda: pa.Table.from_batches(batches).combine_chunks()


def look_closer() -> Problem:
    """Something in a bare ledger must be looked at row by row, which Spark does not do."""
    return Problem(
        "ledger-not-right",
        Words("In dit grootboek klopt een cel niet.", "A cell of this ledger is not right."),
        Words(
            "Draai voordeur arrears zonder --spark; dan lees je waar en wat.",
            "Run voordeur arrears without --spark; it says where and what.",
        ),
    )
