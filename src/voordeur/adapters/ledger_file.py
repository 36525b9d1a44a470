"""A bare ledger file, CSV or Parquet -> something per tenancy, computed from the entries of that tenancy.

Columns `id, tenancy, date, kind, amount` are needed; `due, designates, reverses, known, component, claim` may be
there. Amounts are euros with a point and at most two decimals, days are ISO dates. An id names one entry of its
tenancy; two tenancies may use the same id.

Where the rows of each tenancy stand together, the file is read once and one tenancy is in memory at a time.
Where they do not, it is read again and all entries are kept until the end. The result is the same.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Generic, TypeVar

from voordeur.adapters.ledger_file_cells import Fault, problems_of, quoted, tenancy_and_entry
from voordeur.adapters.ledger_file_rows import LedgerRows
from voordeur.core.ledger import Entry, Kind
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words

T = TypeVar("T")
_REVERSAL = Kind.REVERSAL

MOST_PROBLEMS = 1000
"""Problems told one by one; of a file with more the rest is only counted."""


@dataclass(slots=True)
class LedgerFile(Generic[T]):
    """What was read. With problems there are no results: a bare file is used as a whole or not at all."""

    by_tenancy: dict[str, T] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    """What was read in another way than a person might think; the results stand."""


def read_ledger(
    path: Path, summarise: Callable[[list[Entry]], T], progress: Callable[[int], None] | None = None
) -> LedgerFile[T]:
    """Reads the file and computes `summarise(entries)` per tenancy, in order of first appearance.

    Entries come in the order of the file, which is their order within a day. Payments that designate, and reversals
    that reverse, something that the tenancy does not have are noted; the designation is then left out, and the
    reversal counts as a charge. `progress` is told the row now and then.
    """
    try:
        rows = LedgerRows(path)
        read = _Reading(rows, summarise, progress, together=True)
        if not read.run():
            read = _Reading(rows, summarise, progress, together=False)
            read.run()
    except Refused as refused:
        return LedgerFile(problems=refused.problems)
    return read.outcome()


class _Reading(Generic[T]):
    """One pass over the rows of a file."""

    def __init__(
        self,
        rows: LedgerRows,
        summarise: Callable[[list[Entry]], T],
        progress: Callable[[int], None] | None,
        *,
        together: bool,
    ) -> None:
        self._rows, self._summarise, self._together = rows, summarise, together
        self._progress = progress
        self._source = rows.path.name
        self._by_tenancy: dict[str, T] = {}
        self._kept: dict[str, list[Entry]] = {}
        self._problems: list[Problem] = []
        self._too_many = 0
        self._notes: dict[str, tuple[int, int, str]] = {}  # code -> times, first row, what stands there
        rows.problems.clear()

    def run(self) -> bool:
        """True when done; False when rows were expected to stand together but a tenancy came back."""
        now: str | None = None
        entries: list[Entry] = []
        for tenancy, entry in self._entries():
            if tenancy != now:
                if self._together:
                    self._finish_all()
                    if tenancy in self._by_tenancy:
                        return False
                now, entries = tenancy, self._kept.setdefault(tenancy, [])
            entries.append(entry)
        self._finish_all()
        return True

    def _entries(self) -> Iterator[tuple[str, Entry]]:
        """Tenancy and entry of every good row; what is wrong with the others is kept as problems."""
        read = self._rows.readers
        try:
            for row, cells in self._rows:
                if self._progress and row % 50_000 == 0:
                    self._progress(row)
                try:
                    yield tenancy_and_entry(row, cells, read)
                except Fault:
                    if any(str(cell).strip() for cell in cells):  # else it is an empty row
                        self._add(problems_of(row, cells, read, self._source))
        except Refused as refused:  # from here on the file cannot be read
            self._add(refused.problems)

    def _finish_all(self) -> None:
        for tenancy, entries in self._kept.items():
            self._finish(tenancy, entries)
        self._kept.clear()

    def _finish(self, tenancy: str, entries: list[Entry]) -> None:
        if len({entry.id for entry in entries}) < len(entries):
            self._add(self._ids_twice(entries))
            self._by_tenancy[tenancy] = self._summarise([])  # keeps the place; there will be no results
            return
        self._by_tenancy[tenancy] = self._summarise(self._referred(entries))

    def _ids_twice(self, entries: list[Entry]) -> Iterable[Problem]:
        first: dict[str, int] = {}
        for entry in entries:
            if entry.id in first:
                nl = f"Id '{quoted(entry.id)}' staat ook op rij {first[entry.id]}, bij hetzelfde contract."
                en = f"Id '{quoted(entry.id)}' is also on row {first[entry.id]}, of the same tenancy."
                cure = Words("Geef elke boeking een eigen id.", "Give every entry an id of its own.")
                yield Problem(
                    "id-twice", Words(nl, en), cure, self._source, entry.sequence, "id", quoted(entry.id)
                )
            first.setdefault(entry.id, entry.sequence)

    def _referred(self, entries: list[Entry]) -> list[Entry]:
        """The same entries; a designation of what is no charge of this tenancy is left out, and noted."""
        if not any(e.designates or e.claim or e.kind is _REVERSAL for e in entries):
            return entries
        owed = {entry.id for entry in entries if entry.owes}
        paid = {entry.id for entry in entries if not entry.owes}
        found = []
        for entry in entries:
            if entry.designates and entry.designates not in owed:
                self._note("unknown-charge", entry, entry.designates)
                entry = replace(entry, designates=None)
            elif entry.kind is _REVERSAL and entry.reverses not in paid:
                self._note("unknown-payment", entry, entry.reverses or "")
            elif entry.claim and entry.claim not in owed:
                self._note("unknown-claim", entry, entry.claim)
            found.append(entry)
        return found

    def _note(self, code: str, entry: Entry, value: str) -> None:
        times, row, first = self._notes.get(code, (0, entry.sequence, value))
        self._notes[code] = (times + 1, row, first)

    def _add(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            if len(self._problems) < MOST_PROBLEMS:
                self._problems.append(problem)
            else:
                self._too_many += 1

    def outcome(self) -> LedgerFile[T]:
        """Problems in order of their rows, or else the results; and notes either way."""
        self._add(self._rows.problems)
        problems = sorted(self._problems, key=lambda problem: problem.row or 0)
        if self._too_many:
            problems.append(_and_more(self._too_many, self._source))
        return LedgerFile({} if problems else self._by_tenancy, problems, self._all_notes())

    def _all_notes(self) -> list[Problem]:
        notes = columns_note(self._rows.unknown_columns, self._source)
        return notes + [note(code, self._source, *said) for code, said in self._notes.items()]


def columns_note(unknown: list[str], source: str) -> list[Problem]:
    """The note about columns that are not read; none when there are none."""
    if not unknown:
        return []
    names = ", ".join(quoted(name) for name in unknown)
    message = Words(f"Deze kolommen worden niet gelezen: {names}.", f"These columns are not read: {names}.")
    return [Problem("unknown-columns", message, _NO_HARM, source)]


def note(code: str, source: str, times: int, row: int | None, value: str) -> Problem:
    """A note of a code in _NOTES: how often, and the first row and what stands there."""
    column, words, cure = _NOTES[code]
    count = Words(f"({times} keer)", f"({times} times)")
    return Problem(code, words + count, cure, source, row, column, quoted(value))


_NO_HARM = Words(
    "Staat er iets in dat telt? Geef de kolom dan een bekende naam.", "Rename them if they matter."
)
_NOTES = {
    "unknown-charge": (
        "designates",
        Words(
            "Een betaling noemt een post die dit contract in dit bestand niet heeft.",
            "A payment designates a charge that this tenancy does not have in this file.",
        ),
        Words("Het geld is naar de oudste post gegaan.", "The money went to the oldest charge."),
    ),
    "unknown-payment": (
        "reverses",
        Words(
            "Een storno noemt geen betaling die dit contract in dit bestand heeft.",
            "A reversal names no payment that this tenancy has in this file.",
        ),
        Words(
            "Hij telt als een post die die dag betaald moet zijn.", "It counts as a charge due on its day."
        ),
    ),
    "unknown-claim": (
        "claim",
        Words(
            "Kosten of rente horen bij een post die dit contract in dit bestand niet heeft.",
            "Costs or interest belong to a charge that this tenancy does not have in this file.",
        ),
        Words("Ze tellen als een losse post.", "They count as a charge of their own."),
    ),
}


def _and_more(count: int, source: str) -> Problem:
    return Problem(
        "and-more",
        Words(f"En nog {count} problemen.", f"And {count} more problems."),
        Words("Herstel eerst deze.", "Mend these first."),
        source,
    )
