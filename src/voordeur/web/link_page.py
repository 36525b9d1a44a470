"""A new personal link as staff show it, once: an address with the code behind its #, a QR code, a code to type."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from voordeur.adapters.qr import link_code
from voordeur.core.personal_links import spell


@dataclass(frozen=True, slots=True)
class ShownLink:
    """What is on the screen now and never again."""

    address: str
    code: str
    """In groups, to type over."""
    entrance: str
    """Where it is typed."""
    svg: str


def shown(request: HttpRequest, code: str) -> ShownLink:
    """The link of a new code at this installation."""
    entrance = request.build_absolute_uri(reverse("own_entrance"))
    address = f"{entrance}#{code}"
    return ShownLink(address, spell(code), entrance, link_code(address))
