"""The to-do list of data problems: grouped by cause, each with its cure."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from voordeur.core.words import Words
from voordeur.store.models import ImportProblem, ImportRun

SHOWN = 20
"""Lines shown per cause on one page; the file has them all."""


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One problem, with its place."""

    id: int
    row: int | None
    column: str
    value: str
    cure: Words


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """All open problems of one cause in one file."""

    code: str
    message: Words
    run: UUID
    file_name: str
    read_on: datetime
    lines: tuple[ProblemLine, ...]
    in_all: int
    fatal: bool
    """True when the file cannot be booked because of it, unless a person says so."""

    @property
    def same_cure(self) -> bool:
        """True when one sentence mends every line shown."""
        return len({line.cure for line in self.lines}) == 1


def problem_groups(run: UUID | None = None) -> tuple[ProblemGroup, ...]:
    """Open problems by file and cause, newest file first; of one run, or of everything that was booked."""
    found = ImportProblem.objects.filter(solved=False)
    found = found.filter(run=run) if run else found.filter(run__state=ImportRun.State.BOOKED)
    causes = found.order_by().values_list("run_id", "code").annotate(in_all=Count("pk"))
    runs = {row.pk: row for row in ImportRun.objects.filter(pk__in={cause[0] for cause in causes})}
    groups = []
    for run_id, code, in_all in sorted(
        causes, key=lambda cause: (-runs[cause[0]].created.timestamp(), -cause[2])
    ):
        rows = list(found.filter(run=run_id, code=code).defer("row_cells").order_by("row", "pk")[:SHOWN])
        groups.append(_group(code, runs[run_id], rows, in_all))
    return tuple(groups)


def _group(code: str, run: ImportRun, rows: list[ImportProblem], in_all: int) -> ProblemGroup:
    return ProblemGroup(
        code=code,
        message=Words(rows[0].message_nl, rows[0].message_en),
        run=run.pk,
        file_name=run.file_name,
        read_on=run.created,
        lines=tuple(
            ProblemLine(row.pk, row.row, row.column, row.value, Words(row.cure_nl, row.cure_en))
            for row in rows
        ),
        in_all=in_all,
        fatal=any(row.fatal for row in rows),
    )
