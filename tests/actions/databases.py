"""The bare database under a test: all its rows, without Django in between."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, connections

from voordeur.settings import database

Rows = dict[str, list[tuple[Any, ...]]]


def rows_of_test_database() -> Rows:
    """Every row of every table of the database of this test."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return _sqlite_rows(Path(name))
    return _postgresql_rows(os.environ["DATABASE_URL"], dbname=name)


def rows_at(url: str) -> Rows:
    """Every row of every table of the database at this address."""
    if url.startswith("sqlite"):
        return _sqlite_rows(Path(url.removeprefix("sqlite:///")))
    return _postgresql_rows(url)


def use(environment: dict[str, str]) -> None:
    """Have this process work on another database. Only in a process of its own."""
    connections.close_all()
    settings.DATABASES["default"] = database(environment["DATABASE_URL"])
    connections.settings = connections.configure_settings(settings.DATABASES)
    del connections["default"]
    settings.VAR = Path(environment["VOORDEUR_VAR"])


def _sqlite_rows(path: Path) -> Rows:
    with closing(sqlite3.connect(path, timeout=30)) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        names = file.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        return {name: file.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall() for (name,) in names}


def _postgresql_rows(url: str, **more: Any) -> Rows:
    with psycopg.connect(url, **more) as server:
        names = server.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
        ).fetchall()
        return {name: server.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall() for (name,) in names}
