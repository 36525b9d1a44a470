"""The evidence file of a case: the checklist, the files to take along, and the approval."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from voordeur.actions import make_evidence
from voordeur.actions.today import today
from voordeur.core.access import Deed, may
from voordeur.store import queries
from voordeur.web import letter_pages
from voordeur.web.guard import StaffRequest, allowed, role
from voordeur.web.templatetags.voordeur import language


@allowed(Deed.SEE_EVIDENCE)
@require_GET
def evidence(request: StaffRequest, tenancy_id: int) -> HttpResponse:
    """Every step with its proof, what is missing, and what that means."""
    made = make_evidence.show_evidence(request.user, tenancy_id, today())
    context = {"id": tenancy_id, "place": queries.place(tenancy_id), "made": made}
    context |= letter_pages.evidence_lines(made.file)
    context |= {"may_approve": made.open and may(role(request), Deed.DECIDE_CASE)}
    return render(request, "evidence.html", context)


@allowed(Deed.SEE_EVIDENCE)
@require_GET
def file(request: StaffRequest, tenancy_id: int, form: str) -> HttpResponse:
    """The file as PDF or JSON."""
    if form not in ("pdf", "json"):
        raise Http404
    name, content = make_evidence.take_evidence(request.user, tenancy_id, today(), form, language())
    kind = letter_pages.PDF if form == "pdf" else letter_pages.JSON
    return letter_pages.file_answer(content, kind, name, inline=form == "pdf")


@allowed(Deed.DECIDE_CASE)
@require_POST
def approve(request: StaffRequest, tenancy_id: int) -> HttpResponse:
    """A person read it and finds it right."""
    make_evidence.approve_evidence(request.user, tenancy_id, request.POST.get("sha256", ""), today())
    messages.success(request, _("Het bewijsdossier is goedgekeurd."))
    return redirect("evidence", tenancy_id)
