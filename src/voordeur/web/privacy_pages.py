"""What the pages of the privacy officer show, and the steps of a form that opens a file in an emergency."""

from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from voordeur.actions import correct_tenant, retain
from voordeur.actions.open_in_emergency import Opened, open_in_emergency
from voordeur.actions.today import today
from voordeur.core.problems import Problem, Refused
from voordeur.core.retention import HOLDBACK_WORDS
from voordeur.core.rights import why_not_extend
from voordeur.core.words import Words
from voordeur.store.models import User
from voordeur.store.queries import privacy as desk
from voordeur.store.queries import retention
from voordeur.store.queries.holdings import count_of_holdings
from voordeur.web import figures, privacy_forms
from voordeur.web.case_forms import done
from voordeur.web.templatetags.voordeur import number

E = TypeVar("E", bound=StrEnum)
_UNCHOSEN = Problem(
    "nothing-chosen",
    Words("Er is niets gekozen.", "Nothing was chosen."),
    Words("Ga terug en kies er een.", "Go back and choose one."),
)


def desk_context(user: User, day: date) -> dict[str, Any]:
    """The first page: what waits, the nearest term first."""
    running = desk.running_requests()
    due = retain.due(user, day)
    return {
        "today": day,
        "running": [(line, line.request.time_left(day), line.request.days_left(day)) for line in running],
        "closed": desk.closed_requests(),
        "emergencies": desk.emergencies(judged=False),
        "judged": desk.emergencies(judged=True),
        "due": sum(one.due for one in due),
        "due_rules": [one for one in due if one.due],
        "covers": desk.running_covers(day),
    }


def request_context(file: desk.RequestFile, day: date) -> dict[str, Any]:
    """One request: its term, what it stops, and the forms of what can be done now."""
    request = file.request
    return {
        "file": file,
        "time_left": request.time_left(day) if request.runs else None,
        "late": request.runs and request.days_left(day) < 0,
        "stops": request.stops_contact(day),
        "may_correct": request.runs and request.kind in correct_tenant.ALLOWS,
        "holdings": count_of_holdings(file.tenancy) if request.runs else (),
        "identify": privacy_forms.IdentifyForm(),
        "extend": None if why_not_extend(request, day) else privacy_forms.ExtendForm(),
        "answer": privacy_forms.AnswerForm(),
        "go_on": privacy_forms.GoOnForm(),
    }


def tenant_of(file: desk.RequestFile, number: str) -> desk.TenantData:
    """The tenant that the address names, else the first; 404 when there is none."""
    named = next((one for one in file.tenants if str(one.id) == number), None)
    return figures.found_or_404(named or next((one for one in file.tenants if not number), None))


def keeping_context(user: User, day: date) -> dict[str, Any]:
    """The dry run, and what was erased last."""
    due = retain.due(user, day)
    return {
        "today": day,
        "due": [(one, _held(one)) for one in due if one.due],
        "later": [(one, _held(one)) for one in due if not one.due],
        "in_all": sum(one.due for one in due),
        "runs": retention.last_runs(),
    }


def _held(one: retention.DueRule) -> list[tuple[int, Words]]:
    return [(count, HOLDBACK_WORDS[reason]) for reason, count in one.held]


def erased_in_words(count: int) -> str:
    """What the message says after erasing."""
    if not count:
        return _("Er was niets te wissen.")
    said = ngettext("%(n)s gegeven is gewist.", "%(n)s gegevens zijn gewist.", count)
    return said % {"n": number(count)}


def chosen(kind: type[E], code: str) -> E:
    """The choice of a form. Refused when there is none."""
    if code not in set(kind):
        raise Refused(_UNCHOSEN)
    return kind(code)


def query_of(request: HttpRequest) -> str:
    """The search as it stands in the address, for the next page."""
    asked = request.GET.copy()
    asked.pop("pagina", None)
    return f"{asked.urlencode()}&" if asked else ""


def opened(user: User, form: privacy_forms.EmergencyForm) -> Opened | None:
    """The file that a filled-in form opens; None when it does not, with the reason on the form."""
    found: list[Opened] = []

    def deed() -> None:
        found.append(open_in_emergency(user, **form.cleaned_data, today=today(), now=timezone.now()))

    return found[0] if done(form, deed) else None
