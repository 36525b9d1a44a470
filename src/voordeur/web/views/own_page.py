"""The tenant's own page: opened by a personal link, without an account. One message per page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from voordeur.actions import ask_on_own_page, show_own_page, tenant_link
from voordeur.actions.tenant_link import Visit
from voordeur.actions.today import today
from voordeur.web import figures, own_entrance
from voordeur.web.case_forms import done
from voordeur.web.own_door import own, remember, show, unseen
from voordeur.web.own_forms import AskForm, WordsForm


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def entrance(request: HttpRequest) -> HttpResponse:
    """Nothing of anybody: a button that opens the link. Only the button does; looking at the address opens nothing."""
    if request.method == "GET":
        return unseen(show(request, "own/entrance.html", own_entrance.first_look(request)))
    found = own_entrance.open_with(request)
    if found.key and found.last:
        return unseen(remember(redirect("own_page"), found.key, found.last))
    return unseen(show(request, "own/entrance.html", own_entrance.asked_again(request, found), found.status))


@require_GET
@own
def overview(request: HttpRequest, here: Visit) -> HttpResponse:
    """What is open and why, how to pay it, and what else can be done."""
    return show(
        request, "own/overview.html", {"here": here, "page": show_own_page.show_own_page(here, today())}
    )


@require_GET
@own
def pay(request: HttpRequest, here: Visit) -> HttpResponse:
    """What to fill in at the bank, on this phone."""
    page = show_own_page.show_own_page(here, today())
    return show(request, "own/pay.html", {"here": here, "pay": figures.found_or_404(page.pay)})


@require_GET
@own
def paid(request: HttpRequest, here: Visit) -> HttpResponse:
    """What came in during the past year, and what it paid."""
    return show(request, "own/paid.html", {"here": here, "lines": show_own_page.show_paid(here, today())})


@require_http_methods(["GET", "POST"])
@own
def contact(request: HttpRequest, here: Visit) -> HttpResponse:
    """Ask to be rung or visited."""
    first = {"kind": "call", "part": ""}
    form = AskForm(figures.posted(request), initial=first)
    if done(form, lambda: ask_on_own_page.ask_contact(here, form.asked(), today(), timezone.now())):
        messages.success(request, _("Wij hebben uw vraag. U hoort van ons."))
        return redirect("own_page")
    return show(request, "own/contact.html", {"here": here, "form": form})


@require_http_methods(["GET", "POST"])
@own
def known(request: HttpRequest, here: Visit) -> HttpResponse:
    """What we hold, in short; ask for all of it, or say what is wrong."""
    form = WordsForm(figures.posted(request))
    if done(
        form, lambda: ask_on_own_page.ask_about_data(here, form.kind(), form.said(), today(), timezone.now())
    ):
        messages.success(request, _("U krijgt binnen een maand antwoord."))
        return redirect("own_page")
    return show(
        request, "own/known.html", {"here": here, "form": form, "known": show_own_page.show_known(here)}
    )


@require_http_methods(["GET", "POST"])
@own
def municipality(request: HttpRequest, here: Visit) -> HttpResponse:
    """Say no to passing anything on to the municipality."""
    if request.method == "POST":
        ask_on_own_page.say_no(here, today())
        messages.success(request, _("U zei nee. Wij geven niets door."))
        return redirect("own_page")
    return show(request, "own/no.html", {"here": here, "page": show_own_page.show_own_page(here, today())})


@require_POST
@own
def close(request: HttpRequest, here: Visit) -> HttpResponse:
    """Done: the page shows nothing until the link is opened again; or the link is thrown away."""
    if request.POST.get("link") == "weg":
        tenant_link.throw_away(here)
    else:
        tenant_link.close(here)
    return redirect("own_entrance")
