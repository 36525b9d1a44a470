"""A household with a personal link, and the tenant's telephone."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.actions.letter_town import HEAD
from tests.web.factories import TODAY, Town
from voordeur.actions.edit_text import keep_head
from voordeur.actions.tenant_link import make
from voordeur.core.personal_links import Handed
from voordeur.store.models import Tenancy

ENTRANCE = "/mijn/"
PAGES = ("own_page", "own_pay", "own_paid", "own_contact", "own_known", "own_no")


@dataclass
class Phone:
    """One browser of a tenant; `client` keeps its cookies."""

    client: Client

    def open(self, code: str, number: str = "", **more: str) -> HttpResponse:
        """Press the button of the entrance."""
        return self.client.post(ENTRANCE, {"code": code, "number": number}, **more)  # type: ignore[return-value, arg-type]

    def see(self, name: str) -> HttpResponse:
        """A page by the name of its address."""
        return self.client.get(reverse(name))  # type: ignore[return-value]

    def send(self, name: str, **form: str) -> HttpResponse:
        """Fill in the form of a page."""
        return self.client.post(reverse(name), form)  # type: ignore[return-value]

    @property
    def key(self) -> str:
        """What this browser keeps."""
        found = self.client.cookies.get(settings.OWN_PAGE_COOKIE)
        return str(found.value) if found else ""

    @property
    def is_in(self) -> bool:
        """Does this browser see the page now?"""
        return self.see("own_page").status_code == 200


def phone() -> Phone:
    """A browser that has not been here before; it checks forms as a real one is checked."""
    return Phone(Client())


def settle_head(town: Town) -> None:
    """The landlord has a name, an account and a telephone number."""
    keep_head(town.administrator, **HEAD)


def link_for(town: Town, tenancy: Tenancy, handed: Handed = Handed.IN_PERSON) -> str:
    """The code of a new link."""
    return make(town.consultant, tenancy.pk, handed, TODAY)
