# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What the publisher says about the changes of a draft, and which of its parts are old ones again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.foundation.text import clean_text
from samspil.frameworks.actions.drafts import check_revision, locked_draft, written
from samspil.frameworks.differences import Comparison, Difference, Fate, Nature, successors_of, wording_sha256
from samspil.frameworks.models import Element, FrameworkChange, FrameworkVersion
from samspil.frameworks.queries import comparison_of

_LONGEST_REASON = 500
_KEPT = ("purpose", "standing_question", "evaluation_question")
"""What somebody confirmed about a part, which it keeps when it comes again in a new document."""


@dataclass(frozen=True)
class Explanation:
    """What a person says about one change; ``is_editorial`` counts for what is new or succeeded only."""

    fate: str
    reason: str = ""
    successors: tuple[UUID, ...] = ()
    is_editorial: bool = False


_MAY_BE_SAID = {
    Nature.REMOVED: (Fate.REMOVED, Fate.SUCCEEDED),
    Nature.REWORDED: (Fate.EDITORIAL, Fate.SUBSTANTIVE),
    Nature.ADDED: (Fate.ADDED,),
}


def _reason(reason: str) -> str:
    cleaned = " ".join(clean_text(reason, limit=_LONGEST_REASON).split())
    if not cleaned:
        raise Refusal(_("Write why, in a line. Everybody can read it."))
    return cleaned


def _changed(comparison: Comparison, lineage: UUID) -> Difference:
    difference = comparison.by_lineage.get(lineage)
    if difference is None or difference.nature not in _MAY_BE_SAID:
        raise Refusal(_("This part is as it was. Reload the page to see what is changed now."))
    return difference


def _mark(draft: FrameworkVersion, comparison: Comparison, lineage: UUID, said: Explanation) -> FrameworkChange:
    difference = _changed(comparison, lineage)
    if said.fate not in _MAY_BE_SAID[difference.nature]:
        raise Refusal(_("This cannot be said of the part any more. Reload the page to see how it stands now."))
    is_beside = said.fate in (Fate.SUCCEEDED, Fate.ADDED)
    mark = FrameworkChange(
        version=draft,
        lineage=lineage,
        fate=said.fate,
        reason=_reason(said.reason),
        is_editorial=said.is_editorial and is_beside,
    )
    about: Iterable[Element] = (difference.new,) if difference.new is not None else ()
    if said.fate == Fate.SUCCEEDED:
        mark.successors = sorted({str(successor) for successor in said.successors})
        now = {item.lineage: item.new for item in comparison.differences if item.new is not None}
        about = found = successors_of(mark, now)
        if not found or len(found) != len(mark.successors):
            raise Refusal(_("Choose at least one part of the new edition that succeeds it."))
    mark.covers_sha256 = "" if said.fate == Fate.REMOVED else wording_sha256(about)
    return mark


@transaction.atomic
def explain_change(
    *,
    version: FrameworkVersion,
    lineage: UUID,
    said: Explanation,
    expected_revision: int,
    actor: Capacity,
    at: datetime,
) -> FrameworkChange:
    """Say why a part is removed or what succeeds it, or whether other words are editorial or substantive.

    It counts for these very words: where they are changed afterwards, somebody must look again.
    """
    draft = locked_draft(version, actor)
    check_revision(draft, expected_revision)
    mark = _mark(draft, comparison_of(draft), lineage, said)
    FrameworkChange.objects.filter(version=draft, lineage=lineage).delete()
    mark.save()
    written(draft)
    audit.record(
        name="frameworks.change.explain",
        subject=draft,
        actor=actor,
        at=at,
        changes={"lineage": str(lineage), "fate": mark.fate, "successors": mark.successors},
    )
    return mark


@transaction.atomic
def explain_the_rest(
    *, version: FrameworkVersion, reason: str, expected_revision: int, actor: Capacity, at: datetime
) -> list[FrameworkChange]:
    """Give one reason for every part that is gone and that nothing is said about yet."""
    draft = locked_draft(version, actor)
    check_revision(draft, expected_revision)
    lineages = [difference.lineage for difference in comparison_of(draft).removed if difference.is_unsaid]
    if not lineages:
        raise Refusal(_("Everything that is gone has been explained already."))
    words = _reason(reason)
    FrameworkChange.objects.filter(version=draft, lineage__in=lineages).delete()
    marks: list[FrameworkChange] = FrameworkChange.objects.bulk_create(
        FrameworkChange(version=draft, lineage=lineage, fate=Fate.REMOVED, reason=words) for lineage in lineages
    )
    written(draft)
    audit.record(
        name="frameworks.change.explain_the_rest",
        subject=draft,
        actor=actor,
        at=at,
        changes={"lineages": [str(lineage) for lineage in lineages]},
    )
    return marks


@transaction.atomic
def recognise_parts(
    *, version: FrameworkVersion, same: Mapping[UUID, UUID], expected_revision: int, actor: Capacity, at: datetime
) -> FrameworkVersion:
    """Let new parts go on with the lineage of old ones that are gone: the same part, as before or in other words.

    ``same`` leads from the old lineage to the new one. What was confirmed about the old part, its purpose and its
    questions, goes on with it.
    """
    draft = locked_draft(version, actor)
    check_revision(draft, expected_revision)
    comparison = comparison_of(draft)
    found: list[tuple[Element, Element]] = []
    for lineage, new_lineage in same.items():
        gone, new = comparison.by_lineage.get(lineage), comparison.by_lineage.get(new_lineage)
        if gone is None or gone.nature != Nature.REMOVED or gone.old is None or new is None or new.new is None:
            raise Refusal(_("One of these parts has been recognised already. Reload the page to see how it stands."))
        if new.nature != Nature.ADDED:
            raise Refusal(_("Choose a new part. This one is an old part already."))
        found.append((gone.old, new.new))
    if not found or len({element.lineage for _old, element in found}) != len(found):
        raise Refusal(_("Choose one new part for each old one."))
    for old, element in found:
        element.lineage = old.lineage
        for kept in _KEPT:
            setattr(element, kept, getattr(old, kept) or getattr(element, kept))
    Element.objects.bulk_update([element for _old, element in found], ["lineage", *_KEPT])
    FrameworkChange.objects.filter(version=draft, lineage__in=[*same.keys(), *same.values()]).delete()
    written(draft)
    audit.record(
        name="frameworks.change.recognise",
        subject=draft,
        actor=actor,
        at=at,
        changes={"same": {str(old): str(new) for old, new in same.items()}},
    )
    return draft


@transaction.atomic
def separate_part(
    *, version: FrameworkVersion, lineage: UUID, expected_revision: int, actor: Capacity, at: datetime
) -> Element:
    """Say that a part is not the old one: it becomes a new part, and the old one is gone."""
    draft = locked_draft(version, actor)
    check_revision(draft, expected_revision)
    difference = comparison_of(draft).by_lineage.get(lineage)
    if difference is None or difference.old is None or difference.new is None:
        raise Refusal(_("This part is not in both editions. Reload the page to see how it stands now."))
    element = difference.new
    element.lineage = uuid4()
    element.save(update_fields=["lineage"])
    FrameworkChange.objects.filter(version=draft, lineage=lineage).delete()
    written(draft)
    audit.record(
        name="frameworks.change.separate",
        subject=draft,
        actor=actor,
        at=at,
        changes={"lineage": str(lineage), "new": str(element.lineage)},
    )
    return element
