# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Volunteers, their first word, and their place at a workplace."""

from samspil.volunteering.models.engagements import Engagement, EngagementTask
from samspil.volunteering.models.messages import VolunteerMessage
from samspil.volunteering.models.people import Application, Volunteer
from samspil.volunteering.models.terms import CommonTerms, VolunteerAgreement, Welcome

__all__ = [
    "Application",
    "CommonTerms",
    "Engagement",
    "EngagementTask",
    "Volunteer",
    "VolunteerAgreement",
    "VolunteerMessage",
    "Welcome",
]
