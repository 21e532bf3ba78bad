# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""``samspil import-framework FILE``: what the import page does, from the command line."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samspil.foundation import tenancy
from samspil.foundation.capacity import system_capacity
from samspil.foundation.errors import Refusal
from samspil.frameworks.actions import import_framework
from samspil.frameworks.importing import MAX_BYTES, ImportedFramework, describe, import_document
from samspil.frameworks.models import FrameworkVersion
from samspil.municipalities.queries import municipality_by_slug


class Command(BaseCommand):
    """Reads a document; with ``--dry-run`` it shows what it found and touches no database."""

    help = "Import the framework of a municipality from a .docx, .pdf, .txt or .md file, as a draft."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="the document, up to 20 MB")
        parser.add_argument("--municipality", metavar="SLUG", default="", help="the municipality's name in addresses")
        parser.add_argument("--dry-run", action="store_true", help="show what was found and store nothing")
        parser.add_argument("--json", action="store_true", help="print what was found as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("da"):
            self._run(options["file"], options["municipality"], is_dry=options["dry_run"], as_json=options["json"])

    def _run(self, path: Path, slug: str, *, is_dry: bool, as_json: bool) -> None:
        if not is_dry and not slug:
            raise CommandError(_("Say which municipality: --municipality SLUG."))
        content = _read(path)
        try:
            imported = import_document(content, path.name)
            version = None if is_dry else _store(content, path.name, slug)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(_as_text(imported, as_json=as_json))
        if version is not None and not as_json:
            self.stdout.write(
                _(
                    "Stored as the draft of edition %(number)d. Read it through on the page “Framework” and publish it there."
                )
                % {"number": version.number}
            )


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(
            _("The file “%(file)s” cannot be read. Check its name and place.") % {"file": path}
        ) from error


def _as_text(imported: ImportedFramework, *, as_json: bool) -> str:
    return json.dumps(imported.as_json(), ensure_ascii=False, indent=2) if as_json else describe(imported)


def _store(content: bytes, filename: str, slug: str) -> FrameworkVersion:
    municipality = municipality_by_slug(slug)
    if municipality is None:
        raise CommandError(_("There is no municipality at the address “%(slug)s”.") % {"slug": slug})
    now = timezone.now()
    actor = system_capacity(
        municipality_id=municipality.pk, on=timezone.localdate(now), name="samspil import-framework"
    )
    with tenancy.scope(municipality.pk):
        return import_framework(content=content, filename=filename, actor=actor, at=now)
