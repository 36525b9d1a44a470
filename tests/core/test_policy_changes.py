"""What is different between two policies: named part by part, nothing more and nothing less."""

from dataclasses import replace

from voordeur.adapters.rules import load_policy
from voordeur.core.policy_changes import ChangeKind, PolicyChange, policy_changes

NOW = load_policy("standaard")
A, B, C, *REST = NOW.rules


def kinds(found: list[PolicyChange]) -> list[tuple[ChangeKind, str]]:
    return [(one.kind, one.name) for one in found]


def test_a_policy_differs_from_itself_in_nothing() -> None:
    assert policy_changes(NOW, NOW) == []


def test_what_is_added_removed_and_changed_is_named() -> None:
    new, other = replace(B, name="eerst-bellen"), replace(A, source="Besluit van het bestuur.")
    found = policy_changes(NOW, replace(NOW, rules=(new, other, C, *REST)))
    assert kinds(found) == [
        (ChangeKind.ADDED, "eerst-bellen"), (ChangeKind.CHANGED, A.name), (ChangeKind.REMOVED, B.name),
    ]  # fmt: skip
    assert found[0].words == B.reason


def test_of_two_that_change_places_one_moved() -> None:
    found = policy_changes(NOW, replace(NOW, rules=(B, A, C, *REST)))
    assert [kind for kind, _name in kinds(found)] == [ChangeKind.MOVED]


def test_one_that_goes_from_the_bottom_to_the_top_is_the_one_that_moved() -> None:
    *others, last = NOW.blocks
    found = policy_changes(NOW, replace(NOW, blocks=(last, *others)))
    assert kinds(found) == [(ChangeKind.MOVED, last.name)]


def test_a_number_shows_what_it_was_and_becomes() -> None:
    limits = replace(NOW.limits, small_amount=75_00, silence_days=60)
    found = policy_changes(NOW, replace(NOW, limits=limits))
    assert kinds(found) == [(ChangeKind.NUMBER, "small_amount"), (ChangeKind.NUMBER, "silence_days")]
    assert found[0].words.nl.endswith("→ €\N{NO-BREAK SPACE}75,00")
    assert found[1].words.en.endswith(f"{NOW.limits.silence_days} → 60")


def test_hours_that_are_not_there_any_more_are_a_difference() -> None:
    found = policy_changes(NOW, replace(NOW, hours={}))
    assert kinds(found) == [(ChangeKind.NUMBER, "hours door"), (ChangeKind.NUMBER, "hours desk")]
