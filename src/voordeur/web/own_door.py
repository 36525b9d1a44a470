"""The door of the tenant's own page: a browser that opened a personal link gets in, anybody else sees the entrance.

Nothing of these pages is kept, found by a search engine or framed. The policy on `Referer` is the one of every page
(same-origin): with no-referrer a browser sends `Origin: null` with a form, and the check against forged forms refuses
it. The code of a link is in no `Referer` at all: it stands behind the `#`.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.debug import sensitive_post_parameters

from voordeur.actions import tenant_link
from voordeur.actions.tenant_link import Visit
from voordeur.actions.today import today
from voordeur.core.problems import Refused
from voordeur.store.queries import own_page
from voordeur.web.accounts import Accounts

Page = Callable[..., HttpResponse]


def own(page: Page) -> Page:
    """Only in a browser that opened a link, not too long ago. What is refused becomes a page."""

    @wraps(page)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        here = visit_of(request)
        if here is None:
            return unseen(redirect("own_entrance"))
        try:
            return unseen(page(request, here, *args, **kwargs))
        except Refused as refusal:
            return unseen(
                show(request, "own/refused.html", {"problems": refusal.problems, "here": here}, 409)
            )

    return sensitive_post_parameters()(opened)


def visit_of(request: HttpRequest) -> Visit | None:
    """Whose page this browser has open."""
    return tenant_link.visit(request.COOKIES.get(settings.OWN_PAGE_COOKIE, ""), timezone.now(), today())


def show(request: HttpRequest, template: str, values: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page with the landlord at its head."""
    return render(request, template, {"host": own_page.host(), **values}, status=status)


def unseen(answer: HttpResponse) -> HttpResponse:
    """Kept nowhere, found by nobody."""
    patch_cache_control(answer, no_store=True, private=True)
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer


def remember(answer: HttpResponse, key: str, last: date) -> HttpResponse:
    """Keep the key in this browser until the link is too old; out of reach of scripts and other sites."""
    end = timezone.make_aware(datetime.combine(last + timedelta(days=1), time()))
    answer.set_cookie(
        settings.OWN_PAGE_COOKIE,
        key,
        expires=end,
        path="/",
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )
    return answer


def address_of(request: HttpRequest) -> str:
    """From where somebody asks; a header is believed only behind a proxy that is counted."""
    return str(Accounts(request).get_client_ip(request))
