"""`voordeur next-action` and `voordeur policy`: lines in, lines out; what is wrong is said with its place and cure."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.actions.town import TODAY, entry, rent_paid_until, small_town
from tests.core.test_packs import TEXT as PACK
from voordeur.actions.nightly import nightly
from voordeur.adapters.policy_data import as_toml
from voordeur.adapters.rules import load_policy
from voordeur.cli import app
from voordeur.store.models import AuditLine, Entry

DOOR = {"in_arrears": True, "days_past_expected": 8, "months_owed": 1, "amount": "655.15"}


def run(*words: str, language: str = "en") -> Result:
    return CliRunner().invoke(app, list(words), env={"VOORDEUR_LANGUAGE": language})


def lines(path: Path, *households: dict[str, Any] | str) -> str:
    path.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in households))
    return str(path)


def test_one_line_in_is_one_line_out(tmp_path: Path) -> None:
    facts = lines(tmp_path / "f.jsonl", DOOR | {"id": "a"}, {}, DOOR | {"visit_unwanted": True})
    result = run("next-action", "--policy", "standaard", "--facts", facts, "--on", "2026-11-20")
    assert (result.exit_code, result.stderr) == (0, "")
    first, second, third = map(json.loads, result.stdout.splitlines())
    assert (first["id"], first["action"], first["rule"]) == ("a", "visit", "bezoek")
    assert first["reason"]["en"].startswith("This has been going on for eight days.")
    assert {no["action"]: no["nl"] for no in first["not_now"]}["call"] == "Iets anders gaat voor: ga langs."
    assert first["also"] == ["bellen", "bericht"]
    assert (second["line"], second["id"], second["action"], second["not_now"]) == (2, "2", "nothing", [])
    assert third["blocked"] == [{"rule": "bezoek", "block": "wil-geen-bezoek"}]


def test_a_bad_line_is_named_and_the_others_are_answered(tmp_path: Path) -> None:
    facts = lines(tmp_path / "f.jsonl", "nonsense", {"visitz": 1}, DOOR)
    result = run("next-action", "--policy", "standaard", "--facts", facts, "--on", "2026-11-20")
    assert result.exit_code == 2
    assert [json.loads(line)["line"] for line in result.stdout.splitlines()] == [3]
    first, second = result.stderr.splitlines()
    assert first.startswith("f.jsonl, row 1: This line is no JSON object.")
    assert second == "f.jsonl, row 2, visitz: We do not know this fact. Do you mean visits?"


def test_a_policy_and_a_pack_can_come_from_a_file(tmp_path: Path) -> None:
    own = tmp_path / "eigen.toml"
    own.write_text(as_toml(load_policy("brief-eerst")), encoding="utf-8")
    facts = lines(tmp_path / "f.jsonl", DOOR)
    result = run("next-action", "--policy", str(own), "--facts", facts, "--on", "2026-11-20")
    assert json.loads(result.stdout)["rule"] == "bellen"
    own.write_text(PACK, encoding="utf-8")
    facts = lines(tmp_path / "f.jsonl", {"height": 3, "asked_on": "2026-11-01"}, {"height": "tall"})
    result = run("next-action", "--policy", str(own), "--facts", facts, "--on", "2026-11-20", language="nl")
    assert result.exit_code == 2
    answer = json.loads(result.stdout)
    assert (answer["action"], answer["clash"]) == ("prune", ["vraag"])
    assert "rij 2, height" in result.stderr


@pytest.mark.parametrize(
    ("policy", "facts", "said"),
    [
        ("bestaat-niet", "f.jsonl", "bestaat-niet: This policy is not there"),
        ("standaard", "no.jsonl", "no.jsonl: This file cannot be read"),
        ("broken.toml", "f.jsonl", "broken.toml: The file is not valid TOML"),
    ],
)
def test_what_is_not_there_is_said_in_words(tmp_path: Path, policy: str, facts: str, said: str) -> None:
    lines(tmp_path / "f.jsonl", DOOR)
    (tmp_path / "broken.toml").write_text("[[[")
    named = str(tmp_path / policy) if policy.endswith(".toml") else policy
    result = run("next-action", "--policy", named, "--facts", str(tmp_path / facts), "--on", "2026-11-20")
    assert result.exit_code == 2
    assert result.stderr.startswith(said)
    assert "Traceback" not in result.stderr


def test_a_policy_is_checked_before_anybody_uses_it(tmp_path: Path) -> None:
    assert run("policy", "check", "standaard").stdout.startswith("standaard: 42 rules, 11 blocks")
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(as_toml(load_policy()).replace('"personal_attempts >= 2", "visits >= 2", ', ""), "utf-8")
    result = run("policy", "check", str(wrong))
    assert result.exit_code == 2
    assert "brief: This rule allows a letter before anybody tried to make contact." in result.stderr


def test_the_facts_are_listed() -> None:
    said = run("policy", "facts").stdout
    assert "visits                 Attempts at the door. (times)" in said
    rows = [json.loads(line) for line in run("policy", "facts", "--json").stdout.splitlines()]
    assert {"name": "spoken", "kind": "flag"}.items() <= next(
        r for r in rows if r["name"] == "spoken"
    ).items()


def test_two_policies_on_the_same_file(tmp_path: Path) -> None:
    facts = lines(
        tmp_path / "f.jsonl",
        DOOR | {"id": "a", "neighbourhood": "Noord"},
        {"id": "b", "neighbourhood": "Zuid"},
    )
    result = run(
        "policy", "compare", "standaard", "brief-eerst", "--facts", facts, "--on", "2026-11-20", "--json"
    )
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert (found["households"], found["moved"]) == (2, 1)
    assert found["moves"] == [{"id": "a", "neighbourhood": "Noord", "before": "visit", "after": "call"}]
    assert {"before": "visit", "after": "call", "households": 1} in found["matrix"]
    assert found["total"][0] == {
        "place": "door", "minutes_before": 40, "minutes_after": 0, "minutes_available": 1, "short": False,
    }  # fmt: skip
    table = run(
        "policy", "compare", "standaard", "brief-eerst", "--facts", facts, "--on", "2026-11-20"
    ).stdout
    assert "Visit       Ring                 1  *" in table
    assert "all together   at the door" in table
    assert table.endswith("2 households, 1 get another step. Nothing was changed.\n")


def test_a_comparison_with_a_bad_line_says_so(tmp_path: Path) -> None:
    facts = lines(tmp_path / "f.jsonl", DOOR, "{")
    result = run("policy", "compare", "standaard", "standaard", "--facts", facts, "--on", "2026-11-20")
    assert result.exit_code == 2
    assert "f.jsonl, row 2" in result.stderr
    assert "1 households, 0 get another step." in result.stdout


def test_a_pack_is_not_compared(tmp_path: Path) -> None:
    pack = tmp_path / "tuin.toml"
    pack.write_text(PACK, "utf-8")
    result = run("policy", "compare", "standaard", str(pack))
    assert result.exit_code == 2
    assert "tuin.toml: This policy has facts of its own." in result.stderr


@pytest.mark.django_db
def test_two_policies_on_the_database() -> None:
    town = small_town()
    rent_paid_until(town.veldhuizer, 24, TODAY.replace(month=10, day=1), 655_15)
    entry(town.veldhuizer, TODAY.replace(day=1), Entry.Kind.CHARGE, 655_15)
    nightly(TODAY)
    result = run("policy", "compare", "standaard", "brief-eerst", "--portfolio", "database", "--json")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert [(move["id"], move["before"], move["after"]) for move in found["moves"]] == [
        (town.veldhuizer.pk, "visit", "call")
    ]
    assert AuditLine.objects.filter(action="dry_run_policy").count() == 1
