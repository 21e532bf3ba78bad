# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from samspil.config.demo import build_demo
from samspil.municipalities.models import Municipality


class Command(BaseCommand):
    """Fill an empty database with the two municipalities of the demo."""

    help = "Fill an empty database with two municipalities to try things in"

    def handle(self, **_: Any) -> None:
        if Municipality.objects.exists():
            message = "The database holds municipalities already; the demo needs an empty one."
            raise CommandError(message)
        build_demo()
