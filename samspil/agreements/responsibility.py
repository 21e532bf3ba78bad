# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Who does what: derived from the task, in sentences that anybody can read (R40).

Accountable is always staff. The derived sentence stands until the workplace writes its own.
"""

from django.utils.translation import gettext as _

from samspil.agreements.models import Task


def responsibility_of(task: Task) -> str:
    """Return who does what in ``task``."""
    return task.responsibility or derived_responsibility()


def derived_responsibility() -> str:
    """Return the sentence that stands until somebody writes another."""
    return _(
        "The volunteers do it, the contact person helps along the way, and the leader answers for the cooperation. "
        "The core service stays with the employees."
    )
