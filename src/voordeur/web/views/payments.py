"""Payments that look for a tenant: a person decides, and it is remembered."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from voordeur.actions import match_payment
from voordeur.actions.look_at_list import look_at_list
from voordeur.actions.look_up import look_up
from voordeur.actions.today import today
from voordeur.core.access import Deed
from voordeur.store import queries
from voordeur.web import figures
from voordeur.web.guard import StaffRequest, allowed


@allowed(Deed.MATCH_PAYMENT)
@require_GET
def payments(request: StaffRequest) -> HttpResponse:
    """The list: what we think first, then what we do not know."""
    look_at_list(request.user, Deed.MATCH_PAYMENT, "see_payments")
    return render(request, "payments.html", {"found": queries.open_payments(figures.page_of(request))})


@allowed(Deed.MATCH_PAYMENT)
@require_POST
def match(request: StaffRequest, line_id: int) -> HttpResponse:
    """Book it on a tenancy."""
    remember = "onthoud" in request.POST
    match_payment.match(
        request.user, line_id, figures.number_in(request, "huurcontract"), today=today(), remember=remember
    )
    messages.success(request, _("De betaling is gekoppeld."))
    return redirect("payments")


@allowed(Deed.MATCH_PAYMENT)
@require_POST
def decline(request: StaffRequest, line_id: int) -> HttpResponse:
    """Not the tenancy that we proposed: on to searching."""
    match_payment.decline(request.user, line_id)
    return redirect("payment_search", line_id)


@allowed(Deed.MATCH_PAYMENT)
@require_POST
def not_rent(request: StaffRequest, line_id: int) -> HttpResponse:
    """This is no rent."""
    match_payment.not_rent(request.user, line_id, today=today(), remember="onthoud" in request.POST)
    messages.success(request, _("Goed. Deze betaling is geen huur."))
    return redirect("payments")


@allowed(Deed.MATCH_PAYMENT)
@require_http_methods(["GET", "POST"])
def search(request: StaffRequest, line_id: int) -> HttpResponse:
    """Look for the tenancy of one payment, by hand. Asked by POST, so that no name ends up in an address."""
    line = figures.found_or_404(queries.open_payment(line_id))
    text = figures.text_in(request, "q", 80)
    found = look_up(request.user, text)
    context = {"line": line, "text": text, "found": found[: queries.MOST_FOUND], "all": len(found)}
    return render(request, "payment_search.html", context)
