"""What the phone app asks of the server: itself, a key for the day, the packet, and a place for what was recorded."""

from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_POST

from voordeur.actions.add_door import added, look_up_door
from voordeur.actions.carry_phone import begin_day, end_day
from voordeur.actions.today import today
from voordeur.core.access import Deed
from voordeur.field import precache, python_bundle
from voordeur.field.headers import app_policy, same_for_everybody
from voordeur.field.key_cookie import clear_key, give_key, phone_of
from voordeur.field.messages import Contact, answer_contact, body_of, device_of
from voordeur.field.words import both_languages
from voordeur.web.guard import StaffRequest, allowed


@require_GET
@app_policy
@same_for_everybody
def app(request: HttpRequest) -> HttpResponse:
    """The empty house of the app: the same for everybody, kept on the phone."""
    return _shell(request)


@require_GET
@same_for_everybody
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, with what it keeps filled in."""
    return HttpResponse(precache.worker(_shell(request).content), content_type="text/javascript")


@require_GET
@same_for_everybody
def manifest(request: HttpRequest) -> HttpResponse:
    """What makes it an app that can be installed."""
    return render(request, "field/app.webmanifest", content_type="application/manifest+json")


@require_GET
@same_for_everybody
def words(request: HttpRequest) -> HttpResponse:
    """Every sentence of the app in both languages."""
    return JsonResponse(both_languages())


@allowed(Deed.CARRY_PHONE)
@require_POST
def begin(request: StaffRequest) -> HttpResponse:
    """A key for today, for who signed in; it ends with the day."""
    device, label = device_of(body_of(request))
    phone = begin_day(request.user, device, label, str(request.session.session_key), today())
    return give_key(JsonResponse({"phone": str(phone.pk), "until": phone.until.isoformat()}), phone, request)


@csrf_exempt
@require_POST
def contact(request: HttpRequest) -> HttpResponse:
    """The phone delivers what it recorded and hears what is true now. No sign-in: what it sends is sealed.

    Nor a token against forged forms: what counts is sealed, and the key goes along from our own pages only.
    """
    asked = Contact.read(body_of(request))
    phone = phone_of(request)
    if phone is not None and request.user.is_authenticated and request.user.pk != phone.user_id:
        end_day(phone)  # a colleague signed in on this phone: the day of the first one is over
        phone.refresh_from_db()
    return JsonResponse(answer_contact(asked, phone, today()))


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """Signed out on the phone: the key is gone, here and there."""
    phone = phone_of(request)
    if phone is not None:
        end_day(phone)
    logout(request)
    return clear_key(JsonResponse({"signed_out": True}))


@ensure_csrf_cookie
@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """Look up an address in the own neighbourhoods, or add one to the doors of today. Only with network."""
    phone, asked = phone_of(request), body_of(request)
    found: list[dict[str, Any]] = []
    if phone is not None and isinstance(asked.get("add"), int):
        return JsonResponse({"found": found, "added": added(phone, asked["add"], today())})
    if phone is not None:
        found = look_up_door(phone, str(asked.get("q", ""))[:80], today())
    return JsonResponse({"found": found})


def _shell(request: HttpRequest) -> HttpResponse:
    context = {"modules": precache.modules(), "bundle": python_bundle.address()}
    return render(request, "field/app.html", context)
