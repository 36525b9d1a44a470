"""The key of a phone's day travels in one cookie, and lives nowhere else on the phone.

A cookie, because the browser itself throws it away at the end of the day, also when the app is never opened again
(decision 0016). It goes to /veld/ only. The script of the app reads it to open the packet; so it cannot be HttpOnly.
"""

from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from voordeur.actions.carry_phone import secret_fits
from voordeur.store.models import PhoneDay

NAME = "voordeur_veld"
R = TypeVar("R", bound=HttpResponse)


def give_key(answer: R, phone: PhoneDay, request: HttpRequest) -> R:
    """The answer, with the key of this phone's day until that ends."""
    seconds = max(0, int((phone.until - timezone.now()).total_seconds()))
    answer.set_cookie(
        NAME, f"{phone.pk}.{phone.secret}", max_age=seconds, path=reverse("field"), samesite="Strict",
        secure=settings.HTTPS,
    )  # fmt: skip
    return answer


def clear_key(answer: R) -> R:
    """The answer, and the key is gone."""
    answer.delete_cookie(NAME, path=reverse("field"), samesite="Strict")
    return answer


def phone_of(request: HttpRequest) -> PhoneDay | None:
    """The phone that asks, when it holds its key; None for anybody else."""
    number, _, secret = request.COOKIES.get(NAME, "").partition(".")
    try:
        phone = PhoneDay.objects.select_related("user").filter(pk=UUID(number)).first()
    except ValueError:
        return None
    return phone if phone is not None and secret_fits(phone, secret) else None
