"""A phone of a neighbourhood manager: a Chromium with a profile on disk, that can be switched off and on again."""

from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright

from tests.browser.conftest import FLAGS, chromium, listen
from tests.browser.pages import sign_in

PHONE = {"width": 360, "height": 740}


class Phone:
    """One phone. Errors that the browser complains about are gathered; a request without network is no error."""

    def __init__(self, playwright: Playwright, profile: Path, server: str, language: str = "nl-NL") -> None:
        self._playwright, self._profile, self._server, self._language = playwright, profile, server, language
        self.complaints: list[str] = []
        self.context: BrowserContext
        self.page: Page
        self.switch_on()

    def switch_on(self, *, network: bool = True) -> None:
        """Start the browser on the profile as it was left."""
        self.context = self._playwright.chromium.launch_persistent_context(
            str(self._profile), executable_path=chromium(), args=FLAGS, base_url=self._server, viewport=PHONE,
            locale=self._language, timezone_id="Europe/Amsterdam", reduced_motion="reduce", has_touch=True,
            is_mobile=True, device_scale_factor=2,
        )  # fmt: skip
        self.context.set_default_timeout(10_000)
        self._heard: list[str] = []
        listen(self.context, self._heard)
        self.page = self.context.pages[0] if self.context.pages else self.context.new_page()
        self.network(network)

    def kill(self) -> None:
        """Off, without a word to the app."""
        self.complaints += [one for one in self._heard if "net::ERR_INTERNET_DISCONNECTED" not in one]
        self.context.close()

    def network(self, on: bool) -> None:
        """In or out of reach."""
        self.context.set_offline(not on)

    def sign_in(self, username: str) -> None:
        """Through the form, and to the app."""
        sign_in(self.page, username)
        self.page.goto("/veld/")
        self.page.get_by_role("heading", name="Vandaag", exact=True).wait_for()
        self.page.evaluate("navigator.serviceWorker.ready.then(() => null)")

    def waiting(self) -> int:
        """Events that are still to be sent, as the database on the phone has it."""
        return int(self.read("outbox"))

    def read(self, store: str) -> Any:
        """How many things are in a store."""
        return self.page.evaluate(
            """async (store) => (await (await import('/static/field/store.js')).database()).count(store)""",
            store,
        )
