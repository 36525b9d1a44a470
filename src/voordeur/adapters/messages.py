"""The one port for SMS and e-mail, with three drivers: console, file, and HTTP to a gateway.

A driver takes a Message and answers with a Delivery; that a message did not go is an answer, never an exception. Every
message is checked once more before it goes: nothing about money leaves by this port.
"""

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path
from typing import Protocol, TextIO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from voordeur.core.problems import Problem
from voordeur.core.readability import WordLists
from voordeur.core.short_messages import Message, check_message
from voordeur.core.words import Words

_MOST_ANSWER = 64 * 1024
_LOCAL = ("127.0.0.1", "localhost", "::1")
_AGAIN = (408, 425, 429)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one message."""

    sent: bool
    reference: str = ""
    """What the gateway calls it: the proof of sending."""
    problem: Problem | None = None
    tries: int = 1
    again: bool = False
    """True when a later try may succeed: the gateway was busy or away."""


class Driver(Protocol):
    """One way to get a message out of the house."""

    def send(self, message: Message) -> Delivery:
        """Send one message that was checked. Never raises for what can go wrong on the way."""
        ...


def send(driver: Driver, message: Message, lists: WordLists) -> Delivery:
    """Check a message once more and send it. What the check refuses never reaches the driver."""
    problems = check_message(message, lists)
    return Delivery(False, problem=problems[0], tries=0) if problems else driver.send(message)


@dataclass(frozen=True, slots=True)
class ConsoleDriver:
    """Writes to a screen that a message would go; for trying out. Shows no address and no text."""

    screen: TextIO

    def send(self, message: Message) -> Delivery:
        """One line per message."""
        reference = _reference(message)
        print(f"{message.route.value} {reference}: {len(message.text)}", file=self.screen)
        return Delivery(True, reference)


@dataclass(frozen=True, slots=True)
class FileDriver:
    """Puts each message in a folder as a JSON file, named after its key; for the demo and for another program."""

    folder: Path

    def send(self, message: Message) -> Delivery:
        """The same message twice is one file."""
        reference = _reference(message)
        target = self.folder / f"{reference}.json"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            half = target.with_suffix(".part")
            half.write_text(_packed(message), encoding="utf-8")
            half.replace(target)
        except OSError:
            return Delivery(False, problem=_failed("not-written"), again=True)
        return Delivery(True, reference)


class _StayHere(HTTPRedirectHandler):
    """No gateway may send a message on to another address."""

    def redirect_request(self, *_: object) -> None:
        """Never follow."""
        return None


@dataclass(frozen=True, slots=True)
class HttpDriver:
    """Posts each message as JSON to a gateway, with a bearer token and the message's key as Idempotency-Key.

    Seconds for `timeout`; `tries` in all, waiting 1, 2, 4 ... seconds in between. Tried again: no answer, a broken
    connection, 408, 425, 429 and 5xx. Anything else is the gateway's word and final. Only https, or this machine.
    """

    address: str
    token: str
    timeout: float = 10
    tries: int = 3
    wait: Callable[[float], None] = time.sleep

    def send(self, message: Message) -> Delivery:
        """One message, tried at most `tries` times."""
        parts = urlsplit(self.address)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOCAL):
            return Delivery(False, problem=_failed("gateway-not-safe"), tries=0)
        delivery = Delivery(False, problem=_failed("gateway-away"), tries=0, again=True)
        for attempt in range(1, self.tries + 1):
            delivery = self._once(message, attempt)
            if delivery.sent or not delivery.again or attempt == self.tries:
                break
            self.wait(2.0 ** (attempt - 1))
        return delivery

    def _once(self, message: Message, attempt: int) -> Delivery:
        request = Request(self.address, data=_packed(message).encode(), method="POST")
        request.add_header("Content-Type", "application/json; charset=utf-8")
        request.add_header("Authorization", f"Bearer {self.token}")
        request.add_header("Idempotency-Key", _reference(message))
        try:
            with build_opener(_StayHere()).open(request, timeout=self.timeout) as answer:
                return Delivery(
                    True, _gateway_reference(answer.read(_MOST_ANSWER)) or _reference(message), tries=attempt
                )
        except HTTPError as error:
            again = error.code in _AGAIN or error.code >= 500
            error.close()
            return Delivery(
                False, problem=_failed("gateway-refused", str(error.code)), tries=attempt, again=again
            )
        except (URLError, HTTPException, OSError, ValueError):
            return Delivery(False, problem=_failed("gateway-away"), tries=attempt, again=True)


def _gateway_reference(answer: bytes) -> str:
    """The `id` of a JSON answer; empty when the gateway gives none."""
    try:
        said = json.loads(answer)
    except (ValueError, RecursionError):
        return ""
    found = said.get("id", "") if isinstance(said, dict) else ""
    return str(found)[:100] if isinstance(found, str | int) else ""


def _reference(message: Message) -> str:
    """A name for a message from which nobody can read to whom it goes."""
    return sha256(f"{message.route}|{message.to}|{message.key}".encode()).hexdigest()[:24]


def _packed(message: Message) -> str:
    return json.dumps(asdict(message), ensure_ascii=False, sort_keys=True)


_FAILURES = {
    "not-written": (
        Words("Het bericht kon niet worden bewaard.", "The message could not be kept."),
        Words("Is er nog ruimte, en mag Voordeur daar schrijven?", "Is there room, and may Voordeur write there?"),
    ),
    "gateway-not-safe": (
        Words("Het adres van de berichtendienst is niet beveiligd.", "The service's address is not secure."),
        Words("Vul een adres in dat begint met https.", "Fill in an address that begins with https."),
    ),
    "gateway-refused": (
        Words("De berichtendienst nam het bericht niet aan.", "The message service did not take the message."),
        Words("Kijk of het nummer en de sleutel kloppen.", "Check the number and the key."),
    ),
    "gateway-away": (
        Words("De berichtendienst gaf geen antwoord.", "The message service gave no answer."),
        Words("Probeer het later opnieuw. Het bericht gaat hooguit één keer weg.",
              "Try again later. The message goes at most once."),
    ),
}  # fmt: skip


def _failed(code: str, value: str = "") -> Problem:
    message, cure = _FAILURES[code]
    return Problem(code, message, cure, value=value)
