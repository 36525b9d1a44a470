"""Words in both languages of the interface: every sentence the core makes exists in Dutch and in English."""

from dataclasses import dataclass
from datetime import date

MONTHS_NL = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence (or a few) in Dutch and in English."""

    nl: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in `language` ("nl" or "en"; anything else reads Dutch)."""
        return self.en if language.startswith("en") else self.nl

    def __add__(self, other: "Words") -> "Words":
        """Two sentences after each other, in both languages."""
        return Words(f"{self.nl} {other.nl}", f"{self.en} {other.en}")


def day_in_words(day: date, *, year: bool = False) -> Words:
    """`12 november` and `12 November`; with `year` also the year."""
    tail = f" {day.year}" if year else ""
    return Words(
        f"{day.day} {MONTHS_NL[day.month - 1]}{tail}",
        f"{day.day} {MONTHS_EN[day.month - 1]}{tail}",
    )


def month_in_words(month: date, *, year: bool = False) -> Words:
    """`november` and `November`; with `year` also the year. Any day of the month will do."""
    tail = f" {month.year}" if year else ""
    return Words(f"{MONTHS_NL[month.month - 1]}{tail}", f"{MONTHS_EN[month.month - 1]}{tail}")
