"""The privacy officer's desk: requests, emergencies, who looked at what, and what may be kept no longer."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from voordeur.actions import correct_tenant, handle_request, open_in_emergency, retain
from voordeur.actions.look_in_log import look_in_log, see_standouts
from voordeur.actions.take_holdings import take_holdings
from voordeur.actions.today import today
from voordeur.core.access import Deed
from voordeur.core.emergency import Judgement
from voordeur.core.rights import IdentityCheck, ProcessingGround, RequestState
from voordeur.store.personal_data import privacy_papers
from voordeur.store.queries import log
from voordeur.store.queries import privacy as desk
from voordeur.web import figures, letter_pages, privacy_forms, privacy_pages
from voordeur.web.case_forms import done
from voordeur.web.guard import StaffRequest, allowed


@allowed(Deed.SEE_PRIVACY)
@require_GET
def privacy(request: StaffRequest) -> HttpResponse:
    """What waits: requests with their term, emergencies to judge, what may go, who stands in for whom."""
    return render(request, "privacy.html", privacy_pages.desk_context(request.user, today()))


@allowed(Deed.HANDLE_REQUEST)
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Write down a request."""
    form = privacy_forms.RequestForm(figures.posted(request), initial={"received": today()})
    if done(form, lambda: handle_request.receive(request.user, form.where(), form.asked(), today())):
        messages.success(request, _("Opgeschreven. De termijn loopt."))
        return redirect("privacy")
    return render(request, "privacy_new.html", {"form": form})


@allowed(Deed.HANDLE_REQUEST)
@require_GET
def asked(request: StaffRequest, request_id: int) -> HttpResponse:
    """One request: what is asked, until when, and what can be done."""
    file = desk.request_file(handle_request.see(request.user, request_id))
    return render(request, "privacy_request.html", privacy_pages.request_context(file, today()))


@allowed(Deed.HANDLE_REQUEST)
@require_POST
def identify(request: StaffRequest, request_id: int) -> HttpResponse:
    """Write down how we know who asks."""
    how = privacy_pages.chosen(IdentityCheck, request.POST.get("how", ""))
    who, together = (
        figures.number_in(request, "who") or None,
        request.POST.get("who") == privacy_forms.ALL_TENANTS,
    )
    handle_request.identify(request.user, request_id, how, today(), who, together=together)
    messages.success(request, _("Bewaard."))
    return redirect("privacy_request", request_id)


@allowed(Deed.HANDLE_REQUEST)
@require_POST
def extend(request: StaffRequest, request_id: int) -> HttpResponse:
    """Two months more."""
    handle_request.extend(request.user, request_id, figures.text_in(request, "reason"), today())
    messages.success(request, _("De termijn is verlengd."))
    return redirect("privacy_request", request_id)


@allowed(Deed.HANDLE_REQUEST)
@require_POST
def answer(request: StaffRequest, request_id: int) -> HttpResponse:
    """Done what was asked, or refused with a reason."""
    state = RequestState.REFUSED if request.POST.get("state") == "refused" else RequestState.GRANTED
    handle_request.answer(request.user, request_id, state, figures.text_in(request, "answer"), today())
    messages.success(request, _("Het verzoek is beantwoord."))
    return redirect("privacy_request", request_id)


@allowed(Deed.HANDLE_REQUEST)
@require_POST
def go_on(request: StaffRequest, request_id: int) -> HttpResponse:
    """Contact may go on although somebody objected."""
    ground = privacy_pages.chosen(ProcessingGround, request.POST.get("ground", ""))
    handle_request.go_on(request.user, request_id, ground, figures.text_in(request, "reason"), today())
    messages.success(request, _("Bewaard. Contact kan weer."))
    return redirect("privacy_request", request_id)


@allowed(Deed.HANDLE_REQUEST)
@require_http_methods(["GET", "POST"])
def correct(request: StaffRequest, request_id: int) -> HttpResponse:
    """Put right what is wrong about a tenant."""
    file = desk.request_file(handle_request.see(request.user, request_id))
    who = privacy_pages.tenant_of(file, request.GET.get("wie", ""))
    form = privacy_forms.CorrectForm(figures.posted(request), of=who)
    user, day = request.user, today()
    if done(form, lambda: correct_tenant.correct_tenant(user, request_id, who.id, form.told(), day)):
        messages.success(request, _("Bewaard. Wat er stond, staat in het logboek tot het gewist wordt."))
        return redirect("privacy_request", request_id)
    return render(request, "privacy_correct.html", {"form": form, "file": file})


@allowed(Deed.HANDLE_REQUEST)
@require_GET
def holdings(request: StaffRequest, request_id: int, language: str, form: str) -> HttpResponse:
    """Everything that is kept of the household, as PDF or JSON."""
    if form not in ("pdf", "json") or language not in ("nl", "en"):
        raise Http404
    name, content = take_holdings(request.user, request_id, form, language, today())
    kind = letter_pages.PDF if form == "pdf" else letter_pages.JSON
    return letter_pages.file_answer(content, kind, name, inline=False)


@allowed(Deed.SEE_PRIVACY)
@require_GET
def look_up(request: StaffRequest) -> HttpResponse:
    """Who looked at what: of one household or one colleague."""
    form = privacy_forms.LogForm(request.GET or None, people=log.colleagues())
    search = form.search()
    found = look_in_log(request.user, search, figures.page_of(request))
    context = {"form": form, "found": found, "asked": search.asked, "query": privacy_pages.query_of(request)}
    if not search.asked:
        context["looks"] = see_standouts(request.user, today())
    return render(request, "privacy_log.html", context)


@allowed(Deed.RUN_RETENTION)
@require_http_methods(["GET", "POST"])
def keeping(request: StaffRequest) -> HttpResponse:
    """What may be kept no longer, and after a press of the button its end."""
    if request.method == "POST":
        erased = retain.erase(request.user, today())
        messages.success(request, privacy_pages.erased_in_words(erased.count))
        return redirect("privacy_keeping")
    return render(request, "privacy_keeping.html", privacy_pages.keeping_context(request.user, today()))


@allowed(Deed.SEE_PRIVACY)
@require_GET
def paper(request: StaffRequest, name: str) -> HttpResponse:
    """The register of processing or the outline of the DPIA, made from this installation."""
    return letter_pages.file_answer(
        privacy_papers()[name].encode(), privacy_pages.MARKDOWN, name, inline=False
    )


@allowed(Deed.SEE_PRIVACY)
@require_http_methods(["GET", "POST"])
def emergency(request: StaffRequest, access_id: int) -> HttpResponse:
    """A file that was opened in an emergency, to judge."""
    line = open_in_emergency.read_reason(request.user, access_id)
    form = privacy_forms.JudgeForm(figures.posted(request))
    if not form.is_valid():
        return render(request, "privacy_emergency.html", {"form": form, "line": line})
    given = form.cleaned_data
    judgement = Judgement(given["judgement"])
    open_in_emergency.judge(request.user, access_id, judgement, given["remark"], timezone.now())
    messages.success(request, _("Bewaard."))
    return redirect("privacy")
