# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from samspil.config.demo import build_demo
from samspil.municipalities.models import Municipality

HOUR = 3600


class Command(BaseCommand):
    """Set up what is missing, then serve: web server, background worker and the hourly jobs."""

    help = "Set up the database, start the web server and the background worker, and print the address"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--threads", type=int, default=4)

    def handle(self, *, port: int, threads: int, **_: Any) -> None:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        self._prepare()
        address = f"127.0.0.1:{port}"
        web = [sys.executable, "-m", "gunicorn", "samspil.config.wsgi:application", "--bind", address]
        web += ["--workers", "1", "--threads", str(threads), "--log-level", "warning", "--graceful-timeout", "5"]
        samspil = [sys.executable, "-m", "samspil.config.command"]
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "samspil.config.settings"}
        connection.close()
        children = [
            subprocess.Popen(web, env=environment),
            subprocess.Popen([*samspil, "worker"], env=environment),
        ]
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        self.stdout.write(f"\nSamspil: http://{address}/")
        if settings.DEMO:
            self.stdout.write(f"Prøv den her: http://{address}/demo/")
        self.stdout.write("Ctrl-C stopper det hele.\n")
        self.stdout.flush()
        try:
            self._watch(children, samspil, environment)
        except (KeyboardInterrupt, SystemExit):
            self.stdout.write("\nSamspil er stoppet.")
        finally:
            for child in children:
                child.terminate()
            for child in children:
                child.wait(timeout=15)

    def _prepare(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0)
        if self._static_is_older():
            call_command("collectstatic", interactive=False, verbosity=0)
        if settings.DEMO and not Municipality.objects.exists():
            self.stdout.write("Laver to kommuner at prøve i …")
            build_demo()

    def _static_is_older(self) -> bool:
        manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
        if not manifest.exists():
            return True
        made = manifest.stat().st_mtime
        folders = [*settings.PACKAGE.glob("*/static"), settings.PACKAGE / "static_vendor"]
        return any(path.stat().st_mtime > made for folder in folders for path in folder.rglob("*"))

    def _watch(self, children: list[subprocess.Popen[bytes]], samspil: list[str], environment: dict[str, str]) -> None:
        next_hour = time.monotonic()
        hourly: subprocess.Popen[bytes] | None = None
        while all(child.poll() is None for child in children):
            if time.monotonic() >= next_hour:
                next_hour += HOUR
                hourly = subprocess.Popen([*samspil, "hourly"], env=environment)
            if hourly is not None and hourly.poll() is not None:
                hourly = None
            time.sleep(0.5)
        self.stderr.write("A part of Samspil stopped by itself; see above.")
        sys.exit(1)
