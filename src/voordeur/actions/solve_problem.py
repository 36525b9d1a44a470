"""Take a problem of an import off the to-do list."""

from django.db import transaction

from voordeur.actions.audit import write_line
from voordeur.actions.guard import NOT_FOUND, check
from voordeur.core.access import Deed
from voordeur.core.problems import Refused
from voordeur.store.models import ImportProblem, User


@transaction.atomic
def solve(user: User, problem_id: int) -> None:
    """Mark one problem as solved, or as let go: the log remembers who did it."""
    check(user, Deed.IMPORT)
    if not ImportProblem.objects.filter(pk=problem_id).update(solved=True):
        raise Refused(NOT_FOUND)
    write_line(user, "solve_problem", subject=f"import_problem:{problem_id}")
