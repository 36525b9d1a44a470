"""The rules of the schemes as this organisation has them: those of the program with its own files over them."""

from functools import cache
from pathlib import Path

from django.conf import settings

from voordeur.adapters.scheme_rules import load_rule_book
from voordeur.core.schemes.rules import RuleBook


@cache
def rule_book() -> RuleBook:
    """Raises Refused with the Problems of the files when one cannot be read."""
    return load_rule_book(Path(settings.SCHEME_RULES) if settings.SCHEME_RULES else None)
