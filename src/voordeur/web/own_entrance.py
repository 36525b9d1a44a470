"""The entrance to the tenant's own page: from what was sent to what is shown. The link is opened in `actions`."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from voordeur.actions import tenant_link
from voordeur.actions.today import today
from voordeur.core.personal_links import TOO_OFTEN, read_code, spell
from voordeur.core.problems import Problem, Refused
from voordeur.web.own_door import address_of, visit_of


@dataclass(frozen=True, slots=True)
class Attempt:
    """What became of pressing the button."""

    key: str = ""
    last: date | None = None
    problem: Problem | None = None

    @property
    def status(self) -> int:
        """HTTP status of the page that is shown."""
        if self.problem is None:
            return 200
        return 429 if self.problem is TOO_OFTEN else 409


def first_look(request: HttpRequest) -> dict[str, Any]:
    """What the entrance shows to who comes along: nothing of anybody."""
    opened = visit_of(request) is not None
    return {
        "open": opened,
        "returns": not opened and tenant_link.may_return(_key(request), today()),
        "may_try": True,
    }


def open_with(request: HttpRequest) -> Attempt:
    """Open the link that was sent, in this browser; or, without one, the page that this browser opened before."""
    if not ratelimit.consume(request, action="own_page"):
        return Attempt(problem=TOO_OFTEN)
    given, number = request.POST.get("code", ""), request.POST.get("number", "")
    here = (_key(request), address_of(request), timezone.now(), today())
    try:
        if number.strip() and not given.strip():
            opened = tenant_link.open_again(number, *here)
        else:
            opened = tenant_link.open_link(given, number, *here)
    except Refused as refusal:
        return Attempt(problem=refusal.problems[0])
    return Attempt(opened.key, opened.last)


def asked_again(request: HttpRequest, found: Attempt) -> dict[str, Any]:
    """The entrance once more: with the house number asked, or with what is wrong. Only a whole code comes back."""
    code = read_code(request.POST.get("code", ""))
    about_number = (found.problem.column if found.problem else "number") == "number"
    return {
        "problem": found.problem,
        "code": spell(code) if about_number else "",
        "asks_number": about_number and bool(code),
        "returns": about_number and not code,
        "may_try": found.problem is None or found.problem.column in ("number", "code"),
    }


def _key(request: HttpRequest) -> str:
    return request.COOKIES.get(settings.OWN_PAGE_COOKIE, "")
