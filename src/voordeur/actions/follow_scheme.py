"""Write down what became of a scheme: applied for, granted, refused, or no longer needed."""

from datetime import date

from django.db import transaction

from voordeur.actions.audit import write_line
from voordeur.actions.guard import NOT_FOUND
from voordeur.actions.reach_tenancy import check_reach, look_at
from voordeur.core.access import Deed
from voordeur.core.problems import Refused
from voordeur.core.schemes.follow_up import Step, problems_of
from voordeur.store.models import SchemeTask, User
from voordeur.store.queries.schemes import TaskLine, one_task


@transaction.atomic
def see_task(user: User, task_id: int, today: date) -> TaskLine:
    """One of them, for a page; that somebody looked is written down. Not there and not yours are the same answer."""
    task = one_task(task_id)
    if task is None:
        raise Refused(NOT_FOUND)
    look_at(user, Deed.CHECK_SCHEMES, task.tenancy, today, "see_scheme_task")
    return task


@transaction.atomic
def follow_scheme(user: User, task_id: int, step: Step, today: date) -> SchemeTask:
    """Keep the step; the newest counts. Refused with everything that is wrong with it."""
    row = SchemeTask.objects.select_for_update().select_related("check_of").filter(pk=task_id).first()
    if row is None:
        raise Refused(NOT_FOUND)
    check_reach(user, Deed.CHECK_SCHEMES, row.tenancy_id, today)
    found = problems_of(step, row.check_of.day, today)
    if found:
        raise Refused(found)
    row.state, row.state_on, row.granted, row.since, row.by = (
        step.state,
        step.on,
        step.granted,
        step.since,
        user,
    )
    row.save(update_fields=["state", "state_on", "granted", "since", "by"])
    write_line(
        user,
        "follow_scheme",
        subject=f"tenancy:{row.tenancy_id}",
        data={"task": row.pk, "scheme": row.scheme, "state": step.state.value},
    )
    return row
