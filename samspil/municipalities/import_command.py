# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""``samspil import-… FILE --municipality SLUG``: what an import page does, from the command line."""

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samspil.foundation import tenancy
from samspil.foundation.capacity import Capacity, system_capacity
from samspil.foundation.errors import Refusal
from samspil.foundation.importing import Line, Plan, PlanRefusedError, sentence
from samspil.foundation.tables import Column, Table, read_table
from samspil.foundation.tables.shape import MAX_BYTES
from samspil.municipalities.queries import municipality_by_slug


class ImportCommand(BaseCommand):
    """Reads a table in; with ``--dry-run`` it says what would happen and stores nothing."""

    columns: ClassVar[Sequence[Column]]

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, the municipality, and whether to look only."""
        parser.add_argument("file", metavar="FILE", type=Path, help="the table, .xlsx or .csv, up to 15 MB")
        parser.add_argument("--municipality", metavar="SLUG", required=True, help="its name in addresses")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and store nothing")

    def plan(self, table: Table, actor: Capacity) -> Plan:
        """Return what would happen."""
        raise NotImplementedError

    def carry_out(self, table: Table, actor: Capacity, at: datetime) -> Plan:
        """Do it, all or nothing."""
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        """Say in Danish what happened."""
        with translation.override("da"):
            try:
                self._run(options["file"], options["municipality"], is_dry=options["dry_run"])
            except PlanRefusedError as refusal:
                errors = sorted(refusal.plan.errors, key=lambda problem: problem.row)
                raise CommandError("\n".join([str(refusal.message), *map(sentence, errors)])) from refusal
            except Refusal as refusal:
                raise CommandError(str(refusal)) from refusal

    def _run(self, path: Path, slug: str, *, is_dry: bool) -> None:
        municipality = municipality_by_slug(slug)
        if municipality is None:
            raise CommandError(_("There is no municipality at the address “%(slug)s”.") % {"slug": slug})
        table = read_table(_read(path), path.name, self.columns)
        now = timezone.now()
        name = "samspil " + type(self).__module__.rsplit(".", 1)[-1].replace("_", "-")
        actor = system_capacity(municipality_id=municipality.pk, on=timezone.localdate(now), name=name)
        with tenancy.scope(municipality.pk):
            plan = self.plan(table, actor) if is_dry else self.carry_out(table, actor, now)
        if plan.errors:
            raise PlanRefusedError(_("The file has errors, and would not be imported."), plan)
        self.stdout.write("\n".join(_said(plan, is_dry=is_dry)))


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(
            _("The file “%(file)s” cannot be read. Check its name and place.") % {"file": path}
        ) from error


def _said(plan: Plan, *, is_dry: bool) -> Iterator[str]:
    yield from _lines(_("New"), plan.creates)
    yield from _lines(_("Changed"), plan.changes)
    yield from _lines(_("Not in the file, and left as it is"), plan.absent)
    yield from (sentence(remark) for remark in plan.remarks)
    counted = _("Imported: %(created)d new, %(changed)d changed, %(unchanged)d as before.")
    looked = _("Would be imported: %(created)d new, %(changed)d changed, %(unchanged)d as before.")
    yield (looked if is_dry else counted) % plan.counts


def _lines(heading: str, lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        yield f"{heading}: {' · '.join([line.name, *line.details])}"
