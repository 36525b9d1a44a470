"""Compiled: `Charge.paid_on` put right after a replay in which money was taken back or written off."""

from voordeur.engine.compiled import Int, inlined, step
from voordeur.engine.memory import (
    CHARGES,
    NO_DAY,
    REPAIR,
    SETTLED,
    WHOLE,
    WRITE_OFF,
    WRITTEN_OFF,
    Rows,
    Work,
    owes,
)


@step
def repair_paid(rows: Rows, work: Work, start: Int, taken: Int) -> None:
    """Make `paid` right again for the first `taken` rows: the newest money on each charge; long ago if written off."""
    for round_ in range(2):
        written_off = round_ == 1
        if written_off and not work.at[WRITTEN_OFF]:
            return
        if not written_off:
            if not work.at[REPAIR]:
                continue
            for at in range(work.at[CHARGES]):
                work.row[work.row[at].order].paid = NO_DAY
        for credit in range(work.at[SETTLED], taken):
            i = start + credit
            if work.row[credit].left < 0 or owes(rows.kind[i], rows.amount[i]):
                continue
            if written_off and rows.kind[i] != WRITE_OFF:
                continue
            day = NO_DAY if written_off else rows.date[i]
            if work.row[credit].last <= WHOLE:
                _mark_paid(work, WHOLE - work.row[credit].last, day)
            part = work.row[credit].last
            while part >= 0:
                _mark_paid(work, work.part[part].charge, day)
                part = work.part[part].before


@inlined
def _mark_paid(work: Work, charge: Int, day: Int) -> None:
    if day == NO_DAY:
        work.row[charge].paid = NO_DAY
    else:
        work.row[charge].paid = max(work.row[charge].paid, day)
