"""An SMS leaves once, tells of no debt, and its failure is a row, not a crash."""

import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.utils import timezone

from tests.actions.letter_town import LetterTown, later, letter_town
from tests.actions.town import TODAY
from voordeur.actions.keep_wish import keep_wish
from voordeur.actions.send_message import driver, send_message
from voordeur.actions.tenant_link import make, open_link
from voordeur.core.cases import EventKind
from voordeur.core.contacts import Channel
from voordeur.core.personal_links import Handed
from voordeur.core.problems import Refused
from voordeur.core.short_messages import MessageKind, MessageRoute
from voordeur.store.models import CaseEvent, Contact, SentMessage, Tenant, TenantLink

pytestmark = pytest.mark.django_db
CALL, SMS = MessageKind.CALL_ME, MessageRoute.SMS


@pytest.fixture
def here() -> LetterTown:
    found = letter_town()
    Tenant.objects.update(phone="06 00 04 17 99")
    return found


class Gateway(BaseHTTPRequestHandler):
    """A message gateway of our own: takes what comes, or refuses."""

    status = 200
    seen: list[str] = []

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        Gateway.seen.append(self.rfile.read(length).decode())
        self.send_response(Gateway.status)
        self.end_headers()
        self.wfile.write(b'{"id": "g-17"}')

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def gateway(settings: LazySettings) -> Iterator[type[Gateway]]:
    """The settings name a gateway on this machine."""
    Gateway.status, Gateway.seen = 200, []
    server = HTTPServer(("127.0.0.1", 0), Gateway)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.MESSAGES, settings.MESSAGES_TOKEN = "http", "geheim"
    settings.MESSAGES_URL = f"http://127.0.0.1:{server.server_port}/"
    yield Gateway
    server.shutdown()


def test_by_the_gateway_once_with_its_reference(here: LetterTown, gateway: type[Gateway]) -> None:
    key = uuid4()
    for _ in range(2):
        row = send_message(here.town.consultant, here.household, CALL, SMS, key, TODAY)
    assert (row.sent, row.reference, len(gateway.seen)) == (True, "g-17", 1)
    assert "huur" not in gateway.seen[0]
    assert CaseEvent.objects.get(kind=EventKind.MESSAGED).details["evidence"] == f"message:{row.pk}"
    assert Contact.objects.filter(channel=Channel.MESSAGE).count() == 1


def test_what_the_gateway_refuses_is_kept_and_counts_for_nothing(
    here: LetterTown, gateway: type[Gateway]
) -> None:
    gateway.status = 403
    row = send_message(here.town.consultant, here.household, CALL, SMS, uuid4(), TODAY)
    assert (row.sent, row.failure) == (False, "gateway-refused")
    assert not Contact.objects.filter(channel=Channel.MESSAGE).exists()


def test_to_a_folder(here: LetterTown, settings: LazySettings, tmp_path: object) -> None:
    settings.MESSAGES, settings.VAR = "file", tmp_path
    send_message(here.town.consultant, here.household, CALL, SMS, uuid4(), TODAY)
    assert len(list((settings.VAR / "messages").glob("*.json"))) == 1


def test_without_a_number_nothing_is_written_down(here: LetterTown) -> None:
    Tenant.objects.update(phone="")
    with pytest.raises(Refused) as refusal:
        send_message(here.town.consultant, here.household, CALL, SMS, uuid4(), TODAY)
    assert refusal.value.problems[0].code == "no-address"
    assert not SentMessage.objects.exists()


def test_a_wish_to_be_left_alone_is_kept(here: LetterTown) -> None:
    keep_wish(here.town.consultant, here.household, TODAY, leave_alone_until=later(10))
    with pytest.raises(Refused) as refusal:
        send_message(here.town.consultant, here.household, CALL, SMS, uuid4(), TODAY)
    assert refusal.value.problems[0].code == "against-wish"


def test_a_driver_that_does_not_exist_is_said_in_words(settings: LazySettings) -> None:
    settings.MESSAGES = "duif"
    with pytest.raises(Refused) as refusal:
        driver()
    assert refusal.value.problems[0].code == "no-message-driver"


def test_a_link_to_the_own_page_goes_along_and_is_not_kept(
    here: LetterTown, settings: LazySettings, tmp_path: Path
) -> None:
    settings.MESSAGES, settings.VAR = "file", tmp_path
    at = "https://voordeur.example/mijn/"
    row = send_message(
        here.town.consultant, here.household, MessageKind.OWN_PAGE, SMS, uuid4(), TODAY, own_page_at=at
    )
    [sent] = (tmp_path / "messages").glob("*.json")
    link = re.search(r"https://voordeur\.example/mijn/#([0-9a-z]{28})", sent.read_text())
    assert link is not None
    assert (row.sent, f"{at}#…" in row.said, link[1] in row.said) == (True, True, False)
    made = TenantLink.objects.get()
    assert (made.handed, made.tenancy_id) == ("sms", here.household)
    asked = open_link(link[1], "", "", "198.51.100.7", timezone.now(), TODAY)
    assert asked.key == ""
    assert open_link(link[1], "14", "", "198.51.100.7", timezone.now(), TODAY).key


def test_a_link_that_cannot_be_sent_ends_no_other(here: LetterTown) -> None:
    make(here.town.consultant, here.household, Handed.IN_PERSON, TODAY)
    Tenant.objects.update(phone="")
    with pytest.raises(Refused):
        send_message(
            here.town.consultant, here.household, MessageKind.OWN_PAGE, SMS, uuid4(), TODAY,
            own_page_at="https://voordeur.example/mijn/",
        )  # fmt: skip
    assert TenantLink.objects.get().revoked is None
