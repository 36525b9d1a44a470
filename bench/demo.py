"""`python -m bench.demo`: a night of the made-up town and its portfolio page, with and without the engine.

Without: every household assessed by the core alone in one process, as a night was before there was an engine, and the
sums of the page added up from the standings. The town is made in a folder of its own, anew each time.
"""

import os
import shutil
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

FOLDER = Path(os.environ.get("VOORDEUR_VAR", "var")).resolve() / "bench" / "demo"
TODAY = date(2026, 11, 24)
PAGES = 20


def main() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    from bench.nightly import set_up

    tomorrow = TODAY + timedelta(days=1)
    set_up(FOLDER, tomorrow)
    from voordeur.actions.draw_portfolio import draw_today
    from voordeur.actions.nightly import nightly
    from voordeur.demo.load import load_town
    from voordeur.demo.town import make_town
    from voordeur.engine.warm_up import warm_up

    warm_up()
    load_town(make_town(1, TODAY))
    _time("first night", lambda: nightly(TODAY))
    _time("next night", lambda: nightly(tomorrow))
    _time("the same by the core alone", lambda: _by_the_core(tomorrow))
    _time("the sums of the portfolio page, from the standings", lambda: draw_today(tomorrow))
    took = _time(f"{PAGES} portfolio pages, from the points", _pages)
    print(f"{'  each':52} {took / PAGES:8.3f}")


def _by_the_core(day: date) -> None:
    from voordeur.actions.assess import AT_ONCE, assess_piece
    from voordeur.store.bulk import chunks
    from voordeur.store.models import Tenancy

    for some in chunks(Tenancy.objects.order_by("pk").values_list("pk", flat=True), AT_ONCE):
        assess_piece(some, day)


def _pages() -> None:
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse

    from voordeur.core.access import Role
    from voordeur.store.models import User

    user, _ = User.objects.get_or_create(username="bench", defaults={"role": Role.CONSULTANT.value})
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    for _ in range(PAGES):
        if client.get(reverse("portfolio")).status_code != 200:
            raise SystemExit("the portfolio page does not open")


def _time(what: str, deed: Callable[[], object]) -> float:
    """Print and return the seconds of processor time of all processes together; the wall time stands beside it."""
    cpu, began = os.times(), time.perf_counter()
    deed()
    took, now = time.perf_counter() - began, os.times()
    spent = sum(now[:4]) - sum(cpu[:4])
    print(f"{what:52} {took:8.2f}  processor time {spent:.2f}", flush=True)
    return spent


if __name__ == "__main__":
    main()
