"""Made-up talks at the kitchen table: what somebody fills in on each screen, and the requests that come of it."""

import random
import re
from collections.abc import Iterator
from typing import Any

from voordeur.adapters.scheme_talk import screen

DAY = "2026-11-22"
_ABOUT = re.compile(r'name="about" value="(\w+)"')
_VALUES = re.compile(r'name="(?:answer|per)" value="([^"]+)"')


def known(chance: random.Random) -> dict[str, Any]:
    """What a landlord knows."""
    return {
        "rent": chance.randint(250_00, 1_100_00), "service_costs": 0, "municipality": "Lindewaard",
        "size": chance.choice((None, None, 1, 2, 3, 4)),
    }  # fmt: skip


def fields_of(shown: dict[str, Any], chance: random.Random) -> dict[str, list[str]]:
    """Something that somebody could fill in on this screen."""
    found = _ABOUT.search(shown["html"])
    assert found is not None
    about, offered = found[1], _VALUES.findall(shown["html"])
    press = "skip" if chance.random() < 0.05 else "next"
    fields = {"press": [press], "about": [about], "number": [str(shown["number"])]}
    match about:
        case "partner":
            return fields | {"answer": [chance.choice(("ja", "nee"))]}
        case "children":
            return fields | {"day": [_day(chance, 2007, 2026) for _ in range(chance.choice((0, 0, 1, 2, 3)))]}
        case "others":
            return fields | (_person(chance) if chance.random() < 0.25 else {})
        case "born":
            return fields | {"born": [_day(chance, 1935, 2004)], "partner_born": [_day(chance, 1935, 2004)]}
        case "income" | "net_income" | "after_seizure" | "energy_bill":
            per = chance.choice(offered) if offered else "month"
            most = 60_000 if per == "year" else 3_500
            return fields | {"amount": [str(chance.randint(0, most))], "per": [per]}
        case "receives" | "childcare" | "long_low_income" | "special_costs" | "study" | "seizure":
            return fields | {"answer": [one for one in offered if chance.random() < 0.2]}
        case _:
            return fields | {"answer": [chance.choice(offered)]}


def talk(seed: int, language: str = "nl") -> Iterator[dict[str, Any]]:
    """The requests of one talk, from its first screen to its result."""
    chance = random.Random(seed)
    request: dict[str, Any] = {
        "day": DAY,
        "language": language,
        "known": known(chance),
        "said": [],
        "fields": {},
    }
    while True:
        yield request
        shown: dict[str, Any] = screen(request)
        if shown["over"]:
            return
        request = {**request, "said": shown["said"], "fields": fields_of(shown, chance)}


def _day(chance: random.Random, first: int, last: int) -> str:
    return f"{chance.randint(first, last)}-{chance.randint(1, 11):02d}-{chance.randint(1, 22):02d}"


def _person(chance: random.Random) -> dict[str, list[str]]:
    ticks = {
        f"{name}-0": ["ja"] for name in ("child", "student", "commercial", "rich") if chance.random() < 0.2
    }
    return {"born-0": [_day(chance, 1940, 2006)], "income-0": [str(chance.randint(0, 30_000))], **ticks}
