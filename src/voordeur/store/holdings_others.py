"""What an answer leaves out because it is about somebody else on the same agreement (GDPR art. 15(4)).

The ledger, the case and what was agreed are of all tenants together, and each may have them. How to reach the other,
what the other asked or told us (income, on the own page, at the door), and why somebody opened the file in an emergency
are not: a former partner could ask.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from voordeur.core.words import Words
from voordeur.store import models

WHOLE = frozenset({"*"})
"""The whole record stays away."""
NOTHING: frozenset[str] = frozenset()
LEFT_OUT = Words("weggelaten (AVG art. 15 lid 4)", "left out (GDPR art. 15(4))")


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and how the others on the agreement are reached."""

    tenant: int
    name: str
    means: frozenset[str]
    """Telephone numbers and e-mail addresses of the others that are not also the asker's."""
    requests: frozenset[int]
    """Requests of the asker, or of all tenants together."""


def asker_of(tenancy: models.Tenancy, tenant: int | None) -> Asker | None:
    """None when all ask together, or when nobody else is on the agreement: then nothing is left out."""
    people = list(tenancy.tenants.order_by("pk"))
    own = next((one for one in people if one.pk == tenant), None)
    if own is None or len(people) < 2:
        return None
    means = {one for other in people if other.pk != own.pk for one in (other.phone, other.email) if one}
    others = {one.pk for one in people} - {own.pk}
    asked = tenancy.rights_requests.exclude(asker__in=others).values_list("pk", flat=True)
    return Asker(own.pk, own.name, frozenset(means - {own.phone, own.email}), frozenset(asked))


def _of_tenant(row: Any, asker: Asker) -> frozenset[str]:
    return NOTHING if row.pk == asker.tenant else frozenset({"phone", "email", "language"})


def _of_correction(row: Any, asker: Asker) -> frozenset[str]:
    return NOTHING if row.tenant_id == asker.tenant else WHOLE


def _of_request(row: Any, asker: Asker) -> frozenset[str]:
    return NOTHING if row.pk in asker.requests else WHOLE


def _of_agreement(row: Any, asker: Asker) -> frozenset[str]:
    return NOTHING if row.name == asker.name else frozenset({"name", "signature", "pdf"})


def _always(*names: str) -> Callable[[Any, Asker], frozenset[str]]:
    """Nobody knows of which of them it is: left out for one, told when all ask together."""
    return lambda row, asker: frozenset(names)


def _of_message(row: Any, asker: Asker) -> frozenset[str]:
    return frozenset({"to", "said"}) if row.to in asker.means else NOTHING


_OTHERS: Mapping[type, Callable[[Any, Asker], frozenset[str]]] = {
    models.Tenant: _of_tenant,
    models.TenantCorrection: _of_correction,
    models.RightsRequest: _of_request,
    models.EmergencyAccess: _always("reason", "remark"),
    models.SentMessage: _of_message,
    models.TenantAsk: _always("words", "answer"),
    models.Budget: _always("content"),
    models.SchemeCheck: _always("answers", "known"),
    models.SafetyNote: _always("kind"),
    models.FieldEvent: _always("content"),
    models.Consent: _always("signature"),
    models.ArrangementAgreement: _of_agreement,
}


def left_out(row: Any, asker: Asker | None) -> frozenset[str]:
    """Names of what is left out of this record; WHOLE when it stays away altogether."""
    judge = _OTHERS.get(type(row))
    return judge(row, asker) if judge and asker else NOTHING


def hides_details(line: models.AuditLine, asker: Asker | None) -> bool:
    """The details of a line of the log hold what was corrected: only for who asked for it."""
    request = line.data.get("request")
    return asker is not None and request is not None and request not in asker.requests
