"""`voordeur arrears`: how every tenancy stood on a day, from a bare file or from the database."""

import csv
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from voordeur.cli.start import refusals_in_words
from voordeur.core.ledger import Charge, Entry, Position, position
from voordeur.core.money import decimal_string, euros
from voordeur.core.problems import Problem
from voordeur.core.words import Words

Row = dict[str, Any]
"""What is said of one tenancy, ready for JSON; with `charges` when they were asked for."""


SMALL = 1_000_000
"""Bytes of a CSV file; reading that takes the core about a fifth of a second."""


class Format(StrEnum):
    """How the answer is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def _day(text: str) -> date:
    try:
        if len(text) == 10:
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise typer.BadParameter(f"'{text}' is geen datum; schrijf 2026-03-01. / no date; write 2026-03-01.")


def arrears_command(
    on: Annotated[
        date,
        typer.Option(
            "--on", parser=_day, metavar="DATE", help="De dag waarover het gaat. / The day in question."
        ),
    ],
    known: Annotated[
        date | None,
        typer.Option(
            "--known",
            parser=_day,
            metavar="DATE",
            help="Zoals we het op deze dag wisten. / As we knew it on this day.",
        ),
    ] = None,
    ledger: Annotated[
        str | None,
        typer.Option(
            "--ledger",
            metavar="FILE",
            help="Een CSV- of Parquet-bestand; anders de database. / A CSV or Parquet file; else the database.",
        ),
    ] = None,
    spark: Annotated[
        bool,
        typer.Option("--spark", help="Reken op je eigen Spark-cluster. / Compute on your own Spark cluster."),
    ] = False,
    charges: Annotated[
        bool, typer.Option("--charges", help="Ook elke post apart. / Every charge as well.")
    ] = False,
    format: Annotated[
        Format, typer.Option("--format", help="Tabel, CSV of JSON. / How the answer is written.")
    ] = Format.TABLE,
) -> None:
    """Toon hoe elk huurcontract er op een dag voor stond. / Show how every tenancy stood on a day.

    The balance is everything dated on or before DATE. A charge is overdue
    from the day after it is due. A payment pays the charge it designates
    (it waits for one that is still to come), then the oldest due charge;
    what is left is credit. A reversal opens again what its payment covered.
    Tenancies are sorted; charges stand in the order in which they came.

    The file is CSV (comma or semicolon, UTF-8) or Parquet. Columns:

    id          names one entry of its tenancy; twice is an error
    tenancy     any text
    date        2026-03-01; entries of one day count in the order of the file
    kind        charge, payment, reversal, refund, correction or write_off
    amount      euros with a point, above zero; only a correction is signed
    due         of a charge: when it must be paid (empty: its date)
    designates  of a payment: the id of a charge
    reverses    of a reversal: the id of a payment
    known       the day we knew it (empty: its date); for --known
    component   of a charge: rent, service, other, costs or interest
    claim       of costs and interest: the id of the charge, paid after them

    The first five are needed; other columns are ignored, with a note. So is
    a designation of a charge that is not there: the money goes to the oldest.
    A reversal of a payment that is not there is owed from its day, with a
    note. A correction of zero changes nothing. A file with a bad row is
    refused as a whole: every problem on stderr, nothing on stdout, exit 2.

    A Parquet file may also be packed, as voordeur.engine.columns describes,
    and may be a folder of such files. With --spark the same answer comes
    from Spark 4: Parquet at any address that your cluster can read, with
    your own settings (SPARK_REMOTE, SPARK_CONF_DIR, spark-defaults.conf).
    It needs Java 17 and voordeur[spark]; every executor needs voordeur.

    Examples:

    voordeur arrears --on 2026-03-31 --ledger grootboek.csv
    voordeur arrears --on 2026-03-03 --known 2026-03-10 --format json
    voordeur arrears --on 2026-03-31 --charges --format csv > posten.csv
    voordeur arrears --on 2026-03-31 --spark --ledger s3a://sector/ledger
    """
    with refusals_in_words():
        _print(_rows(on, known, ledger, spark=spark, with_charges=charges), format, with_charges=charges)


def _rows(on: date, known: date | None, ledger: str | None, *, spark: bool, with_charges: bool) -> list[Row]:
    """One row per tenancy, sorted, from where it was asked. Refused; or ends the command for a bad file."""

    def summarise(at: Position) -> Row:
        return _charges_too(_sums(at), at) if with_charges else _sums(at)

    if spark:
        from voordeur.cli.arrears_spark import spark_rows

        return spark_rows(ledger, on, known, with_charges=with_charges)
    if ledger is None:
        from voordeur.cli.arrears_db import positions

        return [{"tenancy": tenancy} | summarise(at) for tenancy, at in positions(on, known)]
    if is_for_engine(Path(ledger)):
        from voordeur.cli.arrears_engine import engine_rows

        found = engine_rows(Path(ledger), on, known, with_charges=with_charges)
        if found is not None:
            _say(found.notes)
            return found.rows
    return _from_file(Path(ledger), lambda entries: summarise(position(entries, on, known)))


def is_for_engine(path: Path) -> bool:
    """False for a small file, of which the core has the answer before the engine would have started."""
    try:
        if path.is_dir():
            return any(path.glob("*.parquet"))
        return path.stat().st_size > SMALL or path.suffix == ".parquet"
    except OSError:
        return False


def _from_file(path: Path, summarise: Callable[[list[Entry]], Row]) -> list[Row]:
    """One row per tenancy, sorted. Ends the command when the file cannot be used."""
    from voordeur.adapters.ledger_file import read_ledger

    terminal = sys.stderr.isatty()
    read = read_ledger(path, summarise, _progress if terminal else None)
    if terminal:
        sys.stderr.write("\r" + " " * 20 + "\r")
    _say(read.problems + read.notes)
    if read.problems:
        raise typer.Exit(2)
    return [{"tenancy": tenancy} | read.by_tenancy[tenancy] for tenancy in sorted(read.by_tenancy)]


def _progress(row: int) -> None:
    """The row that was reached, on one line of a terminal."""
    sys.stderr.write(f"\r{row:>12} …")
    sys.stderr.flush()


def _say(problems: list[Problem]) -> None:
    from voordeur.cli.start import language

    for problem in problems:
        print(problem.line(language()), file=sys.stderr)


# --- what is said of a tenancy ---------------------------------------------------------------------------------


def _sums(at: Position) -> Row:
    oldest = at.oldest_unpaid_due
    return {
        "balance": decimal_string(at.balance),
        "overdue": decimal_string(at.overdue),
        "oldest_unpaid_due": oldest.isoformat() if oldest else None,
        "days_overdue": (at.on - oldest).days if oldest else 0,
        "open_charges": sum(1 for charge in at.charges if charge.outstanding),
    }


def _charges_too(row: Row, at: Position) -> Row:
    return row | {"charges": [_charge(charge) for charge in at.charges]}


def _charge(charge: Charge) -> Row:
    paid_on = charge.paid_on
    return {
        "id": charge.id,
        "due": charge.due.isoformat(),
        "amount": decimal_string(charge.amount),
        "paid": decimal_string(charge.paid),
        "outstanding": decimal_string(charge.outstanding),
        "paid_on": paid_on.isoformat() if paid_on else None,
        "days_late": charge.days_late,
    }


# --- how it is written -----------------------------------------------------------------------------------------

_HEADINGS = {
    "tenancy": Words("Contract", "Tenancy"),
    "balance": Words("Saldo", "Balance"),
    "overdue": Words("Te laat", "Overdue"),
    "oldest_unpaid_due": Words("Oudste open", "Oldest open"),
    "days_overdue": Words("Dagen", "Days"),
    "open_charges": Words("Open posten", "Open charges"),
    "id": Words("Post", "Charge"),
    "due": Words("Vervaldag", "Due"),
    "amount": Words("Bedrag", "Amount"),
    "paid": Words("Betaald", "Paid"),
    "outstanding": Words("Nog open", "Still open"),
    "paid_on": Words("Betaald op", "Paid on"),
    "days_late": Words("Dagen te laat", "Days late"),
}
_COLUMNS = list(_HEADINGS)
_SUM_COLUMNS = _COLUMNS[: _COLUMNS.index("id")]
_AMOUNTS = {"balance", "overdue", "amount", "paid", "outstanding"}
_TEXTS = {"tenancy", "id"}


def _print(rows: list[Row], format: Format, *, with_charges: bool) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # the same bytes on every machine
    if format is Format.JSON:
        _print_json(rows)
        return
    columns = _COLUMNS if with_charges else _SUM_COLUMNS
    if format is Format.CSV:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([line.get(column) for column in columns] for line in _lines(rows))
    else:
        _print_table(columns, rows)


def _lines(rows: Iterable[Row]) -> Iterator[Row]:
    """One line per tenancy, or one per charge with the sums of its tenancy before it."""
    for row in rows:
        if not row.get("charges"):
            yield row
        for charge in row.get("charges", ()):
            yield row | charge


def _print_json(rows: list[Row]) -> None:
    """A list with one object per line."""
    objects = (json.dumps(row, ensure_ascii=False) for row in rows)
    sys.stdout.write("[\n" + ",\n".join(objects) + "\n]\n" if rows else "[]\n")


def _print_table(columns: list[str], rows: list[Row]) -> None:
    from voordeur.cli.start import language

    said = language()
    lines = [[_HEADINGS[column].in_language(said) for column in columns]]
    lines += [[_cell(line.get(column), column, said) for column in columns] for line in _lines(rows)]
    widths = [max(map(len, cells)) for cells in zip(*lines, strict=True)]
    for line in lines:
        cells = (
            cell.ljust(width) if column in _TEXTS else cell.rjust(width)
            for cell, width, column in zip(line, widths, columns, strict=True)
        )
        print("  ".join(cells).rstrip())
    behind = sum(1 for row in rows if row["days_overdue"])
    total = Words(
        f"{len(rows)} contracten, {behind} met achterstand.", f"{len(rows)} tenancies, {behind} in arrears."
    )
    print(total.in_language(said))


def _cell(value: Any, column: str, said: str) -> str:
    if value is None:
        return "-"
    if column in _AMOUNTS:
        return euros(int(value.replace(".", ""))).in_language(said)
    return " ".join(str(value).split())  # a name with a line end in it stays on its line
