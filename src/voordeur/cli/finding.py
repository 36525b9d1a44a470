"""What a check of `voordeur doctor` found, and how several are carried out without one hiding the next."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from voordeur.core.words import Words

NOTHING = Words("", "")


class Finding(NamedTuple):
    """One check: fine or not, what was seen, and what to do when it is not fine."""

    fine: bool
    seen: Words
    cure: Words = NOTHING


Check = Callable[[], Finding]


def carried_out(checks: Iterable[Check]) -> Iterator[Finding]:
    """All findings in order. A check that cannot be carried out is a finding too."""
    for check in checks:
        try:
            yield check()
        except Exception as error:  # a check must never hide the checks after it
            name, kind = check.__name__.strip("_"), type(error).__name__
            yield Finding(
                False,
                Words(f"Niet te controleren: {name} ({kind})", f"Cannot be checked: {name} ({kind})"),
                Words("Kijk in de handleiding, of vraag het.", "See the manual, or ask."),
            )
