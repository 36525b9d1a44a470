"""`python -m bench.schemes_phone`: the check on schemes in a Chromium of the size of a phone, without network.

From a cold start (the browser just opened, nothing in memory) to the first question on the screen, and from pressing a
button to the next screen. ROUNDS=3 cold starts. Pages come from the cache of the service worker, as on the phone.
Processor seconds are of the whole browser, all its processes, while the first question comes: those do not count how
busy the machine is, the milliseconds do.
"""

import os
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

ROUNDS = int(os.environ.get("ROUNDS", "3"))
REQUEST = {"day": "2026-11-29", "language": "nl", "known": {"rent": 650_00, "size": None}, "said": []}
ONE_TALK = """async (first) => {
  const python = await import("/static/field/python.js");
  const took = [];
  let request = first, screen, at = performance.now();
  const next = async (fields) => {
    at = performance.now();
    screen = await python.call("voordeur.adapters.scheme_talk", "screen", [{ ...request, fields }]);
    request = { ...request, said: screen.said };
    took.push(performance.now() - at);
  };
  await next({});
  const cold = first.cold;
  const given = { partner: { answer: ["nee"] }, children: { day: ["2015-03-01"] }, born: { born: ["1990-04-02"] },
    income: { amount: ["1800"], per: ["month-benefit"] }, assets: { answer: ["0-800000"] },
    insured: { answer: ["all"] } };
  while (!screen.over) {
    const about = screen.html.match(/name="about" value="(\\w+)"/)[1];
    await next({ press: ["next"], number: [String(screen.number)], about: [about], ...(given[about] ?? {}) });
  }
  return { cold, took };
}"""


FIRST_QUESTION = """async (first) => {
  const python = await import("/static/field/python.js");
  await python.call("voordeur.adapters.scheme_talk", "screen", [first]);
  window.cold = performance.now();
}"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, _server(Path(folder)) as address:
        cold, answers, last, work = _measure(Path(folder) / "profile", address)
    print(f"cold start, without network, to the first question  {statistics.median(cold):8.0f} ms")
    print(f"  (from {min(cold):.0f} to {max(cold):.0f} ms over {len(cold)} starts)")
    print(f"  processor time of the whole browser for that      {statistics.median(work):8.1f} s")
    print(f"per answer after that, median                       {statistics.median(answers):8.1f} ms")
    print(f"the result with steps and margins, median           {statistics.median(last):8.1f} ms")


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Nothing on the screen."""


def _processor_seconds() -> float:
    """Of everything that this process started, and what those started."""
    parents, spent = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            after = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        parents[int(stat.parent.name)], spent[int(stat.parent.name)] = (
            int(after[1]),
            int(after[11]) + int(after[12]),
        )
    ours = {os.getpid()}
    while more := {one for one, parent in parents.items() if parent in ours and one not in ours}:
        ours |= more
    return sum(spent[one] for one in ours - {os.getpid()}) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    os.environ["VOORDEUR_VAR"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "voordeur.settings")
    from voordeur.web.wsgi import application

    server = make_server("127.0.0.1", 0, application, handler_class=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def _measure(profile: Path, address: str) -> tuple[list[float], list[float], list[float], list[float]]:
    from playwright.sync_api import sync_playwright
    from tests.browser.conftest import FLAGS, chromium
    from tests.browser.test_schemes import LATER

    cold, answers, last, work = [], [], [], []
    with sync_playwright() as playwright:
        for start in range(ROUNDS + 1):
            context = playwright.chromium.launch_persistent_context(
                str(profile), executable_path=chromium(), args=FLAGS, base_url=address,
                viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True,
            )  # fmt: skip
            page = context.pages[0]
            if start == 0:
                page.goto("/veld/")
                assert page.evaluate(LATER) == 6, "the phone did not keep everything"
            else:
                context.set_offline(True)
                time.sleep(1)
                page.goto("/veld/")
                before = _processor_seconds()
                page.evaluate(FIRST_QUESTION, REQUEST)
                work.append(_processor_seconds() - before)
                found = page.evaluate(ONE_TALK, REQUEST | {"cold": page.evaluate("window.cold")})
                cold.append(found["cold"])
                answers += found["took"][1:-1]
                last.append(found["took"][-1])
            context.close()
    return cold, answers, last, work


if __name__ == "__main__":
    main()
