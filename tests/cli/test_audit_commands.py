"""`verify-audit` and `rotate-keys` as an administrator types them."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg

from tests.cli.test_commands import voordeur


def execute(url: str, *statements: str) -> None:
    """Behind the back of the program, as somebody with the password of the database."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as file, file:
            for statement in statements:
                file.execute(statement)
        return
    with psycopg.connect(url) as server:
        for statement in statements:
            server.execute(statement)


def test_an_anchor_kept_outside_shows_that_the_end_was_taken_away(
    ready_database: dict[str, str], tmp_path: Path
) -> None:
    for name in ("een", "twee", "drie"):
        voordeur(ready_database, "add-staff", name)
    anchors = tmp_path / "ankers.jsonl"
    said = voordeur(ready_database, "verify-audit", "--write-anchor", str(anchors))
    assert said.startswith("3 regels, alle zoals geschreven: ")
    anchor = json.loads(anchors.read_text())
    assert anchor["count"] == 4  # with the line that says that it was anchored
    assert "alle zoals geschreven" in voordeur(ready_database, "verify-audit", "--anchor", str(anchors))
    url = ready_database["DATABASE_URL"]
    triggers = {
        "sqlite": "DROP TRIGGER audit_no_delete",
        "postgresql": "DROP TRIGGER audit_no_change ON store_auditline",
    }
    execute(url, triggers[url.split(":")[0]], "DELETE FROM store_auditline WHERE action = 'anchor_audit'")
    said = voordeur(ready_database, "verify-audit", "--anchor", str(anchors), code=1)
    assert "had het log 4 regels; nu zijn het er 3" in said
    assert "Het slot is van het log" in said
    assert "staat niet meer in het log" in voordeur(
        ready_database, "verify-audit", "--expect", anchor["head"], code=1
    )
    voordeur(ready_database, "verify-audit", "--lock")
    (tmp_path / "geen.jsonl").write_text('{"count": "x"}')
    assert "geen leesbare ankers" in voordeur(
        ready_database, "verify-audit", "--anchor", str(tmp_path / "geen.jsonl"), code=2
    )


def test_a_new_key_is_made_and_used(ready_database: dict[str, str]) -> None:
    environment = {name: value for name, value in ready_database.items() if name != "VOORDEUR_FIELD_KEYS"}
    assert "sleutel k2" in voordeur(environment, "rotate-keys", "--new-key")
    kept = Path(environment["VOORDEUR_VAR"]) / "field_keys"
    assert [line.split(":")[0] for line in kept.read_text().split()] == ["k2", "k1"]
    given = environment | {"VOORDEUR_FIELD_KEYS": kept.read_text().replace("\n", ",").strip(",")}
    assert "VOORDEUR_FIELD_KEYS" in voordeur(given, "rotate-keys", "--new-key", code=2)
    assert "0 waarden" in voordeur(given, "rotate-keys")
