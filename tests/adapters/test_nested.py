"""What nests too deep or holds an impossible number is refused in words, by every reader of JSON and TOML."""

import io
import struct
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from voordeur.adapters.backup_file import MAGIC, BackupReader
from voordeur.adapters.encryption import key_ring, make_key
from voordeur.adapters.facts_file import read_facts
from voordeur.adapters.household_file import HouseholdFile
from voordeur.adapters.nested import load_json, load_toml
from voordeur.adapters.pack_file import is_pack
from voordeur.adapters.profiles import parse_profile
from voordeur.adapters.retention_rules import read_retention
from voordeur.core.problems import Refused

DEEP = "[" * 100_000


@pytest.mark.parametrize("text", [DEEP, "[1e999999999999999999999999]", '{"a": ', "\udcff"])
def test_wrong_json_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        load_json(text)


def test_a_fraction_stays_exact() -> None:
    assert load_json('{"a": 0.1}') == {"a": Decimal("0.1")}


def test_toml_that_nests_too_deep_is_no_toml() -> None:
    with pytest.raises(tomllib.TOMLDecodeError):
        load_toml(f"a = {DEEP}")
    rules, problems = read_retention(f"a = {DEEP}", "eigen.toml")
    assert rules is None
    assert [problem.code for problem in problems] == ["not-toml"]
    assert not is_pack(f"a = {DEEP}")
    assert "TOML" in parse_profile(f"a = {DEEP}", "eigen.toml").message.nl  # type: ignore[union-attr]


def test_every_reader_of_lines_goes_on_with_the_next(tmp_path: Path) -> None:
    path = tmp_path / "lijst.jsonl"
    path.write_text(f'{DEEP}\n[1e999999999999999999999999]\n{{"id": "a", "rent": 650}}\n', encoding="utf-8")
    reading = HouseholdFile(path)
    assert [name for name, _ in reading.households()] == ["a"]
    assert [problem.row for problem in reading.problems] == [1, 2]
    first, second, third = read_facts(
        path.read_text(encoding="utf-8").replace("rent", "days_overdue").splitlines()
    )
    assert [one[0].row for one in (first, second)] == [1, 2]  # type: ignore[index]
    assert third.values == {"days_overdue": 650}  # type: ignore[union-attr]


def test_a_backup_with_such_a_header_is_damaged() -> None:
    header = b"[" * 4_000
    file = io.BytesIO(MAGIC + struct.pack(">I", len(header)) + header)
    with pytest.raises(Refused) as refused:
        BackupReader(file, key_ring(make_key("k1")))
    assert refused.value.problems[0].code == "backup-damaged"
