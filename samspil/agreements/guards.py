# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What must hold before a step; the page, the command and the refusal all say the same."""

from collections.abc import Collection
from datetime import date

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from samspil.agreements.changes import change_of
from samspil.agreements.covering import missing_in_covering
from samspil.agreements.models import AgreementVersion
from samspil.agreements.queries import accountable_leader, contact_persons, local_principles, undecided_doubts
from samspil.agreements.sections import NEEDED
from samspil.agreements.states import State
from samspil.agreements.updates import exemption_of, update_between
from samspil.foundation.errors import Missing
from samspil.foundation.templatetags.samspil import danish_date
from samspil.frameworks.models import FrameworkVersion
from samspil.frameworks.queries import principles
from samspil.med.models import Position
from samspil.med.queries import body_for, conclusion_gaps, employee_side
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


def missing_before_announcing(version: AgreementVersion, marked: Collection[str], on: date) -> list[Missing]:
    """Return why a change cannot be announced instead of discussed; ``marked`` is what is only worded otherwise (R53)."""
    missing = missing_before_dialogue(version, on)
    body = body_for(version.agreement.workplace, on)
    if body is not None and not employee_side(body, on):
        text = _("%(body)s has nobody on the employee side who could object. Put somebody there")
        missing.append(Missing("employee_side", text % {"body": body.name}))
    missing += missing_in_being_editorial(version, on, marked)
    if (
        not missing
        and change_of(version, marked).is_none
        and version.framework_id == _predecessor(version).framework_id
    ):
        missing.append(Missing("change", _("Nothing has been changed since the version in force")))
    return missing


def missing_in_being_editorial(
    version: AgreementVersion, on: date, marked: Collection[str] | None = None
) -> list[Missing]:
    """Return what takes a dialogue, asked when a change is announced and again before it is decided on (R53).

    ``marked`` left out: what was announced as worded otherwise only.
    """
    before = version.copied_from
    if before is None or before.state != State.IN_FORCE:
        return [Missing("predecessor", _("There is no version in force before it. It must be discussed with MED"))]
    missing = [
        Missing("material", _("“%(what)s” is changed. It must be discussed with MED") % {"what": part.title})
        for part in change_of(version, marked).material
    ]
    return missing + missing_stands(version, on)


def missing_stands(version: AgreementVersion, on: date) -> list[Missing]:
    """Return what a newer edition of the framework changes that has no stand, or one that takes new text or time."""
    update = update_between(_predecessor(version), version.framework, on)
    if update is None:
        return []
    missing = [
        Missing("stand", _("Take a stand on “%(text)s”") % {"text": Truncator(here.title).chars(60)}, here.anchor)
        for here in update.waiting
    ]
    if update.needs_new_text:
        missing.append(Missing("revised", _("You have said that you revise your text. It must be discussed with MED")))
    if update.exempted_until is not None:
        missing.append(
            Missing(
                "exempted",
                _("You are exempt until %(day)s, so the new edition cannot be followed before")
                % {"day": danish_date(update.exempted_until)},
            )
        )
    return missing


def _predecessor(version: AgreementVersion) -> AgreementVersion:
    if version.copied_from is None:
        message = f"{version} follows no other"
        raise ValueError(message)
    return version.copied_from


def objection_gaps(version: AgreementVersion, on: date) -> list[Missing]:
    """Return why an announced change cannot be decided on yet; an objection has made it a draft already."""
    missing = missing_in_being_editorial(version, on)
    if version.objection_due is None or on <= version.objection_due:
        day = danish_date(version.objection_due)
        missing.insert(
            0, Missing("period", _("The employee side can object until %(day)s, that day included") % {"day": day})
        )
    return missing


def missing_before_adoption(version: AgreementVersion, on: date) -> list[Missing]:
    """Return what is missing before the leader can decide: after a dialogue, or after time to object (R16, R43, R53)."""
    missing = missing_where_closed(version, on)
    if version.is_editorial:
        missing += objection_gaps(version, on)
    else:
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
    if version.basis == AgreementVersion.Basis.SECTION_8 and not version.is_editorial:
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
