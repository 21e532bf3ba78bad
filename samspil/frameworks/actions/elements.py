# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The parts of a draft: worded, moved, merged, split, removed, placed. No word of the source is ever lost."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Conflict, Refusal
from samspil.frameworks.actions.drafts import check_revision, locked_draft, written
from samspil.frameworks.importing.characters import is_number, split_marker
from samspil.frameworks.models import Audience, Element, FrameworkVersion, Kind, Purpose, SourceParagraph
from samspil.frameworks.queries import holds_in_full, parts_no_longer_there

_SENTENCE_ENDS = (".", "!", "?", ":")


@dataclass(frozen=True)
class Wording:
    """What a person says about one part; ``audience`` counts for guidelines only."""

    kind: str
    text: str
    audience: str = ""
    title: str = ""
    purpose: str = ""
    standing_question: str = ""
    evaluation_question: str = ""


_TEXTS = {
    "title": gettext_lazy("Heading"),
    "text": gettext_lazy("Text"),
    "standing_question": gettext_lazy("Question in every dialogue"),
    "evaluation_question": gettext_lazy("Question in the evaluation"),
}


def _checked(wording: Wording) -> Wording:
    if wording.kind not in Kind.values:
        raise Refusal(_("Choose what kind of part it is."))
    if wording.purpose and wording.purpose not in Purpose.values:
        raise Refusal(_("Choose one of the purposes in the list, or none."))
    if not wording.text.strip():
        raise Refusal(_("Write a text. If the part is not to be there, remove it instead."))
    if wording.kind == Kind.GUIDELINE and wording.audience not in Audience.values:
        raise Refusal(_("Say whom the guideline is for."))
    return wording


def _write(element: Element, wording: Wording) -> None:
    element.kind = wording.kind
    element.audience = wording.audience if wording.kind == Kind.GUIDELINE else ""
    element.title = wording.title
    element.text = wording.text
    element.purpose = wording.purpose
    element.standing_question = wording.standing_question
    element.evaluation_question = wording.evaluation_question


def _own(draft: FrameworkVersion, element: Element) -> Element:
    found: Element | None = Element.objects.filter(version=draft, pk=element.pk).first()
    if found is None:
        raise Refusal(_("This part is no longer in the draft. See how it stands now, and try again."))
    found.version = draft
    return found


def _next_of_its_kind(element: Element) -> Element | None:
    alike = Element.objects.filter(version_id=element.version_id, kind=element.kind, audience=element.audience)
    following: Element | None = alike.filter(order__gt=element.order).order_by("order").first()
    return following


def _previous_of_its_kind(element: Element) -> Element | None:
    alike = Element.objects.filter(version_id=element.version_id, kind=element.kind, audience=element.audience)
    before: Element | None = alike.filter(order__lt=element.order).order_by("-order").first()
    return before


def _make_room_after(draft: FrameworkVersion, order: int) -> int:
    Element.objects.filter(version=draft, order__gt=order).update(order=F("order") + 1)
    return order + 1


def _last_order(draft: FrameworkVersion) -> int:
    return int(Element.objects.filter(version=draft).aggregate(last=Max("order"))["last"] or 0)


@transaction.atomic
def edit_element(
    *, element: Element, wording: Wording, expected_revision: int, actor: Capacity, at: datetime
) -> Element:
    """Change kind, words, purpose and questions of one part; its lineage stays.

    Raises ``StaleRevisionError`` with both texts where somebody else has written since.
    """
    draft = locked_draft(element.version, actor)
    own = _own(draft, element)
    conflicts = [
        Conflict(field, label, mine, theirs, draft.revision)
        for field, label in _TEXTS.items()
        if (mine := getattr(wording, field)) != (theirs := getattr(own, field))
    ]
    check_revision(draft, expected_revision, conflicts)
    _write(own, _checked(wording))
    own.save()
    written(draft)
    audit.record(
        name="frameworks.element.edit",
        subject=own,
        actor=actor,
        at=at,
        changes={"lineage": str(own.lineage), "kind": own.kind, "audience": own.audience},
    )
    return own


@transaction.atomic
def add_element(
    *, version: FrameworkVersion, wording: Wording, expected_revision: int, actor: Capacity, at: datetime
) -> Element:
    """Add a part that stands in no source."""
    draft = locked_draft(version, actor)
    check_revision(draft, expected_revision)
    element = Element(version=draft, order=_last_order(draft) + 1)
    _write(element, _checked(wording))
    element.save()
    written(draft)
    audit.record(
        name="frameworks.element.add",
        subject=element,
        actor=actor,
        at=at,
        changes={"lineage": str(element.lineage), "kind": element.kind, "audience": element.audience},
    )
    return element


def _release(draft: FrameworkVersion, element: Element) -> None:
    """Let go of the element's paragraphs, but for those that stand in full in another part."""
    paragraphs = list(SourceParagraph.objects.filter(version=draft, number__in=element.sources))
    for other in Element.objects.filter(version=draft).exclude(pk=element.pk):
        gone = {paragraph.number for paragraph in paragraphs if not holds_in_full(other, paragraph)}
        kept = [number for number in other.sources if number not in gone]
        if kept != other.sources:
            other.sources = kept
            other.save(update_fields=["sources"])


@transaction.atomic
def remove_element(*, element: Element, expected_revision: int, actor: Capacity, at: datetime) -> FrameworkVersion:
    """Take a part out; its paragraphs are unplaced again, unless another part holds every word of them."""
    draft = locked_draft(element.version, actor)
    check_revision(draft, expected_revision)
    own = _own(draft, element)
    _release(draft, own)
    audit.record(
        name="frameworks.element.remove",
        subject=own,
        actor=actor,
        at=at,
        changes={"lineage": str(own.lineage), "kind": own.kind, "paragraphs": own.sources},
    )
    own.delete()
    return written(draft)


@transaction.atomic
def move_element(
    *, element: Element, direction: Literal["up", "down"], expected_revision: int, actor: Capacity, at: datetime
) -> Element:
    """Let a part change places with the one before or after it of its own kind; at the end nothing happens."""
    draft = locked_draft(element.version, actor)
    check_revision(draft, expected_revision)
    own = _own(draft, element)
    neighbour = _previous_of_its_kind(own) if direction == "up" else _next_of_its_kind(own)
    if neighbour is None:
        return own
    own.order, neighbour.order = neighbour.order, own.order
    Element.objects.bulk_update([own, neighbour], ["order"])
    written(draft)
    audit.record(
        name="frameworks.element.move",
        subject=own,
        actor=actor,
        at=at,
        changes={"lineage": str(own.lineage), "direction": direction},
    )
    return own


def _joined(first: Element, second: Element) -> str:
    parts = [first.text, second.title, second.text] if second.title else [first.text, second.text]
    text = parts[0]
    for part in parts[1:]:
        is_unfinished = not text.rstrip().endswith(_SENTENCE_ENDS)
        gap = " " if is_unfinished and not second.title else "\n\n" if first.kind == Kind.PASSAGE else " "
        text = f"{text.rstrip()}{gap}{part.lstrip()}"
    return text


@transaction.atomic
def merge_with_next(*, element: Element, expected_revision: int, actor: Capacity, at: datetime) -> Element:
    """Put the next part of the same kind behind this one, which keeps its lineage; every word of both is kept."""
    draft = locked_draft(element.version, actor)
    check_revision(draft, expected_revision)
    own = _own(draft, element)
    following = _next_of_its_kind(own)
    if following is None:
        raise Refusal(_("There is no part of the same kind after this one to merge it with."))
    own.text = _joined(own, following)
    own.sources = sorted({*own.sources, *following.sources})
    own.purpose = own.purpose or following.purpose
    own.standing_question = own.standing_question or following.standing_question
    own.evaluation_question = own.evaluation_question or following.evaluation_question
    merged = str(following.lineage)
    following.delete()
    own.save()
    written(draft)
    audit.record(
        name="frameworks.element.merge",
        subject=own,
        actor=actor,
        at=at,
        changes={"lineage": str(own.lineage), "merged": merged},
    )
    return own


@transaction.atomic
def split_element(
    *, element: Element, place: int, expected_revision: int, actor: Capacity, at: datetime
) -> tuple[Element, Element]:
    """Divide a part before the sign number ``place``; the second half has a lineage of its own, the sources are shared."""
    draft = locked_draft(element.version, actor)
    check_revision(draft, expected_revision)
    own = _own(draft, element)
    first, second = own.text[:place].rstrip(), own.text[place:].lstrip()
    if place <= 0 or not first or not second:
        raise Refusal(_("Choose a place inside the text where it is to be divided."))
    new = Element.objects.create(
        version=draft,
        order=_make_room_after(draft, own.order),
        kind=own.kind,
        audience=own.audience,
        text=second,
        sources=own.sources,
    )
    own.text = first
    own.save(update_fields=["text"])
    written(draft)
    audit.record(
        name="frameworks.element.split",
        subject=own,
        actor=actor,
        at=at,
        changes={"lineage": str(own.lineage), "new": str(new.lineage)},
    )
    return own, new


@transaction.atomic
def place_paragraph(
    *,
    version: FrameworkVersion,
    number: int,
    kind: str,
    audience: str = "",
    expected_revision: int,
    actor: Capacity,
    at: datetime,
) -> Element:
    """Make a part of a paragraph of the source that stands nowhere, or that was set aside as a header and the like.

    It comes after the part that holds the paragraph before it.
    """
    draft = locked_draft(version, actor)
    check_revision(draft, expected_revision)
    paragraph = SourceParagraph.objects.filter(version=draft, number=number).first()
    if paragraph is None:
        raise Refusal(_("The document has no such paragraph. Reload the page and try again."))
    others = list(Element.objects.filter(version=draft))
    if any(number in other.sources for other in others):
        raise Refusal(_("This paragraph has been placed already. Reload the page to see where."))
    before = [other for other in others if any(source < number for source in other.sources)]
    after = max(before, key=lambda other: max(source for source in other.sources if source < number), default=None)
    element = Element(version=draft, sources=[number])
    marker, rest = split_marker(paragraph.text)
    text = rest if marker and rest and not is_number(marker) else paragraph.text
    _write(element, _checked(Wording(kind=kind, audience=audience, text=text)))
    element.order = _make_room_after(draft, after.order if after else 0)
    element.save()
    if paragraph.dropped_as:
        paragraph.dropped_as = ""
        paragraph.save(update_fields=["dropped_as"])
    written(draft)
    audit.record(
        name="frameworks.element.place",
        subject=element,
        actor=actor,
        at=at,
        changes={"lineage": str(element.lineage), "kind": element.kind, "paragraph": number},
    )
    return element


@transaction.atomic
def bring_back_element(
    *, version: FrameworkVersion, lineage: UUID, expected_revision: int, actor: Capacity, at: datetime
) -> Element:
    """Take a part of the version before into the draft again, with its lineage."""
    draft = locked_draft(version, actor)
    check_revision(draft, expected_revision)
    gone = next((element for element in parts_no_longer_there(draft) if element.lineage == lineage), None)
    if gone is None:
        raise Refusal(_("This part is in the draft already. Reload the page to see where."))
    gone.pk = None
    gone._state.adding = True  # noqa: SLF001 - Django's documented way of copying a row
    gone.version = draft
    gone.sources = []
    gone.order = _last_order(draft) + 1
    gone.save()
    written(draft)
    audit.record(
        name="frameworks.element.bring_back",
        subject=gone,
        actor=actor,
        at=at,
        changes={"lineage": str(gone.lineage), "kind": gone.kind},
    )
    return gone
