"""The permission check with which every action starts."""

from voordeur.core.access import Deed, Role, may
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.models import User

NOT_ALLOWED = Problem(
    code="not-allowed",
    message=Words("Dit mag je niet doen met jouw rol.", "Your role does not allow this."),
    cure=Words("Vraag het een collega die dit wel mag.", "Ask a colleague who may."),
)
NOT_FOUND = Problem(
    code="not-found",
    message=Words(
        "Dit bestaat niet, of het hoort niet bij jouw werk.", "This does not exist, or is not yours."
    ),
    cure=Words("Zoek het adres opnieuw op.", "Search for the address again."),
)


def check(user: User | None, deed: Deed) -> None:
    """Refused unless the role of `user` allows the deed. None is the system itself (command line, nightly run)."""
    if user is None:
        return
    if not user.is_active or not may(Role(user.role), deed):
        raise Refused(NOT_ALLOWED)
