"""One call out of a browser: which function, its arguments as JSON text, and its answer as JSON text.

The phone runs the same modules as the office; this is the only door to them. What comes back is `{"result": ...}`,
or `{"problems": [...]}` when the function refused. Anything else is a mistake of ours and goes up as it is.
"""

import importlib
import json
from collections.abc import Set
from dataclasses import asdict, is_dataclass
from datetime import date
from fractions import Fraction

from voordeur.core.problems import Refused

ROOMS = ("voordeur.core.", "voordeur.adapters.")
"""Only functions from here can be called."""


def call(module: str, function: str, arguments: str) -> str:
    """Call `module.function(*arguments)`. Raises ValueError for a name that is not one of ours.

    `arguments` is a JSON list. Days go back as ISO dates, values with fields as objects, fractions as text.
    """
    if not module.startswith(ROOMS) or function.startswith("_"):
        raise ValueError(f"{module}.{function} cannot be called from a browser")
    found = getattr(importlib.import_module(module), function)
    try:
        said: dict[str, object] = {"result": found(*json.loads(arguments))}
    except Refused as refusal:
        said = {"problems": refusal.problems}
    return json.dumps(said, default=_plain, ensure_ascii=False, separators=(",", ":"))


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Set):
        return sorted(value)
    if isinstance(value, Fraction):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
