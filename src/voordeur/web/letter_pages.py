"""What the pages of letters, texts and evidence show. Pure: from values to lines and bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse

from voordeur.actions.make_letter import Batch
from voordeur.core.evidence import EvidenceFile, ProofState
from voordeur.core.letter_clauses import CLAUSES, TITLES, Clause, LetterKind
from voordeur.core.letter_data import FIELDS
from voordeur.core.problems import Problem
from voordeur.core.words import Words
from voordeur.store.queries.letters import TextLine, WaitingLine

PDF, JSON = "application/pdf", "application/json"


@dataclass(frozen=True, slots=True)
class KindLine:
    """A kind of letter in the studio, with its text that counts and its other versions."""

    kind: LetterKind
    title: Words
    now: int
    """Number of the version that counts today; 0: the one of Voordeur."""
    versions: tuple[TextLine, ...]


def kind_lines(versions: tuple[TextLine, ...], today: Any) -> list[KindLine]:
    """Every kind of letter, with what an administrator wrote for it."""
    found = []
    for kind in LetterKind:
        own = tuple(one for one in versions if one.kind is kind)
        live = [one for one in own if one.live_from and one.live_from <= today]
        newest = max(live, key=lambda one: (one.live_from, one.id), default=None)
        found.append(KindLine(kind, TITLES[kind], newest.number if newest else 0, own))
    return found


def kind_of(name: str) -> LetterKind:
    """The kind that an address names; 404 for none."""
    if name not in set(LetterKind):
        raise Http404
    return LetterKind(name)


def studio(version: TextLine, remarks: list[Problem]) -> dict[str, Any]:
    """What stands beside a text: what it must say, the fields, and what reads badly, per language."""
    return {
        "version": version,
        "clauses": [(clause, _needs(clause)) for clause in CLAUSES[version.kind]],
        "fields": [(name, field.words) for name, field in FIELDS.items()],
        "remarks": [(language, [one for one in remarks if one.column == language]) for language in ("nl", "en")],
    }  # fmt: skip


def _needs(clause: Clause) -> str:
    box = [f"[{clause.box}]"] if clause.box else []
    return " ".join([*box, *(f"{{{name}}}" for name in clause.fields)])


def batch(
    before: Sequence[WaitingLine], done: Batch | None, now: tuple[tuple[WaitingLine, ...], int]
) -> dict[str, Any]:
    """Who waits for a letter, and of a batch that was just sent who did not get one."""
    places = {line.tenancy: line.address for line in before}
    failed = [(one.tenancy, places.get(one.tenancy, ""), one.problems) for one in done.failed] if done else []
    return {"lines": now[0], "in_all": now[1], "failed": failed, "sent": done.sent if done else ()}


def evidence_lines(file: EvidenceFile) -> dict[str, Any]:
    """The steps of the checklist, each with True when it stands; and what this case does not need."""
    stands = (ProofState.PROVEN, ProofState.BARRED)
    return {
        "lines": [(step, step.state in stands) for step in file.asked],
        "not_needed": [step for step in file.steps if step.state is ProofState.NOT_NEEDED],
    }


def file_answer(content: bytes, kind: str, name: str, *, inline: bool = True) -> HttpResponse:
    """A file for the browser: never kept in a cache that others share."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
