"""Whoever signs out on any page of a browser, signs out of the phone app in it too."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponse, HttpResponseBase
from django.urls import reverse

from voordeur.actions.carry_phone import end_days_of
from voordeur.field.key_cookie import clear_key

Handler = Callable[[HttpRequest], HttpResponseBase]


class PhoneDayEnds:
    """After the sign-out of the other screens: the key of the day goes, here and in the browser."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer; when it was to somebody who signed out, without the key."""
        if request.method != "POST" or request.path != reverse("account_logout"):
            return self.get_response(request)
        session = request.session.session_key
        answer = self.get_response(request)
        if session and not request.user.is_authenticated and isinstance(answer, HttpResponse):
            end_days_of(session)
            clear_key(answer)
        return answer
