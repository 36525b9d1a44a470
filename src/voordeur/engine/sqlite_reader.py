"""Reads a SQLite database as Arrow in a process of its own: `python -m voordeur.engine.sqlite_reader FILE`.

The driver (ADBC) brings a second SQLite library, and two of those in one process do not see each other's locks: one
empties the shared memory that the other works in, or puts away its write-ahead log (sqlite.org/howtocorrupt.html,
2.2.1). In a process of its own it is a reader like any other. A question is one line of JSON on standard input, the
answer an Arrow stream on standard output. It ends when nobody asks any more.
"""

import json
import subprocess
import sys
from urllib.parse import quote

import pyarrow as pa

_BATCH = {"adbc.sqlite.query.batch_rows": 1 << 17}
_PATIENCE = 30_000  # milliseconds: another connection may just be closing the write-ahead log


class SqliteReader:
    """The process, seen from here: ask it, then close it. It opens the file for reading only."""

    def __init__(self, path: str) -> None:
        command = [sys.executable, "-m", __name__, path]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    def fetch(self, query: str) -> pa.Table:
        """The answer to a query. OSError, with what the driver says, when there is none."""
        asks, answers = self._process.stdin, self._process.stdout
        assert asks is not None
        assert answers is not None
        try:
            asks.write(json.dumps(query).encode() + b"\n")
            asks.flush()
            with pa.ipc.open_stream(pa.PythonFile(answers, mode="r")) as stream:
                return stream.read_all()
        except (pa.ArrowInvalid, BrokenPipeError) as error:
            raise OSError(self._said()) from error

    def close(self) -> None:
        """Nobody asks any more."""
        self._process.communicate()

    def _said(self) -> str:
        _rest, said = self._process.communicate()
        return said.decode(errors="replace").strip().rpartition("\n")[2] or "the reader of SQLite stopped"


def answer(path: str) -> None:
    """Answer until standard input ends."""
    import adbc_driver_sqlite.dbapi

    with (
        adbc_driver_sqlite.dbapi.connect(f"file:{quote(path)}?mode=ro") as connection,
        connection.cursor() as cursor,
    ):
        cursor.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
        cursor.fetchall()
        cursor.adbc_statement.set_options(**_BATCH)
        for line in sys.stdin.buffer:
            cursor.execute(json.loads(line))
            found = cursor.fetch_record_batch()
            with pa.ipc.new_stream(sys.stdout.buffer, found.schema) as stream:
                for batch in found:
                    stream.write_batch(batch)
            sys.stdout.buffer.flush()


if __name__ == "__main__":
    answer(sys.argv[1])
