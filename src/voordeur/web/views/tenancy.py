"""The file on one tenancy."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from voordeur.actions.open_file import open_file
from voordeur.actions.show_case import show_case
from voordeur.actions.today import today
from voordeur.core.access import Deed
from voordeur.web import case_page, file_page, scheme_page
from voordeur.web.forms import DayForm
from voordeur.web.guard import StaffRequest, allowed, role


@allowed(Deed.OPEN_FILE)
@require_GET
def tenancy(request: StaffRequest, tenancy_id: int) -> HttpResponse:
    """How it stands and why, today or on the day that was asked for."""
    form = DayForm(request.GET if "op" in request.GET else None)
    asked = form.cleaned_data if form.is_valid() else {}
    file = open_file(request.user, tenancy_id, today(), on=asked.get("op"), known=asked.get("bekend"))
    whole, case = "alles" in request.GET, show_case(tenancy_id, file.on, file.entries, file.asked)
    context = {
        **file_page.context(file, everything=whole),
        **case_page.context(case, file, role(request), everything=whole),
        **file_page.beside(tenancy_id),
        **scheme_page.context(file, role(request)),
        "form": form,
        "day_query": urlencode(form.asked()) + "&" if asked else "",
    }
    return render(request, "tenancy.html", context)
