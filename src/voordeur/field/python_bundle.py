"""The part of the program that runs in the phone itself: one zip of the core, its readers and its rules.

Its name holds a hash of what is in it, so a browser may keep it for ever and a new version is a new name. There is
nothing in it about persons: it is our own source and the published amounts.
"""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from voordeur.field.headers import app_policy, same_for_everybody

READERS = (
    "arrangement_rules.py", "arrangement_table.py", "json_call.py", "nested.py", "policy_file.py", "rules.py",
    "scheme_form.py", "scheme_page.py", "scheme_rules.py", "scheme_talk.py", "toml_tables.py",
)  # fmt: skip
"""The files of `adapters/` that the phone needs; they may know only the core and the standard library."""
RULES = ("schemes", "law")
"""The folders of `rules/` that the phone needs."""
ALSO = ("__init__.py", "adapters/__init__.py", "rules/__init__.py")
HEADERS = {"Cache-Control": "public, max-age=31536000, immutable"}
_SAME_DAY = (1980, 1, 1, 0, 0, 0)
"""The same files make the same zip, whenever and wherever it is made."""


def bundled() -> dict[str, bytes]:
    """Every file of the bundle by its name in it; the organisation's own rules replace those of the program."""
    root = Path(__file__).parent.parent
    files = {one.relative_to(root).as_posix(): one for one in _files(root)}
    if settings.SCHEME_RULES:
        own = Path(settings.SCHEME_RULES)
        files |= {f"rules/schemes/{one.relative_to(own).as_posix()}": one for one in own.rglob("*.toml")}
    return {f"voordeur/{name}": files[name].read_bytes() for name in sorted(files)}


def _files(root: Path) -> Iterator[Path]:
    yield from (root / one for one in ALSO)
    yield from (root / "adapters" / one for one in READERS)
    yield from (root / "core").rglob("*.py")
    for folder in RULES:
        yield from (root / "rules" / folder).rglob("*.toml")


@cache
def bundle() -> tuple[str, bytes]:
    """The hash of the bundle (16 hex digits) and the zip itself. Made once in the life of a process."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        for name, content in bundled().items():
            made.writestr(zipfile.ZipInfo(name, _SAME_DAY), content, zipfile.ZIP_DEFLATED, 9)
    return hashlib.sha256(held.getvalue()).hexdigest()[:16], held.getvalue()


def address() -> str:
    """Where the bundle of now is."""
    return reverse("python_bundle", args=[bundle()[0]])


@require_GET
@app_policy
@same_for_everybody
def python_worker(request: HttpRequest) -> HttpResponse:
    """The script of the worker. It stands below /veld/, or the service worker would not answer it without network."""
    script = Path(str(finders.find("field/python-worker.js"))).read_bytes()
    return HttpResponse(script, content_type="text/javascript")


@require_GET
def python_bundle(request: HttpRequest, digest: str) -> HttpResponse:
    """The bundle by its hash; a hash of another version is gone."""
    known, content = bundle()
    if digest != known:
        raise Http404
    return HttpResponse(content, content_type="application/zip", headers=HEADERS)
