"""How long somebody stays signed in: not too long without a click, never longer than a working day."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from voordeur.actions.sign_in import session_seen

Handler = Callable[[HttpRequest], HttpResponseBase]

BEGAN, SEEN = "began", "seen"
_NOTE_EVERY = 60  # seconds; the session is not written on every click


@receiver(user_logged_in)
def begin(request: HttpRequest, **_kwargs: Any) -> None:
    """A session knows from the start when it began: the first page need not write that down."""
    request.session[BEGAN] = request.session[SEEN] = time.time()


class SessionLimits:
    """Signs out whoever was idle too long or has been signed in too long; the page then asks to sign in again."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, to somebody signed in or to nobody."""
        if request.user.is_authenticated:
            self._look(request, time.time())
        return self.get_response(request)

    def _look(self, request: HttpRequest, now: float) -> None:
        session = request.session
        began = session.setdefault(BEGAN, now)
        seen = session.setdefault(SEEN, now)
        if now - began > settings.SESSION_ABSOLUTE or now - seen > settings.SESSION_IDLE:
            logout(request)
        elif now - seen > _NOTE_EVERY and request.path != reverse(
            "field_contact"
        ):  # that comes by itself: no click
            session[SEEN] = now
            session_seen(str(session.session_key), timezone.now())
