"""Our own Python in a real browser: it loads in a worker, under our content security policy, and answers as here."""

from typing import Any

from playwright.sync_api import Page

from tests.browser.conftest import PageAt
from tests.web.factories import town
from voordeur.field.python_bundle import address

CALL = """async ([module, name, args]) => {
  const python = await import("/static/field/python.js");
  try { return { result: await python.call(module, name, args) }; }
  catch (error) { return { refused: error.problems?.map((one) => one.code), error: String(error) }; }
}"""


def python_page(page: Page) -> Page:
    """A signed-in page that says where its Python is."""
    page.goto("/ik/")
    meta = f'<meta name="python-bundle" content="{address()}">'
    page.evaluate("meta => document.head.insertAdjacentHTML('beforeend', meta)", meta)
    return page


def call(page: Page, module: str, name: str, *args: Any) -> Any:
    return page.evaluate(CALL, [module, name, list(args)])


def test_our_python_answers_in_the_browser_and_nothing_else_can_be_called(
    transactional_db: None, page_at: PageAt
) -> None:
    page = python_page(page_at(360, 740, user=town().manager))
    assert call(page, "voordeur.core.money", "parse_euros", "1.234,56") == {"result": 123456}
    assert "cannot be called" in call(page, "os", "getcwd")["error"]
