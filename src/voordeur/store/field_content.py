"""What a phone recorded, as it is kept: JSON in an encrypted column."""

import json
from collections.abc import Mapping
from typing import Any

from voordeur.store.models import FieldEvent


def payload_of(row: FieldEvent) -> Mapping[str, Any]:
    """What was recorded; empty when it is not the kind of thing that a phone records."""
    try:
        found = json.loads(row.content or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
