# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The package for the municipality's own archive: the agreement, the paper, the files, and what to file them under.

The same facts give the same bytes. Names inside have no folders but ours, and the table no formulas.
"""

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from samspil.agreements.document import agreement_document
from samspil.agreements.file_models import AttachedFile, Filing
from samspil.agreements.files import PDF, cleaned_name
from samspil.agreements.models import AgreementVersion, ExistingAgreement
from samspil.foundation.pdf import render_pdf
from samspil.foundation.tables import write_csv
from samspil.med.printing import paper_pdf

_EARLIEST = date(1980, 1, 1)
"""No zip file can say an earlier day."""


@dataclass(frozen=True)
class Entry:
    """One file of the package."""

    name: str
    title: str
    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Its control code."""
        return hashlib.sha256(self.content).hexdigest()


def journal_package(version: AgreementVersion) -> bytes:
    """Return the zip file of a version that has been decided on, in Danish whatever the pages are read in."""
    with override(settings.LANGUAGE_CODE):
        entries = _entries(version)
        about = _about(version)
        metadata = (
            Entry("metadata.json", "", "", _as_json(about, entries)),
            Entry("metadata.csv", "", "", _as_table(about, entries)),
        )
    day = max(version.in_force_from or _EARLIEST, _EARLIEST)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in (*entries, *metadata):
            info = zipfile.ZipInfo(entry.name, (day.year, day.month, day.day, 0, 0, 0))
            info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            archive.writestr(info, entry.content)
    return out.getvalue()


def _entries(version: AgreementVersion) -> tuple[Entry, ...]:
    workplace = version.agreement.workplace
    name = f"aftale-{workplace.slug}-{version.number}.pdf"
    entries = [Entry(name, _("Agreement for volunteering"), PDF, render_pdf(agreement_document(version)))]
    dialogue = version.discussion
    if dialogue is not None and dialogue.current_paper is not None:
        pdf = paper_pdf(dialogue, dialogue.current_paper, workplace.municipality.name)
        entries.append(Entry("sag-til-med.pdf", _("The paper for MED"), PDF, pdf))
    return (*entries, *_attached(version))


def _attached(version: AgreementVersion) -> list[Entry]:
    files = [
        (cleaned_name(file.name, file.media_type), file.media_type, bytes(file.content))
        for file in AttachedFile.objects.filter(version=version)
    ]
    existing = ExistingAgreement.objects.filter(version=version).exclude(file_sha256="").first()
    if existing is not None:
        name = cleaned_name(existing.file_name, existing.file_type)
        files.append((name, existing.file_type, bytes(existing.file)))
    return [
        Entry(f"bilag/{number:02}-{name}", name, media_type, content)
        for number, (name, media_type, content) in enumerate(files, start=1)
    ]


def _about(version: AgreementVersion) -> dict[str, Any]:
    workplace = version.agreement.workplace
    filing = Filing.objects.filter(version=version).first()
    discussion = version.counting_discussion
    held_on = discussion.held_on if discussion else None
    return {
        "title": _("Agreement for volunteering: %(workplace)s, version %(number)d")
        % {"workplace": workplace.name, "number": version.number},
        "kle_number": workplace.municipality.kle_number,
        "case_number": filing.case_number if filing else "",
        "date": version.in_force_from,
        "discussed_on": held_on,
        "decided_on": timezone.localdate(version.adopted_at) if version.adopted_at else None,
        "municipality": workplace.municipality.name,
        "unit": workplace.name,
        "unit_code": workplace.code,
        "sensitivity": _("not sensitive"),
        "version": version.number,
        "control_code": version.content_sha256,
    }


def _as_json(about: dict[str, Any], entries: tuple[Entry, ...]) -> bytes:
    files = [
        {
            "name": entry.name,
            "title": entry.title,
            "media_type": entry.media_type,
            "bytes": len(entry.content),
            "sha256": entry.sha256,
        }
        for entry in entries
    ]
    said = {key: value.isoformat() if isinstance(value, date) else value for key, value in about.items()}
    return json.dumps({**said, "files": files}, ensure_ascii=False, indent=2).encode("utf-8", "replace")


def _as_table(about: dict[str, Any], entries: tuple[Entry, ...]) -> bytes:
    """Return one line for each file, each with all there is to know of the matter."""
    headings = {
        "title": _("Title"),
        "kle_number": _("KLE number"),
        "case_number": _("Case number"),
        "date": _("In force from"),
        "discussed_on": _("Discussed on"),
        "decided_on": _("Decided on"),
        "municipality": _("Municipality"),
        "unit": _("Unit"),
        "unit_code": _("Unit code"),
        "sensitivity": _("Sensitivity"),
        "version": _("Version"),
        "control_code": _("Control code"),
    }
    of_files = (_("File"), _("Title of the file"), _("Type"), _("Bytes"), "SHA-256")
    return write_csv(
        [*headings.values(), *of_files],
        [
            [
                *(about[key] for key in headings),
                entry.name,
                entry.title,
                entry.media_type,
                len(entry.content),
                entry.sha256,
            ]
            for entry in entries
        ],
    )
