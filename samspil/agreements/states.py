# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The states of an agreement version and which may follow which."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Announced: an editorial change that the employee side can object to. Ended: nothing came after it."""

    DRAFT = "draft", _("draft")
    IN_DIALOGUE = "in_dialogue", pgettext_lazy("state of an agreement", "to be discussed")
    ANNOUNCED = "announced", pgettext_lazy("state of an agreement", "announced")
    ADOPTED = "adopted", _("adopted")
    IN_FORCE = "in_force", _("in force")
    SUPERSEDED = "superseded", _("superseded")
    ENDED = "ended", pgettext_lazy("state of an agreement", "ended")
    WITHDRAWN = "withdrawn", _("taken back for good")


MAY_FOLLOW = {
    State.DRAFT: (State.IN_DIALOGUE, State.ANNOUNCED, State.WITHDRAWN),
    State.IN_DIALOGUE: (State.DRAFT, State.ADOPTED, State.WITHDRAWN),
    State.ANNOUNCED: (State.DRAFT, State.ADOPTED, State.WITHDRAWN),
    State.ADOPTED: (State.IN_FORCE, State.WITHDRAWN),
    State.IN_FORCE: (State.SUPERSEDED, State.ENDED),
}

OPEN = (State.DRAFT, State.IN_DIALOGUE, State.ANNOUNCED, State.ADOPTED)
"""A version that is on its way; an agreement has one at most."""

FROZEN = (State.ADOPTED, State.IN_FORCE, State.SUPERSEDED, State.ENDED, State.WITHDRAWN)
"""The text of a version in one of these never changes again."""
