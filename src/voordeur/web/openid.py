"""Signing in at the identity provider (Entra ID, Keycloak): who somebody is comes from there, what they may never does.

OpenID Connect Core 1.0, authorization code flow with PKCE (RFC 7636). Everything in its section 3.1.3.7 is checked,
also what it lets go when the token comes over TLS: the signature. Claims about role, group or e-mail are not even read.
"""

import hmac
import secrets
import time
from typing import Any, Never

import jwt
import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from voordeur.actions.sign_in import identity

ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
"""Signatures with the provider's own key. Not `none`, and not HS256, for which everybody with our secret could sign."""
_LEEWAY = 60  # seconds of difference between two clocks
_OLDEST = 600  # seconds; a token is used at once or not at all
_LONGEST_KEY = 191  # characters of a person's key that the table holds


class OpenID(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """One conversation with the provider."""

    nonce = ""
    """What we sent along; the token must hold the same, so that a token of another conversation is worth nothing."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, settings.OIDC_ID)

    @property
    def openid_config(self) -> dict[str, Any]:
        """The provider's own description. Of another issuer than ours: refused (OpenID Connect Discovery 1.0, 4.3)."""
        try:
            found: dict[str, Any] = super().openid_config
        except (requests.RequestException, ValueError) as error:
            raise OAuth2Error("the provider cannot be reached") from error
        if str(found.get("issuer", "")).rstrip("/") != settings.OIDC_ISSUER:
            raise OAuth2Error("the provider describes another issuer")
        return found

    def get_callback_url(self, request: HttpRequest, app: object) -> str:
        """Where the provider sends somebody back to."""
        return str(request.build_absolute_uri(reverse("oidc_callback")))

    def complete_login(self, request: HttpRequest, app: Any, token: object, **kwargs: Any) -> SocialLogin:
        """Who it is, once everything fits. OAuth2Error for anything that does not."""
        claims = self.verified(str(kwargs["response"].get("id_token") or ""), app.client_id)
        key = identity(str(claims["sub"]))
        if len(key) > _LONGEST_KEY:
            raise OAuth2Error("the subject is too long")
        login = self.get_provider().sociallogin_from_response(request, {"id_token": {"sub": key}})
        login.account.extra_data = {}  # nothing of what the provider tells is kept
        return login

    def verified(self, token: str, client: str) -> dict[str, Any]:
        """The claims of an id_token that is signed, ours, meant for us, fresh, and of this conversation."""
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                key=self._key_of(token),
                algorithms=list(ALGORITHMS),
                audience=client,
                issuer=self.openid_config["issuer"],
                leeway=_LEEWAY,
                options={"require": ["iss", "sub", "aud", "exp", "iat", "nonce"]},
            )
        except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
            raise OAuth2Error("the id_token does not fit") from error
        audience = claims["aud"]
        many = isinstance(audience, list) and len(audience) > 1
        if (many or "azp" in claims) and claims.get("azp") != client:
            raise OAuth2Error("the id_token was made for another client")
        if not self.nonce or not hmac.compare_digest(str(claims["nonce"]), self.nonce):
            raise OAuth2Error("the id_token is of another conversation")
        if time.time() - claims["iat"] > _OLDEST:
            raise OAuth2Error("the id_token is old")
        return claims

    def _key_of(self, token: str) -> Any:
        """The provider's key with the name that the token gives. A key for encryption is no key for signing."""
        header = jwt.get_unverified_header(token)
        if header.get("alg") not in ALGORITHMS:
            raise OAuth2Error("the id_token is not signed with the provider's key")
        with Identities(self.request).get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        found = jwt.PyJWKSet.from_dict(answer.json())
        for key in found.keys:
            if key.key_id == header.get("kid") and key.public_key_use in (None, "sig"):
                return key.key
        raise OAuth2Error("the provider has no such key")


class OpenIDCallback(OAuth2CallbackView):  # type: ignore[misc]
    """Somebody comes back from the provider."""

    def _get_state(self, request: HttpRequest, provider: Any) -> tuple[Any, Any]:
        """What was kept when they left: without it (or with another's) there is no conversation."""
        state, refused = super()._get_state(request, provider)
        issuer = request.GET.get("iss")  # RFC 9207: which provider answers
        if state is not None and issuer is not None and issuer.rstrip("/") != settings.OIDC_ISSUER:
            return None, Identities(request).refuse(request)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, refused


class Identities(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """What becomes of somebody whom the provider vouches for."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never: accounts are made by an administrator."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Unknown here: no account, no rights, only the number that an administrator needs to link one."""
        if sociallogin.state.get("process") == "connect":
            if sociallogin.is_existing and sociallogin.user != request.user:
                raise ImmediateHttpResponse(self.refuse(request, belongs_to_other=True))
            return
        if sociallogin.is_existing:
            return
        subject = sociallogin.account.uid.rpartition("@")[0]
        page = render(request, "account/not_known.html", {"subject": subject}, status=403)
        raise ImmediateHttpResponse(page)

    def on_authentication_error(self, request: HttpRequest, provider: object, **kwargs: object) -> Never:
        """Whatever went wrong there looks the same here: it did not work, try again."""
        raise ImmediateHttpResponse(self.refuse(request))

    def refuse(self, request: HttpRequest, *, belongs_to_other: bool = False) -> HttpResponse:
        """The page that says so."""
        return render(request, "account/not_vouched.html", {"belongs_to_other": belongs_to_other}, status=401)

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: object) -> str:
        """After linking: back to where it was asked."""
        return reverse("mfa_index")

    def send_notification_mail(self, *args: object, **kwargs: object) -> None:
        """No mail: the log keeps it."""


def leave_for_provider(request: HttpRequest) -> HttpResponseBase:
    """To the provider, with a fresh state, nonce and PKCE challenge. Nothing of the address bar goes along."""
    nonce = secrets.token_urlsafe(32)
    try:
        adapter = OpenID(request)
        wanted = request.POST.get("next", "")
        answer: HttpResponseBase = _provider(adapter).redirect(
            request,
            "connect" if request.user.is_authenticated else "login",
            next_url=wanted if _is_ours(request, wanted) else None,
            auth_params={"nonce": nonce},
            nonce=nonce,
        )
    except (OAuth2Error, requests.RequestException):
        return Identities(request).refuse(request)
    return answer


def come_back(request: HttpRequest) -> HttpResponseBase:
    """From the provider: in, not known here, or refused."""
    answer: HttpResponseBase = OpenIDCallback.adapter_view(OpenID(request))(request)
    return answer


def _provider(adapter: OpenID) -> Any:
    """The provider, which asks the adapter that we made."""
    provider = adapter.get_provider()
    provider.get_oauth2_adapter = lambda request: adapter
    return provider


def _is_ours(request: HttpRequest, address: str) -> bool:
    return bool(address) and url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )
