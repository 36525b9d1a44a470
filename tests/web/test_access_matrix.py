"""Nothing leaks: every address and every deed, in every role, on own, other and absent, in every state of the town."""

import copy
import importlib
import inspect
import logging
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import voordeur.actions
from tests.web.access_table import (
    DEEDS,
    DOORS,
    OF_A_HOUSEHOLD,
    OF_ONE_PERSON,
    PARTS_OF_DEEDS,
    Door,
    M,
    P,
    Thing,
    roles_of,
)
from tests.web.access_town import (
    NONE,
    NORMAL,
    OTHER,
    OWN,
    STATES,
    WAITS,
    Ground,
    ground,
    sees,
    state_of,
    undone,
)
from tests.web.factories import TODAY
from voordeur.core.access import Purpose, Role, purpose_of
from voordeur.core.problems import Refused
from voordeur.store.models import AuditLine, Tenancy, Tenant

OPEN, REFUSED, NOT_FOUND, NO_SUCH_WAY = "open", "refused", "not found", "no such way in"
SAID = {200: OPEN, 302: OPEN, 409: OPEN, 403: REFUSED, 404: NOT_FOUND, 405: NO_SUCH_WAY}
"""409 is what the law or the house says about the thing itself: whoever reads it was let in."""
WORDS = {
    "kind": "reminder",
    "form": "json",
    "answer": "ja",
    "language": "nl",
    "at": 0,
    "how": "omlaag",
    "part": "regel",
}
POSTS = {
    "visit": {"choice": "done"},
    "policy_begin": {"shipped": "standaard"},
    "text_live": {"start": TODAY.isoformat()},
    "privacy_identify": {"how": "known"},
    "privacy_go_on": {"ground": "compelling"},
}
"""What a form needs before it gets to its number; all others are sent empty."""
KINDS = {"case_step": "written_off", "rows_file": "csv", "week_stop": "vast"}


@pytest.fixture(scope="module")
def _ground_of_module(django_db_setup: None, django_db_blocker: Any) -> Iterator[Ground]:
    around = transaction.atomic()
    with django_db_blocker.unblock():
        around.__enter__()
        built = ground()
    yield built
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def _without_what_only_tests_look_at(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Thousands of pages: no log of each refusal, no copy of what each template was given."""
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_args, **_more: None)
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def here(_ground_of_module: Ground, db: None) -> Ground:
    """The town with one of everything."""
    return copy.deepcopy(_ground_of_module)


# --- the addresses ---


def every_route() -> Iterator[URLPattern]:
    """Every address that the program answers to."""

    def walk(patterns: list[Any]) -> Iterator[URLPattern]:
        for one in patterns:
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns)
            else:
                yield one

    return walk(get_resolver().url_patterns)


def address(name: str, number: Any) -> str:
    """With the number, and a word that exists for everything else."""
    params = next(iter(get_resolver().reverse_dict.getlist(name)))[0][0][1]
    filled = {}
    for param in params:
        if param in WORDS:
            filled[param] = KINDS.get(name, WORDS[param])
        elif param == "tenant_id":
            filled[param] = (
                Tenant.objects.filter(tenancy__rights_requests=number).values_list("pk", flat=True).first()
                or number
            )
        else:
            filled[param] = number
    return reverse(name, kwargs=filled)


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    names = [str(route.name or route.pattern) for route in every_route()]
    assert sorted(set(names) - set(DOORS)) == [], "give these a row in tests/web/access_table.py"
    assert sorted(set(DOORS) - set(names)) == []
    assert len(names) == len(set(names))
    numbered = {str(route.name) for route in every_route() if set(route.pattern.converters) - set(WORDS)}
    assert numbered == {name for name, row in DOORS.items() if row.thing}


def test_every_page_on_a_household_says_in_the_table_that_it_shows_one() -> None:
    shows = {name for name, row in DOORS.items() if row.thing in OF_A_HOUSEHOLD and "GET" in row.methods}
    assert sorted(shows - {name for name, row in DOORS.items() if row.looks}) == []


def expected(row: Door, role: Role, where: str, state: str, method: str) -> str:
    """What the table says."""
    if role not in row.roles:
        return REFUSED
    if method not in row.methods.split():
        return NO_SUCH_WAY
    if row.thing in (Thing.OPENED, Thing.STOP, Thing.WAITING):
        return OPEN if role is M and where == OWN else NOT_FOUND
    if row.thing is Thing.PROPOSAL:
        return OPEN if state == WAITS and sees(role, where, state) and where == OWN else NOT_FOUND
    if row.thing in OF_A_HOUSEHOLD or (row.thing is Thing.PLACE and role is M):
        return OPEN if sees(role, where, state) else NOT_FOUND
    return NOT_FOUND if row.thing and where == NONE else OPEN


@dataclass(frozen=True, slots=True)
class Tried:
    """One cell of the matrix: what was asked, and what came back."""

    name: str
    where: str
    method: str
    answer: HttpResponse
    lines: list[tuple[str, int, str]]
    """Purpose, person and subject of every line that the log got."""
    number: object

    @property
    def cell(self) -> tuple[str, str, str]:
        return self.name, self.where, self.method

    @property
    def said(self) -> str:
        return SAID.get(self.answer.status_code, str(self.answer.status_code))

    def bare(self) -> tuple[object, ...]:
        """What somebody can tell from it, without the number they asked for and what differs every time."""
        asked = re.compile(rf"(?:(?<=/)|(?<=%2F)){self.number}(?=[/.%])")
        text = asked.sub("…", TOKEN.sub("", self.answer.content.decode(errors="replace")))
        headers = {
            key: asked.sub("…", value) for key, value in self.answer.headers.items() if key not in DIFFERS
        }
        return self.answer.status_code, text, sorted(headers.items())


TOKEN = re.compile(r"[A-Za-z0-9]{64}|nonce-[^' ]+")
"""A token against forged forms: another on every page."""
DIFFERS = ("Set-Cookie", "Content-Length", "Expires")


def ask(client: Client, method: str, where: str) -> HttpResponse:
    """One request, after which everything is as it was."""
    with undone():
        return send(client, method, where)


def send(client: Client, method: str, where: str, form: dict[str, str] | None = None) -> HttpResponse:
    """One request, after which the same person is still signed in."""
    cookies = copy.deepcopy(client.cookies)
    answer = client.get(where) if method == "GET" else client.post(where, form or {})
    client.cookies = cookies
    return answer  # type: ignore[return-value]


def hidden(name: str, role: Role) -> bool:
    """Behind this address is something that not everybody with this role sees."""
    thing = DOORS[name].thing
    return thing in OF_A_HOUSEHOLD | {Thing.OPENED} or (thing is Thing.PLACE and role is M)


def places(name: str, role: Role, state: str) -> tuple[str, ...]:
    """Whose number to try at an address: a state only changes what is of a household, for who comes there at all."""
    row = DOORS[name]
    if state != NORMAL and not (hidden(name, role) and role in row.roles):
        return ()
    if not row.thing:
        return () if row.sign_in else (OWN,)
    return (OWN, OTHER, NONE) if role in row.roles else (OTHER, NONE)


def cells(here: Ground, role: Role, state: str) -> Iterator[Tried]:
    """Every address, every number, both methods."""
    client = Client()
    client.force_login(here.people[role])
    posts = POSTS | {"match": {"huurcontract": str(here.town.in_parts.pk)}}
    with state_of(here, state) as numbers:
        last = AuditLine.objects.order_by("-pk").values_list("pk", flat=True)[0]
        for name, row in DOORS.items():
            for where in places(name, role, state):
                number = numbers[row.thing][where] if row.thing else None
                for method in ("GET", "POST"):
                    with undone():
                        answer = send(client, method, address(name, number), posts.get(name))
                        lines = AuditLine.objects.filter(pk__gt=last)
                        found = list(lines.values_list("purpose", "actor", "subject"))
                    yield Tried(name, where, method, answer, found, number)


TRIED: dict[str, int] = {}
"""How many combinations each test tried."""
OPENED = {role for row in DOORS.values() if row.thing in OF_A_HOUSEHOLD for role in row.roles}
STATES_OF = {role: STATES if role is M else STATES[:3] if role in OPENED else STATES[:1] for role in Role}
"""Nothing of a household ever opens for the other roles; cover that is over matters only to whoever stood in."""


@pytest.mark.parametrize(("role", "state"), [(role, state) for role in Role for state in STATES_OF[role]])
def test_every_address_in_every_role(role: Role, state: str, here: Ground) -> None:
    """It opens for whom the table says; what is somebody else's answers byte for byte as what is not there; and
    every page that shows a person leaves one line with the purpose of the role, and every other page none."""
    tried = list(cells(here, role, state))
    assert lines_of(wrong_doors(tried, role, state)) == ""
    assert lines_of(told_apart(tried, role, state)) == ""
    assert lines_of(wrong_lines(tried, role, here)) == ""
    TRIED[f"{role}, {state}"] = len(tried)


def lines_of(found: list[object]) -> str:
    """All of it, to be read in the report."""
    return "\n".join(map(str, found))


def wrong_doors(tried: list[Tried], role: Role, state: str) -> list[object]:
    found: list[object] = []
    for one in tried:
        should = expected(DOORS[one.name], role, one.where, state, one.method)
        if not DOORS[one.name].sign_in and one.said != should:
            found.append((*one.cell, f"{one.said}, not {should}"))
    return found


def told_apart(tried: list[Tried], role: Role, state: str) -> list[object]:
    """Where somebody learns from the answer that a number exists which they may not see."""
    by_cell = {one.cell: one for one in tried}
    found: list[object] = []
    for one in tried:
        row = DOORS[one.name]
        may = role in row.roles and (sees(role, OTHER, state) if hidden(one.name, role) else True)
        may = may and (row.thing not in OF_ONE_PERSON or (role is P and not row.sign_in))
        if row.thing and one.where == OTHER and not may:
            here, none = one.bare(), by_cell[(one.name, NONE, one.method)].bare()
            found += [] if here == none else [(*one.cell, here, none)]
    return found


def wrong_lines(tried: list[Tried], role: Role, here: Ground) -> list[object]:
    """Pages on a household, read: one line when it was shown, none when not."""
    purpose = purpose_of(role)
    found: list[object] = []
    for one in tried:
        if one.method == "POST" or not DOORS[one.name].looks:
            continue
        in_emergency = one.name == "emergency_file"
        whose = OTHER if in_emergency else one.where
        why = Purpose.EMERGENCY if in_emergency else purpose
        line = (
            why.value if why else "",
            here.people[role].pk,
            f"tenancy:{here.numbers[Thing.HOUSEHOLD][whose]}",
        )
        should = [line] if one.answer.status_code == 200 else []
        found += [] if one.lines == should else [(*one.cell, one.answer.status_code, one.lines)]
    return found


def test_before_signing_in_everything_leads_to_the_sign_in_page(here: Ground) -> None:
    client, wrong = Client(), []
    for name, row in DOORS.items():
        if row.before:
            continue
        for where in (OWN, NONE):
            for method in ("GET", "POST"):
                answer = ask(
                    client, method, address(name, here.numbers[row.thing][where] if row.thing else None)
                )
                led = answer.status_code == 302 and answer["Location"].startswith(reverse("account_login"))
                wrong += [] if led else [(name, method, answer.status_code)]
    assert wrong == []


def test_what_opens_before_signing_in_shows_nobody(here: Ground) -> None:
    for name, row in DOORS.items():
        if row.before:
            text = ask(Client(), "GET", address(name, None)).content.decode()
            for person in (here.town.first_door, here.town.in_parts):
                assert person.tenants.get().name not in text, name
                assert person.home is not None
                assert person.home.street not in text, name


def test_a_list_of_one_neighbourhood_names_nobody_of_another(here: Ground) -> None:
    client = Client()
    client.force_login(here.people[M])
    elsewhere = Tenancy.objects.filter(neighbourhood=here.town.havenkant)
    others = list(elsewhere.values_list("tenants__name", "home__street"))
    for name, row in DOORS.items():
        if M not in row.roles or row.sign_in or row.thing is Thing.OPENED:
            continue
        number = here.numbers[row.thing][OWN] if row.thing else None
        text = ask(client, "GET", address(name, number)).content.decode(errors="replace")
        for person, street in others:
            assert person not in text, name
            assert f"{street} " not in text, name


# --- the deeds ---


def every_deed() -> dict[str, Any]:
    """Every public function in actions/ that takes somebody along."""
    found = {}
    for one in pkgutil.iter_modules(voordeur.actions.__path__):
        module = importlib.import_module(f"voordeur.actions.{one.name}")
        for name, thing in vars(module).items():
            own = inspect.isfunction(thing) and thing.__module__ == module.__name__
            if own and not name.startswith("_") and takes_somebody(thing):
                found[f"{one.name}.{name}"] = thing
    return found


def takes_somebody(deed: Any) -> bool:
    return any("User" in str(one.annotation).split(".")[-1] or "staff.User" in str(one.annotation)
               for one in inspect.signature(deed).parameters.values())  # fmt: skip


def test_every_deed_has_a_row_and_every_row_a_deed() -> None:
    deeds = set(every_deed())
    assert sorted(deeds - set(DEEDS) - PARTS_OF_DEEDS) == [], "give these a row in tests/web/access_table.py"
    assert sorted(set(DEEDS) - deeds) == []
    assert sorted(PARTS_OF_DEEDS - deeds) == []


def arguments(deed: Any, user: object, here: Ground, where: str) -> dict[str, Any]:
    """Something for everything that a deed asks: who is refused must be so before it is looked at."""
    numbers = {f"{thing}_id": places[where] for thing, places in here.numbers.items()}
    known: dict[str, Any] = {
        **numbers,
        "tenancy_id": here.numbers[Thing.HOUSEHOLD][where],
        "run_id": here.numbers[Thing.RUN][where],
        "version": here.numbers[Thing.TEXT if "text" in deed.__name__ else Thing.POLICY][where],
        "tenancies": [here.numbers[Thing.HOUSEHOLD][where]],
        "absent": here.absent.pk,
        "cover": here.people[M].pk,
        "chunks": [b"x"],
    }
    filled = {}
    for one in inspect.signature(deed).parameters.values():
        if "User" in str(one.annotation):
            filled[one.name] = user
        elif one.name in known:
            filled[one.name] = known[one.name]
        elif one.default is inspect.Parameter.empty and one.kind is not inspect.Parameter.VAR_KEYWORD:
            filled[one.name] = TODAY if "date" in str(one.annotation) else "1"
    return filled


def everything_kept() -> dict[str, int]:
    """Rows in every table."""
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def test_a_deed_that_is_not_of_ones_role_is_refused_and_changes_nothing(here: Ground) -> None:
    before, deeds, tried = everything_kept(), every_deed(), 0
    wrong: list[object] = []
    last = AuditLine.objects.order_by("-pk").values_list("hash", flat=True)[0]
    for name, letters in DEEDS.items():
        for role in sorted(set(Role) - roles_of(letters)):
            for where in (OWN, NONE):
                tried += 1
                try:
                    deeds[name](**arguments(deeds[name], here.people[role], here, where))
                    wrong.append((name, role, where, "done"))
                except Refused as refusal:
                    codes = {problem.code for problem in refusal.problems}
                    wrong += [] if codes <= {"not-allowed", "not-found"} else [(name, role, where, codes)]
    TRIED["deeds"] = tried
    assert wrong == []
    assert everything_kept() == before
    assert AuditLine.objects.order_by("-pk").values_list("hash", flat=True)[0] == last


def test_a_deed_on_a_household_of_somebody_else_is_refused_as_one_that_is_not_there(here: Ground) -> None:
    before, deeds, wrong = everything_kept(), every_deed(), []
    of_households = {"tenancy_id", "planned_id", "letter_id", "visit_id", "note_id"}
    of_households = {"tenancy_id", "planned_id", "letter_id", "ask_id"}
    for name, letters in DEEDS.items():
        asked = set(inspect.signature(deeds[name]).parameters)
        if M not in roles_of(letters) or not asked & of_households:
            continue
        said = []
        for where in (OTHER, NONE):
            with pytest.raises(Refused) as refusal:
                deeds[name](**arguments(deeds[name], here.people[M], here, where))
            said.append([problem.code for problem in refusal.value.problems])
        wrong += [] if said == [["not-found"]] * 2 else [(name, said)]
    assert wrong == []
    assert everything_kept() == before


def test_a_closed_account_may_do_nothing_at_all(here: Ground) -> None:
    deeds, before = every_deed(), everything_kept()
    for name, letters in DEEDS.items():
        for role in roles_of(letters):
            somebody = copy.copy(here.people[role])
            somebody.is_active = False
            with pytest.raises(Refused):
                deeds[name](**arguments(deeds[name], somebody, here, OWN))
    assert everything_kept() == before


# --- the table itself ---


def test_the_matrix_is_as_large_as_the_note_says() -> None:
    """Runs last: what was tried, for the note in docs/security.md."""
    print(f"\naccess matrix: {len(DOORS)} addresses, {len(DEEDS)} deeds, {sum(TRIED.values())} combinations")
