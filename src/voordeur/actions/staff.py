"""Accounts of staff: made, changed and closed by an administrator."""

from collections.abc import Collection

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.crypto import get_random_string

from voordeur.actions.audit import write_line
from voordeur.actions.guard import NOT_FOUND, check
from voordeur.actions.sign_in import unlock
from voordeur.core.access import Deed, Role
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.models import User

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no letters that look like digits: it is read aloud


def one_time_password() -> str:
    """Sixteen characters in groups of four, easy to read aloud (about 79 bits)."""
    raw = get_random_string(16, _ALPHABET)
    return "-".join(raw[at : at + 4] for at in range(0, 16, 4))


@transaction.atomic
def add_member(
    user: User | None,
    *,
    username: str,
    first_name: str,
    last_name: str,
    role: Role,
    neighbourhoods: Collection[int] = (),
    weekly_visits: int = 10,
    password: str | None = None,
) -> tuple[User, str]:
    """Make an account; returns it with its password, which is shown once and kept nowhere.

    Refused when the user name is taken.
    """
    check(user, Deed.MANAGE_STAFF)
    if User.objects.filter(username__iexact=username).exists():
        raise Refused(_taken())
    password = password or one_time_password()
    member = User.objects.create(
        username=username,
        first_name=first_name,
        last_name=last_name,
        role=role.value,
        weekly_visits=weekly_visits,
        password=make_password(password),
    )
    member.neighbourhoods.set(neighbourhoods)
    write_line(user, "add_member", subject=f"user:{member.pk}", data={"role": role.value})
    return member, password


@transaction.atomic
def change_member(
    user: User,
    member_id: int,
    *,
    role: Role,
    neighbourhoods: Collection[int],
    weekly_visits: int,
    active: bool,
) -> None:
    """Change what somebody does and where, or close the account. Nobody closes or demotes their own."""
    check(user, Deed.MANAGE_STAFF)
    member = User.objects.select_for_update().filter(pk=member_id).first()
    if member is None:
        raise Refused(NOT_FOUND)
    if member.pk == user.pk and (not active or role is not Role.ADMINISTRATOR):
        raise Refused(_own_account())
    member.role, member.weekly_visits, member.is_active = role.value, weekly_visits, active
    member.save(update_fields=["role", "weekly_visits", "is_active"])
    member.neighbourhoods.set(neighbourhoods)
    write_line(
        user, "change_member", subject=f"user:{member.pk}", data={"role": role.value, "active": active}
    )


@transaction.atomic
def new_password(user: User, member_id: int) -> str:
    """Give a colleague a new password; it is shown once. Wrong guesses at the old one are forgotten."""
    check(user, Deed.MANAGE_STAFF)
    password = one_time_password()
    if not User.objects.filter(pk=member_id).update(password=make_password(password)):
        raise Refused(NOT_FOUND)
    write_line(user, "new_password", subject=f"user:{member_id}")
    unlock(user, member_id)
    return password


def _taken() -> Problem:
    return Problem(
        code="username-taken",
        message=Words("Deze gebruikersnaam bestaat al.", "This user name exists already."),
        cure=Words("Kies een andere naam.", "Choose another name."),
        column="username",
    )


def _own_account() -> Problem:
    return Problem(
        code="own-account",
        message=Words("Je kunt je eigen beheerrol niet weghalen.", "You cannot take away your own role."),
        cure=Words("Vraag een andere beheerder.", "Ask another administrator."),
    )
