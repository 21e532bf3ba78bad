# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

from datetime import datetime

from samspil.foundation.capacity import Capacity
from samspil.foundation.importing import Plan
from samspil.foundation.tables import Table
from samspil.med import actions, importing
from samspil.municipalities.import_command import ImportCommand


class Command(ImportCommand):
    """``samspil import-med FILE --municipality SLUG [--dry-run]``."""

    help = "Read MED bodies and their members in from a table: .xlsx or .csv. What is not in it stays as it is."
    columns = importing.COLUMNS

    def plan(self, table: Table, actor: Capacity) -> Plan:
        return importing.plan(table, importing.med_here(actor.on, actor.user_id), actor.on)

    def carry_out(self, table: Table, actor: Capacity, at: datetime) -> Plan:
        return actions.import_members(table=table, actor=actor, on=actor.on, at=at)
