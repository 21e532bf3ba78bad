# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from samspil.foundation import tenancy
from samspil.foundation.health import WORKER, beat
from samspil.municipalities.models import Municipality
from samspil.notifications.queries import is_something_to_send
from samspil.notifications.tasks import deliver

BEAT_EVERY = 15
POST_EVERY = 60


class BeatingWorker(Worker):
    """Does the tasks that wait, and between them says that it lives.

    The sign of life comes from the loop that takes the tasks, so that a worker that hangs in one falls silent.
    """

    _beaten = -float(BEAT_EVERY)
    _posted = -float(POST_EVERY)

    def run(self) -> None:
        """Go on until told to stop; with ``batch``, until nothing waits."""
        is_once, self.batch = self.batch, True
        while self.running:
            self._beat()
            self._post()
            super().run()
            if is_once:
                return
            if self.running:
                time.sleep(self.interval)

    def run_task(self, db_task_result: DBTaskResult[Any, Any]) -> None:
        """Do one task, then show life: a long queue is no silence."""
        super().run_task(db_task_result)
        self._beat()

    def _beat(self) -> None:
        now = time.monotonic()
        if now - self._beaten >= BEAT_EVERY:
            self._beaten = now
            beat(name=WORKER, at=timezone.now())

    def _post(self) -> None:
        """Once a minute, see to the e-mail whose time has come: after a weekend, a fault or a fall."""
        now = time.monotonic()
        if now - self._posted < POST_EVERY:
            return
        self._posted = now
        for municipality in Municipality.objects.all():
            with tenancy.scope(municipality.pk):
                if is_something_to_send(timezone.now()):
                    deliver.enqueue(municipality.pk)


class Command(BaseCommand):
    """Do what waits in the background (e-mail), and show ``/readyz`` that it is being done."""

    help = "Do what waits in the background, and keep a sign of life for /readyz"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between looks at an empty queue")
        parser.add_argument("--batch", action="store_true", help="stop when nothing waits")

    def handle(self, *, interval: float, batch: bool, **_: Any) -> None:
        worker = BeatingWorker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=interval,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )
        worker.configure_signals()
        worker.run()
