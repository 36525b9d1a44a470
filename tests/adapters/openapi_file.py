"""Reads the part of an OpenAPI file (YAML) that a check of our own export needs: schemas with their properties.

Block style only, as the published files have it. Anything of a value that the schema does not know is a complaint.
"""

import re
from datetime import date
from pathlib import Path
from typing import Any

_LINE = re.compile(r"^(?P<indent> *)(?P<key>'[^']*'|[^\s:#][^:]*):(?: (?P<value>.*))?$")
_REF = re.compile(r"\$ref: '#/components/schemas/(?P<name>[^']+)'")
Schema = dict[str, Any]


def schemas(path: Path) -> dict[str, Schema]:
    """Name of a schema -> property -> {"type", "format", "pattern", "refs"}; and "allOf" with the names it takes in."""
    lines = path.read_text("utf-8").splitlines()
    start = lines.index("  schemas:") + 1
    found: dict[str, Schema] = {}
    name = prop = ""
    inside = False
    for line in lines[start:]:
        if re.match(r"^ {0,2}\S", line):
            break
        match = _LINE.match(line)
        depth = len(line) - len(line.lstrip(" "))
        ref = _REF.search(line)
        if match and depth == 4:
            name, prop, inside = match["key"].strip("'"), "", False
            found[name] = {"properties": {}, "allOf": []}
        elif match and depth == 6:
            inside, prop = match["key"] == "properties", ""
        elif match and depth == 8 and inside:
            prop = match["key"]
            found[name]["properties"][prop] = {"refs": []}
        elif ref and prop:
            found[name]["properties"][prop]["refs"].append(ref["name"])
        elif ref and not inside:
            found[name]["allOf"].append(ref["name"])
        elif match and prop and depth == 10 and match["key"] in ("type", "format", "pattern"):
            found[name]["properties"][prop][match["key"]] = (match["value"] or "").strip("'")
    return found


def properties(known: dict[str, Schema], name: str) -> dict[str, Any]:
    """The properties of a schema and of all that it takes in."""
    found = dict(known[name]["properties"])
    for other in known[name]["allOf"]:
        found |= properties(known, other)
    return found


def complaints(known: dict[str, Schema], name: str, value: Any, where: str = "") -> list[str]:
    """What of a value does not fit a schema."""
    if not isinstance(value, dict):
        return [f"{where or name}: not an object"]
    allowed, found = properties(known, name), []
    for key, part in value.items():
        here = f"{where}.{key}"
        if key not in allowed:
            found.append(f"{here}: unknown")
        else:
            found += _of(known, allowed[key], part, here)
    return found


def _of(known: dict[str, Schema], rule: dict[str, Any], value: Any, here: str) -> list[str]:
    kind = rule.get("type")
    if kind == "array":
        if not isinstance(value, list):
            return [f"{here}: not a list"]
        return [
            one
            for at, part in enumerate(value)
            for one in complaints(known, rule["refs"][0], part, f"{here}[{at}]")
        ]
    if rule["refs"]:
        return complaints(known, rule["refs"][0], value, here)
    if kind == "number":
        return [] if isinstance(value, int | float) else [f"{here}: not a number"]
    if kind == "string":
        return _text(rule, value, here)
    return [f"{here}: a type that this reader does not know"]


def _text(rule: dict[str, Any], value: Any, here: str) -> list[str]:
    if not isinstance(value, str):
        return [f"{here}: not a text"]
    if rule.get("format") == "date":
        try:
            date.fromisoformat(value)
        except ValueError:
            return [f"{here}: not a day"]
    if "pattern" in rule and re.match(rule["pattern"].replace("\\\\", "\\"), value) is None:
        return [f"{here}: does not fit the pattern"]
    return []
