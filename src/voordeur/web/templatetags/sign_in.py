"""What the pages around signing in show: the provider's name, what somebody has set up, where they are signed in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from voordeur.actions.demo_link import shown_code
from voordeur.actions.sign_in import closed_at
from voordeur.store import queries
from voordeur.store.queries import Member, SignInMeans
from voordeur.web.second_factor import lacks_second_factor

register = template.Library()

_BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class MemberSignIn:
    """How a colleague can sign in, and whether it is closed for now."""

    means: SignInMeans
    closed_until: datetime | None


@register.simple_tag
def page_of_made_up_tenant() -> str:
    """The code of a personal link in the demo; empty everywhere else."""
    return shown_code().lower()


@register.simple_tag
def identity_provider() -> str:
    """The name of the identity provider; empty when there is none."""
    return (settings.OIDC_NAME or _("je organisatie")) if settings.OIDC_ISSUER else ""


@register.simple_tag(takes_context=True)
def second_factor_missing(context: dict[str, Any]) -> bool:
    """True for somebody who may not go on without a second factor."""
    return lacks_second_factor(context["request"])


@register.simple_tag(takes_context=True)
def own_identity(context: dict[str, Any]) -> bool:
    """True when the reader's account is linked to the identity provider."""
    return bool(queries.sign_in_means(context["request"].user.pk).identity)


@register.simple_tag
def sign_in_of(member: Member) -> MemberSignIn:
    """How a colleague can sign in."""
    return MemberSignIn(queries.sign_in_means(member.id), closed_at(member.username, timezone.now()))


@register.simple_tag
def device(user_agent: str) -> str:
    """`Firefox op Windows`: what a browser says of itself, in words that its owner recognises."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), _("Een browser"))
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return _("%(browser)s op %(system)s") % {"browser": browser, "system": system} if system else browser
