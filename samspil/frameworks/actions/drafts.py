# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The one gate to a draft: locked, still a draft, and as the writer saw it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Conflict, Refusal, StaleRevisionError
from samspil.frameworks.models import FrameworkVersion
from samspil.frameworks.permissions import EDIT
from samspil.frameworks.states import State


class DateRefusal(Refusal):
    """A date that cannot be; ``field`` says which, so that the form can say it there."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field


def locked_draft(version: FrameworkVersion, actor: Capacity) -> FrameworkVersion:
    """Return ``version`` freshly read under a lock; raises ``Refusal`` unless it is a draft and the actor's to edit."""
    EDIT.require(actor, version)
    locked: FrameworkVersion = FrameworkVersion.objects.select_for_update().get(pk=version.pk)
    if locked.state == State.PUBLISHED:
        raise Refusal(_("This edition is published, and a published text never changes. Make a new edition instead."))
    if locked.state != State.DRAFT:
        raise Refusal(_("This draft was withdrawn. Begin a new edition instead."))
    return locked


def check_revision(draft: FrameworkVersion, expected: int, conflicts: Sequence[Conflict] = ()) -> None:
    """Raise ``StaleRevisionError`` where the draft was written to since the page was opened."""
    if draft.revision != expected:
        raise StaleRevisionError(
            _("Somebody has changed the draft since you opened the page. See how it stands now, and try again."),
            conflicts,
        )


def written(draft: FrameworkVersion) -> FrameworkVersion:
    """Count the draft's revision one up, so that pages opened before are known to be old."""
    draft.revision += 1
    draft.save(update_fields=["revision"])
    return draft
