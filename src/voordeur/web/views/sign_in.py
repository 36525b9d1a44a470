"""Own means to sign in, and those of a colleague for the administrator."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from voordeur.actions.sign_in import drop_second_factors, link_identity, sign_out_member, unlock
from voordeur.core.access import Deed
from voordeur.web import figures, openid
from voordeur.web.guard import StaffRequest, allowed


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]
    """Take a passkey away; not the last second factor of somebody whose role needs one."""

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Away, or the page that says why not."""
        if not get_adapter().can_delete_authenticator(self.get_object()):
            said = get_adapter().error_messages["cannot_delete_authenticator"]
            page: HttpResponseBase = self.render_to_response(self.get_context_data(form=form, refused=said))
            return page
        answer: HttpResponseBase = super().form_valid(form)
        return answer


@require_POST
def provider(request: HttpRequest) -> HttpResponseBase:
    """To the identity provider; for somebody who signed in: to link it."""
    _there_is_one()
    return _link(request) if request.user.is_authenticated else openid.leave_for_provider(request)


@require_GET
def provider_callback(request: HttpRequest) -> HttpResponseBase:
    """Back from the identity provider."""
    _there_is_one()
    return openid.come_back(request)


@allowed(Deed.MANAGE_STAFF)
@require_POST
def member_unlock(request: StaffRequest, member_id: int) -> HttpResponse:
    """Let a colleague try again at once."""
    unlock(request.user, member_id)
    return _done(request, member_id, _("Het account is weer open om in te loggen."))


@allowed(Deed.MANAGE_STAFF)
@require_POST
def member_second_factors(request: StaffRequest, member_id: int) -> HttpResponse:
    """A lost telephone."""
    drop_second_factors(request.user, member_id)
    return _done(request, member_id, _("De tweede stap is weg en je collega is overal uitgelogd."))


@allowed(Deed.MANAGE_STAFF)
@require_POST
def member_sign_out(request: StaffRequest, member_id: int) -> HttpResponse:
    """Sign a colleague out everywhere."""
    sign_out_member(request.user, member_id)
    return _done(request, member_id, _("Je collega is overal uitgelogd."))


@allowed(Deed.MANAGE_STAFF)
@require_POST
def member_identity(request: StaffRequest, member_id: int) -> HttpResponse:
    """Link a colleague to the identity provider."""
    link_identity(request.user, member_id, figures.text_in(request, "subject", 100).strip())
    return _done(request, member_id, _("Bewaard."))


def _done(request: HttpRequest, member_id: int, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("staff_change", member_id)


def _there_is_one() -> None:
    if not settings.OIDC_ISSUER:
        raise Http404


@reauthentication_required(app="allauth.socialaccount", allow_get=True)  # type: ignore[untyped-decorator]
def _link(request: HttpRequest) -> HttpResponseBase:
    return openid.leave_for_provider(request)


def too_often(request: HttpRequest) -> HttpResponse:
    """Too many requests from one address."""
    return render(request, "429.html", status=429)
