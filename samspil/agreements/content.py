# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What an agreement says, in the form that the control code covers."""

from typing import Any

from samspil.agreements.conditions import conditions_content
from samspil.agreements.models import AgreementVersion, CoveredUnit, ExistingAgreement, LocalPrinciple, Section, Task
from samspil.foundation.versioning import content_sha256
from samspil.frameworks.models import Element, Kind

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


def _covered_content(version: AgreementVersion) -> dict[str, Any]:
    """Return the further places and their notes; nothing where there are none, so that older codes stand."""
    covered = CoveredUnit.objects.filter(version=version).order_by("unit__slug").values_list("unit__slug", "note")
    places = [{"place": slug, "note": note} for slug, note in covered]
    return {"covered": places} if places else {}


def version_content(version: AgreementVersion) -> dict[str, Any]:
    """Return everything that the version's control code covers, the pinned common texts included."""
    pinned = Element.objects.filter(version_id=version.framework_id, kind__in=_PINNED_KINDS).order_by("order", "id")
    sections = Section.objects.filter(version=version).exclude(text="").order_by("kind")
    principles = LocalPrinciple.objects.filter(version=version).order_by("id")
    tasks = Task.objects.filter(version=version).order_by("order", "id")
    return {
        **_existing_content(version),
        **conditions_content(version),
        **_covered_content(version),
        "basis": version.basis,
        "common": [{"lineage": str(element.lineage), "text": element.text} for element in pinned],
        "sections": {section.kind: section.text for section in sections},
        "local_principles": [
            {"lineage": str(own.lineage), "builds_on": str(own.builds_on), "text": own.text, "how": own.how}
            for own in principles
        ],
        "tasks": [task_content(task) for task in tasks],
    }


def version_sha256(version: AgreementVersion) -> str:
    """Return the control code of what the version says now."""
    return content_sha256(version_content(version))
