"""Several files in one go, for the command line: in the order in which they build on each other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from voordeur.actions import import_file
from voordeur.adapters.bank import looks_like_bank_file
from voordeur.adapters.inspect_file import profile_named
from voordeur.adapters.mapping import Profile, parse_profile, profile_toml, recognise, shipped_profiles
from voordeur.adapters.spreadsheet import open_table
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.models import ImportRun, MappingProfile

_ORDER = ("neighbourhoods", "homes", "tenancies", "ledger", "bank")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file."""

    file: str
    kind: str
    new: int
    known: int
    refused_rows: int
    refused: bool
    """True when nothing of the file was booked."""
    problems: list[Problem]

    def sentence(self, language: str) -> str:
        """One sentence for the terminal."""
        if self.refused:
            return Words(f"{self.file}: niets geboekt.", f"{self.file}: nothing was booked.").in_language(
                language
            )
        return Words(
            f"{self.file}: {self.new} nieuw, {self.known} waren er al, {self.refused_rows} regels wachten.",
            f"{self.file}: {self.new} new, {self.known} were there already, {self.refused_rows} rows wait.",
        ).in_language(language)

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "file": self.file, "kind": self.kind, "new": self.new, "known": self.known,
            "rows_refused": self.refused_rows, "refused": self.refused,
            "problems": [
                {"code": one.code, "row": one.row, "column": one.column, "value": one.value,
                 "message": one.message.nl, "cure": one.cure.nl} for one in self.problems
            ],
        }  # fmt: skip


def import_all(
    files: Sequence[Path],
    profile: str,
    today: date,
    progress: Callable[[str], None],
    *,
    good_rows_only: bool,
    force: bool,
    new_tenancies: bool,
) -> list[Outcome]:
    """Import files one by one; a file that is refused leaves the others as they are. Refused for a bad profile."""
    chosen = named_profile(profile) if profile else None
    outcomes = []
    for path in sorted(files, key=lambda file: _ORDER.index(_kind(file, chosen))):
        progress(path.name)
        run = _receive(path)
        if chosen is not None and not _is_bank(path):
            run.mapping = {"profile_toml": profile_toml(chosen)}
            run.save(update_fields=["mapping"])
        run = import_file.read(run.pk, today)
        if new_tenancies and run.problems.filter(code="unknown-tenancy").exists():
            import_file.accept_new_tenancies(None, run.pk)
            run = import_file.read(run.pk, today)
        outcomes.append(_book(run, today, good_rows_only=good_rows_only, force=force))
    return outcomes


def _receive(path: Path) -> ImportRun:
    with path.open("rb") as file:
        return import_file.receive(None, path.name, iter(lambda: file.read(1 << 20), b""))


def _book(run: ImportRun, today: date, *, good_rows_only: bool, force: bool) -> Outcome:
    problems = [import_file.as_problem(row) for row in run.problems.all()]
    try:
        import_file.book(None, run.pk, good_rows_only=good_rows_only, force=force)
    except Refused as refused:
        import_file.cancel(None, run.pk)
        return Outcome(run.file_name, run.kind, 0, 0, run.rows_refused, True, problems or refused.problems)
    run = import_file.carry_out(run.pk, today)
    return Outcome(run.file_name, run.kind, run.rows_new, run.rows_known, run.rows_refused, False, problems)


def named_profile(name: str) -> Profile:
    """A profile that somebody kept, else one from a TOML file or from the program. Refused when absent or bad."""
    kept = MappingProfile.objects.filter(name=name).first()
    if kept is None:
        return profile_named(name)
    parsed = parse_profile(kept.toml, name)
    if isinstance(parsed, Problem):
        raise Refused(parsed)
    return parsed


def _kind(path: Path, chosen: Profile | None) -> str:
    if _is_bank(path):
        return "bank"
    found = recognise(open_table(path), [*([chosen] if chosen else []), *shipped_profiles()])
    return found.kind or "ledger"


def _is_bank(path: Path) -> bool:
    with path.open("rb") as file:
        return looks_like_bank_file(file.read(4096))
