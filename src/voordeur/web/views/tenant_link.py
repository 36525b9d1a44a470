"""The link to a tenant's own page as staff give it, and what tenants asked there."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from voordeur.actions import answer_ask, tenant_link
from voordeur.actions.reach_tenancy import look_at
from voordeur.actions.today import today
from voordeur.core.access import Deed
from voordeur.core.personal_links import Handed
from voordeur.store import queries
from voordeur.store.queries import own_page
from voordeur.web import ask_forms, figures, link_page
from voordeur.web.case_forms import done
from voordeur.web.guard import StaffRequest, allowed
from voordeur.web.own_door import unseen


@allowed(Deed.GIVE_LINK)
@require_http_methods(["GET", "POST"])
def link(request: StaffRequest, tenancy_id: int) -> HttpResponse:
    """Is there a link? A new one is shown once, as a QR code and as text."""
    look_at(request.user, Deed.GIVE_LINK, tenancy_id, today(), "see_own_page_link")
    made = None
    if request.method == "POST":
        code = tenant_link.make(request.user, tenancy_id, Handed.IN_PERSON, today())
        made = link_page.shown(request, code)
    context = {"made": made, "link": own_page.last_link(tenancy_id), "today": today()}
    return unseen(
        render(request, "tenant_link.html", {**context, "id": tenancy_id, "place": queries.place(tenancy_id)})
    )


@allowed(Deed.GIVE_LINK)
@require_POST
def revoke(request: StaffRequest, tenancy_id: int) -> HttpResponse:
    """The link opens nothing any more, and who has the page open sees nothing more."""
    tenant_link.revoke(request.user, tenancy_id, today())
    messages.success(request, _("De link werkt niet meer."))
    return redirect("tenant_link", tenancy_id)


@allowed(Deed.PLAN_CONTACT)
@require_http_methods(["GET", "POST"])
def ask(request: StaffRequest, ask_id: int) -> HttpResponse:
    """What a tenant asked: put it on somebody's list."""
    row = answer_ask.see_ask(request.user, ask_id, today())
    form = ask_forms.plan_form(request, row, today())
    if done(form, lambda: answer_ask.plan_ask(request.user, ask_id, today(), **form.plan())):
        messages.success(request, _("Staat op de lijst. De huurder ziet het op de eigen pagina."))
        return redirect("tenancy", row.tenancy_id)
    context = {"form": form, "answer": ask_forms.AnswerForm(), "ask": own_page.one_ask(row)}
    return render(request, "tenant_ask.html", context)


@allowed(Deed.PLAN_CONTACT)
@require_POST
def answer(request: StaffRequest, ask_id: int) -> HttpResponse:
    """Answer otherwise, in words that the tenant reads."""
    text = figures.text_in(request, "answer")
    tenancy_id = answer_ask.answer_ask(request.user, ask_id, text, today())
    messages.success(request, _("De huurder leest dit op de eigen pagina."))
    return redirect("tenancy", tenancy_id)
