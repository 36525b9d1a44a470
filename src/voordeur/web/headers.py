"""Headers that Django has no setting for: what a page may use of the device, and that nobody keeps a copy of it."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

Handler = Callable[[HttpRequest], HttpResponseBase]

PERMISSIONS = (
    "accelerometer=(), autoplay=(), camera=(), display-capture=(), fullscreen=(self), geolocation=(self),"
    " gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(),"
    " publickey-credentials-get=(self), publickey-credentials-create=(self)"
)


class Headers:
    """Adds them to every answer. Pages of somebody who signed in are kept nowhere but on the screen."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, with its headers."""
        answer = self.get_response(request)
        answer.headers.setdefault("Permissions-Policy", PERMISSIONS)
        answer.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            answer.headers.setdefault("Cache-Control", "no-store")
        return answer
