"""Bulk reading on SQLite brings no second SQLite into our process: others still see that we are there."""

import os
import subprocess
import sys
from pathlib import Path

READS = """
import subprocess, sys
import django
django.setup()
from django.db import connection
import pyarrow as pa
from voordeur.store.arrow import columns

def count():
    with connection.cursor() as cursor:
        return cursor.execute("SELECT count(*) FROM t").fetchone()[0]

with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE t (n INTEGER)")
    cursor.execute("INSERT INTO t VALUES (1)")
print(columns("SELECT n FROM t", {"n": pa.int64()})["n"].to_pylist(), count())
subprocess.run([sys.executable, "-c", sys.argv[2], sys.argv[1]], check=True)
with connection.cursor() as cursor:
    cursor.execute("INSERT INTO t VALUES (2)")
print(columns("SELECT n FROM t", {"n": pa.int64()})["n"].to_pylist(), count())
print([name for name in sys.modules if "adbc_driver_sqlite" in name])
"""
COMES_AND_GOES = """
import sqlite3, sys
from pathlib import Path
connection = sqlite3.connect(sys.argv[1])
connection.execute("SELECT count(*) FROM t").fetchall()
connection.close()
print("log kept" if Path(sys.argv[1] + "-wal").exists() else "log put away", flush=True)
"""


def test_whoever_comes_and_goes_leaves_the_write_ahead_log(tmp_path: Path) -> None:
    """The last one out puts the log away. It must know that we are still in, or what we write next is lost."""
    file = tmp_path / "town.sqlite3"
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{file}",
        "VOORDEUR_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "voordeur.settings",
    }
    command = [sys.executable, "-c", READS, str(file), COMES_AND_GOES]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.stdout.split("\n")[:3], done.returncode) == (["[1] 1", "log kept", "[1, 2] 2"], 0), (
        done.stderr
    )
