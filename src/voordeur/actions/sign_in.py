"""Signing in: what went right and wrong is kept in the log, too many failures close an account for a while."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from voordeur.actions.audit import write_line
from voordeur.actions.guard import NOT_FOUND, check
from voordeur.adapters.encryption import key_id_of, seal, unseal
from voordeur.core.access import Deed
from voordeur.core.lockout import closed_until
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.encrypted import field_keys
from voordeur.store.models import AuditLine, User

FAILED, SIGNED_IN, UNLOCKED = "sign_in_failed", "sign_in", "unlock_sign_in"
_SECRETS = "mfa.authenticator.data"  # where a sealed secret belongs
_LONGEST = timedelta(hours=24)  # no step of the lock-out looks further back


def note_failure(username: str, address: str, now: datetime) -> None:
    """Write down a wrong password or code. An account that does not exist is treated as one that does.

    The log holds no names and no addresses: both are kept as a keyed hash, equal for equal values.
    """
    write_line(None, FAILED, subject=_subject(username), data={"from": _hash("address", address)})
    known = closed_at(username, now)
    if known is not None:
        write_line(None, "sign_in_closed", subject=_subject(username), data={"until": known.isoformat()})


def note_sign_in(user: User, means: list[str], address: str) -> None:
    """Write down that somebody is in, and by which means (`password`, `totp`, `webauthn`, `oidc`, ...)."""
    data = {"means": means, "from": _hash("address", address)}
    write_line(user, SIGNED_IN, subject=_subject(user.username), data=data)


def note_means(user: User, deed: str, kind: str) -> None:
    """Write down that somebody added or removed a means to sign in: `add_second_factor` of the kind `totp`."""
    write_line(user, deed, subject=f"user:{user.pk}", data={"kind": kind})


def closed_at(username: str, now: datetime) -> datetime | None:
    """Until when this account takes no password or code; None when it does."""
    lines = AuditLine.objects.filter(subject=_subject(username), at__gt=now - _LONGEST)
    pardon = (
        lines.filter(action__in=(SIGNED_IN, UNLOCKED)).order_by("-id").values_list("id", flat=True).first()
    )
    failures = lines.filter(action=FAILED, id__gt=pardon or 0).values_list("at", flat=True)
    until = closed_until(list(failures))
    return until if until is not None and until > now else None


@transaction.atomic
def unlock(user: User, member_id: int) -> None:
    """Let a colleague try again at once."""
    member = _member(user, member_id)
    write_line(user, UNLOCKED, subject=_subject(member.username), data={"member": member.pk})


@transaction.atomic
def drop_second_factors(user: User, member_id: int) -> int:
    """A lost telephone: take away passkeys, codes and recovery codes, and end all sessions. How many were taken."""
    member = _member(user, member_id)
    if member.pk == user.pk:
        raise Refused(_not_your_own())
    taken: int = Authenticator.objects.filter(user_id=member.pk).delete()[0]
    end_sessions(member.pk)
    write_line(user, "drop_second_factors", subject=f"user:{member.pk}", data={"taken": taken})
    return taken


@transaction.atomic
def sign_out_member(user: User, member_id: int) -> int:
    """End every session of a colleague. How many there were."""
    member = _member(user, member_id)
    ended = end_sessions(member.pk)
    write_line(user, "sign_out_member", subject=f"user:{member.pk}", data={"sessions": ended})
    return ended


@transaction.atomic
def link_identity(user: User, member_id: int, subject: str) -> None:
    """Bind a colleague to the number (`sub`) that the identity provider gives; empty takes the bond away.

    Role and neighbourhoods stay what an administrator made them. Refused when somebody else has this number.
    """
    member = _member(user, member_id)
    taken = SocialAccount.objects.filter(provider=settings.OIDC_ID, uid=identity(subject))
    if subject and taken.exclude(user_id=member.pk).exists():
        raise Refused(_identity_taken())
    SocialAccount.objects.filter(provider=settings.OIDC_ID, user_id=member.pk).delete()
    if subject:
        SocialAccount.objects.create(provider=settings.OIDC_ID, uid=identity(subject), user_id=member.pk)
    write_line(user, "link_identity", subject=f"user:{member.pk}", data={"linked": bool(subject)})


def identity(subject: str) -> str:
    """The key of a person at a provider: a subject means nothing without its issuer (OpenID Connect Core 1.0, 2)."""
    return f"{subject}@{settings.OIDC_ISSUER}"


def end_sessions(user_id: int, *, keep: str = "") -> int:
    """End all sessions of one person except the one with key `keep`. How many."""
    ended = list(UserSession.objects.filter(user_id=user_id).exclude(session_key=keep))
    for session in ended:
        session.end()
    return len(ended)


def end_oldest_sessions(user_id: int, most: int) -> int:
    """Keep the newest `most` sessions of one person and end the others. How many ended."""
    surplus = list(UserSession.objects.filter(user_id=user_id).order_by("-created_at", "-id")[most:])
    for session in surplus:
        session.end()
    return len(surplus)


def session_seen(key: str, now: datetime) -> None:
    """Keep when a session was last used, for the list that its owner sees."""
    UserSession.objects.filter(session_key=key).update(last_seen_at=now)


def seal_secret(text: str) -> str:
    """The secret of a code, encrypted with the current field key."""
    return seal(field_keys(), text, _SECRETS)


def unseal_secret(sealed: str) -> str:
    """The secret again. Refused when its key is gone."""
    return unseal(field_keys(), sealed, _SECRETS)


@transaction.atomic
def reseal_secrets() -> int:
    """Encrypt all secrets of codes anew with the current key; part of replacing a key. How many were not yet."""
    current, changed = field_keys().current, 0
    for row in Authenticator.objects.select_for_update().filter(type__in=("totp", "recovery_codes")):
        for name in ("secret", "seed"):
            if name in row.data and key_id_of(row.data[name]) != current:
                row.data[name] = seal_secret(unseal_secret(row.data[name]))
                row.save(update_fields=["data"])
                changed += 1
    return changed


def _member(user: User, member_id: int) -> User:
    check(user, Deed.MANAGE_STAFF)
    member = User.objects.filter(pk=member_id).first()
    if member is None:
        raise Refused(NOT_FOUND)
    return member


def _subject(username: str) -> str:
    return f"login:{_hash('login', username.casefold())}"


def _hash(kind: str, value: str) -> str:
    return salted_hmac(f"voordeur.sign_in.{kind}", value, algorithm="sha256").hexdigest()[:32]


def _not_your_own() -> Problem:
    return Problem(
        code="own-second-factor",
        message=Words("Dit kun je niet bij jezelf doen.", "You cannot do this to yourself."),
        cure=Words("Vraag een andere beheerder.", "Ask another administrator."),
    )


def _identity_taken() -> Problem:
    return Problem(
        code="identity-taken",
        message=Words(
            "Dit nummer hoort al bij iemand anders.", "This number belongs to somebody else already."
        ),
        cure=Words("Kijk het nummer na bij de inlogdienst.", "Check the number with the identity provider."),
        column="subject",
    )
