# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Employees from a table."""

from django.utils import timezone
from django.utils.translation import gettext_lazy

from samspil.foundation.importing import Plan
from samspil.foundation.importing.pages import ExampleTable, ImportPage
from samspil.foundation.tables import Table
from samspil.people import actions, importing
from samspil.people.permissions import IMPORT_PEOPLE


class ImportPeopleView(ImportPage):
    """Employees, and who leads."""

    permission = IMPORT_PEOPLE
    kind = "people"
    columns = importing.COLUMNS
    title = gettext_lazy("Import employees")
    lead = gettext_lazy(
        "Fetch a list of your employees from the payroll system, and choose it here. "
        "Leave out CPR numbers and unions: Samspil never stores those."
    )
    afterwards = "people"
    example = "import_people_example"

    def plan(self, table: Table) -> Plan:
        """Return what would happen to people and roles."""
        return importing.plan(table, importing.people_here(table), timezone.localdate())

    def carry_out(self, table: Table, expected: str) -> Plan:
        """Read them in."""
        return actions.import_people(
            table=table, actor=self.capacity, on=timezone.localdate(), at=timezone.now(), expected=expected
        )


class ExamplePeopleView(ExampleTable):
    """An example of such a table."""

    permission = IMPORT_PEOPLE
    columns = importing.COLUMNS
    filename = "medarbejdere"
    rows = importing.EXAMPLE
