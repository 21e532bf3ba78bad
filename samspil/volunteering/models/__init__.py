# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Volunteers, their first word, and their place at a workplace."""

from samspil.volunteering.models.engagements import Engagement, EngagementTask
from samspil.volunteering.models.lanes import GroupAgreement, Occasion, StaffRole, TrialVisit
from samspil.volunteering.models.partners import PartnerOrganisation, PartnershipAgreement, PartnershipConfirmation
from samspil.volunteering.models.people import Application, Volunteer

__all__ = [
    "Application",
    "Engagement",
    "EngagementTask",
    "GroupAgreement",
    "Occasion",
    "PartnerOrganisation",
    "PartnershipAgreement",
    "PartnershipConfirmation",
    "StaffRole",
    "TrialVisit",
    "Volunteer",
]
