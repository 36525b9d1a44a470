"""A phone of a neighbourhood manager: a Chromium with a profile on disk, that can be switched off and on again."""

from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Playwright

from tests.browser.conftest import FLAGS, chromium, listen
from tests.browser.pages import sign_in

PHONE = {"width": 360, "height": 740}


class Phone:
    """One phone. Errors that the browser complains about are gathered; a request without network is no error."""

    def __init__(self, playwright: Playwright, profile: Path, server: str) -> None:
        self._playwright, self._profile, self._server = playwright, profile, server
        self.complaints: list[str] = []
        self.context: BrowserContext
        self.page: Page
        self.switch_on()

    def switch_on(self, *, network: bool = True) -> None:
        """Start the browser on the profile as it was left."""
        self.context = self._playwright.chromium.launch_persistent_context(
            str(self._profile), executable_path=chromium(), args=FLAGS, base_url=self._server, viewport=PHONE,
            locale="nl-NL", timezone_id="Europe/Amsterdam", reduced_motion="reduce", has_touch=True,
            is_mobile=True, device_scale_factor=2,
        )  # fmt: skip
        self.context.set_default_timeout(10_000)
        self.context.add_init_script(_NO_SYNC)
        self._heard: list[str] = []
        listen(self.context, self._heard)
        self.page = self.context.pages[0] if self.context.pages else self.context.new_page()
        self.network(network)

    def kill(self) -> None:
        """Off, without a word to the app."""
        self.complaints += [one for one in self._heard if "ERR_INTERNET_DISCONNECTED" not in one]
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

    def open(self) -> None:
        """The app, as from its icon."""
        self.page.goto("/veld/")
        self.page.locator("h1").first.wait_for()

    def wake_worker(self, tag: str) -> None:
        """What a browser does when there is network again and something asked for it (Background Sync)."""
        devtools = self.context.new_cdp_session(self.page)
        known: list[str] = []
        devtools.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda said: known.extend(one["registrationId"] for one in said["registrations"]),
        )
        devtools.send("ServiceWorker.enable")
        while not known:
            self.page.wait_for_timeout(100)
        devtools.send(
            "ServiceWorker.dispatchSyncEvent",
            {"origin": self._server, "registrationId": known[0], "tag": tag, "lastChance": False},
        )

    def held(self, store: str) -> int:
        """How many things are in a store of the phone."""
        return int(self.page.evaluate(_COUNT, store))

    def wait_until_sent(self) -> None:
        """Until the server has everything."""
        self.wait_until(f"async () => (await ({_COUNT})('outbox')) === 0")

    def wait_until(self, asked: str) -> None:
        """Ask the page until it says yes. Not `wait_for_function`: that takes the promise itself for a yes."""
        for _ in range(200):
            if self.page.evaluate(asked):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"it never came to: {asked}")

    def everything_kept(self) -> str:
        """Whatever the database on the phone holds, as text: what a thief with a cable would read."""
        return str(self.page.evaluate(_ALL))


_NO_SYNC = (
    "if (self.SyncManager) SyncManager.prototype.register = async (tag) => { self.askedToWake = tag; };"
)
"""The browser itself does not know that the network is only off for the test: it would deliver for real."""
_DATABASE = "(await import('/static/field/store.js')).database()"
_COUNT = f"async (store) => (await {_DATABASE}).count(store)"
_ALL = f"""async () => {{
  const db = await {_DATABASE};
  const all = await Promise.all([...db.objectStoreNames].map((name) => db.getAll(name)));
  return JSON.stringify(all) + document.cookie + JSON.stringify(localStorage);
}}"""
