# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The next edition of the framework, as a publisher makes it: worded anew, taken out, put in, split and put together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from samspil.foundation.capacity import Capacity
from samspil.frameworks import actions
from samspil.frameworks.actions import Explanation, Wording
from samspil.frameworks.models import Element, FrameworkVersion, Kind
from samspil.frameworks.queries import latest_published

_KEPT = ("kind", "audience", "title", "purpose", "standing_question", "evaluation_question")


class Editor:
    """The secretariat, which always has seen how the draft stands."""

    def __init__(self, actor: Capacity, on: date, at: datetime) -> None:
        self.actor, self.on, self.at = replace(actor, on=on), on, at
        latest = latest_published()
        assert latest is not None
        self.draft = actions.copy_version(version=latest, actor=self.actor, at=at)

    def _given(self) -> dict[str, Any]:
        self.draft.refresh_from_db()
        return {"expected_revision": self.draft.revision, "actor": self.actor, "at": self.at}

    def part(self, lineage: UUID) -> Element:
        """Return a part of the draft."""
        return Element.objects.select_related("version").get(version=self.draft, lineage=lineage)

    def explain(self, lineage: UUID, fate: str, reason: str = "Loven er ny.", successors: Sequence[UUID] = ()) -> None:
        """Say what became of a part."""
        said = Explanation(fate=fate, reason=reason, successors=tuple(successors))
        actions.explain_change(version=self.draft, lineage=lineage, said=said, **self._given())

    def reword(self, lineage: UUID, text: str, fate: str = "substantive") -> None:
        """Word a part anew and mark it."""
        element = self.part(lineage)
        wording = Wording(text=text, **{name: getattr(element, name) for name in _KEPT})
        actions.edit_element(element=element, wording=wording, **self._given())
        self.explain(lineage, fate)

    def remove(self, lineage: UUID) -> None:
        """Take a part out for a reason."""
        actions.remove_element(element=self.part(lineage), **self._given())
        self.explain(lineage, "removed")

    def add(self, text: str, kind: str = Kind.PRINCIPLE) -> UUID:
        """Put a new part in."""
        added = actions.add_element(version=self.draft, wording=Wording(kind=kind, text=text), **self._given())
        return added.lineage

    def succeed(self, lineages: Sequence[UUID], *texts: str) -> list[UUID]:
        """Let parts go into new ones: one that becomes another, one that is split, or several that are put together."""
        new = [self.add(text) for text in texts]
        for lineage in lineages:
            actions.remove_element(element=self.part(lineage), **self._given())
            self.explain(lineage, "succeeded", successors=new)
        return new

    def publish(self, *, transition: int = 60) -> FrameworkVersion:
        """Publish it, in force today; the edition before can be used for ``transition`` more days."""
        self.draft.refresh_from_db()
        return actions.publish_version(
            version=self.draft,
            in_force_from=self.on,
            predecessor_until=self.on + timedelta(days=transition),
            actor=self.actor,
            at=self.at,
            on=self.on,
        )


def lineages(version: FrameworkVersion, kind: str = Kind.PRINCIPLE) -> list[UUID]:
    """Return the lineages of the parts of one kind, in order."""
    return list(Element.objects.filter(version=version, kind=kind).order_by("order").values_list("lineage", flat=True))


def later(capacity: Capacity, days: int) -> Capacity:
    """Return somebody in the same capacity, some days on."""
    return replace(capacity, on=capacity.on + timedelta(days=days))


def own_principle(builds_on: UUID, text: str = "Vi siger godmorgen.") -> Mapping[str, Any]:
    """Return a principle of the workplace's own."""
    return {"builds_on": builds_on, "text": text, "how": "Til alle, der kommer."}
