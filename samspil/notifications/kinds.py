# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What messages are about, and how somebody wants to hear of each kind by e-mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a message is about. A new kind is added here; every call of ``tell`` names one."""

    ACT = "act", _("Something that you are asked to answer or put right")
    MED = "med", _("Discussions in MED")
    AGREEMENT = "agreement", _("Agreements at the workplace")
    REMINDER = "reminder", _("Friendly reminders")


ALWAYS_MAILED = frozenset({Kind.ACT})
"""What somebody must act on: it is mailed at once, whatever they have chosen for the rest."""

CHOSEN_BY_THE_READER = tuple(kind for kind in Kind if kind not in ALWAYS_MAILED)


class How(models.TextChoices):
    """How somebody hears of a kind by e-mail. The line on the home page is there in any case."""

    AT_ONCE = "at_once", _("At once")
    WEEKLY = "weekly", _("Together, on Monday morning")
    NEVER = "never", _("No e-mail")
