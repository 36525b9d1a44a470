"""Problems: bad input comes back as a list of these, never as a crash.

A Problem says where it is, what is wrong and how to mend it, in Dutch and in English. It may quote the one
cell that is wrong; it never quotes a whole row or a name.
"""

from dataclasses import dataclass

from voordeur.core.words import Words


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in what somebody gave us."""

    code: str
    """Stable name of the cause, for grouping: `not-an-amount`, `unknown-tenancy`."""
    message: Words
    """What is wrong, one sentence."""
    cure: Words
    """What to do about it, one sentence."""
    source: str = ""
    """File name, without its folder."""
    row: int | None = None
    """Row or line in the source, counted from 1 as a spreadsheet shows it; None for the whole file."""
    column: str = ""
    """Name of the column or element as it stands in the source."""
    value: str = ""
    """What stands there, at most 80 characters."""
    fatal: bool = False
    """True when the whole file cannot be used; otherwise only this row is left out."""

    def line(self, language: str = "nl") -> str:
        """One line for a terminal or a log file of problems: place, what is wrong, cure."""
        row_word = "row" if language.startswith("en") else "rij"
        place = [self.source] if self.source else []
        if self.row is not None:
            place.append(f"{row_word} {self.row}")
        if self.column:
            place.append(self.column)
        said = f"{self.message.in_language(language)} {self.cure.in_language(language)}"
        return f"{', '.join(place)}: {said}" if place else said


class Refused(Exception):
    """An action that cannot be carried out; carries the Problems that say why, for the person who asked."""

    def __init__(self, problems: "list[Problem] | Problem") -> None:
        self.problems = [problems] if isinstance(problems, Problem) else list(problems)
        super().__init__("; ".join(problem.code for problem in self.problems))
