"""Arrangements for other systems of the corporation: VERA 4.3 Betalingsregeling with its Termijnen, as JSON.

Source: Aedes VERA OpenAPI, domain INC (Incasso); codes from its reference data. No names and no account numbers:
a debtor is named by the number of the tenancy agreement. Amounts are euros with two decimals, as VERA has them.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from voordeur.core.arrangements.values import ArrangementState, EndReason, Rhythm
from voordeur.core.arrangements.watching import InstalmentState

S = ArrangementState
_STATUS = {
    S.PROPOSED: ("AAN", "Aangevraagd"),
    S.AGREED: ("ACT", "Actief"),
    S.LIVE: ("ACT", "Actief"),
    S.AT_RISK: ("ACT", "Actief"),
    S.BREACHED: ("ACT", "Actief"),
    S.RECOVERED: ("ACT", "Actief"),
    S.COMPLETED: ("BEE", "Beëindigd"),
    S.ENDED: ("ANN", "Geannuleerd"),
}
_INTERVAL = {
    Rhythm.WEEKLY: "P7D",
    Rhythm.FORTNIGHTLY: "P14D",
    Rhythm.FOUR_WEEKLY: "P28D",
    Rhythm.MONTHLY: "P1M",
}


@dataclass(frozen=True, slots=True)
class Term:
    """One instalment. Cents."""

    number: int
    due: date
    amount: int
    paid: int
    paid_on: date | None
    state: InstalmentState


@dataclass(frozen=True, slots=True)
class Exported:
    """One arrangement, as it goes out. Cents."""

    id: int
    reference: str
    tenancy_key: str
    state: ArrangementState
    reason: EndReason | None
    agreed_on: date | None
    ended_on: date | None
    total: int
    received: int
    rhythm: Rhythm
    direct_debit: bool
    terms: Sequence[Term]


def vera_file(arrangements: Iterable[Exported]) -> bytes:
    """A list of Betalingsregelingen as JSON (UTF-8), the same bytes for the same arrangements."""
    return json.dumps([betalingsregeling(one) for one in arrangements], ensure_ascii=False, indent=1).encode()


def betalingsregeling(one: Exported) -> dict[str, Any]:
    """One arrangement. What is not known is left out, as VERA wants it."""
    found: dict[str, Any] = {
        "id": str(one.id),
        "code": one.reference,
        "status": _coded(*_STATUS[one.state]),
        "begindatum": one.terms[0].due.isoformat() if one.terms else None,
        "einddatum": (one.ended_on or (one.terms[-1].due if one.terms else None)),
        "afspraakdatum": one.agreed_on,
        "bedrag": _euros(one.total),
        "saldo": _euros(max(0, one.total - one.received)),
        "termijnenAantal": len(one.terms),
        "prolongatieInterval": _INTERVAL[one.rhythm],
        "betaalwijze": {
            "soort": _coded(*(("INC", "Incasso") if one.direct_debit else ("OVB", "Overboeking")))
        },
        "debiteur": {"code": one.tenancy_key},
        "overeenkomst": {"code": one.tenancy_key},
        "eindeReden": _end_reason(one),
        "termijnen": [_term(one.id, term) for term in one.terms],
    }
    return {key: _plain(value) for key, value in found.items() if value is not None}


def _term(arrangement: int, term: Term) -> dict[str, Any]:
    found: dict[str, Any] = {
        "id": f"{arrangement}-{term.number}",
        "vervaldatum": term.due,
        "datum": term.paid_on,
        "bedrag": _euros(term.amount),
        "saldo": _euros(term.amount - term.paid),
        "omschrijving": term.state.words.nl,
    }
    return {key: _plain(value) for key, value in found.items() if value is not None}


def _end_reason(one: Exported) -> dict[str, str] | None:
    if one.state is S.COMPLETED:
        return _coded("AFB", "Afbetaald")
    if one.reason is EndReason.NOT_KEPT:
        return _coded("VOL", "Regeling voldoet niet")
    return None


def _coded(code: str, name: str) -> dict[str, str]:
    return {"code": code, "naam": name}


def _euros(cents: int) -> float:
    return float(Decimal(cents).scaleb(-2))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
