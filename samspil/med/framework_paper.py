# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The paper about an edition of the framework, which ``med`` makes itself: frameworks lie below (R5, R61)."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from samspil.foundation.pdf import Block, bullets, heading, paragraph, quote
from samspil.foundation.templatetags.samspil import danish_date
from samspil.frameworks.models import Element, FrameworkChange, FrameworkVersion, Kind
from samspil.frameworks.queries import standing_questions
from samspil.med.models import Committee
from samspil.med.papers import Attachment, PaperContent, StandingQuestion
from samspil.med.queries import guidelines, stance_lines, with_stance


def framework_paper(version: FrameworkVersion, committee: Committee) -> PaperContent:
    """Return the paper for a body: the principles, what changed, the standing questions, and the reminder list."""
    with override(settings.LANGUAGE_CODE):
        return _paper(version, committee)


def _paper(version: FrameworkVersion, committee: Committee) -> PaperContent:
    elements = list(Element.objects.filter(version=version))
    lines = stance_lines(committee, guidelines(version))
    return PaperContent(
        title=_("The framework, edition %(number)d: %(title)s") % {"number": version.number, "title": version.title},
        link=reverse("framework_version", args=[version.number]),
        presentation=_presentation(version),
        recommendation=_(
            "That the body talks about what the framework means at the workplaces that it speaks for, answers the "
            "questions, and says which guidelines fit there as they are."
        ),
        attachments=(_principles(elements), *_what_has_changed(version, elements)),
        sha256=version.content_sha256,
        standing_questions=tuple(
            StandingQuestion(str(element.lineage), element.standing_question) for element in standing_questions(version)
        ),
        guidelines=tuple(with_stance(line) for line in lines),
    )


def _presentation(version: FrameworkVersion) -> str:
    day = danish_date(version.in_force_from)
    lines = [
        _("“%(title)s” is the municipality's common framework. Edition %(number)d has been in force since %(day)s.")
        % {"title": version.title, "number": version.number, "day": day},
        _(
            "It holds for everybody, and every MED body discusses it once, so that it is clear at the workplaces how "
            "staff and volunteers work together. Nothing waits for the discussion."
        ),
    ]
    return "\n\n".join(lines)


def _principles(elements: Iterable[Element]) -> Attachment:
    found = [element for element in elements if element.kind == Kind.PRINCIPLE]
    return _attachment(_("The common principles"), [quote(items=tuple(_words(element) for element in found))])


def _what_has_changed(version: FrameworkVersion, elements: Iterable[Element]) -> tuple[Attachment, ...]:
    """Return what is new, reworded and gone since the edition before, by lineage."""
    if version.predecessor is None:
        return ()
    before = {element.lineage: element for element in Element.objects.filter(version=version.predecessor)}
    now = {element.lineage: element for element in elements}
    reasons = dict(FrameworkChange.objects.filter(version=version).values_list("lineage", "reason"))
    new = [_words(element) for lineage, element in now.items() if lineage not in before]
    reworded = [
        _("%(new)s (before: %(old)s)") % {"new": _words(element), "old": _words(before[lineage])}
        for lineage, element in now.items()
        if lineage in before and _words(element) != _words(before[lineage])
    ]
    gone = [
        f"{_words(element)} ({reasons[lineage]})" if reasons.get(lineage) else _words(element)
        for lineage, element in before.items()
        if lineage not in now
    ]
    blocks: list[Block] = []
    for title, lines in ((_("New"), new), (_("Other words"), reworded), (_("No longer there"), gone)):
        if lines:
            blocks += [heading(title, 1), bullets(*lines)]
    title = _("What has changed since edition %(number)d") % {"number": version.predecessor.number}
    return (_attachment(title, blocks or [paragraph(_("Nothing that can be read has changed."))]),)


def _words(element: Element) -> str:
    return f"{element.title}: {element.text}" if element.title else element.text


def _attachment(title: str, blocks: Iterable[Any]) -> Attachment:
    return Attachment(title=title, blocks=[asdict(block) for block in blocks])
