"""The port for SMS and e-mail: what each driver does with a message, and what it says when that fails."""

import io
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from voordeur.adapters.letter_texts import load_word_lists
from voordeur.adapters.messages import ConsoleDriver, Delivery, FileDriver, HttpDriver, send
from voordeur.core.short_messages import Message, MessageRoute

LISTS = load_word_lists()
MESSAGE = Message(MessageRoute.SMS, "0612345678", "Belt u mij even? Marit Hoogland", "zaak-1")


class Gateway(HTTPServer):
    """A gateway on this machine: gives the answers it was told to give, and remembers what it got."""

    def __init__(self, *answers: tuple[int, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers, self.got = list(answers), list[tuple[dict[str, str], dict[str, str]]]()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/berichten"


class _Handler(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((dict(self.headers), json.loads(body)))
        code, answer = self.server.answers.pop(0)
        self.send_response(code)
        if code == 302:
            self.send_header("Location", "/elders")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    server = Gateway()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def over_http(gateway: Gateway, *answers: tuple[int, bytes]) -> tuple[Delivery, list[float]]:
    """What sending comes to when the gateway gives these answers, and how long was waited in between."""
    gateway.answers, waits = list(answers), list[float]()
    driver = HttpDriver(gateway.address, "sleutel", timeout=5, wait=waits.append)
    return send(driver, MESSAGE, LISTS), waits


def test_the_console_shows_that_a_message_goes_and_not_to_whom() -> None:
    screen = io.StringIO()
    delivery = send(ConsoleDriver(screen), MESSAGE, LISTS)
    assert delivery.sent
    assert delivery.reference in screen.getvalue()
    assert "0612345678" not in screen.getvalue()
    assert "Belt u" not in screen.getvalue()


def test_a_file_per_message_and_the_same_message_once(tmp_path: Path) -> None:
    driver = FileDriver(tmp_path / "uit")
    first, again = send(driver, MESSAGE, LISTS), send(driver, MESSAGE, LISTS)
    assert first == again
    (kept,) = (tmp_path / "uit").iterdir()
    assert json.loads(kept.read_text(encoding="utf-8"))["text"] == MESSAGE.text
    send(driver, replace(MESSAGE, key="zaak-2"), LISTS)
    assert len(list((tmp_path / "uit").iterdir())) == 2


def test_a_folder_that_cannot_be_written_is_an_answer(tmp_path: Path) -> None:
    (tmp_path / "uit").write_text("no folder")
    delivery = send(FileDriver(tmp_path / "uit"), MESSAGE, LISTS)
    assert not delivery.sent
    assert delivery.problem
    assert delivery.problem.code == "not-written"


def test_the_gateway_gets_the_message_with_key_and_token(gateway: Gateway) -> None:
    delivery, waits = over_http(gateway, (201, b'{"id": "abc-1"}'))
    assert delivery == Delivery(True, "abc-1")
    assert waits == []
    ((headers, body),) = gateway.got
    assert headers["Authorization"] == "Bearer sleutel"
    assert len(headers["Idempotency-Key"]) == 24
    assert (body["to"], body["route"], body["text"]) == ("0612345678", "sms", MESSAGE.text)


@pytest.mark.parametrize("answer", [b"", b"OK", b"[1]", b'{"id": {"a": 1}}', b"\xff\xfe", b"[" * 60_000])
def test_an_answer_that_says_nothing_leaves_our_own_reference(gateway: Gateway, answer: bytes) -> None:
    delivery, _ = over_http(gateway, (200, answer))
    assert delivery.sent
    assert len(delivery.reference) == 24


@pytest.mark.parametrize("code", [408, 425, 429, 500, 503])
def test_a_busy_gateway_is_tried_again_with_the_same_key(gateway: Gateway, code: int) -> None:
    delivery, waits = over_http(gateway, (code, b""), (code, b""), (200, b'{"id": 7}'))
    assert (delivery.sent, delivery.reference, delivery.tries) == (True, "7", 3)
    assert waits == [1.0, 2.0]
    assert len({headers["Idempotency-Key"] for headers, _ in gateway.got}) == 1


def test_after_three_tries_it_is_for_later(gateway: Gateway) -> None:
    delivery, waits = over_http(gateway, *[(503, b"")] * 3)
    assert (delivery.sent, delivery.again, delivery.tries) == (False, True, 3)
    assert waits == [1.0, 2.0]


@pytest.mark.parametrize("code", [302, 400, 401, 404, 422])
def test_a_no_is_a_no(gateway: Gateway, code: int) -> None:
    delivery, waits = over_http(gateway, (code, b"no"))
    assert delivery.problem
    assert (delivery.problem.code, delivery.problem.value) == ("gateway-refused", str(code))
    assert (delivery.again, delivery.tries, waits) == (False, 1, [])
    assert len(gateway.got) == 1


def test_nobody_there_is_an_answer_and_for_later() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/x"
    delivery = send(HttpDriver(address, "sleutel", timeout=2, wait=lambda _: None), MESSAGE, LISTS)
    assert delivery.problem
    assert (delivery.problem.code, delivery.again, delivery.tries) == ("gateway-away", True, 3)


def test_a_gateway_that_keeps_silent_is_not_waited_for() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/x"
        delivery = send(HttpDriver(address, "sleutel", timeout=0.05, tries=1), MESSAGE, LISTS)
    assert delivery.problem
    assert (delivery.problem.code, delivery.again) == ("gateway-away", True)


@pytest.mark.parametrize("address", ["http://berichten.example/x", "ftp://127.0.0.1/x", "file:///x", ""])
def test_only_a_secure_address_is_used(address: str) -> None:
    delivery = send(HttpDriver(address, "sleutel"), MESSAGE, LISTS)
    assert delivery.problem
    assert (delivery.problem.code, delivery.tries) == ("gateway-not-safe", 0)


def test_a_message_with_a_debt_never_reaches_the_driver() -> None:
    screen = io.StringIO()
    delivery = send(ConsoleDriver(screen), replace(MESSAGE, text="Uw huur is te laat."), LISTS)
    assert delivery.problem
    assert (delivery.problem.code, delivery.tries) == ("debt-told", 0)
    assert screen.getvalue() == ""
