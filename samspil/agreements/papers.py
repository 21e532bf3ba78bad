# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The paper that a body has before it: sagsfremstilling, indstilling, bilag (R61)."""

from collections.abc import Iterable
from dataclasses import asdict
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from samspil.agreements.boundary import Boundary
from samspil.agreements.colleagues import is_still_theirs, whose_words
from samspil.agreements.comment_paper import comment_annexes, comment_line
from samspil.agreements.content import contents_of
from samspil.agreements.differences import difference_blocks, differences
from samspil.agreements.document import agreement_blocks
from samspil.agreements.file_models import AttachedFile
from samspil.agreements.models import AgreementVersion, Section, Task
from samspil.agreements.open_points import open_points
from samspil.agreements.pages import Reading, read
from samspil.agreements.sections import PURPOSE_EMPLOYEES, PURPOSE_VOLUNTEER, REGISTRY
from samspil.frameworks.models import Audience, Element, Purpose
from samspil.frameworks.product_text import ONLY_VOLUNTEERS_QUESTION
from samspil.med.papers import AttachedFile as FileOfPaper
from samspil.med.papers import Attachment, PaperContent, StandingQuestion
from samspil.med.queries import stance_lines_at, with_stance

_OWN_QUESTION = uuid5(NAMESPACE_URL, "samspil:question:only-volunteers")


def _presentation(version: AgreementVersion, reading: Reading) -> str:
    workplace = version.agreement.workplace.name
    sections = {section.kind: section for section in Section.objects.filter(version=version)}
    lines = [
        _("The leader of %(workplace)s puts forward a draft of the agreement for volunteering, version %(number)d.")
        % {"workplace": workplace, "number": version.number},
        sections["purpose"].text if "purpose" in sections else "",
    ]
    for kind, nothing in (
        (PURPOSE_VOLUNTEER, _("What it gives the volunteers has not been written.")),
        (PURPOSE_EMPLOYEES, _("What it gives the employees has not been written.")),
    ):
        lines.append(sections[kind].text if kind in sections and sections[kind].text else nothing)
    if version.objected_because:
        why = _(
            "It was announced as a change of nothing but words, and the employee side wanted to discuss it: %(why)s"
        )
        lines.append(why % {"why": version.objected_because})
    doubts = [task.title for task in Task.objects.filter(version=version, boundary=Boundary.DOUBT)]
    if doubts:
        lines.append(
            _("There is doubt about whether these tasks are a supplement: %(tasks)s.") % {"tasks": ", ".join(doubts)}
        )
    borrowed = [str(REGISTRY[section.kind].label) for section in sections.values() if is_still_theirs(section)]
    if borrowed:
        lines.append(
            _("%(whose)s, not the workplace's own: %(sections)s.")
            % {"whose": whose_words(version), "sections": _listed(borrowed)}
        )
    not_described = open_points(reading)
    if not_described:
        lines.append(
            _("The reminder list asks about this too, and it is not described: %(points)s.")
            % {"points": _listed(not_described)}
        )
    lines.append(comment_line(version))
    return "\n\n".join(line for line in lines if line)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(_("“%(words)s”") % {"words": one} for one in words)


def paper_of(version: AgreementVersion, sha256: str) -> PaperContent:
    """Return the frozen paper for the version's content, which ``sha256`` is the control code of."""
    with override(settings.LANGUAGE_CODE):
        return _paper(version, sha256)


def _questions(version: AgreementVersion) -> tuple[StandingQuestion, ...]:
    """Return the framework's questions, and the product's where none of them asks what only volunteers do (R51)."""
    asked = list(Element.objects.filter(version_id=version.framework_id).exclude(standing_question=""))
    questions = [StandingQuestion(str(element.lineage), element.standing_question) for element in asked]
    if not any(element.purpose == Purpose.ONLY_VOLUNTEERS for element in asked):
        questions.append(StandingQuestion(str(_OWN_QUESTION), ONLY_VOLUNTEERS_QUESTION))
    return tuple(questions)


def _guidelines(version: AgreementVersion, reading: Reading) -> tuple[str, ...]:
    """Return the framework's guidelines for the body and for employees, as a list to talk through (R52, R63)."""
    audiences = (Audience.COMMITTEE, Audience.EMPLOYEE)
    elements = [element for audience in audiences for element in reading.common.reminders(audience)]
    lines = stance_lines_at(version.agreement.workplace, elements, timezone.localdate())
    return tuple(with_stance(line) for line in lines)


def _paper(version: AgreementVersion, sha256: str) -> PaperContent:
    reading = read(version)
    return PaperContent(
        title=_("Agreement for volunteering: %(workplace)s") % {"workplace": version.agreement.workplace.name},
        link=reverse("agreement", args=[version.agreement.workplace.slug]),
        presentation=_presentation(version, reading),
        recommendation=_(
            "That the body discusses the draft, decides with the leader what is to be corrected, and says what the two "
            "sides think of it. After that the leader decides."
        ),
        attachments=(
            Attachment(
                title=_("The draft of the agreement"),
                blocks=[asdict(block) for block in agreement_blocks(reading)],
            ),
            *comment_annexes(version),
            *_what_has_changed(version),
        ),
        sha256=sha256,
        standing_questions=_questions(version),
        files=_files(version),
        guidelines=_guidelines(version, reading),
        corrected_at=reverse("amend_agreement", args=[version.agreement.workplace.slug]),
        corrected_by=version.agreement.workplace_id,
    )


def _what_has_changed(version: AgreementVersion) -> tuple[Attachment, ...]:
    """Return what differs from the version that it was copied from, clause by clause (R53)."""
    before = version.copied_from
    if before is None:
        return ()
    blocks = difference_blocks(differences(*contents_of(before, version)), before.number)
    title = _("What has changed since version %(number)d") % {"number": before.number}
    return (Attachment(title=title, blocks=[asdict(block) for block in blocks]),)


def _files(version: AgreementVersion) -> tuple[FileOfPaper, ...]:
    slug = version.agreement.workplace.slug
    rows = AttachedFile.objects.filter(version=version).values_list("pk", "name", "sha256")
    return tuple(FileOfPaper(name, sha256, reverse("attached_file", args=[slug, pk])) for pk, name, sha256 in rows)
