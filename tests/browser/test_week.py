"""The week in a real browser: planned, moved, pinned and agreed on by keyboard alone; on the phone without script."""

import re
from collections.abc import Iterator

import pytest
from django.test import override_settings
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt, assert_accessible, assert_fits, take_picture
from tests.browser.looks import wear
from tests.browser.pages import sign_in
from tests.web.factories import TODAY, Town, town
from voordeur.actions.plan_day import plan_week
from voordeur.store.models import Home, PlanStop, Standing, Workday

OFFICE, PHONE, NARROW = (1440, 900), (360, 740), (320, 640)


@pytest.fixture
def lindewaard(transactional_db: None) -> Town:
    """The small town with hours on three days and five doors that ask for a visit."""
    place = town()
    for at, home in enumerate(Home.objects.order_by("pk")):
        Home.objects.filter(pk=home.pk).update(latitude=52.5 + at * 0.0009, longitude=5.3 + at % 3 * 0.0014)
    for weekday, first, last in ((0, 780, 900), (1, 540, 600), (3, 1_080, 1_150)):
        Workday.objects.create(user=place.manager, weekday=weekday, first=first, last=last, mode="bicycle")
    asking = Standing.objects.filter(neighbourhood=place.molenkwartier).order_by("pk")[:8]
    Standing.objects.filter(pk__in=[one.pk for one in asking]).update(action="visit")
    return place


def planned() -> dict[int, tuple[int, int, bool]]:
    rows = PlanStop.objects.select_related("plan").order_by("plan__day", "start")
    return {row.tenancy_id: (row.plan.day.weekday(), row.start, row.pinned) for row in rows}


def tab_to(page: Page, name: str) -> None:
    """Press Tab until whatever has the focus is called so."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if name in (page.evaluate("document.activeElement.textContent") or ""):
            return
    raise AssertionError(f"the keyboard does not reach {name}")


def test_a_week_by_keyboard_alone(lindewaard: Town, page_at: PageAt) -> None:
    page = page_at(*OFFICE)
    sign_in(page, "marit")
    tab_to(page, "Week")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Week van 23 november")).to_be_visible()

    tab_to(page, "Plan deze week")
    page.keyboard.press("Enter")
    expect(page.get_by_text("De week is opnieuw gepland.")).to_be_visible()
    first, second = list(planned())[:2]
    address = Standing.objects.get(pk=first).tenancy.home
    assert address is not None

    tab_to(page, address.address)
    page.keyboard.press("Enter")
    keys = page.get_by_role("group", name=f"{address.address} verzetten")
    expect(keys).to_be_visible()
    expect(page.locator(".vd-stop--on")).to_be_focused()
    assert_accessible(page)

    page.keyboard.press("ArrowDown")
    expect(page.locator(".vd-stop--on .vd-pin")).to_have_text("staat vast")
    assert list(planned())[:2] == [second, first]
    tab_to(page, "eerder")
    page.keyboard.press("Enter")
    expect(page.locator(".vd-stop--on .vd-stop__n")).to_have_text("1")
    assert list(planned())[:2] == [first, second]
    page.keyboard.press("v")
    expect(page.locator(".vd-stop--on .vd-pin")).to_have_count(0)
    page.keyboard.press("w")
    expect(page.get_by_text("Jij liet dit adres deze week weg.")).to_be_visible()
    assert first not in planned()

    tab_to(page, "Zo doe ik het")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Je week staat vast")).to_be_visible()


def test_on_the_phone_without_any_script(lindewaard: Town, page_at: PageAt) -> None:
    plan_week(lindewaard.manager, TODAY, TODAY)
    page = page_at(*NARROW, user=lindewaard.manager, javascript=False)
    page.goto("/week/")
    assert_fits(page)
    page.locator(".vd-stop").first.click()
    assert_fits(page)
    chosen = page.locator(".vd-stop--on b").inner_text()
    page.get_by_role("button", name="vast").click()
    expect(page.locator(".vd-stop--on .vd-pin")).to_have_text("staat vast")
    expect(page.get_by_role("link", name="Route")).to_have_attribute(
        "href", re.compile(r"^geo:52\.\d{6},5\.\d{6}$")
    )
    assert chosen in page.locator(".vd-stop--on").inner_text()
    page.get_by_role("combobox", name="Andere dag").select_option(index=0)
    page.get_by_role("button", name="→ dag").click()
    assert_fits(page)
    assert len(planned()) >= 3


@pytest.fixture
def tiles_that_do_not_come() -> Iterator[None]:
    """An address for tiles on this machine at which nothing listens."""
    with override_settings(TILES="/static/geen-tegel-{z}-{x}-{y}.png", TILES_BY="Niemand"):
        yield


def test_the_pages_of_the_week_are_accessible_and_fit(lindewaard: Town, page_at: PageAt) -> None:
    plan_week(lindewaard.manager, TODAY, TODAY)
    stop = PlanStop.objects.order_by("plan__day", "start")[1]
    hours = f"/team/uren/{lindewaard.manager.pk}/"
    for user, address, name in (
        (lindewaard.manager, f"/week/?stop={stop.pk}", "week"),
        (lindewaard.chief, "/team/week/", "week-team"),
        (lindewaard.chief, hours, "week-uren"),
    ):
        page = page_at(*OFFICE, user=user)
        page.goto("/ik/")
        for language in ("nl", "en"):
            wear(page, language, "licht")
            for width, height in (OFFICE, PHONE, NARROW):
                page.set_viewport_size({"width": width, "height": height})
                page.goto(address)
                assert_fits(page)
                if width != NARROW[0]:
                    take_picture(page, f"{name}-{language}-{width}", full_page=True)
        whole = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": NARROW[0], "height": whole})
        assert_accessible(page)


@pytest.mark.usefixtures("tiles_that_do_not_come")
def test_the_drawing_stays_when_the_tiles_do_not_come(lindewaard: Town, page_at: PageAt) -> None:
    plan_week(lindewaard.manager, TODAY, TODAY)
    page = page_at(*OFFICE, user=lindewaard.manager)
    page.route("**/geen-tegel-*", lambda route: route.fulfill(status=200, content_type="image/png", body=b""))
    page.goto("/week/")
    expect(page.locator("svg.vd-map")).to_be_visible()
    expect(page.locator(".leaflet-container")).to_have_count(0)
