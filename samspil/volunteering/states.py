# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The states of a volunteer's place at a workplace, and of a first word from somebody who would like one."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """How far an engagement has come."""

    IN_CLEARANCE = "in_clearance", pgettext_lazy("state of a volunteer", "being made ready")
    ACTIVE = "active", pgettext_lazy("state of a volunteer", "active")
    PAUSED = "paused", pgettext_lazy("state of a volunteer", "on a break")
    ENDED = "ended", pgettext_lazy("state of a volunteer", "has stopped")


MAY_FOLLOW = {
    State.IN_CLEARANCE: (State.ACTIVE, State.ENDED),
    State.ACTIVE: (State.PAUSED, State.ENDED),
    State.PAUSED: (State.ACTIVE, State.ENDED),
}

HERE = (State.IN_CLEARANCE, State.ACTIVE, State.PAUSED)
"""Somebody in one of these belongs to the workplace."""


class ApplicationState(models.TextChoices):
    """What became of a first word."""

    WAITING = "waiting", _("waits for an answer")
    ADMITTED = "admitted", _("said yes to")
    DECLINED = "declined", _("said no to")
    WITHDRAWN = "withdrawn", _("taken back")


APPLICATION_MAY_FOLLOW = {
    ApplicationState.WAITING: (ApplicationState.ADMITTED, ApplicationState.DECLINED, ApplicationState.WITHDRAWN),
}
