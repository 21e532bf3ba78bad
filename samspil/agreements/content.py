# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What an agreement says, in the form that the control code covers."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from samspil.agreements import questions
from samspil.agreements.conditions import conditions_content
from samspil.agreements.models import AgreementVersion, CoveredUnit, ExistingAgreement, LocalPrinciple, Section, Task
from samspil.agreements.rare_parts import may_have
from samspil.foundation.prepared import Prepared
from samspil.foundation.versioning import content_sha256
from samspil.frameworks.models import Element, Kind
from samspil.frameworks.queries import content_of

_PINNED_KINDS = (Kind.PRINCIPLE, Kind.VALUE, Kind.DEFINITION)


def task_content(task: Task) -> dict[str, Any]:
    """Return what is bound about one task."""
    return {
        "lineage": str(task.lineage),
        "type": task.type,
        "title": task.title,
        "not_part": task.not_part,
        "added_value": task.added_value,
        "boundary": task.boundary,
        "answers": task.boundary_answers,
        "when_and_where": task.when_and_where,
        "responsibility": task.responsibility,
    }


def task_sha256(task: Task) -> str:
    """Return the control code of one task; a boundary decision holds for these very words."""
    return content_sha256(task_content(task))


def _existing_content(version: AgreementVersion) -> dict[str, Any]:
    if version.origin != AgreementVersion.Origin.EXISTING:
        return {}
    existing = ExistingAgreement.objects.defer("file").get(version=version)
    return {
        "existing": {
            "discussed_on": existing.discussed_on.isoformat(),
            "form": existing.form,
            "minutes_reference": existing.minutes_reference,
            "file_sha256": existing.file_sha256,
        }
    }


def _covered_content(covered: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return the further places and their notes; nothing where there are none, so that older codes stand."""
    places = [{"place": slug, "note": note} for slug, note in covered]
    return {"covered": places} if places else {}


def version_content(version: AgreementVersion) -> dict[str, Any]:
    """Return everything that the version's control code covers, the pinned common texts included."""
    pinned = Element.objects.filter(version_id=version.framework_id, kind__in=_PINNED_KINDS).order_by("order", "id")
    covered = CoveredUnit.objects.filter(version=version).order_by("unit__slug").values_list("unit__slug", "note")
    return _content(
        version,
        pinned,
        sections=Section.objects.filter(version=version),
        principles=LocalPrinciple.objects.filter(version=version).order_by("id"),
        tasks=Task.objects.filter(version=version).order_by("order", "id"),
        covered=covered,
    )


def contents_of(*versions: AgreementVersion) -> list[dict[str, Any]]:
    """Return the same of versions that are compared, for pages: each table is asked once, what was read along not again."""
    sections = _rows(versions, "sections", questions.sections)
    tasks = _rows(versions, "tasks", questions.tasks)
    principles = _rows(_having(versions, LocalPrinciple), "local_principles", questions.local_principles_in)
    covered = _rows(_having(versions, CoveredUnit), "covered", questions.covered_in)
    return [
        _content(
            version,
            sorted(
                (row for row in content_of(version.framework).elements if row.kind in _PINNED_KINDS),
                key=lambda row: (row.order, row.pk),
            ),
            sections=sections.get(version.pk, ()),
            principles=principles.get(version.pk, ()),
            tasks=tasks.get(version.pk, ()),
            covered=sorted((row.unit.slug, row.note) for row in covered.get(version.pk, ())),
        )
        for version in versions
    ]


def _having(versions: Iterable[AgreementVersion], model: type[models.Model]) -> list[AgreementVersion]:
    return [version for version in versions if may_have(version, model)]


def _rows(
    versions: Iterable[AgreementVersion], relation: str, question: Prepared[[tuple[int, ...]], Any]
) -> dict[int, list[Any]]:
    """Return the rows of each version, asked once for those with which they were not read along."""
    found: dict[int, list[Any]] = {}
    asked: list[int] = []
    for version in versions:
        if relation in version.__dict__.get("_prefetched_objects_cache", {}):
            found[version.pk] = list(getattr(version, relation).all())
        else:
            asked.append(version.pk)
    for row in question(tuple(asked)) if asked else ():
        found.setdefault(row.version_id, []).append(row)
    return found


def _content(
    version: AgreementVersion,
    pinned: Iterable[Element],
    *,
    sections: Iterable[Section],
    principles: Iterable[LocalPrinciple],
    tasks: Iterable[Task],
    covered: Iterable[tuple[str, str]],
) -> dict[str, Any]:
    texts = {section.kind: section.text for section in sections if section.text}
    return {
        **_existing_content(version),
        **conditions_content(version),
        **_covered_content(covered),
        "basis": version.basis,
        "common": [{"lineage": str(element.lineage), "text": element.text} for element in pinned],
        "sections": dict(sorted(texts.items())),
        "local_principles": [
            {"lineage": str(own.lineage), "builds_on": str(own.builds_on), "text": own.text, "how": own.how}
            for own in principles
        ],
        "tasks": [task_content(task) for task in tasks],
    }


def version_sha256(version: AgreementVersion) -> str:
    """Return the control code of what the version says now."""
    return content_sha256(version_content(version))
