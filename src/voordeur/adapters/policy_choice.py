"""Finds the policy that somebody names on a command line: one that comes with the program, or a file."""

from pathlib import Path

from voordeur.adapters.pack_file import is_pack, read_pack
from voordeur.adapters.policy_file import read_policy
from voordeur.adapters.rules import load_policy, shipped_policies
from voordeur.core.packs import Pack
from voordeur.core.policy import Policy
from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words


def policy_named(name: str) -> Policy | Pack:
    """The policy in the file `name`, or the one of that name that comes with the program. Refused with Problems."""
    path = Path(name)
    if name in shipped_policies() and not path.is_file():
        return load_policy(name)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        raise Refused(_not_there(path)) from None
    policy, problems = read_pack(text, path.name) if is_pack(text) else read_policy(text, path.name)
    if policy is None:
        raise Refused(problems)
    return policy


def household_policy(name: str) -> Policy:
    """As `policy_named`, for a policy about households; Refused for a pack with facts of its own."""
    policy = policy_named(name)
    if isinstance(policy, Pack):
        raise Refused(
            Problem(
                "own-facts",
                Words("Dit beleid heeft eigen feiten.", "This policy has facts of its own."),
                Words(
                    "Vergelijk alleen beleid over onze eigen feiten.", "Compare policies about our own facts."
                ),
                Path(name).name,
            )
        )
    return policy


def _not_there(path: Path) -> Problem:
    names = ", ".join(shipped_policies())
    return Problem(
        "no-such-policy",
        Words(
            "Dit beleid is er niet, of niet te lezen als tekst.", "This policy is not there, or is no text."
        ),
        Words(f"Geef een bestand, of een van: {names}.", f"Give a file, or one of: {names}."),
        path.name,
    )
