# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""A version of the framework on paper (R6)."""

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from samspil.foundation.pdf import Block, Document, bullets, heading, paragraph, quote, small
from samspil.foundation.templatetags.samspil import danish_date
from samspil.frameworks.models import Element, FrameworkVersion, Kind, Purpose
from samspil.frameworks.queries import Content, Group, content_of, element_with_purpose, for_reading
from samspil.frameworks.states import State


def framework_document(version: FrameworkVersion, municipality_name: str) -> Document:
    """Return ``version`` as a document: the framework is Danish, and so are the words around it."""
    with override("da"):
        content = for_reading(content_of(version))
        in_force_from = version.in_force_from
        return Document(
            title=version.title,
            municipality=municipality_name,
            date=in_force_from or timezone.localdate(version.created_at),
            blocks=_blocks(content),
            subtitle=_subtitle(version),
            footer=f"{version.title}, {_edition(version)}",
            control_code=version.content_sha256,
        )


def _edition(version: FrameworkVersion) -> str:
    return _("Edition %(number)d") % {"number": version.number}


def _subtitle(version: FrameworkVersion) -> str:
    edition = _edition(version)
    if version.state == State.PUBLISHED:
        return _("%(edition)s, in force from %(day)s") % {"edition": edition, "day": danish_date(version.in_force_from)}
    return f"{edition}, {version.get_state_display()}"


def _blocks(content: Content) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if not content.definitions:
        definition = element_with_purpose(None, Purpose.VOLUNTEER_DEFINITION)
        blocks += [
            heading(_("What a volunteer is")),
            paragraph(definition.text),
            small(_("The words are Samspil's own.")),
        ]
    for group in content.groups:
        blocks += _group(group)
    return tuple(blocks)


def _group(group: Group) -> list[Block]:
    blocks = [heading(str(group.heading))]
    if group.kind == Kind.VALUE:
        return [*blocks, bullets(*(capfirst(f"{element.title} {element.text}".strip()) for element in group.elements))]
    if group.kind == Kind.GUIDELINE and not any(element.title for element in group.elements):
        return [*blocks, bullets(*(element.text for element in group.elements))]
    if group.kind == Kind.PRINCIPLE and not any(element.title for element in group.elements):
        return [*blocks, quote(items=tuple(element.text for element in group.elements))]
    for element in group.elements:
        blocks += _element(element)
    return blocks


def _element(element: Element) -> list[Block]:
    return [heading(element.title, 2), paragraph(element.text)] if element.title else [paragraph(element.text)]
