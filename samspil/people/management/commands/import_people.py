# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from datetime import datetime

from samspil.foundation.capacity import Capacity
from samspil.foundation.importing import Plan
from samspil.foundation.tables import Table
from samspil.municipalities.import_command import ImportCommand
from samspil.people import actions, importing


class Command(ImportCommand):
    """``samspil import-people FILE --municipality SLUG [--dry-run]``."""

    help = "Read employees in from a table: .xlsx or .csv. Who is not in it stays as they are."
    columns = importing.COLUMNS

    def plan(self, table: Table, actor: Capacity) -> Plan:
        return importing.plan(table, importing.people_here(table), actor.on)

    def carry_out(self, table: Table, actor: Capacity, at: datetime) -> Plan:
        return actions.import_people(table=table, actor=actor, on=actor.on, at=at)
