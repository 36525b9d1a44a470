"""Where somebody lands, how the screen looks, and searching."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from voordeur.actions.look_up import look_up
from voordeur.core.access import Deed
from voordeur.store import queries
from voordeur.web import figures, menu
from voordeur.web.guard import StaffRequest, allowed
from voordeur.web.templatetags.voordeur import LIGHT_COOKIE, LIGHTS

_A_YEAR = 365 * 24 * 3600


@allowed()
@require_GET
def home(request: StaffRequest) -> HttpResponse:
    """To the first page of this role."""
    return redirect(menu.home(request))


@allowed()
@require_GET
def me(request: StaffRequest) -> HttpResponse:
    """Own settings: light, language, password, sign out."""
    return render(request, "me.html")


@require_POST
def light(request: HttpRequest) -> HttpResponse:
    """Remember the light somebody chose; nothing chosen: the device decides."""
    chosen = request.POST.get("light", "")
    answer = HttpResponseRedirect(_back(request))
    if chosen in LIGHTS:
        answer.set_cookie(LIGHT_COOKIE, chosen, max_age=_A_YEAR, samesite="Lax", secure=request.is_secure())
    else:
        answer.delete_cookie(LIGHT_COOKIE)
    return answer


@allowed(Deed.SEE_WORKLIST)
@require_http_methods(["GET", "POST"])
def search(request: StaffRequest) -> HttpResponse:
    """Find a tenancy by address or name. Asked by POST, so that no name ends up in an address."""
    text = figures.text_in(request, "q", 80)
    found = look_up(request.user, text)
    if len(found) == 1:
        return redirect("tenancy", found[0].tenancy)
    return render(
        request, "search.html", {"text": text, "found": found[: queries.MOST_FOUND], "all": len(found)}
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The 404 page, in the language of the reader."""
    return render(request, "404.html", status=404)


def _back(request: HttpRequest) -> str:
    """The page the form stood on; never another site."""
    wanted = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else "/"
