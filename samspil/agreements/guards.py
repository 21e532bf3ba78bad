# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What must hold before a step; the page, the command and the refusal all say the same."""

from datetime import date

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from samspil.agreements.covering import missing_in_covering
from samspil.agreements.models import AgreementVersion
from samspil.agreements.queries import accountable_leader, contact_persons, local_principles, undecided_doubts
from samspil.agreements.sections import NEEDED
from samspil.agreements.updates import exemption_of
from samspil.foundation.errors import Missing
from samspil.frameworks.models import FrameworkVersion
from samspil.frameworks.queries import principles
from samspil.med.models import Position
from samspil.med.queries import body_for, conclusion_gaps
from samspil.municipalities.queries import closing_in_words


def missing_before_dialogue(version: AgreementVersion, on: date) -> list[Missing]:
    """Return what is missing before the agreement can be discussed (R13, R19, R22, R48, R50)."""
    filled = {section.kind for section in version.sections.all() if section.text}
    missing = missing_where_closed(version, on)
    missing += [
        Missing(section.kind, section.missing, f"id_{section.kind}") for section in NEEDED if section.kind not in filled
    ]
    if not version.tasks.all():
        missing.append(Missing("task", _("Tick at least one task, or add one of your own"), "tasks"))
    if not contact_persons(version.agreement, on):
        missing.append(Missing("contact_person", _("Choose a contact person"), "contact-persons"))
    if accountable_leader(version.agreement, on) is None:
        missing.append(
            Missing(
                "leader", _("No leader is named. The leader of the workplace must take the agreement over"), "leader"
            )
        )
    if body_for(version.agreement.workplace, on) is None:
        missing.append(
            Missing(
                "body",
                _("No MED body covers the workplace. You or the HR/MED secretariat can set one up under Discussions"),
                "body",
            )
        )
    return missing + missing_ties(version) + missing_in_covering(version, on, asks_leader=True)


def missing_ties(version: AgreementVersion) -> list[Missing]:
    """Return the own principles that build on something that is no common principle of the pinned edition (R45)."""
    own = local_principles(version)
    if not own:
        return []
    common = {element.lineage for element in principles(version.framework)}
    return [
        Missing(
            "tie",
            _("Your own principle “%(text)s” builds on something that is gone: tie it to another one, or take it out")
            % {"text": Truncator(row.text).chars(60)},
            "own-principles",
        )
        for row in own
        if row.builds_on not in common
    ]


def missing_before_adoption(version: AgreementVersion, on: date) -> list[Missing]:
    """Return what is missing before the leader can decide (R16, R43)."""
    missing = missing_where_closed(version, on)
    missing += conclusion_gaps(version.dialogue, version.content_sha256, on)
    missing += [
        Missing(
            "doubt",
            _("Decide on the doubt about “%(task)s”: confirm it or strike it") % {"task": task.title},
            f"task-{task.pk}",
        )
        for task in undecided_doubts(version)
    ]
    if accountable_leader(version.agreement, on) is None:
        missing.append(
            Missing(
                "leader", _("No leader is named. The leader of the workplace must take the agreement over"), "leader"
            )
        )
    if version.basis == AgreementVersion.Basis.SECTION_8:
        agreeing = Position.objects.filter(dialogue=version.discussion, sha256=version.content_sha256).exclude(
            stand=Position.Stand.DISAGREE
        )
        if agreeing.count() < len(("management", "employees")):
            missing.append(Missing("section_8", _("Under § 8 both sides must agree. One side does not"), "positions"))
    return missing + missing_ties(version) + missing_in_covering(version, on)


def missing_before_force(version: AgreementVersion, on: date) -> list[Missing]:
    """Return what is missing before an adopted agreement enters into force."""
    missing = missing_where_closed(version, on)
    if version.in_force_from is None or version.in_force_from > on:
        missing.append(Missing("date", _("The day it enters into force has not come yet")))
    replaced = FrameworkVersion.objects.in_force(on).filter(
        number__gt=version.framework.number, predecessor_until__lt=on
    )
    if replaced.exists() and exemption_of(version, on) is None:
        missing.append(
            Missing(
                "framework",
                _("It builds on a version of the framework that can no longer be used. Make a new version of it"),
            )
        )
    return missing + missing_in_covering(version, on)


def missing_where_closed(version: AgreementVersion, on: date) -> list[Missing]:
    """Return that the workplace is closed, where it is: what is on its way waits there for good, or until it reopens."""
    workplace = version.agreement.workplace
    if not workplace.is_closed(on):
        return []
    return [Missing("closed", closing_in_words(workplace, on).rstrip("."))]
