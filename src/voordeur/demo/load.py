"""Makes the demo: town and staff in the database, this morning's files by the ordinary import, a nightly run."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import connection, transaction

from voordeur.actions.audit import write_line
from voordeur.actions.import_file import book, carry_out, receive
from voordeur.actions.nightly import nightly
from voordeur.core.access import Role
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.demo.arrangements import Plan
from voordeur.demo.arrangements_past import make_arrangements_past, plans_to_keep
from voordeur.demo.assumptions import HOMES
from voordeur.demo.bank_files import towns_files
from voordeur.demo.fill import clear, fill
from voordeur.demo.history import make_history
from voordeur.demo.looks_past import make_looks_past
from voordeur.demo.privacy_past import make_privacy_past
from voordeur.demo.schemes_past import make_schemes_past
from voordeur.demo.streets import NEIGHBOURHOODS
from voordeur.demo.town import Town, make_town, without_collector
from voordeur.demo.truth import write_truth
from voordeur.demo.week import make_week
from voordeur.engine.warm_up import warming_up
from voordeur.store.models import AuditLine, Entry, Tenancy, User

VERSION = 7
"""Raise it when the same seed and day make another town than before."""

_BEGUN, _READY = "demo_begun", "demo_ready"
STAFF: tuple[tuple[str, str, str, Role, str], ...] = (
    ("samira", "Samira", "Bouzid", Role.NEIGHBOURHOOD_MANAGER, "Stationskwartier"),
    ("joost", "Joost", "Achterveld", Role.NEIGHBOURHOOD_MANAGER, "Vogelbuurt"),
    ("aylin", "Aylin", "Demirtas", Role.NEIGHBOURHOOD_MANAGER, "De Bleek"),
    ("marit", "Marit", "Hoogland", Role.NEIGHBOURHOOD_MANAGER, "Molenkwartier"),
    ("ruben", "Ruben", "Kalf", Role.NEIGHBOURHOOD_MANAGER, "Havenkant"),
    ("nienke", "Nienke", "Postmus", Role.NEIGHBOURHOOD_MANAGER, "Oosterveld"),
    ("kees", "Kees", "Overdiep", Role.NEIGHBOURHOOD_MANAGER, "Zandpoort"),
    ("tarek", "Tarek", "Vissering", Role.CONSULTANT, ""),
    ("annelies", "Annelies", "Duivenbode", Role.MANAGER, ""),
    ("beheer", "Joris", "Haakma", Role.ADMINISTRATOR, ""),
    ("noor", "Noor", "Elzerman", Role.PRIVACY_OFFICER, ""),
)
"""(user name, first name, last name, role, neighbourhood) of the made-up staff."""


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What stands ready."""

    made: bool
    """False when this town was there already."""
    today: date
    homes: int
    entries: int
    password: str
    """Of all made-up colleagues."""
    folder: Path
    """Where the files of this morning and the truth lie."""
    seconds: tuple[tuple[str, float], ...] = ()
    """(step, seconds) of what was done."""

    def in_words(self) -> str:
        """What to sign in with and what was made, in Dutch and in English."""
        done = f"{sum(seconds for _, seconds in self.seconds):.0f} s" if self.made else "0 s"
        steps = ", ".join(f"{step} {seconds:.1f} s" for step, seconds in self.seconds)
        return "\n".join(
            (
                f"Lindewaard op {self.today:%d-%m-%Y}: {self.homes} woningen, {self.entries} regels ({done})."
                + (f"\n  {steps}" if steps else ""),
                f"Aanmelden / sign in — wachtwoord / password: {self.password}",
                *(
                    f"  {user:<9} {first} {last}, {_ROLES[role]}{f' {place}' if place else ''}"
                    for user, first, last, role, place in STAFF
                ),
                f"Alles is verzonnen. Bestanden / files: {self.folder}",
            )
        )


_ROLES = {
    Role.NEIGHBOURHOOD_MANAGER: "wijkbeheerder / neighbourhood manager",
    Role.CONSULTANT: "incassoconsulent / collections consultant",
    Role.MANAGER: "manager",
    Role.ADMINISTRATOR: "beheerder / administrator",
    Role.PRIVACY_OFFICER: "privacy officer",
}


def prepare(
    today: date, seed: int, progress: Callable[[str], None] = lambda _: None, *, homes: int = HOMES
) -> DemoReport:
    """Make the town of this seed and day, unless it is there already. The database must be migrated.

    Refused when the database holds tenancies or people that did not come from a demo: they are somebody's work.
    """
    if _state() == (_READY, seed, today.isoformat()):
        return _report(False, today, _password(), ())
    if _state() is None and (Tenancy.objects.exists() or User.objects.exists()):
        raise Refused(_NOT_OURS)
    clock = _Clock(progress)
    password = _password()
    with warming_up():  # else the night waits for it
        files, plans = _make(today, seed, homes, password, clock)
        clock.time("logboek / log", lambda: make_looks_past(today, seed))
        clock.time("inlezen / import", lambda: _import(files, today))
        clock.time("betalingsregelingen / arrangements", lambda: make_arrangements_past(plans, today))
    clock.time("nacht / nightly", lambda: nightly(today, progress))
    clock.time("verleden / history", lambda: make_history(today, seed))
    clock.time("regelingen / schemes", lambda: make_schemes_past(today, seed))
    clock.time("week", lambda: make_week(today))
    clock.time("privacy", lambda: make_privacy_past(today))
    write_line(None, _READY, data={"seed": seed, "day": today.isoformat(), "version": VERSION})
    return _report(True, today, password, tuple(clock.seconds))


def _make(
    today: date, seed: int, homes: int, password: str, clock: "_Clock"
) -> tuple[list[Path], list[tuple[str, Plan]]]:
    """Town, database, files, and the payment plans. The town itself is let go here: it takes a third of a gigabyte."""
    with without_collector():
        town = clock.time("stad / town", lambda: make_town(seed, today, homes=homes))
        clock.time("database", lambda: load_town(town, password))
        files = clock.time("bestanden / files", lambda: _write_files(town, _folder()))
        return files, plans_to_keep(town)


def load_town(town: Town, password: str | None = None) -> None:
    """Empty the database and put the town and, with a password, its staff in it, in one transaction."""
    with connection.constraint_checks_disabled(), transaction.atomic():
        if connection.vendor == "postgresql":
            _check_at_once()
        clear()
        fill(town)
        if password is not None:
            _hire(password)
        write_line(None, _BEGUN, data={"seed": town.seed, "day": town.today.isoformat(), "version": VERSION})


def _check_at_once() -> None:
    """Check references at the end of each statement, not of the transaction: no index can be made while checks wait."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _state() -> tuple[str, int, str] | None:
    """(how far, seed, day) of the demo in the database; None when there is none of this version."""
    line = AuditLine.objects.filter(action__in=[_BEGUN, _READY]).order_by("-id").first()
    if line is None:
        return None
    far = line.action if line.data["version"] == VERSION else _BEGUN
    return far, line.data["seed"], line.data["day"]


def _hire(password: str) -> None:
    """The made-up staff. Hashing a password takes long on purpose: once is enough for a shared one."""
    hashed = make_password(password)
    users = User.objects.bulk_create(
        User(username=name, first_name=first, last_name=last, role=role.value, password=hashed)
        for name, first, last, role, _ in STAFF
    )
    places = {plan.name: at for at, plan in enumerate(NEIGHBOURHOODS, 1)}
    through = User.neighbourhoods.through
    through.objects.bulk_create(
        through(user_id=user.pk, neighbourhood_id=places[place])
        for user, (*_, place) in zip(users, STAFF, strict=True)
        if place
    )


def _folder() -> Path:
    folder = Path(settings.VAR) / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _password() -> str:
    """The shared password of this demo: made once, kept in a file that only its owner can read."""
    kept = _folder() / "password"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(9))
    password = kept.read_text().strip()
    user = User.objects.filter(username=STAFF[0][0]).first()
    if user is not None and not check_password(password, user.password):
        User.objects.filter(username__in=[name for name, *_ in STAFF]).update(
            password=make_password(password)
        )
    return password


def _write_files(town: Town, folder: Path) -> list[Path]:
    """This morning's files, and the truth beside them."""
    for old in (*folder.glob("bank_*.xml"), *folder.glob("mutaties_*.csv")):
        old.unlink()
    write_truth(folder / "truth.jsonl", town.episodes)
    written = []
    for name, content in towns_files(town):
        (folder / name).write_bytes(content)
        written.append(folder / name)
    return written


def _import(files: list[Path], today: date) -> None:
    """Read and book the files as a consultant would, the good rows only: what is wrong stays on the to-do list."""
    consultant = next(name for name, *_, role, _ in STAFF if role is Role.CONSULTANT)
    user = User.objects.get(username=consultant)
    for path in files:
        run = receive(user, path.name, [path.read_bytes()])
        carry_out(run.pk, today)
        book(user, run.pk, good_rows_only=True)
        carry_out(run.pk, today)


def _report(made: bool, today: date, password: str, seconds: tuple[tuple[str, float], ...]) -> DemoReport:
    homes = Tenancy.objects.values("home_id").distinct().count()
    return DemoReport(made, today, homes, Entry.objects.count(), password, _folder(), seconds)


T = TypeVar("T")


class _Clock:
    """Says what is being done and remembers how long it took."""

    def __init__(self, progress: Callable[[str], None]) -> None:
        self._progress = progress
        self.seconds: list[tuple[str, float]] = []

    def time(self, step: str, deed: Callable[[], T]) -> T:
        """Carry out one step."""
        self._progress(f"Lindewaard: {step}…")
        begun = time.perf_counter()
        done = deed()
        self.seconds.append((step, time.perf_counter() - begun))
        return done


_NOT_OURS = Problem(
    code="not-a-demo",
    message=Words(
        "In deze database staan huurcontracten of mensen die niet uit de demo komen.",
        "This database holds tenancies or people that do not come from the demo.",
    ),
    cure=Words(
        "Kies met VOORDEUR_VAR of DATABASE_URL een andere, lege database voor de demo.",
        "Choose another, empty database for the demo with VOORDEUR_VAR or DATABASE_URL.",
    ),
    fatal=True,
)
