"""The to-do list of data problems, and the file with the rows to correct."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from voordeur.actions.look_at_list import look_at_list
from voordeur.actions.solve_problem import solve as solve_problem
from voordeur.core.access import Deed
from voordeur.store import queries
from voordeur.web import figures, rows_to_correct
from voordeur.web.guard import StaffRequest, allowed


@allowed(Deed.IMPORT)
@require_GET
def problems(request: StaffRequest) -> HttpResponse:
    """What is still wrong in files that were read, by cause."""
    look_at_list(request.user, Deed.IMPORT, "see_problems")
    groups = queries.problem_groups()
    return render(
        request, "problems.html", {"groups": groups, "in_all": sum(group.in_all for group in groups)}
    )


@allowed(Deed.IMPORT)
@require_POST
def solve(request: StaffRequest, problem_id: int) -> HttpResponse:
    """Take one problem off the list."""
    solve_problem(request.user, problem_id)
    messages.success(request, _("Van de lijst gehaald."))
    return redirect("problems")


@allowed(Deed.IMPORT)
@require_GET
def rows_file(request: StaffRequest, run_id: UUID, form: str) -> HttpResponse:
    """The refused rows of one file as `csv` or `xlsx`, to correct and read in again."""
    run = figures.found_or_404(queries.one_run(run_id))
    look_at_list(request.user, Deed.IMPORT, "take_rows", f"import:{run_id}")
    return figures.found_or_404(rows_to_correct.answer(run, queries.refused_rows(run_id), form))
