"""No screen ever loads the engine: compiling, and even loading what was compiled, is for the processes behind it."""

import subprocess
import sys

BUILD = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0); call_command("createcachetable", verbosity=0)
from tests.web.factories import town
town()
"""
VISIT = """
import sys
import django; django.setup()
from django.test import Client
from django.urls import reverse
from voordeur.store.models import BankLine, Neighbourhood, Standing, Tenancy, User
from voordeur.web.wsgi import application

tenancy, place = Standing.objects.order_by("-overdue").first().pk, Neighbourhood.objects.first().pk
proposal = BankLine.objects.get(state="proposed")
visited = 0
for user in User.objects.all():
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    for name, args in (
        ("today", ()), ("portfolio", ()), ("payments", ()), ("imports", ()), ("problems", ()), ("staff", ()),
        ("desk", ()), ("neighbourhood", (place,)), ("tenancy", (tenancy,)), ("search", ()),
    ):
        visited += client.get(reverse(name, args=args)).status_code == 200
client = Client(headers={"host": "127.0.0.1"})
client.force_login(User.objects.get(username="tarek"), backend="allauth.account.auth_backends.AuthenticationBackend")
client.post(reverse("match", args=(proposal.pk,)), {"huurcontract": proposal.tenancy_id})
proposal.refresh_from_db()
heavy = sorted({name.partition(".")[0] for name in sys.modules} & {"numba", "llvmlite", "pyarrow", "numpy"})
print(visited, proposal.state, heavy, "voordeur.engine.compiled" in sys.modules)
"""


def run(script: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment | {"DJANGO_SETTINGS_MODULE": "voordeur.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


def test_no_page_and_no_deed_on_a_screen_loads_the_engine(fresh_database: dict[str, str]) -> None:
    run(BUILD, fresh_database)
    visited, state, rest = run(VISIT, fresh_database).split(" ", 2)
    assert int(visited) >= 12
    assert state == "booked"
    assert rest == "[] False"
