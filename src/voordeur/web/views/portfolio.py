"""The portfolio and the list of one neighbourhood."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from voordeur.actions.today import today
from voordeur.core.access import Deed, may, may_see_neighbourhood
from voordeur.store import queries
from voordeur.web import charts, figures, overview
from voordeur.web.guard import StaffRequest, allowed, role


@allowed(Deed.SEE_PORTFOLIO)
@require_GET
def portfolio(request: StaffRequest) -> HttpResponse:
    """What is open, how long, where, and what waits. A manager sees the figures and no way to a person."""
    found, work = queries.portfolio(today()), queries.office_work(today())
    context = {
        "portfolio": found,
        "trend": figures.trend(found),
        "chart": charts.trend(found.trend, today()),
        "flow_chart": charts.flows(found.trend),
        "opens_files": may(role(request), Deed.SEE_WORKLIST),
        "last_run": queries.last_run(),
        "today": today(),
        **overview.panels(found, work, everything="alles" in request.GET),
    }
    return render(request, "portfolio.html", context)


@allowed(Deed.SEE_WORKLIST)
@require_GET
def neighbourhood(request: StaffRequest, neighbourhood_id: int) -> HttpResponse:
    """Who is behind in one neighbourhood. Somebody else's neighbourhood looks like none."""
    names = {place.id: place.name for place in queries.neighbourhoods()}
    own = queries.own_neighbourhoods(request.user, today())
    if neighbourhood_id not in names or not may_see_neighbourhood(role(request), own, neighbourhood_id):
        raise Http404
    asked = request.GET.get("volgorde", "open")
    sort = asked if asked in queries.SORTS else "open"
    found = queries.arrears_page(neighbourhood_id, today(), sort, figures.page_of(request))
    context = {"name": names[neighbourhood_id], "found": found, "sort": sort, "today": today()}
    return render(request, "neighbourhood.html", {**context, "query": f"volgorde={sort}&"})
