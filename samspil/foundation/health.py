# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Is Samspil alive, and is it ready? Two addresses for machines, and the sign of life of the worker."""

from datetime import datetime, timedelta
from http import HTTPStatus

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from samspil.foundation.models import Heartbeat
from samspil.foundation.permission import OPEN
from samspil.foundation.views import PermissionView

WORKER = "worker"
HOURLY = "hourly"
AUDIT_WHOLE = "audit whole"
"""When ``verify-audit`` last found every municipality's record whole."""
LATE_AFTER = timedelta(minutes=5)


def beat(*, name: str, at: datetime) -> None:
    """Keep when ``name`` last ran; one row for each, never a history."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": at})


def last_beat(name: str) -> datetime | None:
    """Return when ``name`` last ran, or None where it never did."""
    return Heartbeat.objects.filter(name=name).values_list("at", flat=True).first()


def last_beats() -> dict[str, datetime]:
    """Return when each part last ran, by name; a part that never did is not there."""
    return dict(Heartbeat.objects.values_list("name", "at"))


def what_is_wrong(now: datetime) -> dict[str, str]:
    """Return each part that must work with ``ok`` or, in a word, what is the matter with it."""
    found = {"database": "ok", "migrations": "unknown", "worker": "unknown"}
    try:
        executor = MigrationExecutor(connection)
        is_behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        found["migrations"] = "unapplied" if is_behind else "ok"
        if is_behind:
            return found
        beaten = last_beat(WORKER)
    except DatabaseError:
        return found | {"database": "unreachable"}
    if beaten is None:
        found["worker"] = "never seen"
    else:
        found["worker"] = "ok" if now - beaten < LATE_AFTER else "silent"
    return found


class HealthView(PermissionView):
    """The web server answers. Asks no database, so that a slow one gets no web server killed."""

    permission = OPEN

    def get(self, request: HttpRequest) -> HttpResponse:
        """Say so."""
        return JsonResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


class ReadyView(PermissionView):
    """All that people need works: the database, its tables and the worker that sends e-mail."""

    permission = OPEN

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer 200, or 503 with the part that is amiss; no more than a word about each."""
        parts = what_is_wrong(timezone.now())
        is_ready = set(parts.values()) == {"ok"}
        return JsonResponse(
            {"status": "ok" if is_ready else "not ready", **parts},
            status=HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE,
            headers={"Cache-Control": "no-store"},
        )
