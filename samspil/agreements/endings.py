# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The end of an agreement: what is missing before it, what the body is told, when it comes (R53)."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from samspil.agreements.change_models import Ending
from samspil.agreements.models import AgreementVersion
from samspil.agreements.states import OPEN, State
from samspil.foundation.errors import Missing
from samspil.foundation.months import months_later
from samspil.foundation.templatetags.samspil import danish_date
from samspil.foundation.versioning import content_sha256
from samspil.med.papers import Attachment, PaperContent
from samspil.med.queries import body_for, conclusion_gaps
from samspil.municipalities.queries import still_open

MONTHS_OF_NOTICE = 3
"""Calendar months between notice under § 8 and the end."""


def end_of_notice(on: date) -> date:
    """Return the first day without an agreement under § 8, when notice is given on the day."""
    return months_later(on, MONTHS_OF_NOTICE) + timedelta(days=1)


def ending_sha256(version: AgreementVersion, reason: str, ends_on: date) -> str:
    """Return the control code of an ending: this agreement, for this reason, from this day."""
    said: dict[str, Any] = {"ends": version.content_sha256, "reason": reason, "ends_on": ends_on.isoformat()}
    return content_sha256(said)


def missing_before_ending(version: AgreementVersion, on: date) -> list[Missing]:
    """Return what stands in the way of ending an agreement."""
    if version.state != State.IN_FORCE:
        return [Missing("in_force", _("Only an agreement in force can end"))]
    missing = []
    if Ending.objects.filter(version=version, given_up_at=None).exists():
        missing.append(Missing("ending", _("It has been said already that it ends")))
    if AgreementVersion.objects.filter(agreement=version.agreement_id, state__in=OPEN).exists():
        missing.append(Missing("open", _("A new version is on its way. Finish it, or give it up")))
    if version.basis == AgreementVersion.Basis.LEADER and body_for(version.agreement.workplace, on) is None:
        text = _("No MED body covers the workplace. You or the HR/MED secretariat can set one up under Discussions")
        missing.append(Missing("body", text))
    return missing


def missing_before_ending_is_decided(ending: Ending, on: date) -> list[Missing]:
    """Return what is missing before the leader can decide that it ends: a dialogue on this very ending."""
    return conclusion_gaps(ending.dialogue, ending.content_sha256, on)


def endings_due(on: date) -> list[Ending]:
    """Return the decided endings whose day has come; a closed workplace is left alone."""
    due = Ending.objects.filter(
        decided_at__isnull=False, given_up_at=None, ends_on__lte=on, version__state=State.IN_FORCE
    )
    return list(due.filter(still_open(on, "agreement__workplace__")).order_by("pk"))


def last_ended(workplace_id: int) -> AgreementVersion | None:
    """Return the version that ended last at a workplace, or None; asked where nothing is in force."""
    ended = AgreementVersion.objects.filter(agreement__workplace_id=workplace_id, state=State.ENDED)
    return ended.order_by("-number").first()


def first_day_without(version: AgreementVersion) -> date | None:
    """Return since when there has been no agreement, where a version ended."""
    return version.in_force_until + timedelta(days=1) if version.in_force_until else None


def paper_of_ending(version: AgreementVersion, reason: str, ends_on: date, sha256: str) -> PaperContent:
    """Return the frozen paper of an ending."""
    workplace = version.agreement.workplace
    with override(settings.LANGUAGE_CODE):
        return PaperContent(
            title=_("The agreement for volunteering ends: %(workplace)s") % {"workplace": workplace.name},
            link=reverse("end_agreement", args=[workplace.slug]),
            presentation=_(
                "The leader wants the agreement to end. From that day volunteers do nothing there, until there is a new one."
            ),
            recommendation=_(
                "That the body discusses why, what it means for citizens, volunteers and employees, and whether a change "
                "would do. After that the leader decides."
            ),
            attachments=(
                Attachment(
                    _("The ending"),
                    [
                        {
                            "kind": "facts",
                            "pairs": [
                                [_("Version"), str(version.number)],
                                [_("Why"), reason],
                                [_("The first day without it"), danish_date(ends_on)],
                            ],
                        }
                    ],
                ),
            ),
            sha256=sha256,
        )
