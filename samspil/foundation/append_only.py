# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""A table whose rows are never changed or removed: a trigger refuses, on both databases."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation


class AppendOnly(Operation):
    """Refuse UPDATE and DELETE on a table. TRUNCATE is the owner's, and is how tests clean up on PostgreSQL."""

    reversible = True

    def __init__(self, table: str) -> None:
        self.table = table

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change nothing: models know nothing of it."""

    def database_forwards(self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, *_: Any) -> None:
        """Create the triggers."""
        table = self.table
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{table} is append only'; END $$"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {table}_append_only()"
            )
            return
        for event in ("UPDATE", "DELETE"):
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append only'); END"
            )

    def database_backwards(self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, *_: Any) -> None:
        """Remove the triggers."""
        table = self.table
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {table}_append_only ON {table}")
            schema_editor.execute(f"DROP FUNCTION {table}_append_only()")
            return
        for event in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {table}_no_{event}")

    def describe(self) -> str:
        """Say what the operation does, for ``migrate --plan``."""
        return f"{self.table} is append only"
