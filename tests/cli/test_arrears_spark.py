"""`voordeur arrears --spark` where there is no Spark: one sentence and its cure. With Spark: tests/engine/spark.py."""

from pathlib import Path

import pytest

from tests.cli.arrears_runner import arrears
from voordeur.cli import arrears_spark


@pytest.fixture(autouse=True)
def no_java(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine with pyspark, but without Java and without a cluster."""
    monkeypatch.delenv("SPARK_REMOTE", raising=False)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "nowhere"))
    monkeypatch.setattr(arrears_spark, "find_spec", lambda name: object())


def refused(*options: str) -> str:
    """What is said on stderr; nothing goes out."""
    result = arrears("--on", "2026-03-01", "--spark", *options)
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr.strip()


def test_without_java() -> None:
    assert refused("--ledger", "s3a://sector/ledger") == (
        "Spark needs Java 17 or newer. Install Java, or set JAVA_HOME, or point to a cluster with SPARK_REMOTE."
    )


@pytest.mark.parametrize(
    ("version", "enough"), [("11.0.2", False), ("1.8.0_301", False), ("17.0.15", True), ("25", True)]
)
def test_an_old_java_is_not_enough(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, version: str, enough: bool
) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2025-04-15' >&2\n")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert arrears_spark.has_java() is enough


def test_without_pyspark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrears_spark, "find_spec", lambda name: None)
    assert "pip install 'voordeur[spark]'" in refused("--ledger", "s3a://sector/ledger")


def test_spark_needs_a_ledger_and_tells_no_charges() -> None:
    assert "--ledger" in refused()
    assert "--charges" in refused("--ledger", "x.parquet", "--charges")
