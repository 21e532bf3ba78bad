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


class PartnershipState(models.TextChoices):
    """How far an agreement with an association has come."""

    DRAFT = "draft", _("draft")
    IN_DIALOGUE = "in_dialogue", pgettext_lazy("state of an agreement", "to be discussed")
    IN_FORCE = "in_force", _("in force")
    SUPERSEDED = "superseded", _("superseded")
    ENDED = "ended", pgettext_lazy("state of an agreement", "ended")
    WITHDRAWN = "withdrawn", _("taken back for good")


PARTNERSHIP_MAY_FOLLOW = {
    PartnershipState.DRAFT: (PartnershipState.IN_DIALOGUE, PartnershipState.WITHDRAWN),
    PartnershipState.IN_DIALOGUE: (PartnershipState.DRAFT, PartnershipState.IN_FORCE, PartnershipState.WITHDRAWN),
    PartnershipState.IN_FORCE: (PartnershipState.SUPERSEDED, PartnershipState.ENDED),
}
