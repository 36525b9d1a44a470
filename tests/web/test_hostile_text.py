"""Text that is code, in every field there is: on every page that shows it, and in every form that takes it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from django.test import Client
from django.utils import timezone

import voordeur.web
from tests.web.access_table import DOORS, A, C, M, Thing
from tests.web.access_town import OWN, Ground, ground, undone
from tests.web.factories import TODAY
from tests.web.test_access_matrix import address
from voordeur.actions.keep_agreement import keep_agreement
from voordeur.adapters.letter_texts import load_text
from voordeur.adapters.letters import render
from voordeur.core.access import Role
from voordeur.core.letter_clauses import LetterKind
from voordeur.core.letter_sample import sample
from voordeur.store.models import (
    Contact,
    Home,
    ImportProblem,
    LetterHead,
    Neighbourhood,
    Proposal,
    SentLetter,
    Tenant,
    User,
)

SCRIPT = '"><script>alert(1)</script>{{ 4000|add:77 }}'
OVERRIDE = "\u202eniet te lezen"
HOSTILE = {
    "script": SCRIPT,
    "no characters": "\x00\x01\x1b[31m",
    "from right to left": OVERRIDE,
    "very long": "x" * 20_000,
    "half a character": "\ud800",
    "marks": "'; DROP TABLE store_tenant; -- ${7*7} %s %(name)s {0} #eval(1) @x *y* \\n",
}


@pytest.fixture
def here(db: None) -> Ground:
    return ground()


def field_names() -> list[str]:
    """The name of every field that a form of ours has, from the forms themselves and from the templates."""
    found = set()
    folder = Path(voordeur.web.__file__).parent
    for template in (folder / "templates").rglob("*.html"):
        found |= set(re.findall(r'name="([a-z_0-9]+)"', template.read_text(encoding="utf-8")))
    for module in folder.glob("*form*.py"):
        text = module.read_text(encoding="utf-8")
        found |= set(
            re.findall(r"^    ([a-z_]+) = (?:forms\.)?[A-Za-z]*(?:Field|Choice)", text, re.MULTILINE)
        )
    return sorted(found - {"csrfmiddlewaretoken"})


def addresses(here: Ground, role: Role) -> Iterator[tuple[str, str]]:
    """Everything that opens for a role, with the number of what there is."""
    for name, row in DOORS.items():
        if role in row.roles and row.thing not in (Thing.PASSKEY,) and not row.sign_in:
            yield name, address(name, here.numbers[row.thing][OWN] if row.thing else None)


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_form_breaks_on_what_somebody_types(kind: str, here: Ground) -> None:
    """Every form, every field, an answer in words: no error of the program."""
    assert len(field_names()) > 40
    try:
        HOSTILE[kind].encode()
        text = HOSTILE[kind]
    except UnicodeEncodeError:
        text = HOSTILE[kind].encode("utf-8", "surrogatepass").decode("latin-1")
    sent = dict.fromkeys(field_names(), text)
    for role in (M, C, A):
        client = Client()
        client.force_login(here.people[role])
        for name, where in addresses(here, role):
            if "POST" in DOORS[name].methods:
                with undone():
                    assert client.post(where, sent).status_code < 500, name


def fill_everything(here: Ground, text: str) -> None:
    """Every text that a person or a file can give us, wherever it is kept."""
    case = here.own_case
    Tenant.objects.update(name=text, phone=text[:24], email=text)
    Home.objects.update(street=text[:60])
    Neighbourhood.objects.filter(pk=here.town.molenkwartier.pk).update(name=text[:60])
    ImportProblem.objects.update(value=text, column=text, row_cells=[text])
    User.objects.filter(pk=here.proposer.pk).update(first_name=text[:60], last_name=text[:60])
    SentLetter.objects.update(proof=text)
    Contact.objects.create(
        tenancy_id=case.tenancy_id, case=case, day=TODAY, channel="phone", outcome="spoken", agreed=text,
        by=here.proposer, recorded=timezone.now(),
    )  # fmt: skip
    Proposal.objects.create(
        case=case, details={"kind": "written_off", "day": TODAY.isoformat()}, reason=text, by=here.proposer,
        made=timezone.now(),
    )  # fmt: skip
    keep_agreement(here.town.administrator, municipality=text[:80], first=TODAY, last=None)
    LetterHead.objects.create(
        made_by=here.proposer, made=timezone.now(), name=text[:60], street=text[:60], town=text[:60],
        iban=text[:34], municipality=text[:60], help_desk=text[:60], hours_nl=text, hours_en=text,
    )  # fmt: skip


def test_no_page_runs_what_somebody_wrote(here: Ground) -> None:
    """A script in every text we keep, and every page of every role: it is only ever shown as text."""
    fill_everything(here, SCRIPT)
    shown = 0
    for role in Role:
        client = Client()
        client.force_login(here.people[role])
        for name, where in addresses(here, role):
            if "GET" not in DOORS[name].methods:
                continue
            with undone():
                answer = client.get(where)
            if "html" in answer["Content-Type"]:
                text = answer.content.decode()
                assert "<script>alert" not in text, name
                assert "4077" not in text, name
                shown += "&lt;script&gt;alert" in text
    assert shown > 15


MARKUP = "#eval(1) @bron *vet* _x_ \\n $1^2$ `a` <b> [c] // niet /* ook niet */ = kop"


@pytest.mark.parametrize("kind", [one for one in LetterKind if one is not LetterKind.MISSED_YOU])
def test_a_name_that_is_markup_is_printed_as_it_is(kind: LetterKind) -> None:
    """Typst reads names as data: nothing in them is carried out, turned bold or left out. The card names nobody."""
    data = sample(kind)
    assert data.addressee is not None
    named = replace(data, addressee=replace(data.addressee, name=MARKUP))
    page = pypdfium2.PdfDocument(render(kind, named, load_text(kind), "nl"))[0]
    assert "".join(MARKUP.split()) in "".join(page.get_textpage().get_text_range().split())
