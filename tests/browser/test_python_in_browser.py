"""Our own Python in a real browser: it loads in a worker, under our content security policy, and answers as here."""

import json
from typing import Any

from playwright.sync_api import Page

from tests.browser.conftest import PageAt
from tests.scheme_talks import talk
from voordeur.adapters.scheme_talk import screens

HOUSEHOLDS = 500
STEP_BY_STEP = 40
CALL = """async ([module, name, args]) => {
  const python = await import("/static/field/python.js");
  try { return JSON.stringify({ result: await python.call(module, name, args) }); }
  catch (error) { return JSON.stringify({ refused: error.problems?.map((one) => one.code), error: String(error) }); }
}"""


def call(page: Page, module: str, name: str, *args: Any) -> Any:
    """Call a function of ours in the browser."""
    return json.loads(page.evaluate(CALL, [module, name, list(args)]))


def test_office_and_phone_give_the_same_answers_and_nothing_else_can_be_called(
    transactional_db: None, page_at: PageAt
) -> None:
    """Every screen of some talks and the result of all of them, letter by letter."""
    page = page_at(360, 740)
    page.goto("/veld/")
    talks = [list(talk(seed, "en" if seed % 5 == 0 else "nl")) for seed in range(HOUSEHOLDS)]
    requests = [one for some in talks[:STEP_BY_STEP] for one in some] + [some[-1] for some in talks]
    here = json.loads(json.dumps(screens(requests)))
    there = call(page, "voordeur.adapters.scheme_talk", "screens", requests)["result"]
    assert len(there) == len(requests)
    different = [at for at, (one, other) in enumerate(zip(here, there, strict=True)) if one != other]
    assert different == []
    assert sum(one["over"] for one in here) >= HOUSEHOLDS

    assert call(page, "voordeur.core.money", "parse_euros", "1.234,56") == {"result": 123456}
    assert "cannot be called" in call(page, "os", "getcwd")["error"]
    early = {**talks[0][0], "day": "1999-01-01"}
    assert call(page, "voordeur.adapters.scheme_talk", "screen", early)["refused"] == ["no-rules-for-day"]
