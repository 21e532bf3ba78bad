# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""How events are chained: the MAC and what it covers. The format is fixed for good."""

import hashlib
import hmac
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from samspil.foundation.versioning import canonical_bytes

FORMAT = "samspil-event-1"


def event_mac(
    *,
    municipality_id: int,
    sequence: int,
    at: datetime,
    name: str,
    capacity: dict[str, Any],
    subject: tuple[str, str],
    changes: dict[str, Any],
    prev: str,
) -> str:
    """Return HMAC-SHA256 over the event and the one before, keyed by ``SAMSPIL_AUDIT_KEY``."""
    content = {
        "format": FORMAT,
        "municipality": municipality_id,
        "sequence": sequence,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "name": name,
        "capacity": capacity,
        "subject": list(subject),
        "changes": changes,
        "prev": prev,
    }
    return hmac.new(settings.AUDIT_KEY.encode(), canonical_bytes(content), hashlib.sha256).hexdigest()
