# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Volunteers, their first word, and their place at a workplace."""

from samspil.volunteering.models.engagements import Engagement, EngagementTask
from samspil.volunteering.models.formalities import (
    CertificateOrder,
    FactAnswer,
    Formality,
    FormalityDate,
    FormalityRule,
    InsuranceLine,
    Reevaluation,
)
from samspil.volunteering.models.lanes import GroupAgreement, Occasion, StaffRole, TrialVisit
from samspil.volunteering.models.messages import VolunteerMessage
from samspil.volunteering.models.partners import PartnerOrganisation, PartnershipAgreement, PartnershipConfirmation
from samspil.volunteering.models.people import Application, Volunteer
from samspil.volunteering.models.terms import CommonTerms, VolunteerAgreement, Welcome

__all__ = [
    "Application",
    "CertificateOrder",
    "CommonTerms",
    "Engagement",
    "EngagementTask",
    "FactAnswer",
    "Formality",
    "FormalityDate",
    "FormalityRule",
    "GroupAgreement",
    "InsuranceLine",
    "Occasion",
    "PartnerOrganisation",
    "PartnershipAgreement",
    "PartnershipConfirmation",
    "Reevaluation",
    "StaffRole",
    "TrialVisit",
    "Volunteer",
    "VolunteerAgreement",
    "VolunteerMessage",
    "Welcome",
]
