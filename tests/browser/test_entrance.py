"""The front door of Voordeur itself: what somebody sees before signing in."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PageAt, assert_accessible, assert_fits, take_picture


@pytest.mark.parametrize("width", [1280, 360, 320])
def test_the_entrance_fits_and_is_accessible(page_at: PageAt, width: int) -> None:
    page = page_at(width)
    page.goto("/")
    expect(page).to_have_url(re.compile("/account/inloggen/"))
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    assert_accessible(page)
    assert_fits(page)
    take_picture(page, f"entrance-{width}")
