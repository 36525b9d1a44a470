"""`python -m bench.field_faults`: three phones, a bad network, and the question whether anything is lost or doubled.

The real scripts of the phone app run in real tabs of Chromium against the real server. Between them stands a network
that drops requests, drops answers after the server has worked, sends twice, sends old ones again, and turns batches
round. Tabs are closed in the middle of whatever they do. Two phones are of one colleague, one is of another; half way
the doors go to somebody else. At the end the network heals, and what every phone was told to be kept is counted on
the server. EVENTS (10000) and SEED (1) may be set; nothing is measured in time.
"""

import json
import os
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

EVENTS = int(os.environ.get("EVENTS", "10000"))
SEED = int(os.environ.get("SEED", "1"))
BATCH = 25
"""Events that a tab records in a row."""
KILLED = 0.2
"""Share of batches in which the tab is closed before it is done."""
DOORS = 400
VISITS = 0.2
"""Share of events that are visits; the others are cards that were not finished, which is less work for the server."""

NETWORK = Path(__file__).with_name("bad_network.js")
RECORD = """async ([doors, many, visits, seed]) => {
  const outbox = await import('/static/field/outbox.js');
  const { contact } = await import('/static/field/sync.js');
  let state = seed;
  const chance = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
  const results = ['met', 'not_met', 'refused', 'moved', 'unsafe'];
  for (let at = 0; at < many; at += 1) {
    const door = doors[Math.floor(chance() * doors.length)];
    const payload = { card: crypto.randomUUID(), result: results[Math.floor(chance() * 5)], words: `${seed}-${at}` };
    const id = await outbox.add(chance() < visits ? 'visit' : 'visit_draft', door, payload);
    localStorage.setItem('promised', `${localStorage.getItem('promised') ?? ''}${id} `);
    if (chance() < 0.15) await contact();
  }
}"""
FLUSH = "async () => { await (await import('/static/field/sync.js')).contact(); }"
WAITING = "async () => (await (await import('/static/field/outbox.js')).count())"


@dataclass(slots=True)
class Hand:
    """One phone in somebody's hand."""

    context: "BrowserContext"
    page: "Page | None" = None
    killed: int = 0

    def open(self) -> "Page":
        """Its tab, opened when it was closed."""
        if self.page is None:
            self.page = self.context.new_page()
            self.page.goto("/veld/")
            self.page.locator("h1").first.wait_for()
        return self.page

    def kill(self) -> None:
        """Close the tab, whatever it does."""
        if self.page is not None:
            self.page.close()
            self.page = None
            self.killed += 1


@dataclass(slots=True)
class Outcome:
    """What was promised on the phones, and what the server has."""

    promised: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    rows: int = 0
    doubled: int = 0
    """Events with more than one line of the diary, or more than one line in the log."""
    states: Counter[str] = field(default_factory=Counter)
    conflicts: int = 0
    unlisted: int = 0
    """Contradictions that stand on nobody's list."""
    killed: int = 0
    faults: Counter[str] = field(default_factory=Counter)


def play(
    hands: Sequence[Hand],
    doors: Sequence[int],
    events: int,
    seed: int,
    half_way: Callable[[], None],
    say: Callable[[str], None] = lambda _: None,
) -> None:
    """Record `events` in batches on random phones, some of which are killed; then let the network heal and flush."""
    dice = random.Random(seed)
    for begun in range(0, events, BATCH):
        if begun <= events // 2 < begun + BATCH:
            half_way()
        hand = dice.choice(hands)
        _batch(hand, doors, min(BATCH, events - begun), dice)
        if begun % (BATCH * 40) == 0:
            say(f"{begun} of {events}")
    for hand in hands:
        page = hand.open()
        page.evaluate("() => { badNetwork.on = false; }")
        for _ in range(200):
            page.evaluate(FLUSH)
            if page.evaluate(WAITING) == 0:
                break


def _batch(hand: Hand, doors: Sequence[int], many: int, dice: random.Random) -> None:
    page, told = hand.open(), [list(doors), many, VISITS, dice.randrange(1, 2**31)]
    if dice.random() >= KILLED:
        page.evaluate(RECORD, told)
        return
    page.evaluate(f"(told) => {{ ({RECORD})(told).catch(() => null); }}", told)  # not waited for
    page.wait_for_timeout(dice.random() * 400)
    _remember_faults(page)
    hand.kill()


def _remember_faults(page: "Page") -> None:
    with suppress(Exception):
        page.evaluate("() => badNetwork.remember()")


def count(hands: Sequence[Hand]) -> Outcome:
    """Lay what the phones were told beside what the server has."""
    from voordeur.core.access import Role
    from voordeur.store.models import AuditLine, Contact, FieldEvent, User, VisitConflict
    from voordeur.store.queries import to_settle

    found = Outcome()
    for hand in hands:
        page = hand.open()
        found.promised |= set(str(page.evaluate("localStorage.getItem('promised') ?? ''")).split())
        page.evaluate("() => badNetwork.remember()")
        found.faults += Counter(json.loads(page.evaluate("localStorage.getItem('faults') ?? '{}'")))
        found.killed += hand.killed
    rows = {str(pk): state for pk, state in FieldEvent.objects.values_list("pk", "state")}
    found.rows, found.lost = len(rows), found.promised - set(rows)
    found.states = Counter(rows.values())
    logged = Counter(
        data["event"]
        for data in AuditLine.objects.filter(action="take_field_event").values_list("data", flat=True)
    )
    written = Counter(str(pk) for pk in Contact.objects.values_list("pk", flat=True))
    found.doubled = sum(logged[one] != 1 or written[one] > 1 for one in rows)
    conflicts = set(VisitConflict.objects.values_list("second_id", flat=True))
    to_settle.MOST = max(to_settle.MOST, len(rows))
    office = User.objects.filter(role=Role.CONSULTANT)[0]
    listed = {one.id for one in to_settle.to_settle(office, _today())}
    found.conflicts, found.unlisted = len(conflicts), len(conflicts - listed)
    return found


def _today() -> Any:
    from voordeur.actions.today import today

    return today()


def new_hand(browser: "Browser", server: str, user: Any, seed: int) -> Hand:
    """A phone on which somebody signed in, behind a bad network."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    context = browser.new_context(base_url=server, viewport={"width": 360, "height": 740}, locale="nl-NL")
    context.set_default_timeout(60_000)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([
        {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": server},
        {"name": settings.CSRF_COOKIE_NAME, "value": "a" * 32, "url": server},
    ])  # fmt: skip
    context.add_init_script(NETWORK.read_text(encoding="utf-8").replace("SEED", str(seed)))
    hand = Hand(context)
    page = hand.open()
    page.evaluate("() => { badNetwork.on = false; }")  # only signing in goes well
    page.get_by_role("heading", name="Vandaag", exact=True).wait_for()
    page.evaluate("() => { badNetwork.on = true; }")
    return hand


def main() -> None:
    from playwright.sync_api import sync_playwright
    from tests.browser.conftest import FLAGS, chromium

    folder = Path(tempfile.mkdtemp(prefix="voordeur-faults-"))
    os.environ |= {
        "VOORDEUR_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "voordeur.settings", "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
    }  # fmt: skip
    os.environ.pop("DATABASE_URL", None)
    server, people, doors, reassign = _set_up()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        hands = [new_hand(browser, server, user, SEED + at) for at, user in enumerate(people)]
        _put_on_phones(doors)
        play(hands, doors, EVENTS, SEED, reassign, lambda said: print(said, flush=True))
        report(count(hands))


def report(found: Outcome) -> None:
    """The figures for the note."""
    print(f"recorded on the phones: {len(found.promised):,}; on the server: {found.rows:,}")
    print(f"lost: {len(found.lost)}; doubled: {found.doubled}; tabs killed: {found.killed}")
    print(
        f"states: {dict(found.states)}; contradictions: {found.conflicts}, on nobody's list: {found.unlisted}"
    )
    print(f"network, as far as a killed tab could still tell: {dict(found.faults)}")


def _set_up() -> tuple[str, list[Any], list[int], Callable[[], None]]:
    """A server with a landlord of DOORS doors in one neighbourhood, two colleagues there and an office."""
    import threading
    from socketserver import ThreadingMixIn
    from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

    import django

    django.setup()
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    from voordeur.core.access import Role
    from voordeur.store.models import Neighbourhood, User

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    place = Neighbourhood.objects.create(name="Molenkwartier")
    people = [
        User.objects.create(username=name, role=Role.NEIGHBOURHOOD_MANAGER) for name in ("marit", "sanne")
    ]
    User.objects.create(username="tarek", role=Role.CONSULTANT)
    for one in people:
        one.neighbourhoods.set([place])
    doors = [_door(place, at + 1) for at in range(DOORS)]

    class Threaded(ThreadingMixIn, WSGIServer):
        daemon_threads = True

    class Silent(WSGIRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            """Nothing."""

    server = make_server("127.0.0.1", 0, get_wsgi_application(), Threaded, Silent)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    return address, [people[0], people[0], people[1]], doors, lambda: people[0].neighbourhoods.clear()


def _door(place: Any, number: int) -> int:
    from voordeur.store.models import Home, Tenancy

    home = Home.objects.create(key=f"h{number}", neighbourhood=place, street="Kade", number=number)
    return int(Tenancy.objects.create(key=f"t{number}", home=home, neighbourhood=place).pk)


def _put_on_phones(doors: Sequence[int]) -> None:
    """All doors are in every packet: more than a day holds, so that there is enough to contradict."""
    from django.utils import timezone

    from voordeur.store.models import PacketStop, PhoneDay

    now = timezone.now()
    for phone in PhoneDay.objects.all():
        known = set(phone.stops.values_list("tenancy_id", flat=True))
        PacketStop.objects.bulk_create(
            PacketStop(phone=phone, tenancy_id=pk, since=now) for pk in doors if pk not in known
        )


if __name__ == "__main__":
    main()
