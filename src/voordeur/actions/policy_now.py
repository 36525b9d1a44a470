"""The policy that counts on a day: the newest that an administrator put live, else the one that comes with Voordeur."""

from datetime import date
from functools import lru_cache

from voordeur.adapters.policy_file import read_policy
from voordeur.adapters.rules import load_policy
from voordeur.core.policy import Policy
from voordeur.core.problems import Refused
from voordeur.store.models import PolicyVersion


def policy_now(on: date) -> Policy:
    """The policy that counts on day `on`. One query."""
    live = PolicyVersion.objects.filter(live_from__lte=on).order_by("-live_from", "-pk")
    text = live.values_list("text", flat=True).first()
    return load_policy() if text is None else policy_of(text)


@lru_cache(maxsize=16)
def policy_of(text: str) -> Policy:
    """The policy that a version holds. Refused when it cannot be read: only a read one is ever kept."""
    policy, problems = read_policy(text)
    if policy is None:
        raise Refused(problems)
    return policy
