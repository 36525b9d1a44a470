"""The destinations of each role: only what exists, only what this role may open."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from voordeur.core.access import Deed, Role, may


@dataclass(frozen=True, slots=True)
class Destination:
    """One place in the menu."""

    title: str
    address: str
    icon: str
    here: bool


_OFFICE = (
    (_("Vandaag"), "today", "list-checks", Deed.SEE_WORKLIST),
    (_("Zaken"), "desk", "pen-line", Deed.SEE_CASES),
    (_("Brieven"), "letter_batch", "mail-open", Deed.SEND_LETTER),
    (_("Portefeuille"), "portfolio", "banknote", Deed.SEE_PORTFOLIO),
    (_("Team"), "team", "user", Deed.SEE_WORKLOAD),
    (_("Week"), "team_week", "calendar-days", Deed.SEE_TEAM_WEEK),
    (_("Betalingen"), "payments", "banknote", Deed.MATCH_PAYMENT),
    (_("Inlezen"), "imports", "arrow-right", Deed.IMPORT),
    (_("Gegevens"), "problems", "list-checks", Deed.IMPORT),
    (_("Teksten"), "texts", "mail-open", Deed.EDIT_TEXT),
    (_("Telefoons"), "phones", "smartphone", Deed.REVOKE_PHONE),
    (_("Beheer"), "staff", "user", Deed.MANAGE_STAFF),
    (_("Privacy"), "privacy", "shield-check", Deed.SEE_PRIVACY),
    (_("Wie keek"), "privacy_log", "search", Deed.SEE_PRIVACY),
    (_("Bewaren"), "privacy_keeping", "calendar-clock", Deed.RUN_RETENTION),
)
_PHONE = (
    (_("Vandaag"), "today", "list-checks"),
    (_("Week"), "week", "calendar-days"),
    (_("Onderweg"), "field", "smartphone"),
    (_("Zoek"), "search", "search"),
    (_("Ik"), "me", "user"),
)


def role_of(request: HttpRequest) -> Role | None:
    """The role of whoever is signed in; None for nobody or for an account without a role."""
    value = getattr(request.user, "role", "") if request.user.is_authenticated else ""
    return Role(value) if value in set(Role) else None


def destinations(request: HttpRequest) -> list[Destination]:
    """The menu of this request."""
    role = role_of(request)
    if role is None:
        return []
    if role is Role.NEIGHBOURHOOD_MANAGER:
        places = [(title, name, icon) for title, name, icon in _PHONE]
    else:
        places = [(title, name, icon) for title, name, icon, deed in _OFFICE if may(role, deed)]
    found = [(str(title), reverse(name), icon) for title, name, icon in places]
    here = max(
        (address for _title, address, _icon in found if request.path.startswith(address)), key=len, default=""
    )
    return [Destination(title, address, icon, address == here) for title, address, icon in found]


def home(request: HttpRequest) -> str:
    """The first page of whoever signed in."""
    places = destinations(request)
    return places[0].address if places else reverse("me")
