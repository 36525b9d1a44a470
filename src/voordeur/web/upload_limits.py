"""How much somebody may send: nothing of note before signing in, a file of a bank only where files are read."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from voordeur.actions.import_file import LARGEST
from voordeur.core.access import Deed, may
from voordeur.web.menu import role_of

Handler = Callable[[HttpRequest], HttpResponseBase]

NOBODY = 64 * 1024
"""Bytes: a form to sign in is smaller than 10 kB, a passkey's answer too."""
SOMEBODY = 25 * 1024 * 1024
"""Bytes: a form with a photograph."""
_ENVELOPE = 1024 * 1024  # what a form needs around its file


class UploadLimits:
    """Refuses what is too large before a byte of it is read. Without a length nothing is read at all (Django)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, or the page that says that it is too much."""
        if _length(request) > most(request):
            return render(request, "413.html", status=413)
        return self.get_response(request)


def most(request: HttpRequest) -> int:
    """Bytes that whoever asks may send."""
    if not request.user.is_authenticated:
        return NOBODY
    role = role_of(request)
    return LARGEST + _ENVELOPE if role is not None and may(role, Deed.IMPORT) else SOMEBODY


def _length(request: HttpRequest) -> int:
    given = request.META.get("CONTENT_LENGTH") or "0"
    return int(given) if given.isdecimal() else 0
