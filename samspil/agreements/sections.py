# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The sections of the one page: which there are, what they are called, what each is for.

``needed`` ones must have text before the agreement can be discussed; the others are folded
away ("Uddyb, hvis I vil").
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class SectionKind:
    """``missing`` is the sentence that says what to do; it is also the words of the link to it.

    What is not ``is_open`` is for those who work here and MED, and stands on no open page.
    """

    kind: str
    label: Any
    hint: Any
    needed: bool = False
    missing: Any = ""
    is_open: bool = True


PURPOSE = "purpose"
PURPOSE_VOLUNTEER = "purpose_volunteer"
PURPOSE_EMPLOYEES = "purpose_employees"
PROFESSIONAL_JUDGEMENT = "professional_judgement"
RECOGNITION = "recognition"
CUSTOMS = "customs"
CHALLENGES = "challenges"
PLACES = "places"
COOPERATION = "cooperation"
SUPPORT = "support"
STAFF_AGREEMENTS = "staff_agreements"

REGISTRY: dict[str, SectionKind] = {
    section.kind: section
    for section in (
        SectionKind(
            PURPOSE,
            _("What does it give the citizen?"),
            _("One or two sentences are enough."),
            needed=True,
            missing=_("Write what it gives the citizen"),
        ),
        SectionKind(
            PROFESSIONAL_JUDGEMENT,
            _("What do the employees decide?"),
            _("What takes a professional assessment, and what volunteers always ask about."),
            needed=True,
            missing=_("Write what the employees decide"),
        ),
        SectionKind(
            RECOGNITION,
            _("How we appreciate the effort"),
            _("What a volunteer meets with you: a thank-you, a cup of coffee, a summer party."),
            needed=True,
            missing=_("Write how you appreciate the effort"),
        ),
        SectionKind(
            CUSTOMS,
            _("Our customs"),
            _("What a new volunteer must know on the first day."),
            needed=True,
            missing=_("Write what a new volunteer must know on the first day"),
        ),
        SectionKind(PURPOSE_VOLUNTEER, _("What does it give the volunteers?"), _("May be empty.")),
        SectionKind(PURPOSE_EMPLOYEES, _("What does it give the employees?"), _("May be empty.")),
        SectionKind(PLACES, _("Where and when"), _("Where the volunteers come, and on which days.")),
        SectionKind(COOPERATION, _("How we work together"), _("Meetings, messages, how to say no.")),
        SectionKind(SUPPORT, _("Support from the workplace"), _("Introduction, materials, courses.")),
        SectionKind(
            STAFF_AGREEMENTS,
            _("Agreements with the employees"),
            _("What you have agreed on, so that everybody is ready. It does not stand on the open page."),
            is_open=False,
        ),
        SectionKind("expenses", _("Expenses"), _("What is paid, and how.")),
        SectionKind(
            CHALLENGES, _("What may become difficult?"), _("Which challenges you expect, and what you will do.")
        ),
    )
}

EXISTING = SectionKind("existing", _("The agreement as it was written"), "")
"""The words of an agreement from before the framework; never part of the one page."""

NEEDED = tuple(section for section in REGISTRY.values() if section.needed)
FOLDED = tuple(section for section in REGISTRY.values() if not section.needed)
