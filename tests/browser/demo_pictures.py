"""The pictures of the README, taken of the running demo. Start `make demo`, then:

python -m tests.browser.demo_pictures http://127.0.0.1:8000 PASSWORD
"""

import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import FLAGS, chromium

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"


def signed_in(browser: Browser, base: str, user: str, password: str, width: int, height: int) -> Page:
    """A page of somebody who just signed in, in Dutch."""
    page = browser.new_context(
        viewport={"width": width, "height": height}, locale="nl-NL", base_url=base
    ).new_page()
    page.goto("/")
    page.fill("input[name=login]", user)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state()
    return page


def take(page: Page, name: str) -> None:
    """What is on the screen now."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", animations="disabled", caret="hide")


def main(base: str, password: str) -> None:
    """One picture for each of the three pages that the README shows."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        phone = signed_in(browser, base, "marit", password, 390, 844)
        phone.goto("/vandaag/")
        take(phone, "vandaag")
        office = signed_in(browser, base, "tarek", password, 1440, 900)
        office.goto("/portefeuille/")
        take(office, "portefeuille")
        office.goto("/vandaag/?wijk=4")
        office.locator('main a[href*="/huurcontract/"]').first.click()
        office.wait_for_load_state()
        take(office, "huurcontract")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:3])
