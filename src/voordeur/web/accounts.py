"""How people get in: an administrator makes accounts, too many wrong guesses close one, the log keeps it all."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.signals import social_account_added
from django.conf import settings
from django.dispatch import receiver
from django.forms import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from voordeur.actions.sign_in import (
    closed_at,
    end_oldest_sessions,
    end_sessions,
    note_failure,
    note_means,
    note_sign_in,
    seal_secret,
    unseal_secret,
)
from voordeur.store import queries
from voordeur.store.models import User
from voordeur.web.second_factor import is_required

_TOO_OFTEN = _("Te vaak geprobeerd. Wacht een kwartier, of vraag de beheerder om je account te openen.")


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing in with a password, and what happens around any sign-in."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("Gebruikersnaam en wachtwoord horen niet bij elkaar."),
        "incorrect_password": _("Dit wachtwoord klopt niet."),
        "enter_current_password": _("Dit is niet je wachtwoord van nu."),
        "too_many_login_attempts": _TOO_OFTEN,
        "rate_limited": _TOO_OFTEN,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: accounts are made by an administrator."""
        return False

    def add_message(self, *args: object, **kwargs: object) -> None:
        """No remark about signing in or out: the page itself shows it."""

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """A closed account is not even tried; whether it exists makes no difference."""
        super().pre_authenticate(request, **credentials)
        if closed_at(str(credentials.get("username", "")), timezone.now()) is not None:
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong password is written down."""
        note_failure(str(credentials.get("username", "")), self.get_client_ip(request), timezone.now())

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponseBase:
        """Somebody is in: a new session begins, it is written down, and the oldest of too many sessions ends."""
        answer: HttpResponseBase = super().post_login(request, user, **kwargs)
        means = [
            str(record.get("type") or record["method"])
            for record in get_authentication_records(request, user)
        ]
        note_sign_in(user, means, self.get_client_ip(request))
        end_oldest_sessions(user.pk, settings.SESSIONS_MOST)
        return answer


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Passkeys and codes: their names, their secrets, and who may do without."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Deze code klopt niet (meer). Wacht op een nieuwe en probeer het nog eens."),
        "cannot_delete_authenticator": _(
            "Met jouw rol werk je altijd met een tweede stap. Voeg eerst een andere toe."
        ),
        "cannot_generate_recovery_codes": _("Voeg eerst een toegangssleutel of een app met codes toe."),
    }

    def encrypt(self, text: str) -> str:
        """Secrets of codes are not readable in the database or in a backup of it."""
        return seal_secret(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The other way round."""
        return unseal_secret(encrypted_text)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """`Toegangssleutel 2`: a name to change when one likes."""
        number = queries.sign_in_means(user.pk).passkeys + 1
        return gettext("Toegangssleutel %(number)s") % {"number": number}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one of somebody whose role needs one."""
        if not is_required(authenticator.user.role):
            return True
        return queries.has_other_second_factor(authenticator.user_id, authenticator.pk)

    def send_notification_mail(self, *args: object, **kwargs: object) -> None:
        """No mail: not everybody has an address here. The log keeps it."""


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    """A code beside the password."""

    def clean_code(self) -> str:
        """Not for a closed account."""
        _refuse_when_closed(self.user)
        return str(super().clean_code())


class CodeAgainForm(ReauthenticateForm):  # type: ignore[misc]
    """A code once more, before changing how one signs in."""

    def clean_code(self) -> str:
        """Not for a closed account."""
        _refuse_when_closed(self.user)
        return str(super().clean_code())


@receiver(authentication_failed)
def _wrong_code(sender: object, request: HttpRequest, user: User, **kwargs: object) -> None:
    """A wrong code counts as a wrong password does."""
    note_failure(user.username, Accounts(request).get_client_ip(request), timezone.now())


@receiver(authenticator_added)
def _added(
    sender: object, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: object
) -> None:
    """Whoever is signed in elsewhere, without the new means, is signed out."""
    note_means(user, "add_second_factor", authenticator.type)
    end_sessions(user.pk, keep=str(request.session.session_key))


@receiver(authenticator_removed)
def _removed(sender: object, user: User, authenticator: Authenticator, **kwargs: object) -> None:
    note_means(user, "remove_second_factor", authenticator.type)


@receiver(social_account_added)
def _linked(sender: object, sociallogin: SocialLogin, **kwargs: object) -> None:
    note_means(sociallogin.user, "link_identity", "oidc")


def _refuse_when_closed(user: User) -> None:
    if closed_at(user.username, timezone.now()) is not None:
        raise ValidationError(_TOO_OFTEN, code="too_many_login_attempts")
