"""Files on their way in: how far each is, what it holds, what is wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from voordeur.store.models import ImportProblem, ImportRun


@dataclass(frozen=True, slots=True)
class RunView:
    """One file, as far as it is."""

    id: UUID
    file_name: str
    who: str
    created: datetime
    updated: datetime
    state: str
    kind: str
    mapping: dict[str, Any]
    preview: dict[str, Any]
    rows_total: int
    rows_read: int
    rows_refused: int
    rows_new: int
    rows_known: int

    @property
    def busy(self) -> bool:
        """True while the worker has it: nobody has to do anything."""
        return self.state in _BUSY

    @property
    def waits(self) -> bool:
        """True while a person has to decide."""
        return self.state == ImportRun.State.READ

    @property
    def over(self) -> bool:
        """True when nothing more happens."""
        return self.state in (ImportRun.State.BOOKED, ImportRun.State.CANCELLED, ImportRun.State.FAILED)

    @property
    def percent(self) -> int:
        """How far the worker is, 0 to 100; 0 when it cannot say."""
        return min(100, 100 * self.rows_read // self.rows_total) if self.rows_total else 0


_BUSY = (
    ImportRun.State.UPLOADED,
    ImportRun.State.READING,
    ImportRun.State.QUEUED,
    ImportRun.State.BOOKING,
)


def one_run(run: UUID) -> RunView | None:
    """One file; None when there is none with this number."""
    row = ImportRun.objects.select_related("user").filter(pk=run).first()
    return _view(row) if row else None


def all_runs(most: int = 30) -> tuple[RunView, ...]:
    """The history, newest first."""
    return tuple(_view(row) for row in ImportRun.objects.select_related("user")[:most])


def last_run() -> RunView | None:
    """The newest file that was booked."""
    row = (
        ImportRun.objects.select_related("user")
        .filter(state=ImportRun.State.BOOKED)
        .order_by("-updated")
        .first()
    )
    return _view(row) if row else None


def refused_rows(run: UUID) -> Iterator[tuple[int | None, str, str, str, list[Any]]]:
    """Open problems of a run for the file to correct: row, what is wrong, cure (Dutch), column, the row's cells."""
    rows = ImportProblem.objects.filter(run=run, solved=False).order_by("row", "pk")
    for row in rows.iterator(chunk_size=2000):
        yield row.row, row.message_nl, row.cure_nl, row.column, row.row_cells


def _view(row: ImportRun) -> RunView:
    return RunView(
        id=row.pk,
        file_name=row.file_name,
        who=str(row.user) if row.user else "",
        created=row.created,
        updated=row.updated,
        state=row.state,
        kind=row.kind,
        mapping=row.mapping,
        preview=row.preview,
        rows_total=row.rows_total,
        rows_read=row.rows_read,
        rows_refused=row.rows_refused,
        rows_new=row.rows_new,
        rows_known=row.rows_known,
    )
