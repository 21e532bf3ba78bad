# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The states of a dialogue and which may follow which."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """``recorded`` is written down and waits for the employee side; ``concluded`` counts."""

    WAITING = "waiting", _("to be discussed")
    RECORDED = "recorded", _("waits for the employee side")
    CONCLUDED = "concluded", _("discussed")
    DEFERRED = "deferred", _("deferred")
    SENT_ON = "sent_on", _("sent on to the body above")
    WITHDRAWN = "withdrawn", _("taken back")


MAY_FOLLOW: dict[str, tuple[str, ...]] = {
    State.WAITING: (State.RECORDED, State.DEFERRED, State.SENT_ON, State.WITHDRAWN),
    State.RECORDED: (State.RECORDED, State.WAITING, State.CONCLUDED, State.SENT_ON, State.WITHDRAWN),
    State.DEFERRED: (State.WAITING, State.RECORDED, State.SENT_ON, State.WITHDRAWN),
    State.CONCLUDED: (State.WAITING, State.SENT_ON, State.WITHDRAWN),
}

OPEN = (State.WAITING, State.RECORDED, State.DEFERRED)
HELD = (State.RECORDED, State.CONCLUDED, State.SENT_ON)
"""What was said counts as said, where there is a record; one that was sent on keeps its own."""
