"""What is in a file, without a database: the answer of `voordeur import FILE --dry-run`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from voordeur.adapters.bank import bank_file_report, looks_like_bank_file, read_bank_file
from voordeur.adapters.file_report import file_report
from voordeur.adapters.mapping import Profile, parse_profile, recognise, shipped_profiles
from voordeur.adapters.spreadsheet import open_table
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words

_SNIFF = 4_096


def inspect_file(path: Path, profiles: Sequence[Profile] = (), *, language: str = "nl") -> dict[str, Any]:
    """Everything about one file, JSON-able. `refused` is True when nothing of it could be imported as it is."""
    with path.open("rb") as file:
        start = file.read(_SNIFF)
    if looks_like_bank_file(start):
        statements = read_bank_file(path.read_bytes(), path.name)
        return {"file": path.name, "refused": statements.fatal} | bank_file_report(statements)
    table = open_table(path)
    found = recognise(table, [*profiles, *shipped_profiles()])
    return {"refused": not found.certain} | file_report(table, found, language=language)


def profile_named(name: str) -> Profile:
    """A profile from a TOML file, or one that comes with the program, by its name. Refused when absent or bad."""
    path = Path(name)
    parsed: Profile | Problem | None
    if path.is_file():
        parsed = parse_profile(path.read_text(encoding="utf-8", errors="replace"), path.name)
    else:
        parsed = next((one for one in shipped_profiles() if one.name == name), None)
    if isinstance(parsed, Profile):
        return parsed
    raise Refused(parsed or _no_profile(name))


def _no_profile(name: str) -> Problem:
    return Problem(
        code="no-such-profile",
        message=Words("Dit profiel is er niet.", "There is no such profile."),
        cure=Words("Geef de naam van een profiel of een TOML-bestand.", "Name a profile or a TOML file."),
        value=name[:80],
        fatal=True,
    )
