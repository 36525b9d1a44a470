"""Pieces of sentences: numbers as words, lists, the month of a charge. In Dutch and in English."""

from collections.abc import Sequence
from datetime import date

from voordeur.core.words import Words, month_in_words

_NL = ("nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
_EN = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def number(count: int) -> Words:
    """`vier` and `four` up to twelve, digits above."""
    if 0 <= count < len(_NL):
        return Words(_NL[count], _EN[count])
    return Words(str(count), str(count))


def capital(words: Words) -> Words:
    """The same with a capital at the start of the sentence."""
    return Words(words.nl[:1].upper() + words.nl[1:], words.en[:1].upper() + words.en[1:])


def how_many(count: int, nl: tuple[str, str], en: tuple[str, str]) -> Words:
    """`één dag`, `vier dagen`: the number in words with its noun, given as (singular, plural)."""
    said = number(count)
    several = count != 1
    return Words(f"{said.nl} {nl[several]}", f"{said.en} {en[several]}")


def days(count: int) -> Words:
    """`negen dagen` and `nine days`."""
    return how_many(count, ("dag", "dagen"), ("day", "days"))


def months(count: int) -> Words:
    """`acht maanden` and `eight months`."""
    return how_many(count, ("maand", "maanden"), ("month", "months"))


def stretch(month_count: int) -> Words:
    """`vier jaar` for 48 months and more, in whole years; `acht maanden` below a year."""
    if month_count < 12:
        return months(month_count)
    return how_many(month_count // 12, ("jaar", "jaar"), ("year", "years"))


def about(day_count: int) -> Words:
    """`een week`, `twee weken` where that is nearly exact, else days: for "usually within ..."."""
    week = {5: 1, 6: 1, 7: 1, 13: 2, 14: 2, 20: 3, 21: 3}.get(day_count)
    if week is None:
        return days(max(day_count, 1))
    if week == 1:
        return Words("een week", "a week")
    return how_many(week, ("week", "weken"), ("week", "weeks"))


def times(count: int) -> Words:
    """`twee keer` and `twice`."""
    said = number(count)
    english = {1: "once", 2: "twice"}.get(count, f"{said.en} times")
    return Words(f"{said.nl} keer", english)


def ordinal(day: int) -> Words:
    """`12e` and `12th`: a day of the month."""
    tail = "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return Words(f"{day}e", f"{day}{tail}")


def joined(parts: Sequence[Words]) -> Words:
    """`oktober en november`, `a, b en c`."""
    return Words(_join([part.nl for part in parts], "en"), _join([part.en for part in parts], "and"))


def _join(parts: list[str], last: str) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def month_of(day: date, on: date) -> Words:
    """The month of `day`, with its year when that is more than eleven months before `on`."""
    far = (on.year - day.year) * 12 + on.month - day.month > 11
    return month_in_words(day, year=far)
