"""Money is an int: euro cents. Parsing what people and systems write, printing it, splitting it."""

import re
from typing import NewType

from voordeur.core.words import Words

Cents = NewType("Cents", int)

_MINUS = "-\u2212\u2013"  # hyphen, minus sign, en dash: spreadsheets produce all three
_SPACE = re.compile(r"[\s\u00a0\u202f]+")
_EURO = r"(?:€|EUR)?"
_SIGNED = re.compile(
    rf"(?P<open>\()?\s*{_EURO}\s*(?P<before>[{_MINUS}+])?\s*{_EURO}\s*"
    rf"(?P<number>[\d.,' ]*\d)\s*(?:[.,][{_MINUS}=]{{1,2}})?"  # "12,-" and "12,--" are whole euros
    rf"\s*{_EURO}\s*(?P<after>[{_MINUS}+])?\s*{_EURO}\s*(?P<close>\))?",
    re.IGNORECASE,
)
_SHAPES = (
    re.compile(r"(?P<whole>\d+)(?:[.,](?P<part>\d{1,2}))?"),  # 1234  1234,5  1234.56
    re.compile(r"(?P<whole>\d{1,3}(?:\.\d{3})+)(?:,(?P<part>\d{1,2}))?"),  # 1.234  1.234,56
    re.compile(r"(?P<whole>\d{1,3}(?:,\d{3})+)(?:\.(?P<part>\d{1,2}))?"),  # 1,234  1,234.56
    re.compile(r"(?P<whole>\d{1,3}(?:[ ']\d{3})+)(?:[.,](?P<part>\d{1,2}))?"),  # 1 234,56  1'234.56
    re.compile(r"(?P<whole>)[.,](?P<part>\d{1,2})"),  # ,50
)
_MOST = 13  # digits before the comma; more is not an amount but an account number


def parse_euros(text: str, *, decimal: str | None = None) -> int | None:
    """Euro amount as written by people and Dutch systems -> cents, or None when it is not an amount.

    Reads `1.234,56`, `1234,5`, `1,234.56`, `1 234,56`, `€ 12`, `12,-`, `12,50-`, `(12,50)`, `+12`. A single
    separator followed by exactly three digits is a thousands separator (`1.234` is 1234 euro) unless
    `decimal` ("," or ".") says that it is the decimal sign, in which case three decimals are refused rather
    than rounded. Two signs (`-12-`, `(-12)`) are refused: nobody can tell what was meant.
    """
    match = _SIGNED.fullmatch(_SPACE.sub(" ", text).strip())
    if match is None or (match["open"] is None) != (match["close"] is None):
        return None
    signs = [sign for sign in (match["open"], match["before"], match["after"]) if sign]
    cents = _unsigned(match["number"], decimal)
    if cents is None or len(signs) > 1:
        return None
    return cents if not signs or signs == ["+"] else -cents


def _unsigned(value: str, decimal: str | None) -> int | None:
    for shape in _SHAPES:
        match = shape.fullmatch(value)
        if match is None:
            continue
        whole = re.sub(r"\D", "", match["whole"])
        part = match["part"] or ""
        if len(whole) > _MOST:
            return None
        if decimal and _contradicts(value, part, decimal):
            return None
        return int(whole or "0") * 100 + int((part + "00")[:2])
    return None


def _contradicts(value: str, part: str, decimal: str) -> bool:
    """True when the separators in `value` cannot be read with `decimal` as the decimal sign."""
    if part:
        return value[-len(part) - 1] != decimal
    return decimal in value


def euros(cents: int) -> Words:
    """`€ 1.234,56` in Dutch and `€ 1,234.56` in English; the minus sign stands before the euro sign."""
    sign = "\u2212" if cents < 0 else ""
    english = f"{abs(cents) // 100:,}.{abs(cents) % 100:02d}"
    dutch = english.translate(str.maketrans(",.", ".,"))
    return Words(f"{sign}€\u00a0{dutch}", f"{sign}€\u00a0{english}")


def decimal_string(cents: int) -> str:
    """`-1234.56`: for JSON, CSV and other programs."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def split(cents: int, parts: int) -> list[int]:
    """Split an amount in `parts` that differ by at most one cent and add up exactly; the larger come first.

    Raises ValueError for fewer than one part.
    """
    if parts < 1:
        raise ValueError("an amount is split in at least one part")
    base, rest = divmod(cents, parts)
    return [base + 1] * rest + [base] * (parts - rest)
