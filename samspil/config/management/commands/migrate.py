# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from typing import Any

from django.conf import settings
from django.core.management.commands import migrate
from django.db import connections


class Command(migrate.Command):
    """Django's own, which first makes the data folder where the database is a file in it."""

    def execute(self, *args: Any, **options: Any) -> Any:
        """Make the folder before anything looks at the database, as Django's checks do."""
        if connections[options["database"]].vendor == "sqlite":
            settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        return super().execute(*args, **options)
