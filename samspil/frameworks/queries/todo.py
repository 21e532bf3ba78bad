# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What somebody has to do about the framework."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samspil.foundation.capacity import Capacity
from samspil.foundation.todo import Todo
from samspil.frameworks.queries.versions import draft, latest_published
from samspil.people.models import Role


def todo_for(capacity: Capacity) -> list[Todo]:
    """Return what the secretariat has to do about the framework; nothing for others."""
    if capacity.role != Role.ADMINISTRATOR:
        return []
    waiting = draft()
    if waiting is not None:
        return [
            Todo(
                key=f"frameworks.draft.{waiting.pk}",
                title=_("The draft of the framework waits"),
                detail=_("Read it through and publish it, or withdraw it."),
                url=reverse("framework_draft"),
                label=_("Go on with the draft"),
            )
        ]
    if latest_published() is None:
        return [
            Todo(
                key="frameworks.none",
                title=_("There is no common framework yet"),
                detail=_("Import your own document, or begin with the model framework."),
                url=reverse("import_framework"),
                label=_("Begin"),
            )
        ]
    return []
