"""The amounts of the schemes as a page to read: every value with its source and how sure it is. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date

from voordeur.core.money import euros
from voordeur.core.register import TRUST_WORDS
from voordeur.core.schemes.household import Scheme
from voordeur.core.schemes.rounding import PERCENT
from voordeur.core.schemes.rules import Dated, MunicipalRules, RuleBook
from voordeur.core.schemes.sentences import ABOUT
from voordeur.core.words import Words, day_in_words


@dataclass(frozen=True, slots=True)
class AmountLine:
    """One value."""

    name: str
    """As it stands in the file."""
    value: Words | None
    """None: not filled in."""
    source: str
    trust: Words


@dataclass(frozen=True, slots=True)
class AmountTable:
    """One scheme in one period."""

    title: Words
    period: Words
    provisional: bool
    lines: tuple[AmountLine, ...]
    unsure: int
    """So many values nobody checked, or are not filled in."""


_TITLES = {
    "general": Words("Voor alle toeslagen", "For all allowances"),
    "housing": ABOUT[Scheme.HOUSING].title,
    "care": ABOUT[Scheme.CARE].title,
    "child_budget": ABOUT[Scheme.CHILD_BUDGET].title,
    "childcare": ABOUT[Scheme.CHILDCARE].title,
    "assistance": Words("Bijstand en AIO", "Social assistance and AIO"),
    "remission": ABOUT[Scheme.REMISSION].title,
    "energy": ABOUT[Scheme.ENERGY_FUND].title,
    "seizure": ABOUT[Scheme.PROTECTED_INCOME].title,
    "study": ABOUT[Scheme.STUDY_SUPPLEMENT].title,
    "tax": Words("Inkomstenbelasting, alleen om netto naar bruto te schatten",
                 "Income tax, only to estimate gross from net"),
}  # fmt: skip


def tables(book: RuleBook, day: date) -> list[AmountTable]:
    """What holds on a day, scheme by scheme; the municipalities come last."""
    found = [
        _table(title, one)
        for kind, title in _TITLES.items()
        for one in book.periods.get(kind, ())
        if one.start <= day <= one.end
    ]
    return found + [
        _table(Words(one.municipality, one.municipality), one)
        for one in book.periods.get("municipal", ())
        if isinstance(one, MunicipalRules) and one.start <= day <= one.end
    ]


def _table(title: Words, rules: Dated) -> AmountTable:
    lines = tuple(_lines(rules))
    first, last = day_in_words(rules.start, year=True), day_in_words(rules.end, year=True)
    period = Words(f"{first.nl} tot en met {last.nl}", f"{first.en} until {last.en}")
    unsure = sum(one.value is None or one.trust == TRUST_WORDS["unverified"] for one in lines)
    return AmountTable(title, period, rules.provisional, lines, unsure)


def _lines(rules: Dated) -> Iterator[AmountLine]:
    for one in fields(rules):
        if one.metadata:
            cited = rules.sources[one.metadata["table"]]
            value = _said(getattr(rules, one.name), one.metadata["unit"])
            yield AmountLine(one.name, value, cited.source, TRUST_WORDS[cited.trust])


def _said(value: object, unit: str) -> Words | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return Words("ja", "yes") if value else Words("nee", "no")
    if isinstance(value, date):
        return day_in_words(value, year=True)
    if isinstance(value, int) and unit == "euros":
        return euros(value)
    if isinstance(value, int) and unit == "percent":
        said = f"{value * 100 / PERCENT:g}%"
        return Words(said.replace(".", ","), said)
    return Words(str(value), str(value))
