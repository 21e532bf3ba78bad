# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What is handed to whoever runs Samspil names only what there is: settings, commands, roles, files."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import environ
import psycopg
import pytest
import yaml
from django.core.management import get_commands
from django.db import connection

ROOT = Path(__file__).parent.parent.parent
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
HANDED_OUT = [ROOT / "compose.yaml", ROOT / "Containerfile", DEPLOY / "samspil.env.example", *UNITS]
OPERATIONS = ROOT / "docs" / "operations.md"


@pytest.mark.parametrize("file", [*HANDED_OUT, OPERATIONS], ids=lambda file: file.name)
def test_every_setting_and_every_command_that_is_named_exists(file):
    text = file.read_text()
    documented: set[str] = set(
        re.findall(r"^\| `(SAMSPIL_[A-Z_]+)`", (ROOT / "docs" / "settings.md").read_text(), re.MULTILINE)
    )
    commands = {
        word.replace("-", "_")
        for line in _run_by(file, text)
        for word in re.findall(r"samspil(?:,)? ([a-z][a-z_-]+)", line)
    }

    assert set(re.findall(r"SAMSPIL_[A-Z_]+", text)) <= documented
    assert commands <= set(get_commands())


def _run_by(file: Path, text: str) -> list[str]:
    """Give what is run: in a document what stands in backticks, elsewhere the lines that start something."""
    if file.suffix == ".md":
        return re.findall(r"`(samspil [^`]*)`", text)
    return [line for line in text.splitlines() if re.search(r"command:|Exec|CMD", line)]


def test_the_compose_file_starts_each_part_with_the_role_it_needs():
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]

    assert set(services) == {"database", "migrate", "web", "worker", "clock"}
    roles = {
        name: sorted(
            {value.partition("//")[2].partition(":")[0] for value in (service.get("environment") or {}).values()
             if str(value).startswith("postgres://")}
        )
        for name, service in services.items()
    }  # fmt: skip
    assert roles == {
        "database": [],
        "migrate": ["samspil_app", "samspil_owner"],
        "web": ["samspil_app"],
        "worker": ["samspil_app"],
        "clock": ["samspil_app"],
    }
    for name in ("migrate", "web", "worker", "clock"):
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]
    assert services["web"]["ports"] == ["127.0.0.1:8000:8000"]
    mounted = [volume.partition(":")[0] for volume in services["database"]["volumes"] if volume.startswith("./")]
    assert [path for path in mounted if not (ROOT / path).is_file()] == []


def test_the_compose_file_asks_for_nothing_that_the_example_does_not_have():
    wanted = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "compose.yaml").read_text()))
    given = set(re.findall(r"^([A-Z_]+)=", (DEPLOY / "samspil.env.example").read_text(), re.MULTILINE))

    assert wanted <= given


def test_the_image_runs_as_nobody_in_particular():
    lines = (ROOT / "Containerfile").read_text().splitlines()
    user = max(number for number, line in enumerate(lines) if line.startswith("USER "))
    command = next(number for number, line in enumerate(lines) if line.startswith("CMD "))

    assert lines[user] == "USER 10001"
    assert user < command


def test_systemd_takes_the_units(tmp_path):
    checker = shutil.which("systemd-analyze")
    for unit in UNITS:
        # Nothing is installed at that place here.
        text = unit.read_text().replace("/opt/samspil/bin/", f"{Path(sys.executable).parent}/")
        (tmp_path / unit.name).write_text(text)
        assert "[Unit]" in text
        assert ("User=samspil" in text) == (unit.suffix == ".service")
    if checker:
        answer = subprocess.run(
            [checker, "verify", "--man=no", *sorted(tmp_path.iterdir())], capture_output=True, text=True, check=False
        )
        assert (answer.returncode, answer.stderr) == (0, "")


def test_the_roles_are_made_as_they_are_described(transactional_db):
    if connection.vendor != "postgresql":
        text = (DEPLOY / "postgres-roles.sql").read_text()
        assert re.findall(r"ALTER ROLE (\w+)", text) == ["samspil_owner", "samspil_app", "samspil_backup"]
        return
    owner = environ.Env.db_url_config(os.environ["SAMSPIL_OWNER_DATABASE_URL"])
    name = f"{connection.settings_dict['NAME']}_roles"
    superuser = {"host": owner["HOST"], "user": "postgres"}
    command = ["psql", "-X", "-q", "-h", owner["HOST"], "-U", "postgres", "-d", "postgres", "-v", f"database={name}"]
    command += [f"--set={role}_password=a'b" for role in ("owner", "app", "backup")]
    try:
        for _ in range(2):
            subprocess.run([*command, "-f", DEPLOY / "postgres-roles.sql"], check=True, capture_output=True, timeout=60)
        with psycopg.connect(dbname=name, **superuser) as server:
            query = "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname LIKE 'samspil%' ORDER BY 1"
            assert server.execute(query).fetchall() == [
                ("samspil_app", False, False),
                ("samspil_backup", False, True),
                ("samspil_owner", False, False),
            ]
        with psycopg.connect(dbname=name, host=owner["HOST"], user="samspil_owner") as server:
            server.execute("CREATE TABLE thing (id int)")
        with psycopg.connect(dbname=name, host=owner["HOST"], user="samspil_app", autocommit=True) as server:
            server.execute("INSERT INTO thing VALUES (1)")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                server.execute("CREATE TABLE another (id int)")
        with psycopg.connect(dbname=name, host=owner["HOST"], user="samspil_backup") as server:
            assert server.execute("SELECT count(*) FROM thing").fetchone() == (1,)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                server.execute("INSERT INTO thing VALUES (2)")
    finally:
        with psycopg.connect(dbname="postgres", autocommit=True, **superuser) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
