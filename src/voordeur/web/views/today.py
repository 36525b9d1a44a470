"""Whose door today: the neighbourhood manager's list. The consultant's list of phone calls and letters."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from voordeur.actions.today import today as this_day
from voordeur.core.access import Deed, Role
from voordeur.store import queries
from voordeur.store.queries import own_page
from voordeur.web.guard import StaffRequest, allowed, role


@allowed(Deed.SEE_WORKLIST)
@require_GET
def today(request: StaffRequest) -> HttpResponse:
    """The list of this day: of the own neighbourhoods, or of the one a colleague stands in for."""
    if role(request) is Role.NEIGHBOURHOOD_MANAGER:
        own = queries.named_neighbourhoods(request.user, this_day())
        return _doors(request, own, request.user.weekly_visits)
    rounds = queries.rounds(this_day())
    asked = [one for one in rounds if str(one.neighbourhood) == request.GET.get("wijk")]
    if asked:
        return _doors(request, [(asked[0].neighbourhood, asked[0].name)], asked[0].room)
    context = {"lists": queries.office_lists(this_day()), "rounds": rounds, "today": this_day()}
    return render(request, "today_office.html", context)


def _doors(request: StaffRequest, places: list[tuple[int, str]], room: int) -> HttpResponse:
    """The list of these neighbourhoods, cut at what fits in the week."""
    found = queries.work_list([pk for pk, _name in places], this_day())
    context = {
        "list": found,
        "waiting": own_page.waiting([pk for pk, _name in places]),
        "today": this_day(),
        "old_money": queries.money_is_old(this_day()),
        "places": [name for _pk, name in places],
        "room": room,
        "this_week": found.visits[1 : max(1, room)],
        "later": found.visits[max(1, room) :],
        "later_in_all": found.visits_in_all - max(1, room),
        "later_from": max(1, room),
    }
    return render(request, "today.html", context)
