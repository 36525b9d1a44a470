"""The evidence file of a case: every step the law asks for, its proof, what is missing and what that means.

A court reads it before it ends a tenancy, so it hides nothing: what was done too late, without proof, or against
our own rules stands in it too. The same case, data and day give the same file to the byte. A pure value; how the
steps are judged is in `evidence_steps`.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from voordeur.core.case_values import Agreement
from voordeur.core.money import euros
from voordeur.core.words import Words

FORMAT = "voordeur-evidence/1"
"""Name of the JSON layout; a change that breaks readers gets the next number."""


class ProofState(StrEnum):
    """How a step stands."""

    PROVEN = "proven"
    THIN = "thin"
    """Done, but the proof is weak: no document, or nothing that shows it arrived."""
    MISSING = "missing"
    BARRED = "barred"
    """The law itself forbids the step: the tenant said no."""
    NOT_NEEDED = "not_needed"

    @property
    def words(self) -> Words:
        """The state in a word or two."""
        return _STATE_WORDS[self]


_STATE_WORDS = {
    ProofState.PROVEN: Words("Bewezen", "Proven"),
    ProofState.THIN: Words("Zwak bewijs", "Weak proof"),
    ProofState.MISSING: Words("Ontbreekt", "Missing"),
    ProofState.BARRED: Words("Mocht niet", "Not allowed"),
    ProofState.NOT_NEEDED: Words("Niet nodig", "Not needed"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One fact with its day, and where its proof lies."""

    day: date
    words: Words
    evidence: str = ""
    """Id of the letter, the diary entry or the receipt; empty when nothing was kept."""
    sha256: str = ""
    """Hash of that document, when it is a file."""
    by: str = ""
    """Who did it."""


@dataclass(frozen=True, slots=True)
class EvidenceStep:
    """One thing a court asks after."""

    name: str
    title: Words
    basis: str
    state: ProofState
    items: tuple[Item, ...] = ()
    missing: Words | None = None
    """What is missing or weak."""
    meaning: Words | None = None
    """What that means."""


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One claim of the arrears statement: cents still open on the day of the statement."""

    due: date
    what: Words
    cents: int


@dataclass(frozen=True, slots=True)
class EvidenceData:
    """What the file needs beside the case itself; everything as it was on `made_on`."""

    reference: str
    made_on: date
    landlord: str
    tenant: str
    address: str
    statement: tuple[StatementLine, ...] = ()
    """What was open on the day of the signal; without a signal: on `made_on`."""
    statement_on: date | None = None
    now: tuple[StatementLine, ...] = ()
    """What is open on `made_on`, when the statement is of an earlier day: a court asks what is owed today."""
    rent: int = 0
    """What is charged a month now, cents; 0 when it is not known."""
    agreement: Agreement | None = None
    documents: Mapping[str, str] = field(default_factory=dict)
    """Id of a document -> sha256 of its file."""
    people: Mapping[str, str] = field(default_factory=dict)
    """Account -> name, as a court may read it; an account without a name stays as it is."""


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """The whole file, in the order in which a court reads."""

    data: EvidenceData
    steps: tuple[EvidenceStep, ...]
    statement: tuple[StatementLine, ...]
    timeline: tuple[Item, ...]

    @property
    def asked(self) -> tuple[EvidenceStep, ...]:
        """The steps that this case needs."""
        return tuple(step for step in self.steps if step.state is not ProofState.NOT_NEEDED)

    @property
    def gaps(self) -> tuple[EvidenceStep, ...]:
        """The steps that are missing or weak."""
        return tuple(step for step in self.asked if step.state in (ProofState.MISSING, ProofState.THIN))

    @property
    def complete(self) -> bool:
        """True when nothing is missing; weak proof is named but does not make a file incomplete."""
        return all(step.state is not ProofState.MISSING for step in self.steps)

    @property
    def total(self) -> int:
        """What the statement adds up to, cents."""
        return sum(line.cents for line in self.statement)

    @property
    def total_now(self) -> int:
        """What is open on the day the file was made, cents."""
        return sum(line.cents for line in self._lines_now)

    @property
    def _lines_now(self) -> tuple[StatementLine, ...]:
        return self.statement if self.data.statement_on == self.data.made_on else self.data.now

    @property
    def months_of_rent(self) -> Words | None:
        """How many times the monthly rent is open now: what courts weigh first. None when the rent is not known."""
        if self.data.rent <= 0 or not self.total_now:
            return None
        tenths = round(self.total_now * 10 / self.data.rent)
        rent = euros(self.data.rent)
        return Words(
            f"Dat is {tenths // 10},{tenths % 10} keer wat nu per maand in rekening komt ({rent.nl}).",
            f"That is {tenths // 10}.{tenths % 10} times what is charged a month now ({rent.en}).",
        )

    @property
    def summary(self) -> Words:
        """What stands on the first page, in a sentence or two."""
        asked, gaps = len(self.asked), len(self.gaps)
        if not gaps:
            return Words(f"Alle {asked} stappen zijn bewezen.", f"All {asked} steps are proven.")
        missing = sum(step.state is ProofState.MISSING for step in self.gaps)
        weak = gaps - missing
        return Words(
            f"In orde: {asked - gaps} van de {asked} stappen. Ontbreekt: {missing}. Zwak bewijs: {weak}.",
            f"In order: {asked - gaps} of the {asked} steps. Missing: {missing}. Weak proof: {weak}.",
        )


def to_json(file: EvidenceFile) -> bytes:
    """The file as JSON: keys in order, both languages, amounts in cents, days as ISO 8601. Same file, same bytes."""
    text = json.dumps(_values(file), ensure_ascii=False, sort_keys=True, indent=1)
    return f"{text}\n".encode()


def fingerprint(file: EvidenceFile) -> str:
    """The sha256 of the JSON, in hexadecimal: it stands in the printed file too, so that both can be compared."""
    return hashlib.sha256(to_json(file)).hexdigest()


def _values(file: EvidenceFile) -> dict[str, object]:
    data = file.data
    return {
        "format": FORMAT,
        "reference": data.reference,
        "made_on": data.made_on.isoformat(),
        "landlord": data.landlord,
        "tenant": data.tenant,
        "address": data.address,
        "complete": file.complete,
        "summary": _words(file.summary),
        "steps": [_step(step) for step in file.steps],
        "statement": _statement(data.statement_on, file.statement),
        "now": _statement(data.made_on, data.now) if data.now else None,
        "rent": data.rent,
        "timeline": [_item(item) for item in file.timeline],
    }


def _statement(on: date | None, lines: tuple[StatementLine, ...]) -> dict[str, object]:
    return {
        "on": on.isoformat() if on else None,
        "total": sum(line.cents for line in lines),
        "lines": [
            {"due": line.due.isoformat(), "what": _words(line.what), "cents": line.cents} for line in lines
        ],
    }


def _step(step: EvidenceStep) -> dict[str, object]:
    return {
        "name": step.name,
        "title": _words(step.title),
        "basis": step.basis,
        "state": step.state.value,
        "items": [_item(item) for item in step.items],
        "missing": _words(step.missing) if step.missing else None,
        "meaning": _words(step.meaning) if step.meaning else None,
    }


def _item(item: Item) -> dict[str, object]:
    return {
        "day": item.day.isoformat(),
        "words": _words(item.words),
        "evidence": item.evidence,
        "sha256": item.sha256,
        "by": item.by,
    }


def _words(words: Words) -> dict[str, str]:
    return {"nl": words.nl, "en": words.en}
