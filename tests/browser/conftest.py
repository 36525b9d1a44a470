"""A real Chromium on a real server: pages of any size, sign-in, accessibility, pictures.

`make browser` installs Chromium; VOORDEUR_CHROMIUM names another one.
The pictures of the README come from the demo: see demo_pictures.py.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    Response,
    sync_playwright,
)

HERE = Path(__file__).parent
PICTURES = HERE / "pictures"
FLAGS = [
    "--no-sandbox",  # the tests may run as root, and open only our own pages
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


class PageAt(Protocol):
    """Opens a page of a size, in a browser context of its own: no cookies, no history."""

    def __call__(
        self,
        width: int,
        height: int = 800,
        *,
        user: Any = None,
        language: str = "nl-NL",
        javascript: bool = True,
    ) -> Page: ...


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever lives in this folder drives a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


def chromium() -> str:
    """Path of the browser. `make browser` sees to it that there is one."""
    names = (os.environ.get("VOORDEUR_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    if found is None:
        pytest.fail("no Chromium on this machine: run `make browser`", pytrace=False)
    return found


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives the browsers of a worker."""
    # Playwright keeps an event loop in this thread, in which Django would refuse to speak to the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One browser for all tests of a worker."""
    started = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
    yield started
    started.close()


@pytest.fixture
def page_at(browser: Browser, live_server: Any) -> Iterator[PageAt]:
    """`page_at(360, 740, user=manager)`: a page on the live server, signed in when a user is given.

    Addresses may be relative: page.goto("/vandaag/"). Afterwards the test fails when the browser complained:
    an error in a script, something our content security policy blocks, a file that is not there, a server
    error, a request that would have left this machine.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(
        width: int,
        height: int = 800,
        *,
        user: Any = None,
        language: str = "nl-NL",
        javascript: bool = True,
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            locale=language,
            timezone_id="Europe/Amsterdam",
            reduced_motion="reduce",
            java_script_enabled=javascript,
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        listen(context, complaints)
        if user is not None:
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": session_of(user), "url": live_server.url}])
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def listen(context: BrowserContext, complaints: list[str]) -> None:
    """Write down whatever the browser complains about. A page may refuse (4xx); a file of ours may not."""

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(message.text)

    def on_response(response: Response) -> None:
        of_a_page = response.request.resource_type in ("document", "xhr", "fetch")
        if response.status >= (500 if of_a_page else 400):
            complaints.append(f"{response.status} {response.url}")

    def on_failed(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the person went on to another page
            complaints.append(f"{request.failure} {request.url}")

    context.on("console", on_console)
    context.on("response", on_response)
    context.on("requestfailed", on_failed)
    context.on("weberror", lambda error: complaints.append(str(error.error)))


def session_of(user: Any) -> str:
    """Key of a new session in which `user` (a row of `store.User`) has signed in."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


NOTHING: dict[str, Any] = {}
EVERYTHING: dict[str, Any] = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
COLOURS: dict[str, Any] = {"runOnly": ["color-contrast"]}


def assert_accessible(page: Page, options: dict[str, Any] = EVERYTHING) -> None:
    """No violation of any axe rule (WCAG 2.2 A and AA, good practice) on the page as it stands."""
    results = Axe().run(page, options=options)
    violations = results.response["violations"]
    said = [
        f"{violation['id']} ({violation['impact']}): {violation['help']}\n"
        + "\n".join(f"    {' '.join(node['target'])}  {node['html'][:160]}" for node in violation["nodes"])
        for violation in violations
    ]
    assert not said, f"{page.url}\n" + "\n".join(said)


def assert_fits(page: Page) -> None:
    """Nothing sticks out sideways: the page scrolls in one direction only (WCAG 1.4.10)."""
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, f"{page.url} is {wider} px wider than the screen"


def take_picture(page: Page, name: str, *, full_page: bool = False) -> None:
    """Keep what a person would see, as `pictures/name.png`."""
    PICTURES.mkdir(exist_ok=True)
    picture = page.screenshot(full_page=full_page, animations="disabled", caret="hide")
    (PICTURES / f"{name}.png").write_bytes(picture)
