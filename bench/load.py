"""`python -m bench.load`: fifty colleagues at once on a large landlord, on a server as `voordeur serve` runs it.

Everybody is signed in, keeps the connection open and opens the list of the day, the portfolio and files on tenancies in
turn. Twice: with a pause of one to three seconds between two pages, as people have; and without any pause, which is
harder than fifty people can make it. Server and clients share the processors of this machine. SIZE, USERS and SECONDS
may be set; the database is that of `bench.nightly`.
"""

import http.client
import json
import os
import random
import statistics
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from typing import NamedTuple

from bench.nightly import ON, prepared, set_up

USERS = int(os.environ.get("USERS", "50"))
SECONDS = float(os.environ.get("SECONDS", "30"))
PORT = int(os.environ.get("PORT", "8377"))
_ASKED = 40
PAGES = ("worklist", "portfolio", "tenancy")


class Person(NamedTuple):
    """One signed-in colleague: the session, and which page leads where."""

    cookie: str
    addresses: dict[str, list[str]]


class Asked(NamedTuple):
    """One page that was opened."""

    page: str
    milliseconds: float
    right: bool


def main() -> None:
    prepared(anew=False)
    set_up()
    _standings()
    people = _people()
    print(f"{USERS} users, {SECONDS:.0f} s each; queries per page: {json.dumps(_queries(people))}")
    print(f"milliseconds of processor time per page, one at a time: {json.dumps(_processor(people))}")
    with _server():
        _run(people[:4], 5, pause=False)
        for pause in (True, False):
            _print(_run(people, SECONDS, pause=pause), pause=pause)


def _standings() -> None:
    from voordeur.actions.nightly import nightly
    from voordeur.store.models import Standing

    if not Standing.objects.exists():
        nightly(ON)


def _people() -> list[Person]:
    """Half neighbourhood managers, half consultants; accounts and sessions in the database."""
    from django.conf import settings
    from django.test import Client

    from voordeur.core.access import Role
    from voordeur.store.models import Standing, User

    people = []
    for number in range(USERS):
        manager, place = number % 2 == 0, number % 100 + 1
        role = Role.NEIGHBOURHOOD_MANAGER if manager else Role.CONSULTANT
        user, _ = User.objects.get_or_create(username=f"bench{number}", defaults={"role": role.value})
        user.neighbourhoods.set([place] if manager else [])
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        behind = (
            Standing.objects.filter(neighbourhood=place).order_by("-overdue").values_list("pk", flat=True)
        )
        addresses = {
            "worklist": ["/vandaag/" if manager else f"/vandaag/?wijk={place}"],
            "portfolio": ["/portefeuille/"],
            "tenancy": [f"/huurcontract/{pk}/" for pk in behind[:200]],
        }
        if manager:  # a manager of a neighbourhood opens no portfolio
            del addresses["portfolio"]
        people.append(Person(client.cookies[settings.SESSION_COOKIE_NAME].value, addresses))
    return people


def _queries(people: list[Person]) -> dict[str, int]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    found = {}
    for page in PAGES:
        person = next(one for one in people if page in one.addresses)
        client = Client(headers={"host": "127.0.0.1"})
        client.cookies["sessionid"] = person.cookie
        with CaptureQueriesContext(connection) as captured:
            assert client.get(person.addresses[page][0]).status_code == 200, page
        found[page] = len(captured)
    connection.close()
    return found


def _processor(people: list[Person]) -> dict[str, float]:
    """What a page costs when nobody else asks anything: that hardly depends on what else the machine does."""
    from django.db import connection
    from django.test import Client

    found = {}
    for page in PAGES:
        person = next(one for one in people if page in one.addresses)
        client = Client(headers={"host": "127.0.0.1"})
        client.cookies["sessionid"] = person.cookie
        addresses = islice(cycle(person.addresses[page]), _ASKED + 1)
        client.get(next(addresses))  # the first time templates are read
        began = time.process_time()
        for address in addresses:
            client.get(address)
        found[page] = round((time.process_time() - began) * 1000 / _ASKED, 1)
    connection.close()
    return found


@contextmanager
def _server() -> Iterator[None]:
    command = [sys.executable, "-m", "voordeur.cli", "serve", "--port", str(PORT)]
    server = subprocess.Popen(command, start_new_session=True)
    try:
        _wait_for_every_process()
        yield
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for_every_process() -> None:
    """Until twenty new connections in a row are answered at once: the server has more than one process to load."""
    at_once, until = 0, time.monotonic() + 60
    while at_once < 20 and time.monotonic() < until:
        began = time.monotonic()
        try:
            connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
            connection.request("GET", "/account/inloggen/")
            connection.getresponse().read()
            connection.close()
            at_once = at_once + 1 if time.monotonic() - began < 0.5 else 0
        except OSError:
            at_once = 0
            time.sleep(0.2)


def _run(people: list[Person], seconds: float, *, pause: bool) -> list[Asked]:
    asked: list[Asked] = []
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(target=_work, args=(person, number, until, pause, asked))
        for number, person in enumerate(people)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return asked


def _work(person: Person, number: int, until: float, pause: bool, asked: list[Asked]) -> None:
    dice = random.Random(number)
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
    if pause:
        time.sleep(dice.uniform(0, 3))
    while time.monotonic() < until:
        page = dice.choice([page for page in PAGES if page in person.addresses])
        began = time.perf_counter()
        try:
            connection.request(
                "GET", dice.choice(person.addresses[page]), headers={"Cookie": f"sessionid={person.cookie}"}
            )
            answer = connection.getresponse()
            body = answer.read()
            right = answer.status == 200 and b"</html>" in body
        except (OSError, http.client.HTTPException):
            connection.close()
            right = False
        asked.append(Asked(page, (time.perf_counter() - began) * 1000, right))
        if pause:
            time.sleep(dice.uniform(1, 3))


def _print(asked: list[Asked], *, pause: bool) -> None:
    print(
        f"\n{'with pauses of 1 to 3 s' if pause else 'without a pause'}: {len(asked) / SECONDS:.0f} pages a second"
    )
    print(f"{'page':12} {'opened':>7} {'median':>8} {'p95':>8} {'most':>8} {'errors':>7}  (milliseconds)")
    by_page = defaultdict(list)
    for one in asked:
        by_page[one.page].append(one)
    for page in PAGES:
        times = [one.milliseconds for one in by_page[page]]
        wrong = sum(not one.right for one in by_page[page])
        p95 = statistics.quantiles(times, n=20)[-1]
        print(
            f"{page:12} {len(times):7} {statistics.median(times):8.0f} {p95:8.0f} {max(times):8.0f} {wrong:7}"
        )


if __name__ == "__main__":
    main()
