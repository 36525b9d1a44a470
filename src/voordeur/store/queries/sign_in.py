"""By which means a colleague can sign in. For the administrator and for the doctor."""

from collections.abc import Collection
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession

from voordeur.core.access import Role
from voordeur.store.models import User

_STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True, slots=True)
class SignInMeans:
    """What one colleague has set up."""

    passkeys: int
    codes: bool
    """An app that makes codes (TOTP)."""
    identity: str
    """The number at the identity provider; empty when not linked."""
    sessions: int

    @property
    def second_factor(self) -> bool:
        """Anything beside the password."""
        return self.codes or self.passkeys > 0


def sign_in_means(member_id: int) -> SignInMeans:
    """What one colleague has set up, and in how many places they are signed in."""
    kinds = list(Authenticator.objects.filter(user_id=member_id).values_list("type", flat=True))
    linked = SocialAccount.objects.filter(user_id=member_id).values_list("uid", flat=True).first() or ""
    return SignInMeans(
        passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
        codes=Authenticator.Type.TOTP in kinds,
        identity=linked.rpartition("@")[0],
        sessions=UserSession.objects.filter(user_id=member_id).count(),
    )


def has_other_second_factor(member_id: int, besides: int) -> bool:
    """True when somebody keeps a passkey or an app with codes when this one goes."""
    strong = Authenticator.objects.filter(user_id=member_id, type__in=_STRONG)
    return bool(strong.exclude(pk=besides).exists())


def without_second_factor(roles: Collection[str]) -> int:
    """How many open accounts with these roles have no passkey and no app with codes."""
    safe = Authenticator.objects.filter(type__in=_STRONG).values("user_id")
    return User.objects.filter(is_active=True, role__in=list(roles)).exclude(pk__in=safe).count()


def open_administrators() -> int:
    """How many administrators can sign in."""
    return User.objects.filter(is_active=True, role=Role.ADMINISTRATOR.value).count()
