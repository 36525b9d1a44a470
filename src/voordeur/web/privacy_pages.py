"""What the pages of the privacy officer show, and the steps of a form that opens a file in an emergency."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from voordeur.actions import correct_tenant, retain
from voordeur.actions.look_in_log import see_standouts
from voordeur.actions.open_in_emergency import Opened, open_in_emergency
from voordeur.actions.today import today
from voordeur.core.problems import Problem, Refused
from voordeur.core.retention import HOLDBACK_WORDS
from voordeur.core.rights import RequestKind, why_not_extend
from voordeur.core.words import Words, day_in_words
from voordeur.store.models import User
from voordeur.store.queries import privacy as desk
from voordeur.store.queries import retention
from voordeur.store.queries.holdings import count_of_holdings
from voordeur.store.queries.looks import log_health
from voordeur.web import figures, privacy_forms
from voordeur.web.case_forms import done
from voordeur.web.templatetags.voordeur import number

MARKDOWN = "text/markdown; charset=utf-8"
SOON_DAYS = 8
"""Less than this is soon."""
ERASE_DAYS = 31
"""So often somebody looks what may go."""
E = TypeVar("E", bound=StrEnum)
_UNCHOSEN = Problem(
    "nothing-chosen",
    Words("Er is niets gekozen.", "Nothing was chosen."),
    Words("Ga terug en kies er een.", "Go back and choose one."),
)


def desk_context(user: User, day: date) -> dict[str, Any]:
    """The first page: what waits, the nearest term first; what stood out, what may go, how the log is."""
    running, waiting, now = desk.running_requests(), desk.emergencies(judged=False), timezone.now()
    erased = retention.last_time()
    return {
        "today": day,
        "next": _next_step(running, waiting, _erase(erased, now), day),
        "looks": see_standouts(user, day),
        "running": [(line, line.request.time_left(day), line.request.days_left(day)) for line in running],
        "closed": desk.closed_requests(),
        "emergencies": [(line, now < line.until) for line in waiting],
        "open_now": desk.count_open(now),
        "judged": desk.emergencies(judged=True),
        "erased": erased,
        "covers": desk.running_covers(day),
        "log": log_health(day),
    }


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do first."""

    title: Words
    reason: Words
    go: Words
    address: str
    left: Words | None = None
    """How long there still is."""


def _next_step(
    running: Sequence[desk.RequestLine],
    waiting: Sequence[desk.EmergencyLine],
    erase: NextStep | None,
    day: date,
) -> NextStep | None:
    """A request that ends within a week, then what a colleague opened, then the other requests, then erasing."""
    first = running[0] if running else None
    if first and (first.request.days_left(day) < SOON_DAYS or not waiting):
        return _answer(first, day)
    if waiting:
        return NextStep(
            Words("Beoordeel een dossier dat in een noodgeval openging", "Judge a file opened in an emergency"),
            Words(f"{waiting[0].who} opende het op {day_in_words(localdate(waiting[0].opened)).nl}.",
                  f"{waiting[0].who} opened it on {day_in_words(localdate(waiting[0].opened)).en}."),
            Words("Lees de reden", "Read the reason"), reverse("privacy_emergency", args=[waiting[0].id]),
        )  # fmt: skip
    return erase


def _erase(last: datetime | None, now: datetime) -> NextStep | None:
    """Once a month somebody looks what may go. What that is, is worked out on its own page: it takes a while."""
    month_ago = now - timedelta(days=ERASE_DAYS)
    if (last is not None and last >= month_ago) or retention.looked_since(month_ago):
        return None
    return NextStep(
        Words("Kijk wat niet langer bewaard mag worden", "See what may be kept no longer"),
        Words("Dat is de afgelopen maand niet gedaan. Wissen kan niemand terugdraaien.",
              "That was not done in the past month. Nobody can undo erasing."),
        Words("Bekijk wat weggaat", "See what goes"), reverse("privacy_keeping"),
    )  # fmt: skip


def _answer(line: desk.RequestLine, day: date) -> NextStep:
    asked = day_in_words(line.request.received)
    reason = Words(f"Gevraagd op {asked.nl}.", f"Asked on {asked.en}.")
    if not line.identified:
        reason += Words("Stel eerst vast wie dit vraagt.", "First establish who asks.")
    return NextStep(
        _TO_DO[line.request.kind], reason, Words("Open het verzoek", "Open the request"),
        reverse("privacy_request", args=[line.id]), line.request.time_left(day),
    )  # fmt: skip


_TO_DO = {
    RequestKind.ACCESS: Words(
        "Geef het overzicht dat een huurder vroeg", "Give the overview that a tenant asked for"
    ),
    RequestKind.CORRECTION: Words("Verbeter wat een huurder vroeg", "Correct what a tenant asked"),
    RequestKind.ERASURE: Words(
        "Beantwoord een verzoek om te wissen", "Answer a request to erase"
    ),
    RequestKind.OBJECTION: Words("Beslis over een bezwaar", "Decide on an objection"),
}  # fmt: skip


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
        "identify": privacy_forms.IdentifyForm(people=file.tenants),
        "extend": None if why_not_extend(request, day) else privacy_forms.ExtendForm(),
        "answer": privacy_forms.AnswerForm(),
        "go_on": privacy_forms.GoOnForm(),
    }


def tenant_of(file: desk.RequestFile, number: str) -> desk.TenantData:
    """The tenant that the address names, else the first; 404 when there is none."""
    named = next((one for one in file.asking if str(one.id) == number), None)
    return figures.found_or_404(named or next((one for one in file.asking if not number), None))


def keeping_context(user: User, day: date) -> dict[str, Any]:
    """The dry run, and what was erased last."""
    due = retain.due(user, day)
    return {
        "today": day,
        "due": [(one, _held(one)) for one in due if one.due],
        "later": [(one, _held(one)) for one in due if not one.due],
        "in_all": sum(one.due for one in due),
        "runs": retention.last_runs(),
        "staying": retention.staying(),
        "old_backups": retain.old_backups(day),
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
