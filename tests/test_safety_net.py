"""The tests stand on firm ground: no network, a fixed day, the database that was asked for."""

import os
import socket
import subprocess
import sys

import pytest

from tests.conftest import TODAY


def test_a_connection_that_leaves_this_machine_is_refused() -> None:
    with socket.socket() as outside, pytest.raises(RuntimeError, match="network"):
        outside.connect(("192.0.2.1", 80))  # an address that RFC 5737 keeps for documentation


def test_a_name_elsewhere_is_not_looked_up() -> None:
    with pytest.raises(RuntimeError, match="network"):
        socket.getaddrinfo("example.org", 443)


def test_a_connection_on_this_machine_works() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        client.sendall(b"hello")
        accepted, _ = server.accept()
        with accepted:
            assert accepted.recv(5) == b"hello"


def test_the_day_is_fixed() -> None:
    from voordeur.actions.today import today

    assert today().isoformat() == TODAY


@pytest.mark.django_db
def test_the_database_is_the_one_that_was_asked_for() -> None:
    from django.db import connection

    asked = os.environ.get("VOORDEUR_TEST_DATABASE", "sqlite")
    assert connection.vendor == asked
    assert "test" in str(connection.settings_dict["NAME"])


def test_another_process_finds_its_own_empty_database(fresh_database: dict[str, str]) -> None:
    program = (
        "import django; django.setup()\n"
        "from django.db import connection\n"
        "print(connection.vendor, len(connection.introspection.table_names()))"
    )
    environment = fresh_database | {"DJANGO_SETTINGS_MODULE": "voordeur.settings"}
    said = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert said.stdout.split() == [os.environ.get("VOORDEUR_TEST_DATABASE", "sqlite"), "0"]
