# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""A backup is shown by restoring it: into an empty database, by the commands themselves, on both databases."""

import os
import subprocess
import sys
import tarfile
from io import StringIO
from pathlib import Path

import environ
import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from samspil.config.cast import build_cast
from samspil.config.demo import build_demo
from samspil.config.story import publish_model_framework
from samspil.foundation import tenancy
from samspil.municipalities.models import Municipality
from samspil.people.models import User
from scripts.pg_cluster import NoServerError, server_programs

pytestmark = pytest.mark.django_db(transaction=True)

OWNER_URL = os.environ.get("SAMSPIL_OWNER_DATABASE_URL", "")


@pytest.fixture(autouse=True)
def _programs(monkeypatch):
    """Find PostgreSQL's programs where the tests' own server comes from."""
    try:
        monkeypatch.setenv("PATH", f"{server_programs()}{os.pathsep}{os.environ['PATH']}")
    except NoServerError:
        assert connection.vendor == "sqlite"


@pytest.fixture
def elsewhere(tmp_path):
    """Give a second, empty database of the same kind, and a way to run a command of Samspil on it."""
    given = {
        **os.environ,
        "SAMSPIL_SECRET_KEY": "not-secret-demo-only",
        "SAMSPIL_AUDIT_KEY": "not-secret-demo-only",
        "SAMSPIL_DATA_DIR": str(tmp_path),
        "SAMSPIL_LOG_FORMAT": "text",
        "LANGUAGE": "C",
    }
    name = f"{connection.settings_dict['NAME']}_restored"
    if connection.vendor == "postgresql":
        _as_owner(f'CREATE DATABASE "{name}"')
        for variable in ("SAMSPIL_DATABASE_URL", "SAMSPIL_OWNER_DATABASE_URL", "SAMSPIL_BACKUP_DATABASE_URL"):
            given[variable] = f"{os.environ[variable].rpartition('/')[0]}/{name}"
    else:
        for variable in [variable for variable in given if variable.endswith("DATABASE_URL")]:
            del given[variable]

    def run(*words):
        command = [sys.executable, "-m", "samspil.config.command", *map(str, words)]
        return subprocess.run(command, env=given, capture_output=True, text=True, check=False, timeout=120)

    yield run
    if connection.vendor == "postgresql":
        _as_owner(f'DROP DATABASE "{name}" WITH (FORCE)')


def _as_owner(statement):
    role = environ.Env.db_url_config(OWNER_URL)
    with psycopg.connect(host=role["HOST"], user=role["USER"], dbname=role["NAME"], autocommit=True) as server:
        server.execute(statement)


def test_what_was_backed_up_is_all_there_after_restoring_it_elsewhere(tmp_path, elsewhere):
    build_demo()
    file = tmp_path / "evening.samspil"
    call_command("backup", str(file), stdout=StringIO())

    restored = elsewhere("restore", file)

    assert (restored.returncode, restored.stderr) == (0, "")
    assert restored.stdout.count("hel") == Municipality.objects.count() == 2
    counted = elsewhere(
        "shell", "--no-imports", "-c",
        "from samspil.people.models import User; from samspil.foundation import tenancy;"
        "from samspil.municipalities.models import Municipality, Unit\n"
        "print('people', User.objects.count())\n"
        "for one in Municipality.objects.order_by('slug'):\n"
        "    with tenancy.scope(one.pk): print(one.slug, Unit.objects.count())",
    )  # fmt: skip
    assert counted.stdout.splitlines() == [f"people {User.objects.count()}", "anderby 2", "eksempelby 5"]
    # The rules of the database came along: nobody changes the audit, and sequences go on where they were.
    changed = elsewhere(
        "shell", "--no-imports", "-c",
        "from samspil.audit.models import Event; from samspil.foundation import tenancy;"
        "from samspil.municipalities.models import Municipality\n"
        "with tenancy.scope(Municipality.objects.first().pk): Event.objects.update(name='x')",
    )  # fmt: skip
    assert "append only" in changed.stderr
    assert (
        elsewhere(
            "create-municipality", "Ny Kommune", "--admin-name", "Ny", "--admin-email", "ny@example.dk"
        ).returncode
        == 0
    )
    assert elsewhere("verify-audit").returncode == 0
    again = elsewhere("restore", file)
    assert again.returncode == 1
    assert "--replace" in again.stderr
    assert elsewhere("restore", file, "--replace").returncode == 0
    assert "ny" not in elsewhere("verify-audit").stdout.lower().split()


def test_a_backup_is_for_its_owner_only_and_overwrites_nothing(tmp_path, at, on):
    build_cast(on=on, at=at)
    file = tmp_path / "evening.samspil"

    call_command("backup", str(file), stdout=StringIO())

    assert file.stat().st_mode & 0o077 == 0
    with tarfile.open(file) as tar:
        assert tar.getnames() == ["manifest.json", "database"]
    with pytest.raises(CommandError, match=file.name):
        call_command("backup", str(file))
    assert list(tmp_path.iterdir()) == [file]


def test_what_is_no_backup_or_a_damaged_one_changes_nothing(tmp_path, elsewhere, at, on):
    cast = build_cast(on=on, at=at)
    with tenancy.scope(cast.municipality.pk):
        publish_model_framework(administrator=cast.hanne, on=on, at=at)
    file = tmp_path / "evening.samspil"
    call_command("backup", str(file), stdout=StringIO())
    assert elsewhere("restore", file).returncode == 0
    before = elsewhere("verify-audit").stdout
    (tmp_path / "note.txt").write_text("not a backup")
    whole = file.read_bytes()
    (tmp_path / "cut.samspil").write_bytes(whole[: len(whole) // 2])

    for name in ("note.txt", "cut.samspil", "gone.samspil"):
        answer = elsewhere("restore", tmp_path / name, "--replace")
        assert (answer.returncode, "Traceback" in answer.stderr) == (1, False), name

    assert elsewhere("verify-audit").stdout == before


def test_a_backup_of_a_newer_samspil_or_another_database_is_refused(tmp_path, at, on):
    build_cast(on=on, at=at)
    file = tmp_path / "evening.samspil"
    call_command("backup", str(file), stdout=StringIO())

    newer = _changed(file, b'"agreements.0001_initial"', b'"agreements.9999_later"')
    other = _changed(file, connection.vendor.encode(), b"oracle")

    with pytest.raises(CommandError, match=r"newer|nyere"):
        call_command("restore", str(newer), "--replace")
    with pytest.raises(CommandError, match="oracle"):
        call_command("restore", str(other), "--replace")


def _changed(file: Path, old: bytes, new: bytes) -> Path:
    """Give a copy of the backup whose manifest says something else."""
    target = file.with_name(f"{new.decode().strip(chr(34))}.samspil")
    with tarfile.open(file) as source, tarfile.open(target, "w:gz") as copy:
        source.extractall(file.parent / "open", filter="fully_trusted")
        manifest = file.parent / "open" / "manifest.json"
        manifest.write_bytes(manifest.read_bytes().replace(old, new))
        for name in source.getnames():
            copy.add(file.parent / "open" / name, name)
    return target


def test_on_postgresql_a_role_that_sees_too_little_is_refused(tmp_path, settings, at, on):
    if connection.vendor != "postgresql":
        settings.BACKUP_DATABASE_URL = "unused on SQLite"
        call_command("backup", str(tmp_path / "evening.samspil"), stdout=StringIO())
        return
    build_cast(on=on, at=at)
    settings.BACKUP_DATABASE_URL = OWNER_URL
    with pytest.raises(CommandError, match="BYPASSRLS"):
        call_command("backup", str(tmp_path / "evening.samspil"))
    settings.BACKUP_DATABASE_URL = ""
    with pytest.raises(CommandError, match="SAMSPIL_BACKUP_DATABASE_URL"):
        call_command("backup", str(tmp_path / "evening.samspil"))

    assert list(tmp_path.iterdir()) == []
