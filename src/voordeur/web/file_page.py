"""What the page of one tenancy shows of its file. Pure: from a file to figures."""

from typing import Any

from voordeur.store import queries
from voordeur.store.queries import TenancyFile
from voordeur.web import charts, pattern, statement


def context(file: TenancyFile, *, everything: bool) -> dict[str, Any]:
    """Ledger, timeline, pattern and step; with `everything` also what is old and paid."""
    pays = pattern.payment_pattern(file)
    return {
        "file": file,
        "statement": statement.ledger(file, everything=everything),
        "pattern": pays,
        "chart": charts.payment_pattern(pays),
        "why_not": statement.why_not(file),
        "no_step": queries.NO_STEP,
    }
