# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Row-level security on PostgreSQL: the second wall, written into the migrations."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

_OWN = "municipality_id = nullif(current_setting('samspil.municipality', true), '')::bigint"


class EnableRowSecurity(Operation):
    """Force row-level security on a tenant table; nothing on SQLite.

    ``own_rows_of`` names a column by which a user sees the rows about themselves in every
    municipality, for reading only (role assignments: which capacities can I choose?).
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, table: str, own_rows_of: str = "") -> None:
        self.table = table
        self.own_rows_of = own_rows_of

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change nothing: models know nothing of it."""

    def database_forwards(self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, *_: Any) -> None:
        """Create the policies and bind even the owner to them."""
        if schema_editor.connection.vendor != "postgresql":
            return
        table = schema_editor.quote_name(self.table)
        schema_editor.execute(f"CREATE POLICY municipality ON {table} USING ({_OWN}) WITH CHECK ({_OWN})")
        if self.own_rows_of:
            column = schema_editor.quote_name(self.own_rows_of)
            schema_editor.execute(
                f"CREATE POLICY own_rows ON {table} FOR SELECT USING "
                f"({column} = nullif(current_setting('samspil.user', true), '')::bigint)"
            )
        schema_editor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        schema_editor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")

    def database_backwards(self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, *_: Any) -> None:
        """Take the policies away again."""
        if schema_editor.connection.vendor != "postgresql":
            return
        table = schema_editor.quote_name(self.table)
        schema_editor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        schema_editor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        schema_editor.execute(f"DROP POLICY IF EXISTS own_rows ON {table}")
        schema_editor.execute(f"DROP POLICY municipality ON {table}")

    def describe(self) -> str:
        """Say what the operation does, for ``migrate --plan``."""
        return f"Row-level security on {self.table}"
