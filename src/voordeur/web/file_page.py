"""What the page of one tenancy shows of its file, and beside it."""

from typing import Any

from voordeur.store import queries
from voordeur.store.queries import TenancyFile
from voordeur.store.queries.arrangements import newest
from voordeur.store.queries.own_page import asks_of
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


def beside(tenancy_id: int) -> dict[str, Any]:
    """What stands beside the ledger: what the tenant asked on the own page, and the arrangement."""
    return {"asks": asks_of(tenancy_id), "arrangement": newest(tenancy_id)}
