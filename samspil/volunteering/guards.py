# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What must hold before a volunteer starts; the page, the import and the refusal all say the same."""

from datetime import date

from django.utils.translation import gettext as _

from samspil.agreements.queries import accountable_leader
from samspil.foundation.errors import Missing
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import closing_in_words
from samspil.volunteering.formality_items import missing_formalities
from samspil.volunteering.models import Engagement, PartnershipAgreement
from samspil.volunteering.models.engagements import Through
from samspil.volunteering.partnerships import answers_for_its_own
from samspil.volunteering.queries import chosen_lineages, may_be_contact_person, room_at
from samspil.volunteering.states import PartnershipState


def missing_at_the_workplace(workplace: Unit, on: date) -> list[Missing]:
    """Return why the workplace has no room for volunteers, if it has none (R28, R32)."""
    if workplace.is_closed(on):
        return [Missing("closed", closing_in_words(workplace, on))]
    if room_at(workplace.pk) is None:
        return [
            Missing(
                "agreement", _("No agreement is in force at %(place)s. Start one first") % {"place": workplace.name}
            )
        ]
    return []


def missing_before_start(engagement: Engagement, on: date) -> list[Missing]:
    """Return all that is missing before somebody may help for the first time, and why (R23, R28, R39)."""
    missing = missing_at_the_workplace(engagement.workplace, on)
    room = room_at(engagement.workplace_id)
    if room is not None:
        if accountable_leader(room.agreement, on) is None:
            missing.append(Missing("leader", _("No leader is named. The leader of the workplace must take over first")))
        if not any(room.offers(lineage) for lineage in chosen_lineages(engagement)):
            missing.append(Missing("task", _("Choose at least one task that stands in the agreement"), "tasks"))
    if engagement.through == Through.ASSOCIATION:
        missing += missing_of_the_association(engagement.partnership, on)
    contact = engagement.contact_person_id
    if contact is None or not may_be_contact_person(engagement.workplace_id, contact, on):
        missing.append(Missing("contact_person", _("Choose a contact person who works here"), "contact-person"))
    return [*missing, *missing_formalities(engagement, on)]


def missing_of_the_association(partnership: PartnershipAgreement | None, on: date) -> list[Missing]:
    """Return what is missing before the association's volunteers may start: it answers for its own (R27, R34)."""
    if partnership is None or partnership.state != PartnershipState.IN_FORCE:
        return [Missing("partnership", _("No agreement with the association is in force. Make one first"))]
    if not answers_for_its_own(partnership, on):
        return [
            Missing(
                "confirmation",
                _("%(name)s has not said within the last year that certificates and insurance are in place")
                % {"name": partnership.organisation.name},
            )
        ]
    return []
