"""A new personal link as staff show it, once: an address with the code behind its #, a QR code, a code to type."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from voordeur.adapters.qr import link_code
from voordeur.core.personal_links import in_link, spell


@dataclass(frozen=True, slots=True)
class ShownLink:
    """What is on the screen now and never again."""

    address: str
    code: str
    """In groups, to type over."""
    entrance: str
    """Where it is typed."""
    svg: str


def entrance(request: HttpRequest) -> str:
    """Where a tenant opens a link."""
    return request.build_absolute_uri(reverse("own_entrance"))


def shown(request: HttpRequest, code: str) -> ShownLink:
    """The link of a new code at this installation."""
    where = entrance(request)
    address = in_link(where, code)
    return ShownLink(address, spell(code), where, link_code(address))
