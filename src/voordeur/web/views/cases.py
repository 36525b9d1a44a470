"""The case of a household: contacts, wishes, plans, steps; the desk, the team and who agrees."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from voordeur.actions import arrange_cover, decide, keep_agreement
from voordeur.actions.keep_wish import keep_wish
from voordeur.actions.plan_contact import drop_planned, plan_contact
from voordeur.actions.reach_tenancy import look_at
from voordeur.actions.record_contact import record_contact
from voordeur.actions.show_case import show_step
from voordeur.actions.today import today
from voordeur.adapters.rules import load_calendar
from voordeur.core.access import Deed, Role, may
from voordeur.core.contacts import Channel, day_part
from voordeur.store import queries
from voordeur.store.queries import own_page
from voordeur.web import case_forms, case_page, figures
from voordeur.web.guard import StaffRequest, allowed, role


@allowed(Deed.RECORD_CONTACT)
@require_http_methods(["GET", "POST"])
def contact(request: StaffRequest, tenancy_id: int) -> HttpResponse:
    """Write down one contact."""
    look_at(request.user, Deed.RECORD_CONTACT, tenancy_id, today(), "open_contact")
    channel = request.GET.get("hoe", Channel.VISIT.value)
    fresh = case_forms.ContactForm.fresh(today(), day_part(timezone.localtime().hour), channel)
    wished = queries.has_wish(tenancy_id, today())
    form = case_forms.ContactForm(figures.posted(request), initial=fresh, wished=wished)
    if case_forms.done(form, lambda: record_contact(request.user, tenancy_id, form.said(), today())):
        messages.success(request, _("Opgeschreven."))
        return redirect("tenancy", tenancy_id)
    return render(
        request, "contact.html", {"form": form, "place": queries.place(tenancy_id), "id": tenancy_id}
    )


@allowed(Deed.RECORD_CONTACT)
@require_http_methods(["GET", "POST"])
def wish(request: StaffRequest, tenancy_id: int) -> HttpResponse:
    """What the tenant asks of us about contact."""
    look_at(request.user, Deed.RECORD_CONTACT, tenancy_id, today(), "open_wish")
    form = case_forms.WishForm(
        figures.posted(request), initial=case_forms.WishForm.of(queries.wish(tenancy_id, today()))
    )
    if case_forms.done(form, lambda: keep_wish(request.user, tenancy_id, today(), **form.wish())):
        messages.success(request, _("Opgeschreven. Voordeur houdt zich eraan."))
        return redirect("tenancy", tenancy_id)
    return render(request, "wish.html", {"form": form, "place": queries.place(tenancy_id), "id": tenancy_id})


@allowed(Deed.PLAN_CONTACT)
@require_http_methods(["GET", "POST"])
def plan(request: StaffRequest, tenancy_id: int) -> HttpResponse:
    """Put a visit or a call on somebody's list."""
    look_at(request.user, Deed.PLAN_CONTACT, tenancy_id, today(), "open_plan")
    people = queries.people_near(tenancy_id, today())
    first = {"day": today(), "channel": request.GET.get("hoe", Channel.VISIT.value), "part": ""}
    wished = queries.has_wish(tenancy_id, today())
    form = case_forms.PlanForm(figures.posted(request), initial=first, people=people, wished=wished)
    if case_forms.done(form, lambda: plan_contact(request.user, tenancy_id, today(), **form.plan())):
        messages.success(request, _("Staat op de lijst."))
        return redirect("tenancy", tenancy_id)
    return render(request, "plan.html", {"form": form, "place": queries.place(tenancy_id), "id": tenancy_id})


@allowed(Deed.PLAN_CONTACT)
@require_POST
def drop(request: StaffRequest, planned_id: int) -> HttpResponse:
    """Take something planned off the list."""
    return redirect("tenancy", drop_planned(request.user, planned_id, today()))


@allowed(Deed.DECIDE_CASE)
@require_http_methods(["GET", "POST"])
def step(request: StaffRequest, tenancy_id: int, kind: str) -> HttpResponse:
    """Take a step; what the law asks of it is on the page."""
    look_at(request.user, Deed.DECIDE_CASE, tenancy_id, today(), "open_step")
    found = show_step(tenancy_id, figures.found_or_404(case_page.kind_of(kind)), today())
    form = case_page.step_form(found, figures.posted(request), queries.people_near(tenancy_id, today()))
    if case_forms.done(
        form, lambda: decide.decide(request.user, tenancy_id, case_page.event_of(found, form), today())
    ):
        messages.success(request, _("Vastgelegd."))
        return redirect("tenancy", tenancy_id)
    context = {"form": form, "place": queries.place(tenancy_id), "id": tenancy_id}
    return render(request, "case_step.html", {**context, **case_page.step_context(found)})


@allowed(Deed.DECIDE_SECOND)
@require_POST
def second(request: StaffRequest, proposal_id: int, answer: str) -> HttpResponse:
    """The second person agrees or not; who proposed it may take it back."""
    deeds = {"ja": decide.agree, "nee": decide.disagree, "terug": decide.withdraw}
    deed = figures.found_or_404(deeds.get(answer))
    tenancy_id = deed(request.user, proposal_id, today())
    messages.success(request, _("Vastgelegd."))
    sees = may(role(request), Deed.SEE_CASES)
    return redirect("tenancy", tenancy_id) if sees else redirect("team")


@allowed(Deed.DECIDE_CASE)
@require_POST
def take_on(request: StaffRequest, tenancy_id: int) -> HttpResponse:
    """Look after this case from now on, or let a colleague do so."""
    owner = figures.number_in(request, "owner") or None
    decide.take_on(request.user, tenancy_id, today(), owner=owner)
    return redirect("tenancy", tenancy_id)


@allowed(Deed.SEE_CASES)
@require_GET
def desk(request: StaffRequest) -> HttpResponse:
    """Open cases by next step, and what ends this week; or all the cases of one step."""
    own, step = request.GET.get("van") == "mij", request.GET.get("stap", "")
    owners = queries.works_for(request.user, today()) if own else None
    if step in queries.STEPS:
        page = queries.desk_step(step, owners=owners, page=figures.page_of(request))
        return render(request, "desk_step.html", {"page": page, "own": own, "step": step})
    found = queries.desk(today(), owners=owners, banks=load_calendar().banks)
    return render(
        request, "desk.html", {"desk": found, "own": own, "waiting": own_page.waiting(), "today": today()}
    )


@allowed(Deed.SEE_WORKLOAD, Deed.ARRANGE_COVER)
@require_http_methods(["GET", "POST"])
def team(request: StaffRequest) -> HttpResponse:
    """Who has how much work, who is away, who stands in; for a manager also what waits for a second person."""
    loads = queries.team_load(today())
    people = [(one.id, f"{one.name}") for one in loads]
    form = case_forms.CoverForm(figures.posted(request), people=people, initial={"first": today()})
    if case_forms.done(
        form, lambda: arrange_cover.arrange_cover(request.user, today=today(), **form.chosen())
    ):
        messages.success(request, _("Afgesproken."))
        return redirect("team")
    waiting = queries.waiting_for_second(request.user) if role(request) is Role.MANAGER else ()
    context = {"loads": loads, "form": form, "waiting": waiting, "nobody": queries.cases_without_owner()}
    return render(request, "team.html", context)


@allowed(Deed.ARRANGE_COVER)
@require_POST
def end_cover(request: StaffRequest, cover_id: int) -> HttpResponse:
    """The absent colleague is back."""
    arrange_cover.end_cover(request.user, cover_id, today())
    return redirect("team")


@allowed(Deed.KEEP_AGREEMENT)
@require_http_methods(["GET", "POST"])
def end_agreement(request: StaffRequest, agreement_id: int) -> HttpResponse:
    """An agreement gets a last day: after it nothing can be signalled under it."""
    found = figures.found_or_404(queries.agreement(agreement_id))
    form = case_forms.EndForm(figures.posted(request), initial={"last": found.last or today()})
    if case_forms.done(
        form,
        lambda: keep_agreement.end_agreement(request.user, agreement_id, **form.cleaned_data, today=today()),
    ):
        messages.success(request, _("Bewaard."))
        return redirect("agreements")
    return render(request, "agreement_end.html", {"form": form, "agreement": found})


@allowed(Deed.KEEP_AGREEMENT)
@require_http_methods(["GET", "POST"])
def agreements(request: StaffRequest) -> HttpResponse:
    """What was agreed with the municipality about signals."""
    form = case_forms.AgreementForm(figures.posted(request), initial={"first": today()})
    if case_forms.done(form, lambda: keep_agreement.keep_agreement(request.user, **form.cleaned_data)):
        messages.success(request, _("Bewaard."))
        return redirect("agreements")
    return render(request, "agreements.html", {"form": form, "found": case_page.agreements(today())})
