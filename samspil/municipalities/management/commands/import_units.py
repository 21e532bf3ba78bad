# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from datetime import datetime

from samspil.foundation.capacity import Capacity
from samspil.foundation.importing import Plan
from samspil.foundation.tables import Table
from samspil.municipalities import actions, importing
from samspil.municipalities.import_command import ImportCommand


class Command(ImportCommand):
    """``samspil import-units FILE --municipality SLUG [--dry-run]``."""

    help = "Read units in from a table: .xlsx or .csv. Units that are not in it stay as they are."
    columns = importing.COLUMNS

    def plan(self, table: Table, actor: Capacity) -> Plan:
        return importing.plan(table, importing.units_here(), actor.on)

    def carry_out(self, table: Table, actor: Capacity, at: datetime) -> Plan:
        return actions.import_units(table=table, actor=actor, at=at)
