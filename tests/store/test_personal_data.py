"""Every table is in the retention table or says why it holds nobody; the papers for outside say what is really so."""

import pytest

from tests.architecture.source import ROOT
from voordeur.adapters.retention_rules import load_retention
from voordeur.adapters.toml_tables import TRUST
from voordeur.core.access import Purpose, Role
from voordeur.core.register import PURPOSE_WORDS, ROLE_WORDS, TRUST_WORDS
from voordeur.core.retention import Fate
from voordeur.store.personal_data import WITHOUT_PERSONS, all_tables, privacy_papers, undescribed
from voordeur.store.retention_parts import PARTS

PAPERS = ROOT / "docs" / "privacy"


def test_of_every_table_somebody_said_how_long_it_is_kept() -> None:
    assert undescribed(load_retention()) == set(), (
        "a new model: give it a row in rules/privacy/retention.toml and a Part in store/retention_parts.py,"
        " or say in store/personal_data.py why it holds nobody"
    )


def test_a_new_table_without_a_row_is_noticed() -> None:
    rules = load_retention()
    forgotten = [rule for rule in rules if "store.SentMessage" not in rule.tables]
    assert undescribed(tuple(forgotten)) == {"store.SentMessage"}


def test_every_table_that_is_named_exists_and_none_is_both() -> None:
    named = {label for rule in load_retention() for label in rule.tables}
    assert (named | set(WITHOUT_PERSONS)) - set(all_tables()) == set()
    assert named & set(WITHOUT_PERSONS) == set()


def test_a_table_without_persons_holds_nothing_encrypted() -> None:
    tables = all_tables()
    assert [label for label in WITHOUT_PERSONS if any(one.encrypted for one in tables[label].columns)] == []


def test_every_rule_with_an_end_is_carried_out_on_exactly_its_tables() -> None:
    ending = {rule.name: set(rule.tables) for rule in load_retention() if rule.is_carried_out}
    done = {
        name: {part.model._meta.label for part in parts}
        | {model._meta.label for part in parts for model, _ in part.along}
        for name, parts in PARTS.items()
    }
    assert done == ending
    blanking = {name for name, parts in PARTS.items() if all(part.blank for part in parts)}
    anonymous = {rule.name for rule in load_retention() if rule.fate is Fate.ANONYMISE}
    assert blanking == anonymous | {"uploads"}  # an upload is cancelled and its rows go


@pytest.mark.parametrize("name", ["register.md", "dpia.md"])
def test_the_papers_are_true(name: str) -> None:
    kept = (PAPERS / name).read_text(encoding="utf-8")
    assert kept == privacy_papers()[name], "run: voordeur register --out docs/privacy"


def test_the_register_names_every_rule_table_role_and_encrypted_column_in_both_languages() -> None:
    dutch, _, english = privacy_papers()["register.md"].partition("# Register of processing")
    for rule in load_retention():
        assert rule.what.nl in dutch
        assert rule.what.en in english
        assert rule.basis.nl in dutch
        assert rule.basis.en in english
    for role in Role:
        assert ROLE_WORDS[role].nl in dutch
        assert ROLE_WORDS[role].en in english
    for label, table in all_tables().items():
        assert label in dutch
        assert label in english
        for column in table.columns:
            assert not column.encrypted or f"**{column.name}**" in dutch


def test_every_code_has_words() -> None:
    assert (set(ROLE_WORDS), set(PURPOSE_WORDS), set(TRUST_WORDS)) == (set(Role), set(Purpose), set(TRUST))
