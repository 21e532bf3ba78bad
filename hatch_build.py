# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Refuse to build a wheel that would lack its design system or its Danish, and take the guide along."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# They stand beside the package, where people read them; in a wheel they come along.
GUIDE = {"docs/da": "samspil/docs/da", "docs/pictures": "samspil/docs/pictures"}


class CompleteWheel(BuildHookInterface):  # type: ignore[type-arg]
    """Checks what ``make setup`` makes, before it is packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Stop unless the made files are there; an editable install makes them afterwards."""
        if version == "editable":
            return
        root = Path(self.root)
        made = ("samspil/static_vendor/dkfds/css/*.css", "samspil/static_vendor/htmx/*.js", "samspil/locale/da/*/*.mo")
        missing = [pattern for pattern in made if not any(root.glob(pattern))]
        if missing:
            message = f"{', '.join(missing)} not found: run `make setup` first"
            raise FileNotFoundError(message)
        build_data["force_include"].update({there: here for there, here in GUIDE.items() if (root / there).exists()})
