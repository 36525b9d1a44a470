"""The check on schemes with a tenant, what is kept of it, and what is followed up."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from voordeur.actions import keep_scheme_check, print_schemes
from voordeur.actions.check_schemes import scheme_talk
from voordeur.actions.follow_scheme import follow_scheme, see_task
from voordeur.actions.scheme_day import rule_book
from voordeur.actions.today import today
from voordeur.core.access import Deed
from voordeur.store.queries import cases as case_queries
from voordeur.store.queries import schemes as queries
from voordeur.web import case_forms, figures, letter_pages, scheme_amounts, scheme_forms
from voordeur.web.guard import StaffRequest, allowed
from voordeur.web.templatetags.voordeur import language


@allowed(Deed.CHECK_SCHEMES)
@require_http_methods(["GET", "POST"])
def check(request: StaffRequest, tenancy_id: int) -> HttpResponse:
    """One screen of the talk: the next question, or the result."""
    sealed, fields = scheme_forms.posted(request)
    screen = scheme_talk(request.user, tenancy_id, today(), language(), sealed=sealed, fields=fields)
    context = {"screen": screen, "id": tenancy_id, "place": case_queries.place(tenancy_id), "key": uuid4()}
    return render(request, "scheme_check.html", context)


@allowed(Deed.CHECK_SCHEMES)
@require_POST
def paper(request: StaffRequest, tenancy_id: int) -> HttpResponse:
    """The page for the tenant; nothing is kept."""
    sealed, _fields = scheme_forms.posted(request)
    spoken = scheme_forms.paper_language(request)
    made = print_schemes.print_talk(request.user, tenancy_id, today(), spoken, sealed)
    return letter_pages.file_answer(made, letter_pages.PDF, "regelingen.pdf")


@allowed(Deed.CHECK_SCHEMES)
@require_POST
def keep(request: StaffRequest, tenancy_id: int) -> HttpResponse:
    """Keep it, because the tenant agreed."""
    sealed, _fields = scheme_forms.posted(request)
    key, spoken = request.POST.get("key", ""), scheme_forms.paper_language(request)
    consent = request.POST.get("toestemming") == "ja"
    keep_scheme_check.keep_talk(
        request.user, tenancy_id, today(), sealed=sealed, key=key, language=spoken, consent=consent
    )
    messages.success(request, _("Bewaard. Wat de moeite waard is staat nu bij dit adres."))
    return redirect("tenancy", tenancy_id)


@allowed(Deed.SEE_POLICY)
@require_GET
def amounts(request: StaffRequest) -> HttpResponse:
    """What we calculate with on a day, with where it stands and how sure that is."""
    form = scheme_forms.AmountsForm(request.GET if "dag" in request.GET else None, initial={"dag": today()})
    day = form.cleaned_data["dag"] if form.is_valid() else today()
    book = rule_book()
    context = {
        "form": form,
        "tables": scheme_amounts.tables(book, day),
        "municipal": book.periods["municipal"],
    }
    return render(request, "scheme_amounts.html", context)


@allowed(Deed.CHECK_SCHEMES)
@require_GET
def tasks(request: StaffRequest) -> HttpResponse:
    """What is to be asked for, and what waits for an answer; what waits longest first."""
    states = scheme_forms.states_of(request.GET.get("stand", ""))
    found = queries.task_page(request.user, today(), figures.page_of(request), states)
    context = {"found": found, "today": today(), "states": scheme_forms.STATES, "chosen": states}
    return render(request, "scheme_tasks.html", context)


@allowed(Deed.CHECK_SCHEMES)
@require_http_methods(["GET", "POST"])
def follow(request: StaffRequest, task_id: int) -> HttpResponse:
    """Write down what became of one of them."""
    task = see_task(request.user, task_id, today())
    form = scheme_forms.FollowForm(
        figures.posted(request), initial={"state_on": today(), "state": task.state}
    )
    if case_forms.done(form, lambda: follow_scheme(request.user, task_id, form.step(), today())):
        messages.success(request, _("Opgeschreven."))
        return redirect("tenancy", task.tenancy)
    return render(request, "scheme_follow.html", {"form": form, "task": task})


@allowed(Deed.CHECK_SCHEMES)
@require_GET
def kept_paper(request: StaffRequest, check_id: UUID) -> HttpResponse:
    """The page of a check that was kept."""
    made = print_schemes.print_kept(request.user, check_id, today(), language())
    return letter_pages.file_answer(made, letter_pages.PDF, "regelingen.pdf")


@allowed(Deed.CHECK_SCHEMES)
@require_POST
def take_away(request: StaffRequest, check_id: UUID) -> HttpResponse:
    """The tenant took the consent back."""
    tenancy_id = keep_scheme_check.take_away(request.user, check_id, today())
    messages.success(request, _("Weggehaald. Er is niets van bewaard."))
    return redirect("tenancy", tenancy_id)
