# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from samspil.config.backups import BackupError, back_up


class Command(BaseCommand):
    """``samspil backup FILE``: everything but the keys, while Samspil runs."""

    help = "Write a backup of the database and stored files to one file. Keep the keys somewhere else."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *, file: Path, **_options: Any) -> None:
        try:
            manifest = back_up(file)
        except BackupError as error:
            raise CommandError(str(error)) from error
        size = file.stat().st_size / 1_000_000
        self.stdout.write(
            _(
                "%(file)s: %(size).1f MB, Samspil %(version)s on %(database)s. It holds personal data; the keys are not in it."
            )
            % {"file": file, "size": size, "version": manifest.samspil, "database": manifest.database}
        )
