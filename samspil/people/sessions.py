# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Django's sessions in the database, found by a question that is prepared, since each page asks it."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from samspil.foundation.prepared import prepared


@prepared
def _unexpired(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


class SessionStore(DatabaseStore):
    """Finds a session as Django does; the name is the one that Django looks for."""

    def _get_session_from_db(self) -> Any:
        found = _unexpired(self.session_key or "", timezone.now())
        return found[0] if found else super()._get_session_from_db()  # type: ignore[misc]
