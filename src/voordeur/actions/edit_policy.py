"""An administrator writes a policy: a draft first, checked at every change, tried on today, then live from a day on."""

from collections.abc import Callable
from datetime import date
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
from voordeur.core.policy import Policy
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words
from voordeur.store.models import PolicyVersion, User


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


def change_limits(user: User, version: int, values: dict[str, int | str]) -> None:
    """Other numbers: days, percentages, and amounts as `50,00`."""

    def deed(data: Data) -> None:
        for name, value in values.items():
            data["limits"][name]["value"] = value

    _change(user, version, deed)


def change_rule(user: User, version: int, at: int, changes: Data) -> None:
    """Other action, conditions or words for the rule at place `at`, counted from 0."""

    def deed(data: Data) -> None:
        data["rule"][_place(data, at)] |= changes

    _change(user, version, deed)


def add_rule(user: User, version: int, rule: Data) -> None:
    """A new rule, above all others."""
    _change(user, version, lambda data: data["rule"].insert(0, rule))


def remove_rule(user: User, version: int, at: int) -> None:
    """Take a rule out."""
    _change(user, version, lambda data: data["rule"].pop(_place(data, at)))


def move_rule(user: User, version: int, at: int, by: int) -> None:
    """One place up (-1) or down (1): the first rule that holds is the advice."""

    def deed(data: Data) -> None:
        rules = data["rule"]
        here, there = _place(data, at), _place(data, at + by)
        rules[here], rules[there] = rules[there], rules[here]

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


def _place(data: Data, at: int) -> int:
    if not 0 <= at < len(data["rule"]):
        raise Refused(NOT_FOUND)
    return at
