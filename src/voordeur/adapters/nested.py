"""JSON and TOML of others: what nests too deep, or holds a number that is none, is as wrong as any other mistake.

Python's own readers raise RecursionError for the one and decimal.InvalidOperation for the other; neither is a
ValueError, so a reader that means to refuse what is wrong would let them through.
"""

import json
import tomllib
from decimal import Decimal, InvalidOperation
from typing import Any

from voordeur.core.words import Words

TOO_DEEP = Words("te diep genest", "nested too deep")


_DECODE = json.JSONDecoder(parse_float=Decimal).decode


def load_json(text: str) -> Any:
    """The value of a JSON text, numbers with a fraction as Decimal. ValueError for everything that is wrong with it."""
    try:
        return _DECODE(text)
    except (RecursionError, InvalidOperation) as error:
        raise ValueError(type(error).__name__) from None


def load_toml(text: str) -> dict[str, Any]:
    """The top table of a TOML text. tomllib.TOMLDecodeError (a ValueError) for everything that is wrong with it."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise tomllib.TOMLDecodeError(f"{TOO_DEEP.nl} / {TOO_DEEP.en}") from None
