"""Reasons for a list that somebody holds in the street: the same sentences, without the amounts.

The amount stands on the green door and in the file. A sentence that says nothing without its amount is left out.
"""

import re
from functools import lru_cache

from voordeur.core.words import Words

_SUM = r"\u2212?€\u00a0[\d.,]*\d"
_REWRITES = tuple(
    (re.compile(pattern.replace("SUM", _SUM)), instead)
    for pattern, instead in (
        (
            r": SUM(?=\.)",
            "",
        ),  # "... is niet binnen: € 618,40." and "De achterstand is € 1.142,44: twee maanden huur."
        (r"SUM: ", ""),
        (r"\bis SUM betaald", "is een deel betaald"),
        (r"SUM has been paid", "a part has been paid"),
        (r"SUM te weinig", "te weinig"),
        (r"SUM too little", "too little"),
    )
)


def without_amounts(said: Words) -> Words:
    """The same reason without amounts; empty when nothing is left."""
    return Words(_quiet(said.nl), _quiet(said.en))


@lru_cache(4_096)
def _quiet(text: str) -> str:
    for pattern, instead in _REWRITES:
        text = pattern.sub(instead, text)
    return " ".join(sentence for sentence in re.split(r"(?<=\.) ", text) if "€" not in sentence)
