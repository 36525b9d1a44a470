"""What the phone keeps of the app itself. Add a file here, and it works without network.

The version of the service worker is made from the contents: a changed file is fetched by every phone at its next
contact, an unchanged one never again.
"""

import json
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse

from voordeur.core.visits import EventState
from voordeur.field import python_bundle

PRECACHE: tuple[str, ...] = (
    "voordeur/voordeur.css",
    "voordeur/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2",
    "voordeur/fonts/voordeur-nul.woff2",
    "voordeur/icons.svg",
    "voordeur/favicon.svg",
    "vendor/idb/index.js",
    "voordeur/schemes.css",
    "field/field.css",
    "field/icon-192.png",
    "field/app.js",
    "field/arrangement.js",
    "field/card.js",
    "field/day.js",
    "field/dom.js",
    "field/kept.js",
    "field/outbox.js",
    "field/python.js",
    "field/schemes.js",
    "field/seal.js",
    "field/signature.js",
    "field/store.js",
    "field/sync.js",
    "field/words.js",
)
"""Static files without which the app does not start: all of them, or the new version does not come into use."""

LATER: tuple[str, ...] = (
    "vendor/pyodide/pyodide.mjs",
    "vendor/pyodide/pyodide.asm.mjs",
    "vendor/pyodide/pyodide.asm.wasm",
    "vendor/pyodide/python_stdlib.zip",
    "vendor/pyodide/pyodide-lock.json",
)
"""Large static files that are fetched in the background once the app runs: nobody waits for them."""

PAGES: tuple[str, ...] = ("field", "field_manifest", "field_words", "python_worker")
"""Names of addresses that are the same for everybody, kept with PRECACHE."""


_HELD = [one.value for one in EventState]
"""What the server says of an event that it has, whatever it did with it."""


def addresses() -> list[str]:
    """What is kept before the app comes into use."""
    return [reverse(name) for name in PAGES] + [static(path) for path in PRECACHE]


def modules() -> list[str]:
    """The scripts that the first page needs, to be fetched at once and not one after the other."""
    return [static(path) for path in PRECACHE if path.endswith(".js")]


def later() -> list[str]:
    """What is kept afterwards."""
    return [*(static(path) for path in LATER), python_bundle.address()]


def static(path: str) -> str:
    """The address of a static file."""
    return f"/{settings.STATIC_URL.strip('/')}/{path}"


def worker(pages: bytes) -> str:
    """The script of the service worker: its version, what it keeps, what it may let go of, and what it does."""
    lists = {"VERSION": version(pages), "KEEP": addresses(), "LATER": later(), "HELD": _HELD}
    head = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in lists.items())
    return head + Path(str(finders.find("field/worker.js"))).read_text(encoding="utf-8")


def version(pages: bytes) -> str:
    """The version of the app: made from its files and its pages."""
    return sha256(pages + _files_hash()).hexdigest()[:16]


@lru_cache(maxsize=1)
def _kept_hash() -> bytes:
    return _read_hash()


def _files_hash() -> bytes:
    return _read_hash() if settings.DEBUG else _kept_hash()


def _read_hash() -> bytes:
    found = sha256()
    for path in (*PRECACHE, *LATER, "field/worker.js"):
        where = finders.find(path)
        if where is None:
            raise FileNotFoundError(f"static file {path} of the phone app is not there")
        found.update(Path(str(where)).read_bytes())
    return found.digest()
