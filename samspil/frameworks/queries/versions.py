# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Which framework is in force, what stands in it, and what became of every word of its source."""

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samspil.foundation.errors import Missing
from samspil.foundation.memory import Unchanging, once_a_page
from samspil.foundation.prepared import prepared
from samspil.frameworks import product_text
from samspil.frameworks.models import (
    Audience,
    Element,
    FrameworkVersion,
    Kind,
    Purpose,
    SourceParagraph,
)
from samspil.frameworks.states import State
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import still_open


@dataclass(frozen=True)
class Group:
    """The elements of one kind (and audience), in order, under the heading that a reader sees."""

    kind: str
    audience: str
    heading: Any
    elements: tuple[Element, ...]

    @property
    def anchor(self) -> str:
        """The id of the group on a page."""
        return f"group-{self.kind}-{self.audience}" if self.audience else f"group-{self.kind}"


HEADINGS: tuple[tuple[str, str, Any], ...] = (
    (Kind.VALUE, "", _("Values")),
    (Kind.DEFINITION, "", _("What we mean")),
    (Kind.COMMITMENT, "", _("What we want")),
    (Kind.PRINCIPLE, "", _("Common principles")),
    (Kind.GUIDELINE, Audience.LEADER, _("Checklist for leaders")),
    (Kind.GUIDELINE, Audience.COMMITTEE, _("Checklist for MED bodies")),
    (Kind.GUIDELINE, Audience.EMPLOYEE, _("Checklist for employees")),
    (Kind.GUIDELINE, Audience.OTHER, _("Other guidelines")),
    (Kind.PASSAGE, "", _("More about the framework")),
)


@dataclass(frozen=True)
class Content:
    """Everything in one version, grouped for reading; fetched with one query."""

    groups: tuple[Group, ...]

    def _of(self, kind: Kind) -> tuple[Element, ...]:
        return tuple(element for group in self.groups if group.kind == kind for element in group.elements)

    @property
    def elements(self) -> tuple[Element, ...]:
        """All elements, in the order a reader meets them."""
        return tuple(element for group in self.groups for element in group.elements)

    @property
    def values(self) -> tuple[Element, ...]:
        """The values (R3)."""
        return self._of(Kind.VALUE)

    @property
    def definitions(self) -> tuple[Element, ...]:
        """What is meant by the words (R17)."""
        return self._of(Kind.DEFINITION)

    @property
    def commitments(self) -> tuple[Element, ...]:
        """What the municipality wants."""
        return self._of(Kind.COMMITMENT)

    @property
    def principles(self) -> tuple[Element, ...]:
        """The common principles, which hold for all workplaces (R44)."""
        return self._of(Kind.PRINCIPLE)

    @property
    def guidelines(self) -> tuple[Group, ...]:
        """The checklists, one group for each audience that has one."""
        return tuple(group for group in self.groups if group.kind == Kind.GUIDELINE)

    @property
    def passages(self) -> tuple[Element, ...]:
        """The narrative, in the order of the source (R2)."""
        return self._of(Kind.PASSAGE)


_LONGEST_HEADING = 120


def _is_a_heading(element: Element) -> bool:
    return (
        element.kind == Kind.PASSAGE
        and not element.title
        and len(element.text) <= _LONGEST_HEADING
        and "\n" not in element.text
        and not element.text.rstrip().endswith((".", "!"))
    )


def for_reading(content: Content) -> Content:
    """Return the same content with the document's own headings over the groups, where it has them.

    An imported heading is a passage of its own, so that no word is lost; a reader wants it over the part it heads.
    """
    in_order = sorted(content.elements, key=lambda element: (element.order, element.pk))
    headings: dict[tuple[str, str], Element] = {}
    for before, element in itertools.pairwise(in_order):
        if _is_a_heading(before) and element.kind != Kind.PASSAGE:
            headings.setdefault((element.kind, element.audience), before)
    used = {element.pk for element in headings.values()}
    groups = []
    for group in content.groups:
        own = headings.get((group.kind, group.audience))
        heading = own.text.rstrip(" :…") if own else group.heading
        elements = tuple(element for element in group.elements if element.pk not in used)
        groups.append(replace(group, heading=heading, elements=elements))
    return Content(tuple(group for group in groups if group.elements))


@prepared
def _in_force(on: date) -> QuerySet[FrameworkVersion]:
    return FrameworkVersion.objects.in_force(on)[:1]


@once_a_page
def version_in_force(on: date) -> FrameworkVersion | None:
    """Return the one version in force on ``on``: the dates decide, no row says so (R1)."""
    return next(iter(_in_force(on)), None)


@prepared
def _to_come(on: date) -> QuerySet[FrameworkVersion]:
    return FrameworkVersion.objects.published().filter(in_force_from__gt=on).order_by("in_force_from")[:1]


def version_to_come(on: date) -> FrameworkVersion | None:
    """Return the next published version whose date has not come yet."""
    return next(iter(_to_come(on)), None)


@prepared
def _newest() -> QuerySet[FrameworkVersion]:
    return FrameworkVersion.objects.published().order_by("-in_force_from")[:1]


def latest_published() -> FrameworkVersion | None:
    """Return the newest published version, in force or still to come: what a new draft follows."""
    return next(iter(_newest()), None)


@prepared
def _drafts() -> QuerySet[FrameworkVersion]:
    return FrameworkVersion.objects.filter(state=State.DRAFT).select_related("predecessor").order_by("pk")


def draft() -> FrameworkVersion | None:
    """Return the one draft, or None."""
    return next(iter(_drafts()), None)


@dataclass(frozen=True)
class VersionLine:
    """One line in the list of versions; ``until`` is the last day before the next took over."""

    version: FrameworkVersion
    until: date | None
    is_in_force: bool
    is_superseded: bool = False


def version_lines(versions: QuerySet[FrameworkVersion], on: date) -> list[VersionLine]:
    """Return ``versions`` newest first, each with the days it was in force; one query."""
    lines: list[VersionLine] = []
    next_from: date | None = None
    for version in versions.order_by("-number"):
        if version.state != State.PUBLISHED or version.in_force_from is None:
            lines.append(VersionLine(version, None, is_in_force=False))
            continue
        until = next_from - timedelta(days=1) if next_from else None
        has_ended = until is not None and until < on
        lines.append(
            VersionLine(
                version,
                until,
                is_in_force=version.in_force_from <= on and not has_ended,
                is_superseded=version.in_force_from <= on and has_ended,
            )
        )
        next_from = version.in_force_from
    return lines


def content_of(version: FrameworkVersion) -> Content:
    """Return the elements of ``version`` in reading order, empty groups left out; nothing is asked twice of a published one."""
    if version.state != State.PUBLISHED:
        return _content(_elements(version.pk))
    return _PUBLISHED.of(version.pk, version.content_sha256, ask=lambda: _content(_elements(version.pk)))


_PUBLISHED = Unchanging[Content](most=40)


@prepared
def _elements(version_id: int) -> QuerySet[Element]:
    return Element.objects.filter(version=version_id)


def _content(elements: Sequence[Element]) -> Content:
    groups = (
        Group(
            kind, audience, heading, tuple(item for item in elements if (item.kind, item.audience) == (kind, audience))
        )
        for kind, audience, heading in HEADINGS
    )
    return Content(tuple(group for group in groups if group.elements))


def principles(version: FrameworkVersion) -> list[Element]:
    """Return the common principles, which every agreement inherits and none can change (R44)."""
    return list(content_of(version).principles)


def standing_questions(version: FrameworkVersion) -> list[Element]:
    """Return the elements that carry a question for every dialogue (R51)."""
    return list(Element.objects.filter(version=version).exclude(standing_question=""))


@dataclass(frozen=True)
class Statement:
    """A sentence that the product needs, in the framework's words (then with its lineage) or in its own."""

    text: str
    lineage: UUID | None = None

    @property
    def is_the_products(self) -> bool:
        """Whether the framework has no words of its own for it."""
        return self.lineage is None


def element_with_purpose(
    version: FrameworkVersion | None, purpose: Purpose | str, *, among: Sequence[Element] | None = None
) -> Statement:
    """Return the framework's words for ``purpose``, or the product's where it has none (R18).

    ``among`` saves the query where the page has the elements already.
    """
    if among is not None:
        found = next((element for element in among if element.purpose == purpose), None)
    elif version is not None:
        found = Element.objects.filter(version=version, purpose=purpose).first()
    else:
        found = None
    if found is None:
        return Statement(product_text.OF_PURPOSE[Purpose(purpose)])
    return Statement(found.text, found.lineage)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def holds_in_full(element: Element, paragraph: SourceParagraph) -> bool:
    """Say whether every word of the paragraph stands in the element, in the same order."""
    return f" {' '.join(_words(paragraph.text))} " in f" {' '.join(_words(f'{element.title} {element.text}'))} "


@dataclass(frozen=True)
class SourceLine:
    """A paragraph of the source and the elements it went into."""

    paragraph: SourceParagraph
    elements: tuple[Element, ...]

    @property
    def is_unplaced(self) -> bool:
        """Whether it stands nowhere yet: neither in an element nor set aside as header, footer and the like."""
        return not self.elements and not self.paragraph.dropped_as

    @property
    def is_reworded(self) -> bool:
        """Whether somebody has taken words of it out of the elements it went into."""
        kept = {word for element in self.elements for word in _words(f"{element.title} {element.text}")}
        return bool(self.elements) and not kept.issuperset(_words(self.paragraph.text))


def source_lines(version: FrameworkVersion, elements: Iterable[Element]) -> list[SourceLine]:
    """Return every paragraph of the source and where it went; one query beside ``elements``."""
    of_number: dict[int, list[Element]] = {}
    for element in elements:
        for number in element.sources:
            of_number.setdefault(number, []).append(element)
    return [
        SourceLine(paragraph, tuple(of_number.get(paragraph.number, ())))
        for paragraph in SourceParagraph.objects.filter(version=version)
    ]


def unplaced_paragraphs(version: FrameworkVersion) -> list[SourceParagraph]:
    """Return the paragraphs of the source that stand in no element: listed, never lost."""
    lines = source_lines(version, Element.objects.filter(version=version))
    return [line.paragraph for line in lines if line.is_unplaced]


def missing_among(elements: Sequence[Element]) -> list[Missing]:
    """Return what the parts of a draft lack before it can be published; fetches nothing."""
    missing = []
    if not any(element.kind == Kind.PRINCIPLE for element in elements):
        missing.append(
            Missing(
                "no_principle",
                _("Mark at least one part as a common principle. The principles are what holds for all workplaces."),
                "elements",
            )
        )
    missing.extend(
        Missing(
            "no_audience", _("Say whom the guideline is for: “%(text)s”.") % {"text": element}, element_anchor(element)
        )
        for element in elements
        if element.kind == Kind.GUIDELINE and element.audience not in Audience.values
    )
    return missing


def number_of_workplaces(on: date) -> int:
    """Return how many workplaces the framework holds for: all of them (R44)."""
    return int(Unit.objects.filter(still_open(on), is_workplace=True).count())


def element_anchor(element: Element) -> str:
    """Return the id of the element on the page of the draft."""
    return f"element-{element.pk}"
