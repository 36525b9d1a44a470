"""The pages around the check: what we calculate with, and what an organisation adds to it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.web.factories import Town, town
from voordeur.actions import scheme_day
from voordeur.field import python_bundle


@pytest.fixture
def place(db: None) -> Town:
    return town()


def page(user: Any, address: str) -> str:
    client = Client()
    client.force_login(user)
    return client.get(address).content.decode()


def test_every_amount_is_shown_with_its_source_and_what_nobody_checked(place: Town) -> None:
    text = page(place.administrator, "/beheer/regelingen/?dag=2026-11-23")
    for said in (
        "932,93",
        "Stcrt. 2025, 39783",
        "Er is geen gemeente ingevuld.",
        "niet ingevuld: een instelling",
    ):
        assert said in text
    assert "nog een raming" in page(place.administrator, "/beheer/regelingen/?dag=2027-02-01")
    assert "Van deze dag zijn er geen bedragen." in page(
        place.administrator, "/beheer/regelingen/?dag=2031-02-01"
    )


@pytest.fixture
def own_files(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A municipality of the organisation's own."""
    from tests.architecture.source import ROOT

    text = (ROOT / "docs" / "schemes.md").read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    folder = tmp_path / "municipal"
    folder.mkdir()
    (folder / "lindewaard-2026.toml").write_text(text.replace("0,00", "431,00"), encoding="utf-8")
    settings.SCHEME_RULES = str(tmp_path)
    caches = (scheme_day.rule_book, python_bundle.bundle)
    for one in caches:
        one.cache_clear()
    yield tmp_path
    for one in caches:
        one.cache_clear()


def test_files_of_the_organisation_count_in_the_office_and_on_the_phone(place: Town, own_files: Path) -> None:
    assert "431,00" in page(place.administrator, "/beheer/regelingen/?dag=2026-11-23")
    assert b"431,00" in python_bundle.bundled()["voordeur/rules/schemes/municipal/lindewaard-2026.toml"]


def test_the_bundle_is_the_same_every_time_and_holds_nothing_but_core_readers_and_rules() -> None:
    first = python_bundle.bundle()
    python_bundle.bundle.cache_clear()
    assert python_bundle.bundle() == first
    assert all(
        name.split("/")[1] in ("__init__.py", "core", "adapters", "rules") for name in python_bundle.bundled()
    )


def test_the_worker_may_compile_and_the_bundle_may_be_kept() -> None:
    client = Client()
    worker = client.get("/veld/python-werker.js")
    assert "'wasm-unsafe-eval'" in worker["Content-Security-Policy"]
    assert "unsafe-inline" not in worker["Content-Security-Policy"]
    assert client.get(python_bundle.address())["Cache-Control"].endswith("immutable")
    assert client.get("/veld/python-0000000000000000.zip").status_code == 404


def test_whatever_a_file_of_the_bundle_needs_is_in_the_bundle() -> None:
    """Else the phone, and only the phone, cannot load it."""
    held = python_bundle.bundled()
    modules = {name.removesuffix(".py").replace("/", ".").removesuffix(".__init__") for name in held}
    missing = {
        (name, wanted)
        for name, source in held.items()
        if name.endswith(".py")
        for wanted in re.findall(r"^\s*(?:from|import) (voordeur[\w.]*)", source.decode(), flags=re.MULTILINE)
        if wanted not in modules
    }
    assert missing == set()
