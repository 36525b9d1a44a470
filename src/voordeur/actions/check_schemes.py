"""One step of the check on schemes in the office. Nothing is kept: what was said travels, sealed, with the form."""

import json
from collections.abc import Mapping, Sequence
from datetime import date

from voordeur.actions.reach_tenancy import look_at
from voordeur.actions.scheme_day import rule_book
from voordeur.adapters.encryption import seal, unseal
from voordeur.adapters.scheme_talk import Plain, turn
from voordeur.core.access import Deed
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.encrypted import field_keys
from voordeur.store.models import User
from voordeur.store.queries.schemes import known_of

LOST = Problem(
    "talk-lost",
    Words("De antwoorden van deze check zijn er niet meer.", "The answers of this check are gone."),
    Words(
        "Begin de check opnieuw. Er is niets van bewaard.", "Start the check again. Nothing of it was kept."
    ),
)


def scheme_talk(
    user: User,
    tenancy_id: int,
    today: date,
    language: str,
    *,
    sealed: str = "",
    fields: Mapping[str, Sequence[str]] | None = None,
) -> Plain:
    """The next screen of the talk, with `sealed`: what was said until now, for this user and household only.

    `fields` is what was filled in on the screen before. That somebody works at this household is written down, what was
    said is not.
    """
    look_at(user, Deed.CHECK_SCHEMES, tenancy_id, today, "check_schemes")
    request = talk_request(user, tenancy_id, today, language, sealed)
    screen = turn(request | {"fields": dict(fields or {})}, rule_book())
    kept = {"day": request["day"], "said": screen["said"]}
    return screen | {"sealed": seal(field_keys(), json.dumps(kept), _context(user, tenancy_id))}


def talk_request(user: User, tenancy_id: int, today: date, language: str, sealed: str) -> dict[str, object]:
    """A talk as it travels with the form, opened. Refused when it is of somebody else, or of another household."""
    kept: dict[str, object] = {"day": today.isoformat(), "said": []}
    if sealed:
        try:
            kept = json.loads(unseal(field_keys(), sealed, _context(user, tenancy_id)))
        except Refused:
            raise Refused(LOST) from None
    return {"day": kept["day"], "said": kept["said"], "language": language, "known": known_of(tenancy_id)}


def _context(user: User, tenancy_id: int) -> str:
    return f"scheme-talk:{user.pk}:{tenancy_id}"
