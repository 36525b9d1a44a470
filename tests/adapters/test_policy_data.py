"""A policy as data: written and read back it is the same policy, and a wrong field is named."""

import json
import tomllib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voordeur.adapters.policy_data import as_toml, policy_to_data
from voordeur.adapters.policy_file import policy_from_data, read_policy
from voordeur.adapters.rules import load_policy, shipped_policies
from voordeur.core.conditions import parse_conditions
from voordeur.core.facts import HOUSEHOLD
from voordeur.core.problems import Problem
from voordeur.core.words import Words


@pytest.mark.parametrize("name", shipped_policies())
def test_written_and_read_back_it_is_the_same(name: str) -> None:
    policy = load_policy(name)
    assert read_policy(as_toml(policy)) == (policy, [])
    through_json = json.loads(json.dumps(policy_to_data(policy)))
    assert policy_from_data(through_json) == (policy, [])
    assert policy_from_data(tomllib.loads(as_toml(policy))) == (policy, [])


@given(
    st.text(min_size=1).filter(lambda text: text.strip() and not {"{", "}"} & set(text)), st.integers(0, 9)
)
def test_whatever_somebody_types_comes_back(text: str, priority: int) -> None:
    policy = load_policy()
    changed = replace(
        policy.rules[0],
        reason=Words(text, text),
        priority=priority,
        unless=(parse_conditions("spoken and visits >= 1", HOUSEHOLD) or (),),
    )
    policy = replace(policy, rules=(changed, *policy.rules[1:]))
    assert read_policy(as_toml(policy)) == (policy, [])


def wrong(change: Any) -> list[Problem]:
    data = policy_to_data(load_policy("brief-eerst"))
    change(data)
    policy, problems = policy_from_data(data, "formulier")
    assert policy is None
    return problems


def rule(data: dict[str, Any], name: str) -> dict[str, Any]:
    [found] = [one for one in data["rule"] if one["name"] == name]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        (lambda d: d.update(start="vandaag"), "wrong-value", "start"),
        (
            lambda d: d["limits"]["small_amount"].update(value="veel"),
            "wrong-value",
            "limits.small_amount value",
        ),
        (lambda d: d["rule"][0].update(when=["niets"]), "unknown-condition", "rule bij when"),
        (
            lambda d: d["rule"][1].update(unless=["spoken or not"]),
            "unknown-condition",
            "rule staat-stil unless",
        ),
        (lambda d: d["rule"][1].update(priority="hoog"), "wrong-value", "rule staat-stil priority"),
        (lambda d: d["block"][0].update(actions=["zwaaien"]), "wrong-value", "block zaak-staat-stil actions"),
        (lambda d: d["block"][0].update(actions=["wait"]), "block-leaves-nothing", "zaak-staat-stil"),
        (lambda d: d["block"][1].update(name="zaak-staat-stil"), "name-twice", "zaak-staat-stil"),
        (lambda d: d["minutes"].pop("visit"), "missing-key", "minutes visit"),
        (lambda d: d["minutes"]["visit"].update(value=-1), "wrong-value", "minutes.visit value"),
        (lambda d: d["hours"].update(roof={}), "unknown-key", "hours roof"),
        (lambda d: d["contact_window"].update(trust="zeker"), "wrong-value", "contact_window trust"),
        (
            lambda d: rule(d, "brief-1").update(when=["days_past_expected >= 5"]),
            "letter-before-person",
            "brief-1",
        ),
        (lambda d: rule(d, "brief-1")["level"].update(mode="ooit"), "wrong-value", "rule brief-1.level mode"),
        (lambda d: rule(d, "brief-1")["level"].update(days=-3), "wrong-value", "rule brief-1.level"),
        (lambda d: rule(d, "brief-2")["level"].update(number=3), "levels-not-in-order", "brief-1"),
        (lambda d: d["rule"].pop(), "no-last-rule", "bericht"),
        (lambda d: d.update(extra=1), "unknown-key", "extra"),
    ],
)
def test_a_wrong_field_is_named_and_has_a_cure(change: Any, code: str, column: str) -> None:
    problems = wrong(change)
    assert (code, column) in [(one.code, one.column) for one in problems]
    assert all(one.source == "formulier" and one.row is None and one.cure.nl for one in problems)


def test_a_policy_without_minutes_hours_and_blocks_is_a_policy() -> None:
    data = policy_to_data(load_policy())
    for key in ("minutes", "hours", "block", "contact_window"):
        del data[key]
    policy, problems = policy_from_data(data)
    assert problems == []
    assert policy is not None
    assert (policy.blocks, policy.minutes, policy.hours, policy.contact_window) == ((), {}, {}, None)
