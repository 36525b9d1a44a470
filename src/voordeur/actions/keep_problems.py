"""Keep the problems of a file as a to-do list, with the rows they are about."""

from collections.abc import Mapping, Sequence

from voordeur.core.problems import Problem
from voordeur.store.models import ImportProblem, ImportRun

MOST_PROBLEMS = 5_000
"""Kept per run; a file with more is not a file with mistakes but the wrong file."""


def keep_problems(
    run: ImportRun, problems: Sequence[Problem], cells: Mapping[int, list[str]] | None = None
) -> None:
    """Store problems with the rows they are about, up to MOST_PROBLEMS of one run."""
    room = max(0, MOST_PROBLEMS - run.problems.count())
    ImportProblem.objects.bulk_create(
        [_problem_row(run, problem, (cells or {}).get(problem.row or 0, [])) for problem in problems[:room]],
        batch_size=1_000,
    )


def _problem_row(run: ImportRun, problem: Problem, cells: list[str]) -> ImportProblem:
    return ImportProblem(
        run=run,
        code=problem.code[:40],
        row=problem.row,
        column=problem.column[:60],
        value=problem.value[:80],
        message_nl=problem.message.nl[:240],
        message_en=problem.message.en[:240],
        cure_nl=problem.cure.nl[:240],
        cure_en=problem.cure.en[:240],
        fatal=problem.fatal,
        row_cells=cells,
    )
