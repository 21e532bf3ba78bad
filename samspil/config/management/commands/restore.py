# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from samspil.config.backups import BackupError, restore


class Command(BaseCommand):
    """``samspil restore FILE [--replace]``: stop web server and worker first."""

    help = "Put a backup in the place of the database, and check that the audit is whole."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--replace", action="store_true", help="even though the database holds data")

    def handle(self, *, file: Path, replace: bool, **_options: Any) -> None:
        try:
            manifest = restore(file, replace=replace)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _("The backup from %(made_at)s is in place. Everybody must log in again.") % {"made_at": manifest.made_at}
        )
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write(
                _("This Samspil is newer than the backup. Now run samspil migrate, then samspil verify-audit.")
            )
            return
        call_command("verify_audit", stdout=self.stdout)
