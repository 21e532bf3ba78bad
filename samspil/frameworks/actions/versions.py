# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Versions as a whole: begun, named, published, withdrawn."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.foundation.states import check_transition
from samspil.foundation.text import clean_text
from samspil.foundation.versioning import content_sha256
from samspil.frameworks.actions.drafts import DateRefusal, check_revision, locked_draft, written
from samspil.frameworks.differences import Comparison, Fate, Nature, wording_sha256
from samspil.frameworks.importing import ImportedFramework, import_document
from samspil.frameworks.models import (
    Element,
    FrameworkChange,
    FrameworkVersion,
    SourceParagraph,
)
from samspil.frameworks.permissions import EDIT
from samspil.frameworks.queries import comparison_of, latest_published, missing_among, unexplained
from samspil.frameworks.states import MAY_FOLLOW, State

MODEL_FRAMEWORK = Path(__file__).parent.parent / "model_framework.md"
_LONGEST_PART = 200_000
TITLE = "title"
"""What a paragraph was set aside as when it became the name of the version."""
_LABELS = dict(State.choices)


@dataclass(frozen=True)
class _Beginning:
    title: str
    source_name: str
    event: str
    changes: dict[str, Any]


def _cut(value: str, limit: int) -> str:
    return " ".join(clean_text(value, limit=_LONGEST_PART).split())[:limit].rstrip()


def _begin(beginning: _Beginning, *, at: datetime) -> FrameworkVersion:
    """Create the one draft; the database refuses a second one, also when two begin at once."""
    if FrameworkVersion.objects.filter(state=State.DRAFT).exists():
        raise Refusal(_there_is_a_draft())
    number = (FrameworkVersion.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            return FrameworkVersion.objects.create(
                number=number,
                title=_cut(beginning.title, 200) or _("Framework for volunteers and staff working together"),
                predecessor=latest_published(),
                source_name=_cut(beginning.source_name, 200),
                created_at=at,
            )
    except IntegrityError as error:
        raise Refusal(_there_is_a_draft()) from error


def _there_is_a_draft() -> str:
    return _("There is a draft already. Go on with it, or withdraw it before you begin a new edition.")


def _create_from(
    imported: ImportedFramework, beginning: _Beginning, *, actor: Capacity, at: datetime
) -> FrameworkVersion:
    EDIT.require(actor, None)
    version = _begin(beginning, at=at)
    placed = {number for element in imported.elements for number in element.sources} | set(imported.unplaced)
    try:
        SourceParagraph.objects.bulk_create(
            SourceParagraph(
                version=version,
                number=paragraph.number,
                text=clean_text(paragraph.text, limit=_LONGEST_PART),
                dropped_as=paragraph.dropped_as[:20] or ("" if paragraph.number in placed else TITLE),
            )
            for paragraph in imported.paragraphs
        )
        Element.objects.bulk_create(
            Element(
                version=version,
                order=order,
                kind=element.kind,
                audience=element.audience,
                title=_cut(element.title, 300),
                text=clean_text(element.text, limit=_LONGEST_PART),
                purpose=element.purpose,
                standing_question=_cut(element.standing_question, 300),
                evaluation_question=_cut(element.evaluation_question, 300),
                sources=list(element.sources),
            )
            for order, element in enumerate(imported.elements, start=1)
        )
    except ValidationError as error:
        raise Refusal(
            _("One paragraph of the document is too long. Divide it, and import the document again.")
        ) from error
    audit.record(
        name=beginning.event,
        subject=version,
        actor=actor,
        at=at,
        changes={
            **beginning.changes,
            "number": version.number,
            "elements": len(imported.elements),
            "paragraphs": len(imported.paragraphs),
        },
    )
    return version


@transaction.atomic
def import_framework(*, content: bytes, filename: str, actor: Capacity, at: datetime) -> FrameworkVersion:
    """Read a document into the one draft. Raises ``DocumentError``, or ``Refusal`` where a draft stands; then nothing is kept."""
    imported = import_document(content, filename)
    beginning = _Beginning(
        title=imported.title,
        source_name=Path(filename).name,
        event="frameworks.version.import",
        changes={"document_sha256": hashlib.sha256(content).hexdigest()},
    )
    return _create_from(imported, beginning, actor=actor, at=at)


@transaction.atomic
def use_model_framework(*, actor: Capacity, at: datetime) -> FrameworkVersion:
    """Make the product's own model framework the draft, for a municipality that has no document of its own."""
    content = MODEL_FRAMEWORK.read_bytes()
    imported = import_document(content, MODEL_FRAMEWORK.name)
    beginning = _Beginning(
        title=imported.title,
        source_name="",
        event="frameworks.version.use_model",
        changes={"document_sha256": hashlib.sha256(content).hexdigest()},
    )
    return _create_from(imported, beginning, actor=actor, at=at)


@transaction.atomic
def copy_version(*, version: FrameworkVersion, actor: Capacity, at: datetime) -> FrameworkVersion:
    """Make the newest published version the draft of the next, every part with its lineage."""
    EDIT.require(actor, version)
    latest = latest_published()
    if latest is None or latest.pk != version.pk:
        raise Refusal(_("Only the newest published edition can be copied. Open it and try again."))
    copy = _begin(_Beginning(title=version.title, source_name="", event="frameworks.version.copy", changes={}), at=at)
    elements = list(Element.objects.filter(version=version))
    for element in elements:
        element.pk = None
        element.version = copy
        element.sources = []
    Element.objects.bulk_create(elements)
    audit.record(
        name="frameworks.version.copy",
        subject=copy,
        actor=actor,
        at=at,
        changes={"number": copy.number, "from": version.number, "elements": len(elements)},
    )
    return copy


@transaction.atomic
def set_title(
    *, version: FrameworkVersion, title: str, expected_revision: int, actor: Capacity, at: datetime
) -> FrameworkVersion:
    """Name the draft."""
    draft = locked_draft(version, actor)
    check_revision(draft, expected_revision)
    if not _cut(title, 200):
        raise Refusal(_("Write a title."))
    draft.title = _cut(title, 200)
    draft.save(update_fields=["title"])
    written(draft)
    audit.record(name="frameworks.version.set_title", subject=draft, actor=actor, at=at)
    return draft


@transaction.atomic
def withdraw_draft(
    *, version: FrameworkVersion, expected_revision: int, actor: Capacity, at: datetime
) -> FrameworkVersion:
    """Withdraw the draft; it stays readable, and a new one can be begun."""
    draft = locked_draft(version, actor)
    check_revision(draft, expected_revision)
    check_transition(MAY_FOLLOW, draft.state, State.WITHDRAWN, _LABELS)
    draft.state = State.WITHDRAWN
    draft.save(update_fields=["state"])
    written(draft)
    audit.record(
        name="frameworks.version.withdraw", subject=draft, actor=actor, at=at, changes={"number": draft.number}
    )
    return draft


def framework_content(version: FrameworkVersion, elements: Iterable[Element]) -> dict[str, Any]:
    """Return what the control code of a version covers: its name, and all that stands in it, in order."""
    return {
        "number": version.number,
        "title": version.title,
        "elements": [
            {
                "lineage": str(element.lineage),
                "kind": element.kind,
                "audience": element.audience,
                "title": element.title,
                "text": element.text,
                "purpose": element.purpose,
                "standing_question": element.standing_question,
                "evaluation_question": element.evaluation_question,
            }
            for element in elements
        ],
    }


def _check_dates(
    version: FrameworkVersion,
    latest: FrameworkVersion | None,
    in_force_from: date,
    predecessor_until: date | None,
    on: date,
) -> None:
    if in_force_from < on:
        message = _("The framework cannot come into force on a day that has passed. Choose today or later.")
        raise DateRefusal(message, field="in_force_from")
    if latest is None:
        if predecessor_until is not None:
            message = _("There is no earlier edition, so leave the transition date empty.")
            raise DateRefusal(message, field="predecessor_until")
        return
    if version.predecessor_id != latest.pk:
        raise Refusal(_("Another edition was published after this draft was begun. Withdraw the draft and begin anew."))
    if latest.in_force_from is not None and in_force_from <= latest.in_force_from:
        message = _("Edition %(number)d comes into force on the same day or later. Choose a day after that.")
        raise DateRefusal(message % {"number": latest.number}, field="in_force_from")
    if predecessor_until is None:
        message = _("Choose until when agreements on the edition before may still come into force.")
        raise DateRefusal(message, field="predecessor_until")
    if predecessor_until < in_force_from:
        message = _("The transition date cannot lie before the day when the new edition comes into force.")
        raise DateRefusal(message, field="predecessor_until")


def _write_down(version: FrameworkVersion, comparison: Comparison) -> None:
    """Keep what counts of what was said, and write down what needed no word: what was moved and what is new."""
    said = [difference.mark for difference in comparison.differences if difference.mark is not None]
    FrameworkChange.objects.filter(version=version).exclude(pk__in=[mark.pk for mark in said]).delete()
    FrameworkChange.objects.bulk_create(
        FrameworkChange(
            version=version,
            lineage=difference.lineage,
            fate=Fate.MOVED if difference.nature == Nature.MOVED else Fate.ADDED,
            covers_sha256=wording_sha256([difference.element]),
        )
        for difference in (*comparison.moved, *comparison.added)
        if difference.mark is None
    )


@transaction.atomic
def publish_version(
    *,
    version: FrameworkVersion,
    in_force_from: date,
    predecessor_until: date | None = None,
    expected_revision: int | None = None,
    actor: Capacity,
    at: datetime,
    on: date,
) -> FrameworkVersion:
    """Publish the draft: from here its text never changes, and it is in force from its date (R1).

    Writes framework rows only; who must discuss it is derived. One of two who publish at once wins, the other is
    told. Refuses while a lineage of the version before is unaccounted for, or a change of words is not marked.
    """
    draft = locked_draft(version, actor)
    if expected_revision is not None:
        check_revision(draft, expected_revision)
    check_transition(MAY_FOLLOW, draft.state, State.PUBLISHED, _LABELS)
    elements = list(Element.objects.filter(version=draft))
    comparison = comparison_of(draft, elements=elements)
    missing = [*missing_among(elements), *unexplained(comparison)]
    if missing:
        raise Refusal(_("The framework cannot be published yet."), missing=missing)
    _check_dates(draft, latest_published(), in_force_from, predecessor_until, on)
    _write_down(draft, comparison)
    draft.state = State.PUBLISHED
    draft.in_force_from = in_force_from
    draft.predecessor_until = predecessor_until
    draft.published_at = at
    draft.published_by_id = actor.user_id
    draft.content_sha256 = content_sha256(framework_content(draft, elements))
    try:
        with transaction.atomic():
            draft.save()
    except IntegrityError as error:
        raise Refusal(_("Another edition comes into force on that very day. Choose another day.")) from error
    audit.record(
        name="frameworks.version.publish",
        subject=draft,
        actor=actor,
        at=at,
        changes={
            "number": draft.number,
            "in_force_from": in_force_from.isoformat(),
            "predecessor_until": predecessor_until.isoformat() if predecessor_until else "",
            "removed": [str(difference.lineage) for difference in comparison.removed],
            "content_sha256": draft.content_sha256,
        },
    )
    return draft
