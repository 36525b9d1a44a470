"""Payment arrangements: made at a desk, looked at, changed, ended; all of them, and direct debit."""

import base64

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from voordeur.actions import change_arrangement, collect_instalments
from voordeur.actions.agree_arrangement import accept_proposal
from voordeur.actions.export_arrangements import export_arrangements
from voordeur.actions.show_arrangement import show_arrangement, show_table, take_page
from voordeur.actions.today import today
from voordeur.core.access import Deed
from voordeur.core.arrangements.values import EndReason
from voordeur.store.queries.arrangements import RUNNING
from voordeur.web import arrangement_forms, arrangement_pages, figures
from voordeur.web.case_forms import done
from voordeur.web.guard import StaffRequest, allowed, role
from voordeur.web.letter_pages import file_answer

_LISTS = {
    "loopt": RUNNING, "voorstel": ("proposed",), "klaar": ("completed",), "gestopt": ("ended",),
}  # fmt: skip


@allowed(Deed.SEE_ARRANGEMENTS)
@require_GET
def arrangements(request: StaffRequest) -> HttpResponse:
    """All arrangements with their state, promised against received, and who wants a call."""
    chosen = request.GET.get("stand", "loopt")
    states = tuple(str(one) for one in _LISTS.get(chosen, RUNNING))
    context = arrangement_pages.office_context(today(), states, figures.page_of(request))
    form = arrangement_forms.CollectForm(initial={"until": collect_instalments.first_day(today())})
    shown = {"chosen": chosen if chosen in _LISTS else "loopt", "form": form, "role": role(request)}
    return render(request, "arrangements.html", context | shown)


@allowed(Deed.MAKE_ARRANGEMENT)
@require_http_methods(["GET", "POST"])
def make(request: StaffRequest, tenancy_id: int) -> HttpResponse:
    """Make an arrangement: budget, what can be missed, schedule, agree."""
    table = show_table(request.user, tenancy_id, today())
    form = arrangement_forms.ArrangementForm(figures.posted(request), table=table, today=today())
    if arrangement_pages.made(form, request.POST.get("stap", ""), request.user, tenancy_id, today()):
        messages.success(request, _("Vastgelegd."))
        return redirect("tenancy", tenancy_id)
    return render(request, "arrangement_make.html", arrangement_pages.table_context(form, table, today()))


@allowed(Deed.MAKE_ARRANGEMENT)
@require_GET
def arrangement(request: StaffRequest, arrangement_id: int) -> HttpResponse:
    """One arrangement: how it stands, every instalment, what happened."""
    found = show_arrangement(request.user, arrangement_id, today())
    context = arrangement_pages.page_context(found) | {"form": arrangement_forms.MandateForm()}
    return render(request, "arrangement.html", context)


@allowed(Deed.MAKE_ARRANGEMENT)
@require_POST
def accept(request: StaffRequest, arrangement_id: int) -> HttpResponse:
    """Agree on a proposal that waits, for instance of the tenant."""
    accept_proposal(request.user, arrangement_id, figures.text_in(request, "name", 120), today())
    messages.success(request, _("Afgesproken. Voordeur houdt het bij."))
    return redirect("arrangement", arrangement_id)


@allowed(Deed.MAKE_ARRANGEMENT)
@require_POST
def decline(request: StaffRequest, arrangement_id: int) -> HttpResponse:
    """Say no to a proposal."""
    row = change_arrangement.decline(request.user, arrangement_id, today())
    messages.success(request, _("Vastgelegd."))
    return redirect("tenancy", row.tenancy_id)


@allowed(Deed.MAKE_ARRANGEMENT)
@require_http_methods(["GET", "POST"])
def spread(request: StaffRequest, arrangement_id: int) -> HttpResponse:
    """Spread what is left anew."""
    found = show_arrangement(request.user, arrangement_id, today())
    fresh = arrangement_forms.SpreadForm.fresh(today(), found.terms)
    form = arrangement_forms.SpreadForm(figures.posted(request), left=found.left, initial=fresh)
    if done(form, lambda: change_arrangement.reschedule(request.user, found.id, form.terms(), today())):
        messages.success(request, _("Opnieuw gespreid."))
        return redirect("arrangement", arrangement_id)
    return render(request, "arrangement_spread.html", {"form": form, "found": found})


@allowed(Deed.MAKE_ARRANGEMENT)
@require_http_methods(["GET", "POST"])
def end(request: StaffRequest, arrangement_id: int) -> HttpResponse:
    """End it, with a reason."""
    found = show_arrangement(request.user, arrangement_id, today())
    form = arrangement_forms.EndForm(figures.posted(request))
    if done(form, lambda: change_arrangement.end(
        request.user, found.id, EndReason(form.cleaned_data["reason"]), form.cleaned_data["said"], today()
    )):  # fmt: skip
        messages.success(request, _("Vastgelegd."))
        return redirect("tenancy", found.tenancy)
    return render(request, "arrangement_end.html", {"form": form, "found": found})


@allowed(Deed.MAKE_ARRANGEMENT)
@require_POST
def mandate(request: StaffRequest, arrangement_id: int) -> HttpResponse:
    """The tenant gives leave to collect, or takes it back (an empty form)."""
    iban, holder = (figures.text_in(request, field, 70) for field in ("iban", "holder"))
    if iban or holder:
        collect_instalments.give_mandate(request.user, arrangement_id, iban, holder, today())
    else:
        collect_instalments.end_mandate(request.user, arrangement_id, today())
    messages.success(request, _("Vastgelegd."))
    return redirect("arrangement", arrangement_id)


@allowed(Deed.MAKE_ARRANGEMENT)
@require_GET
def page(request: StaffRequest, arrangement_id: int) -> HttpResponse:
    """The page that was agreed on."""
    row = take_page(request.user, arrangement_id, today())
    return file_answer(
        base64.b64decode(row.pdf), "application/pdf", f"regeling-{row.arrangement.reference}.pdf"
    )


@allowed(Deed.COLLECT)
@require_GET
def vera(request: StaffRequest) -> HttpResponse:
    """All arrangements for another system."""
    file = export_arrangements(request.user, today())
    return file_answer(file, "application/json", "betalingsregelingen.json", inline=False)


@allowed(Deed.COLLECT)
@require_POST
def collect(request: StaffRequest) -> HttpResponse:
    """Make a direct debit file."""
    form = arrangement_forms.CollectForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Deze dag bestaat niet."))
        return redirect("arrangements")
    run = collect_instalments.make_collection(request.user, form.cleaned_data["until"], today())
    return redirect("collection_file", run.pk)


@allowed(Deed.COLLECT)
@require_GET
def collection(request: StaffRequest, run_id: int) -> HttpResponse:
    """A direct debit file, for the bank."""
    run = collect_instalments.take_collection(request.user, run_id)
    return file_answer(run.content.encode(), "application/xml", f"{run.message}.xml", inline=False)
