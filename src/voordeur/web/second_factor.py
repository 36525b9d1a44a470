"""Roles that may only work with a second factor: without one, the only open page is the one that sets it up."""

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

Handler = Callable[[HttpRequest], HttpResponseBase]

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
OPEN = frozenset({"account_logout", "account_reauthenticate", "set_language", "light"})
"""Pages that stay open, by name; beside those that set up a second factor."""


class SecondFactor:
    """Sends whoever still needs a second factor to the page where it is made."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, or the way to the page that sets up a second factor."""
        if lacks_second_factor(request) and not _stays_open(request.path_info):
            return redirect("mfa_index")
        return self.get_response(request)


def is_required(role: str) -> bool:
    """True when this installation asks a second factor of this role."""
    roles = settings.SECOND_FACTOR_ROLES
    return role in roles or "all" in roles


def lacks_second_factor(request: HttpRequest) -> bool:
    """True for somebody who signed in, in a role that needs a second factor, and has none.

    Who has one gave it when signing in: there is no way in around it.
    """
    user = request.user
    if not user.is_authenticated or not is_required(getattr(user, "role", "")):
        return False
    return not is_mfa_enabled(user, STRONG) and not _by_strong_provider(request)


def _by_strong_provider(request: HttpRequest) -> bool:
    if not settings.OIDC_STRONG or not request.user.is_authenticated:
        return False
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "socialaccount" for record in records)


def _stays_open(path: str) -> bool:
    try:
        name = resolve(path).url_name or ""
    except Resolver404:
        return False
    return name in OPEN or name.startswith("mfa_")
