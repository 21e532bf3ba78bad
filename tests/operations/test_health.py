# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What a machine is told about the state of Samspil, and where the worker's sign of life comes from."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from samspil.foundation.health import LATE_AFTER, WORKER, beat, last_beat


def test_alive_asks_no_database_and_no_middleware_of_ours_does():
    # Without the mark the test may not touch the database at all.
    response = Client().get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_ready_when_database_tables_and_worker_are(anonymous, db):
    beat(name=WORKER, at=timezone.now())

    response = anonymous.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok", "migrations": "ok", "worker": "ok"}
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("age", "said"), [(None, "never seen"), (LATE_AFTER - timedelta(minutes=1), "ok"), (LATE_AFTER, "silent")]
)
def test_not_ready_when_the_worker_is_silent(anonymous, db, age, said):
    if age is not None:
        beat(name=WORKER, at=timezone.now() - age)

    response = anonymous.get("/readyz")

    assert (response.status_code, response.json()["worker"]) == (200 if said == "ok" else 503, said)


def test_not_ready_when_the_tables_are_older_than_the_code(anonymous, db):
    beat(name=WORKER, at=timezone.now())
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes("foundation")[0]
    MigrationRecorder(connection).record_unapplied(*newest)

    response = anonymous.get("/readyz")

    assert (response.status_code, response.json()["migrations"]) == (503, "unapplied")


def test_not_ready_when_the_database_does_not_answer(anonymous, db, monkeypatch):
    def refuse(*_, **__):
        message = "could not connect to server at 10.0.0.5"
        raise OperationalError(message)

    monkeypatch.setattr("samspil.foundation.health.MigrationExecutor", refuse)

    response = anonymous.get("/readyz")

    assert response.status_code == 503
    assert response.json() == {
        "status": "not ready",
        "database": "unreachable",
        "migrations": "unknown",
        "worker": "unknown",
    }


@pytest.mark.django_db(transaction=True)
def test_the_worker_shows_life(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    call_command("worker", "--batch", verbosity=0)

    assert timezone.now() - last_beat(WORKER) < timedelta(minutes=1)
