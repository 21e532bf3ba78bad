# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Say whether the audit is whole, and keep its heads elsewhere."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.audit.queries import Break, Head, breaks, head
from samspil.foundation import tenancy
from samspil.foundation.health import AUDIT_WHOLE, beat


class Command(BaseCommand):
    """``samspil verify-audit [--municipality SLUG] [--head FILE] [--export FILE]``."""

    help = "Check that no event was changed, removed or put in. Exit code 1 where one was."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", metavar="SLUG", help="check this one only")
        parser.add_argument("--head", metavar="FILE", type=Path, help="compare with heads exported earlier")
        parser.add_argument(
            "--export", metavar="FILE", type=Path, help="write the heads to this file when all is whole"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        exported = self._read(options["head"]) if options["head"] else {}
        wanted = options["municipality"]
        # Named by a string: the audit stands below the municipalities and imports no area.
        municipalities = apps.get_model("municipalities", "Municipality").objects.order_by("slug")
        if wanted:
            municipalities = municipalities.filter(slug=wanted)
            if not municipalities:
                raise CommandError(_("There is no municipality at the address “%(slug)s”.") % {"slug": wanted})
        heads: dict[str, Head] = {}
        broken = 0
        for municipality in municipalities:
            with tenancy.scope(municipality.pk):
                found = list(breaks(exported=exported.get(municipality.slug)))
                heads[municipality.slug] = head()
            broken += len(found)
            self._tell(municipality.name, heads[municipality.slug], found)
        for slug in sorted(set(exported) - set(heads)) if not wanted else []:
            broken += 1
            self.stdout.write(_("%(slug)s: stands in the export and is gone from the database.") % {"slug": slug})
        if broken:
            raise CommandError(_("The audit is not whole."))
        if not wanted:
            beat(name=AUDIT_WHOLE, at=timezone.now())
        if options["export"]:
            self._write(options["export"], heads)

    def _tell(self, name: str, last: Head, found: list[Break]) -> None:
        if not found:
            self.stdout.write(_("%(name)s: whole, %(count)d events.") % {"name": name, "count": last.sequence})
        for one in found:
            self.stdout.write(f"{name}: {_sentence(one)}")

    def _read(self, file: Path) -> dict[str, Head]:
        try:
            content = json.loads(file.read_text(encoding="utf-8"))
            return {slug: Head(int(row["sequence"]), str(row["mac"])) for slug, row in content.items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise CommandError(_("“%(file)s” is no export of heads that can be read.") % {"file": file}) from error

    def _write(self, file: Path, heads: dict[str, Head]) -> None:
        content = {slug: {"sequence": one.sequence, "mac": one.mac} for slug, one in heads.items()}
        fresh = file.with_name(f"{file.name}.new")
        fresh.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
        fresh.replace(file)
        self.stdout.write(_("The heads have been written to %(file)s. Keep it somewhere else.") % {"file": file})


def _sentence(one: Break) -> str:
    sentences = {
        "missing": _("event %(number)d is missing."),
        "changed": _("event %(number)d was changed, or put in without the key."),
        "not chained": _("event %(number)d does not follow from the one before it."),
        "cut": _("the end is cut off: events from number %(number)d on are gone, or the last number was changed."),
        "differs from the export": _("event %(number)d is not the one that was exported."),
    }
    return sentences[one.reason] % {"number": one.sequence}
