# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What a body makes of the framework's guidelines at the workplaces it speaks for (R63)."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samspil.foundation.prepared import prepared
from samspil.foundation.templatetags.samspil import danish_date
from samspil.frameworks.models import Element, FrameworkVersion
from samspil.frameworks.queries import content_of
from samspil.med.models import Committee, GuidelineStance
from samspil.med.queries.bodies import body_for
from samspil.municipalities.models import Unit


def text_sha256(element: Element) -> str:
    """Return the code of a guideline's words, so that a stance knows which words it was about."""
    return hashlib.sha256(f"{element.title}\n{element.text}".encode()).hexdigest()


@dataclass(frozen=True)
class StanceLine:
    """A guideline with what the body makes of it; no ``stance`` means: not discussed yet."""

    element: Element
    stance: GuidelineStance | None = None

    @property
    def is_about_older_words(self) -> bool:
        """Whether the guideline has been reworded since the stance was taken."""
        return self.stance is not None and self.stance.text_sha256 != text_sha256(self.element)

    @property
    def label(self) -> Any:
        """Where it stands, in a word or two."""
        return self.stance.get_stance_display() if self.stance else _("not discussed yet")

    @property
    def in_words(self) -> str:
        """The stance as it stands beside the guideline; empty where there is none."""
        if self.stance is None:
            return ""
        said = f"{self.label}: {self.stance.words}" if self.stance.words else str(self.label)
        words = {"stance": said, "body": self.stance.committee.name, "day": danish_date(self.stance.taken_at)}
        if self.is_about_older_words:
            return _("%(body)s, %(day)s, about the older words: %(stance)s") % words
        return _("%(body)s, %(day)s: %(stance)s") % words


def guidelines(version: FrameworkVersion | None) -> list[Element]:
    """Return the guidelines of an edition, in its own order."""
    if version is None:
        return []
    found = (element for group in content_of(version).guidelines for element in group.elements)
    return sorted(found, key=lambda element: (element.order, element.pk))


def stance_lines(committee: Committee | None, elements: Iterable[Element]) -> list[StanceLine]:
    """Return the guidelines with the body's stance on each; one query."""
    taken = _taken(committee)
    return [StanceLine(element, taken.get(element.lineage)) for element in elements]


def stance_lines_at(unit: Unit, elements: Iterable[Element], on: date) -> list[StanceLine]:
    """Return the guidelines with the stance of the body that speaks for a unit."""
    found = list(elements)
    return stance_lines(body_for(unit, on), found) if found else []


def _taken(committee: Committee | None) -> Mapping[UUID, GuidelineStance]:
    if committee is None or not committee.has_stances:
        return {}
    return {row.lineage: row for row in _stances_of(committee.pk)}


@prepared
def _stances_of(committee_id: int) -> QuerySet[GuidelineStance]:
    return GuidelineStance.objects.filter(committee=committee_id, ended_at=None).select_related("committee")


def with_stance(line: StanceLine) -> str:
    """Return a guideline as it stands in a paper, with what the body made of it."""
    return f"{line.element.text} ({line.in_words})" if line.stance else line.element.text
