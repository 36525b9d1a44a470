"""Danger now: the way to a file that one's own work does not open. The only one, and it is written down."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from voordeur.actions import open_in_emergency
from voordeur.core.access import Deed
from voordeur.store.queries.privacy import open_emergencies
from voordeur.web import figures, privacy_forms, privacy_pages
from voordeur.web.guard import StaffRequest, allowed


@allowed(Deed.OPEN_IN_EMERGENCY)
@require_http_methods(["GET", "POST"])
def emergency(request: StaffRequest) -> HttpResponse:
    """Which home, and why."""
    form = privacy_forms.EmergencyForm(figures.posted(request))
    opened = privacy_pages.opened(request.user, form)
    if opened and opened.access:
        return redirect("emergency_file", opened.access)
    if opened:
        return redirect("tenancy", opened.tenancy)
    running = open_emergencies(request.user, timezone.now())
    return render(request, "emergency.html", {"form": form, "running": running})


@allowed(Deed.OPEN_IN_EMERGENCY)
@never_cache
@require_GET
def emergency_file(request: StaffRequest, access_id: int) -> HttpResponse:
    """Who lives there and how to reach them, for an hour."""
    file = open_in_emergency.look(request.user, access_id, timezone.now())
    return render(request, "emergency_file.html", {"file": file})
