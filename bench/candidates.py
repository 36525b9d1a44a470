"""Who is compared, each on the same file and the same question. All return the same few sums, which must be equal.

The question `day`: of every tenancy the balance, what is overdue, the oldest unpaid due day and the days since, on ON.
The question `paid`: of every charge up to ON the day on which it was paid, and the days late.

SQL cannot replay a ledger, so the queries use what `sector.py` promises: leave out payments that were reversed, take
off what named its charge, and lay the rest out on the rest, oldest due first, by running totals. They are written as
well as we can; better ones are welcome.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.sector import ON

Sums = dict[str, int]
NEEDED = ["tenancy", "date", "due", "kind", "amount", "refers"]


def bare_decoding(path: Path) -> Sums:
    """Only read the columns, with the same reader and the same two threads as the engine."""
    from concurrent.futures import ThreadPoolExecutor

    from voordeur.engine.sources import row_groups
    from voordeur.engine.stream import WORKERS

    with ThreadPoolExecutor(WORKERS) as pool:
        return {"rows": sum(pool.map(lambda piece: piece().num_rows, row_groups([path], NEEDED)))}


def engine_day(path: Path) -> Sums:
    """Voordeur: the whole answer, with ageing and last payment."""
    from voordeur.engine.sources import arrears_from_parquet

    return _sums(arrears_from_parquet(path, ON).tenancies)


def _sums(found: Any) -> Sums:
    import pyarrow as pa
    import pyarrow.compute as pc

    return {
        "balance": pc.sum(found["balance"]).as_py(),
        "in_arrears": pc.sum(pc.greater(found["overdue"], 0)).as_py(),
        "overdue": pc.sum(found["overdue"]).as_py(),
        "oldest": pc.sum(found["oldest_unpaid_due"].cast(pa.int32())).as_py(),
        "days": pc.sum(found["days_overdue"]).as_py(),
    }


def engine_paid(path: Path) -> Sums:
    """Voordeur: the whole answer, and of every charge when it was paid."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from voordeur.engine.day import Question
    from voordeur.engine.sources import answers_from_parquet

    paid = late = 0
    for found in answers_from_parquet(path, Question(ON, per_charge=True)):
        assert found.entries is not None
        paid_on, due = (found.entries[name].cast(pa.int32()) for name in ("paid_on", "due"))
        days_late = pc.subtract(paid_on, due)
        paid += len(days_late) - days_late.null_count
        late += pc.sum(days_late).as_py() or 0
    return {"paid": paid, "late": late}


def engine_months(path: Path) -> Sums:
    """Voordeur: the portfolio at the end of each of the last 120 months, in one pass."""
    import pyarrow.compute as pc

    from voordeur.engine.months import Portfolio, portfolio_from_parquet

    points = portfolio_from_parquet(path, Portfolio(ON, 120))
    return {name: pc.sum(points[name]).as_py() for name in ("in_arrears", "overdue", "cured", "relapsed")}


def engine_sqlite(path: Path) -> Sums:
    """Voordeur: the same question of a SQLite database, read through ADBC."""
    from bench.sqlite import sector_in_sqlite
    from voordeur.engine.database import arrears_from_database

    return _sums(arrears_from_database(f"sqlite:////{sector_in_sqlite(path).resolve()}", ON).tenancies)


def engine_spark(path: Path) -> Sums:
    """Voordeur inside a local Spark with two threads: the same compiled pass."""
    from pyspark.sql import functions as f

    from bench.spark_session import session
    from voordeur.engine.spark import arrears_on_spark

    spark = session()
    row = (
        arrears_on_spark(spark, str(path), ON)
        .agg(
            f.sum("balance").alias("balance"),
            f.sum((f.col("overdue") > 0).cast("long")).alias("in_arrears"),
            f.sum("overdue").alias("overdue"),
            f.sum(f.datediff("oldest_unpaid_due", f.lit("1970-01-01"))).alias("oldest"),
            f.sum("days_overdue").alias("days"),
        )
        .first()
    )
    return {name: int(value) for name, value in row.asDict().items()}


_DUCK_PARTS = """
with rows as (
  select tenancy, date, due, kind, amount, refers, file_row_number as row
  from read_parquet('{path}', file_row_number = true) where date <= date '{on}'
),
undone as (select row + refers as row from rows where kind = 3),
paid as (select * from rows where kind = 2 and row not in (select row from undone)),
named as (select row + refers as row, date as paid_on, amount from paid where refers <> 0),
charges as (
  select c.tenancy, c.due, c.row, c.amount, n.paid_on, c.amount - coalesce(n.amount, 0) as rest
  from rows c left join named n using (row) where c.kind = 1
),
"""

_DUCK_DAY = (
    _DUCK_PARTS
    + """
money as (select tenancy, sum(amount) as money from paid where refers = 0 group by tenancy),
laid as (
  select tenancy, due, rest, coalesce(money, 0) as money,
    sum(rest) over (partition by tenancy order by due, row rows unbounded preceding) as reach
  from charges left join money using (tenancy)
),
opened as (select *, least(rest, greatest(reach - money, 0)) as open from laid),
tenancies as (
  select tenancy, sum(rest) - any_value(money) as balance,
    coalesce(sum(open) filter (due < date '{on}'), 0) as overdue,
    min(due) filter (open > 0 and due < date '{on}') as oldest
  from opened group by tenancy
)
select sum(balance), count(*) filter (overdue > 0), sum(overdue),
  sum(oldest - date '1970-01-01'), sum(date '{on}' - oldest)
from tenancies
"""
)

_DUCK_PAID = (
    _DUCK_PARTS
    + """
money as (
  select tenancy, date, row,
    sum(amount) over (partition by tenancy order by row rows unbounded preceding) as reach
  from paid where refers = 0
),
laid as (
  select tenancy, due, rest,
    sum(rest) over (partition by tenancy order by due, row rows unbounded preceding) as reach
  from charges where paid_on is null
),
found as (
  select l.due, m.date as paid_on from laid l asof join money m on l.tenancy = m.tenancy and l.reach <= m.reach
  union all
  select due, paid_on from charges where paid_on is not null
)
select count(*), sum(paid_on - due) from found
"""
)


def _duckdb(path: Path, query: str) -> tuple[Any, ...]:
    import duckdb

    with duckdb.connect() as connection:
        connection.execute("set threads = 2")
        row = connection.execute(query.format(path=path, on=ON)).fetchone()
    assert row is not None
    return tuple(int(value) for value in row)


def duckdb_day(path: Path) -> Sums:
    """DuckDB, two threads."""
    return dict(
        zip(("balance", "in_arrears", "overdue", "oldest", "days"), _duckdb(path, _DUCK_DAY), strict=True)
    )


def duckdb_paid(path: Path) -> Sums:
    """DuckDB, two threads, running totals joined as of."""
    return dict(zip(("paid", "late"), _duckdb(path, _DUCK_PAID), strict=True))


def polars_day(path: Path) -> Sums:
    """Polars, its own thread pool (as many as there are cores), lazy, streaming engine where it can."""
    import polars as pl

    charges, free = _polars_parts(path)
    money = free.group_by("tenancy").agg(pl.col("amount").cast(pl.Int64).sum().alias("money"))
    open_ = (
        charges.join(money, on="tenancy", how="left", maintain_order="left")
        .with_columns(pl.col("money").fill_null(0), pl.col("rest").cum_sum().over("tenancy").alias("reach"))
        .with_columns(pl.min_horizontal("rest", (pl.col("reach") - pl.col("money")).clip(0)).alias("open"))
    )
    late = pl.col("due") < ON
    found = (
        open_.group_by("tenancy")
        .agg(
            (pl.col("rest").sum() - pl.col("money").first()).alias("balance"),
            pl.col("open").filter(late).sum().alias("overdue"),
            pl.col("due").filter(late & (pl.col("open") > 0)).min().alias("oldest"),
        )
        .select(
            pl.col("balance").sum(),
            (pl.col("overdue") > 0).sum().alias("in_arrears"),
            pl.col("overdue").sum(),
            pl.col("oldest").cast(pl.Int32).cast(pl.Int64).sum(),
            (pl.lit(ON) - pl.col("oldest")).dt.total_days().sum().alias("days"),
        )
        .collect(engine=_polars_engine())
    )
    return {name: int(value) for name, value in found.row(0, named=True).items()}


def _polars_engine() -> Any:
    import os

    return os.environ.get("BENCH_POLARS", "auto")


def _polars_parts(path: Path) -> tuple[Any, Any]:
    """Charges with what is left after the payments that name them, and the payments that name none."""
    import polars as pl

    rows = pl.scan_parquet(path, row_index_name="row").filter(pl.col("date") <= ON)
    rows = rows.with_columns(pl.col("row").cast(pl.Int64))
    target = (pl.col("row") + pl.col("refers")).alias("row")
    undone = rows.filter(pl.col("kind") == 3).select(target)
    paid = rows.filter(pl.col("kind") == 2).join(undone, on="row", how="anti", maintain_order="left")
    named = paid.filter(pl.col("refers") != 0).select(
        target, pl.col("amount").alias("named"), pl.col("date").alias("paid_on")
    )
    charges = (
        rows.filter(pl.col("kind") == 1)
        .join(named, on="row", how="left", maintain_order="left")
        .with_columns((pl.col("amount") - pl.col("named").fill_null(0)).cast(pl.Int64).alias("rest"))
    )
    return charges, paid.filter(pl.col("refers") == 0)


def pandas_day(path: Path) -> Sums:
    """pandas, one thread; only for small sizes."""
    import pandas as pd

    rows = pd.read_parquet(path, columns=NEEDED)
    rows["date"] = pd.to_datetime(rows["date"])
    rows["due"] = pd.to_datetime(rows["due"])
    on = pd.Timestamp(ON)
    rows = rows[rows["date"] <= on]
    undone = rows.index[rows["kind"] == 3] + rows.loc[rows["kind"] == 3, "refers"]
    paid = rows[(rows["kind"] == 2) & ~rows.index.isin(undone)]
    named = paid[paid["refers"] != 0]
    charges = rows[rows["kind"] == 1].copy()
    charges["rest"] = charges["amount"].astype("int64")
    charges.loc[named.index + named["refers"], "rest"] -= named["amount"].to_numpy()
    money = paid[paid["refers"] == 0].groupby("tenancy")["amount"].sum()
    charges["money"] = charges["tenancy"].map(money).fillna(0).astype("int64")
    reach = charges.groupby("tenancy")["rest"].cumsum()
    charges["open"] = (reach - charges["money"]).clip(lower=0).clip(upper=charges["rest"])
    balance = charges.groupby("tenancy")["rest"].sum() - charges.groupby("tenancy")["money"].first()
    late = charges[(charges["due"] < on) & (charges["open"] > 0)]
    overdue = late.groupby("tenancy")["open"].sum()
    oldest = late.groupby("tenancy")["due"].min()
    return {
        "balance": int(balance.sum()),
        "in_arrears": int((overdue > 0).sum()),
        "overdue": int(overdue.sum()),
        "oldest": int((oldest - pd.Timestamp("1970-01-01")).dt.days.sum()),
        "days": int((on - oldest).dt.days.sum()),
    }


def prepare(name: str, path: Path) -> None:
    """What must be there before a candidate can be measured."""
    if name == "engine_sqlite":
        from bench.sqlite import sector_in_sqlite

        sector_in_sqlite(path)


CANDIDATES: dict[str, Callable[[Path], Sums]] = {
    "bare_decoding": bare_decoding,
    "engine_day": engine_day,
    "engine_paid": engine_paid,
    "engine_months": engine_months,
    "engine_spark": engine_spark,
    "engine_sqlite": engine_sqlite,
    "polars_day": polars_day,
    "duckdb_day": duckdb_day,
    "duckdb_paid": duckdb_paid,
    "pandas_day": pandas_day,
}
