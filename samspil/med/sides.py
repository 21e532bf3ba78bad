# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The two sides of a body, what its members are in it, and the forms in which it discusses."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    """The two sides of every MED body."""

    MANAGEMENT = "management", _("management side")
    EMPLOYEES = "employees", _("employee side")


class Function(models.TextChoices):
    """What a member is in the body; ``employee_contact`` is elected by a staff meeting."""

    CHAIR = "chair", _("chair")
    DEPUTY = "deputy", _("deputy chair")
    UNION_REPRESENTATIVE = "union_representative", _("union representative")
    SAFETY_REPRESENTATIVE = "safety_representative", _("safety representative")
    EMPLOYEE_CONTACT = "employee_contact", _("employee contact")
    MEMBER = "member", _("member")


class Form(models.TextChoices):
    """How a dialogue can be held; the municipality says which forms it allows (R53)."""

    MEETING = "meeting", _("Meeting")
    EXTRAORDINARY = "extraordinary", _("Extraordinary meeting")
    STAFF_MEETING = "staff_meeting", _("Staff meeting")
    TRIO = "trio", _("TRIO")
    WRITTEN = "written", _("In writing")
