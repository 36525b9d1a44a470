"""Packs: a policy with facts and actions of its own is weighed the same way, and explains itself."""

from datetime import date
from typing import Any

import pytest

from voordeur.adapters.pack_file import is_pack, read_pack
from voordeur.adapters.rules import load_policy
from voordeur.core.packs import Pack, Situation, choose

SOURCE = 'source = "Verzonnen."\ntrust = "choice"\n'
TEXT = f"""
name = "tuin"
nl = "Tuinen"
en = "Gardens"
start = 2026-01-01
[[fact]]
name = "height"
kind = "number"
nl = "Hoogte van de heg, in meters."
en = "Height of the hedge, in metres."
[[fact]]
name = "nesting"
kind = "flag"
nl = "Er broedt een vogel."
en = "A bird is nesting."
[[fact]]
name = "asked_on"
kind = "day"
nl = "De dag waarop het gevraagd is."
en = "The day on which it was asked."
[[action]]
name = "leave"
nl = "Niets doen"
en = "Leave it"
[[action]]
name = "ask"
nl = "Vraag om te snoeien"
en = "Ask to prune"
[[action]]
name = "prune"
nl = "Snoei"
en = "Prune"
[[block]]
name = "nest"
actions = ["prune"]
when = ["nesting"]
nl = "Er broedt een vogel."
en = "A bird is nesting."
{SOURCE}
[[rule]]
name = "snoei"
action = "prune"
priority = 1
when = ["height >= 2", "asked_on older than 2 weeks"]
nl = "De heg is nog te hoog."
en = "The hedge is still too high."
{SOURCE}
[[rule]]
name = "vraag"
action = "ask"
priority = 1
when = ["height >= 2"]
unless = ["asked_on within 2 weeks"]
nl = "De heg is te hoog."
en = "The hedge is too high."
{SOURCE}
[[rule]]
name = "laat"
action = "leave"
when = []
nl = "Niets aan de hand."
en = "Nothing is wrong."
{SOURCE}
"""
TODAY = date(2026, 11, 20)


def garden() -> Pack:
    pack, problems = read_pack(TEXT, "tuin.toml")
    assert problems == []
    assert pack is not None
    return pack


@pytest.mark.parametrize(
    ("facts", "action", "rule"),
    [
        ({}, "leave", "laat"),
        ({"height": 1.9}, "leave", "laat"),
        ({"height": 2}, "ask", "vraag"),
        ({"height": 2, "asked_on": date(2026, 11, 7)}, "leave", "laat"),
        ({"height": 2, "asked_on": date(2026, 11, 6)}, "prune", "snoei"),
        ({"height": 2, "asked_on": date(2026, 11, 6), "nesting": True}, "ask", "vraag"),
    ],
)
def test_the_first_rule_that_holds_and_is_not_closed(facts: dict[str, Any], action: str, rule: str) -> None:
    found = choose(garden(), Situation(TODAY, facts))
    assert (found.action, found.rule) == (action, rule)
    assert {name for name, _ in found.not_now} == {"leave", "ask", "prune"} - {action}


def test_a_pack_shows_clashes_blocks_and_why_not() -> None:
    long_ago = {"height": 3, "asked_on": date(2026, 1, 1)}
    found = choose(garden(), Situation(TODAY, long_ago))
    assert (found.also, found.clash, found.blocked) == (("vraag",), ("vraag",), ())
    nest = choose(garden(), Situation(TODAY, long_ago | {"nesting": True}))
    assert nest.blocked == (("snoei", "nest"),)
    assert dict(nest.not_now)["prune"].nl == "Er broedt een vogel."
    low = choose(garden(), Situation(TODAY, {"height": 1, "asked_on": TODAY}))
    assert dict(low.not_now)["ask"].en == "Not met: height >= 2."
    recent = choose(garden(), Situation(TODAY, {"height": 3, "asked_on": TODAY}))
    assert dict(recent.not_now)["ask"].en == "Exception: asked_on within 2 weeks."


@pytest.mark.parametrize(
    ("old", "new", "code", "column"),
    [
        ('when = ["height >= 2"]', 'when = ["width >= 2"]', "unknown-condition", "rule vraag when"),
        ('action = "ask"', 'action = "shout"', "wrong-value", "rule vraag action"),
        ('actions = ["prune"]', 'actions = ["mow"]', "wrong-value", "block nest actions"),
        ('kind = "day"', 'kind = "moon"', "wrong-value", "fact asked_on kind"),
        ('name = "nesting"\nkind', 'name = "on"\nkind', "wrong-value", "fact on name"),
        ("when = []", 'when = ["nesting"]', "no-last-rule", "laat"),
        ('name = "vraag"', 'name = "snoei"', "name-twice", "snoei"),
        ("start = 2026-01-01", "start = 2026-01-01\nmore = 1", "unknown-key", "more"),
    ],
)
def test_what_is_wrong_with_a_pack_is_named(old: str, new: str, code: str, column: str) -> None:
    assert old in TEXT
    pack, problems = read_pack(TEXT.replace(old, new, 1), "tuin.toml")
    assert pack is None
    assert (code, column) in [(one.code, one.column) for one in problems]


def test_a_pack_is_known_by_its_own_facts() -> None:
    assert is_pack(TEXT)
    assert not is_pack('name = "standaard"')
    assert not is_pack("[[[")
    assert load_policy().name == "standaard"
    assert read_pack("[[[")[1][0].code == "not-toml"
