"""The versions of the policy: drafts, those that were and are live, and the one that will be."""

from dataclasses import dataclass
from datetime import date, datetime

from voordeur.store.models import PolicyVersion


@dataclass(frozen=True, slots=True)
class Version:
    """One version."""

    id: int
    name: str
    number: int
    text: str
    by: str
    changed: datetime
    live_from: date | None
    note: str

    @property
    def draft(self) -> bool:
        """True while it can be changed."""
        return self.live_from is None


def policy_versions() -> tuple[Version, ...]:
    """All of them: drafts first, then the newest that went live."""
    rows = PolicyVersion.objects.select_related("made_by").order_by("-pk")
    return tuple(
        sorted(map(_version, rows), key=lambda one: (not one.draft, -(one.live_from or date.max).toordinal()))
    )


def policy_version(version: int) -> Version | None:
    """One version."""
    row = PolicyVersion.objects.select_related("made_by").filter(pk=version).first()
    return _version(row) if row else None


def _version(row: PolicyVersion) -> Version:
    return Version(
        row.pk, row.name, row.number, row.text, str(row.made_by or ""), row.changed, row.live_from, row.note
    )
