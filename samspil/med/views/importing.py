# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Bodies and members from a table."""

from django.utils import timezone
from django.utils.translation import gettext_lazy

from samspil.foundation.importing import Plan
from samspil.foundation.importing.pages import ExampleTable, ImportPage
from samspil.foundation.tables import Table
from samspil.med import actions, importing
from samspil.med.permissions import IMPORT_MEMBERS


class ImportMembersView(ImportPage):
    """Bodies, what they cover, and who sits in them."""

    permission = IMPORT_MEMBERS
    kind = "members"
    columns = importing.COLUMNS
    title = gettext_lazy("Import MED members")
    lead = gettext_lazy(
        "Choose a list of your MED bodies and who sits in them, one row for each seat. "
        "You see what would happen before anything does."
    )
    afterwards = "committees"
    example = "import_members_example"

    def plan(self, table: Table) -> Plan:
        """Return what would happen to bodies and seats."""
        on = timezone.localdate()
        return importing.plan(table, importing.med_here(on, self.capacity.user_id), on)

    def carry_out(self, table: Table, expected: str) -> Plan:
        """Read them in."""
        return actions.import_members(
            table=table, actor=self.capacity, on=timezone.localdate(), at=timezone.now(), expected=expected
        )


class ExampleMembersView(ExampleTable):
    """An example of such a table."""

    permission = IMPORT_MEMBERS
    columns = importing.COLUMNS
    filename = "med-udvalg"
    rows = importing.EXAMPLE
