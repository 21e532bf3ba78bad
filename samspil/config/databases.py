# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Copying a whole database out and in, on SQLite and on PostgreSQL.

On PostgreSQL no role of everyday use can do it: row-level security binds even the owner of the tables, so a role that
steps around it copies out. The owner copies in, while the tables are not yet secured.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

import environ
import psycopg
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _
from psycopg import sql

TELLING_TABLES = ("people_user", "municipalities_municipality")
"""Where there is somebody or some municipality, there is data."""


class DatabaseToolError(Exception):
    """The database, or a program of it, does not do what is asked; the message says what to do."""


class Database(Protocol):
    """What a backup needs of a database."""

    def dump(self, target: Path) -> None:
        """Write all of it, as it is at one moment, to the file."""

    def has_data(self) -> bool:
        """Say whether there is anything to lose."""

    def load(self, source: Path) -> None:
        """Put what was dumped in its place, or leave it as it was."""


def current_database() -> Database:
    """Return the database that ``SAMSPIL_DATABASE_URL`` names."""
    return PostgreSQL() if connection.vendor == "postgresql" else SQLite()


class SQLite:
    """One file; copied by SQLite itself, so that the web server can go on writing meanwhile."""

    def dump(self, target: Path) -> None:
        """Copy it page by page, and look whether the copy is whole."""
        connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            self._check(copy)

    def has_data(self) -> bool:
        """Look for people and municipalities."""
        with connection.cursor() as cursor:
            tables = set(connection.introspection.table_names(cursor))
            for table in set(TELLING_TABLES) & tables:
                cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608  our own names
                if cursor.fetchone():
                    return True
        return False

    def load(self, source: Path) -> None:
        """Let SQLite write the copy over it, in one transaction."""
        connection.ensure_connection()
        with closing(sqlite3.connect(source)) as copy:
            self._check(copy)
            try:
                copy.backup(connection.connection)
            except sqlite3.OperationalError as error:
                raise DatabaseToolError(_("The database is in use. Stop Samspil first.")) from error
        connection.close()

    def _check(self, copy: sqlite3.Connection) -> None:
        (answer,) = copy.execute("PRAGMA integrity_check").fetchone()
        if answer != "ok":
            raise DatabaseToolError(_("The copy is damaged: %(answer)s") % {"answer": answer})


_EMPTY = """
SET lock_timeout = '15s';
DO $$ DECLARE item record; BEGIN
  FOR item IN SELECT format('%I.%I', n.nspname, c.relname) AS name, c.relkind AS kind
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm') AND c.relowner = current_user::regrole
  LOOP
    EXECUTE format('DROP %s IF EXISTS %s CASCADE',
      CASE item.kind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END, item.name);
  END LOOP;
  FOR item IN SELECT c.oid::regclass AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind = 'S' AND c.relowner = current_user::regrole
  LOOP
    EXECUTE format('DROP SEQUENCE IF EXISTS %s CASCADE', item.name);
  END LOOP;
  FOR item IN SELECT p.oid::regprocedure AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname = 'public' AND p.proowner = current_user::regrole
  LOOP
    EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', item.name);
  END LOOP;
END $$;
"""
_GRANT = """
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {app};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {app};
"""


class PostgreSQL:
    """A server; copied by its own ``pg_dump`` and ``pg_restore``."""

    def dump(self, target: Path) -> None:
        """Dump as the role that sees every municipality."""
        role = _role(settings.BACKUP_DATABASE_URL, "SAMSPIL_BACKUP_DATABASE_URL")
        with self._connected(role) as server:
            sees = server.execute("SELECT rolbypassrls OR rolsuper FROM pg_roles WHERE rolname = current_user")
            if not (sees.fetchone() or (False,))[0]:
                raise DatabaseToolError(
                    _(
                        "The role %(role)s does not see the rows of every municipality, so its copy would lack them. "
                        "Create a role with BYPASSRLS as deploy/postgres-roles.sql does, and name it in "
                        "SAMSPIL_BACKUP_DATABASE_URL."
                    )
                    % {"role": role["PGUSER"]}
                )
        _run([_program("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", "--file", str(target)], role)

    def has_data(self) -> bool:
        """Look for people and municipalities, as the owner, who may find no tables yet."""
        with self._connected(self._owner()) as server:
            for table in TELLING_TABLES:
                found = server.execute("SELECT to_regclass(%s) IS NOT NULL", [f"public.{table}"]).fetchone()
                any_row = sql.SQL("SELECT 1 FROM public.{} LIMIT 1").format(sql.Identifier(table))
                if found and found[0] and server.execute(any_row).fetchone():
                    return True
        return False

    def load(self, source: Path) -> None:
        """Empty it and fill it in one transaction, as the owner; the web server's role gets its rights again."""
        owner = self._owner()
        app = str(connection.settings_dict["USER"])
        connection.close()
        folder = source.parent
        steps = {"1-empty.sql": _EMPTY, "3-grant.sql": "" if app == owner["PGUSER"] else _GRANT.format(app=f'"{app}"')}
        for name, statements in steps.items():
            (folder / name).write_text(statements, encoding="utf-8")
        filling = folder / "2-fill.sql"
        _run([_program("pg_restore"), "--no-owner", "--no-privileges", "--file", str(filling), str(source)], owner)
        once = ["--single-transaction", "--set", "ON_ERROR_STOP=1"]
        once += [f"--file={folder / name}" for name in sorted([*steps, filling.name])]
        _run([_program("psql"), "--no-psqlrc", "--quiet", *once], owner)

    def _owner(self) -> dict[str, str]:
        return _role(settings.OWNER_DATABASE_URL, "SAMSPIL_OWNER_DATABASE_URL")

    @contextmanager
    def _connected(self, role: dict[str, str]) -> Iterator[psycopg.Connection[Any]]:
        keywords = {
            "host": "PGHOST",
            "port": "PGPORT",
            "user": "PGUSER",
            "password": "PGPASSWORD",
            "sslmode": "PGSSLMODE",
        }
        given = {keyword: role[name] for keyword, name in keywords.items() if name in role}
        try:
            with psycopg.connect(dbname=role["PGDATABASE"], connect_timeout=10, **given) as server:  # type: ignore[arg-type]
                yield server
        except psycopg.OperationalError as error:
            raise DatabaseToolError(str(error).strip()) from error


def _role(url: str, variable: str) -> dict[str, str]:
    """Return a role as the environment that PostgreSQL's programs read, for the database in use."""
    if not url:
        raise DatabaseToolError(_("%(variable)s is not set. See docs/operations.md.") % {"variable": variable})
    given = environ.Env.db_url_config(url)
    values = {
        "PGDATABASE": str(connection.settings_dict["NAME"]),
        "PGHOST": given["HOST"],
        "PGPORT": given["PORT"],
        "PGUSER": given["USER"],
        "PGPASSWORD": given["PASSWORD"],
        "PGSSLMODE": (given.get("OPTIONS") or {}).get("sslmode", ""),
    }
    return {name: str(value) for name, value in values.items() if value}


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise DatabaseToolError(
            _("The program %(name)s is missing. Install PostgreSQL's client, as new as the server or newer.")
            % {"name": name}
        )
    return found


def _run(command: list[str], role: dict[str, str]) -> None:
    done = subprocess.run(command, env={**os.environ, **role}, capture_output=True, text=True, check=False)  # noqa: S603  lists of words
    if done.returncode:
        raise DatabaseToolError(
            _("%(program)s stopped, and the database is as it was. It said:\n%(said)s")
            % {"program": Path(command[0]).name, "said": done.stderr.strip()}
        )
