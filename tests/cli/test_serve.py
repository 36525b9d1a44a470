"""The web processes are forks of the command: what is open in it then must not be a database."""

import subprocess

import granian
import pytest
from django.db import connection

from voordeur.cli.serve import run_server


class Worker:
    """Stands in for the process that reads files."""

    ended = False

    def terminate(self) -> None:
        Worker.ended = True

    def wait(self, timeout: float) -> int:
        return 0


@pytest.mark.django_db(transaction=True)
def test_no_connection_is_open_when_the_web_processes_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fork that inherits one of SQLite takes no locks of its own, and loses the write-ahead log to the worker."""
    open_then: list[object] = []

    class Server:
        def __init__(self, *_args: object, **_more: object) -> None: ...

        def serve(self) -> None:
            open_then.append(connection.connection)

    def start(*_args: object, **_more: object) -> Worker:
        open_then.append(connection.connection)
        return Worker()

    monkeypatch.setattr(granian, "Granian", Server)
    monkeypatch.setattr(subprocess, "Popen", start)
    connection.ensure_connection()
    run_server("127.0.0.1", 8000)
    assert open_then == [None, None]
    assert Worker.ended
