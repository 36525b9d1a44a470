"""`voordeur arrears --spark`: the same rows from the user's own Spark, with the settings that are already there."""

import os
import re
import subprocess
import sys
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Any

from voordeur.core.problems import Problem, Refused
from voordeur.core.words import Words

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

JAVA = 17
"""The oldest Java that Spark 4 runs on."""


def spark_rows(
    ledger: str | None, on: date, known: date | None, *, with_charges: bool
) -> list[dict[str, Any]]:
    """One row per tenancy, sorted, computed on Spark. Refused when Spark cannot be had or cannot read the ledger."""
    if ledger is None:
        raise Refused(_problem("spark-needs-ledger", *_NEEDS_LEDGER))
    if with_charges:
        raise Refused(_problem("spark-no-charges", *_NO_CHARGES))
    if not find_spec("pyspark") or not find_spec("pandas"):  # pyspark says nothing to Arrow without pandas
        raise Refused(_problem("spark-missing", *_NO_PYSPARK))
    if not os.environ.get("SPARK_REMOTE") and not has_java():
        raise Refused(_problem("java-missing", *_NO_JAVA))
    from voordeur.cli.arrears_engine import tenancy_rows
    from voordeur.engine.sources import Arrears
    from voordeur.engine.spark import arrears_on_spark

    try:
        frame = arrears_on_spark(_session(), ledger, on, known, bare=True)
        found = frame.toArrow()
    except Exception as error:  # whatever a cluster may say, in one line and without its stack trace
        raise Refused(_failed(error)) from None
    return tenancy_rows(Arrears(found.sort_by("tenancy"), None))


def _session() -> "SparkSession":
    """The session of SPARK_REMOTE, spark-defaults.conf or whatever else is set; without any of it: this machine."""
    from pyspark.sql import SparkSession

    if os.environ.get("SPARK_REMOTE"):
        return SparkSession.builder.appName("voordeur arrears").getOrCreate()
    spark = SparkSession.builder.appName("voordeur arrears").getOrCreate()
    context = spark.sparkContext
    chosen = os.environ.get("PYSPARK_PYTHON") or context.getConf().get("spark.pyspark.python")
    if (context.master or "").startswith("local") and not chosen:
        context.pythonExec = (
            sys.executable
        )  # else the first python3 on the path, which need not have voordeur
    return spark


def has_java() -> bool:
    """True for a Java that is new enough. Where its version cannot be read Spark itself will say."""
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else which("java")
    if not java or not Path(java).exists():
        return False
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    return version is None or int(version[1]) >= JAVA


def _failed(error: Exception) -> Problem:
    if "ledger-not-right" in str(error):
        from voordeur.engine.spark import look_closer

        return look_closer()
    condition = getattr(error, "getCondition", lambda: None)() or type(error).__name__
    message = Words(f"Spark kon dit niet: {condition}.", f"Spark could not do this: {condition}.")
    return _problem("spark-failed", message, _SEE_LOG)


def _problem(code: str, message: Words, cure: Words) -> Problem:
    return Problem(code, message, cure, fatal=True)


_NEEDS_LEDGER = (
    Words("Spark leest een grootboek in Parquet.", "Spark reads a ledger in Parquet."),
    Words("Geef het adres met --ledger.", "Give its address with --ledger."),
)
_NO_CHARGES = (
    Words("Elke post apart gaat niet met Spark.", "Every charge apart is not for Spark."),
    Words("Laat --charges of --spark weg.", "Leave out --charges or --spark."),
)
_NO_PYSPARK = (
    Words("Spark is hier niet geïnstalleerd.", "Spark is not installed here."),
    Words("Installeer het: pip install 'voordeur[spark]'.", "Install it: pip install 'voordeur[spark]'."),
)
_NO_JAVA = (
    Words(f"Spark heeft Java {JAVA} of nieuwer nodig.", f"Spark needs Java {JAVA} or newer."),
    Words(
        "Installeer Java, of zet JAVA_HOME, of wijs met SPARK_REMOTE een cluster aan.",
        "Install Java, or set JAVA_HOME, or point to a cluster with SPARK_REMOTE.",
    ),
)
_SEE_LOG = Words(
    "Controleer het adres en je instellingen; het verslag van Spark staat hierboven.",
    "Check the address and your settings; what Spark logged stands above.",
)
