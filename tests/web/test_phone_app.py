"""The phone app as it is served: complete, small, strict, and the same for everybody."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from voordeur.field.precache import LATER, PRECACHE
from voordeur.field.words import SENTENCES

SCRIPTS = Path(str(finders.find("field/app.js"))).parent
_SAID = re.compile(r"""\bt\(\s*"((?:[^"\\]|\\.)*)\"""")
_IMPORTED = re.compile(r"""from "\.?(/[\w/.-]+\.js)";""")


def sources() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(SCRIPTS.glob("*.js"))}


def test_every_sentence_of_the_scripts_has_its_english_and_none_is_left_over() -> None:
    said = {text for source in sources().values() for text in _SAID.findall(source)} - {"Bel {wie}"}
    through_a_name = {
        text
        for text in SENTENCES
        if text not in said and any(f'"{text}"' in source for source in sources().values())
    }
    assert said - set(SENTENCES) == set()
    assert set(SENTENCES) - said - through_a_name == set()


def test_every_script_that_another_one_needs_is_kept_on_the_phone() -> None:
    kept = {f"/static/{path}" for path in (*PRECACHE, *LATER)}
    needed = {
        f"/static/field{name}" if name.count("/") == 1 else name
        for source in sources().values()
        for name in _IMPORTED.findall(source)
    }
    assert len(needed) > 8
    assert needed - kept == set()


def test_the_scripts_stay_below_sixty_kilobytes() -> None:
    assert sum(len(gzip.compress(source.encode())) for source in sources().values()) < 60_000


def test_no_script_makes_markup_out_of_text() -> None:
    """But for one: the check on schemes shows its own page, in which Python escaped every text."""
    allowed = {("schemes.js", "innerHTML"): 1}
    for name, source in sources().items():
        for way in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
        ):
            assert source.count(way) == allowed.get((name, way), 0), (name, way)


@pytest.mark.django_db
def test_the_app_is_the_same_for_everybody_and_may_load_nothing_from_elsewhere() -> None:
    client = Client()
    page = client.get("/veld/")
    policy = page["Content-Security-Policy"]
    assert page.status_code == 200
    assert "default-src 'self'" in policy
    assert "worker-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert "'unsafe-eval'" not in policy
    client.cookies["django_language"] = "en"
    assert client.get("/veld/").content == page.content
    assert "'wasm-unsafe-eval'" not in client.get("/account/inloggen/")["Content-Security-Policy"]


@pytest.mark.django_db
def test_it_can_be_installed() -> None:
    manifest = json.loads(Client().get("/veld/app.webmanifest").content)
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == (
        "/veld/",
        "/veld/",
        "standalone",
    )
    for one in manifest["icons"]:
        assert finders.find(one["src"].removeprefix("/static/")), one


@pytest.mark.django_db
def test_the_worker_keeps_every_file_and_changes_when_one_does() -> None:
    worker = Client().get("/veld/werker.js").content.decode()
    kept = json.loads(worker.split("const KEEP = ")[1].split(";\n")[0])
    assert set(kept) >= {
        "/veld/",
        "/veld/woorden.json",
        "/static/field/app.js",
        "/static/vendor/idb/index.js",
    }
    for address in kept:
        found = finders.find(address.removeprefix("/static/")) if address.startswith("/static/") else True
        assert found, address
