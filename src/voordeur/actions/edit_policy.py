"""An administrator writes a policy: a draft first, checked at every change, tried on today, then live from a day on."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from voordeur.actions.audit import write_line
from voordeur.actions.guard import NOT_FOUND, check
from voordeur.actions.policy_now import policy_of
from voordeur.adapters.policy_data import Data, as_toml, policy_to_data
from voordeur.adapters.policy_file import policy_from_data
from voordeur.adapters.rules import load_policy, shipped_policies
from voordeur.core.access import Deed
from voordeur.core.money import parse_euros
from voordeur.core.policy import Policy
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.models import PolicyVersion, User


class Part(StrEnum):
    """The lists that a policy is made of, as a policy file calls them."""

    RULE = "rule"
    BLOCK = "block"
    ORDER = "order"


@transaction.atomic
def begin_draft(user: User, *, version: int | None = None, shipped: str = "") -> PolicyVersion:
    """A draft to work on: a copy of another version, or of a policy that comes with Voordeur."""
    check(user, Deed.EDIT_POLICY)
    policy = _policy(version, shipped)
    highest = PolicyVersion.objects.filter(name=policy.name).aggregate(Max("number"))["number__max"] or 0
    now = timezone.now()
    row = PolicyVersion.objects.create(
        name=policy.name, number=highest + 1, text=as_toml(policy), made_by=user, made=now, changed=now
    )
    write_line(user, "begin_policy", subject=f"policy:{row.pk}")
    return row


def change_numbers(user: User, version: int, values: Mapping[str, int | str]) -> None:
    """Other numbers: days, percentages, and amounts as `50,00`; minutes per action and hours per week too.

    Names are paths of the policy file: `limits.silence_days`, `contact_window`, `minutes.visit`, `hours.door`. A
    number that changes gets another source: where the old one came from says nothing about the new one.
    """

    def deed(data: Data) -> None:
        for name, value in values.items():
            _set_number(_setting_at(data, name), value)

    _change(user, version, deed)


def change_title(user: User, version: int, nl: str, en: str) -> None:
    """Call the policy something else."""
    _change(user, version, lambda data: data.update(nl=nl, en=en))


def change_part(user: User, version: int, part: Part, at: int, changes: Data) -> None:
    """Other conditions, words or action for the part at place `at`, counted from 0. None takes a key out."""

    def deed(data: Data) -> None:
        data[part][_place(data, part, at)] = _merged(data[part][at], changes)

    _change(user, version, deed)


def add_part(user: User, version: int, part: Part, made: Data, at: int = 0) -> None:
    """A new rule, block or place in the order, at place `at`: what stood there moves down."""

    def deed(data: Data) -> None:
        parts = data.setdefault(part, [])
        parts.insert(min(max(at, 0), len(parts)), _merged({}, made))

    _change(user, version, deed)


def remove_part(user: User, version: int, part: Part, at: int) -> None:
    """Take a rule, block or place in the order out."""
    _change(user, version, lambda data: data[part].pop(_place(data, part, at)))


def move_part(user: User, version: int, part: Part, at: int, by: int) -> None:
    """One place up (-1) or down (1): the first that holds counts."""

    def deed(data: Data) -> None:
        parts = data[part]
        here, there = _place(data, part, at), _place(data, part, at + by)
        parts[here], parts[there] = parts[there], parts[here]

    _change(user, version, deed)


@transaction.atomic
def put_live(user: User, version: int, start: date, note: str, today: date) -> None:
    """From day `start` this policy counts. It can no longer be changed: a new version is a new draft."""
    check(user, Deed.EDIT_POLICY)
    row = _draft(version)
    if start < today:
        raise Refused(
            Problem(
                "day-passed",
                Words("Deze dag is al voorbij.", "That day has passed."),
                Words("Kies vandaag of een latere dag.", "Choose today or a later day."),
                column="start",
            )
        )
    row.live_from, row.live_by, row.note = start, user, note.strip()
    row.save(update_fields=["live_from", "live_by", "note"])
    write_line(user, "put_policy_live", subject=f"policy:{row.pk}", data={"start": start.isoformat()})


@transaction.atomic
def drop_draft(user: User, version: int) -> None:
    """Throw a draft away."""
    check(user, Deed.EDIT_POLICY)
    row = _draft(version)
    write_line(user, "drop_policy", subject=f"policy:{row.pk}")
    row.delete()


@transaction.atomic
def _change(user: User, version: int, deed: Callable[[Data], object]) -> None:
    """Change the data of a draft and read it back: what cannot be read, or is not lawful, is not kept."""
    check(user, Deed.EDIT_POLICY)
    row = _draft(version)
    data: dict[str, Any] = policy_to_data(policy_of(row.text))
    deed(data)
    policy, problems = policy_from_data(data)
    if policy is None:
        raise Refused(problems)
    row.text, row.changed = as_toml(policy), timezone.now()
    row.save(update_fields=["text", "changed"])
    write_line(user, "change_policy", subject=f"policy:{row.pk}")


def _draft(version: int) -> PolicyVersion:
    row = PolicyVersion.objects.select_for_update().filter(pk=version, live_from=None).first()
    if row is None:
        raise Refused(NOT_FOUND)
    return row


def _policy(version: int | None, shipped: str) -> Policy:
    if version is not None:
        text = PolicyVersion.objects.filter(pk=version).values_list("text", flat=True).first()
        if text is not None:
            return policy_of(text)
    elif shipped in shipped_policies():
        return load_policy(shipped)
    raise Refused(NOT_FOUND)


def _place(data: Data, part: Part, at: int) -> int:
    if not 0 <= at < len(data.get(part, [])):
        raise Refused(NOT_FOUND)
    return at


def _merged(old: Data, changes: Data) -> Data:
    return {key: value for key, value in (old | changes).items() if value is not None}


def _setting_at(data: Data, path: str) -> Data:
    """The number at a path of the policy file. Refused (not found) when there is none."""
    found: Any = data
    for name in path.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    if not isinstance(found, dict) or "value" not in found:
        raise Refused(NOT_FOUND)
    return found


def _set_number(setting: Data, value: int | str) -> None:
    old = setting["value"]
    if value != old and (not isinstance(old, str) or parse_euros(str(value)) != parse_euros(old)):
        setting |= {"value": value, "source": f"Eigen keuze van de corporatie; was {old}.", "trust": "choice"}
