"""`python -m bench.field_size`: how large the phone app is, how large a packet, and how soon it stands on the screen.

Own scripts are counted as they go over the line when the server compresses (gzip), with what they need of others. The
packet is twelve times the largest door of the small town, with five earlier contacts each, sealed. The cold start is a
browser that was killed, without network, with a processor that is slowed four times, from the tap on the icon to the
day on the screen; the best and the worst of TIMES (7) starts. Other work on the machine counts along.
"""

import gzip
import json
import os
import statistics
import tempfile
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench.field_faults import serve

TIMES = int(os.environ.get("TIMES", "7"))
SLOWER = 4
READY = "performance.getEntriesByName('voordeur-ready')[0].startTime"


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="voordeur-size-"))
    os.environ |= {
        "VOORDEUR_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "voordeur.settings", "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
        "VOORDEUR_TODAY": "2026-11-23",
    }  # fmt: skip
    os.environ.pop("DATABASE_URL", None)
    server = serve()
    from tests.web.factories import town

    place = town()
    _print_scripts()
    _print_packet(place)
    _print_starts(server, folder)


def _print_scripts() -> None:
    from django.contrib.staticfiles import finders

    from voordeur.field.precache import LATER, PRECACHE

    sizes = {
        name: len(gzip.compress(Path(str(finders.find(name))).read_bytes(), 9))
        for name in (*PRECACHE, "field/worker.js")
        if name.endswith(".js")
    }
    own = sum(size for name, size in sizes.items() if not name.startswith("vendor/"))
    print(
        f"scripts of our own, compressed: {own:,} bytes in {len(sizes) - 1} files; with idb: {sum(sizes.values()):,}"
    )
    every = sum(len(gzip.compress(Path(str(finders.find(name))).read_bytes(), 9)) for name in PRECACHE)
    print(f"all that is kept before the app starts (style, fonts, icons too), compressed: {every:,} bytes")
    print(f"fetched in the background afterwards: {len(LATER)} files")


def _print_packet(place: Any) -> None:
    from django.utils import timezone
    from tests.web.factories import TODAY

    from voordeur.actions.carry_phone import begin_day
    from voordeur.actions.make_packet import packet_of
    from voordeur.adapters.phone_seal import seal
    from voordeur.store.models import Contact

    phone = begin_day(place.manager, uuid4(), "", "", TODAY)
    for one in packet_of(phone, TODAY, timezone.now())["doors"]:
        for _ in range(5):
            Contact.objects.create(
                tenancy_id=one["tenancy"], day=TODAY, channel="visit", part="morning", outcome="promised", reached=True,
                agreed="Wat speelt er: minder inkomen, gezin veranderd. Betaalt uiterlijk vrijdag. " * 3,
                recorded=timezone.now(),
            )  # fmt: skip
    packet = packet_of(phone, TODAY, timezone.now())
    packet["doors"] = [max(packet["doors"], key=lambda door: len(json.dumps(door)))] * 12
    plain = json.dumps(packet, ensure_ascii=False, separators=(",", ":")).encode()
    print(f"packet of 12 doors: {len(plain):,} bytes, sealed as text {len(seal(phone.secret, plain, 'x')):,}")


def _print_starts(server: str, folder: Path) -> None:
    from playwright.sync_api import sync_playwright
    from tests.browser.phone import Phone

    with sync_playwright() as playwright:
        phone = Phone(playwright, folder / "profile", server)
        phone.sign_in("marit")
        phone.page.reload()
        phone.page.locator(".vd-next").wait_for()
        phone.kill()
        found = [_cold_start(phone) for _ in range(TIMES)]
    print(
        f"cold start without network, processor slowed {SLOWER} times, {TIMES} times:"
        f" {min(found):.0f} to {max(found):.0f} ms, median {statistics.median(found):.0f} ms"
    )


def _cold_start(phone: Any) -> float:
    """Milliseconds from the navigation to the day on the screen, in a browser that was just started."""
    phone.switch_on(network=False)
    phone.context.new_cdp_session(phone.page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    phone.page.goto("/veld/")
    phone.page.locator(".vd-next").wait_for()
    found = float(phone.page.evaluate(READY))
    phone.kill()
    return found


if __name__ == "__main__":
    main()
