"""Letters of a household: make, look, send, record what became of it; many at once; an SMS or e-mail."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from voordeur.actions import letter_arrival, make_letter
from voordeur.actions.reach_tenancy import check_reach, look_at
from voordeur.actions.send_message import send_message
from voordeur.actions.show_letters import show_letters
from voordeur.actions.today import today
from voordeur.core.access import Deed
from voordeur.core.letter_clauses import LetterKind
from voordeur.store.queries import letters as queries
from voordeur.web import case_forms, figures, letter_forms, letter_pages, link_page
from voordeur.web.guard import StaffRequest, allowed


@allowed(Deed.SEND_LETTER)
@require_GET
def letters(request: StaffRequest, tenancy_id: int) -> HttpResponse:
    """What went out to a household, and what can be made now."""
    found = show_letters(request.user, tenancy_id, today())
    context = {"id": tenancy_id, "found": found, "form": letter_forms.MessageForm(), "today": today()}
    return render(request, "letters.html", context)


@allowed(Deed.SEND_LETTER)
@require_GET
def preview(request: StaffRequest, tenancy_id: int, kind: str) -> HttpResponse:
    """A letter as it would be now; nothing is kept."""
    made = make_letter.preview(request.user, tenancy_id, letter_pages.kind_of(kind), today())
    return letter_pages.file_answer(made, letter_pages.PDF, f"voorbeeld-{kind}.pdf")


@allowed(Deed.SEND_LETTER)
@require_POST
def make(request: StaffRequest, tenancy_id: int, kind: str) -> HttpResponse:
    """Make a letter, ready to send."""
    make_letter.make_letter(request.user, tenancy_id, letter_pages.kind_of(kind), today())
    messages.success(request, _("De brief staat klaar. Bekijk hem en verstuur hem vandaag."))
    return redirect("letters", tenancy_id)


@allowed(Deed.SEND_LETTER)
@require_GET
def file(request: StaffRequest, letter_id: int) -> HttpResponse:
    """The letter as it was made."""
    row, content = make_letter.letter_file(request.user, letter_id, today())
    return letter_pages.file_answer(content, letter_pages.PDF, f"brief-{row.case.number}-{row.pk}.pdf")


@allowed(Deed.SEND_LETTER)
@require_POST
def send(request: StaffRequest, letter_id: int) -> HttpResponse:
    """This letter goes out today."""
    row = make_letter.send_letter(request.user, letter_id, today(), route=_route(request))
    messages.success(request, _("Vastgelegd dat de brief vandaag weggaat."))
    return redirect("letters", row.tenancy_id)


@allowed(Deed.SEND_LETTER)
@require_POST
def drop(request: StaffRequest, letter_id: int) -> HttpResponse:
    """Throw away a letter that was never sent."""
    return redirect("letters", make_letter.drop_letter(request.user, letter_id, today()))


@allowed(Deed.SEND_LETTER)
@require_http_methods(["GET", "POST"])
def arrived(request: StaffRequest, letter_id: int) -> HttpResponse:
    """Record on which day a letter arrived."""
    line = figures.found_or_404(queries.one_letter(letter_id))
    look_at(request.user, Deed.SEND_LETTER, line.tenancy, today(), "open_arrival")
    form = letter_forms.ArrivalForm(figures.posted(request))
    if case_forms.done(
        form, lambda: letter_arrival.record_delivered(request.user, letter_id, **form.cleaned_data, today=today())
    ):  # fmt: skip
        messages.success(request, _("Vastgelegd."))
        return redirect("letters", line.tenancy)
    return render(request, "letter_arrived.html", {"form": form, "line": line})


@allowed(Deed.SEND_LETTER)
@require_POST
def returned(request: StaffRequest, letter_id: int) -> HttpResponse:
    """The letter came back."""
    row = letter_arrival.record_returned(request.user, letter_id, today())
    messages.warning(request, _("De brief telt niet meer mee als bewijs."))
    return redirect("letters", row.tenancy_id)


@allowed(Deed.SEND_LETTER)
@require_POST
def message(request: StaffRequest, tenancy_id: int) -> HttpResponse:
    """Send an SMS or e-mail."""
    check_reach(request.user, Deed.SEND_LETTER, tenancy_id, today())
    form = letter_forms.MessageForm(request.POST)
    if form.is_valid():
        row = send_message(
            request.user, tenancy_id, *form.chosen(), today(), own_page_at=link_page.entrance(request)
        )
        if row.sent:
            messages.success(request, _("Het bericht is weg."))
        else:
            messages.warning(request, _("Het bericht ging niet weg. Probeer het later, of bel."))
    return redirect("letters", tenancy_id)


@allowed(Deed.SEND_LETTER)
@require_http_methods(["GET", "POST"])
def batch(request: StaffRequest) -> HttpResponse:
    """All cases whose next step is a letter: choose, send, and see which could not go."""
    waiting, _in_all = queries.waiting_for_letter()
    done = None
    if request.method == "POST":
        known = {line.tenancy for line in waiting}
        chosen = [
            int(one) for one in request.POST.getlist("huurcontract") if one.isdecimal() and len(one) < 19
        ]
        chosen = [one for one in chosen if one in known]
        done = make_letter.send_batch(
            request.user, chosen, LetterKind.REMINDER, today(), route=_route(request)
        )
        _say(request, len(done.sent))
    context = letter_pages.batch(waiting, done, queries.waiting_for_letter())
    return render(request, "letter_batch.html", context)


def _route(request: StaffRequest) -> str:
    return "print" if request.POST.get("route") == "print" else "post"


def _say(request: StaffRequest, sent: int) -> None:
    said = ngettext("%(n)s brief gaat vandaag weg.", "%(n)s brieven gaan vandaag weg.", sent) % {"n": sent}
    messages.success(request, said) if sent else messages.warning(request, said)
