"""Headers of the phone app: what its page may load, and what a phone may keep."""

from collections.abc import Callable
from functools import wraps
from typing import cast

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse

View = Callable[[HttpRequest], HttpResponse]


def app_policy(view: View) -> View:
    """Workers of our own, and compiled code in them for the check on schemes; for the rest as strict as any page."""
    widened = csp_update(
        {"worker-src": ["'self'"], "script-src": ["'self'", "'wasm-unsafe-eval'"], "manifest-src": ["'self'"]}
    )
    return cast(View, widened(view))


def same_for_everybody(view: View) -> View:
    """Holds nothing of anybody: the browser may keep it, and asks whether it is still the same."""

    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponse:
        answer = view(request)
        answer["Cache-Control"] = "no-cache"
        return answer

    return answered
