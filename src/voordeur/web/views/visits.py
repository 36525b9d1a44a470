"""What phones recorded and somebody has to look at; who said yes to a handover; which phones carry a day."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from voordeur.actions import settle_visit
from voordeur.actions.carry_phone import revoke_phone
from voordeur.actions.today import today as this_day
from voordeur.core.access import Deed, Role
from voordeur.store.queries import to_settle
from voordeur.web.guard import StaffRequest, allowed, role


@allowed(Deed.SETTLE_VISIT)
@require_GET
def visits(request: StaffRequest) -> HttpResponse:
    """The list: addresses and what is the matter, nothing of what was said."""
    office = role(request) is Role.CONSULTANT
    context = {
        "waiting": to_settle.to_settle(request.user, this_day()),
        "handovers": to_settle.handovers(this_day()) if office else (),
        "warned": () if office else to_settle.warned_doors(request.user, this_day()),
    }
    return render(request, "visits.html", context)


@allowed(Deed.SETTLE_VISIT)
@require_http_methods(["GET", "POST"])
def visit(request: StaffRequest, visit_id: UUID) -> HttpResponse:
    """One record, or two that contradict each other: look, and decide."""
    if request.method == "POST":
        settle_visit.settle_visit(request.user, visit_id, request.POST.get("choice", ""), this_day())
        return redirect("visits")
    found = settle_visit.look_at_visit(request.user, visit_id, this_day())
    return render(request, "visit.html", {"visit": found})


@allowed(Deed.DECIDE_CASE)
@require_POST
def handed_over(request: StaffRequest, consent_id: int) -> HttpResponse:
    """The municipality was rung."""
    settle_visit.pass_on(request.user, consent_id, this_day())
    return redirect("visits")


@allowed(Deed.SETTLE_VISIT)
@require_POST
def safe_again(request: StaffRequest, note_id: int) -> HttpResponse:
    """A safety note is no longer so."""
    settle_visit.withdraw_safety_note(request.user, note_id, this_day())
    return redirect("visits")


@allowed(Deed.REVOKE_PHONE)
@require_GET
def phones(request: StaffRequest) -> HttpResponse:
    """Which phones carry a day, and until when."""
    return render(request, "phones.html", {"phones": to_settle.carried_phones(timezone.now())})


@allowed(Deed.REVOKE_PHONE)
@require_POST
def revoke(request: StaffRequest, phone_id: UUID) -> HttpResponse:
    """Take the day off a phone."""
    revoke_phone(request.user, phone_id)
    return redirect("phones")
