# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What an agreement with an association says, what it lacks, and when the association's word is due."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from samspil.agreements.between import TaskOffered
from samspil.agreements.boundary import Boundary
from samspil.foundation.errors import Missing
from samspil.foundation.months import months_later
from samspil.foundation.pdf import Block, bullets, heading, paragraph
from samspil.foundation.versioning import content_sha256
from samspil.frameworks.product_text import SUPPLEMENT
from samspil.med.papers import Attachment, PaperContent
from samspil.med.queries import body_for, conclusion_gaps
from samspil.volunteering.models import PartnershipAgreement, PartnershipConfirmation
from samspil.volunteering.queries import room_at
from samspil.volunteering.states import PartnershipState

CONFIRMED_EVERY_MONTHS = 12


def tasks_to_choose(workplace_id: int) -> list[TaskOffered]:
    """Return the tasks that an association may take on: what the agreement offers and nobody doubts (R40)."""
    room = room_at(workplace_id)
    return [task for task in room.tasks if task.boundary == Boundary.SUPPLEMENT] if room else []


def tasks_of(partnership: PartnershipAgreement) -> list[TaskOffered]:
    """Return the association's tasks as the agreement in force words them today."""
    room = room_at(partnership.workplace_id)
    return [task for task in room.tasks if str(task.lineage) in partnership.tasks] if room else []


def partnership_content(partnership: PartnershipAgreement) -> dict[str, Any]:
    """Return what the control code covers."""
    return {
        "organisation": partnership.organisation.name,
        "workplace": partnership.workplace.slug,
        "purpose": partnership.purpose,
        "tasks": sorted(partnership.tasks),
        "our_contact": partnership.our_contact,
        "their_contact": partnership.their_contact,
        "meetings": partnership.meetings,
        "how_to_stop": partnership.how_to_stop,
    }


def partnership_sha256(partnership: PartnershipAgreement) -> str:
    """Return the control code of what it says now."""
    return content_sha256(partnership_content(partnership))


def _missing_words(partnership: PartnershipAgreement) -> list[Missing]:
    asked = {
        "purpose": _("Write what you want to do together"),
        "our_contact": _("Write whom the association asks at the workplace"),
        "their_contact": _("Write whom you ask in the association"),
        "how_to_stop": _("Write how each of you stops"),
    }
    return [Missing(name, text, f"id_{name}") for name, text in asked.items() if not getattr(partnership, name)]


def missing_before_proposal(partnership: PartnershipAgreement, on: date) -> list[Missing]:
    """Return what is missing before the agreement with the association can be discussed (R27, R32, R40)."""
    missing = _missing_words(partnership)
    allowed = {str(task.lineage) for task in tasks_to_choose(partnership.workplace_id)}
    if room_at(partnership.workplace_id) is None:
        missing.append(Missing("agreement", _("No agreement is in force here. Start one first")))
    elif not partnership.tasks or not set(partnership.tasks) <= allowed:
        missing.append(Missing("tasks", _("Choose tasks that stand in the agreement and are a supplement"), "id_tasks"))
    if body_for(partnership.workplace, on) is None:
        missing.append(Missing("body", _("No MED body covers the workplace. The HR/MED secretariat can set one up")))
    return missing


def missing_before_decision(partnership: PartnershipAgreement, on: date) -> list[Missing]:
    """Return what is missing before the leader can decide: a concluded discussion of these very words (R43, R53)."""
    return conclusion_gaps(partnership.dialogue, partnership.content_sha256, on)


def confirmations_of(partnership: PartnershipAgreement) -> models.QuerySet[PartnershipConfirmation]:
    """Return what the association has said through all editions, newest first."""
    return PartnershipConfirmation.objects.filter(partnership__lineage=partnership.lineage)


def confirmation_due(partnership: PartnershipAgreement, on: date) -> date | None:
    """Return when the association's word on certificates and insurance is due next; None where none is awaited."""
    said = confirmations_of(partnership).filter(confirmed_on__lte=on)
    return due_after(partnership, said.values_list("confirmed_on", flat=True).first())


def due_after(partnership: PartnershipAgreement, last_word: date | None) -> date | None:
    """Return the same where the day of the last word is known: a year after it, the first when the agreement begins."""
    if partnership.state != PartnershipState.IN_FORCE:
        return None
    return months_later(last_word, CONFIRMED_EVERY_MONTHS) if last_word else partnership.in_force_from


def answers_for_its_own(partnership: PartnershipAgreement, on: date) -> bool:
    """Whether the association's word stands on the day, so that its volunteers may start."""
    due = confirmation_due(partnership, on)
    return due is not None and due > on


def partnership_blocks(partnership: PartnershipAgreement) -> tuple[Block, ...]:
    """Return the agreement as blocks, for the page, the paper and print; functions only, no names of people."""
    titles = [task.title for task in tasks_of(partnership)]
    words = (
        (_("What we want to do together"), partnership.purpose),
        (_("Whom the association asks at the workplace"), partnership.our_contact),
        (_("Whom the workplace asks in the association"), partnership.their_contact),
        (_("When we meet"), partnership.meetings),
        (_("How each of us stops"), partnership.how_to_stop),
    )
    blocks: list[Block] = [paragraph(SUPPLEMENT)]
    blocks += [heading(_("What the association's volunteers help with")), bullets(*titles)] if titles else []
    for title, text in words:
        blocks += [heading(title), paragraph(text)] if text else []
    return (
        *blocks,
        heading(_("Certificates and insurance")),
        paragraph(
            _(
                "The association obtains the certificates that the law asks for, insures its own volunteers, and says so "
                "once a year. The workplace sees no certificates."
            )
        ),
    )


def paper_of(partnership: PartnershipAgreement, sha256: str) -> PaperContent:
    """Return the frozen paper about the agreement with the association (R27, R61)."""
    with override(settings.LANGUAGE_CODE):
        names = {"association": partnership.organisation.name, "workplace": partnership.workplace.name}
        blocks = [asdict(block) for block in partnership_blocks(partnership)]
        return PaperContent(
            title=_("Agreement with %(association)s: %(workplace)s") % names,
            link=reverse("partnership", args=[partnership.pk]),
            presentation=_("%(workplace)s wants to work together with %(association)s.") % names,
            recommendation=_(
                "That the body discusses what the association's volunteers are to do, and says what the two sides think of "
                "it. After that the leader decides."
            ),
            attachments=(Attachment(title=_("The draft of the agreement with the association"), blocks=blocks),),
            sha256=sha256,
        )
