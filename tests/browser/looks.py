"""A page as people see it: in two languages, three lights and three sizes."""

from playwright.sync_api import Page

from tests.browser.conftest import (
    COLOURS,
    EVERYTHING,
    NOTHING,
    assert_accessible,
    assert_fits,
    take_picture,
)

SIZES = {"smal": (320, 640), "telefoon": (390, 844), "kantoor": (1440, 900)}
# (language, light) -> per size: what axe looks at, and whether a picture is kept. A light changes only colours.
LOOKS = {
    ("nl", "licht"): (
        ("smal", EVERYTHING, False),
        ("telefoon", NOTHING, True),
        ("kantoor", EVERYTHING, True),
    ),
    ("nl", "avond"): (("kantoor", COLOURS, True),),
    ("nl", "buiten"): (("telefoon", COLOURS, True),),
    ("en", "licht"): (("smal", NOTHING, False), ("kantoor", EVERYTHING, False)),
}


def look(page: Page, address: str, name: str) -> None:
    """The page in both languages, three lights and three sizes.

    The accessibility check sees the whole page: half a field under the menu at the bottom is a matter of scrolling.
    """
    for (language, light), sizes in LOOKS.items():
        wear(page, language, light)
        page.goto(address)
        assert page.locator("h1").count() == 1, f"{address} has one h1"
        for size, axe, with_picture in sizes:
            width, height = SIZES[size]
            page.set_viewport_size({"width": width, "height": height})
            assert_fits(page)
            if with_picture:
                take_picture(page, f"{name}-{size}-{light}", full_page=size == "telefoon")
            if axe != NOTHING:
                whole = page.evaluate("document.documentElement.scrollHeight")
                page.set_viewport_size({"width": width, "height": max(height, whole)})
                assert_accessible(page, axe)


def wear(page: Page, language: str, light: str) -> None:
    """Choose language and light as the cookies of the page do."""
    site = page.url.split("/", 3)
    cookies = {"django_language": language, "voordeur_licht": light}
    page.context.add_cookies(
        [{"name": name, "value": value, "url": "/".join(site[:3])} for name, value in cookies.items()]
    )
