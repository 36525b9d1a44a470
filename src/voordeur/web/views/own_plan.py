"""The payment arrangement on the tenant's own page: the schedule, a proposal, a yes, a wish for another one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from voordeur.actions import plan_on_own_page, show_own_page
from voordeur.actions.ask_on_own_page import ask_contact
from voordeur.actions.tenant_link import Visit
from voordeur.actions.today import today
from voordeur.web import figures, own_plan
from voordeur.web.case_forms import done
from voordeur.web.own_door import own, show
from voordeur.web.own_forms import ChangeForm, PlanForm
from voordeur.web.templatetags.voordeur import language


@require_http_methods(["GET", "POST"])
@own
def plan(request: HttpRequest, here: Visit) -> HttpResponse:
    """All days. Of a proposal of the landlord also: say yes."""
    if request.method == "POST":
        number = figures.number_in(request, "arrangement")
        plan_on_own_page.agree_plan(here, number, language(), today())
        messages.success(request, _("Afgesproken. Dank u wel."))
        return redirect("own_page")
    found = figures.found_or_404(show_own_page.show_plan(here))
    return show(request, "own/plan.html", {"here": here, "plan": found, "today": today()})


@require_http_methods(["GET", "POST"])
@own
def propose(request: HttpRequest, here: Visit) -> HttpResponse:
    """Choose an amount and a day, see the schedule, and send it."""
    start = plan_on_own_page.start(here, today())
    form = PlanForm(figures.posted(request), start=start)
    shown = own_plan.previewed(request, here, form)
    if own_plan.sent(request, here, form, shown):
        messages.success(request, _("Wij hebben uw voorstel. Een collega kijkt ernaar. U hoort van ons."))
        return redirect("own_page")
    return show(request, "own/propose.html", {"here": here, "form": form, "start": start, "shown": shown})


@require_http_methods(["GET", "POST"])
@own
def change(request: HttpRequest, here: Visit) -> HttpResponse:
    """Ask for another arrangement than the one that runs; a colleague rings."""
    form = ChangeForm(figures.posted(request))
    if done(form, lambda: ask_contact(here, form.asked(), today(), timezone.now())):
        messages.success(request, _("Wij hebben uw vraag. U hoort van ons."))
        return redirect("own_page")
    return show(request, "own/change.html", {"here": here, "form": form})
