"""The door of every screen: signed in, allowed in this role; a refusal becomes a page that says what to do."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django_htmx.middleware import HtmxDetails

from voordeur.core.access import Deed, Role, may
from voordeur.core.problems import Refused
from voordeur.store.models import User
from voordeur.web.menu import role_of

P = ParamSpec("P")


class StaffRequest(HttpRequest):
    """A request by somebody who signed in."""

    user: User
    htmx: HtmxDetails


Screen = Callable[Concatenate[StaffRequest, P], HttpResponseBase]


def allowed(*deeds: Deed) -> Callable[[Screen[P]], Callable[..., HttpResponseBase]]:
    """Only for somebody who signed in and may do one of these deeds; others get 403. A Refused becomes a page.

    Without deeds: for everybody who signed in.
    """

    def door(screen: Screen[P]) -> Callable[..., HttpResponseBase]:
        @wraps(screen)
        def opened(request: StaffRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            role = role_of(request)
            if deeds and (role is None or not any(may(role, deed) for deed in deeds)):
                raise PermissionDenied
            try:
                return screen(request, *args, **kwargs)
            except Refused as refusal:
                return refused(request, refusal)

        return login_required(opened)

    return door


def role(request: StaffRequest) -> Role:
    """The role of somebody who came through the door."""
    return Role(request.user.role)


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """The page of a deed that could not be done: what, and how to mend it. Not found and not yours look the same."""
    problems: list[Any] = refusal.problems
    missing = any(problem.code in NOT_YOURS for problem in problems)
    return render(
        request, "refused.html", {"problems": problems, "missing": missing}, status=404 if missing else 409
    )


NOT_YOURS = frozenset({"unknown-tenancy", "not-found", "no-such-tenancy", "not-yours"})
"""Codes of a Refused that answer "does not exist" and "is not yours" with the same page."""
