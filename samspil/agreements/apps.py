# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """The local agreement for volunteering."""

    name = "samspil.agreements"
    label = "agreements"

    def ready(self) -> None:
        """Let the page that ends a role say what follows for the agreement, and MED know the types of task."""
        from samspil.agreements.leading import what_follows  # noqa: PLC0415 - models are not loaded before
        from samspil.people.queries import WHAT_FOLLOWS  # noqa: PLC0415

        WHAT_FOLLOWS.append(what_follows)

        from samspil.agreements.catalogue import task_types_at  # noqa: PLC0415
        from samspil.med.queries import TASK_TYPES  # noqa: PLC0415

        TASK_TYPES.append(task_types_at)
