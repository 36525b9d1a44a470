"""The week of visits: the own one of a neighbourhood manager, the team's in numbers, and the hours it is made of."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from voordeur.actions import change_week, plan_day
from voordeur.actions.move_stop import put_back
from voordeur.actions.set_hours import set_hours
from voordeur.actions.today import today
from voordeur.core.access import Deed, may
from voordeur.store import queries
from voordeur.web import case_forms, figures, week_page
from voordeur.web.guard import StaffRequest, allowed, role
from voordeur.web.hours_form import HoursForm


@allowed(Deed.PLAN_WEEK)
@require_GET
def week(request: StaffRequest) -> HttpResponse:
    """The own week: what is planned, what waits and why, the day on a map."""
    found = queries.week_plan(request.user, week_page.monday_asked(request, today()), today())
    return render(request, "week.html", week_page.context(found, request, today()))


@allowed(Deed.PLAN_WEEK)
@require_POST
def plan(request: StaffRequest) -> HttpResponse:
    """Plan the week anew; pinned and done stay."""
    monday = week_page.monday_asked(request, today())
    if week_page.told(request, lambda: plan_day.plan_week(request.user, monday, today())):
        messages.success(request, _("De week is opnieuw gepland. Wat vast staat is gebleven."))
    return _back_to(monday)


@allowed(Deed.PLAN_WEEK)
@require_POST
def agree(request: StaffRequest) -> HttpResponse:
    """This is how I do it."""
    monday = week_page.monday_asked(request, today())
    if week_page.told(request, lambda: plan_day.agree_week(request.user, monday, today())):
        messages.success(request, _("Afgesproken. Alleen wie betaalt gaat er nog af."))
    return _back_to(monday)


@allowed(Deed.PLAN_WEEK)
@require_POST
def change(request: StaffRequest, stop_id: int, how: str) -> HttpResponse:
    """Pin, move or drop one stop; its keys stay open."""
    deed = figures.found_or_404(change_week.DEEDS.get(how))
    monday = week_page.monday_asked(request, today())
    day = request.POST.get("dag", "")
    result: list[int] = []
    week_page.told(request, lambda: result.append(deed(request.user, stop_id, today(), day)))
    return _back_to(monday, result[0] if result else stop_id)


@allowed(Deed.PLAN_WEEK)
@require_POST
def back(request: StaffRequest, waiting_id: int) -> HttpResponse:
    """Plan an address that waits in this week after all."""
    monday = week_page.monday_asked(request, today())
    result: list[int] = []
    week_page.told(request, lambda: result.append(put_back(request.user, waiting_id, today()).pk))
    return _back_to(monday, result[0] if result else 0)


@allowed(Deed.SEE_TEAM_WEEK)
@require_GET
def team(request: StaffRequest) -> HttpResponse:
    """The whole team's week in hours and numbers of doors."""
    monday = week_page.monday_asked(request, today())
    weeks = queries.team_week(monday)
    context = {"weeks": weeks, "totals": week_page.totals(weeks), "sets": may(role(request), Deed.SET_HOURS)}
    return render(request, "team_week.html", {**context, **week_page.around(monday, weeks)})


@allowed(Deed.SET_HOURS)
@require_http_methods(["GET", "POST"])
def hours(request: StaffRequest, member_id: int) -> HttpResponse:
    """When somebody makes visits, and how this colleague travels."""
    member = figures.found_or_404(queries.working_hours_of(member_id))
    form = HoursForm(figures.posted(request), initial=HoursForm.of(member))
    if case_forms.done(
        form, lambda: set_hours(request.user, member_id, form.days(), form.cleaned_data["start"])
    ):
        messages.success(request, _("Bewaard. De volgende planning rekent ermee."))
        return redirect("hours", member_id)
    return render(request, "hours.html", {"form": form, "member": member})


def _back_to(monday: date, stop: int = 0) -> HttpResponse:
    tail = f"&stop={stop}#stop-{stop}" if stop else ""
    return redirect(f"{reverse('week')}?van={monday.isoformat()}{tail}")
