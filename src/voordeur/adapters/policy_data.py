"""A policy as plain data and as the text of a policy file: what `policy_file.py` reads, written back.

Reading what was written gives the same policy again; comments of the file are not kept.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from voordeur.core.conditions import Condition
from voordeur.core.limits import MONEY_LIMITS, Limits
from voordeur.core.money import decimal_string
from voordeur.core.policy import Block, Note, Policy, Rule, Setting, Tier
from voordeur.core.words import Words

Data = dict[str, Any]
"""Keys of a policy file, with texts, numbers, true and false, lists and tables; ready for JSON."""


def policy_to_data(policy: Policy) -> Data:
    """The keys of a policy file as plain data; `start` is written as `2026-01-31`, amounts as `"50,00"`."""
    data: Data = {"name": policy.name, **_words(policy.title), "start": policy.start.isoformat()}
    data["limits"] = {
        field.name: _limit(policy, field.name) for field in fields(Limits) if field.name in policy.notes
    }
    if policy.contact_window is not None:
        data["contact_window"] = _setting(policy.contact_window)
    if policy.minutes:
        data["minutes"] = {action.value: _setting(one) for action, one in policy.minutes.items()}
    if policy.hours:
        data["hours"] = {place: _setting(one) for place, one in policy.hours.items()}
    if policy.blocks:
        data["block"] = [_block(block) for block in policy.blocks]
    data["rule"] = [_rule(rule) for rule in policy.rules]
    data["order"] = [_tier(tier) for tier in policy.order]
    return data


def as_toml(policy: Policy) -> str:
    """The policy as the text of a policy file, to store or to print."""
    return "\n".join(_toml(policy_to_data(policy))) + "\n"


def _words(words: Words) -> Data:
    return {"nl": words.nl, "en": words.en}


def _note(note: Note) -> Data:
    return {**_words(note.words), "source": note.source, "trust": note.trust}


def _setting(setting: Setting) -> Data:
    return {"value": setting.value, **_note(setting.note)}


def _limit(policy: Policy, name: str) -> Data:
    value = getattr(policy.limits, name)
    return {"value": _euros(value) if name in MONEY_LIMITS else value, **_note(policy.notes[name])}


def _euros(cents: int) -> str:
    return decimal_string(cents).replace(".", ",")


def _when(conditions: Sequence[Condition]) -> list[str]:
    return [str(condition) for condition in conditions]


def _block(block: Block) -> Data:
    return {
        "name": block.name,
        "actions": [action.value for action in block.actions],
        "when": _when(block.when),
        **_words(block.reason),
        "source": block.source,
        "trust": block.trust,
    }


def _rule(rule: Rule) -> Data:
    data: Data = {"name": rule.name, "action": rule.action.value}
    if rule.explains:
        data["explains"] = True
    if rule.priority is not None:
        data["priority"] = rule.priority
    if rule.level is not None:
        level = rule.level
        data["level"] = {
            "ladder": rule.ladder, "number": level.number, "mode": level.mode.value, "days": level.days,
        }  # fmt: skip
        if level.from_amount:
            data["level"]["from_amount"] = _euros(level.from_amount)
    data["when"] = _when(rule.when)
    if rule.unless:
        data["unless"] = [" and ".join(_when(group)) for group in rule.unless]
    return {**data, **_words(rule.reason), "source": rule.source, "trust": rule.trust}


def _tier(tier: Tier) -> Data:
    return {
        "name": tier.name,
        "when": _when(tier.when),
        **_words(tier.words),
        "source": tier.source,
        "trust": tier.trust,
    }


# --- TOML ------------------------------------------------------------------------------------------------------


def _toml(data: Mapping[str, Any], place: str = "") -> list[str]:
    """Values first, then tables, then lists of tables: as TOML wants it."""
    values = {key: value for key, value in data.items() if not _is_table(value) and not _are_tables(value)}
    lines = [f"{key} = {_value(key, value)}" for key, value in values.items()]
    for key, value in data.items():
        name = f"{place}.{key}" if place else key
        if _is_table(value):
            lines += ["", f"[{name}]", *_toml(value, name)]
        elif _are_tables(value):
            for one in value:
                lines += ["", f"[[{name}]]", *_flat(one)]
    return lines


def _flat(data: Mapping[str, Any]) -> list[str]:
    """One table of a list, on one line per key; a table in it is written inline."""
    return [f"{key} = {_value(key, value)}" for key, value in data.items()]


def _value(key: str, value: Any) -> str:
    if key == "start":
        return date.fromisoformat(value).isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_value(name, one)}" for name, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_value("", one) for one in value) + "]"
    return str(value) if isinstance(value, int) else _text(value)


def _text(value: str) -> str:
    """A basic string of TOML: what JSON escapes is also what TOML escapes, and one thing more."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _is_table(value: Any) -> bool:
    return isinstance(value, dict)


def _are_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)
